"""How many criteria communes meet, and the lists made from it."""

from datetime import date

import pandas as pd
import pytest

from targets.progress import (
    Measures,
    Tables,
    band_of,
    bands,
    below,
    bottlenecks,
    empty,
    fell_back,
    in_force,
    mean_criteria,
    mean_series,
    next_in_line,
    recognised_at,
    set_in_force,
    standing_at,
)
from targets.progress.frames import day_list
from tests.targets.progress_tables import (
    communes,
    recognised,
    results,
    sets,
    standings,
    units,
)

JUNE, SEPTEMBER = date(2024, 6, 30), date(2024, 9, 30)


def standing(*rows, on=JUNE, table=None, **choice):
    """Where communes stand by these assessments of June 2024."""
    rows = ({"period_end": JUNE} | row for row in rows)
    return standing_at(
        standings(*rows), sets(), communes(3) if table is None else table, on, **choice
    )


def test_the_latest_period_that_has_ended_counts():
    rows = [
        {"unit_id": 1, "met": 12, "period_end": date(2024, 3, 31)},
        {"unit_id": 1, "met": 14},
        {"unit_id": 1, "met": 16, "period_end": SEPTEMBER},
    ]
    assert standing(*rows).loc[1, "met"] == 14
    assert standing(*rows, on=date(2024, 9, 29)).loc[1, "met"] == 14
    assert standing(*rows, on=SEPTEMBER).loc[1, "met"] == 16


def test_a_standing_carried_forward_shows_its_age():
    assert standing({"unit_id": 1, "met": 14}, on=SEPTEMBER).loc[1, "age_days"] == 92


def test_a_commune_never_assessed_is_listed_without_a_number():
    found = standing({"unit_id": 1, "met": 14})
    assert len(found) == 3
    assert found.loc[2, ["met", "total", "age_days"]].isna().all()


def test_the_old_criteria_hold_until_the_new_ones_begin():
    days = day_list([date(2016, 1, 1), date(2021, 12, 31), date(2022, 2, 1), date(2022, 3, 8)])
    assert list(set_in_force(sets(), "standard", days)) == [-1, 1, 1, 2]


def test_a_standing_under_the_old_criteria_is_carried_until_one_under_the_new():
    rows = [
        {"unit_id": 1, "met": 15, "set_id": 1, "period_end": date(2021, 12, 31)},
        {"unit_id": 1, "met": 12, "set_id": 2, "period_end": date(2022, 6, 30)},
    ]
    assert standing(*rows, on=date(2022, 3, 31)).loc[1, "met"] == 15
    assert standing(*rows, on=date(2022, 6, 30)).loc[1, "met"] == 12


def test_an_assessment_under_criteria_no_longer_in_force_does_not_count():
    rows = [{"unit_id": 1, "met": 12}, {"unit_id": 1, "met": 19, "set_id": 1}]
    assert standing(*rows).loc[1, "met"] == 12


def test_the_advanced_criteria_are_a_standing_of_their_own():
    advanced = {"unit_id": 1, "met": 9, "set_id": 3, "grade": "advanced"}
    rows = [{"unit_id": 1, "met": 19}, advanced]
    assert standing(*rows).loc[1, "met"] == 19
    assert standing(*rows, grade="advanced").loc[1, "met"] == 9


def test_basically_met_counts_only_where_the_province_says_so():
    row = {"unit_id": 1, "met": 14, "basically": 2}
    assert standing(row).loc[1, "counted"] == 14
    assert standing(row, basically_counts=True).loc[1, "counted"] == 16


def test_the_mean_is_over_assessed_communes_and_says_so():
    found = standing({"unit_id": 1, "met": 10}, {"unit_id": 2, "met": 15})
    assert mean_criteria(found) == (12.5, 2, 3)


def test_without_assessments_there_is_no_mean():
    mean = mean_criteria(standing_at(empty("standings"), sets(), communes(3), JUNE))
    assert pd.isna(mean.value)
    assert (mean.base, mean.of) == (0, 3)


def test_the_series_of_means_agrees_with_each_day():
    rows = standings(
        {"unit_id": 1, "met": 10, "period_end": JUNE},
        {"unit_id": 2, "met": 15, "period_end": SEPTEMBER, "is_illustrative": True},
    )
    dates = [date(2024, 6, 29), JUNE, SEPTEMBER]
    series = mean_series(rows, sets(), communes(3), dates)
    assert pd.isna(series["value"].iloc[0])
    assert list(series["value"].iloc[1:]) == [10, 12.5]
    assert list(series["base"]) == [0, 1, 2]
    assert list(series["of"]) == [3, 3, 3]
    assert list(series["is_illustrative"]) == [False, False, True]


def test_communes_that_ended_are_out_of_the_mean():
    table = units(gone={"valid_to": JUNE}, here={})
    rows = [{"unit_id": 1, "met": 19}, {"unit_id": 2, "met": 9}]
    assert mean_criteria(standing(*rows, on=date(2024, 7, 1), table=table)) == (9, 1, 1)


@pytest.fixture
def spread():
    """One commune each with 19, 18, 15, 14, 10, 9 and 4 criteria, and one never assessed."""
    mets = [19, 18, 15, 14, 10, 9, 4]
    rows = ({"unit_id": unit, "met": met} for unit, met in enumerate(mets, start=1))
    return standing(*rows, table=communes(8))


def test_communes_are_sorted_into_the_bands_officers_use(spread):
    table = bands(spread)
    assert table["communes"].to_dict() == {0: 1, 1: 2, 2: 2, 3: 1, 4: 1, -1: 1}
    limits = table.loc[0:4, ["low", "high"]].astype(int).to_numpy().tolist()
    assert limits == [[19, 19], [15, 18], [10, 14], [5, 9], [0, 4]]
    assert list(band_of(spread)) == [0, 1, 1, 2, 2, 3, 4, -1]


def test_bands_of_an_empty_province_are_empty():
    table = bands(standing_at(empty("standings"), sets(), empty("units"), JUNE))
    assert table["communes"].sum() == 0


def test_communes_under_ten_are_listed_lowest_first(spread):
    assert list(below(spread)["counted"]) == [4, 9]


def test_those_that_lack_one_or_two_criteria_are_next_in_line(spread):
    ranks = recognised_at(recognised([1]), JUNE, communes(8))
    assert list(next_in_line(spread, ranks)["missing"]) == [1]
    ranks[:] = 0
    waiting = next_in_line(spread, ranks, fewest=0)
    assert list(waiting["counted"]) == [19, 18]


def test_a_recognised_commune_is_not_next_in_line(spread):
    ranks = recognised_at(recognised([2]), JUNE, communes(8))
    assert len(next_in_line(spread, ranks)) == 0


def test_communes_that_meet_fewer_criteria_than_before_fell_back():
    rows = standings(
        *({"unit_id": unit, "met": 15, "period_end": JUNE} for unit in (1, 2, 3)),
        {"unit_id": 1, "met": 14, "period_end": SEPTEMBER},
        {"unit_id": 2, "met": 16, "period_end": SEPTEMBER},
        {"unit_id": 3, "met": 11, "period_end": SEPTEMBER},
    )
    fell = fell_back(rows, sets(), communes(3), JUNE, SEPTEMBER)
    assert fell["change"].to_dict() == {3: -4, 1: -1}
    assert not fell["is_new_set"].any()


def test_lists_made_from_shared_measures_are_the_same():
    rows = standings(
        *({"unit_id": unit, "met": 15, "period_end": JUNE} for unit in (1, 2, 3)),
        {"unit_id": 1, "met": 14, "period_end": SEPTEMBER},
        {"unit_id": 2, "met": 7, "set_id": 3, "grade": "advanced", "period_end": JUNE},
    )
    given = rows, sets(), communes(3)
    tables = Tables(standings=rows, sets=sets(), units=communes(3))
    measures = Measures.over(tables, [SEPTEMBER, date(2024, 3, 31), JUNE])
    pd.testing.assert_frame_equal(
        fell_back(*given, JUNE, SEPTEMBER, measures=measures), fell_back(*given, JUNE, SEPTEMBER)
    )
    for grade in ("standard", "advanced"):
        pd.testing.assert_frame_equal(
            standing_at(*given, JUNE, grade=grade, measures=measures),
            standing_at(*given, JUNE, grade=grade),
        )


def test_a_commune_that_ended_in_between_did_not_fall_back():
    rows = standings(
        {"unit_id": 1, "met": 15, "period_end": JUNE},
        {"unit_id": 1, "met": 14, "period_end": date(2024, 7, 31)},
    )
    table = units(gone={"valid_to": date(2024, 8, 15)})
    assert len(fell_back(rows, sets(), table, JUNE, SEPTEMBER)) == 0


def test_a_fall_when_stricter_criteria_begin_says_so():
    rows = standings(
        {"unit_id": 1, "met": 15, "set_id": 1, "period_end": date(2021, 12, 31)},
        {"unit_id": 1, "met": 12, "set_id": 2, "period_end": date(2022, 6, 30)},
    )
    fell = fell_back(rows, sets(), communes(1), date(2021, 12, 31), date(2022, 6, 30))
    assert fell["is_new_set"].to_dict() == {1: True}


def test_bottlenecks_come_with_the_criterion_that_holds_most_back_first():
    verdicts = {
        (1, 2): "met",
        (2, 2): "not_met",
        (3, 2): "basically",
        (1, 17): "not_met",
        (2, 17): "not_applicable",
        (9, 17): "not_met",
    }
    found = results(
        *(
            {"unit_id": unit, "number": number, "verdict": verdict}
            for (unit, number), verdict in verdicts.items()
        )
    )
    table = bottlenecks(found, in_force(communes(3), JUNE))
    assert list(table.index) == [2, 17]
    assert table.loc[2].to_dict() == {
        "met": 1,
        "basically": 1,
        "not_met": 1,
        "not_applicable": 0,
        "not_assessed": 0,
        "held_back": 2,
    }
    assert table.loc[17, "not_assessed"] == 1
