"""What a province takes the criteria of one set to be in another; links are read both ways."""

from django.db import transaction
from django.db.models import Q

from communes.models import Province
from criteria.models import CriteriaSet, Criterion, CriterionLink, Relation

TURNED = {
    Relation.NARROWER.value: Relation.BROADER.value,
    Relation.BROADER.value: Relation.NARROWER.value,
}
Counterpart = tuple[int | None, str]


def counterparts(province: Province, one: int, other: int) -> dict[int, Counterpart]:
    """For criteria of a set, by number, the number in the other set and the relation.

    Takes the keys of the sets. What was said of `one` comes before what follows from links that
    were drawn the other way; a criterion without a link is not there. One query.
    """
    links = CriterionLink.objects.filter(
        Q(criterion__criteria_set=one, other_set=other)
        | Q(criterion__criteria_set=other, other_set=one),
        province=province,
    ).values_list("criterion__criteria_set", "criterion__number", "other__number", "relation")
    found = {}
    for of, number, counterpart, relation in links:
        if of == one:
            found[number] = (counterpart, relation)
        elif counterpart is not None:
            found.setdefault(counterpart, (number, TURNED.get(relation, relation)))
    return found


@transaction.atomic
def save_links(
    criteria_set: CriteriaSet,
    other: CriteriaSet,
    links: dict[Criterion, tuple[Criterion | None, str]],
    *,
    province: Province,
):
    """Write what the province takes the criteria to be; those left out have no link."""
    Province.objects.select_for_update().get(pk=province.pk)
    between = CriterionLink.objects.filter(province=province)
    between.filter(criterion__criteria_set=criteria_set, other_set=other).delete()
    between.filter(criterion__criteria_set=other, other_set=criteria_set).delete()
    CriterionLink.objects.bulk_create(
        CriterionLink(
            province=province,
            criterion=criterion,
            other=counterpart,
            other_set=other,
            relation=relation,
        )
        for criterion, (counterpart, relation) in links.items()
    )
    Province.objects.filter(pk=province.pk).raise_data_version()
