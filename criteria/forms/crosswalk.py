"""Counterparts of a set's criteria in another set."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.models import Criterion, Relation

UNKNOWN = ("", gettext_lazy("not said"))


class CrosswalkForm(forms.Form):
    """For each criterion a relation, and which criterion of the other set it is a relation to."""

    def __init__(self, data=None, *, criteria: list[Criterion], others: list[Criterion], found):
        super().__init__(data)
        self.criteria = criteria
        self.others = {row.number: row for row in others}
        choices = [("", "–"), *((row.number, str(row)) for row in others)]
        for row in criteria:
            counterpart, relation = found.get(row.number, (None, ""))
            self.fields[f"relation_{row.number}"] = forms.ChoiceField(
                label=_("Relation of criterion %(number)s") % {"number": row.number},
                choices=[UNKNOWN, *Relation.choices],
                initial=relation,
                required=False,
            )
            self.fields[f"other_{row.number}"] = forms.TypedChoiceField(
                label=_("Counterpart of criterion %(number)s") % {"number": row.number},
                choices=choices,
                initial=counterpart,
                coerce=int,
                empty_value=None,
                required=False,
            )

    def rows(self):
        """Each criterion with its two fields."""
        for row in self.criteria:
            yield row, self[f"relation_{row.number}"], self[f"other_{row.number}"]

    def clean(self):
        asked = super().clean()
        for row in self.criteria:
            relation = asked.get(f"relation_{row.number}")
            other = asked.get(f"other_{row.number}")
            if relation and relation != Relation.NONE and other is None:
                self.add_error(
                    f"other_{row.number}", _("Choose the criterion that it is meant of.")
                )
            if other is not None and relation in ("", Relation.NONE):
                self.add_error(
                    f"relation_{row.number}",
                    _("Say how it answers to criterion %(number)s, or choose none there.")
                    % {"number": other},
                )
        return asked

    @property
    def links(self) -> dict[Criterion, tuple[Criterion | None, str]]:
        asked = self.cleaned_data
        return {
            row: (self.others.get(asked[f"other_{row.number}"]), asked[f"relation_{row.number}"])
            for row in self.criteria
            if asked[f"relation_{row.number}"]
        }
