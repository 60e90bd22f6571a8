"""Criteria sets of a province: copied, edited while a draft, put in force."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.forms.reason import LONGEST_REASON
from accounts.refusals import Refused
from communes.models import Province
from criteria.models import (
    CriteriaSet,
    Criterion,
    CriterionLink,
    Indicator,
    Relation,
    ReportingPeriod,
    Threshold,
)
from criteria.opening import save_recorded


@transaction.atomic
def copy_set(new: CriteriaSet, old: CriteriaSet, *, province: Province, by):
    """Make `new` a draft with the criteria, indicators and thresholds of `old`.

    Thresholds become the province's own, those valid on the new set's first day or later, and
    are to be verified anew: another decision prints them. Each criterion is linked to the one
    it was copied from.
    """
    new.province, new.is_draft = province, True
    new.level, new.grade, new.is_scored = old.level, old.grade, old.is_scored
    new.group_scheme = old.group_scheme
    save_recorded(new, by=by, reason=_("Copied from %(code)s") % {"code": old.code})
    criteria = {
        row.pk: Criterion(
            criteria_set=new,
            number=row.number,
            name=row.name,
            name_en=row.name_en,
            group=row.group,
            source=row.source,
        )
        for row in old.criteria.all()
    }
    Criterion.objects.bulk_create(criteria.values())
    CriterionLink.objects.bulk_create(
        CriterionLink(
            province=province,
            criterion=copied,
            other_id=pk,
            other_set=old,
            relation=Relation.SAME,
        )
        for pk, copied in criteria.items()
    )
    indicators = {
        row.pk: Indicator(
            criterion=criteria[row.criterion_id],
            code=row.code,
            position=row.position,
            name=row.name,
            name_en=row.name_en,
            kind=row.kind,
            unit=row.unit,
            direction=row.direction,
            is_delegated=row.is_delegated,
            note=row.note,
            source=row.source,
        )
        for row in Indicator.objects.filter(criterion__criteria_set=old)
    }
    Indicator.objects.bulk_create(indicators.values())
    add_thresholds(_copied_thresholds(new, old, indicators, province), by=by)


def _copied_thresholds(new: CriteriaSet, old: CriteriaSet, indicators, province: Province):
    rows = Threshold.objects.known_to(province).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from),
        indicator__criterion__criteria_set=old,
    )
    own = {(row.indicator_id, row.area_group_id) for row in rows if row.province_id is not None}
    for row in rows:
        if row.province_id is None and (row.indicator_id, row.area_group_id) in own:
            continue
        yield Threshold(
            indicator=indicators[row.indicator_id],
            area_group_id=row.area_group_id,
            province=province,
            value=row.value,
            text=row.text,
            valid_from=max(row.valid_from, new.valid_from),
            valid_to=row.valid_to,
            source=row.source,
        )


def add_thresholds(rows, *, by):
    bulk_create_with_history(list(rows), Threshold, default_user=by)


@transaction.atomic
def save_line(line: Criterion | Indicator, criteria_set: CriteriaSet, *, by):
    """Save a criterion or an indicator of a draft (locked); the set's history says so."""
    refuse_unless_draft(criteria_set)
    is_new = line.pk is None
    line.save()
    words = _("Added: %(line)s") if is_new else _("Changed: %(line)s")
    _record(criteria_set, by, words % {"line": line})


@transaction.atomic
def delete_line(line: Criterion | Indicator, criteria_set: CriteriaSet, *, by):
    """Take a criterion with its indicators, or one indicator, out of a draft (locked)."""
    refuse_unless_draft(criteria_set)
    words = _("Taken out: %(line)s") % {"line": line}
    if isinstance(line, Criterion):
        line.indicators.all().delete()
    line.delete()
    _record(criteria_set, by, words)


@transaction.atomic
def save_set(criteria_set: CriteriaSet, *, by):
    """Save the name, decision and days of a draft (locked).

    Thresholds that begin with the set go along with its first day.
    """
    refuse_unless_draft(criteria_set)
    before = CriteriaSet.objects.values_list("valid_from", flat=True).get(pk=criteria_set.pk)
    save_recorded(criteria_set, by=by)
    if before != criteria_set.valid_from:
        _begin_with(criteria_set, before, by)


def _begin_with(criteria_set: CriteriaSet, before: date, by):
    """Let thresholds that began on the set's former first day begin on the new one."""
    ours = Threshold.objects.filter(indicator__criterion__criteria_set=criteria_set)
    ours.filter(valid_to__lt=criteria_set.valid_from).delete()
    moved = list(ours.filter(valid_from=before))
    for row in moved:
        row.valid_from = criteria_set.valid_from
    bulk_update_with_history(moved, Threshold, ["valid_from"], default_user=by)


@transaction.atomic
def put_in_force(criteria_set: CriteriaSet, *, by) -> list[CriteriaSet]:
    """Let a draft (locked) count from its first day; those of the province that it follows.

    A national set is not the province's to end: the newer set simply comes before it there.
    """
    refuse_unless_draft(criteria_set)
    if not criteria_set.criteria.exists():
        raise Refused(_("The set has no criteria yet. Add them, or import them, first."))
    if later := relied_on(criteria_set):
        raise Refused(
            _(
                "Assessments of %(period)s are made by the set in force until now. Let this one "
                "begin on a later day."
            )
            % {"period": later}
        )
    followed = list(before(criteria_set).select_for_update())
    last_day = criteria_set.valid_from - timedelta(days=1)
    for row in followed:
        row.valid_to = last_day
        save_recorded(row, by=by, reason=_("Followed by %(code)s") % {"code": criteria_set.code})
    criteria_set.is_draft = False
    save_recorded(criteria_set, by=by, reason=_("Put in force"))
    Province.objects.filter(pk=criteria_set.province_id).raise_data_version()
    return followed


def before(criteria_set: CriteriaSet):
    """The province's own sets of the level and grade that end where this one begins."""
    return CriteriaSet.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=criteria_set.valid_from),
        province=criteria_set.province_id,
        is_draft=False,
        level=criteria_set.level,
        grade=criteria_set.grade,
        valid_from__lt=criteria_set.valid_from,
    )


def relied_on(criteria_set: CriteriaSet):
    """The last period from the set's first day on that was begun under another; None if none."""
    return (
        ReportingPeriod.objects.filter(
            province=criteria_set.province_id,
            ends_on__gte=criteria_set.valid_from,
            assessments__criteria_set__level=criteria_set.level,
            assessments__criteria_set__grade=criteria_set.grade,
        )
        .order_by("ends_on")
        .last()
    )


@transaction.atomic
def drop(criteria_set: CriteriaSet, *, by, reason: str):
    """Delete a draft (locked) with all that is in it; its history stays."""
    refuse_unless_draft(criteria_set)
    clear(criteria_set)
    criteria_set._history_user, criteria_set._change_reason = by, reason
    criteria_set.delete()


def clear(criteria_set: CriteriaSet):
    """Take all criteria out of a draft, with their indicators, thresholds and links."""
    Indicator.objects.filter(criterion__criteria_set=criteria_set).delete()
    Criterion.objects.filter(criteria_set=criteria_set).delete()


def refuse_unless_draft(criteria_set: CriteriaSet):
    if not criteria_set.is_draft:
        raise Refused(
            _("“%(set)s” is in use, so it is not edited. Copy it; the copy can follow it.")
            % {"set": criteria_set}
        )


def _record(criteria_set: CriteriaSet, by, reason: str):
    save_recorded(criteria_set, by=by, reason=reason[:LONGEST_REASON])
