"""The ways in which tables are read."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from targets.progress import (
    Table,
    Tables,
    below,
    days_of,
    district_table,
    fell_back,
    in_force,
    lost_by_merger,
    next_in_line,
    recognised_at,
    rows_of,
    standing_at,
)
from tests.targets.progress_tables import communes, parts, recognitions, sets, standings, units

UNITS = communes(3)


def as_table(frame: pd.DataFrame) -> Table:
    return Table({name: frame[name].array for name in frame}, frame.index)


def test_table_and_frame_give_the_same_result():
    acts = recognitions({"unit_id": 1, "year": 2020}, {"unit_id": 3, "year": 2021})
    on = date(2021, 12, 31)
    expected = recognised_at(acts, on, UNITS)
    pd.testing.assert_series_equal(recognised_at(as_table(acts), on, as_table(UNITS)), expected)
    assert len(expected[expected > 0]) == 2


def lists_of(tables: Tables) -> list:
    """The lists that pages print, each with at least one row."""
    before, on = date(2024, 6, 30), date(2024, 9, 30)
    standing = standing_at(tables.standings, tables.sets, tables.units, on)
    ranks = np.array([0, 0])
    return [
        standing,
        below(standing),
        next_in_line(standing, ranks, most=5),
        fell_back(tables.standings, tables.sets, tables.units, before, on),
        lost_by_merger(tables.units, tables.parts, tables.recognitions, on),
        district_table(tables, on, before),
    ]


def test_lists_are_of_the_kind_of_their_tables():
    given = {
        "units": units(a={}, b={}, c={"valid_to": date(2022, 12, 31)}),
        "parts": parts({"date": date(2023, 1, 1), "old_id": 3, "new_id": 1}),
        "recognitions": recognitions({"unit_id": 3, "year": 2020}),
        "sets": sets(),
        "standings": standings(
            {"unit_id": 1, "met": 16, "period_end": date(2024, 6, 30)},
            {"unit_id": 1, "met": 15, "period_end": date(2024, 9, 30)},
            {"unit_id": 2, "met": 7, "period_end": date(2024, 9, 30)},
        ),
    }
    frames = lists_of(Tables(**given))
    quick = lists_of(Tables(**{name: as_table(frame) for name, frame in given.items()}))
    for frame, table in zip(frames, quick, strict=True):
        assert len(table) > 0
        assert isinstance(table, Table)
        pd.testing.assert_frame_equal(table.frame, frame)


def test_table_gives_its_rows_under_a_mask_with_their_index():
    found = in_force(as_table(UNITS), date(2021, 12, 31))
    assert len(found) == 3
    some = found[np.array([True, False, True])]
    assert some.index.tolist() == [UNITS.index[0], UNITS.index[2]]
    pd.testing.assert_frame_equal(some.frame, UNITS.iloc[[0, 2]])


def test_rows_of_a_table_are_taken_in_the_order_asked_for_and_given_a_column():
    table = Table({"met": np.array([4, 9, 7])}, pd.Index([1, 2, 3]))
    some = table.take(np.array([2, 0])).assign(missing=np.array([12, 15]))
    pd.testing.assert_frame_equal(
        some.frame, pd.DataFrame({"met": [7, 4], "missing": [12, 15]}, index=[3, 1])
    )
    assert "missing" not in table


def test_row_with_an_empty_value_is_not_under_the_mask():
    table = Table({"district_id": pd.array([7, None, 8], dtype="Int64")})
    assert table[table["district_id"] == 7]["district_id"].tolist() == [7]


def test_column_that_is_missing_is_refused():
    table = Table({"code": np.array(["a"])})
    assert "name" not in table
    with pytest.raises(KeyError):
        table["name"]


def test_days_are_read_from_any_column_of_days():
    expected = np.array(["2024-12-31", "NaT"], dtype="datetime64[D]")
    for column in (
        pd.Series([date(2024, 12, 31), None]),
        pd.Series(pd.to_datetime(["2024-12-31", None])),
        np.array(["2024-12-31", "NaT"], dtype="datetime64[s]"),
    ):
        np.testing.assert_array_equal(days_of(column), expected)


def test_rows_are_named_tuples_in_order():
    first, second = rows_of(pd.DataFrame({"name": ["a", "b"], "met": [3.0, np.nan]}))
    assert (first.name, first.met, second.name) == ("a", 3.0, "b")
    assert second.met != second.met
