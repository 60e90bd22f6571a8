"""Finding communes and districts by name or code, the way people type them."""

from dataclasses import dataclass

from django.db.models import Case, F, Model, QuerySet, Value, When
from django.db.models.functions import Concat

from communes.models import Commune, District
from communes.names import search_key

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


def matching(units: QuerySet, asked: Asked) -> QuerySet:
    """Units with that name or code.

    A name that itself begins with the word for a kind of unit is found too.
    """
    found = units.search(asked.text)
    if asked.model is units.model:
        found = found | units.search(asked.name).filter(kind__in=asked.kinds)
    return found


def nearest_first(units: QuerySet, asked: Asked) -> QuerySet:
    """Units with that name or code, those in force first.

    Within these a whole name comes before one with a whole word, and that before a part of one.
    """
    found = matching(units, asked)
    name = asked.name or search_key(asked.text)
    return found.annotate(in_words=Concat(Value(" "), "search_key", Value(" "))).order_by(
        Case(When(valid_to__isnull=True, then=0), default=1),
        Case(
            When(search_key=name, then=0), When(in_words__contains=f" {name} ", then=1), default=2
        ),
        F("valid_to").desc(),
        "sort_key",
    )
