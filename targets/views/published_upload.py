"""Published figures taken in from a table."""

from functools import partial

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.scope import Action
from ntm_tracker.web.taking_in import CHANGED, NEW, Register, take_in
from targets.publishing import writing
from targets.publishing.incoming import NEEDED, plan
from targets.publishing.sheet import COLUMNS
from targets.views.published_register import trail_of


@in_province(Action.DECIDE)
def upload(request, province):
    """A file with the columns of the one taken along: shown first, then applied as a whole."""

    def write(preview, note):
        new, changed = preview.rows(NEW), preview.rows(CHANGED)
        writing.take_in(province, new, changed, by=request.user, reason=note)
        words = {"new": len(new), "changed": len(changed)}
        messages.success(request, _("%(new)d figures added, %(changed)d changed.") % words)

    register = Register(
        COLUMNS, NEEDED, partial(writing.lock, province), partial(plan, province), write
    )
    context = {"province": province, "trail": trail_of(province)}
    back = reverse("published_register", kwargs={"province": province.code})
    return take_in(request, register, "targets/published_upload.html", context, back)
