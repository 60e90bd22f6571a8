"""Decisions typed into the register of recognitions."""

from datetime import date
from hashlib import sha256

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.reason import LONGEST_REASON
from accounts.forms.stale import StaleCheck
from accounts.refusals import Refused
from communes.models import Commune, District, Province
from criteria.file_kinds import ENDINGS
from criteria.forms.log import CommuneField, DayField
from criteria.forms.units import CommunesField, Ticks
from criteria.models import DecisionFile, Grade, Recognition
from criteria.recognising.attaching import keep, kept_before
from criteria.recognising.checks import Finding, check
from ntm_tracker.web.numbers import day

Kind = Recognition.Kind
FIRST_YEAR, LAST_YEAR = 2010, 2100


class DecisionForm(forms.ModelForm):
    """A decision. `found` holds what speaks against it once `is_acceptable` was asked.

    Errors are errors of the form. Warnings want a note, and that the note was written by
    somebody who saw them: `seen` is what was shown. A form of one kind gives `rows()`, the entries
    as typed, not saved.
    """

    decided_on = DayField(label=_("Decision date"))
    year = forms.IntegerField(
        label=_("Counts for the year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_("A decision of January usually counts for the year before."),
    )
    upload = forms.FileField(
        label=_("The signed decision"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ",".join(ENDINGS)}),
        help_text=_("A PDF, an image or an Office file. May be left out."),
    )
    note = forms.CharField(
        label=_("Note for the history"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed where there are warnings: why it is right all the same."),
    )
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Recognition
        fields = ["decision", "decided_on", "year", "grade", "field"]
        labels = {"grade": pgettext_lazy("recognition", "Grade")}

    def __init__(self, data=None, files=None, *, instance: Recognition, user):
        super().__init__(data, files, instance=instance)
        self.user = user
        self.province: Province = instance.province
        self.found: list[Finding] = []
        self.fields["decision"].required = True
        if instance.kind != Kind.COMMUNE:
            del self.fields["field"]
        if instance.kind in (Kind.RESIDENTIAL_AREA, Kind.GARDEN):
            del self.fields["grade"]

    def _post_clean(self):
        """Fields are checked here; what concerns several rows is for `check`."""

    def clean(self):
        asked = super().clean()
        try:
            self.kept_file = self._kept_file(asked)
        except Refused as refusal:
            self.kept_file = None
            self.add_error("upload", str(refusal))
        if self.kept_file:
            self.data = self.data.copy()
            self.data["kept"] = str(self.kept_file.key)
        return asked

    def _kept_file(self, asked) -> DecisionFile | None:
        if asked.get("upload"):
            return keep(asked["upload"], self.province, by=self.user)
        return kept_before(asked.get("kept"), self.province, by=self.user)

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.found if not finding.is_error]

    @property
    def source(self) -> str:
        """What an entry made from a decision rests on: the decision."""
        return f"{self.cleaned_data['decision']} ({day(self.cleaned_data['decided_on'])})"

    def fill(self, row: Recognition) -> Recognition:
        asked = self.cleaned_data
        for name in self._meta.fields:
            if name in asked:
                setattr(row, name, asked[name])
        row.file = self.kept_file or row.file
        return row

    def is_acceptable(self) -> bool:
        """Can it be written? Adds what speaks against it to the form."""
        if not self.is_valid():
            return False
        self.found = check(self.province, self.rows())
        for finding in self.found:
            if finding.is_error:
                self.add_error(None, finding.text)
        token = self._token()
        is_seen = self.cleaned_data.get("seen") == token
        if self.warnings and not self.errors and is_seen and not self.cleaned_data["note"]:
            self.add_error("note", _("Say why it is right all the same."))
        self.data = self.data.copy()
        self.data["seen"] = token
        return not self.errors and (is_seen or not self.warnings)

    def _token(self) -> str:
        texts = sorted(finding.text for finding in self.warnings)
        return sha256("\n".join(texts).encode()).hexdigest()[:16] if texts else ""


class NewDecisionForm(DecisionForm):
    """A decision with its holders, who follow from the kind."""

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.communes = Commune.objects.filter(province=self.province).in_force(on)
        self.on = on

    def rows(self):
        return [self.fill(row) for row in self.holders()]

    def fill(self, row):
        row.source = self.source
        return super().fill(row)

    def _row(self, **holder) -> Recognition:
        return Recognition(province=self.province, kind=self.instance.kind, **holder)


class CommunesForm(NewDecisionForm):
    communes_given = CommunesField(label=_("Communes recognised"))
    field_order = [*DecisionForm.Meta.fields, "communes_given", "upload", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communes_given"].queryset = self.communes.in_programme()

    def holders(self):
        return [self._row(commune=commune) for commune in self.cleaned_data["communes_given"]]


class DistrictsForm(NewDecisionForm):
    districts_given = forms.ModelMultipleChoiceField(
        District.objects.none(),
        label=_("Districts recognised"),
        widget=Ticks,
    )
    field_order = ["decision", "decided_on", "year", "grade", "districts_given", "upload", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = District.objects.filter(province=self.province).in_force(self.on)
        self.fields["districts_given"].queryset = districts

    def holders(self):
        return [self._row(district=district) for district in self.cleaned_data["districts_given"]]


class PlacesForm(NewDecisionForm):
    """Model residential areas or gardens of one commune."""

    commune_of = CommuneField(Commune.objects.none(), label=_("Commune"))
    places = forms.CharField(
        label=_("Names"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, as in the decision."),
    )
    field_order = ["decision", "decided_on", "year", "commune_of", "places", "upload", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune_of"].queryset = self.communes.select_related("district")

    def clean_places(self):
        names = [" ".join(line.split()) for line in self.cleaned_data["places"].splitlines()]
        most = Recognition._meta.get_field("place").max_length
        for name in names:
            if len(name) > most:
                raise forms.ValidationError(
                    _("“%(name)s” has %(found)d characters; expected are at most %(most)d."),
                    params={"name": name, "found": len(name), "most": most},
                )
        return [name for name in names if name]

    def holders(self):
        commune = self.cleaned_data["commune_of"]
        names = self.cleaned_data["places"]
        return [self._row(commune=commune, place=name, grade=Grade.STANDARD) for name in names]


FORMS = {
    Kind.COMMUNE: CommunesForm,
    Kind.DISTRICT: DistrictsForm,
    Kind.RESIDENTIAL_AREA: PlacesForm,
    Kind.GARDEN: PlacesForm,
}


class CarryForm(DecisionForm):
    """A decision by which the commune that took an old one in has its recognition too."""

    commune_given = CommuneField(Commune.objects.none(), label=_("New commune"))
    field_order = ["commune_given", "decision", "decided_on", "year", "grade", "field"]

    def __init__(self, *args, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune_given"].queryset = successors.select_related("district")
        for name in ("decision", "decided_on", "year"):
            del self.initial[name]  # those of the old one

    def rows(self):
        old = self.instance
        row = Recognition(province=old.province, kind=old.kind, place=old.place, carried_from=old)
        row.commune = self.cleaned_data["commune_given"]
        row.source = self.source
        return [self.fill(row)]


class CorrectionForm(StaleCheck, DecisionForm):
    """What was entered wrongly; the holder stays."""

    field_order = [*DecisionForm.Meta.fields, "evidence", "source", "upload", "note"]

    class Meta(DecisionForm.Meta):
        fields = [*DecisionForm.Meta.fields, "evidence", "source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].required = self.fields["decided_on"].required = False
        self.fields["note"].required = True
        self.fields["note"].help_text = _("Why it is changed. Kept in the history.")

    def rows(self):
        return [self.fill(self.instance)]

    def fill(self, row):
        """With the number of a decision an illustrative entry becomes a real one."""
        row = super().fill(row)
        row.is_illustrative = row.is_illustrative and not row.decision
        return row
