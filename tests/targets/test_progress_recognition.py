"""Which communes count as recognised, on their own day's boundaries and on another's."""

from datetime import date

import pandas as pd
import pytest

from targets.progress import (
    Tables,
    count_series,
    empty,
    lost_by_merger,
    recognised_at,
    recognised_count,
    restate_criteria,
    restate_recognised,
    restate_values,
)
from tests.targets.progress_tables import (
    communes,
    parts,
    recognised,
    recognitions,
    results,
    units,
)

END_OF_2022 = date(2022, 12, 31)
OLD, NEW = date(2019, 12, 31), date(2020, 1, 1)
END_OF_2020 = date(2020, 12, 31)
ENDS, BEGINS = {"valid_to": OLD}, {"valid_from": NEW}


def held(on, *rows):
    """The rank of commune 1 on a day, from decisions on it."""
    given = recognitions(*({"unit_id": 1, "year": 2022} | row for row in rows))
    return recognised_at(given, on, communes(1)).item()


JANUARY = {"decided_on": date(2023, 1, 26)}


def test_a_decision_of_january_for_the_year_before_counts_at_that_years_end():
    assert held(END_OF_2022, JANUARY) == 1
    assert held(date(2022, 12, 30), JANUARY) == 0
    assert held(date(2023, 1, 1), JANUARY) == 1


def test_a_decision_of_the_year_itself_counts_from_its_date():
    november = {"decided_on": date(2022, 11, 5)}
    assert held(date(2022, 11, 4), november) == 0
    assert held(date(2022, 11, 5), november) == 1


def test_a_decision_of_unknown_date_counts_from_its_years_end():
    assert held(date(2022, 12, 30), {}) == 0
    assert held(END_OF_2022, {}) == 1


def test_a_revoked_recognition_counts_until_the_day_before():
    revoked = {"year": 2020, "revoked_on": date(2022, 6, 1)}
    assert held(date(2022, 5, 31), revoked) == 1
    assert held(date(2022, 6, 1), revoked) == 0


def test_the_best_grade_counts_and_a_lower_one_is_left_when_it_is_revoked():
    standard = {"year": 2015}
    advanced = {"year": 2020, "grade": "advanced", "revoked_on": date(2022, 6, 1)}
    assert held(date(2021, 6, 1), standard, advanced) == 2
    assert held(END_OF_2022, standard, advanced) == 1


def test_a_recognition_of_a_commune_no_longer_in_force_does_not_count():
    table = units(gone=ENDS, here={})
    given = recognised([1, 2])
    assert recognised_at(given, END_OF_2022, table).to_dict() == {2: 1}
    assert recognised_at(given, END_OF_2022).to_dict() == {1: 1, 2: 1}


def test_advanced_and_model_communes_count_as_the_lower_grades_too():
    given = pd.concat(
        [
            recognised([1]),
            recognised([2], grade="advanced"),
            recognised([3], grade="model", is_illustrative=True),
        ]
    )
    counts = count_series(communes(5), given, [END_OF_2022]).iloc[0]
    assert (counts["standard"], counts["advanced"], counts["model"]) == (3, 2, 1)
    assert counts["of"] == 5
    assert counts["is_illustrative"]


def test_a_count_is_marked_illustrative_only_while_an_invented_decision_counts():
    given = recognised([1], year=2021, is_illustrative=True)
    dates = [date(2021, 12, 1), date(2021, 12, 31)]
    assert list(count_series(communes(1), given, dates)["is_illustrative"]) == [False, True]


def test_an_invented_decision_on_a_commune_that_is_gone_marks_nothing():
    given = pd.concat([recognised([1], is_illustrative=True), recognised([2])])
    counts = count_series(units(gone=ENDS, here={}), given, [END_OF_2022])
    assert not counts["is_illustrative"].any()


def test_without_any_known_decision_the_count_is_unknown_and_not_nought():
    counts = count_series(communes(3), empty("recognitions"), [END_OF_2022]).iloc[0]
    assert pd.isna(counts["standard"])
    assert counts["of"] == 3


def test_an_incomplete_register_gives_no_count():
    tables = Tables(units=communes(3), recognitions=recognised([1]), register_is_complete=False)
    count = recognised_count(tables, END_OF_2022)
    assert pd.isna(count.value)
    assert count.of == 3


# The merger of 2020 in small. Before it: seven communes, of which a, b, c and f are recognised.
# a and b became n, recognised in 2020; c went into d, which lives on without recognition; g
# became m, recognised in 2020; e and f were left alone.
SMALL = units(a=ENDS, b=ENDS, c=ENDS, d={}, e={}, f={}, g=ENDS, n=BEGINS, m=BEGINS)
A, B, C, D, E, F, G, N, M = SMALL.index
SMALL_PARTS = parts(
    *({"date": NEW, "old_id": old, "new_id": new} for old, new in [(A, N), (B, N), (C, D), (G, M)])
)
SMALL_RECOGNISED = pd.concat([recognised([A, B, C, F]), recognised([N, M], year=2020)])
SMALL_TABLES = Tables(units=SMALL, parts=SMALL_PARTS, recognitions=SMALL_RECOGNISED)


def restated(on, boundaries_of, given=SMALL_RECOGNISED):
    ranks = restate_recognised(SMALL, SMALL_PARTS, given, on, boundaries_of)
    return set(ranks.index[ranks > 0]), len(ranks)


def test_one_day_has_two_figures_on_old_and_new_units():
    assert recognised_count(SMALL_TABLES, END_OF_2020) == (3, 5)
    assert recognised_count(SMALL_TABLES, END_OF_2020, OLD) == (5, 7)


def test_an_old_commune_counts_that_was_recognised_on_its_last_day():
    counted, _ = restated(END_OF_2020, OLD)
    assert {A, B, C, F} <= counted


def test_an_old_commune_counts_whose_successor_was_recognised_since():
    assert G in restated(END_OF_2020, OLD)[0]
    assert G not in restated(date(2020, 6, 30), OLD)[0]


def test_what_the_successor_held_before_it_took_a_commune_in_does_not_count():
    given = recognised([D], year=2015)
    assert restated(END_OF_2020, OLD, given)[0] == {D}
    again = pd.concat([given, recognised([D], year=2020, grade="advanced")])
    assert restated(END_OF_2020, OLD, again)[0] == {C, D}


def test_what_a_later_successor_held_before_it_took_the_first_in_does_not_count():
    table = units(first=ENDS, second=BEGINS | {"valid_to": date(2024, 11, 30)}, last={})
    changes = parts(
        {"date": NEW, "old_id": 1, "new_id": 2},
        {"date": date(2024, 12, 1), "old_id": 2, "new_id": 3},
    )
    for given, counts in [
        (recognised([3], year=2022), 0),
        (recognised([2], year=2022), 1),
        (recognised([3], year=2024), 1),
    ]:
        ranks = restate_recognised(table, changes, given, date(2024, 12, 31), OLD)
        assert ranks[1] == counts


def test_a_successor_of_parts_only_hands_nothing_back():
    table = units(divided=ENDS, new=BEGINS)
    change = parts({"date": NEW, "old_id": 1, "new_id": 2, "is_whole": False})
    ranks = restate_recognised(table, change, recognised([2], year=2020), END_OF_2020, OLD)
    assert ranks.to_dict() == {1: 0}


def test_a_new_commune_counts_when_all_that_went_into_it_as_a_whole_did():
    assert restated(OLD, END_OF_2020) == ({N, F}, 5)


def test_a_new_commune_takes_the_lowest_grade_of_those_that_went_into_it():
    given = pd.concat([recognised([A], grade="model"), recognised([B], grade="advanced")])
    assert restate_recognised(SMALL, SMALL_PARTS, given, OLD, NEW)[N] == 2


def test_a_town_that_joins_a_commune_is_not_asked_for_a_recognition():
    table = units(commune=ENDS, town=ENDS | {"in_programme": False}, new=BEGINS)
    change = parts(*({"date": NEW, "old_id": old, "new_id": 3} for old in (1, 2)))
    ranks = restate_recognised(table, change, recognised([1]), OLD, NEW)
    assert ranks.to_dict() == {3: 1}


def test_a_new_commune_made_of_parts_only_counts_for_nothing():
    table = units(old=ENDS, new=BEGINS)
    change = parts({"date": NEW, "old_id": 1, "new_id": 2, "is_whole": False})
    assert restate_recognised(table, change, recognised([1]), OLD, NEW).to_dict() == {2: 0}


def test_recognition_never_passes_through_a_merger_on_its_own():
    before = recognised([A, B, C, F])
    ranks = recognised_at(before, END_OF_2020, SMALL)
    assert set(ranks.index[ranks > 0]) == {F}


def test_communes_that_lost_theirs_by_merger_are_listed_with_what_became_of_them():
    lost = lost_by_merger(SMALL, SMALL_PARTS, SMALL_RECOGNISED, END_OF_2020).set_index("unit_id")
    assert lost["into"].to_dict() == {A: (N,), B: (N,), C: (D,)}
    assert lost["successor_rank"].to_dict() == {A: 1, B: 1, C: 0}
    assert set(lost["ended_on"].astype(str)) == {"2019-12-31"}


def test_a_divided_commune_is_listed_with_all_it_passed_into_the_whole_first():
    table = units(divided=ENDS, east={}, west={}, whole={})
    change = parts(
        *({"date": NEW, "old_id": 1, "new_id": new, "is_whole": new == 4} for new in (3, 2, 4))
    )
    lost = lost_by_merger(table, change, recognised([1]), END_OF_2020)
    assert lost["into"].tolist() == [(4, 2, 3)]


def test_losses_before_a_day_are_left_out_when_asked():
    lost = lost_by_merger(SMALL, SMALL_PARTS, SMALL_RECOGNISED, END_OF_2020, since=NEW)
    assert len(lost) == 0


def verdicts(*rows):
    return results(
        *({"unit_id": unit, "number": number, "verdict": word} for unit, number, word in rows)
    )


def after_merger(*rows):
    found = restate_criteria(SMALL, SMALL_PARTS, verdicts(*rows), OLD, NEW)
    return {(row.unit_id, row.number): row.verdict for row in found.itertuples()}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("met", "met", "met"),
        ("met", "not_met", "not_met"),
        ("met", "basically", "basically"),
        ("met", "not_applicable", "met"),
    ],
)
def test_a_merged_commune_meets_what_all_of_its_parts_met(first, second, together):
    assert after_merger((A, 6, first), (B, 6, second)) == {(N, 6): together}


def test_a_merged_commune_is_not_assessed_while_one_of_its_parts_is_not():
    assert after_merger((A, 6, "met")) == {}
    assert after_merger((A, 6, "not_met")) == {(N, 6): "not_met"}


def test_a_town_that_joins_is_not_asked_for_its_criteria():
    table = units(commune=ENDS, town=ENDS | {"in_programme": False}, new=BEGINS)
    change = parts(*({"date": NEW, "old_id": old, "new_id": 3} for old in (1, 2)))
    found = restate_criteria(table, change, verdicts((1, 6, "met")), OLD, NEW)
    assert found["verdict"].tolist() == ["met"]


def test_an_old_commune_has_the_verdicts_of_the_one_it_passed_into():
    found = restate_criteria(SMALL, SMALL_PARTS, verdicts((N, 6, "met")), END_OF_2020, OLD)
    assert dict(zip(found["unit_id"], found["verdict"], strict=True)) == {A: "met", B: "met"}


def test_numbers_are_weighted_by_people():
    table = units(small=ENDS | {"population": 1000}, large=ENDS | {"population": 3000}, new=BEGINS)
    change = parts(*({"date": NEW, "old_id": old, "new_id": 3} for old in (1, 2)))
    incomes = pd.Series({1: 20.0, 2: 40.0})
    found = restate_values(table, change, incomes, OLD, NEW)
    assert found.loc[3, "value"] == 35
    assert found.loc[3, "people"] == 4000


def test_a_part_weighs_as_much_as_its_people():
    table = units(divided=ENDS | {"population": 4000}, whole=ENDS | {"population": 1000}, new={})
    change = parts(
        {"date": NEW, "old_id": 1, "new_id": 3, "is_whole": False, "share_people": 0.25},
        {"date": NEW, "old_id": 2, "new_id": 3},
    )
    found = restate_values(table, change, pd.Series({1: 20.0, 2: 40.0}), OLD, NEW)
    assert found.loc[3, "value"] == 30


def test_a_commune_left_alone_keeps_its_number_though_its_people_are_not_known():
    found = restate_values(communes(1), parts(), pd.Series({1: 20.0}), OLD, NEW)
    assert found["value"].to_dict() == {1: 20.0}
