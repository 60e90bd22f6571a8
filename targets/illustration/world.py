"""What the illustration is made from: plain rows of reference data, without queries.

A unit is known here by its key, "code/first day", so that the same reference data gives the same
illustration in any database, whatever the numbers of its rows.
"""

import zlib
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

SEED = 20270  # another number gives another illustration with the same totals


class DoesNotFit(Exception):
    """The known recognitions and the published figures leave no room for an illustration."""


class Unit(NamedTuple):
    """A commune-level unit; `valid_to` is its last day, `date.max` while it is in force."""

    key: str
    pk: int
    code: str
    district: str
    valid_from: date
    valid_to: date
    is_border: bool
    in_programme: bool

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on <= self.valid_to


class Act(NamedTuple):
    """A recognition of a commune: key of the unit, grade, the year it counts for, its date."""

    unit: str
    grade: str
    year: int
    decided_on: date | None = None


class Indicator(NamedTuple):
    """One indicator; `limits` are (first day, last day, value), the province's own first."""

    pk: int
    code: str
    kind: str
    direction: str
    unit: str
    limits: tuple[tuple[date, date, float], ...]

    def limit(self, on: date) -> float | None:
        return next((value for first, last, value in self.limits if first <= on <= last), None)


class Criterion(NamedTuple):
    pk: int
    number: int
    indicators: tuple[Indicator, ...]


class CriteriaList(NamedTuple):
    """A criteria set with its criteria in order of their numbers."""

    pk: int
    code: str
    criteria: tuple[Criterion, ...]


class Anchors(NamedTuple):
    """The published figures that the illustration must agree with."""

    recognised_2015: int
    recognised_2019: int
    recognised_2020: int
    recognised_2020_before_merger: int
    recognised_2021: int
    recognised_2025: int
    border_recognised_2021: int
    advanced_2020: int
    advanced_new_2021: int
    advanced_2025: int
    model_2025: int
    mean_2020: float
    mean_2021: float
    mean_2025: float
    border_mean_2021: float
    district: str
    district_recognised_2024: int


@dataclass(frozen=True)
class World:
    """One province: `units` in order of their keys, `whole` as (day, old key, new key).

    `barred` are units whose recognition was revoked: they get no invented one. `sets` holds what
    communes are assessed by: "first", "second" from 2022, and "advanced".
    """

    units: dict[str, Unit]
    whole: list[tuple[date, str, str]]
    known: list[Act]
    barred: frozenset[str]
    completed_districts: frozenset[str]
    anchors: Anchors
    sets: dict[str, CriteriaList]

    def communes(self, on: date) -> list[Unit]:
        """Communes of the programme in force on a day, in order of their keys."""
        return [u for u in self.units.values() if u.in_programme and u.in_force(on)]


def key_of(code: str, valid_from: date) -> str:
    return f"{code}/{valid_from:%Y-%m-%d}"


def dice(key: str, purpose: str) -> np.random.Generator:
    """Random numbers of one unit for one purpose, the same in every run and on every database."""
    return np.random.default_rng([SEED, zlib.crc32(f"{key} {purpose}".encode())])
