"""The links below a table to the same table as a file; loaded in every template."""

from django import template

from ntm_tracker.web.downloads import links_to

register = template.Library()


@register.inclusion_tag("_parts/downloads.html", takes_context=True)
def downloads(context, page: str, table: str, title: str) -> dict:
    """Links to a table of the page named `page`, with the filters that the page has.

    The address is named as the page's own with `_table` behind it, and takes the same
    arguments.
    """
    request = context["request"]
    arguments = request.resolver_match.kwargs | {"table": table}
    return {
        "title": title,
        "files": links_to(f"{page}_table", request.GET.urlencode(), **arguments),
    }
