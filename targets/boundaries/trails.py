"""What lies above the pages about boundaries."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.views.trails import below_registers
from targets.boundaries.models import BoundaryDraft


def below_boundaries(province: Province) -> list[tuple]:
    address = reverse("boundaries", kwargs={"province": province.code})
    return [*below_registers(province), (_("Boundary changes"), address)]


def below_draft(draft: BoundaryDraft) -> list[tuple]:
    return [*below_boundaries(draft.province), (draft, draft.get_absolute_url())]
