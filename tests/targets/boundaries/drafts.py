"""A small merger in the making: two communes of a district become one, a third stays."""

from datetime import date
from itertools import count

from django.db import transaction

from accounts.models import Role
from targets.boundaries import steps
from targets.boundaries.models import BoundaryDraft, DraftPart, DraftUnit
from targets.boundaries.proposal import Proposal
from tests.factories import make_commune, make_district, make_province, make_user

DAY = date(2026, 1, 1)
_next = count(9)
_codes = count(1)


class Merger:
    def __init__(self, province=None):
        first = province is None
        self.province = province or make_province()
        self.district = make_district(province=self.province, name="Tràng Định")
        self.old, self.other, self.third = [
            make_commune(district=self.district, name=name)
            for name in ("Bắc Ái", "Kim Đồng", "Tân Minh")
        ]
        self.officer = make_user(role=Role.PROVINCIAL_OFFICER, province=self.province)
        self.draft = BoundaryDraft.objects.create(
            province=self.province,
            effective_on=DAY,
            resolution="9/NQ" if first else f"{next(_next)}9/NQ",
            source="thử nghiệm",
        )
        self.unit = self.new_unit("99901" if first else f"888{next(_codes):02}", name="Tân Lập")
        for old in (self.old, self.other):
            self.line(old, self.unit)

    def new_unit(self, code, **fields):
        fields = {"name": "Xã mới", "district": self.district} | fields
        return DraftUnit.objects.create(draft=self.draft, code=code, **fields)

    def line(self, old, target, kind="merged_into_new", **fields):
        whole = (
            {}
            if kind in {"dissolved_split", "boundary_transfer"}
            else {"share_people": 1, "share_area": 1}
        )
        part = DraftPart(draft=self.draft, old=old, kind=kind, **(whole | fields))
        part.target = target
        part.save()
        return part

    def abolish(self, district):
        self.draft.districts_ended.add(district)
        self.draft.units.update(district=None)

    @transaction.atomic
    def apply(self, *, seen=None, moving=()):
        draft = steps.locked_draft(self.province, self.draft.pk)
        seen = seen or steps.fingerprint(Proposal.of(draft))
        return steps.apply(draft, by=self.officer, seen=seen, moving=set(moving))

    @transaction.atomic
    def undo(self, reason="thử"):
        draft = steps.locked_draft(self.province, self.draft.pk)
        steps.undo(draft, by=self.officer, reason=reason)
