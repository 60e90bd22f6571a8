"""The content of an imported file put into a draft, in place of what was there."""

from django.db import transaction
from django.utils.translation import gettext as _

from communes.models import Province
from criteria.models import CriteriaSet, Criterion, CriterionLink, Indicator, Threshold
from criteria.opening import save_recorded
from criteria.set_steps import add_thresholds, clear, refuse_unless_draft


@transaction.atomic
def fill_set(criteria_set: CriteriaSet, content: dict[int, dict], *, province: Province, by):
    """Give a draft (locked) the criteria of `SetContent.criteria`.

    What was linked to another set stays linked by its number. Thresholds count from the first
    day of the set and are to be verified.
    """
    refuse_unless_draft(criteria_set)
    links = _links_of(criteria_set)
    clear(criteria_set)
    criteria = {
        number: Criterion(
            criteria_set=criteria_set,
            number=number,
            name=said["name"],
            name_en=said["name_en"],
            group=said["group"],
            source=criteria_set.source,
        )
        for number, said in content.items()
    }
    Criterion.objects.bulk_create(criteria.values())
    for link in links:
        if link.criterion.number in criteria:
            link.pk, link.criterion = None, criteria[link.criterion.number]
            link.save()
    made = [
        (Indicator(criterion=criteria[number], source=criteria_set.source, **_fields(row)), row)
        for number, said in content.items()
        for row in said["indicators"]
    ]
    Indicator.objects.bulk_create(indicator for indicator, _row in made)
    thresholds = (
        Threshold(
            indicator=indicator,
            area_group_id=group,
            province=province,
            value=value,
            text=text,
            valid_from=criteria_set.valid_from,
            source=criteria_set.source,
        )
        for indicator, row in made
        for group, (value, text) in row["thresholds"].items()
    )
    add_thresholds(thresholds, by=by)
    save_recorded(criteria_set, by=by, reason=_("Imported from a file"))


def _links_of(criteria_set: CriteriaSet) -> list[CriterionLink]:
    links = CriterionLink.objects.filter(criterion__criteria_set=criteria_set)
    return list(links.select_related("criterion"))


def _fields(row: dict) -> dict:
    return {name: value for name, value in row.items() if name != "thresholds"}
