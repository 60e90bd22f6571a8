"""What the grid is asked for, and what is sent to it."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refused
from criteria.cells import Dots
from criteria.forms.part import PartForm
from criteria.grid.planning import Block, BlockPlan, make_plan
from criteria.grid.reading import Grid, Row
from criteria.models import CriteriaSet, Criterion, Indicator, ReportingPeriod
from criteria.planned import Seen

ALL = "all"
DOTS = "dots-"


@dataclass(frozen=True)
class State:
    """Which part of the grid is shown."""

    period: ReportingPeriod
    criteria_set: CriteriaSet
    what: str
    district: str

    @property
    def parts(self) -> dict[str, str]:
        """As the filter bar and the address say it."""
        return {
            "period": self.period.code,
            "set": self.criteria_set.code,
            "what": self.what,
            "district": self.district,
        }

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.parts.items() if value})

    def of(self, assessments: QuerySet) -> QuerySet:
        return assessments.filter(period=self.period, criteria_set=self.criteria_set)


class GridForm(PartForm):
    """The filter bar, with the columns to be shown. Six queries."""

    what = forms.ChoiceField(label=_("Criterion or indicator"), required=False)
    field_order = ("period", "set", "what", "district")

    def __init__(self, data, *, assessments: QuerySet):
        super().__init__(data, assessments=assessments)
        self.criteria = list(Criterion.objects.filter(criteria_set=self.set).order_by("number"))
        self.offer(what=[(ALL, _("All indicators")), *self._criteria_with_indicators()])

    @property
    def state(self) -> State:
        """What is asked for, once the form is valid: at first the first criterion."""
        first = str(self.criteria[0].number) if self.criteria else ALL
        what, district = self.cleaned_data["what"] or first, self.cleaned_data["district"]
        return State(self.period, self.set, what, district)

    def show(self, state: State):
        """Let the bar say what is shown where nothing was asked for."""
        self.data = {**self.data.dict(), **state.parts}

    def _criteria_with_indicators(self):
        own = defaultdict(list)
        rows = Indicator.objects.filter(criterion__criteria_set=self.set)
        for row in rows.order_by("position"):
            own[row.criterion_id].append((row.code, str(row)))
        for criterion in self.criteria:
            number = str(criterion.number)
            whole = (number, _("Criterion %(name)s") % {"name": criterion})
            yield str(criterion), [whole, *(c for c in own[criterion.pk] if c[0] != number)]


class BlockForm(forms.Form):
    """A pasted block. Line breaks are those of a textarea, the rest is as it was copied."""

    block = forms.CharField(
        label=_("Cells copied from a spreadsheet"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        error_messages={"required": _("Paste the cells to be filled in first.")},
    )
    first_commune = forms.ChoiceField(label=_("First row"), required=False)
    first_line = forms.ChoiceField(label=_("First column"), required=False)

    def __init__(self, data=None, *, grid: Grid, shown: list[Row], first_line: str = "", **kwargs):
        super().__init__(data, initial={"first_line": first_line}, **kwargs)
        self.shown = shown
        self.lines = {line.code: line for line in grid.columns}
        self.fields["first_commune"].choices = [
            (row.key, f"{row.commune}" + (f" ({row.district})" if row.district else ""))
            for row in shown
        ]
        self.fields["first_line"].choices = [
            (code, f"{code} {line.target.local_name}"[:80]) for code, line in self.lines.items()
        ]

    def clean_block(self):
        text = self.cleaned_data["block"].replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(self.fields["block"].error_messages["required"])
        return text

    @property
    def as_block(self) -> Block:
        """The block as a page shows it: a list of choices without an answer shows the first."""
        first_commune, first_line = (
            self.cleaned_data[name]
            or next((code for code, _label in self.fields[name].choices), "")
            for name in ("first_commune", "first_line")
        )
        return Block(
            self.cleaned_data["block"], self.shown, first_commune, first_line, self._dots()
        )

    def plan(self, grid: Grid, versions: Seen | None) -> BlockPlan | None:
        """What the block would do; None where it is refused as a whole, then the form says why."""
        if not self.is_valid():
            return None
        try:
            return make_plan(grid, self.as_block, versions)
        except Refused as error:
            self.add_error("block", str(error))
            return None

    def _dots(self) -> dict[str, Dots]:
        known = {meant.value: meant for meant in Dots}
        answers = {code: self.data.get(f"{DOTS}{code}") for code in self.lines}
        return {code: known[answer] for code, answer in answers.items() if answer in known}
