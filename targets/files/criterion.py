"""What the page of one criterion has in tables and lists."""

from django.utils.translation import gettext as _

from ntm_tracker.web.downloads import Table
from targets import tables
from targets.criterion_lists import (
    criterion_in,
    indicator_rows,
    indicators_lacking,
    scores,
    verdicts,
)
from targets.files.units import out_of
from targets.files.words import UNIT, verdict_word
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.unit_wording import set_line


def _read(snapshot: Snapshot, at: Standpoint):
    """The criterion, the communes with their verdicts and those on its indicators."""
    set_id = tables.current_set(snapshot, at)
    criterion = criterion_in(snapshot, set_id, at.criterion)
    found = scores(snapshot, at, at.criterion, set_id)
    return criterion, verdicts(snapshot, at, at.criterion), found


def _title(criterion) -> str:
    return f"{criterion.number}. {criterion.local_name}"


def indicators(snapshot: Snapshot, at: Standpoint) -> Table:
    """The thresholds of the criterion's indicators, and how many communes meet each."""
    criterion, table, found = _read(snapshot, at)
    of = indicator_rows(snapshot, at, criterion, table, found)
    return Table(
        name="indicators",
        title=_title(criterion),
        header=[
            _("Code"),
            _("Indicator"),
            *(_("Threshold: %(group)s") % {"group": group.name} for group in of["columns"]),
            _("Communes that meet it"),
            _("Communes assessed"),
            _("Sources of the thresholds"),
        ],
        rows=[_indicator_row(row, of["sources"]) for row in of["rows"]],
        notes=[set_line(criterion.criteria_set), out_of(len(table))],
    )


def _indicator_row(row: dict, sources: list[str]) -> list:
    notes = dict.fromkeys(cell["note"] for cell in row["cells"] if cell["note"])
    return [
        row["indicator"].code,
        row["indicator"].local_name,
        *(_threshold(cell) for cell in row["cells"]),
        row["met"],
        row["base"],
        "; ".join(sources[note - 1] for note in notes),
    ]


def _threshold(cell: dict) -> str:
    unverified = _("not yet verified") if cell["is_unverified"] else ""
    return ", ".join(filter(None, [cell["text"], unverified]))


def communes(snapshot: Snapshot, at: Standpoint) -> Table:
    """The verdict on each commune, with the indicators that fall short."""
    criterion, table, found = _read(snapshot, at)
    lacking = indicators_lacking(found)
    return Table(
        name="communes",
        title=_title(criterion),
        header=[*map(str, UNIT), _("Verdict"), _("Indicators that fall short")],
        rows=[
            [row.code, row.name, row.district, verdict_word(row.verdict), lacking.get(row.Index)]
            for row in table.itertuples()
        ],
        notes=[set_line(criterion.criteria_set), out_of(len(table))],
    )


TABLES = {"indicators": indicators, "communes": communes}
