"""Recognitions as a list, one by one, and those that were removed."""

from communes.api.official import Official
from communes.scope import Action, scope_of
from criteria.api.recognitions_filters import RecognitionQuery, RemovedQuery
from criteria.api.recognitions_serializers import RecognitionRow, RemovedRow
from criteria.models import Recognition
from ntm_tracker.web.api.history import with_last_change
from ntm_tracker.web.api.views import Detail, Listing


class Recognitions(Official, Listing):
    """Decisions that recognise a commune, a district or a smaller place.

    All in the register, revoked ones too; `as_of` leaves those that count on a day, as the
    dashboards count them. Each says whether it is illustrative. Those that were removed have a
    list of their own. Illustrative ones keep no history: their `changed_at` is null, every
    answer has them, and they may vanish without being told of as removed.
    """

    serializer_class = RecognitionRow
    query_form = RecognitionQuery
    orderings = {
        "year": ["year"],
        "commune": ["commune__sort_key", "year"],
        "decision": ["decision"],
    }

    def get_queryset(self):
        return with_last_change(Recognition.objects.visible_to(self.request.user))


class RecognitionOne(Official, Detail):
    """A recognition by its `id`.

    As it stands in the list, revoked or not.
    """

    serializer_class = RecognitionRow

    def get_queryset(self):
        rows = Recognition.objects.visible_to(self.request.user)
        return with_last_change(rows.filter(pk=self.kwargs["pk"]))


class Removed(Official, Listing):
    """Recognitions that were removed as entered by mistake.

    A revoked recognition is not removed: it stays in the list with its revocation. Whoever keeps
    a copy asks here what to take out, with `updated_since`.
    """

    serializer_class = RemovedRow
    query_form = RemovedQuery
    orderings = {"removed_at": ["history_date"]}

    def get_queryset(self):
        seen = scope_of(self.request.user, Action.READ).provinces_q("province")
        return Recognition.history.filter(seen, history_type="-")
