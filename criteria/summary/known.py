"""What a reader of summary workbooks is told: the communes, and the criteria of the set."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property

from criteria.blocks import name_key

# Kinds of units as offices shorten them, which `name_key` does not know.
SHORT_KINDS = re.compile(r"^(?:tt|tx|tp|x|p|h)\s*[.:]\s*|^(?:tt|tx|tp)\s+", re.IGNORECASE)
LIST_MARK = re.compile(r"^(?:[ivxlc]+|\d{1,3})\s*[.:)/-]\s*(?=\S)", re.IGNORECASE)

LONGEST_ORDER = 3


@dataclass(frozen=True)
class Unit:
    """A commune, by a key of the caller's, as it may be called."""

    key: Hashable
    name: str
    district: str = ""
    code: str = ""


@dataclass(frozen=True)
class Target:
    """A criterion or an indicator; `line` is the code its findings are written under.

    A criterion with several indicators has no such line: what is said of it can be compared.
    `also` is the name of its only indicator.
    """

    code: str
    name: str
    line: str = ""
    unit: str = ""
    also: str = ""


class Known:
    """The communes of a province and the criteria of a set, found by what sheets call them."""

    def __init__(self, units: Iterable[Unit], targets: Iterable[Target]):
        self.units = {unit.key: unit for unit in units}
        self.targets = {target.code: target for target in targets}

    def units_called(self, label: str) -> list[Unit]:
        """The communes that a label may mean: by name, name and district, or code."""
        return self._called.get(unit_key(label)) or self._coded.get(label.strip(), [])

    def district_called(self, label: str) -> str:
        """The district that a label names, empty for none."""
        return self._districts.get(unit_key(label), "")

    def code_of_name(self, name: str) -> str:
        """The criterion or indicator with a name that no other has."""
        return self._names.get(name_key(name), "")

    @cached_property
    def _called(self) -> dict[str, list[Unit]]:
        found = defaultdict(list)
        for unit in self.units.values():
            found[unit_key(unit.name)].append(unit)
            if unit.district:
                found[unit_key(f"{unit.name} {unit.district}")].append(unit)
        return dict(found)

    @cached_property
    def _coded(self) -> dict[str, list[Unit]]:
        found = {unit.code: [unit] for unit in self.units.values() if unit.code}
        # Spreadsheets drop the zeros before a number; a short one is a running number.
        short = {code.lstrip("0"): units for code, units in found.items()}
        return {code: units for code, units in short.items() if len(code) > LONGEST_ORDER} | found

    @cached_property
    def _districts(self) -> dict[str, str]:
        names = {unit.district for unit in self.units.values() if unit.district}
        return {unit_key(name): name for name in names}

    @cached_property
    def _names(self) -> dict[str, str]:
        pairs = {
            (name_key(name), target.code)
            for target in self.targets.values()
            for name in (target.name, target.also)
        }
        often = Counter(key for key, _code in pairs)
        return {key: code for key, code in pairs if key and often[key] == 1}


def unit_key(label: str) -> str:
    """A label of a row without running number and kind of unit, in one spelling."""
    return name_key(SHORT_KINDS.sub("", LIST_MARK.sub("", label.strip())))
