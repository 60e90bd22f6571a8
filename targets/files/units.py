"""Districts and communes as tables of numbers, for files."""

from django.utils.translation import gettext as _

from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day, number
from targets import lists, progress, tables, verdict_tables
from targets.files.words import UNIT, unit_cells, verdict_word, yes_or_empty
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.unit_wording import grade_names


def out_of(count: int) -> str:
    """What a list of communes is taken from."""
    return _("Out of %(count)s communes: those on the day that the filters leave.") % {
        "count": number(count)
    }


def shown(snapshot: Snapshot, at: Standpoint) -> progress.Table:
    return tables.narrow(tables.communes(snapshot, at), at)


def districts(snapshot: Snapshot, at: Standpoint) -> Table:
    rows = progress.rows_of(tables.districts(snapshot, at))
    return Table(
        name="districts",
        title=_("Districts compared"),
        header=[
            _("Code"),
            _("District"),
            _("Recognised"),
            _("Communes"),
            _("Share recognised (%)"),
            _("Advanced"),
            _("Model"),
            _("Average criteria"),
            _("Change on the quarter before"),
            _("Under 10 criteria"),
            _("Target"),
        ],
        rows=[
            [
                row.code,
                row.name,
                row.recognised,
                row.of,
                row.share,
                row.advanced,
                row.model,
                row.mean,
                row.change,
                row.below,
                row.target,
            ]
            for row in rows
        ],
        notes=[_("Recognised: a decision is in force. Criteria: from verified assessments.")],
    )


def communes(snapshot: Snapshot, at: Standpoint) -> Table:
    """The communes that the filters leave, with where each stands."""
    found, grades = shown(snapshot, at), grade_names()
    return Table(
        name="communes",
        title=_("Communes"),
        header=[
            *map(str, UNIT),
            _("Recognised as"),
            _("Criteria met"),
            _("Basically met"),
            _("Criteria"),
            _("Border commune"),
            _("Verified for the period to"),
        ],
        rows=[
            [
                row.code,
                row.name,
                row.district,
                grades[row.rank],
                row.counted,
                row.basically,
                row.total,
                yes_or_empty(row.is_border),
                row.period_end,
            ]
            for row in progress.rows_of(found)
        ],
        notes=[out_of(len(found))],
    )


def matrix(snapshot: Snapshot, at: Standpoint) -> Table:
    table = verdict_tables.matrix(snapshot, at)
    titles = snapshot.titles(tables.current_set(snapshot, at))
    numbers = [n for n in titles if n in table.columns]
    verdicts = table[numbers].astype(object).itertuples(index=False, name=None)
    units = table[["code", "name", "district", "counted"]].itertuples(index=False, name=None)
    return Table(
        name="criteria",
        title=_("Communes by criteria"),
        header=[*map(str, UNIT), *(f"{n}. {titles[n]}" for n in numbers), _("Criteria met")],
        rows=[
            [*unit, *map(verdict_word, of), counted]
            for (*unit, counted), of in zip(units, verdicts, strict=True)
        ],
        notes=[out_of(len(table))],
    )


def under_10(snapshot: Snapshot, at: Standpoint) -> Table:
    found = shown(snapshot, at)
    return Table(
        name="under-10",
        title=_("Under 10 criteria"),
        header=[*map(str, UNIT), _("Criteria met"), _("Criteria")],
        rows=[
            [row.code, row.name, row.district, row.counted, row.total]
            for row in progress.rows_of(progress.below(found))
        ],
        notes=[out_of(len(found))],
    )


def fell_back(snapshot: Snapshot, at: Standpoint) -> Table:
    found = shown(snapshot, at)
    fell = lists.fell_back(snapshot, at, found)
    before = tables.quarter_before(at.as_of)
    return Table(
        name="fell-back",
        title=_("Fell back since %(day)s") % {"day": day(before)},
        header=[
            *map(str, UNIT),
            _("Criteria met on %(day)s") % {"day": day(before)},
            _("Criteria met"),
            _("Change"),
        ],
        rows=[
            [*unit_cells(snapshot, pk), row.met_before, row.met_after, row.change]
            for pk, row in zip(fell.index.tolist(), progress.rows_of(fell), strict=True)
        ],
        notes=[out_of(len(found))],
    )


def ended_by_merger(snapshot: Snapshot, at: Standpoint) -> Table:
    grades, units = grade_names(), snapshot.unit_names()
    return Table(
        name="ended-by-merger",
        title=_("Recognition ended by a merger"),
        header=[
            *map(str, UNIT),
            _("Was"),
            _("Until"),
            _("Passed into"),
            _("Which is now"),
        ],
        rows=[
            [
                *unit_cells(snapshot, row.unit_id),
                grades[row.rank],
                row.ended_on,
                ", ".join(units[pk].name for pk in row.into),
                grades[row.successor_rank],
            ]
            for _unit, row in lists.ended_by_merger(snapshot, at)
        ],
        notes=[_("A recognition never passes to the new commune without a decision.")],
    )


def next_in_line(snapshot: Snapshot, at: Standpoint) -> Table:
    found = shown(snapshot, at)
    near = progress.next_in_line(found, found["rank"])
    missing = lists.missing(snapshot, at, near.index.tolist())
    return Table(
        name="next-in-line",
        title=_("Not yet recognised, one or two criteria short"),
        header=[*map(str, UNIT), _("Criteria met"), _("Criteria"), _("What is missing")],
        rows=[
            [row.code, row.name, row.district, row.counted, row.total, missing.get(pk, "")]
            for pk, row in zip(near.index.tolist(), progress.rows_of(near), strict=True)
        ],
        notes=[out_of(len(found))],
    )


LISTS = {
    "under-10": under_10,
    "fell-back": fell_back,
    "ended-by-merger": ended_by_merger,
    "next-in-line": next_in_line,
}
