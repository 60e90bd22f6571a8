"""What an officer fills in to say how boundaries change."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import BoundaryChangePart, Commune
from criteria.forms.periods import DateInput
from ntm_tracker.web.numbers import day
from targets.boundaries.models import IN_PART, BoundaryDraft, DraftPart, DraftUnit
from targets.boundaries.proposal import ONE_DAY
from targets.forms import EARLIEST

Kind = BoundaryChangePart.Kind
FARTHEST = timedelta(days=2 * 365)
HUNDRED = Decimal(100)


class DraftForm(forms.ModelForm):
    """Which resolution, with effect from when, and the districts that end with it."""

    class Meta:
        model = BoundaryDraft
        fields = ["resolution", "effective_on", "title", "source", "districts_ended"]
        widgets = {
            "effective_on": DateInput,
            "source": forms.Textarea({"rows": 2}),
            "districts_ended": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "resolution": _("Its number, for example 1246/NQ-UBTVQH15."),
            "effective_on": _("The first day of the new units."),
            "source": _("Where the resolution can be read. Left empty: its number."),
            "districts_ended": _("Only where districts are abolished."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = self.instance.province.districts.filter(valid_to=None)
        self.fields["districts_ended"].queryset = districts
        if not districts:
            del self.fields["districts_ended"]

    def clean_effective_on(self):
        chosen, latest = self.cleaned_data["effective_on"], timezone.localdate() + FARTHEST
        if not EARLIEST < chosen <= latest:
            raise forms.ValidationError(
                _("The day must lie after %(first)s and not after %(last)s, not on %(found)s."),
                params={"first": day(EARLIEST), "last": day(latest), "found": day(chosen)},
            )
        return chosen

    def clean(self):
        asked = super().clean()
        if not asked.get("source"):
            asked["source"] = asked.get("resolution", "")
        return asked


def old_units(draft: BoundaryDraft):
    """The units in force on the day before, with their districts, by name."""
    of_province = Commune.objects.filter(province=draft.province_id)
    return of_province.in_force(draft.effective_on - ONE_DAY).select_related("district")


def with_code(unit) -> str:
    """A unit in a list of choices: names repeat inside a province."""
    place = f"{unit.code}, {unit.district}" if unit.district else unit.code
    return f"{unit} ({place})"


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return with_code(obj)


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return with_code(obj)


class UnitForm(forms.ModelForm):
    """A unit that is formed, and the old units that pass into it as a whole."""

    code = forms.RegexField(
        r"^\d{1,10}$",
        label=_("Code"),
        help_text=_("May be the code of a unit that ends with this change."),
        error_messages={"invalid": _("A code has digits only, for example 06040.")},
    )
    whole = UnitsField(
        Commune.objects.none(),
        label=_("Passes into it as a whole"),
        required=False,
        widget=forms.SelectMultiple({"size": 10}),
        help_text=_(
            "Choose several with Ctrl. Parts of units are entered as lines of their own. "
            "A new name, code or district makes a new unit too: choose the unit as it was."
        ),
    )

    class Meta:
        model = DraftUnit
        fields = [
            "code",
            "name",
            "kind",
            "district",
            "population",
            "area_km2",
            "latitude",
            "longitude",
            "is_border",
            "note",
            "source",
        ]
        localized_fields = ["area_km2", "latitude", "longitude"]
        widgets = {"note": forms.Textarea({"rows": 2}), "source": forms.Textarea({"rows": 2})}
        help_texts = {"source": _("Left empty: the resolution.")}

    field_order = ["code", "name", "kind", "district", "whole"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draft = self.instance.draft
        ended = draft.districts_ended.values("pk")
        there = draft.province.districts.in_force(draft.effective_on).exclude(pk__in=ended)
        self.fields["district"].queryset = there
        if not there:
            del self.fields["district"]
        self.fields["whole"].queryset = old_units(draft)
        if self.instance.pk:
            self.fields["whole"].initial = [part.old_id for part in self._whole_parts()]

    def _whole_parts(self):
        return [part for part in self.instance.parts.all() if part.is_whole]

    def clean_code(self):
        code = self.cleaned_data["code"]
        others = self.instance.draft.units.exclude(pk=self.instance.pk)
        if other := others.filter(code=code).first():
            raise forms.ValidationError(
                _("%(unit)s of this draft has the code %(code)s already."),
                params={"unit": other, "code": code},
            )
        return code

    def clean(self):
        asked = super().clean()
        if not asked.get("source"):
            asked["source"] = self.instance.draft.resolution
        return asked

    def save(self, commit=True):
        """With the lines of the units that pass into it as a whole; other lines stay."""
        unit = super().save(commit)
        wanted = {old.pk for old in self.cleaned_data["whole"]}
        there = {part.old_id: part for part in unit.parts.all()}
        gone = [part.pk for part in self._whole_parts() if part.old_id not in wanted]
        unit.parts.filter(pk__in=gone).delete()
        new = wanted - there.keys()
        kind = Kind.RECODED if len(wanted) == 1 and len(there) == len(gone) else Kind.MERGED
        unit.parts.bulk_create(
            DraftPart(
                draft=unit.draft,
                unit=unit,
                old_id=pk,
                kind=kind,
                share_people=1,
                share_area=1,
                source=unit.draft.resolution,
            )
            for pk in sorted(new)
        )
        return unit


def percent_field(label):
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        localize=True,
        help_text=_("In per cent of the old unit. Empty: not known."),
    )


class PartForm(forms.ModelForm):
    """One line: an old unit, or part of it, passes into another."""

    old = UnitField(Commune.objects.none(), label=_("Old unit"))
    target = forms.ChoiceField(label=pgettext_lazy("boundaries", "Passes into"))
    people = percent_field(_("Share of people"))
    area = percent_field(_("Share of area"))

    class Meta:
        model = DraftPart
        fields = ["old", "kind", "population", "area_km2"]
        localized_fields = ["area_km2"]

    field_order = ["old", "target", "kind", "people", "area"]
    shares = {"people": "share_people", "area": "share_area"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        draft = self.instance.draft
        living = list(old_units(draft))
        units = list(draft.units.select_related("district"))
        self.fields["old"].queryset = old_units(draft)
        self.targets = {
            **{f"unit-{unit.pk}": unit for unit in units},
            **{f"commune-{unit.pk}": unit for unit in living},
        }
        labels = [(key, with_code(unit)) for key, unit in self.targets.items()]
        self.fields["target"].choices = [
            ("", "---------"),
            (_("New units of this change"), labels[: len(units)]),
            (_("Units that live on"), labels[len(units) :]),
        ]
        if self.instance.pk:
            self._show_stored()

    def _show_stored(self):
        part = self.instance
        self.initial["target"] = (
            f"unit-{part.unit_id}" if part.unit_id else f"commune-{part.into_id}"
        )
        for name, field in self.shares.items():
            share = getattr(part, field)
            self.initial[name] = None if share is None else share * HUNDRED

    def clean(self):
        asked = super().clean()
        if "target" in asked:
            self.instance.target = self.targets[asked["target"]]
        if {"old", "target"} <= asked.keys():
            self._check_pair(asked["old"])
        is_whole = asked.get("kind") not in IN_PART
        for name, field in self.shares.items():
            given = asked.get(name)
            share = 1 if is_whole else None if given is None else given / HUNDRED
            setattr(self.instance, field, share)
        self.instance.source = self.instance.source or self.instance.draft.resolution
        return asked

    def _check_pair(self, old: Commune):
        part = self.instance
        if old == part.into:
            self.add_error("target", _("A unit does not pass into itself."))
        same = DraftPart.objects.filter(
            draft=part.draft, old=old, unit=part.unit, into=part.into
        ).exclude(pk=part.pk)
        if same.exists():
            self.add_error(
                "target",
                forms.ValidationError(
                    _("%(old)s → %(new)s is in the draft already."),
                    params={"old": old, "new": part.target},
                ),
            )


class RegisterFilter(forms.Form):
    """The query string of the register of boundary changes."""

    q = forms.CharField(label=_("Resolution, unit or code"), max_length=100, required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]

    @property
    def asked(self) -> dict:
        """What is set, by name of the field; what was refused is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
