"""Sentences about where a province stands, as its officers would write them."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from communes.models import District, Province
from ntm_tracker.web.numbers import day, number
from targets import progress, tables
from targets.forms import Standpoint
from targets.models import Metric, Target
from targets.snapshot import Snapshot


def headline(snapshot: Snapshot, rows: list) -> str:
    """The one line that answers: are we on plan? `rows` as `tables.plan_rows` gives them."""
    province = snapshot.province.name
    asked = (Metric.COMMUNES_STANDARD, Target.Kind.CUMULATIVE_COUNT)
    row = next((row for row in rows if (row.metric, row.kind) == asked), None)
    if row is None:
        return _("%(province)s has no plan for recognised communes yet") % {"province": province}
    if row.value != row.value:
        return _("%(province)s: no figure for recognised communes on this day") % {
            "province": province
        }
    words = {
        "province": province,
        "count": number(row.value),
        "of": number(row.of),
        "gap": number(abs(row.gap), 0 if abs(row.gap) >= 1 else 1),
        "target": number(row.target_final),
        "year": row.final_year,
    }
    if row.status == "achieved":
        return (
            _(
                "%(province)s has %(count)s of %(of)s communes recognised: "
                "the target of %(target)s for %(year)s is reached"
            )
            % words
        )
    if row.gap < 0:
        return (
            _(
                "%(province)s has %(count)s of %(of)s communes recognised, "
                "%(gap)s communes behind the plan"
            )
            % words
        )
    if row.gap == 0:
        return (
            _("%(province)s has %(count)s of %(of)s communes recognised, just as planned") % words
        )
    return (
        _(
            "%(province)s has %(count)s of %(of)s communes recognised, "
            "%(gap)s communes ahead of the plan"
        )
        % words
    )


def district_headline(district, communes: pd.DataFrame, snapshot: Snapshot) -> str:
    """How far a district's communes are; `communes` as `tables.communes` gives them."""
    words = {
        "district": f"{District.Kind(district['kind']).label} {district['name']}",
        "of": number(len(communes)),
        "mean": number(communes["counted"].mean(), 2),
        "count": number(int((communes["rank"] > 0).sum())),
    }
    if communes.empty:
        return _("%(district)s has no commune of the programme on this day") % words
    if not snapshot.register_is_complete and communes["counted"].isna().all():
        return _("%(district)s: %(of)s communes, nothing verified yet") % words
    if not snapshot.register_is_complete:
        return _("%(district)s: %(of)s communes, %(mean)s criteria on average") % words
    return (
        _("%(district)s has %(count)s of %(of)s communes recognised, %(mean)s criteria on average")
        % words
    )


def standing_line(province: Province, at: Standpoint) -> str:
    """As of when and on whose boundaries, for pages, charts and files."""
    return _("%(province)s, as of %(as_of)s, on the boundaries of %(boundaries)s") % {
        "province": province.name,
        "as_of": day(at.as_of),
        "boundaries": day(tables.boundary_day(at)),
    }


def boundary_line(snapshot: Snapshot, at: Standpoint) -> str:
    """What restating did, or nothing where the boundaries are the day's own."""
    if not tables.is_restated(snapshot, at):
        return ""
    return _(
        "Restated on the boundaries of %(day)s: a new commune counts if all that went into it as "
        "a whole counted; an old one if it held a recognition on its last day, or if the commune "
        "it passed into as a whole has one."
    ) % {"day": day(at.boundaries_on)}


def illustrative_word(snapshot: Snapshot) -> str:
    if not snapshot.is_illustrative:
        return ""
    return _(
        "Illustrative: made to match published totals, not what communes reported. "
        "Only the published figures, the plan and recognitions known by name are real."
    )


def two_figures_note(snapshot: Snapshot, at: Standpoint) -> str:
    """Why one day has two official figures: they were counted on two lists of communes."""
    found = snapshot.published_results(Metric.COMMUNES_STANDARD, at.as_of, at.as_of)
    rows = progress.rows_of(found)
    own = [row for row in rows if row.boundary_on is None or row.boundary_on == row.as_of]
    other = [row for row in rows if row not in own]
    if not other or not own:
        return ""
    old, new = other[0], own[0]
    return _(
        "Two figures are official for this day: %(new)s of %(new_base)s communes on its own "
        "boundaries, and %(old)s of %(old_base)s on those of %(old_day)s. They say the same: "
        "communes were merged on %(changed)s, so the same recognitions fall on fewer communes."
    ) % {
        "new": number(new.value),
        "new_base": number(new.base),
        "old": number(old.value),
        "old_base": number(old.base),
        "old_day": day(old.boundary_on),
        "changed": day(_first_change_after(snapshot, old.boundary_on.date())),
    }


def _first_change_after(snapshot: Snapshot, on: date) -> date:
    changes = progress.days_of(snapshot.parts["date"])
    later = changes[changes > np.datetime64(on)]
    return later.min().item() if len(later) else on + timedelta(days=1)
