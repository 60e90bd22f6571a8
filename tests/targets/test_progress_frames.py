"""The ways in which tables are read."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from targets.progress import Table, days_of, in_force, recognised_at, rows_of
from tests.targets.progress_tables import communes, recognitions

UNITS = communes(3)


def as_table(frame: pd.DataFrame) -> Table:
    return Table({name: frame[name].array for name in frame}, frame.index)


def test_table_and_frame_give_the_same_result():
    acts = recognitions({"unit_id": 1, "year": 2020}, {"unit_id": 3, "year": 2021})
    on = date(2021, 12, 31)
    expected = recognised_at(acts, on, UNITS)
    pd.testing.assert_series_equal(recognised_at(as_table(acts), on, as_table(UNITS)), expected)
    assert len(expected[expected > 0]) == 2


def test_table_gives_its_rows_under_a_mask_with_their_index():
    found = in_force(as_table(UNITS), date(2021, 12, 31))
    assert len(found) == 3
    some = found[np.array([True, False, True])]
    assert some.index.tolist() == [UNITS.index[0], UNITS.index[2]]
    pd.testing.assert_frame_equal(some.frame, UNITS.iloc[[0, 2]])


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
