"""What may stand behind the question mark: read by forms, and nothing beside them.

The words of help stand in the schema, which is English alone.
"""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

PAGE_SIZE, MOST_ON_A_PAGE = 100, 500
READS = {"GET", "HEAD"}
TRUTHS = {"true": True, "false": False}


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


def refuse_unknown(asked, known):
    """Raise ValidationError for each parameter that the address does not take."""
    strange = {
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
