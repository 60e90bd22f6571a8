"""What the API sends of criteria sets, their content and periods."""

from rest_framework import serializers

from communes.api.serializers import changed_at, code_of, example, valid_from, valid_to
from communes.models import AreaGroup
from criteria.models import CriteriaSet, Grade, Indicator, ReportingPeriod
from criteria.models.periods import WhoEnters
from ntm_tracker.web.api.views import Rows

SOURCE = "Quyết định 318/QĐ-TTg ngày 08/3/2022, Phụ lục I"
DIRECTIONS = "`at_least` or `at_most`; empty where it is only met or not met."


@example(
    code="XA_NTM_2021_2025",
    name="Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025",
    name_en="National criteria for NTM communes, 2021-2025",
    province=None,
    level="commune",
    grade="standard",
    decision="318/QĐ-TTg",
    decided_on="2022-03-08",
    amended_by="211/QĐ-TTg ngày 01/3/2024",
    valid_from="2022-03-08",
    valid_to="2026-02-14",
    group_scheme="region",
    is_scored=True,
    note="",
    source=SOURCE,
    changed_at="2025-07-01T08:15:30+07:00",
)
class SetRow(Rows):
    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    province = serializers.CharField(
        source="province.code", allow_null=True, help_text="Whose own set it is; null: national."
    )
    level = serializers.ChoiceField(choices=CriteriaSet.Level.choices)
    grade = serializers.ChoiceField(choices=Grade.choices)
    decision = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    amended_by = serializers.CharField(allow_blank=True)
    valid_from = valid_from()
    valid_to = valid_to()
    group_scheme = serializers.ChoiceField(
        choices=AreaGroup.Scheme.choices, help_text="By what thresholds differ."
    )
    is_scored = serializers.BooleanField(
        help_text="False for a list of conditions that is not a score table."
    )
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField()
    changed_at = changed_at()


@example(
    set="XA_NTM_2021_2025",
    number=10,
    name="Thu nhập",
    name_en="Income",
    group="III. Kinh tế và tổ chức sản xuất",
    is_verified=True,
    source=SOURCE,
)
class CriterionRow(Rows):
    set = code_of("criteria_set")
    number = serializers.IntegerField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    is_verified = serializers.BooleanField(help_text="Is the wording checked?")
    source = serializers.CharField(allow_blank=True)


@example(
    set="XA_NTM_2021_2025",
    criterion=10,
    code="10",
    name="Thu nhập bình quân đầu người khu vực nông thôn",
    name_en="Average income per rural inhabitant",
    kind="number",
    unit="triệu đồng/người",
    direction="at_least",
    is_delegated=False,
    is_verified=False,
    note="",
    source=SOURCE,
)
class IndicatorRow(Rows):
    set = code_of("criterion.criteria_set")
    criterion = serializers.IntegerField(source="criterion.number")
    code = serializers.CharField(help_text="Number in the set, kept as text.")
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=Indicator.Kind.choices)
    unit = serializers.CharField(allow_blank=True)
    direction = serializers.CharField(allow_blank=True, help_text=DIRECTIONS)
    is_delegated = serializers.BooleanField(help_text="Does the province set its threshold?")
    is_verified = serializers.BooleanField(help_text="Is the wording checked?")
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)


@example(
    set="XA_NTM_2021_2025",
    criterion=3,
    indicator="3.1",
    area_group="TDMNPB",
    province=None,
    value="80",
    text="",
    direction="at_least",
    unit="%",
    valid_from="2022-03-08",
    valid_to=None,
    is_confirmed=False,
    confirmed_by=None,
    confirmed_at=None,
    source=SOURCE,
)
class ThresholdRow(Rows):
    set = code_of("indicator.criterion.criteria_set")
    criterion = serializers.IntegerField(source="indicator.criterion.number")
    indicator = code_of("indicator")
    area_group = code_of("area_group")
    province = serializers.CharField(
        source="province.code",
        allow_null=True,
        help_text="Whose own it is, before the national one; null: national.",
    )
    value = serializers.DecimalField(
        max_digits=14, decimal_places=4, allow_null=True, help_text="Null where it is in words."
    )
    text = serializers.CharField(allow_blank=True, help_text="The words of the source.")
    direction = serializers.CharField(
        source="indicator.direction", allow_blank=True, help_text=DIRECTIONS
    )
    unit = serializers.CharField(source="indicator.unit", allow_blank=True)
    valid_from = valid_from()
    valid_to = valid_to()
    is_confirmed = serializers.BooleanField(
        help_text="Confirmed for the province that was asked about: only then it decides."
    )
    confirmed_by = serializers.CharField(
        allow_null=True,
        help_text="Document that the province confirmed it by; null where it is confirmed for "
        "all or not at all.",
    )
    confirmed_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField()


@example(
    province="20",
    year=2024,
    quarter=4,
    starts_on="2024-10-01",
    ends_on="2024-12-31",
    due_on="2025-01-10",
    status="closed",
    who_enters="either",
    district_verifies=True,
    changed_at="2025-01-11T08:15:30+07:00",
)
class PeriodRow(Rows):
    province = code_of("province")
    year = serializers.IntegerField()
    quarter = serializers.IntegerField(min_value=1, max_value=4)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    due_on = serializers.DateField(help_text="Until when scores are to be submitted.")
    status = serializers.ChoiceField(choices=ReportingPeriod.Status.choices)
    who_enters = serializers.ChoiceField(choices=WhoEnters.choices)
    district_verifies = serializers.BooleanField(
        help_text="Does the district verify before the province approves?"
    )
    changed_at = changed_at()
