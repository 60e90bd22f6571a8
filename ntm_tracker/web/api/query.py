"""What may stand behind the question mark: read by forms, and nothing beside them.

The words of help stand in the schema, which is English alone.
"""

import re
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

PAGE_SIZE, MOST_ON_A_PAGE = 100, 500
READS = {"GET", "HEAD"}
TRUTHS = {"true": True, "false": False}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200


class TruthField(forms.NullBooleanField):
    """`true` or `false`; left out, it asks for nothing."""

    widget = forms.TextInput

    def to_python(self, value):
        if value in {None, ""}:
            return None
        if value not in TRUTHS:
            raise forms.ValidationError(_("Write true or false, not “%s”.") % value)
        return TRUTHS[value]

    def validate(self, value):
        """Both are answers."""


class DayField(forms.DateField):
    """A day as ISO 8601 writes it, whatever the reader's language."""

    widget = forms.TextInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not DAY.fullmatch(value):
            raise self._unreadable(value)
        try:
            return _within_reach(date.fromisoformat(value))
        except ValueError as error:
            raise self._unreadable(value) from error

    @staticmethod
    def _unreadable(value) -> forms.ValidationError:
        return forms.ValidationError(_("Write a day such as 2025-06-30, not “%s”.") % value)


class MomentField(forms.DateTimeField):
    """A moment as ISO 8601 writes it; without a zone it is the country's time."""

    widget = forms.TextInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            # a plus sign that was not encoded arrives as a space
            found = datetime.fromisoformat(value.strip().replace(" ", "+"))
        except ValueError as error:
            text = _("Write a moment such as 2025-06-30T08:00:00+07:00, not “%s”.") % value
            raise forms.ValidationError(text) from error
        found = _within_reach(found)
        return found if timezone.is_aware(found) else timezone.make_aware(found)


def _within_reach(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        text = _("The year must be within %(first)d and %(last)d.")
        raise forms.ValidationError(text % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return found


class AnyQuery(forms.Form):
    """What every address takes."""

    lang = forms.ChoiceField(
        required=False,
        choices=settings.LANGUAGES,
        help_text="Language of names and errors; Vietnamese unless said.",
    )
    format = forms.CharField(
        required=False,
        max_length=10,
        help_text="Kind of answer, stronger than the Accept header.",
    )


class ListQuery(AnyQuery):
    """What every list takes besides its filters."""

    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Which page of a JSON answer, from 1.",
    )
    page_size = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_ON_A_PAGE,
        help_text="Rows on a page of a JSON answer.",
    )
    fields = forms.CharField(
        required=False,
        max_length=1000,
        help_text="Names of fields, comma separated: only these are sent.",
    )
    ordering = forms.ChoiceField(
        required=False,
        help_text="By what the rows are ordered; a minus turns it round.",
    )


class NoFilters(forms.Form):
    """A list that is always sent whole."""

    def narrow(self, rows):
        return rows


class Equal(NoFilters):
    """Filters that must equal something of each row: `paths` says what, by name of the field."""

    paths: dict[str, str] = {}

    def narrow(self, rows):
        asked = {path: self.cleaned_data[name] for name, path in self.paths.items()}
        asked = {path: value for path, value in asked.items() if value not in {None, ""}}
        return super().narrow(rows).filter(**asked)


def choice(choices, words: str) -> forms.ChoiceField:
    """A filter by one of some choices, that may be left out."""
    return forms.ChoiceField(required=False, choices=[("", ""), *choices], help_text=words)


def code(words: str, longest: int = 10) -> forms.CharField:
    """A filter by a code, that may be left out."""
    return forms.CharField(required=False, max_length=longest, help_text=words)


def year(words: str) -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=words
    )


def refuse_unknown(asked, known):
    """Raise ValidationError for each parameter that the address does not take or has no value."""
    strange = {
        name: _("Give this parameter a value, or leave it out.")
        for name, value in asked.items()
        if not value
    }
    strange |= {
        name: _("There is no such parameter here. These are known: %s.") % ", ".join(sorted(known))
        for name in asked
        if name not in known
    }
    if strange:
        raise ValidationError(strange)


def cleaned(*bound: forms.Form) -> dict:
    """The values of all the forms together. Raises ValidationError with every fault at once."""
    faults = {}
    for form in bound:
        if not form.is_valid():
            faults |= {name: list(texts) for name, texts in form.errors.items()}
    if faults:
        raise ValidationError(faults)
    return {name: value for form in bound for name, value in form.cleaned_data.items()}
