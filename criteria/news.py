"""What other systems are told of approvals and recognitions."""

from functools import partial

from communes.models import Commune, District
from communes.news import News
from criteria.models import Assessment, Recognition

# More of one table are counted and left to be read from the API.
MOST_ROWS = 200


def approval_of(assessment: Assessment) -> News:
    return News("assessment.approved", partial(_approved, assessment))


def recording_of(rows: list[Recognition]) -> list[News]:
    """One piece of news for all that was recorded together, none for nothing."""
    return [News("recognition.recorded", partial(_recorded, rows))] if rows else []


def _approved(assessment: Assessment) -> dict:
    return {
        "assessment": assessment.pk,
        "commune": assessment.commune.code,
        "period": assessment.period.code,
        "criteria_set": assessment.criteria_set.code,
        "criteria_met": assessment.criteria_met,
        "criteria_basically": assessment.criteria_basically,
        "criteria_applicable": assessment.criteria_applicable,
        "is_illustrative": assessment.is_illustrative,
    }


def _recorded(rows: list[Recognition]) -> dict:
    """Without names of places: a garden may bear that of its owner."""
    told = rows[:MOST_ROWS]
    communes = _codes(Commune, {row.commune_id for row in told})
    districts = _codes(District, {row.district_id for row in told})
    return {
        "count": len(rows),
        "recognitions": [
            {
                "recognition": row.pk,
                "kind": row.kind,
                "commune": communes.get(row.commune_id),
                "district": districts.get(row.district_id),
                "grade": row.grade,
                "year": row.year,
                "decision": row.decision,
                "decided_on": row.decided_on.isoformat() if row.decided_on else None,
                "is_illustrative": row.is_illustrative,
            }
            for row in told
        ],
    }


def _codes(model, keys: set[int | None]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=keys - {None}).values_list("pk", "code"))
