"""The functions of `ntm_tracker.web.numbers` as filters, loaded in every template."""

from django import template

from ntm_tracker.web import numbers

register = template.Library()

register.filter("number", numbers.number)
register.filter("percent", numbers.percent)
register.filter("signed", numbers.signed)
register.filter("day", numbers.day)
register.filter("moment", numbers.moment)
