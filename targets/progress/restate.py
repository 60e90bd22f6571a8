"""Figures of one day on the boundaries of another, and recognitions that mergers ended.

Onto newer boundaries a commune has only what all the communes that went into it as a whole had.
Onto older ones a commune keeps what it had on its last day, and has what was given since to the
commune it passed into as a whole. Towns and wards are outside the programme and never asked.
"""

from datetime import date

import numpy as np
import pandas as pd

from criteria.rules import Verdict

from .frames import day, days_of, flags_of, ids_of, match, numbers_of, table_like
from .recognition import acts_of, counting, rank_grid, recognised_at
from .units import ONE_DAY, changes, descents, force_grid, in_force, lineage

# Worst first, so that the least of several codes is the verdict they give together.
VERDICTS = (Verdict.NOT_MET, Verdict.BASICALLY, Verdict.MET, Verdict.NOT_APPLICABLE)


def restate_recognised(
    units: pd.DataFrame,
    parts: pd.DataFrame,
    recognitions: pd.DataFrame,
    on: date,
    boundaries_of: date,
) -> pd.Series:
    """The recognitions of one day on the boundaries of another, as `recognised_at` gives them.

    One entry for each commune in force on `boundaries_of`, 0 for none. Forwards a commune has the
    lowest rank of the communes that went into it as a whole, and none when only parts did.
    """
    if boundaries_of >= on:
        return _recognised_forwards(units, parts, recognitions, on, boundaries_of)
    ranks = _recognised_backwards(units, parts, recognitions, on, boundaries_of)
    there = units.index.get_indexer(in_force(units, boundaries_of).index)
    return pd.Series(ranks[there], units.index[there], name="rank").rename_axis("unit_id")


def _recognised_forwards(units, parts, recognitions, on, boundaries_of) -> pd.Series:
    ranks = recognised_at(recognitions, on, units)
    whole = whole_predecessors(units, parts, on, boundaries_of)
    lowest = ranks.reindex(whole["old_id"]).groupby(whole["new_id"].to_numpy()).min()
    there = in_force(units, boundaries_of).index
    restated = lowest.reindex(there, fill_value=0).astype("int8")
    return restated.rename("rank").rename_axis("unit_id")


def _recognised_backwards(units, parts, recognitions, on, boundaries_of) -> np.ndarray:
    ranks = np.zeros(len(units), dtype=np.int8)
    for heirs in _recognised_heirs(units, parts, recognitions, on, boundaries_of):
        np.maximum.at(ranks, *heirs)
    return ranks


def _recognised_heirs(units, parts, recognitions, on, boundaries_of):
    """Pairs of old unit and rank for what it and its whole successors held on their last day.

    What a successor held on the eve of taking the old unit in was never given to that.
    """
    acts = acts_of(recognitions)
    owner = units.index.get_indexer(recognitions["unit_id"])
    begins, ends = days_of(units["valid_from"]), days_of(units["valid_to"])
    last_day = np.where(np.isnat(ends) | (ends > day(on)), day(on), ends)
    for joined, descent in descents(units, parts, boundaries_of, on):
        pair, act = match(descent.new, owner)
        given = acts.take(act)
        held = counting(given, last_day[owner[act]])
        eve = np.full(len(act), joined - ONE_DAY)
        had_before = counting(given, eve) & (begins[owner[act]] <= eve)
        is_own = descent.old[pair] == descent.new[pair]
        rows = descent.is_whole[pair] & held & (is_own | ~had_before)
        yield descent.old[pair][rows], acts.rank[act][rows]


def whole_predecessors(
    units: pd.DataFrame, parts: pd.DataFrame, from_day: date, to_day: date
) -> pd.DataFrame:
    """The lineage of communes only, and only where one passed into the other as a whole."""
    pairs = lineage(units, parts, from_day, to_day)
    programme = flags_of(units["in_programme"])
    old, new = (programme[units.index.get_indexer(pairs[name])] for name in ("old_id", "new_id"))
    return pairs[flags_of(pairs["is_whole"]) & old & new]


def restate_criteria(
    units: pd.DataFrame, parts: pd.DataFrame, results: pd.DataFrame, on: date, boundaries_of: date
) -> pd.DataFrame:
    """The verdicts of the communes in force on a day, on the boundaries of another.

    Takes and gives unit_id, number, verdict. Forwards a criterion is met when all whole
    predecessors met it; one that did not decides, and without that one not yet assessed leaves
    it out. Backwards an old commune has the verdicts of the one it passed into as a whole.
    """
    pairs = whole_predecessors(units, parts, on, boundaries_of)
    source, target = "old_id", "new_id"
    if boundaries_of < on:
        source, target = target, source
    codes = results["verdict"].map({word: code for code, word in enumerate(VERDICTS)})
    coded = results.assign(code=codes.astype("int8"))[["unit_id", "number", "code"]]
    found = pairs.merge(coded, left_on=source, right_on="unit_id")
    together = found.groupby([target, "number"])["code"].agg(["min", "size"]).reset_index()
    asked = together[target].map(pairs[target].value_counts())
    together = together[(together["size"] == asked) | (together["min"] == 0)]
    words = np.array([str(word) for word in VERDICTS])
    return pd.DataFrame(
        {
            "unit_id": together[target].to_numpy("int64"),
            "number": together["number"].to_numpy(),
            "verdict": pd.Series(words[together["min"].to_numpy("int8")], dtype="str"),
        }
    )


def restate_values(
    units: pd.DataFrame, parts: pd.DataFrame, values: pd.Series, on: date, boundaries_of: date
) -> pd.DataFrame:
    """Numbers by unit_id, such as an income, weighted by people onto the boundaries of a day.

    Gives value and people (those the value stands for), indexed by unit_id. A piece whose value,
    population or share is not known is left out; a unit made of one unit only needs no weight.
    """
    pairs = lineage(units, parts, on, boundaries_of)
    source, target = ("old_id", "new_id") if boundaries_of >= on else ("new_id", "old_id")
    people = numbers_of(units["population"])[units.index.get_indexer(pairs["old_id"])]
    pairs = pairs.assign(
        value=numbers_of(values.reindex(pairs[source])),
        people=people * pairs["share"].to_numpy(float),
    )
    alone = ~pairs.duplicated(target, keep=False)
    weight = pairs["people"].where(~alone, pairs["people"].fillna(1.0))
    known = pairs["value"].notna() & weight.notna() & (weight > 0)
    pairs = pairs.assign(weight=weight, weighted=weight * pairs["value"])[known]
    sums = pairs.groupby(target)[["weighted", "weight", "people"]].sum()
    restated = pd.DataFrame({"value": sums["weighted"] / sums["weight"], "people": sums["people"]})
    return restated.rename_axis("unit_id")


def lost_by_merger(
    units: pd.DataFrame,
    parts: pd.DataFrame,
    recognitions: pd.DataFrame,
    on: date,
    since: date | None = None,
) -> pd.DataFrame:
    """Communes that no longer exist on a day and were recognised on their last one.

    Columns: unit_id, rank, ended_on (the last day), into (ids of the units it passed into at
    once, as a whole first), successor_rank (the best rank on the day among communes in force it
    lies in as a whole, 0 for none). Of those that ended on or after `since`, if it is given.
    """
    ends = days_of(units["valid_to"])
    gone = flags_of(units["in_programme"]) & (ends < day(on))
    if since is not None:
        gone &= ends >= day(since)
    ranks = np.where(gone, _rank_on_last_day(units, recognitions, ends), 0)
    lost = np.flatnonzero(ranks > 0)
    ids = units.index.to_numpy()[lost]
    return table_like(
        units,
        {
            "unit_id": ids,
            "rank": ranks[lost],
            "ended_on": ends[lost],
            "into": _passed_into(parts, ids, ends[lost] + ONE_DAY),
            "successor_rank": _successor_rank(units, parts, recognitions, lost, on),
        },
    )


def _rank_on_last_day(units, recognitions, ends) -> np.ndarray:
    owner = units.index.get_indexer(recognitions["unit_id"])
    acts = acts_of(recognitions).take(owner >= 0)
    owner = owner[owner >= 0]
    ranks = np.zeros(len(units), dtype=np.int8)
    np.maximum.at(ranks, owner, acts.rank * counting(acts, ends[owner]))
    return ranks


def _passed_into(parts: pd.DataFrame, ids: np.ndarray, changed_on: np.ndarray) -> np.ndarray:
    old, new = ids_of(parts["old_id"]), ids_of(parts["new_id"])
    order = np.lexsort((new, ~flags_of(parts["is_whole"])))
    left, right = match(ids, old[order])
    at_once = days_of(parts["date"])[order][right] == changed_on[left]
    into = {row: [] for row in range(len(ids))}
    for row, unit in zip(left[at_once].tolist(), new[order][right][at_once].tolist(), strict=True):
        into[row].append(unit)
    return np.fromiter(map(tuple, into.values()), dtype=object)


def _successor_rank(units, parts, recognitions, lost, on) -> np.ndarray:
    """Ranks on the day, handed back through the changes, the last one first."""
    today = np.array([day(on)])
    here = force_grid(units, today)[:, 0] & flags_of(units["in_programme"])
    ranks = np.where(here, rank_grid(units, recognitions, today).best[:, 0], 0).astype(np.int8)
    for _, passed in reversed(list(changes(units, parts, date.min, on))):
        whole = passed.is_whole
        np.maximum.at(ranks, passed.old[whole], ranks[passed.new[whole]])
    return ranks[lost]
