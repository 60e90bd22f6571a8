"""Units as lists."""

from communes.api.serializers import ProvinceRow
from communes.models import Province
from ntm_tracker.web.api.validators import etag_of
from ntm_tracker.web.api.views import Listing


class Provinces(Listing):
    """Provinces that you may read.

    Each with its data version, which rises with every official change: compare it to know
    whether anything is new.
    """

    serializer_class = ProvinceRow
    orderings = {"name": ["sort_key"], "code": ["code"]}

    def get_queryset(self):
        return Province.objects.visible_to(self.request.user)

    def stream_validators(self, rows):
        seen = list(rows.values_list("pk", "data_version"))
        return etag_of(self.request.get_full_path(), self.request.user.pk, seen), None
