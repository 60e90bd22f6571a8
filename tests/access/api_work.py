"""Who may do what in the API: assessments, their scores and steps, recognitions."""

from tests.access.rows import (
    COMMUNE,
    DISTRICT,
    OFFICERS,
    REVIEWERS,
    STAFF,
    VIEWER,
    Row,
    of_api,
    one,
)


def new_assessment(scene):
    return {"commune": scene.commune.code, "period": scene.period.code, "grade": "standard"}


def finding(scene):
    return {"scores": [{"code": "2.1", "verdict": "met", "version": 0}]}


def decision(scene):
    return {
        "kind": "commune",
        "decision": "9/QĐ",
        "decided_on": "2023-12-01",
        "year": 2023,
        "grade": "advanced",
        "communes": [scene.commune.code],
    }


def revocation(scene):
    return {"on": "2024-06-30", "decision": "10/QĐ", "reason": "không giữ được"}


def seen(scene):
    return {"version": scene.assessment.version}


def of_work(name, method="post", may=STAFF, data=seen, **more):
    """Staff of the area; for everybody else it is not there."""
    return Row(f"api:{name}", may, method, args=one, data=data, **more)


def review(name, may=OFFICERS):
    refused = {VIEWER: 404, COMMUNE: 403, DISTRICT: 403}
    return Row(f"api:{name}", may, "post", refused, args=one, data=seen)


ROWS = [
    of_api("assessments"),
    Row(
        "api:assessments",
        STAFF,
        "post",
        refused=400,
        neighbour=400,
        stranger=400,
        data=new_assessment,
    ),
    of_work("assessment", "get", data=lambda scene: {}),
    of_work("assessment_scores", "put", data=finding),
    of_work("submit"),
    of_work("withdraw"),
    review("verify", REVIEWERS),
    review("approve"),
    review("return", REVIEWERS),
    of_api("scores"),
    # whose scores may be written is answered for each of them
    of_api("scores", method="put", data=finding),
    of_api("recognitions", OFFICERS, "post", refused=403, data=decision),
    Row(
        "api:revoke",
        OFFICERS,
        "post",
        refused=403,
        neighbour=403,
        args=lambda scene: {"pk": scene.recognition.pk},
        data=revocation,
    ),
]
