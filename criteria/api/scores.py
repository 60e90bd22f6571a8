"""Scores: a long list, and written, of one assessment or of many."""

from django import forms
from django.db import transaction
from django.db.models import Case, CharField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.refusals import Refused
from communes.scope import Action
from criteria.api import examples, saving
from criteria.api.items import PLACE, read_items
from criteria.api.sheets import LineScore, Sheet, State, etag_of, sheet_answer, sheet_of
from criteria.api.work_query import PERIOD, ScoresQuery, period_code, validators_of
from criteria.models import Assessment, Score, Verdict
from criteria.views.access import locked_or_404
from ntm_tracker.web.api.parsing import MEGABYTE
from ntm_tracker.web.api.query import cleaned
from ntm_tracker.web.api.views import ApiView, Listing, Rows

MOST_ITEMS = 30_000
MOST_BYTES = 10 * MEGABYTE
ALL, EACH = "all", "each"
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="ETag of the assessment as it was read, or * for whatever stands.",
)


class ScoreRow(Rows):
    id = serializers.IntegerField()
    assessment = serializers.IntegerField(source="assessment_id")
    province = serializers.CharField(source="assessment.commune.province.code")
    district = serializers.CharField(source="assessment.commune.district.code", allow_null=True)
    commune = serializers.CharField(source="assessment.commune.code")
    period = serializers.CharField(source="period_code", help_text="A quarter, as 2024-Q2.")
    set = serializers.CharField(source="assessment.criteria_set.code")
    state = serializers.ChoiceField(source="assessment.state", choices=State.choices)
    criterion = serializers.IntegerField(source="number", help_text="Number of the criterion.")
    code = serializers.CharField(
        source="line", help_text="Code of the indicator, or number of a criterion without any."
    )
    value = serializers.DecimalField(14, 4, allow_null=True, help_text="Exact, as text.")
    verdict = serializers.ChoiceField(
        choices=Verdict.choices, allow_null=True, help_text="Null is not assessed."
    )
    note = serializers.CharField(
        source="note_shown", allow_null=True, help_text="Of your own area alone; else null."
    )
    version = serializers.IntegerField()
    is_illustrative = serializers.BooleanField(
        source="assessment.is_illustrative", help_text="Made to fit published totals."
    )
    entered_at = serializers.DateTimeField(allow_null=True)


class NewFinding(serializers.Serializer):
    code = serializers.CharField(help_text="Code of the indicator, or number of the criterion.")
    value = serializers.DecimalField(
        14,
        4,
        allow_null=True,
        required=False,
        help_text="A number, or exact decimals as text. Left out, it stays; null takes it away.",
    )
    verdict = serializers.ChoiceField(
        choices=Verdict.choices,
        allow_null=True,
        required=False,
        help_text="Left out, it stays; null is not assessed. Not where a number decides.",
    )
    note = serializers.CharField(allow_null=True, required=False)
    version = serializers.IntegerField(
        allow_null=True,
        required=False,
        min_value=0,
        help_text="Version it was made from, 0 for what nobody has written. Or send If-Match.",
    )


class NewFindings(serializers.Serializer):
    scores = NewFinding(many=True)


class NewScore(NewFinding):
    commune = serializers.CharField(help_text="Code of the commune.")
    period = serializers.CharField(help_text="A quarter, as 2024-Q2.")
    set = serializers.CharField(help_text="Code of the criteria set.")


class NewScores(serializers.Serializer):
    scores = NewScore(many=True)


class Finding(serializers.Serializer):
    value = serializers.DecimalField(14, 4, allow_null=True)
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    note = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)


class TheirFinding(Finding):
    by = serializers.CharField(help_text="Who wrote it.")
    at = serializers.DateTimeField(allow_null=True)


class ScoreResult(serializers.Serializer):
    index = serializers.IntegerField(help_text="Place in the request, from 0.")
    commune = serializers.CharField(allow_null=True, required=False)
    period = serializers.CharField(allow_null=True, required=False)
    set = serializers.CharField(allow_null=True, required=False)
    code = serializers.CharField(allow_null=True, required=False)
    outcome = serializers.ChoiceField(choices=saving.OUTCOMES)
    value = serializers.DecimalField(14, 4, allow_null=True, help_text="As it stands now.")
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="As it stands now.")
    reason = serializers.CharField(allow_null=True, help_text="Why it was refused.")
    warnings = serializers.ListField(
        child=serializers.CharField(), help_text="What needs an explanation in the note."
    )
    yours = Finding(required=False)
    theirs = TheirFinding(required=False)


class SavedScores(serializers.Serializer):
    saved = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()
    stale = serializers.IntegerField()
    results = ScoreResult(many=True)


class SavedSheet(SavedScores):
    assessment = Sheet()


class ModeQuery(forms.Form):
    mode = forms.ChoiceField(
        required=False,
        choices=[(ALL, ALL), (EACH, EACH)],
        help_text="all (unless said): nothing is written if one is refused; each: what can be.",
    )


@extend_schema_view(get=extend_schema(examples=examples.SCORES))
class Scores(Listing):
    """Scores.

    One row a finding, of the assessments that you may see; as CSV or NDJSON of any length. For
    a nightly pull ask with `updated_since`, which gives all scores of what changed.
    """

    serializer_class = ScoreRow
    query_form = ScoresQuery
    write_query = ModeQuery
    most_bytes = MOST_BYTES
    problems = ["stale", "precondition-required"]
    orderings = {"id": [], "entered_at": ["entered_at"]}

    def get_queryset(self):
        user = self.request.user
        followed = user.scope(Action.FOLLOW).communes_q("assessment__commune__")
        number = Cast("criterion__number", CharField())
        return Score.objects.visible_to(user).annotate(
            period_code=period_code("assessment__"),
            number=Coalesce("indicator__criterion__number", "criterion__number"),
            line=Coalesce("indicator__code", number),
            note_shown=Case(
                When(followed, then="note"), default=Value(None), output_field=TextField()
            ),
        )

    def stream_validators(self, rows):
        return validators_of(self.request)

    @extend_schema(
        request=NewScores,
        responses=SavedScores,
        parameters=[IF_MATCH],
        examples=examples.BULK,
    )
    def put(self, request):
        """Write scores of many communes.

        Each item names its commune, period and criteria set; the assessment must have begun. At
        most 30,000 items and 10 MB at once. An item says with `version` what it was made from;
        If-Match: * writes over whatever stands. The answer has a result for each item.
        """
        mode = cleaned(ModeQuery(request.query_params))["mode"] or ALL
        items = read_body(request, place=PLACE)
        if request.headers.get("If-Match", saving.ANYTHING) != saving.ANYTHING:
            text = _("If-Match is * here; else give each score its version.")
            raise ValidationError({"If-Match": [text]})
        with transaction.atomic():
            rows = _rows_for(request.user, items)
            saving.plan(items, lambda item: rows.get(_key(item.sent)))
            if "If-Match" not in request.headers:
                saving.mark_stale(items)
            if mode == ALL:
                saving.refuse_unless_clean(items)
            saving.write(items, by=request.user)
            return Response(saving.results(items))


class ScoresOfOne(ApiView):
    """Scores of one assessment."""

    serializer_class = LineScore
    most_bytes = MEGABYTE
    problems = ["stale", "precondition-required"]

    @extend_schema(
        request=NewFindings,
        responses=SavedSheet,
        parameters=[IF_MATCH],
        examples=examples.ONE,
    )
    def put(self, request, pk):
        """Write scores of one assessment, all of them or some.

        Lines that are left out stay as they are. Send If-Match with the assessment's ETag, or
        with each score its version. All are written or none.
        """
        with transaction.atomic():
            mine = Assessment.objects.editable_by(request.user)
            assessment = locked_or_404(mine, pk)
            items = read_body(request)
            [row] = saving.locked_rows(mine.filter(pk=pk))
            saving.plan(items, lambda item: row)
            _mark_stale(request, assessment, items)
            saving.refuse_unless_clean(items)
            saving.write(items, by=request.user)
            assessment.refresh_from_db(fields=["changed_at"])
            return sheet_answer(request, assessment, within=saving.results(items))


def read_body(request, place=()) -> list:
    body = request.data
    if not isinstance(body, dict) or set(body) != {"scores"}:
        raise ValidationError({"scores": [_("Expected is an object with the list “scores”.")]})
    try:
        return read_items(body["scores"], most=MOST_ITEMS, place=place)
    except Refused as refusal:
        raise ValidationError({"scores": [str(refusal)]}) from refusal


def _mark_stale(request, assessment: Assessment, items):
    """By the ETag of the whole where one is sent, and by the versions where they are."""
    asked = request.headers.get("If-Match")
    if asked is None:
        saving.mark_stale(items)
        return
    is_same = asked == saving.ANYTHING or has_etag(
        asked, etag_of(sheet_of(assessment, request.user))
    )
    for item in items:
        version = item.sent.get("version")
        is_old = version is not None and item.line and version != item.was.version
        item.is_stale = bool(item.change and (is_old or not is_same))


def has_etag(asked: str, etag: str) -> bool:
    """Is the ETag among those of If-Match? What was compressed on its way is marked weak."""
    return etag in [each.strip().removeprefix("W/") for each in asked.split(",")]


def _key(sent: dict) -> tuple:
    return tuple(sent.get(name) for name in PLACE)


def _rows_for(user, items) -> dict[tuple, object]:
    """The rows of all assessments that are named and may be filled in, locked."""
    named = {_key(item.sent) for item in items if not item.refusal}
    periods = [match.groups() for _c, period, _s in named if (match := PERIOD.fullmatch(period))]
    in_periods = Q(pk__in=[])
    for year, quarter in set(periods):
        in_periods |= Q(period__year=year, period__quarter=quarter)
    found = Assessment.objects.editable_by(user).filter(
        in_periods,
        commune__code__in={code for code, _p, _s in named},
        criteria_set__code__in={code for _c, _p, code in named},
    )
    return {
        (row.commune.code, row.assessment.period.code, row.assessment.criteria_set.code): row
        for row in saving.locked_rows(found)
        if row.reports
    }
