"""A criteria set as one table, out and in: a row an indicator, a column an area group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.models import Province
from criteria.measures import plain
from criteria.models import CriteriaSet, Indicator
from criteria.thresholds import Thresholds, groups_of
from ntm_tracker.web.downloads import Table

NUMBER, CRITERION, CRITERION_EN, GROUP = "number", "criterion", "criterion_en", "group"
CODE, INDICATOR, INDICATOR_EN = "code", "indicator", "indicator_en"
KIND, UNIT, DIRECTION, DELEGATED, NOTE = "kind", "unit", "direction", "delegated", "note"
COLUMNS = {
    NUMBER: gettext_lazy("Criterion no."),
    CRITERION: gettext_lazy("Criterion"),
    CRITERION_EN: gettext_lazy("Criterion in English"),
    GROUP: gettext_lazy("Group of criteria"),
    CODE: gettext_lazy("Indicator no."),
    INDICATOR: gettext_lazy("Indicator"),
    INDICATOR_EN: gettext_lazy("Indicator in English"),
    KIND: gettext_lazy("Kind of value"),
    UNIT: gettext_lazy("Unit"),
    DIRECTION: gettext_lazy("Direction"),
    DELEGATED: gettext_lazy("Delegated to the province"),
    NOTE: gettext_lazy("Note"),
}
THRESHOLD = gettext_lazy("Threshold: %(group)s")


def set_table(criteria_set: CriteriaSet, province: Province) -> Table:
    """The set with the thresholds in force on its first day; four queries."""
    groups = groups_of(criteria_set, province)
    thresholds = Thresholds(
        sets=[criteria_set.pk], groups=[group.pk for group in groups], province=province
    )
    indicators = {}
    for row in Indicator.objects.filter(criterion__criteria_set=criteria_set).order_by("position"):
        indicators.setdefault(row.criterion_id, []).append(row)

    def limit(indicator, group):
        row = thresholds.on(criteria_set.valid_from, indicator.pk, group.pk)
        if row is None:
            return ""
        return row.text if row.value is None else plain(row.value)

    def cells(criterion, indicator):
        head = [criterion.number, criterion.name, criterion.name_en, criterion.group]
        if indicator is None:
            return head
        return [
            *head,
            indicator.code,
            indicator.name,
            indicator.name_en,
            indicator.get_kind_display(),
            indicator.unit,
            indicator.get_direction_display(),
            _("yes") if indicator.is_delegated else _("no"),
            indicator.note,
            *(limit(indicator, group) for group in groups),
        ]

    return Table(
        name=f"bo-tieu-chi-{criteria_set.code.lower()}",
        title=_("Criteria set %(code)s") % {"code": criteria_set.code},
        header=[
            *map(str, COLUMNS.values()),
            *(THRESHOLD % {"group": group.name} for group in groups),
        ],
        rows=[
            cells(criterion, indicator)
            for criterion in criteria_set.criteria.all()
            for indicator in indicators.get(criterion.pk, [None])
        ],
        notes=[
            f"{criteria_set.local_name}, {criteria_set.decision}",
            _("Thresholds as on the first day of the set."),
        ],
    )
