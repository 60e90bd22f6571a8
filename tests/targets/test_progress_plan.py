"""The planned path, gaps, pace and status, by the numbers of the plan's announcement."""

from datetime import date
from math import isnan, nan

import pytest

from targets.progress import Start, assess, expected, expected_series

# 65 of 181 communes at the end of 2020, ten more each year, 115 at the end of 2025.
BASELINE = Start(date(2020, 12, 31), 65)
TEN_A_YEAR = {2021: 75, 2022: 85, 2023: 95, 2024: 105, 2025: 115}
YEAR_ENDS = [date(year, 12, 31) for year in range(2020, 2026)]


@pytest.mark.parametrize("yearly", [TEN_A_YEAR, {2022: 85, 2025: 115}, {2025: 115}])
def test_the_path_to_115_brings_ten_more_each_year(yearly):
    path = expected_series(BASELINE, yearly, YEAR_ENDS)
    assert path.tolist() == pytest.approx([65, 75, 85, 95, 105, 115])


def test_within_a_year_the_path_is_linear_by_days():
    assert expected(BASELINE, TEN_A_YEAR, date(2025, 6, 30)) == pytest.approx(105 + 10 * 181 / 365)
    assert expected(BASELINE, TEN_A_YEAR, date(2024, 6, 30)) == pytest.approx(95 + 10 * 182 / 366)


def test_the_path_is_level_before_its_start_and_after_its_end():
    assert expected(BASELINE, TEN_A_YEAR, date(2019, 6, 30)) == 65
    assert expected(BASELINE, TEN_A_YEAR, date(2027, 1, 1)) == 115


def test_without_a_start_nothing_is_expected_before_the_first_target():
    assert isnan(expected(None, {2025: 9}, date(2024, 12, 31)))
    assert expected(None, {2025: 9}, date(2025, 12, 31)) == 9


def test_fifty_in_five_years_are_ten_a_year():
    assert assess(65, BASELINE, TEN_A_YEAR, date(2020, 12, 31)).pace_needed == pytest.approx(10)


def test_the_pace_needed_counts_what_is_left_in_the_time_left():
    found = assess(95, BASELINE, TEN_A_YEAR, date(2024, 12, 31))
    assert found.gap == -10
    assert found.pace_needed == pytest.approx(20)


def test_this_years_target_is_read_off_the_line_where_the_plan_names_none():
    found = assess(98, BASELINE, {2022: 85, 2025: 115}, date(2024, 3, 31))
    assert found.target_this_year == pytest.approx(105)
    assert found.is_interpolated
    assert not assess(98, BASELINE, TEN_A_YEAR, date(2024, 3, 31)).is_interpolated
    assert (found.target_final, found.final_year) == (115, 2025)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (115, "achieved"),
        (95, "on_plan"),
        (94, "slightly_behind"),
        (90.5, "slightly_behind"),
        (90.4, "behind"),
        (nan, "no_data"),
    ],
)
def test_the_status_at_the_end_of_2023(value, status):
    # 85 % of the 30 planned since 2020 are 25.5, so that 90.5 is still only slightly behind
    assert assess(value, BASELINE, TEN_A_YEAR, date(2023, 12, 31)).status == status


def test_106_in_june_2025_are_slightly_behind():
    found = assess(106, BASELINE, TEN_A_YEAR, date(2025, 6, 30))
    assert found.status == "slightly_behind"
    assert found.gap == pytest.approx(106 - 105 - 10 * 181 / 365)
    assert found.pace_needed == pytest.approx(9 / (184 / 365))


def test_when_time_is_up_no_pace_helps():
    found = assess(110, BASELINE, TEN_A_YEAR, date(2026, 3, 31))
    assert isnan(found.pace_needed)
    assert found.status == "slightly_behind"


def test_once_the_last_target_is_reached_no_pace_is_needed():
    assert assess(116, BASELINE, TEN_A_YEAR, date(2024, 6, 30)).pace_needed == 0


def test_without_a_start_a_value_short_of_a_later_target_cannot_be_judged():
    assert assess(7, None, {2025: 9}, date(2024, 6, 30)).status == "no_data"
    assert assess(9, None, {2025: 9}, date(2024, 6, 30)).status == "achieved"
    assert assess(7, None, {2025: 9}, date(2025, 12, 31)).status == "behind"


def test_without_targets_there_is_nothing_to_judge():
    assert assess(65, BASELINE, {}, date(2024, 6, 30)).status == "no_data"


HALFWAY = date(2023, 6, 30)
TWENTY_LOW = Start(date(2020, 12, 31), 20)


@pytest.mark.parametrize(
    ("count", "status"),
    [(0, "achieved"), (10, "on_plan"), (11, "slightly_behind"), (15, "behind")],
)
def test_a_number_that_is_to_fall_is_judged_the_other_way_round(count, status):
    found = assess(count, TWENTY_LOW, {2025: 0}, date(2023, 7, 1), is_falling=True)
    assert found.expected == pytest.approx(10, abs=0.1)
    assert found.status == status


def test_the_gap_is_negative_when_too_many_are_left():
    found = assess(15, TWENTY_LOW, {2025: 0}, HALFWAY, is_falling=True)
    assert found.gap < 0
    assert found.pace_needed == pytest.approx(15 / (2 + 184 / 365))


@pytest.mark.parametrize(("count", "status"), [(0, "achieved"), (1, "behind")])
def test_without_a_start_a_number_that_is_to_fall_must_be_down_already(count, status):
    assert assess(count, None, {2025: 0}, HALFWAY, is_falling=True).status == status
