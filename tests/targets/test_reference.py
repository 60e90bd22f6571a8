"""The plan and the published figures in `fixtures/`, and the command that loads them all."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command

from communes.models import Commune, District, Province, ReferenceLoad
from communes.reference import fixtures_digest
from criteria.models import Recognition, Threshold
from targets.models import Baseline, Metric, Plan, PublishedFigure, Target
from tests.factories import make_region, make_user

pytestmark = pytest.mark.usefixtures("reference")


def test_the_plan_runs_from_2021_to_2025_against_the_end_of_2020(reference):
    plan = Plan.objects.get()
    assert (plan.province, plan.first_year, plan.last_year) == (reference, 2021, 2025)
    assert plan.baseline_on == date(2020, 12, 31)


def test_the_plan_starts_where_the_announcement_says():
    rows = Baseline.objects.values_list("metric", "value", "base")
    assert {metric: (value, base) for metric, value, base in rows} == {
        "communes_standard": (65, 181),
        "avg_criteria": (Decimal("12.7"), 181),
        "communes_advanced": (7, None),
        "residential_areas": (30, None),
        "districts_completed": (1, 11),
    }
    assert "207" in Baseline.objects.get(metric="communes_standard").note
    assert "12,97" in Baseline.objects.get(metric="avg_criteria").note


def test_the_targets_are_exactly_those_announced():
    rows = Target.objects.values_list("metric", "kind", "year", "low", "high")
    assert {row[:3]: row[3:] for row in rows} == {
        ("communes_standard", "cumulative_count", 2021): (75, None),
        ("communes_standard", "cumulative_count", 2022): (85, None),
        ("communes_standard", "cumulative_count", 2023): (95, None),
        ("communes_standard", "cumulative_count", 2024): (105, None),
        ("communes_standard", "cumulative_count", 2025): (115, None),
        ("communes_standard", "new_in_year", 2022): (10, None),
        ("communes_standard", "share", 2025): (Decimal("63.5"), None),
        ("avg_criteria", "mean", 2022): (Decimal("14.5"), None),
        ("avg_criteria", "mean", 2025): (15, None),
        ("communes_below_10", "floor", 2025): (0, None),
        ("communes_advanced", "new_in_year", 2022): (5, None),
        ("communes_advanced", "cumulative_count", 2025): (32, None),
        ("avg_advanced_criteria", "mean_within_class", 2025): (9, None),
        ("communes_model", "new_in_year", 2022): (1, None),
        ("communes_model", "cumulative_count", 2025): (12, None),
        ("residential_areas", "per_district", 2022): (2, 3),
        ("residential_areas", "new_in_plan", 2025): (30, None),
        ("gardens", "per_district", 2022): (2, None),
        ("border_avg_criteria", "range", 2022): (15, Decimal("15.5")),
        ("districts_completed", "new_in_plan", 2025): (1, None),
    }


def test_only_the_years_between_the_printed_totals_are_worked_out():
    derived = Target.objects.filter(is_derived=True)
    assert set(derived.values_list("metric", "year")) == {
        ("communes_standard", 2021),
        ("communes_standard", 2023),
        ("communes_standard", 2024),
    }


def test_the_ambiguous_target_of_advanced_communes_says_so():
    target = Target.objects.get(metric="communes_advanced", year=2025)
    assert "không nói rõ" in target.note


@pytest.mark.parametrize(
    ("metric", "as_of", "boundaries_on", "value", "base"),
    [
        ("communes_standard", date(2020, 12, 31), date(2019, 12, 31), 74, 207),
        ("communes_standard", date(2020, 12, 31), None, 65, 181),
        ("communes_standard", date(2019, 8, 31), date(2019, 12, 31), 48, 207),
        ("communes_standard", date(2021, 12, 31), None, 75, 181),
        ("avg_criteria", date(2021, 12, 31), None, Decimal("14.03"), 181),
        ("border_communes_standard", date(2021, 12, 31), None, 9, 20),
        ("border_avg_criteria", date(2021, 12, 31), None, Decimal("13.85"), 20),
        ("communes_standard", date(2025, 6, 30), None, 106, 175),
        ("communes_advanced", date(2025, 6, 30), None, 28, None),
        ("communes_model", date(2025, 6, 30), None, 10, None),
        ("avg_criteria", date(2025, 6, 30), None, Decimal("15.21"), 175),
    ],
)
def test_published_results_of_the_province(reference, metric, as_of, boundaries_on, value, base):
    figure = PublishedFigure.objects.get(
        province=reference,
        district=None,
        place="",
        metric=metric,
        kind="result",
        as_of=as_of,
        boundaries_on=boundaries_on,
    )
    assert (figure.value, figure.base) == (value, base)


def test_a_published_range_keeps_both_ends():
    figure = PublishedFigure.objects.get(
        metric="border_avg_criteria", kind="target", as_of=date(2020, 12, 31)
    )
    assert (figure.value, figure.high) == (Decimal("11.5"), 12)


def test_targets_of_before_and_after_the_plan_are_published_figures():
    targets = PublishedFigure.objects.filter(kind="target")
    assert {as_of.year for as_of in targets.values_list("as_of", flat=True)} == {
        2020,
        2022,
        2025,
        2030,
    }


def test_figures_of_other_places_hang_on_no_province():
    elsewhere = PublishedFigure.objects.filter(province=None)
    assert elsewhere.count() == 30
    assert not elsewhere.filter(place="").exists()


def test_every_row_of_reference_data_has_its_source():
    tables = 0
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if "source" in names and not model.__name__.startswith("Historical"):
            assert not model.objects.filter(source="").exists(), model
            tables += model.objects.exists()
    assert tables == 15


def test_every_row_with_history_says_that_it_was_loaded():
    for model in (Province, Commune, Threshold, Recognition, Target, PublishedFigure):
        reasons = model.history.values_list("history_change_reason", flat=True)
        assert set(reasons) == {"load_reference"}
        assert len(reasons) == model.objects.count()


def test_metrics_of_ours_are_used_where_the_same_is_counted():
    metrics = set(PublishedFigure.objects.values_list("metric", flat=True))
    assert set(Metric.values) - metrics == {"gardens"}


def test_a_second_load_changes_nothing_and_says_so(reference, capsys):
    loads, version = ReferenceLoad.objects.count(), reference.data_version
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Không có gì thay đổi."
    assert len(lines) == 16
    assert all("thêm 0, sửa 0, giữ nguyên" in line for line in lines[:-1])
    reference.refresh_from_db()
    assert (ReferenceLoad.objects.count(), reference.data_version) == (loads, version)


def test_the_digest_of_the_files_is_kept():
    assert ReferenceLoad.objects.latest().digest == fixtures_digest()


def test_the_digest_changes_with_any_file(reference_copy):
    assert fixtures_digest(reference_copy.folder) == fixtures_digest()
    reference_copy.set("targets.csv", 2, low="76")
    assert fixtures_digest(reference_copy.folder) != fixtures_digest()


def test_a_changed_row_is_changed_with_its_history_and_the_data_version(
    reference, reference_copy, capsys
):
    row = reference_copy.row_of("districts.csv", code="186")
    reference_copy.set("districts.csv", row, name="Tên mới", population="15000")
    call_command("load_reference", fixtures=reference_copy.folder)
    assert "districts.csv: thêm 0, sửa 1, giữ nguyên 10" in capsys.readouterr().out
    district = District.objects.get(code="186")
    assert (district.name, district.population) == ("Tên mới", 15000)
    assert district.search_key == "ten moi"
    assert [each.name for each in district.history.all()] == ["Tên mới", "Hữu Lũng"]
    version = reference.data_version
    reference.refresh_from_db()
    assert reference.data_version == version + 1


def test_a_change_keeps_what_the_files_do_not_say(reference, reference_copy):
    Province.objects.filter(pk=reference.pk).update(register_complete=True)
    reference_copy.set("provinces.csv", 2, population="1")
    reference_copy.load()
    reference.refresh_from_db()
    assert (reference.population, reference.register_complete) == (1, True)
    assert reference.history.first().register_complete


def test_nothing_is_removed_when_a_row_leaves_the_file(reference_copy):
    rows = reference_copy.rows("recognitions.csv")
    reference_copy.write("recognitions.csv", rows[:-1])
    reference_copy.load()
    assert Recognition.objects.count() == len(rows) - 1


def test_what_an_officer_edited_stays(reference_copy, capsys):
    threshold = Threshold.objects.get(
        indicator__code="11",
        indicator__criterion__criteria_set__code="XA_NTM_2021_2025",
        area_group__code="TDMNPB",
    )
    threshold.value, threshold.is_verified = 12, True
    threshold.save()
    call_command("load_reference", fixtures=reference_copy.folder)
    assert "giữ nguyên 818, giữ bản đã sửa tại đây 1" in capsys.readouterr().out
    threshold.refresh_from_db()
    assert (threshold.value, threshold.is_verified) == (12, True)


def test_what_an_officer_took_away_stays_away(reference, reference_copy):
    target = Target.objects.get(metric="gardens")
    target._history_user = make_user()
    target.delete()
    outcomes = {outcome.file: outcome for outcome in reference_copy.load()}
    assert not Target.objects.filter(metric="gardens").exists()
    assert (outcomes["targets.csv"].kept, outcomes["targets.csv"].added) == (1, 0)


def test_a_threshold_of_the_province_is_not_touched(reference, reference_copy):
    national = Threshold.objects.filter(indicator__is_delegated=True).first()
    own = Threshold.objects.create(
        indicator=national.indicator,
        area_group=national.area_group,
        province=reference,
        value=70,
        valid_from=national.valid_from,
        source="Quyết định của tỉnh",
    )
    key = {"indicator": own.indicator, "area_group": own.area_group}
    national.delete()
    reference_copy.load()
    own.refresh_from_db()
    assert own.value == 70
    assert Threshold.objects.get(province=None, **key).value is None


def test_the_year_of_a_recognition_that_an_officer_corrected_stays(reference_copy):
    recognition = Recognition.objects.get(commune__name="Hưng Vũ")
    recognition.year = 2018
    recognition.save()
    reference_copy.load()
    assert Recognition.objects.get(commune__name="Hưng Vũ").year == 2018


def test_files_of_excel_with_a_byte_order_mark_and_columns_moved_are_read(reference_copy):
    path = reference_copy.folder / "area_groups.csv"
    backwards = [row[::-1] for row in reference_copy.rows("area_groups.csv")]
    reference_copy.write("area_groups.csv", backwards)
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    assert not any(outcome.is_change for outcome in reference_copy.load())
    assert make_region(code="TDMNPB").name == "Trung du miền núi phía Bắc"


@pytest.mark.parametrize(
    ("file", "column", "text"),
    [
        ("plans.csv", "code", "mã kế hoạch"),
        ("baselines.csv", "metric", "xã"),
        ("targets.csv", "plan", "khác"),
        ("targets.csv", "district", "999"),
        ("targets.csv", "low", "mười"),
        ("published_figures.csv", "province", "99"),
        ("published_figures.csv", "precision", "week"),
    ],
)
def test_a_bad_cell_is_named(reference_copy, file, column, text):
    reference_copy.set(file, 2, **{column: text})
    assert f"{file}, row 2, column {column}: found “{text}" in reference_copy.refusal()


def test_a_range_that_ends_below_its_start_is_named(reference_copy):
    row = reference_copy.row_of("targets.csv", kind="range")
    reference_copy.set("targets.csv", row, high="14")
    assert f"targets.csv, row {row}, column high: found “14”" in reference_copy.refusal()


def test_a_figure_that_says_nothing_is_named(reference_copy):
    reference_copy.set("published_figures.csv", 2, value="")
    assert reference_copy.refusal().startswith("published_figures.csv, row 2: ")
