"""What the API sends of units."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from communes.models import BoundaryChangePart, Commune, District, Province
from ntm_tracker.web.api.views import Rows


def example(**row):
    """Show a row in the schema."""
    return extend_schema_serializer(examples=[OpenApiExample("A row", value=row)])


def changed_at():
    return serializers.DateTimeField(
        allow_null=True, help_text="When the row was last written; null where nobody knows."
    )


def valid_from():
    return serializers.DateField(help_text="First day in force.")


def valid_to():
    return serializers.DateField(allow_null=True, help_text="Last day in force; null while it is.")


def code_of(path: str, *, null: bool = False):
    return serializers.CharField(source=f"{path}.code", allow_null=null)


class UnitRow(Rows):
    code = serializers.CharField(help_text="Official code, kept as text.")
    valid_from = valid_from()
    valid_to = valid_to()
    name = serializers.CharField(help_text="Without the word for its kind.")


class PlaceRow(Rows):
    # What every unit has beside its name.
    latitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    population = serializers.IntegerField(allow_null=True, help_text="Census of 1 April 2019.")
    source = serializers.CharField(allow_blank=True)
    changed_at = changed_at()


@example(
    code="20",
    valid_from="2011-01-01",
    valid_to=None,
    name="Lạng Sơn",
    kind="province",
    region="TDMNPB",
    data_version=412,
    data_changed_at="2025-07-01T08:15:30+07:00",
    latitude="21.853708",
    longitude="106.761519",
    population=781655,
    source="Danh mục hành chính của Tổng cục Thống kê",
    changed_at="2025-07-01T08:15:30+07:00",
)
class ProvinceRow(PlaceRow, UnitRow):
    kind = serializers.ChoiceField(choices=Province.Kind.choices)
    region = serializers.CharField(
        source="region.code", help_text="Region whose thresholds bind its communes."
    )
    data_version = serializers.IntegerField(help_text="Rises with every official change.")
    data_changed_at = serializers.DateTimeField()


@example(
    code="182",
    valid_from="2011-01-01",
    valid_to="2025-06-30",
    name="Văn Lãng",
    kind="district",
    province="20",
    latitude="22.092483",
    longitude="106.581979",
    population=49696,
    source="Danh mục hành chính của Tổng cục Thống kê; kết thúc cùng cấp huyện ngày 01/7/2025",
    changed_at="2025-07-01T08:15:30+07:00",
)
class DistrictRow(PlaceRow, UnitRow):
    kind = serializers.ChoiceField(choices=District.Kind.choices)
    province = code_of("province")


@example(
    code="06151",
    valid_from="2011-01-01",
    valid_to="2025-06-30",
    name="Hội Hoan",
    kind="commune",
    province="20",
    district="182",
    district_name="Văn Lãng",
    is_border=False,
    area_km2="65.7",
    latitude="22.068751",
    longitude="106.475926",
    population=4377,
    note="Dân số, diện tích và điểm là của xã sau khi sắp xếp ngày 01/01/2020.",
    source="Danh mục hành chính của Tổng cục Thống kê",
    changed_at="2025-07-01T08:15:30+07:00",
)
class CommuneRow(PlaceRow, UnitRow):
    kind = serializers.ChoiceField(choices=Commune.Kind.choices)
    province = code_of("province")
    district = serializers.CharField(
        source="district.code",
        allow_null=True,
        help_text="Null since districts were abolished on 1 July 2025.",
    )
    district_name = serializers.CharField(source="district.name", allow_null=True)
    is_border = serializers.BooleanField(allow_null=True, help_text="Null: not known.")
    area_km2 = serializers.DecimalField(max_digits=9, decimal_places=2, allow_null=True)
    note = serializers.CharField(allow_blank=True)


@example(
    id=3,
    province="20",
    effective_on="2025-07-01",
    resolution="1672/NQ-UBTVQH15",
    title="Sắp xếp các đơn vị hành chính cấp xã của tỉnh Lạng Sơn năm 2025",
    source="Nghị quyết 1672/NQ-UBTVQH15 ngày 16/06/2025",
    changed_at="2025-07-01T08:15:30+07:00",
)
class ChangeRow(Rows):
    id = serializers.IntegerField()
    province = code_of("province")
    effective_on = serializers.DateField(help_text="First day of the new units.")
    resolution = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    changed_at = changed_at()


def share(of: str):
    return serializers.DecimalField(
        max_digits=6,
        decimal_places=5,
        allow_null=True,
        help_text=f"Share of the old unit's {of}, 0 to 1; null: not known.",
    )


@example(
    change=3,
    effective_on="2025-07-01",
    resolution="1672/NQ-UBTVQH15",
    province="20",
    old_code="06151",
    old_valid_from="2011-01-01",
    old_name="Hội Hoan",
    new_code="06151",
    new_valid_from="2025-07-01",
    new_name="Hội Hoan",
    kind="merged_into_new",
    is_whole=True,
    share_people="1",
    share_area="1",
    population=None,
    area_km2=None,
    confidence="high",
    source="Nghị quyết 1672/NQ-UBTVQH15 ngày 16/06/2025",
)
class LineageRow(Rows):
    change = serializers.IntegerField(
        source="change_id", help_text="`id` in the list of boundary changes."
    )
    effective_on = serializers.DateField(source="change.effective_on")
    resolution = serializers.CharField(source="change.resolution")
    province = code_of("change.province")
    old_code = code_of("old")
    old_valid_from = serializers.DateField(source="old.valid_from")
    old_name = serializers.CharField(source="old.name")
    new_code = code_of("new")
    new_valid_from = serializers.DateField(source="new.valid_from")
    new_name = serializers.CharField(source="new.name")
    kind = serializers.ChoiceField(choices=BoundaryChangePart.Kind.choices)
    is_whole = serializers.BooleanField(help_text="Did the old unit pass on as a whole?")
    share_people = share("people")
    share_area = share("area")
    population = serializers.IntegerField(allow_null=True, help_text="People passed on.")
    area_km2 = serializers.DecimalField(max_digits=9, decimal_places=2, allow_null=True)
    confidence = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
