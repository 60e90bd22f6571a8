"""What the register and the verified assessments say already, read once for a whole list."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from communes.models import Province
from criteria.models import Assessment, CriteriaSet, Grade, Recognition

Kind = Recognition.Kind
RANKS = {grade: rank for rank, grade in enumerate(Grade)}


class Standing(NamedTuple):
    """How many criteria of how many a commune met, as last verified up to a day."""

    period_end: date
    met: int
    total: int


class Known:
    """The recognitions of a province and the standing of some communes; three queries."""

    def __init__(self, province: Province, rows: Iterable[Recognition]):
        self.province = province
        self.acts = list(Recognition.objects.filter(province=province))
        self.measured_grades = set(
            CriteriaSet.objects.filter(
                level=CriteriaSet.Level.COMMUNE, is_scored=True
            ).values_list("grade", flat=True)
        )
        self._standings = self._read_standings({row.commune_id for row in rows if row.commune_id})

    def _read_standings(self, communes: set[int]) -> dict[tuple, list[Standing]]:
        """By commune and grade, the newest first."""
        found = defaultdict(list)
        rows = Assessment.objects.official().filter(commune__in=communes)
        for commune, grade, end, met, basically, total in rows.order_by(
            "-period__ends_on"
        ).values_list(
            "commune",
            "criteria_set__grade",
            "period__ends_on",
            "criteria_met",
            "criteria_basically",
            "criteria_applicable",
        ):
            counted = met + (basically if self.province.basically_met_counts else 0)
            found[commune, grade].append(Standing(end, counted, total))
        return found

    def standing(self, commune: int, grade: str, on: date) -> Standing | None:
        of_grade = self._standings[commune, grade]
        return next((each for each in of_grade if each.period_end <= on), None)

    def others(self, row: Recognition) -> list[Recognition]:
        """Acts on the same holder but `row` itself."""
        return [act for act in self.acts if key_of(act) == key_of(row) and not is_same(act, row)]

    def with_number(self, row: Recognition) -> list[Recognition]:
        number = bare(row.decision)
        return [act for act in self.acts if bare(act.decision) == number]

    def rank_before(self, row: Recognition) -> int:
        """The best rank that the holder has up to the year of `row`, -1 for none."""
        held = [
            RANKS[act.grade]
            for act in self.others(row)
            if act.revoked_on is None and act.year <= row.year
        ]
        return max(held, default=-1)


def key_of(act: Recognition) -> tuple:
    """Who holds an act; areas and gardens are told apart by their names."""
    return (act.kind, act.commune_id, act.district_id, act.place.casefold())


def is_same(act: Recognition, row: Recognition) -> bool:
    """Is one the stored state of the other?"""
    return row.pk is not None and act.pk == row.pk


def bare(number: str) -> str:
    """A decision's number without spaces and capitals, which people write differently."""
    return "".join(number.split()).casefold()
