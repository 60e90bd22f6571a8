"""What is wrong with the targets of a plan as a whole, in sentences beside the cells."""

from collections import defaultdict
from itertools import pairwise

from django.utils.translation import gettext as _

from ntm_tracker.web.numbers import number
from targets.models import Target
from targets.plans.cells import BASELINE, CUMULATIVE, Key, Value, text_of
from targets.plans.limits import Limits
from targets.progress.measures import COMMUNE_RANKS

NEVER_FALLS = {*CUMULATIVE, Target.Kind.SHARE}


def faults(values: dict[Key, Value], changed: set[Key], limits: Limits) -> dict[Key, str]:
    """What is wrong in the lines that somebody changed; the first fault of each cell.

    Other lines are left alone: nobody has to mend what they did not touch.
    """
    touched = {(key.metric, key.kind, key.district) for key in changed}
    lines = defaultdict(list)
    for key in sorted(values, key=lambda key: key.year):
        if key.kind != BASELINE and (key.metric, key.kind, key.district) in touched:
            lines[key.metric, key.kind, key.district].append(key)
    found = {}
    for keys in lines.values():
        found |= _falls(keys, values)
        found |= _too_many(keys, values, limits)
    return found


def _falls(keys: list[Key], values: dict[Key, Value]) -> dict[Key, str]:
    if keys[0].kind not in NEVER_FALLS:
        return {}
    return {
        key: _(
            "%(found)s for %(year)s is less than %(before)s for %(year_before)s; "
            "a total does not fall."
        )
        % {
            "found": text_of(key, values[key]),
            "year": key.year,
            "before": text_of(before, values[before]),
            "year_before": before.year,
        }
        for before, key in pairwise(keys)
        if values[key].low < values[before].low
    }


def _too_many(keys: list[Key], values: dict[Key, Value], limits: Limits) -> dict[Key, str]:
    found = {}
    for key in keys:
        most, value = limits.of(key), values[key]
        if most is not None and max(value.low, value.high or 0) > most:
            sentence = (
                _("%(found)s is more than the %(most)s communes that there are.")
                if key.metric in COMMUNE_RANKS
                else _("%(found)s is more than the %(most)s criteria of the set.")
            )
            found[key] = sentence % {"found": text_of(key, value), "most": number(most)}
    return found
