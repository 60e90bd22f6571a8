"""Thresholds as a table to be taken along."""

from django.utils.translation import gettext as _

from criteria.measures import plain
from criteria.models import CriteriaSet
from criteria.threshold_list import ThresholdRow
from ntm_tracker.web.downloads import Table
from ntm_tracker.web.numbers import day


def threshold_table(
    criteria_set: CriteriaSet, rows: list[ThresholdRow], notes: list[str]
) -> Table:
    return Table(
        name=f"muc-dat-chuan-{criteria_set.code.lower()}",
        title=_("Thresholds: %(set)s") % {"set": criteria_set},
        header=[
            _("Criterion"),
            _("Indicator"),
            _("Name"),
            _("Area group"),
            _("Direction"),
            _("Value"),
            _("Unit"),
            _("In words"),
            _("In force from"),
            _("Last day in force"),
            _("Set by the province"),
            _("Verified"),
            _("Verified by"),
            _("Verified on"),
            _("Document"),
            _("Source"),
        ],
        rows=[_cells(row) for row in rows],
        notes=notes,
    )


def _cells(row: ThresholdRow) -> list:
    indicator, threshold, verification = row.indicator, row.threshold, row.verification
    yes_or_no = {True: _("yes"), False: _("no")}
    return [
        indicator.criterion.number,
        indicator.code,
        indicator.local_name,
        row.group.name,
        indicator.get_direction_display(),
        plain(threshold.value) if threshold and threshold.value is not None else None,
        indicator.unit,
        threshold.text if threshold else "",
        threshold.valid_from if threshold else None,
        threshold.valid_to if threshold else None,
        yes_or_no[row.is_own],
        yes_or_no[row.is_confirmed],
        str(verification.by) if verification else "",
        day(verification.at) if verification else "",
        verification.document if verification else "",
        threshold.source if threshold else "",
    ]
