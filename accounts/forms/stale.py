"""Saves that would write over what somebody else saved meanwhile."""

from django import forms
from django.utils.translation import gettext as _


class StaleCheck(forms.ModelForm):
    """A form about a stored row with history, for use while the row is locked.

    When the row was changed since the form was opened, the form comes back with what stands
    there now beside what was typed; sent once more, it is saved.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = self.instance.history.count() if self.instance.pk else None
        self.fields["version"].initial = self.version

    def clean(self):
        asked = super().clean()
        if asked.get("version") != self.version:
            self.add_error(None, self._what_stands(asked))
            self.data = self.data.copy()
            self.data["version"] = self.version
        return asked

    def _what_stands(self, asked) -> str:
        stored = [
            f"{field.label}: {self._said(name)}"
            for name, field in self.fields.items()
            if name in self._meta.fields and asked.get(name) != getattr(self.instance, name)
        ]
        return _(
            "Somebody changed this meanwhile. It says now: %(stored)s. Save again to write what "
            "you typed."
        ) % {"stored": "; ".join(stored)}

    def _said(self, name: str) -> str:
        value = getattr(self.instance, name)
        label = getattr(self.instance, f"get_{name}_display", None)
        return str(label() if label else value) if value not in (None, "") else "–"
