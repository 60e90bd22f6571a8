"""The form that takes a file of areas."""

from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.areas.reading import read_areas
from communes.areas.refusals import BadAreas
from communes.areas.steps import known_codes
from ntm_tracker.web.numbers import day


class AreasForm(forms.Form):
    """A GeoJSON file, the day its codes are of, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("GeoJSON file"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    on = forms.TypedChoiceField(
        coerce=date.fromisoformat,
        label=gettext_lazy("List of communes that the codes are of"),
        help_text=gettext_lazy("A code is used again after a merger, so the day must be told."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source and rights"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Who made the map, of which year, and what allows the province to show it."
        ),
    )
    code_property = forms.CharField(
        label=gettext_lazy("Property with the code"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Empty: the one that holds most codes of communes."),
    )

    def __init__(self, *args, province, **kwargs):
        super().__init__(*args, **kwargs)
        self.province = province
        self.fields["on"].choices = lists_of(province)
        self.fields["file"].help_text = _("At most %(limit)d MB; longitude and latitude.") % {
            "limit": settings.UPLOADED_TABLE_MAX_MB
        }
        self.found = None

    def clean(self):
        """Read the file, once all else is known that it takes."""
        asked = super().clean()
        if not self.errors:
            known = known_codes(self.province, asked["on"])
            try:
                self.found = read_areas(asked["file"], list(known), asked["code_property"].strip())
            except BadAreas as bad:
                self.add_error("file", str(bad))
        return asked

    @property
    def about(self) -> dict:
        """What is kept beside the areas."""
        kept = {name: self.cleaned_data[name] for name in ("on", "source")}
        return kept | {"file_name": self.cleaned_data["file"].name[:250]}


def lists_of(province) -> list[tuple[str, str]]:
    """Each list of communes there was, newest first: its first day, and its days in words."""
    changes = province.boundary_changes.order_by("effective_on")
    starts = list(changes.values_list("effective_on", flat=True).distinct())
    known = province.communes.order_by("valid_from").values_list("valid_from", flat=True)
    first = known.first()
    starts = sorted({first, *starts} - {None}) if first else starts
    ends = [start - timedelta(days=1) for start in starts[1:]]
    words = [
        _("%(first)s to %(last)s") % {"first": day(start), "last": day(end)}
        for start, end in zip(starts, ends, strict=False)
    ]
    words += [_("from %(first)s") % {"first": day(starts[-1])}] if starts else []
    return [(start.isoformat(), text) for start, text in zip(starts, words, strict=True)][::-1]
