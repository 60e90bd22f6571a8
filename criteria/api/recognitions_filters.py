"""What lists of recognitions are narrowed by."""

from communes.api.filters import CODE_OF_PROVINCE
from criteria.recognising.narrowing import RecognitionFilter
from ntm_tracker.web.api.history import SinceQuery
from ntm_tracker.web.api.query import DayField, Equal, MomentField, TruthField, code


class RecognitionQuery(SinceQuery, RecognitionFilter):
    province = code(CODE_OF_PROVINCE)
    commune = code("Code of a commune.")
    is_illustrative = TruthField(
        required=False,
        help_text="Only what was made up to match published totals, or only the rest.",
    )
    as_of = DayField(
        required=False,
        help_text="Only those that count on this day and whose commune or district is in force.",
    )
    paths = RecognitionFilter.paths | {
        "province": "province__code",
        "commune": "commune__code",
        "is_illustrative": "is_illustrative",
    }

    def narrow(self, rows):
        day, rows = self.cleaned_data["as_of"], super().narrow(rows)
        return rows.counting_on(day) if day else rows


class RemovedQuery(Equal):
    province = code(CODE_OF_PROVINCE)
    updated_since = MomentField(
        required=False, help_text="Only those removed at this moment or later."
    )
    paths = {"province": "province__code", "updated_since": "history_date__gte"}
