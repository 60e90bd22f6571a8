"""What always holds for the arithmetic of progress, whatever the province."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from targets.progress import (
    Start,
    Tables,
    count_series,
    district_table,
    expected_series,
    in_force,
    lineage,
    lost_by_merger,
    mean_criteria,
    progress_table,
    recognised_at,
    recognised_count,
    restate_recognised,
    standing_at,
)
from tests.targets.progress_tables import (
    PLAN,
    parts,
    recognitions,
    sets,
    standings,
    targets,
    units,
)

quick = settings(derandomize=True, max_examples=25, deadline=None)
MERGED_ON = date(2024, 12, 1)
ASKED = [
    {"metric": "communes_standard", "kind": "cumulative_count", "year": 2025, "low": 6},
    {"metric": "communes_advanced", "kind": "share", "year": 2025, "low": 40},
    {"metric": "communes_standard", "kind": "new_in_year", "year": 2023, "low": 1},
    {"metric": "avg_criteria", "kind": "mean", "year": 2025, "low": 15},
    {"metric": "communes_below_10", "kind": "floor", "year": 2025, "low": 0},
]
days = st.dates(date(2020, 6, 1), date(2025, 12, 31))
decisions = st.fixed_dictionaries(
    {
        "unit_id": st.integers(1, 9),
        "grade": st.sampled_from(["standard", "advanced", "model"]),
        "year": st.integers(2018, 2025),
        "decided_on": st.none() | days,
        "revoked_on": st.none() | days,
        "is_illustrative": st.booleans(),
    }
)


@st.composite
def provinces(draw):
    """Six communes in two districts; some merge into three new ones or into each other."""
    fates = draw(st.lists(st.sampled_from(["alone", 7, 8, 9, "absorbed"]), min_size=6, max_size=6))
    fates[0] = "alone"
    ends, begins = {"valid_to": MERGED_ON - timedelta(days=1)}, {"valid_from": MERGED_ON}
    rows, changes = {}, []
    for unit, fate in enumerate(fates, start=1):
        same = {"district_id": 1 + unit % 2}
        rows[f"c{unit}"] = same if fate == "alone" else same | ends
        if fate != "alone":
            heir = 1 if fate == "absorbed" else fate
            changes.append({"date": MERGED_ON, "old_id": unit, "new_id": heir})
    rows |= {f"c{unit}": begins for unit in (7, 8, 9)}
    given_on = draw(st.lists(decisions, max_size=12))
    periods = [date(2021, 12, 31), date(2023, 6, 30), date(2024, 12, 31)]
    scores = draw(
        st.lists(
            st.tuples(st.integers(1, 9), st.sampled_from(periods), st.integers(0, 19)),
            max_size=15,
            unique_by=lambda score: score[:2],
        )
    )
    return Tables(
        units=units(**rows),
        parts=parts(*changes),
        recognitions=recognitions(*given_on),
        standings=standings(
            *(
                {"unit_id": unit, "period_end": end, "met": met, "set_id": 1 + (end.year > 2021)}
                for unit, end, met in scores
            )
        ),
        sets=sets(),
        targets=targets(*ASKED),
    )


def shuffled(tables, random):
    def mix(table):
        return table.iloc[random.sample(range(len(table)), len(table))]

    frames = ("units", "parts", "recognitions", "standings", "sets", "targets")
    return replace(tables, **{name: mix(getattr(tables, name)) for name in frames})


@quick
@given(provinces(), days, days, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(tables, on, boundaries_of, random):
    other = shuffled(tables, random)
    pd.testing.assert_frame_equal(
        progress_table(tables, PLAN, on), progress_table(other, PLAN, on)
    )
    pd.testing.assert_frame_equal(
        district_table(tables, on, PLAN.baseline_on), district_table(other, on, PLAN.baseline_on)
    )
    ranks, again = (
        restate_recognised(some.units, some.parts, some.recognitions, on, boundaries_of)
        for some in (tables, other)
    )
    assert ranks.to_dict() == again.to_dict()
    lost, lost_again = (
        lost_by_merger(some.units, some.parts, some.recognitions, on).set_index("unit_id")
        for some in (tables, other)
    )
    pd.testing.assert_frame_equal(lost.sort_index(), lost_again.sort_index())


@quick
@given(provinces(), decisions, days, days)
def test_one_more_recognition_never_lowers_a_count(tables, decision, on, boundaries_of):
    assume(len(tables.recognitions))
    more = replace(
        tables,
        recognitions=pd.concat([tables.recognitions, recognitions(decision)], ignore_index=True),
    )
    for grade in ("standard", "advanced", "model"):
        for boundary in (None, boundaries_of):
            before, after = (
                recognised_count(some, on, boundary, grade) for some in (tables, more)
            )
            assert after.value >= before.value
            assert after.of == before.of


@quick
@given(provinces(), days)
def test_restating_on_the_same_boundaries_changes_nothing(tables, on):
    own = recognised_at(tables.recognitions, on, tables.units)
    first = date(2020, 6, 1) if on < MERGED_ON else MERGED_ON
    for boundaries_of in (on, first):
        ranks = restate_recognised(
            tables.units, tables.parts, tables.recognitions, on, boundaries_of
        )
        assert ranks.to_dict() == own.to_dict()


@quick
@given(provinces(), days)
def test_a_higher_grade_is_never_held_by_more_communes(tables, on):
    counts = count_series(tables.units, tables.recognitions, [on]).iloc[0]
    if len(tables.recognitions):
        assert counts["model"] <= counts["advanced"] <= counts["standard"] <= counts["of"]


@quick
@given(provinces(), days)
def test_a_mean_lies_between_those_of_its_parts(tables, on):
    standing = standing_at(tables.standings, tables.sets, tables.units, on)
    mean = mean_criteria(standing)
    means = district_table(tables, on, PLAN.baseline_on)["mean"]
    assert mean.base == standing["counted"].notna().sum()
    if mean.base:
        assert means.min() - 1e-9 <= mean.value <= means.max() + 1e-9


@quick
@given(provinces(), days)
def test_districts_add_up_to_the_province(tables, on):
    table = district_table(tables, on, PLAN.baseline_on)
    count = recognised_count(tables, on)
    assert table["of"].sum() == count.of
    if len(tables.recognitions):
        assert table["recognised"].sum() == count.value


@quick
@given(provinces(), days, days)
def test_lineage_loses_no_commune_and_nobody(tables, first, last):
    first, last = sorted([first, last])
    pairs = lineage(tables.units, tables.parts, first, last)
    assert set(pairs["old_id"]) == set(in_force(tables.units, first).index)
    assert np.allclose(pairs.groupby("old_id")["share"].sum(), 1)


@quick
@given(
    st.floats(0, 200),
    st.lists(st.floats(0, 50), min_size=1, max_size=5),
    st.lists(st.dates(date(2019, 1, 1), date(2027, 12, 31)), min_size=2, max_size=6),
)
def test_where_targets_rise_the_path_rises_and_stays_between_them(start, rises, dates):
    yearly = dict(enumerate(start + np.cumsum(rises), start=2021))
    path = expected_series(Start(date(2020, 12, 31), start), yearly, sorted(dates))
    assert (np.diff(path) >= -1e-9).all()
    assert path.min() >= start - 1e-9
    assert path.max() == pytest.approx(min(path.max(), max(yearly.values())))
