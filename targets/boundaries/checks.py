"""What is wrong with a draft, in sentences; an empty list means that it can be applied."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from communes.models import BoundaryChange, BoundaryChangePart, Commune
from ntm_tracker.web.numbers import day, percent
from targets.boundaries.models import DraftUnit
from targets.boundaries.proposal import Proposal

Kind = BoundaryChangePart.Kind
# Shares in documents are rounded: as much may be missing of a whole.
ROUNDING = Decimal("0.0005")
MOST_NAMES = 10


def faults_of(proposal: Proposal) -> list[str]:
    """Costs four queries for any number of units."""
    checks = [_nothing, _header, _old_units, _living, _shares, _new_units, _districts, _later]
    return [fault for check in checks for fault in check(proposal)]


def names(units) -> str:
    """Units as a list in words, cut where it would fill the page."""
    words = [str(unit) for unit in units]
    shown = ", ".join(words[:MOST_NAMES])
    rest = len(words) - MOST_NAMES
    if rest <= 0:
        return shown
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", rest) % {
        "names": shown,
        "count": rest,
    }


def _nothing(proposal: Proposal) -> Iterator[str]:
    if not proposal.parts and not proposal.districts_ended:
        yield _("No line is entered yet: say which unit passes into which.")


def _header(proposal: Proposal) -> Iterator[str]:
    draft = proposal.draft
    same = BoundaryChange.objects.filter(
        province=draft.province, effective_on=draft.effective_on, resolution=draft.resolution
    )
    if same.exists():
        yield _("%(resolution)s with effect from %(day)s is in the register already.") % {
            "resolution": draft.resolution,
            "day": day(draft.effective_on),
        }


def _old_units(proposal: Proposal) -> Iterator[str]:
    for unit, parts in proposal.by_old.items():
        yield from _in_force(unit, proposal)
        kinds = {part.kind for part in parts}
        whole = [part for part in parts if part.is_whole]
        if whole and len(parts) > 1:
            yield _(
                "%(unit)s passes on as a whole, so it can have one line only, not %(count)d."
            ) % {
                "unit": unit,
                "count": len(parts),
            }
        elif {Kind.SPLIT, Kind.TRANSFER} <= kinds:
            yield _("%(unit)s is both dissolved and kept; choose one.") % {"unit": unit}
        elif kinds == {Kind.SPLIT} and len(parts) == 1:
            yield _(
                "%(unit)s is split, but only one part is named; name every part, "
                "or let it pass on as a whole."
            ) % {"unit": unit}


def _in_force(unit: Commune, proposal: Proposal) -> Iterator[str]:
    words = {
        "unit": unit,
        "day": day(proposal.first_day),
        "first": day(unit.valid_from),
        "last": day(unit.valid_to),
    }
    if unit.valid_from > proposal.eve:
        yield (
            _("%(unit)s is in force from %(first)s on only, so it cannot change on %(day)s.")
            % words
        )
    elif unit.valid_to and unit.valid_to < proposal.eve:
        yield (
            _("%(unit)s was in force until %(last)s only, not on the day before %(day)s.") % words
        )
    elif unit.valid_to:
        yield _("%(unit)s ends on %(last)s by another change already.") % words


def _living(proposal: Proposal) -> Iterator[str]:
    ended, old = set(proposal.ended), set(proposal.by_old)
    for unit in proposal.living:
        if unit in ended:
            yield _("%(unit)s takes others in and lives on, but a line ends it too.") % {
                "unit": unit
            }
        elif unit not in old:
            yield from _in_force(unit, proposal)
    for part in proposal.parts:
        if part.into_id and part.kind in {Kind.MERGED, Kind.RECODED}:
            yield _(
                "%(old)s → %(new)s: “%(kind)s” leads to a new unit; "
                "%(new)s lives on, so choose “%(absorbed)s”."
            ) % {
                "old": part.old,
                "new": part.into,
                "kind": part.get_kind_display(),
                "absorbed": Kind.ABSORBED.label,
            }
        elif part.unit_id and part.kind == Kind.ABSORBED:
            yield _(
                "%(old)s → %(new)s: “%(kind)s” leads to a unit that lives on, but %(new)s is new."
            ) % {"old": part.old, "new": part.unit, "kind": part.get_kind_display()}


def _shares(proposal: Proposal) -> Iterator[str]:
    labels = {
        "share_people": pgettext("shares of", "people"),
        "share_area": pgettext("shares of", "area"),
    }
    for unit, parts in proposal.by_old.items():
        if not all(part.kind == Kind.SPLIT for part in parts):
            continue
        for field, label in labels.items():
            shares = [getattr(part, field) for part in parts]
            known = [share for share in shares if share is not None]
            words = {"unit": unit, "what": label, "sum": percent(sum(known) * 100, 2)}
            if known and len(known) < len(shares):
                yield (
                    _("%(unit)s: give the share of %(what)s for every part of it, or for none.")
                    % words
                )
            elif known and abs(sum(known) - 1) > ROUNDING:
                yield _("%(unit)s: the shares of %(what)s make %(sum)s, not 100 %%.") % words


def _new_units(proposal: Proposal) -> Iterator[str]:
    ended = {unit.pk for unit in proposal.ended}
    bearing = Commune.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=proposal.first_day),
        code__in=[unit.code for unit in proposal.units],
    ).select_related("province")
    holders = {unit.code: unit for unit in bearing if unit.pk not in ended}
    for unit in proposal.units:
        if unit not in proposal.by_target:
            yield _("%(unit)s is new, but no line says what it is formed from.") % {"unit": unit}
        if holder := holders.get(unit.code):
            yield _(
                "%(unit)s: the code %(code)s is borne by %(holder)s, which does not end before."
            ) % {"unit": unit, "code": unit.code, "holder": holder}
        yield from _district_of(unit, proposal)


def _district_of(unit: DraftUnit, proposal: Proposal) -> Iterator[str]:
    district = unit.district
    if district is None:
        return
    ends = district in proposal.districts_ended
    is_over = district.valid_to and district.valid_to < proposal.first_day
    if ends or is_over or district.valid_from > proposal.first_day:
        yield _("%(unit)s: %(district)s is not in force on %(day)s.") % {
            "unit": unit,
            "district": district,
            "day": day(proposal.first_day),
        }


def _districts(proposal: Proposal) -> Iterator[str]:
    """No commune stays in a district that ends; none is without one while others have one."""
    ending = proposal.districts_ended
    for district in ending:
        if district.valid_to or district.valid_from > proposal.eve:
            yield _(
                "%(district)s cannot end on the day before %(day)s: it is in force %(span)s."
            ) % {
                "district": district,
                "day": day(proposal.first_day),
                "span": f"{day(district.valid_from)}–{day(district.valid_to)}",
            }
    ended = {unit.pk for unit in proposal.ended}
    of_province = proposal.draft.province.communes.in_force(proposal.first_day)
    staying = of_province.filter(district__in=ending).exclude(pk__in=ended)
    if staying := list(staying):
        yield _("These units would be left in a district that ends: %(names)s.") % {
            "names": names(staying)
        }
    others = proposal.draft.province.districts.in_force(proposal.first_day)
    if others.exclude(pk__in=[district.pk for district in ending]).exists():
        for unit in proposal.units:
            if unit.district_id is None:
                yield _("%(unit)s: choose its district.") % {"unit": unit}


def _later(proposal: Proposal) -> Iterator[str]:
    """No unit may have changed on the day or after it."""
    units = [unit.pk for unit in [*proposal.by_old, *proposal.living]]
    touching = BoundaryChangePart.objects.filter(Q(old__in=units) | Q(new__in=units))
    last = touching.aggregate(day=Max("change__effective_on"))["day"]
    if last and last >= proposal.first_day:
        yield _(
            "Some of these units were changed with effect from %(last)s; "
            "a change of %(day)s would come before that."
        ) % {"last": day(last), "day": day(proposal.first_day)}
