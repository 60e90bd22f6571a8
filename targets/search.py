"""Finding communes and districts by name or code, the way people type them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Max, Model, QuerySet, Value, When
from django.db.models.functions import Concat

from communes.models import Commune, District
from communes.names import search_key
from criteria.models import Assessment

# What people write before a name, without diacritics, and the kinds of units it stands for.
PREFIXES = {
    "xa": (Commune, [Commune.Kind.COMMUNE]),
    "phuong": (Commune, [Commune.Kind.WARD]),
    "thi tran": (Commune, [Commune.Kind.TOWNSHIP]),
    "huyen": (District, [District.Kind.DISTRICT]),
    "thi xa": (District, [District.Kind.TOWN]),
    "thanh pho": (District, [District.Kind.CITY]),
    "tp": (District, [District.Kind.CITY]),
    "tp.": (District, [District.Kind.CITY]),
}


@dataclass(frozen=True)
class Asked:
    """What was typed, and the name that is left of it where it begins with a kind of unit."""

    text: str
    name: str = ""
    model: type[Model] | None = None
    kinds: tuple = ()


def read(text: str) -> Asked:
    """Take the kind of unit off what was typed: "xã Hòa Bình" asks for communes "Hòa Bình"."""
    key = search_key(text)
    for prefix, (model, kinds) in PREFIXES.items():
        if key.startswith(f"{prefix} "):
            return Asked(text, key.removeprefix(f"{prefix} "), model, tuple(kinds))
    return Asked(text)


def narrow(units: QuerySet, asked: Asked) -> QuerySet:
    """Units with that name or code, those in force first.

    Within these a whole name comes before one with a whole word, and that before a part of one.
    A name that itself begins with the word for a kind of unit is found too.
    """
    found = units.search(asked.text)
    if asked.model is units.model:
        found = found | units.search(asked.name).filter(kind__in=asked.kinds)
    name = asked.name or search_key(asked.text)
    return found.annotate(in_words=Concat(Value(" "), "search_key", Value(" "))).order_by(
        Case(When(valid_to__isnull=True, then=0), default=1),
        Case(
            When(search_key=name, then=0), When(in_words__contains=f" {name} ", then=1), default=2
        ),
        F("valid_to").desc(),
        "sort_key",
    )


def last_days(provinces: Iterable[int]) -> dict[int, date]:
    """The last day with verified data of each province that has any; one query."""
    ends = (
        Assessment.objects.official()
        .filter(commune__province__in=list(provinces))
        .values_list("commune__province")
        .annotate(Max("period__ends_on"))
        .order_by()
    )
    return dict(ends)


def day_to_open(unit, last_day: date | None, today: date) -> date:
    """The latest day with data on which a unit is in force, to open its page on."""
    on = last_day or today
    on = min(on, unit.valid_to) if unit.valid_to else on
    return max(on, unit.valid_from)
