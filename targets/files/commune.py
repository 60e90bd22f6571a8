"""What the page of one commune has in tables: its sheets, recognitions and lineage."""

from functools import partial

from django.utils.translation import gettext as _

from criteria.measures import threshold_text
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day
from targets.files.words import verdict_word, yes_or_empty
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.standing import sheets
from targets.unit_histories import commune_at, passages, recognitions
from targets.unit_wording import age_line, set_line

GRADE_OF = {"criteria": "standard", "criteria-advanced": "advanced"}


def sheet(snapshot: Snapshot, at: Standpoint, *, name: str) -> Table:
    """Each criterion and indicator of the verified assessment, with value and threshold."""
    commune = commune_at(snapshot, at.commune, at.as_of)
    found = sheets(snapshot, commune, at) if commune.is_in_programme else {}
    of = found.get(GRADE_OF[name])
    return Table(
        name=name,
        title=commune.full_name,
        header=[
            _("No."),
            _("Criterion or indicator"),
            _("Value"),
            _("Unit"),
            _("Threshold"),
            _("Threshold verified"),
            _("Verdict"),
            _("Verdict in the period before"),
            _("Value in the period before"),
            _("Source of the threshold"),
        ],
        rows=list(_sheet_rows(of)) if of else [],
        notes=_sheet_notes(of) if of else [_("Nothing was verified up to this day.")],
    )


def _sheet_notes(of) -> list[str]:
    before = of.standing.period_before
    compared = _("Compared with the period to %(day)s.") % {"day": day(before)} if before else ""
    return [set_line(of.criteria_set), age_line(of), compared]


def _sheet_rows(of):
    for criterion in of.rows:
        finding = criterion.finding
        yield [
            str(criterion.criterion.number),
            criterion.criterion.local_name,
            *[None] * 4,
            verdict_word(finding.verdict),
            _before(finding),
            None,
            None,
        ]
        for row in criterion.indicators:
            yield _indicator_row(row)


def _indicator_row(row) -> list:
    indicator, finding, threshold = row.indicator, row.finding, row.threshold
    return [
        indicator.code,
        indicator.local_name,
        finding.value,
        indicator.unit,
        threshold_text(threshold, indicator),
        yes_or_empty(threshold is not None and threshold.is_verified),
        verdict_word(finding.verdict),
        _before(finding),
        finding.value_before,
        threshold.source if threshold else None,
    ]


def _before(finding) -> str | None:
    return None if finding.before is None else verdict_word(finding.before)


def acts(snapshot: Snapshot, at: Standpoint) -> Table:
    commune = commune_at(snapshot, at.commune, at.as_of)
    return Table(
        name="recognitions",
        title=_("Recognitions of %(unit)s") % {"unit": commune.full_name},
        header=[
            _("Kind"),
            _("Grade"),
            _("Place"),
            _("Field"),
            _("Counts for"),
            _("Counts on this day"),
            _("Decision"),
            _("Decided on"),
            _("Revoked on"),
            _("Reason of the revocation"),
            _("Decision of the revocation"),
            _("How it is known"),
            _("Source"),
            _("Illustrative"),
        ],
        rows=[
            _act_row(act["row"], act["counts"])
            for act in recognitions(snapshot, commune, at.as_of)
        ],
    )


def _act_row(row, counts: bool) -> list:
    return [
        row.get_kind_display(),
        row.get_grade_display() if row.kind == row.Kind.COMMUNE else "",
        row.place,
        row.field,
        row.year,
        _("yes") if counts else _("no"),
        row.decision,
        row.decided_on,
        row.revoked_on,
        row.revocation_reason,
        row.revocation,
        row.evidence,
        row.source,
        yes_or_empty(row.is_illustrative),
    ]


def lineage(snapshot: Snapshot, at: Standpoint, *, name: str) -> Table:
    """What the commune was formed from (`formed-from`), or what it passed into."""
    commune = commune_at(snapshot, at.commune, at.as_of)
    formed_from, passed_into = passages(commune)
    is_past = name == "formed-from"
    title = _("Formed from, or took in") if is_past else _("Passed into")
    pairs = (
        [(part, part.old) for part in formed_from]
        if is_past
        else [(part, part.new) for part in passed_into]
    )
    return Table(
        name=name,
        title=f"{commune.full_name}: {title}",
        header=[
            _("Code"),
            _("Unit"),
            _("District"),
            _("As a whole"),
            _("How"),
            _("Share of its people (%)"),
            _("Share of its area (%)"),
            _("Resolution"),
            _("In effect from"),
        ],
        rows=[_passage_row(part, other) for part, other in pairs],
    )


def _passage_row(part, other) -> list:
    return [
        other.code,
        other.full_name,
        other.district.full_name if other.district else "",
        _("yes") if part.is_whole else _("no"),
        part.get_kind_display(),
        None if part.share_people is None else part.share_people * 100,
        None if part.share_area is None else part.share_area * 100,
        part.change.resolution,
        part.change.effective_on,
    ]


TABLES = {
    **{name: partial(sheet, name=name) for name in GRADE_OF},
    "recognitions": acts,
    **{name: partial(lineage, name=name) for name in ("formed-from", "passed-into")},
}
