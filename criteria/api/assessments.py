"""Assessments as a list, begun, and one with all its scores."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.api.idempotency import once
from communes.models import Commune
from criteria import opening
from criteria.api import examples
from criteria.api.sheets import AssessmentRow, Sheet, sheet_answer, visible_or_404
from criteria.api.work_query import PERIOD, AssessmentsQuery, period_code, validators_of
from criteria.models import Assessment, Grade, ReportingPeriod
from ntm_tracker.web.api.reading import read
from ntm_tracker.web.api.views import ApiView, Listing


class NewAssessment(serializers.Serializer):
    commune = serializers.CharField(max_length=10, help_text="Code of the commune.")
    period = serializers.RegexField(
        rf"^{PERIOD.pattern}$", max_length=7, help_text="A quarter, as 2024-Q2."
    )
    grade = serializers.ChoiceField(choices=Grade.choices)


@extend_schema_view(get=extend_schema(examples=examples.ROWS))
class Assessments(Listing):
    """Assessments.

    Those that are approved of the provinces that you read, and all of your own area. For a
    nightly pull ask with `updated_since`.
    """

    serializer_class = AssessmentRow
    query_form = AssessmentsQuery
    orderings = {
        "id": [],
        "changed_at": ["changed_at"],
        "period": ["period__year", "period__quarter"],
        "commune": ["commune__code"],
    }

    def get_queryset(self):
        rows = Assessment.objects.visible_to(self.request.user)
        return rows.annotate(period_code=period_code())

    def stream_validators(self, rows):
        return validators_of(self.request)

    @extend_schema(
        request=NewAssessment, responses={200: Sheet, 201: Sheet}, examples=examples.BEGIN
    )
    @once
    def post(self, request):
        """Begin an assessment, or find the one that is there.

        Of a commune for which you enter scores in that period. The answer is 201 where it was
        made and 200 where it was there.
        """
        asked = read(NewAssessment, request.data)
        commune, period = _enterable(request.user, asked["commune"], asked["period"])
        known = set(Assessment.objects.filter(commune=commune, period=period).values_list("pk"))
        begun = opening.start(commune, period, Grade(asked["grade"]))
        status = 200 if (begun.pk,) in known else 201
        return sheet_answer(request, visible_or_404(request.user, begun.pk), status=status)


@extend_schema_view(get=extend_schema(examples=examples.SHEETS))
class OneAssessment(ApiView):
    """One assessment with all its lines.

    Its ETag is what a later write sends as If-Match.
    """

    serializer_class = Sheet

    def get(self, request, pk):
        assessment = visible_or_404(request.user, pk)
        return sheet_answer(request, assessment)


def _enterable(user, code: str, period: str) -> tuple[Commune, ReportingPeriod]:
    """The commune and period, where `user` may enter scores; ValidationError else."""
    year, quarter = map(int, PERIOD.fullmatch(period).groups())
    for commune in Commune.objects.filter(code=code).order_by("-valid_from"):
        found = ReportingPeriod.objects.entered_by(user, commune)
        if row := found.filter(year=year, quarter=quarter).distinct().first():
            return commune, row
    text = _("You enter no scores of a commune “%(commune)s” in %(period)s.")
    raise ValidationError({"commune": [text % {"commune": code, "period": period}]})
