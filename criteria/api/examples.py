"""What is sent and answered, as the schema shows it."""

from drf_spectacular.utils import OpenApiExample

PLACE = {"commune": "06124", "period": "2024-Q2", "set": "XA_NTM_2021_2025"}
ROW = {
    "id": 1204,
    "province": "20",
    "district": "182",
    "commune": "06124",
    "period": "2024-Q2",
    "set": "XA_NTM_2021_2025",
    "grade": "standard",
    "state": "submitted",
    "version": 2,
    "submitted_at": "2024-07-02T09:15:00+07:00",
    "checked_at": None,
    "decided_at": None,
    "criteria_met": None,
    "criteria_basically": None,
    "criteria_applicable": None,
    "is_illustrative": False,
    "changed_at": "2024-07-02T09:15:00.120000+07:00",
}
LINE = {
    "code": "2.1",
    "value": "85.5",
    "verdict": "met",
    "note": "",
    "is_carried": False,
    "version": 3,
    "entered_at": "2024-07-01T16:40:12+07:00",
}
SHEET = ROW | {"scores": [LINE]}
SCORE = {
    "id": 88211,
    "assessment": 1204,
    **{name: ROW[name] for name in ("province", "district", "commune", "period", "set", "state")},
    "criterion": 2,
    **{name: LINE[name] for name in ("code", "value", "verdict", "note", "version")},
    "is_illustrative": False,
    "entered_at": LINE["entered_at"],
}
SENT = {"code": "2.1", "value": "85.5", "note": "đường trục xã", "version": 2}
RESULT = {
    "outcome": "saved",
    "value": "85.5",
    "verdict": "met",
    "version": 3,
    "reason": None,
    "warnings": [],
}
COUNTED = {"saved": 1, "unchanged": 0, "refused": 0, "stale": 0}
ACT = {
    "id": 311,
    "kind": "commune",
    "commune": "06124",
    "district": None,
    "place": "",
    "grade": "standard",
    "year": 2023,
    "decision": "2163/QĐ-UBND",
    "decided_on": "2023-12-25",
    "revoked_on": None,
    "revocation": "",
}


def sent(value, name="What is sent") -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


def answered(value, name="The answer", status=200) -> OpenApiExample:
    return OpenApiExample(name, value, response_only=True, status_codes=[str(status)])


ROWS = [answered(ROW)]
BEGIN = [
    sent({"commune": "06124", "period": "2024-Q2", "grade": "standard"}),
    answered(SHEET),
    answered(SHEET, "Begun", 201),
]
SHEETS = [answered(SHEET)]
SCORES = [answered(SCORE)]
ONE = [
    sent({"scores": [SENT]}),
    answered(COUNTED | {"results": [{"index": 0, "code": "2.1"} | RESULT], "assessment": SHEET}),
]
BULK = [
    sent({"scores": [PLACE | SENT]}),
    answered(COUNTED | {"results": [{"index": 0} | PLACE | {"code": "2.1"} | RESULT]}),
]
RECORD = [
    sent(
        {
            "kind": "commune",
            "decision": "2163/QĐ-UBND",
            "decided_on": "2023-12-25",
            "year": 2023,
            "grade": "standard",
            "communes": ["06124"],
        }
    ),
    answered({"recognitions": [ACT]}, status=201),
]
REVOKE = [
    sent(
        {
            "on": "2024-06-30",
            "decision": "1107/QĐ-UBND",
            "reason": "không giữ được tiêu chí giao thông",
        }
    ),
    answered(ACT | {"revoked_on": "2024-06-30", "revocation": "1107/QĐ-UBND"}),
]
