"""Communes to tick, under their districts."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import Commune


class ByDistrict(forms.models.ModelChoiceIterator):
    """Groups of choices, a district each; communes of no district stand by themselves."""

    def __iter__(self):
        rows = self.queryset.select_related("district").order_by(
            "district__sort_key", "district", "sort_key"
        )
        for district, communes in groupby(rows, lambda commune: commune.district):
            choices = [self.choice(commune) for commune in communes]
            if district:
                yield str(district), choices
            else:
                yield from choices


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick in columns, under their headings."""

    template_name = "django/forms/widgets/ticks.html"


class CommunesField(forms.ModelMultipleChoiceField):
    iterator = ByDistrict
    widget = Ticks

    def __init__(self, **kwargs):
        missing = _("Tick one commune at least.")
        super().__init__(Commune.objects.none(), error_messages={"required": missing}, **kwargs)

    def clean(self, value):
        return list(super().clean(value).select_related("district"))
