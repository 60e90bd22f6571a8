"""Which units are in force, and what became of them in mergers."""

from datetime import date

import pytest

from targets.progress import empty, in_force, lineage
from tests.targets.progress_tables import parts, units

BEFORE, AFTER = date(2019, 12, 31), date(2020, 1, 1)
MERGED_ON = {"date": AFTER}
ENDS = {"valid_to": BEFORE}
BEGINS = {"valid_from": AFTER}


def pairs(table):
    rows = table[["old_id", "new_id", "is_whole"]].itertuples(index=False)
    return {(row.old_id, row.new_id): row.is_whole for row in rows}


def shares(table):
    return {(row.old_id, row.new_id): row.share for row in table.itertuples()}


def test_a_unit_is_in_force_on_its_first_and_on_its_last_day():
    table = units(old=ENDS, new=BEGINS)
    assert list(in_force(table, BEFORE)["name"]) == ["old"]
    assert list(in_force(table, AFTER)["name"]) == ["new"]


def test_towns_are_in_force_but_outside_the_programme():
    table = units(commune={}, town={"in_programme": False})
    assert list(in_force(table, AFTER)["name"]) == ["commune"]
    assert len(in_force(table, AFTER, programme_only=False)) == 2


def test_nothing_is_in_force_in_an_empty_table():
    assert len(in_force(empty("units"), AFTER)) == 0
    assert len(lineage(empty("units"), empty("parts"), BEFORE, AFTER)) == 0


def test_a_commune_no_change_names_passes_unchanged():
    assert pairs(lineage(units(a={}), parts(), BEFORE, AFTER)) == {(1, 1): True}


def test_an_absorbing_commune_is_a_whole_predecessor_of_itself():
    table = units(absorbing={}, absorbed=ENDS)
    change = parts({"old_id": 2, "new_id": 1, **MERGED_ON})
    assert pairs(lineage(table, change, BEFORE, AFTER)) == {(1, 1): True, (2, 1): True}


def test_a_divided_commune_passes_into_each_in_part():
    table = units(divided=ENDS, east={}, west={})
    change = parts(
        {"old_id": 1, "new_id": 2, "is_whole": False, "share_people": 0.6, **MERGED_ON},
        {"old_id": 1, "new_id": 3, "is_whole": False, "share_people": 0.4, **MERGED_ON},
    )
    found = lineage(table, change, BEFORE, AFTER)
    assert not pairs(found)[1, 2]
    assert not pairs(found)[1, 3]
    assert shares(found)[1, 2] == 0.6


def test_a_commune_that_gives_up_land_lives_on_as_itself():
    table = units(giving={}, taking={})
    change = parts({"old_id": 1, "new_id": 2, "is_whole": False, "share_people": 0.1, **MERGED_ON})
    found = lineage(table, change, BEFORE, AFTER)
    assert pairs(found) == {(1, 1): True, (1, 2): False, (2, 2): True}
    assert shares(found)[1, 1] == pytest.approx(0.9)


def test_two_changes_in_a_row_are_composed():
    table = units(
        a=ENDS,
        b={"valid_from": AFTER, "valid_to": date(2025, 6, 30)},
        c={"valid_from": date(2025, 7, 1)},
    )
    changes = parts(
        {"old_id": 1, "new_id": 2, "is_whole": False, "share_people": 0.5, **MERGED_ON},
        {"old_id": 2, "new_id": 3, "date": date(2025, 7, 1)},
    )
    found = lineage(table, changes, BEFORE, date(2025, 7, 1))
    assert pairs(found) == {(1, 3): False}
    assert shares(found) == {(1, 3): 0.5}


def test_a_divided_commune_that_comes_together_again_is_whole():
    table = units(
        a=ENDS,
        east={"valid_to": date(2025, 6, 30)},
        west={"valid_to": date(2025, 6, 30)},
        c={"valid_from": date(2025, 7, 1)},
    )
    changes = parts(
        {"old_id": 1, "new_id": 2, "is_whole": False, "share_people": 0.5, **MERGED_ON},
        {"old_id": 1, "new_id": 3, "is_whole": False, "share_people": 0.5, **MERGED_ON},
        {"old_id": 2, "new_id": 4, "date": date(2025, 7, 1)},
        {"old_id": 3, "new_id": 4, "date": date(2025, 7, 1)},
    )
    found = lineage(table, changes, BEFORE, date(2025, 7, 1))
    assert pairs(found)[1, 4]
    assert shares(found)[1, 4] == 1.0


def test_the_days_may_be_named_in_either_order():
    table = units(absorbing={}, absorbed=ENDS)
    change = parts({"old_id": 2, "new_id": 1, **MERGED_ON})
    forwards, backwards = (
        lineage(table, change, *days) for days in ((BEFORE, AFTER), (AFTER, BEFORE))
    )
    assert forwards.equals(backwards)


def test_a_change_outside_the_two_days_plays_no_part():
    table = units(absorbing={}, absorbed=ENDS)
    change = parts({"old_id": 2, "new_id": 1, **MERGED_ON})
    assert pairs(lineage(table, change, AFTER, date(2025, 1, 1))) == {(1, 1): True}
