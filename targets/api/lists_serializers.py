"""What the API sends of plans, targets and published figures."""

from rest_framework import serializers

from communes.api.serializers import changed_at, code_of, example
from ntm_tracker.web.api.views import Rows
from targets.models import Metric, PublishedFigure, Target

KINDS = PublishedFigure._meta.get_field("kind").choices
PRECISIONS = PublishedFigure._meta.get_field("precision").choices
SOURCE = "Báo Dân trí, bài công bố kế hoạch, năm 2022"


def number(words: str = "", *, null: bool = False):
    return serializers.DecimalField(
        max_digits=14, decimal_places=4, allow_null=null, help_text=words
    )


@example(
    code="lang-son-2021-2025",
    province="20",
    name="Kế hoạch xây dựng nông thôn mới tỉnh Lạng Sơn giai đoạn 2021-2025",
    first_year=2021,
    last_year=2025,
    baseline_on="2020-12-31",
    document="Kế hoạch giai đoạn 2021-2025 và năm 2022, theo bài công bố",
    decided_on=None,
    supersedes=None,
    holds_from=None,
    superseded_by=None,
    superseded_from=None,
    source=SOURCE,
    changed_at="2025-07-01T08:15:30+07:00",
)
class PlanRow(Rows):
    code = serializers.CharField(help_text="Once in a province; each version has its own.")
    province = code_of("province")
    name = serializers.CharField()
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()
    baseline_on = serializers.DateField(help_text="The day that it starts out from.")
    document = serializers.CharField(help_text="The document that it stands in.")
    decided_on = serializers.DateField(allow_null=True)
    supersedes = serializers.CharField(
        source="supersedes.code", allow_null=True, help_text="The version before."
    )
    holds_from = serializers.DateField(
        allow_null=True, help_text="First day of this version; null: the first version."
    )
    superseded_by = serializers.CharField(allow_null=True, help_text="The version after it.")
    superseded_from = serializers.DateField(allow_null=True)
    source = serializers.CharField()
    changed_at = changed_at()


@example(
    province="20",
    plan="lang-son-2021-2025",
    metric="communes_standard",
    kind="cumulative_count",
    year=2025,
    district=None,
    low="115",
    high=None,
    is_derived=False,
    note="",
    source=SOURCE,
)
class TargetRow(Rows):
    province = code_of("plan.province")
    plan = code_of("plan")
    metric = serializers.ChoiceField(choices=Metric.choices)
    kind = serializers.ChoiceField(choices=Target.Kind.choices)
    year = serializers.IntegerField(help_text="By whose end it is to be reached.")
    district = serializers.CharField(
        source="district.code", allow_null=True, help_text="Null: the whole province."
    )
    low = number("The target, or the lower end of a range.")
    high = number("Upper end of a range.", null=True)
    is_derived = serializers.BooleanField(
        help_text="Worked out: the document gives the pace, not this year's number."
    )
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField()


@example(
    province="20",
    district=None,
    place="",
    metric="communes_standard",
    kind="result",
    as_of="2019-08-31",
    precision="month",
    value="48",
    high=None,
    text="",
    unit="xã",
    base=207,
    boundaries_on="2019-12-31",
    note="Khi đó dự kiến đạt 77 xã vào năm 2020.",
    source="https://old.baolangson.vn/en/politics/3013-lang-son-reviews-10-years-of-building-"
    "new-style-rural-areas.html (2019)",
    changed_at="2025-07-01T08:15:30+07:00",
)
class FigureRow(Rows):
    province = serializers.CharField(
        source="province.code", allow_null=True, help_text="Null: of another place."
    )
    district = serializers.CharField(
        source="district.code", allow_null=True, help_text="Null: the whole province."
    )
    place = serializers.CharField(allow_blank=True, help_text="A place that is no district.")
    metric = serializers.CharField(help_text="What was counted.")
    kind = serializers.ChoiceField(choices=KINDS)
    as_of = serializers.DateField()
    precision = serializers.ChoiceField(
        choices=PRECISIONS, help_text="Of a month, half-year or year the last day is given."
    )
    value = number("Null where the source has words alone.", null=True)
    high = number("Upper end of a range.", null=True)
    text = serializers.CharField(allow_blank=True, help_text="As printed.")
    unit = serializers.CharField(allow_blank=True)
    base = serializers.IntegerField(allow_null=True, help_text="Out of how many.")
    boundaries_on = serializers.DateField(
        allow_null=True, help_text="Day whose communes were counted; null: the day itself."
    )
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField()
    changed_at = changed_at()
