"""Applying a draft and taking it back, each in one transaction with its history."""

import hashlib
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.forms.reason import LONGEST_REASON
from accounts.models import Membership
from accounts.refusals import Refused
from communes.models import BoundaryChange, BoundaryChangePart, Commune, District, Province
from criteria.opening import save_recorded
from targets.boundaries.checks import faults_of
from targets.boundaries.models import BoundaryDraft, DraftUnit, MovedRole
from targets.boundaries.obstacles import obstacles_to_undo
from targets.boundaries.proposal import Proposal
from targets.boundaries.roles import held_in_ended

FIELDS_OF_UNIT = [
    "code",
    "name",
    "kind",
    "district",
    "latitude",
    "longitude",
    "area_km2",
    "population",
    "is_border",
    "note",
    "source",
]
FIELDS_OF_PART = [
    "old",
    "kind",
    "is_whole",
    "share_people",
    "share_area",
    "population",
    "area_km2",
    "confidence",
    "source",
]


def locked_draft(province: Province, pk: int) -> BoundaryDraft | None:
    """A draft for a write; of two who write in a province's boundaries, the second waits."""
    Province.objects.select_for_update().get(pk=province.pk)
    drafts = BoundaryDraft.objects.select_related("province", "change")
    return drafts.filter(province=province, pk=pk).first()


def fingerprint(proposal: Proposal) -> str:
    """Changes with whatever the preview showed: the draft, and the province's official data."""
    draft = proposal.draft
    version = Province.objects.values_list("data_version").get(pk=draft.province_id)
    rows = chain([draft], proposal.units, proposal.parts)
    content = [
        *version,
        *sorted(district.pk for district in proposal.districts_ended),
        *([getattr(row, field.attname) for field in row._meta.concrete_fields] for row in rows),
    ]
    return hashlib.sha256(repr(content).encode()).hexdigest()[:32]


@transaction.atomic
def apply(draft: BoundaryDraft, *, by, seen: str, moving: set[int]) -> BoundaryChange:
    """Make the change that a draft (locked) asks for, as its preview `seen` said.

    `moving` are the memberships that move with their unit.
    """
    if draft.change_id:
        raise Refused(_("This change has been applied already."))
    proposal = Proposal.of(draft)
    _lock_units(proposal)
    if faults := faults_of(proposal):
        raise Refused(faults[0])
    if fingerprint(proposal) != seen:
        raise Refused(_("Something changed since this preview. Look at it again, then apply."))
    roles = held_in_ended(proposal)
    change = _register(draft, by)
    _end(proposal, by)
    _form(proposal, by)
    _pass_on(change, proposal)
    _move_roles(draft, [held for held in roles if held.membership.pk in moving], by)
    draft.change = change
    save_recorded(draft, by=by)
    _raise_version(draft)
    return change


@transaction.atomic
def undo(draft: BoundaryDraft, *, by, reason: str):
    """Take back what applying a draft (locked) did; the draft stays, to be changed or dropped."""
    change = draft.change
    if change is None:
        raise Refused(_("This change is not applied."))
    proposal = Proposal.of(draft)
    _lock_units(proposal)
    if found := obstacles_to_undo(proposal):
        raise Refused(" ".join(found))
    _move_back(draft, by)
    draft.change = None
    save_recorded(draft, by=by, reason=reason)
    _delete(change, proposal, by, reason)
    _set_last_day(Commune, proposal.ended, None, by, reason)
    _set_last_day(District, proposal.districts_ended, None, by, reason)
    _raise_version(draft)


def _lock_units(proposal: Proposal):
    units = [unit.pk for unit in [*proposal.by_old, *proposal.living]]
    made = [unit.made_id for unit in proposal.units if unit.made_id]
    list(Commune.objects.select_for_update().filter(pk__in=[*units, *made]).order_by("pk"))
    districts = [district.pk for district in proposal.districts_ended]
    list(District.objects.select_for_update().filter(pk__in=districts).order_by("pk"))


def _register(draft: BoundaryDraft, by) -> BoundaryChange:
    names = ["province", "effective_on", "resolution", "title", "source"]
    change = BoundaryChange(**{name: getattr(draft, name) for name in names})
    save_recorded(change, by=by)
    return change


def _end(proposal: Proposal, by):
    reason = proposal.draft.resolution
    _set_last_day(Commune, proposal.ended, proposal.eve, by, reason)
    _set_last_day(District, proposal.districts_ended, proposal.eve, by, reason)


def _set_last_day(model, units: list, last_day, by, reason: str):
    for unit in units:
        unit.valid_to = last_day
    bulk_update_with_history(
        units, model, ["valid_to"], default_user=by, default_change_reason=_short(reason)
    )


def _form(proposal: Proposal, by):
    """Make the new units, and note in the draft which is which."""
    draft = proposal.draft
    made = [_commune(unit, proposal) for unit in proposal.units]
    made = bulk_create_with_history(
        made, Commune, default_user=by, default_change_reason=_short(draft.resolution)
    )
    for unit, commune in zip(proposal.units, made, strict=True):
        unit.made = commune
    DraftUnit.objects.bulk_update(proposal.units, ["made"])


def _commune(unit: DraftUnit, proposal: Proposal) -> Commune:
    fields = {name: getattr(unit, name) for name in FIELDS_OF_UNIT}
    commune = Commune(province=proposal.draft.province, valid_from=proposal.first_day, **fields)
    commune.set_keys()
    return commune


def _pass_on(change: BoundaryChange, proposal: Proposal):
    BoundaryChangePart.objects.bulk_create(
        BoundaryChangePart(
            change=change,
            new=part.unit.made if part.unit_id else part.into,
            **{name: getattr(part, name) for name in FIELDS_OF_PART},
        )
        for part in proposal.parts
    )


def _move_roles(draft: BoundaryDraft, roles: list, by):
    moved = []
    for held in roles:
        if held.target is None:
            continue
        target = held.target.made if isinstance(held.target, DraftUnit) else held.target
        before = held.membership.commune
        held.membership.commune = target
        moved.append(
            MovedRole(draft=draft, membership=held.membership, before=before, after=target)
        )
    _save_roles(moved, by, draft.resolution)
    MovedRole.objects.bulk_create(moved)


def _move_back(draft: BoundaryDraft, by):
    """A role that was given elsewhere meanwhile stays there."""
    moved = list(draft.moved.select_related("membership", "before"))
    back = [row for row in moved if row.membership.commune_id == row.after_id]
    for row in back:
        row.membership.commune = row.before
    _save_roles(back, by, draft.resolution)
    draft.moved.all().delete()


def _save_roles(moved: list[MovedRole], by, reason: str):
    bulk_update_with_history(
        [row.membership for row in moved],
        Membership,
        ["commune"],
        default_user=by,
        default_change_reason=_short(reason),
    )


def _delete(change: BoundaryChange, proposal: Proposal, by, reason: str):
    """Each row that goes leaves a row of history that says who took it back, and why."""
    change._history_user, change._change_reason = by, _short(reason)
    change.delete()
    made = Commune.objects.filter(pk__in=[unit.made_id for unit in proposal.units])
    for commune in made:
        commune._history_user, commune._change_reason = by, _short(reason)
        commune.delete()


def _raise_version(draft: BoundaryDraft):
    Province.objects.filter(pk=draft.province_id).raise_data_version()


def _short(reason: str) -> str:
    return reason[:LONGEST_REASON]
