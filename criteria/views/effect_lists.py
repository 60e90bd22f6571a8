"""What a change of thresholds does to verdicts, as lists for a page."""

from criteria.effects import Effect
from criteria.measures import threshold_text, value_text

SHOWN = 200


def effect_context(found: list[Effect]) -> dict:
    """Those that would change and those that stay as approved, cut to what a page can hold."""
    changing = [effect for effect in found if not effect.is_approved]
    staying = [effect for effect in found if effect.is_approved]
    return {
        "changing": [row_of(effect) for effect in changing[:SHOWN]],
        "changing_count": len(changing),
        "changing_communes": len({effect.assessment.commune_id for effect in changing}),
        "staying": [row_of(effect) for effect in staying[:SHOWN]],
        "staying_count": len(staying),
        "shown": SHOWN,
    }


def row_of(effect: Effect) -> dict:
    indicator = effect.line.indicator
    return {
        "assessment": effect.assessment,
        "indicator": indicator,
        "value": value_text(effect.value, indicator),
        "threshold": threshold_text(effect.line.threshold, indicator),
        "before": effect.before,
        "after": effect.after,
    }
