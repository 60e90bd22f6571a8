"""Criteria sets as a province sees them, with how much is in each and what stands on it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communes.models import Province
from criteria.models import Assessment, CriteriaSet, Threshold
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day


@dataclass(frozen=True)
class SetRow:
    criteria_set: CriteriaSet
    state: str
    criteria: int
    indicators: int
    thresholds: int
    confirmed: int
    assessments: int

    @property
    def state_name(self) -> str:
        return {
            "draft": pgettext("legal text", "Draft"),
            "coming": _("Not in force yet"),
            "in_force": pgettext("legal text", "In force"),
            "past": _("No longer in force"),
        }[self.state]


def state_of(criteria_set: CriteriaSet, on: date) -> str:
    """One of draft, coming, in_force and past."""
    if criteria_set.is_draft:
        return "draft"
    if criteria_set.valid_from > on:
        return "coming"
    ended = criteria_set.valid_to and criteria_set.valid_to < on
    return "past" if ended else "in_force"


def set_rows(province: Province, on: date) -> list[SetRow]:
    """All sets that the province knows, newest first; four queries."""
    sets = CriteriaSet.objects.known_to(province).annotate(
        criteria_count=Count("criteria", distinct=True),
        indicator_count=Count("criteria__indicators"),
    )
    binding = Threshold.objects.binding(province)
    of_set = "indicator__criterion__criteria_set"
    thresholds = _counted(binding, of_set)
    confirmed = _counted(binding.filter(is_confirmed=True), of_set)
    assessments = _counted(Assessment.objects.filter(commune__province=province), "criteria_set")
    return [
        SetRow(
            row,
            state_of(row, on),
            row.criteria_count,
            row.indicator_count,
            thresholds.get(row.pk, 0),
            confirmed.get(row.pk, 0),
            assessments.get(row.pk, 0),
        )
        for row in sets.order_by("-valid_from", "level", "grade", "code")
    ]


def _counted(rows, by: str) -> dict[int, int]:
    """How many rows there are for each key that the path `by` leads to."""
    return dict(rows.order_by().values(by).annotate(n=Count("pk")).values_list(by, "n"))


def narrowed(rows: list[SetRow], asked: dict) -> list[SetRow]:
    """The rows that the filters leave; `asked` is the cleaned data of a `SetFilterForm`."""
    wanted = asked.get("q", "").casefold()
    return [
        row
        for row in rows
        if asked.get("level") in ("", None, row.criteria_set.level)
        and asked.get("state") in ("", None, row.state)
        and any(
            wanted in text.casefold()
            for text in (
                row.criteria_set.name,
                row.criteria_set.name_en,
                row.criteria_set.code,
                row.criteria_set.decision,
            )
        )
    ]


def sets_table(province: Province, rows: list[SetRow], notes: list[str]) -> Table:
    return Table(
        name=f"bo-tieu-chi-{province.code}",
        title=_("Criteria sets known to %(province)s") % {"province": province.full_name},
        header=[
            _("Code"),
            _("Name"),
            _("Level"),
            _("Grade"),
            _("Decision"),
            _("In force from"),
            _("Last day in force"),
            _("State"),
            _("Made by the province"),
            _("Criteria"),
            _("Indicators"),
            _("Thresholds"),
            _("Verified"),
            _("Assessments"),
            _("Source"),
        ],
        rows=[_cells(row) for row in rows],
        notes=notes,
    )


def _cells(row: SetRow) -> list:
    found = row.criteria_set
    return [
        found.code,
        found.local_name,
        found.get_level_display(),
        found.get_grade_display(),
        found.decision,
        day(found.valid_from),
        day(found.valid_to) if found.valid_to else "",
        row.state_name,
        _("yes") if found.province_id else _("no"),
        row.criteria,
        row.indicators,
        row.thresholds,
        row.confirmed,
        row.assessments,
        found.source,
    ]
