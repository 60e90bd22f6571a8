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
    return _links(context, f"{page}_table", title, {"table": table})


@register.inclusion_tag("_parts/downloads.html", takes_context=True)
def file_of_page(context, address: str, title: str) -> dict:
    """Links to the one file of a page, which takes the page's own arguments and filters."""
    return _links(context, address, title, {})


def _links(context, address: str, title: str, more: dict) -> dict:
    request = context["request"]
    arguments = request.resolver_match.kwargs | more
    return {"title": title, "files": links_to(address, request.GET.urlencode(), **arguments)}
