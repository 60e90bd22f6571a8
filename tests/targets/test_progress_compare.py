"""Districts side by side, published beside computed figures, and measures tables share."""

from datetime import date

import pandas as pd
import pytest

from targets.progress import (
    Measures,
    Tables,
    district_table,
    measures_for,
    progress_table,
    published_beside,
    published_days,
)
from tests.targets.progress_tables import (
    PLAN,
    PRINTED,
    assessed,
    communes,
    parts,
    recognised,
    sets,
    targets,
    units,
)

END_OF_2020, END_OF_2022 = date(2020, 12, 31), date(2022, 12, 31)
JUNE_2025 = date(2025, 6, 30)
TOTAL = {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 115}
SHARE = {"metric": "communes_standard", "kind": "share", "year": 2025, "low": 63.5}
PROVINCE = Tables(
    units=communes(6),
    recognitions=recognised([1, 2, 3]),
    targets=targets(TOTAL, SHARE),
    published=PRINTED,
)


def test_districts_stand_side_by_side_with_their_change():
    rows = pd.concat([assessed(8, 10, 12), assessed(9, 15, on=date(2023, 12, 31))])
    given = Tables(
        units=units(a={}, b={}, c={"district_id": 2}, d={"district_id": 2}),
        recognitions=pd.concat([recognised([1]), recognised([2], year=2023, grade="model")]),
        standings=rows,
        sets=sets(),
        targets=targets(TOTAL | {"district_id": 1, "low": 2, "year": 2023}),
    )
    table = district_table(given, date(2023, 12, 31), END_OF_2022, PLAN)
    first, second = table.loc[1], table.loc[2]
    assert first[["of", "recognised", "advanced", "model"]].tolist() == [2, 2, 1, 1]
    assert first[["mean", "base", "below_10"]].tolist() == [12, 2, 1]
    assert first[["recognised_change", "mean_change", "target"]].tolist() == [1, 3, 2]
    assert second[["recognised", "mean", "base", "mean_change"]].tolist() == [0, 12, 1, 0]
    assert pd.isna(second["target"])


def test_communes_without_a_district_share_the_last_row():
    given = Tables(
        units=units(a={}, b={"district_id": None}, c={"district_id": None}),
        recognitions=recognised([3]),
    )
    table = district_table(given, JUNE_2025, END_OF_2022)
    assert table["of"].tolist() == [1, 2]
    assert pd.isna(table.index[-1])
    assert table["recognised"].tolist() == [0, 1]


def test_a_district_nobody_assessed_has_no_mean_and_no_low_communes():
    table = district_table(Tables(units=communes(2)), JUNE_2025, END_OF_2022)
    assert table[["mean", "below_10", "recognised"]].isna().all(axis=None)


def test_published_figures_stand_beside_the_same_day_and_boundaries():
    table = units(a={"valid_to": date(2019, 12, 31)}, b={}, c={})
    change = parts({"date": date(2020, 1, 1), "old_id": 1, "new_id": 2})
    given = Tables(units=table, parts=change, recognitions=recognised([1, 3]), published=PRINTED)
    beside = published_beside(given, END_OF_2020, END_OF_2020)
    assert beside["published"].tolist() == [74, 65]
    assert beside["computed"].tolist() == [2, 1]
    assert beside["computed_base"].tolist() == [3, 2]
    assert beside["difference"].tolist() == [-72, -64]


def test_tables_made_from_shared_measures_are_the_same():
    days = [date(2024, 3, 31), *published_days(PROVINCE, END_OF_2020, JUNE_2025)]
    measures = measures_for(PROVINCE, PLAN, JUNE_2025, [*days, END_OF_2022])
    alone = progress_table(PROVINCE, PLAN, JUNE_2025)
    pd.testing.assert_frame_equal(
        progress_table(PROVINCE, PLAN, JUNE_2025, measures=measures), alone
    )
    pd.testing.assert_frame_equal(
        district_table(PROVINCE, JUNE_2025, END_OF_2022, measures=measures),
        district_table(PROVINCE, JUNE_2025, END_OF_2022),
    )
    pd.testing.assert_frame_equal(
        published_beside(PROVINCE, END_OF_2020, JUNE_2025, measures=measures),
        published_beside(PROVINCE, END_OF_2020, JUNE_2025),
    )


def test_a_day_that_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="2022-12-31"):
        Measures.over(PROVINCE, [JUNE_2025]).columns([END_OF_2022])
