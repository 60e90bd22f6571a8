"""Each kind of target against what was reached."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from targets.progress import (
    Tables,
    district_table,
    metric_series,
    plan_line,
    progress_table,
    published_beside,
)
from tests.targets.progress_tables import (
    PLAN,
    PRINTED,
    assessed,
    baselines,
    communes,
    places,
    published,
    recognised,
    sets,
    targets,
    units,
)

END_OF_2020, END_OF_2022 = date(2020, 12, 31), date(2022, 12, 31)
JUNE_2025 = date(2025, 6, 30)


def card(tables, target, on, *more):
    """The row for one target; `more` are its other years."""
    rows = [target, *(target | other for other in more)]
    table = progress_table(replace(tables, targets=targets(*rows)), PLAN, on)
    assert len(table) == 1
    return table.iloc[0]


# As many communes as the province has, with as many recognised at the end of 2020.
PROVINCE = Tables(
    units=communes(181),
    recognitions=pd.concat(
        [
            recognised(range(1, 59)),
            recognised(range(59, 66), grade="advanced"),
            recognised(range(66, 76), year=2021),
            recognised(range(76, 84), year=2022),
        ]
    ),
    baselines=baselines({"metric": "communes_standard", "value": 65, "base": 181}),
)
TOTAL = {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 115}
TOTAL_AS_PRINTED = {"metric": "communes_standard", "value": 99, "base": 181}
SHARE = {"metric": "communes_standard", "kind": "share", "year": 2025, "low": 63.5}


def test_a_total_stands_beside_all_communes():
    row = card(PROVINCE, TOTAL, END_OF_2020)
    assert (row["value"], row["base"]) == (65, 181)
    assert row["state_of_truth"] == "recognised"
    assert (row["start_value"], row["expected"], row["target_final"]) == (65, 65, 115)
    assert row["pace_needed"] == pytest.approx(10)
    assert row["status"] == "on_plan"


def test_a_share_of_communes_is_of_all_of_them():
    row = card(PROVINCE, SHARE, END_OF_2020)
    assert row["value"] == pytest.approx(35.9, abs=0.02)
    assert row["base"] == 181
    assert row["expected"] == pytest.approx(100 * 65 / 181)


def test_the_plans_share_is_115_of_181():
    given = Tables(units=communes(181), recognitions=recognised(range(1, 116)))
    assert card(given, SHARE, JUNE_2025)["value"] == pytest.approx(63.5, abs=0.04)


def test_the_share_of_june_2025_is_of_the_175_communes_left():
    given = Tables(units=communes(175), recognitions=recognised(range(1, 107)))
    assert card(given, SHARE, JUNE_2025)["value"] == pytest.approx(60.6, abs=0.03)


def test_a_share_of_advanced_communes_is_of_the_recognised_ones():
    row = card(PROVINCE, SHARE | {"metric": "communes_advanced", "low": 20}, END_OF_2020)
    assert row["value"] == pytest.approx(100 * 7 / 65)
    assert (row["base"], row["of"]) == (65, 181)


def test_new_communes_of_a_year_are_judged_at_its_end():
    target = {"metric": "communes_standard", "kind": "new_in_year", "year": 2022, "low": 10}
    row = card(PROVINCE, target, END_OF_2022)
    assert (row["value"], row["gap"], row["status"]) == (8, -2, "behind")
    assert card(PROVINCE, target, JUNE_2025)["value_on"] == END_OF_2022


def test_new_communes_are_expected_in_step_with_the_year():
    target = {"metric": "communes_standard", "kind": "new_in_year", "year": 2022, "low": 10}
    row = card(PROVINCE, target, date(2022, 7, 2))
    assert row["expected"] == pytest.approx(10 * 183 / 365)
    assert row["value"] == 0


def test_a_year_that_has_not_begun_asks_for_nothing_yet():
    target = {"metric": "communes_standard", "kind": "new_in_year", "year": 2022, "low": 10}
    row = card(PROVINCE, target, date(2021, 12, 31))
    assert (row["value"], row["expected"], row["status"]) == (10, 0, "on_plan")


def test_a_higher_grade_does_not_make_a_commune_new_again():
    again = recognised(range(1, 6), year=2022, grade="advanced")
    given = replace(PROVINCE, recognitions=pd.concat([PROVINCE.recognitions, again]))
    target = {"metric": "communes_standard", "kind": "new_in_year", "year": 2022, "low": 10}
    assert card(given, target, END_OF_2022)["value"] == 8
    assert card(given, target | {"metric": "communes_advanced"}, END_OF_2022)["value"] == 5


def test_new_border_communes_are_only_those_at_the_border():
    given = Tables(
        units=units(border={"is_border": True}, inland={}),
        recognitions=recognised([1, 2], year=2022),
    )
    target = {"metric": "border_communes_standard", "kind": "new_in_year", "year": 2022, "low": 1}
    row = card(given, target, END_OF_2022)
    assert (row["value"], row["of"]) == (1, 1)


def test_places_are_not_counted_from_an_incomplete_register():
    area = places({"kind": "residential_area", "year": 2022})
    given = Tables(units=communes(1), places=area, register_is_complete=False)
    series = metric_series(given, "residential_areas", [END_OF_2022])
    assert series["value"].isna().all()


def test_new_places_of_the_plan_leave_out_those_from_before():
    areas = [{"kind": "residential_area", "year": year} for year in (2020, 2021, 2021, 2024)]
    target = {"metric": "residential_areas", "kind": "new_in_plan", "year": 2025, "low": 30}
    row = card(Tables(units=communes(1), places=places(*areas)), target, JUNE_2025)
    assert row["value"] == 3
    assert row["expected"] == pytest.approx(24 + 6 * 181 / 365)


def test_one_more_district_is_counted_by_its_decision():
    rows = [
        {"kind": "district", "year": 2017},
        {"kind": "district", "year": 2024, "district_id": 2},
    ]
    given = Tables(units=units(a={}, b={"district_id": 2}), places=places(*rows))
    target = {"metric": "districts_completed", "kind": "new_in_plan", "year": 2025, "low": 1}
    assert card(given, target, JUNE_2025)[["value", "status"]].tolist() == [1, "achieved"]
    assert metric_series(given, "districts_completed", [JUNE_2025])["value"].tolist() == [2]


def test_districts_are_not_counted_once_there_are_none():
    table = units(
        a={"valid_to": JUNE_2025}, b={"valid_from": date(2025, 7, 1), "district_id": None}
    )
    given = Tables(units=table, places=places({"kind": "district", "year": 2017}))
    series = metric_series(given, "districts_completed", [JUNE_2025, date(2025, 7, 1)])
    assert series["value"].iloc[0] == 1
    assert pd.isna(series["value"].iloc[1])


def test_each_district_is_asked_for_its_own_and_those_that_lack_are_named():
    areas = [
        {"kind": "residential_area", "year": 2022, "district_id": district}
        for district in (1, 1, 2, 3, 3, 3)
    ]
    table = units(a={}, b={"district_id": 2}, c={"district_id": 3}, d={"district_id": 4})
    target = {
        "metric": "residential_areas",
        "kind": "per_district",
        "year": 2022,
        "low": 2,
        "high": 3,
    }
    row = card(Tables(units=table, places=places(*areas)), target, END_OF_2022)
    assert (row["value"], row["base"], row["target_final"]) == (2, 4, 4)
    assert row["lacking"] == (2, 4)
    assert (row["low"], row["high"], row["status"]) == (2, 3, "behind")


def test_a_mean_says_how_many_communes_it_stands_on():
    given = Tables(
        units=communes(4),
        standings=assessed(12, 15, 17, is_illustrative=True),
        sets=sets(),
        baselines=baselines({"metric": "avg_criteria", "value": 12.7}),
    )
    target = {"metric": "avg_criteria", "kind": "mean", "year": 2022, "low": 14.5}
    row = card(given, target, END_OF_2022, {"year": 2025, "low": 15})
    assert row["value"] == pytest.approx(44 / 3)
    assert (row["base"], row["of"]) == (3, 4)
    assert (row["state_of_truth"], row["is_illustrative"]) == ("verified", True)
    assert (row["target_this_year"], row["status"]) == (14.5, "on_plan")


def test_without_a_baseline_a_path_begins_at_the_first_year_end_known():
    rows = pd.concat([assessed(4, 6), assessed(7, 7, on=date(2024, 12, 31))])
    given = Tables(units=communes(2), standings=rows, sets=sets())
    target = {"metric": "avg_criteria", "kind": "mean", "year": 2025, "low": 11}
    row = card(given, target, date(2024, 12, 31))
    assert (row["start_on"], row["start_value"]) == (END_OF_2022, 5)
    assert row["expected"] == pytest.approx(9)
    assert row["status"] == "behind"


def test_nobody_plans_to_lose_what_is_reached():
    rows = pd.concat([assessed(12, 12), assessed(10, 10, on=date(2024, 12, 31))])
    given = Tables(units=communes(2), standings=rows, sets=sets())
    target = {"metric": "avg_criteria", "kind": "mean", "year": 2025, "low": 11}
    row = card(given, target, date(2024, 12, 31))
    assert (row["start_value"], row["expected"]) == (12, 11)


def test_the_mean_of_border_communes_is_of_them_alone():
    given = Tables(
        units=units(border={"is_border": True}, inland={}), standings=assessed(15, 5), sets=sets()
    )
    target = {
        "metric": "border_avg_criteria",
        "kind": "range",
        "year": 2022,
        "low": 15,
        "high": 15.5,
    }
    row = card(given, target, END_OF_2022)
    assert (row["value"], row["base"], row["status"]) == (15, 1, "achieved")
    assert row["high"] == 15.5


def test_the_mean_of_advanced_criteria_is_of_advanced_communes():
    given = Tables(
        units=communes(3),
        recognitions=recognised([1, 2], grade="advanced"),
        standings=assessed(9, 11, 3, set_id=3, grade="advanced"),
        sets=sets(),
    )
    target = {
        "metric": "avg_advanced_criteria",
        "kind": "mean_within_class",
        "year": 2025,
        "low": 9,
    }
    row = card(given, target, END_OF_2022)
    assert (row["value"], row["base"], row["of"]) == (10, 2, 2)


def test_a_floor_wants_no_commune_under_its_limit():
    rows = pd.concat([assessed(9, 5, 12), assessed(10, 9, on=date(2023, 12, 31))])
    given = Tables(units=communes(3), standings=rows, sets=sets())
    target = {"metric": "communes_below_10", "kind": "floor", "year": 2025, "low": 0}
    row = card(given, target, date(2023, 12, 31))
    assert (row["start_value"], row["value"], row["target_final"]) == (2, 1, 0)
    assert row["expected"] == pytest.approx(4 / 3)
    assert row["status"] == "on_plan"


def test_with_nothing_known_every_target_says_so():
    asked = [
        TOTAL,
        SHARE,
        TOTAL | {"kind": "new_in_year"},
        {"metric": "avg_criteria", "kind": "mean", "year": 2025, "low": 15},
        {"metric": "communes_below_10", "kind": "floor", "year": 2025, "low": 0},
        {"metric": "gardens", "kind": "per_district", "year": 2022, "low": 2},
        {"metric": "districts_completed", "kind": "new_in_plan", "year": 2025, "low": 1},
    ]
    table = progress_table(Tables(units=communes(2), targets=targets(*asked)), PLAN, JUNE_2025)
    assert len(table) == len(asked)
    assert table["value"].isna().all()
    assert set(table["status"]) == {"no_data"}


def test_a_plan_without_targets_and_a_province_without_communes_give_empty_tables():
    assert len(progress_table(Tables(), PLAN, JUNE_2025)) == 0
    assert len(district_table(Tables(), JUNE_2025, END_OF_2022, PLAN)) == 0
    assert len(published_beside(Tables(), END_OF_2020, JUNE_2025)) == 0


def test_where_nothing_can_be_computed_the_published_figure_stands():
    given = replace(PROVINCE, published=PRINTED, register_is_complete=False)
    row = card(given, TOTAL, END_OF_2022)
    assert (row["value"], row["base"], row["state_of_truth"]) == (65, 181, "published")
    assert (row["value_on"], row["expected"]) == (END_OF_2020, 65)


def test_a_published_figure_never_replaces_a_computed_one():
    row = card(replace(PROVINCE, published=PRINTED), TOTAL, END_OF_2022)
    assert (row["value"], row["state_of_truth"]) == (83, "recognised")
    assert (row["published_value"], row["published_on"]) == (65, END_OF_2020)


def test_a_published_target_or_a_figure_of_one_district_is_no_result_of_the_province():
    rows = [row | {"as_of": date(2021, 12, 31)} for row in (TOTAL_AS_PRINTED,) * 2]
    printed = pd.concat(
        [
            PRINTED.assign(kind="result", district_id=None),
            published(*rows).assign(kind=["target", "result"], district_id=[None, 1]),
        ]
    )
    row = card(replace(PROVINCE, published=printed), TOTAL, END_OF_2022)
    assert row["published_value"] == 65


def test_a_target_of_one_district_is_no_card_of_the_province():
    given = replace(PROVINCE, targets=targets(TOTAL | {"district_id": 1}))
    assert len(progress_table(given, PLAN, END_OF_2022)) == 0


def test_only_the_plan_asked_for_is_shown():
    both = targets(TOTAL, TOTAL | {"low": 999}).assign(plan_id=[7, 8])
    table = progress_table(replace(PROVINCE, targets=both), replace(PLAN, pk=7), END_OF_2022)
    assert table["target_final"].tolist() == [115]


def test_the_planned_line_is_that_of_the_card():
    given = replace(PROVINCE, targets=targets(TOTAL))
    line = plan_line(given, PLAN, "communes_standard", "cumulative_count", [END_OF_2022])
    assert line["expected"].tolist() == pytest.approx([85])
    assert plan_line(given, PLAN, "gardens", "mean", [END_OF_2022])["expected"].isna().all()
