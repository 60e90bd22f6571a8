"""What to ask for, and what stands around the text."""

from datetime import date
from hashlib import sha256

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communes.models import District
from ntm_tracker.web.numbers import day
from reports.kinds import KINDS
from reports.models import Format, Letterhead
from reports.pack.periods import QUARTERS
from reports.pack.subject import plan_of, standpoint
from targets import tables
from targets.snapshot import Snapshot

QUARTERS_WITHOUT_PLAN = 8


class AskForm(forms.Form):
    """A kind of document about an area and a period, in a format."""

    kind = forms.ChoiceField(label=_("Document"))
    as_of = forms.ChoiceField(label=_("Period"))
    district = forms.ChoiceField(label=_("Area"), required=False)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Format,
        initial=Format.WORD,
        widget=forms.RadioSelect,
        help_text=_("Word to edit, PDF to send and keep; the summary workbook is Excel."),
    )

    def __init__(self, *args, snapshot: Snapshot, user, **options):
        super().__init__(*args, **options)
        self.snapshot = snapshot
        allowed = [kind for kind in KINDS.values() if user.may(kind.may, snapshot.province)]
        self.fields["kind"].choices = [(kind.name, kind.title) for kind in allowed]
        ends = quarters_of(snapshot)
        self.fields["as_of"].choices = [(on.isoformat(), _quarter(on)) for on in ends]
        self.fields["district"].choices = [
            ("", _("The whole province")),
            *zip(snapshot.districts["code"], snapshot.districts["name"], strict=True),
        ]

    def clean_as_of(self) -> date:
        return date.fromisoformat(self.cleaned_data["as_of"])

    def clean(self):
        asked = super().clean()
        code, as_of, kind = (asked.get(name) for name in ("district", "as_of", "kind"))
        if kind and asked.get("format") not in KINDS[kind].makers:
            self.add_error("format", _("This document is not made in that format."))
        if code and as_of and not self._is_there(code, as_of):
            self.add_error(
                "district",
                forms.ValidationError(
                    _("%(district)s has no commune of the programme on %(day)s."),
                    params={
                        "district": dict(self.fields["district"].choices)[code],
                        "day": day(as_of),
                    },
                ),
            )
        return asked

    def _is_there(self, code: str, as_of: date) -> bool:
        table = tables.districts(self.snapshot, standpoint(self.snapshot, as_of))
        return code in set(table["code"].tolist())

    @property
    def of_district(self) -> District | None:
        code = self.cleaned_data["district"]
        if not code:
            return None
        districts = self.snapshot.districts
        return District.objects.get(pk=int(districts.index[districts["code"] == code][-1]))


def quarters_of(snapshot: Snapshot) -> list[date]:
    """The ends of quarters that a document may be about, the newest with data first."""
    last = snapshot.last_day(plan_of(snapshot, timezone.localdate()))
    plan = plan_of(snapshot, last)
    first = plan.baseline_on if plan else last.replace(day=1, year=last.year - 2)
    ends = tables.quarter_ends(first, last)
    return ends[::-1] if plan else ends[::-1][:QUARTERS_WITHOUT_PLAN]


def _quarter(on: date):
    words = {"quarter": QUARTERS.get(on.month, ""), "year": on.year, "day": day(on)}
    if not words["quarter"]:
        return words["day"]
    return _("Quarter %(quarter)s/%(year)s, to %(day)s") % words


class LetterheadForm(forms.ModelForm):
    """`seen` stands for what the form showed, so that nobody writes over what they did not see."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Letterhead
        fields = [
            "parent_agency",
            "agency",
            "symbol",
            "place",
            "authority",
            "position",
            "signer",
            "recipients",
        ]
        widgets = {"recipients": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.stored = digest_of(self.instance)
        self.initial["seen"] = self.stored

    def clean(self):
        asked = super().clean()
        if asked.get("seen") != self.stored:
            self.data = self.data.copy()
            self.data["seen"] = self.stored
            raise forms.ValidationError(
                _(
                    "Somebody else changed the letterhead meanwhile. Now stored: %(stored)s. "
                    "Save again to replace it by what you typed."
                ),
                params={"stored": self.kept},
            )
        return asked

    @property
    def kept(self) -> str:
        """What is stored, in one line."""
        stored = Letterhead.objects.filter(pk=self.instance.pk).values(*self.Meta.fields).first()
        return "; ".join(value for value in (stored or {}).values() if value)


def digest_of(letterhead: Letterhead) -> str:
    said = [getattr(letterhead, name) for name in LetterheadForm.Meta.fields]
    return sha256("\n".join(said).encode()).hexdigest()[:16]
