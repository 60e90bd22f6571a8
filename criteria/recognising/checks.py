"""What stands against entries of the register: errors, and warnings that a note can overrule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from communes.models import Commune, Province
from criteria.models import Grade, Recognition
from criteria.recognising.known import RANKS, Known, is_same, key_of
from ntm_tracker.web.numbers import day

Kind = Recognition.Kind
NEEDED = {Grade.ADVANCED: Grade.STANDARD, Grade.MODEL: Grade.ADVANCED, Grade.MODERN: Grade.MODEL}


@dataclass(frozen=True)
class Finding:
    row: Recognition
    text: str
    is_error: bool = False


def check(province: Province, rows: list[Recognition]) -> list[Finding]:
    """Everything that speaks against a list of entries, each seen with those before it."""
    known = Known(province, rows)
    findings = []
    for row in sorted(rows, key=lambda row: (row.year, RANKS[row.grade])):
        findings += chain.from_iterable(rule(row, known) for rule in RULES)
        known.acts = [act for act in known.acts if not is_same(act, row)]
        known.acts.append(row)
    findings += _numbers(known, rows)
    return findings


def holder_name(row: Recognition) -> str:
    """A holder with the units around it, for names repeat."""
    district = row.commune.district if row.commune else None
    parts = [row.place, row.commune, district or row.district]
    return ", ".join(str(part) for part in parts if part)


def counted_from(row: Recognition) -> date:
    """The day on which its holder must have been in force: that of the decision, but the last of
    the year that it counts for where the decision came later.
    """
    year_end = date(row.year, 12, 31)
    return min(row.decided_on or year_end, year_end, timezone.localdate())


def _date(row: Recognition, known: Known) -> Iterator[Finding]:
    today = timezone.localdate()
    if row.decided_on and row.decided_on > today:
        text = _("The decision date %(found)s lies in the future; today is %(today)s.")
        yield Finding(row, text % {"found": day(row.decided_on), "today": day(today)}, True)
    elif row.year > today.year:
        text = _("The year %(year)s lies in the future.")
        yield Finding(row, text % {"year": row.year}, True)
    elif row.decided_on and not _is_usual(row.year, row.decided_on):
        text = _(
            "%(holder)s: a decision of %(day)s counts for %(year)s; expected is the year of the "
            "decision, or the year before for one of January."
        )
        words = {"holder": holder_name(row), "day": day(row.decided_on), "year": row.year}
        yield Finding(row, text % words)


def _is_usual(year: int, decided_on: date) -> bool:
    return decided_on.year == year or (decided_on.year == year + 1 and decided_on.month == 1)


def _unit(row: Recognition, known: Known) -> Iterator[Finding]:
    unit, on = row.unit, counted_from(row)
    if unit is None:
        return
    if on < unit.valid_from or (unit.valid_to and on > unit.valid_to):
        text = _(
            "%(holder)s was not in force on %(day)s, but %(validity)s. Choose the unit of that "
            "day, or carry an older recognition over with the decision that says so."
        )
        words = {"holder": holder_name(row), "day": day(on), "validity": _validity(unit)}
        yield Finding(row, text % words, True)
    if row.kind == Kind.COMMUNE and not unit.is_in_programme:
        text = _("%(holder)s is a %(kind)s, which stands outside the programme.")
        kind = Commune.Kind(unit.kind).label
        yield Finding(row, text % {"holder": holder_name(row), "kind": str(kind).lower()}, True)


def _validity(unit) -> str:
    if unit.valid_to:
        words = {"first": day(unit.valid_from), "last": day(unit.valid_to)}
        return _("from %(first)s to %(last)s") % words
    return _("from %(first)s on") % {"first": day(unit.valid_from)}


def _field(row: Recognition, known: Known) -> Iterator[Finding]:
    if row.field and row.grade != Grade.MODEL:
        text = _("%(holder)s: only a model commune is model in a field. Leave the field empty.")
        yield Finding(row, text % {"holder": holder_name(row)}, True)


def _once(row: Recognition, known: Known) -> Iterator[Finding]:
    for act in known.others(row):
        words = {
            "holder": holder_name(row),
            "grade": Grade(row.grade).label,
            "year": act.year,
            "decision": act.decision or _("number not known"),
        }
        if act.grade == row.grade and act.year == row.year:
            text = _("%(holder)s: %(grade)s for %(year)s is there already (%(decision)s).")
            yield Finding(row, text % words, True)
        elif act.grade == row.grade and act.revoked_on is None:
            text = _("%(holder)s holds %(grade)s already, for %(year)s (%(decision)s).")
            yield Finding(row, text % words)


def _order(row: Recognition, known: Known) -> Iterator[Finding]:
    """An error only where the register holds all: else the lower grade may just not be in it."""
    needed = NEEDED.get(Grade(row.grade))
    if needed is None or row.carried_from or known.rank_before(row) >= RANKS[needed]:
        return
    text = _(
        "%(holder)s: %(grade)s needs %(needed)s first, and the register has none up to %(year)s."
    )
    words = {
        "holder": holder_name(row),
        "grade": Grade(row.grade).label,
        "needed": needed.label,
        "year": row.year,
    }
    yield Finding(row, text % words, known.province.register_complete)


def _criteria(row: Recognition, known: Known) -> Iterator[Finding]:
    if row.kind != Kind.COMMUNE or row.grade not in known.measured_grades:
        return
    on = row.decided_on or counted_from(row)
    standing = known.standing(row.commune_id, row.grade, on)
    words = {"holder": holder_name(row), "grade": Grade(row.grade).label, "day": day(on)}
    if standing is None:
        text = _("%(holder)s: no verified assessment for %(grade)s is known up to %(day)s.")
        yield Finding(row, text % words)
    elif standing.met < standing.total:
        text = _(
            "%(holder)s met %(met)d of %(total)d criteria for %(grade)s, as verified at "
            "%(period_end)s; expected are all."
        )
        words |= {"met": standing.met, "total": standing.total}
        yield Finding(row, text % (words | {"period_end": day(standing.period_end)}))


RULES: list[Callable[[Recognition, Known], Iterable[Finding]]] = [
    _date,
    _unit,
    _field,
    _once,
    _order,
    _criteria,
]


def _numbers(known: Known, rows: list[Recognition]) -> Iterator[Finding]:
    """One warning for each number that the register has for other entries."""
    ours = {key_of(row) for row in rows}
    for row in {row.decision: row for row in rows if row.decision}.values():
        there = [act for act in known.with_number(row) if act not in rows]
        others = [act for act in there if key_of(act) not in ours]
        if others:
            days = sorted({day(act.decided_on) for act in others})
            text = _(
                "Decision %(number)s is in the register already: %(count)d recognitions, decided "
                "on %(days)s."
            )
            words = {"number": row.decision, "count": len(others), "days": ", ".join(days)}
            yield Finding(row, text % words)
