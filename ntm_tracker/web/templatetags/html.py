"""HTML that is quicker put together in Python; loaded in every template."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def attributes(values: dict) -> SafeString:
    """The attributes of a tag, a space before each: of True the name alone, of False nothing."""
    return mark_safe(
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
            for name, value in values.items()
            if value is not False
        )
    )
