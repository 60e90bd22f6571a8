"""An entry of the register as pages print it."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.trail import Told
from criteria.models import Recognition
from criteria.recognising.checks import holder_name
from criteria.recognising.narrowing import STATES

NAMES_OF_FIELDS = (
    "decision decided_on year grade field evidence source is_illustrative revoked_on revocation"
)
FIELDS_OF_HISTORY = dict.fromkeys([*NAMES_OF_FIELDS.split(), "revocation_reason"]) | {
    "file": Told(_("The signed decision"), lambda row: str(row.file or "")),
}


class Entry:
    """A row read `with_names`, and what follows from it."""

    def __init__(self, row: Recognition):
        self.row = row

    @property
    def holder(self) -> str:
        return holder_name(self.row)

    @property
    def honour(self) -> str:
        """What it was recognised as."""
        row = self.row
        if row.place:
            return str(row.get_kind_display())
        grade = str(row.get_grade_display())
        return f"{grade} ({row.field})" if row.field else grade

    @cached_property
    def state(self) -> str:
        if self.row.revoked_on:
            return "revoked"
        unit = self.row.unit
        is_over = unit and unit.valid_to and unit.valid_to < timezone.localdate()
        return "lapsed" if is_over else "standing"

    @property
    def state_in_words(self) -> str:
        return STATES[self.state]

    @property
    def carried_to(self) -> list[Recognition]:
        return list(self.row.carried_to.all())
