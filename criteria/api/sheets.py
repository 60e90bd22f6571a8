"""One assessment with its scores, as the API sends it."""

import json
from hashlib import sha256

from django.http import Http404
from django.utils.http import quote_etag
from rest_framework import serializers
from rest_framework.response import Response

from criteria.models import Assessment, Grade, Score, Verdict
from criteria.sheets import key_of, layout_of
from ntm_tracker.web.api import validators
from ntm_tracker.web.api.rendering import Encoder
from ntm_tracker.web.api.views import Rows

State = Assessment.State


class AssessmentRow(Rows):
    id = serializers.IntegerField()
    province = serializers.CharField(source="commune.province.code")
    district = serializers.CharField(
        source="commune.district.code", allow_null=True, help_text="Null where there is none."
    )
    commune = serializers.CharField(source="commune.code")
    period = serializers.CharField(source="period_code", help_text="A quarter, as 2024-Q2.")
    set = serializers.CharField(source="criteria_set.code", help_text="Code of the criteria set.")
    grade = serializers.ChoiceField(source="criteria_set.grade", choices=Grade.choices)
    state = serializers.ChoiceField(choices=State.choices)
    version = serializers.IntegerField(help_text="Rises with every step of the workflow.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    criteria_met = serializers.IntegerField(
        allow_null=True, help_text="Counted when it is approved, null before."
    )
    criteria_basically = serializers.IntegerField(allow_null=True)
    criteria_applicable = serializers.IntegerField(allow_null=True)
    is_illustrative = serializers.BooleanField(
        help_text="Made to fit published totals, not reported by the commune."
    )
    changed_at = serializers.DateTimeField(
        help_text="When it or one of its scores last changed; see `updated_since`."
    )


class LineScore(serializers.Serializer):
    code = serializers.CharField(help_text="Code of the indicator, or number of the criterion.")
    value = serializers.DecimalField(14, 4, allow_null=True, help_text="Exact, as text.")
    verdict = serializers.ChoiceField(
        choices=Verdict.choices, allow_null=True, help_text="Null is not assessed."
    )
    note = serializers.CharField(
        allow_null=True, help_text="Null for whoever reads official figures only."
    )
    is_carried = serializers.BooleanField(help_text="Carried forward from the last period.")
    version = serializers.IntegerField(help_text="0 until somebody writes it.")
    entered_at = serializers.DateTimeField(allow_null=True)


class Sheet(AssessmentRow):
    scores = LineScore(many=True)


def visible_or_404(user, pk: int) -> Assessment:
    found = Assessment.objects.visible_to(user).with_names().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sheet_answer(request, assessment: Assessment, *, status: int = 200, within=None) -> Response:
    """A sheet with its ETag; `within` puts it below a name, beside other things."""
    sheet = sheet_of(assessment, request.user)
    etag = etag_of(sheet)
    if request.method == "GET" and (same := validators.unchanged(request, etag)):
        return validators.mark(request, same, etag, assessment.changed_at)
    response = Response(sheet if within is None else within | {"assessment": sheet}, status)
    return validators.mark(request, response, etag, assessment.changed_at)


def sheet_of(assessment: Assessment, user) -> dict:
    """An assessment (read `with_names`) as `Sheet` describes it; two queries and its layout."""
    names = AssessmentRow().fields
    fields = {name: _at(assessment, field.source) for name, field in names.items()}
    follows = Assessment.objects.followed_by(user).filter(pk=assessment.pk).exists()
    scores = {key_of(row): row for row in Score.objects.filter(assessment=assessment)}
    lines = layout_of(assessment).lines(assessment.commune)
    return fields | {"scores": [_line(line.code, scores.get(line.key), follows) for line in lines]}


def _at(assessment: Assessment, path: str):
    if path == "period_code":
        return assessment.period.code
    found = assessment
    for name in path.split("."):
        found = found and getattr(found, name)
    return found


def _line(code: str, score: Score | None, follows: bool) -> dict:
    score = score or Score(version=0, is_carried=False)
    return {
        "code": code,
        "value": score.value,
        "verdict": score.verdict,
        "note": score.note if follows else None,
        "is_carried": score.is_carried,
        "version": score.version,
        "entered_at": score.entered_at,
    }


def etag_of(sheet: dict) -> str:
    """A strong validator: nothing in a sheet depends on the reader's language."""
    text = json.dumps(sheet, default=Encoder().default, sort_keys=True)
    return quote_etag(sha256(text.encode()).hexdigest()[:32])
