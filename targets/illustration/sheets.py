"""Every assessment of the illustration, quarter by quarter, with its findings."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from targets.illustration import invented
from targets.illustration.findings import Findings
from targets.illustration.invented import LAST, NEW_SET
from targets.illustration.levels import ALL, NEVER, Levels
from targets.illustration.world import Unit, dice

NO_SHEET = -1


class Sheet(NamedTuple):
    """One assessment; codes and values as `findings` gives them, indicators of it in order."""

    unit: Unit
    quarter: int
    findings: Findings
    criteria: np.ndarray
    indicators: np.ndarray | None
    values: np.ndarray | None


def sheets(levels: Levels) -> Iterator[list[Sheet]]:
    """The assessments of each quarter, in order of set and unit."""
    sets = levels.titles.world.sets
    harder = {
        number: level + invented.HARDER_SINCE_2022.get(number, 0.0)
        for number, level in invented.DIFFICULTY.items()
    }
    books = (
        (Findings(sets["first"], invented.DIFFICULTY), _until_2021(levels)),
        (Findings(sets["second"], harder, invented.NOT_FOR_ALL), _since_2022(levels)),
        (
            Findings(
                sets["advanced"], invented.DIFFICULTY_ADVANCED, invented.NOT_FOR_ALL_ADVANCED
            ),
            advanced_met(levels),
        ),
    )
    drawers = [[] for _quarter in range(LAST + 1)]
    for findings, met in books:
        for place, unit in enumerate(levels.roster):
            if (met[place] != NO_SHEET).any():
                _fill(drawers, findings, unit, met[place], levels.is_basic(place))
    yield from drawers


def _fill(drawers, findings: Findings, unit: Unit, met: np.ndarray, at_title: np.ndarray):
    criteria = findings.of_criteria(unit, met, at_title)
    indicators = values = None
    if findings.indicators:
        indicators = findings.of_indicators(unit, criteria)
        values = findings.values(unit, indicators)
    for quarter in np.flatnonzero(met != NO_SHEET):
        row = (None, None) if values is None else (indicators[quarter], values[quarter])
        drawers[quarter].append(Sheet(unit, int(quarter), findings, criteria[quarter], *row))


def _until_2021(levels: Levels) -> np.ndarray:
    met = levels.met.copy()
    met[:, NEW_SET:] = NO_SHEET
    return met


def _since_2022(levels: Levels) -> np.ndarray:
    met = levels.met.copy()
    met[:, :NEW_SET] = NO_SHEET
    return met


def advanced_met(levels: Levels) -> np.ndarray:
    """Advanced criteria met, by unit and quarter: of advanced communes and some that aim for it.

    Those advanced under the rules before 2022 have to be looked at again under the new set.
    """
    met = np.full(levels.met.shape, NO_SHEET)
    candidates = _candidates(levels)
    quarters = np.array(invented.ADVANCED_QUARTERS)
    for place, unit in enumerate(levels.roster):
        title = levels.advanced[place]
        if title == NEVER and unit.key not in candidates:
            continue
        first, last = dice(unit.key, "advanced").uniform((4, 7), (7, 10.5))
        curve = np.interp(quarters, [NEW_SET, LAST], [first, last])
        if NEW_SET <= title < NEVER:
            behind = np.clip(title - quarters, 0, None) / 4
            curve = np.where(quarters < title, curve + 4 - 2 * behind, ALL)
        here = quarters[levels.here[place, quarters]]
        met[place, here] = np.rint(curve[: len(here)]).astype(int)
    return met


def _candidates(levels: Levels) -> set[str]:
    """The best communes that have long been recognised and are not yet advanced."""
    roster = zip(levels.roster, levels.standard, levels.advanced, strict=True)
    keys = (u.key for u, standard, advanced in roster if standard < NEW_SET and advanced == NEVER)
    return set(levels.titles.best(keys)[: invented.ADVANCED_CANDIDATES])
