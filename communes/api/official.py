"""How fresh a list of official rows is."""

from django.db.models import Max
from django.utils import timezone

from communes.models import Province
from ntm_tracker.web.api.validators import etag_of
from ntm_tracker.web.release import release


class Official:
    """For lists whose every change raises the data version of a province that is read here.

    A national row raises that of every province; drafts, which do not, are in no such list.
    """

    def changed_at(self):
        """When official data of the reader's provinces last changed."""
        seen = Province.objects.visible_to(self.request.user)
        return seen.aggregate(last=Max("data_changed_at"))["last"]

    def stream_validators(self, rows):
        """From the data versions; the day counts too, for states that end by themselves."""
        seen = Province.objects.visible_to(self.request.user).order_by("pk")
        seen = list(seen.values_list("pk", "data_version", "data_changed_at"))
        kind = self.request.accepted_renderer.format
        asked = (self.request.get_full_path(), self.request.user.pk, kind)
        etag = etag_of(release(), timezone.localdate(), *asked, seen)
        return etag, max((changed for _pk, _version, changed in seen), default=None)
