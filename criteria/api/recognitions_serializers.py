"""What the API sends of recognitions."""

from rest_framework import serializers

from communes.api.serializers import changed_at, code_of, example
from criteria.models import Grade, Recognition
from ntm_tracker.web.api.views import Rows


@example(
    id=23,
    province="20",
    kind="commune",
    commune="06034",
    commune_valid_from="2011-01-01",
    commune_name="Chi Lăng",
    district=None,
    district_valid_from=None,
    district_name=None,
    place="",
    grade="advanced",
    field="",
    year=2022,
    decision="99/QĐ-UBND",
    decided_on="2023-01-26",
    revoked_on=None,
    revocation="",
    revocation_reason="",
    carried_from=None,
    evidence="Quyết định của UBND tỉnh.",
    is_illustrative=False,
    source="https://vanphong.langson.gov.vn/vi/node/74804",
    changed_at="2025-02-01T08:15:30+07:00",
)
class RecognitionRow(Rows):
    id = serializers.IntegerField(help_text="Never used again.")
    province = code_of("province")
    kind = serializers.ChoiceField(choices=Recognition.Kind.choices)
    commune = serializers.CharField(
        source="commune.code", allow_null=True, help_text="Its code; null: held by a district."
    )
    commune_valid_from = serializers.DateField(source="commune.valid_from", allow_null=True)
    commune_name = serializers.CharField(source="commune.name", allow_null=True)
    district = serializers.CharField(
        source="district.code", allow_null=True, help_text="The district that holds it."
    )
    district_valid_from = serializers.DateField(source="district.valid_from", allow_null=True)
    district_name = serializers.CharField(source="district.name", allow_null=True)
    place = serializers.CharField(allow_blank=True, help_text="Village or garden that holds it.")
    grade = serializers.ChoiceField(choices=Grade.choices)
    field = serializers.CharField(allow_blank=True, help_text="What a model commune is model in.")
    year = serializers.IntegerField(help_text="Year that it counts for.")
    decision = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(
        allow_null=True, help_text="Often in January of the next year."
    )
    revoked_on = serializers.DateField(allow_null=True)
    revocation = serializers.CharField(allow_blank=True, help_text="Decision that revoked it.")
    revocation_reason = serializers.CharField(allow_blank=True)
    carried_from = serializers.IntegerField(
        source="carried_from_id",
        allow_null=True,
        help_text="`id` of the recognition that a decision carried over after a merger.",
    )
    evidence = serializers.CharField(allow_blank=True, help_text="How it is known.")
    is_illustrative = serializers.BooleanField(
        help_text="Made up to match published totals: no decision gives it."
    )
    source = serializers.CharField()
    changed_at = changed_at()


@example(
    id=23,
    removed_at="2025-02-03T08:15:30+07:00",
    province="20",
    kind="commune",
    commune="06034",
    grade="advanced",
    year=2022,
    decision="99/QĐ-UBND",
)
class RemovedRow(Rows):
    id = serializers.IntegerField(help_text="As the list of recognitions had it.")
    removed_at = serializers.DateTimeField(source="history_date")
    province = code_of("province")
    kind = serializers.ChoiceField(choices=Recognition.Kind.choices)
    commune = serializers.CharField(source="commune.code", allow_null=True)
    grade = serializers.ChoiceField(choices=Grade.choices)
    year = serializers.IntegerField()
    decision = serializers.CharField(allow_blank=True)
