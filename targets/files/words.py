"""Words that the cells of several tables have alike."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.models import Verdict
from targets.snapshot import Snapshot

# What names a commune in the first columns of a table.
UNIT = [gettext_lazy("Code"), gettext_lazy("Commune"), gettext_lazy("District")]


def unit_cells(snapshot: Snapshot, pk: int) -> list[str]:
    unit = snapshot.unit_names()[pk]
    return [unit.code, unit.name, unit.district]


def verdict_word(verdict) -> str:
    """A verdict in words; nothing and NaN are what nobody assessed."""
    return Verdict(verdict).label if verdict in Verdict.values else _("not assessed")


def yes_or_empty(is_so) -> str:
    return _("yes") if is_so is True else ""
