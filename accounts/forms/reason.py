"""The reason of a step."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 100  # as in the history


class ReasonForm(forms.Form):
    """Why something is done; kept in the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept in the history."),
    )

    def __init__(self, *args, is_needed: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_needed
        if not is_needed:
            self.fields["reason"].label = _("Reason (may be left out)")
