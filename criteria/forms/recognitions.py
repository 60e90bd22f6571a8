"""Steps on what the register of recognitions holds."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.reason import ReasonForm
from criteria.forms.log import DayField
from criteria.models import Recognition
from ntm_tracker.web.numbers import day


class UnitsOf(forms.Form):
    """On which day the units to choose from are in force."""

    on = DayField(label=_("Units in force on"))


class CompleteForm(ReasonForm):
    """Whether the register holds all recognitions; `is_complete` is what it is to be."""

    is_complete = forms.BooleanField(required=False, widget=forms.HiddenInput)


class RevocationForm(forms.Form):
    on = DayField(label=_("Revoked on"))
    decision = forms.CharField(label=_("Revoked by decision"), max_length=50)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("As the decision gives it; shown with the recognition."),
    )

    def __init__(self, data=None, *, row: Recognition):
        super().__init__(data)
        self.row = row

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        if self.row.decided_on and on < self.row.decided_on:
            raise forms.ValidationError(
                _("This day lies before the decision that recognised it, of %(day)s."),
                params={"day": day(self.row.decided_on)},
            )
        return on
