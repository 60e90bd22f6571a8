"""Where one commune stands, as its page says it."""

from criteria.measures import threshold_text
from targets import tables
from targets.api.figures import envelope
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.standing import Finding, IndicatorRow, Sheet, sheets
from targets.unit_histories import commune_seen, recognitions, rests_on_illustration
from targets.unit_wording import not_in_force_line, what_is_next

SHEET_OF = {"c": "standard", "a": "advanced"}  # by the anchor of the page's table


def standing(snapshot: Snapshot, asked: Standpoint, code: str) -> dict | None:
    """The answer about the commune that bears a code; None where none does."""
    seen = commune_seen(snapshot, code, asked)
    if seen is None:
        return None
    commune, at = seen
    found = sheets(snapshot, commune, at) if commune.is_in_programme else {}
    rank = int(tables.ranks(snapshot, at).get(commune.pk, 0))
    acts = recognitions(snapshot, commune, at.as_of)
    return envelope(snapshot, at) | {
        "is_illustrative": rests_on_illustration(found, acts),
        "commune": _commune(commune),
        "note": not_in_force_line(commune, asked.as_of),
        "recognised_as": tables.RANK_NAMES[rank],
        "recognitions": [_act(**act) for act in acts],
        "missing": _missing(snapshot, commune, rank, found),
        "sheets": [_sheet(grade, of) for grade, of in found.items()],
    }


def _commune(commune) -> dict:
    district = commune.district
    return {
        "code": commune.code,
        "name": commune.name,
        "kind": commune.kind,
        "district": district.code if district else None,
        "valid_from": commune.valid_from,
        "valid_to": commune.valid_to,
    }


def _act(row, counts: bool, state: str) -> dict:
    names = ["kind", "grade", "place", "year", "decision", "decided_on", "revoked_on"]
    own = {name: getattr(row, name) for name in [*names, "is_illustrative"]}
    return own | {"counts": counts, "state": state}


def _missing(snapshot, commune, rank: int, found) -> list[dict]:
    """What the commune lacks for its next grade, and to keep those it has."""
    if not commune.is_in_programme:
        return []
    blocks = what_is_next(rank, found, basically_counts=snapshot.basically_counts)
    return [
        {
            "heading": block["heading"],
            "sheet": SHEET_OF.get(block.get("anchor", "")),
            "note": block["text"],
            "criteria": [_named(row.criterion) for row in block["rows"]],
        }
        for block in blocks
    ]


def _named(criterion) -> dict:
    return {"number": criterion.number, "title": criterion.local_name}


def _sheet(grade: str, sheet: Sheet) -> dict:
    stands = sheet.standing
    return {
        "grade": grade,
        "criteria_set": sheet.criteria_set.code,
        "period_end": stands.period_end,
        "period_before": stands.period_before,
        "age_days": stands.age_days,
        "approved_at": sheet.approved_at,
        "counted": stands.counted,
        "total": stands.total,
        "is_illustrative": stands.is_illustrative,
        "criteria": [
            _named(row.criterion)
            | _verdicts(row.finding)
            | {"indicators": [_indicator(indicator) for indicator in row.indicators]}
            for row in sheet.rows
        ],
    }


def _verdicts(finding: Finding) -> dict:
    return {"verdict": finding.verdict or None, "verdict_before": finding.before or None}


def _indicator(row: IndicatorRow) -> dict:
    indicator, threshold = row.indicator, row.threshold
    return {
        "code": indicator.code,
        "title": indicator.local_name,
        "unit": indicator.unit,
        "value": row.finding.value,
        "value_before": row.finding.value_before,
        "threshold": threshold.value if threshold else None,
        "threshold_text": threshold_text(threshold, indicator),
        "threshold_is_verified": bool(threshold and threshold.is_verified),
        "threshold_source": threshold.source if threshold else "",
        "by_hand": row.by_hand,
    } | _verdicts(row.finding)
