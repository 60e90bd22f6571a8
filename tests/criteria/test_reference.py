"""The criteria sets, thresholds and recognitions in `fixtures/`."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count

from communes.models import AreaGroup, Commune, Province
from criteria.models import CriteriaSet, Criterion, Indicator, Recognition, Threshold

pytestmark = pytest.mark.usefixtures("reference")


@pytest.mark.parametrize(
    ("code", "criteria", "indicators"),
    [
        ("XA_NTM_2016_2020", 19, 0),
        ("XA_NTM_2021_2025", 19, 57),
        ("XA_NTM_NANG_CAO_2021_2025", 19, 75),
        ("XA_NTM_KIEU_MAU_2021_2025", 4, 0),
        ("HUYEN_NTM_2021_2025", 9, 0),
        ("XA_NTM_2026_2030", 10, 0),
    ],
)
def test_each_set_has_its_criteria_and_indicators(code, criteria, indicators):
    found = CriteriaSet.objects.get(code=code)
    numbers = list(found.criteria.values_list("number", flat=True))
    assert numbers == list(range(1, criteria + 1))
    assert Indicator.objects.filter(criterion__criteria_set=found).count() == indicators


def test_every_criterion_of_2021_2025_has_an_indicator():
    criteria = Criterion.objects.filter(
        criteria_set__code__in=["XA_NTM_2021_2025", "XA_NTM_NANG_CAO_2021_2025"]
    )
    assert not criteria.annotate(size=Count("indicators")).filter(size=0).exists()


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2021, 12, 31), {"XA_NTM_2016_2020"}),
        (date(2022, 2, 1), set()),
        (date(2022, 3, 31), {"XA_NTM_2021_2025"}),
        (date(2026, 2, 14), {"XA_NTM_2021_2025"}),
        (date(2026, 2, 15), {"XA_NTM_2026_2030"}),
    ],
)
def test_the_standard_set_of_communes_changes_with_the_law(on, codes):
    province = Province.objects.get(code="20")
    sets = CriteriaSet.objects.in_force(on, province).filter(level="commune", grade="standard")
    assert set(sets.values_list("code", flat=True)) == codes


def test_the_set_of_2026_goes_by_commune_group_and_all_others_by_region():
    schemes = dict(CriteriaSet.objects.values_list("code", "group_scheme"))
    assert schemes.pop("XA_NTM_2026_2030") == "commune_group"
    assert set(schemes.values()) == {"region"}
    assert AreaGroup.objects.filter(scheme="commune_group").count() == 3
    assert AreaGroup.objects.filter(scheme="region").count() == 8


def test_conditions_of_model_communes_are_no_score_table():
    assert [each.code for each in CriteriaSet.objects.filter(is_scored=False)] == [
        "XA_NTM_KIEU_MAU_2021_2025"
    ]


@pytest.mark.parametrize(
    ("year", "region", "income"),
    [(2021, "TDMNPB", 36), (2022, "TDMNPB", 39), (2025, "TDMNPB", 48), (2025, "DNB", 71)],
)
def test_the_income_threshold_rises_every_year(year, region, income):
    threshold = Threshold.objects.get(
        indicator__code="10",
        indicator__criterion__criteria_set__code="XA_NTM_2021_2025",
        area_group__code=region,
        valid_from__lte=date(year, 6, 30),
        valid_to__gte=date(year, 6, 30),
    )
    assert threshold.value == income


def test_poverty_may_be_at_most_thirteen_percent_in_the_northern_mountains():
    indicator = Indicator.objects.get(code="11", criterion__criteria_set__code="XA_NTM_2021_2025")
    assert (indicator.kind, indicator.direction) == ("percent", "at_most")
    assert indicator.thresholds.get(area_group__code="TDMNPB").value == Decimal(13)


def test_a_number_is_given_only_where_the_indicator_takes_one():
    assert not Threshold.objects.filter(indicator__kind="verdict").exclude(value=None).exists()
    numbers = Threshold.objects.exclude(indicator__kind="verdict")
    assert not numbers.filter(value=None, indicator__is_delegated=False).exists()


def test_a_delegated_threshold_says_so_and_gives_no_number():
    delegated = Threshold.objects.filter(indicator__is_delegated=True)
    assert set(delegated.values_list("value", "text")) == {(None, "UBND cấp tỉnh quy định cụ thể")}


def test_no_threshold_with_a_number_is_verified():
    assert not Threshold.objects.filter(is_verified=True).exclude(value=None).exists()
    assert not Indicator.objects.filter(is_verified=True).exists()


def test_the_names_of_the_criteria_are_verified_where_a_source_prints_them():
    verified = Criterion.objects.filter(is_verified=True)
    assert dict(verified.values_list("criteria_set__code").annotate(Count("pk")).order_by()) == {
        "XA_NTM_2021_2025": 19,
        "XA_NTM_NANG_CAO_2021_2025": 1,
        "XA_NTM_KIEU_MAU_2021_2025": 4,
        "XA_NTM_2026_2030": 10,
    }


def test_recognitions_known_by_name_hang_on_the_unit_of_their_time():
    names = [
        ("06298", "Xuân Mai", 2015),
        ("06346", "Hữu Vĩnh", 2016),
        ("06343", "Bắc Sơn", 2016),
        ("06280", "Văn An", 2018),
        ("06130", "Tân Việt", 2019),
    ]
    for code, name, year in names:
        recognition = Recognition.objects.get(commune__code=code, year=year)
        assert recognition.commune.name == name
        assert recognition.commune.valid_to == date(2019, 12, 31)


def test_there_are_24_recognitions_by_name_the_batch_of_2023_and_a_city():
    counts = Recognition.objects.values_list("kind", "grade").annotate(Count("pk")).order_by()
    assert {(kind, grade): count for kind, grade, count in counts} == {
        ("commune", "standard"): 19 + 5,
        ("commune", "advanced"): 5 + 4,
        ("commune", "model"): 2,
        ("district", "standard"): 1,
    }
    assert Recognition.objects.filter(year=2023).count() == 11
    city = Recognition.objects.get(kind="district")
    assert (city.district.name, city.year) == ("Lạng Sơn", 2017)


def test_a_decision_date_is_given_only_with_a_decision():
    dated = Recognition.objects.exclude(decided_on=None)
    assert set(dated.values_list("decision", flat=True)) == {
        "2165/QĐ-UBND",
        "2166/QĐ-UBND",
        "99/QĐ-UBND",
        "103/QĐ-UBND",
        "105/QĐ-UBND",
    }
    assert not Recognition.objects.filter(decided_on=None).exclude(decision="").exists()


def test_decisions_of_january_2023_count_for_2022():
    recognition = Recognition.objects.get(decision="103/QĐ-UBND")
    assert (recognition.commune.name, recognition.year) == ("Sơn Hà", 2022)
    assert recognition.decided_on == date(2023, 1, 26)


def test_every_recognition_says_how_it_is_known_and_none_is_illustrative(reference):
    assert not Recognition.objects.filter(evidence="").exists()
    assert not Recognition.objects.filter(is_illustrative=True).exists()
    assert not reference.register_complete


def test_every_recognised_commune_lies_outside_the_towns():
    recognised = Commune.objects.exclude(recognitions=None)
    assert set(recognised.values_list("kind", flat=True)) == {"commune"}


@pytest.mark.parametrize(
    ("file", "column", "text"),
    [
        ("criteria.csv", "set", "XA_NTM"),
        ("indicators.csv", "set", "XA_NTM"),
        ("indicators.csv", "kind", "số"),
        ("thresholds.csv", "set", "XA_NTM"),
        ("thresholds.csv", "area_group", "3"),
        ("thresholds.csv", "value", "1.000.000"),
        ("recognitions.csv", "commune_code", "99999"),
        ("recognitions.csv", "grade", "gold"),
    ],
)
def test_a_bad_cell_is_named(reference_copy, file, column, text):
    reference_copy.set(file, 2, **{column: text})
    assert f"{file}, row 2, column {column}: found “{text}" in reference_copy.refusal()


def test_an_indicator_whose_direction_does_not_fit_is_named(reference_copy):
    reference_copy.set("indicators.csv", 2, direction="at_least")
    assert reference_copy.refusal().startswith("indicators.csv, row 2: ")


def test_a_commune_not_in_force_at_the_end_of_the_year_is_named(reference_copy):
    row = reference_copy.row_of("recognitions.csv", commune_name="Xuân Mai")
    reference_copy.set("recognitions.csv", row, year="2020")
    assert f"recognitions.csv, row {row}, column commune_code" in reference_copy.refusal()
