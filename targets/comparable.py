"""Whether results under two criteria sets may be compared, as the province's crosswalk says."""

from criteria import crosswalk
from criteria.models import Relation
from targets.snapshot import Snapshot


def same_criterion(snapshot: Snapshot, of: int, other: int, number: int) -> int | None:
    """The number that a criterion of one set has in another; None where it is not the same one.

    One query for each new pair of sets.
    """
    if of == other:
        return number
    found = snapshot.worked_out(
        ("counterparts", of, other),
        lambda: crosswalk.counterparts(snapshot.province, of, other),
    )
    counterpart, relation = found.get(number, (None, Relation.NONE))
    return counterpart if relation == Relation.SAME else None


def counts_compare(snapshot: Snapshot, of: int, other: int) -> bool:
    """Does a number of criteria met mean the same under both sets?"""
    criteria = snapshot.criteria
    numbers = criteria["number"][criteria["set_id"] == of].tolist()
    return of == other or (
        bool(numbers) and all(same_criterion(snapshot, of, other, number) for number in numbers)
    )
