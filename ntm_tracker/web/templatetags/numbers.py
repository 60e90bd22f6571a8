"""Numbers and dates as Vietnamese officials write them."""

from django import template

register = template.Library()
