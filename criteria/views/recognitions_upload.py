"""Recognitions taken in from a table."""

from functools import partial

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.scope import Action
from criteria.recognising import acts
from criteria.recognising.incoming import NEEDED, plan
from criteria.recognising.sheet import READ
from criteria.views.trails import below_recognitions, register_url
from ntm_tracker.web.taking_in import CHANGED, NEW, Register, take_in


@in_province(Action.DECIDE)
def upload(request, province):
    """A file with the columns of the one taken along: shown first, then applied as a whole."""

    def write(preview, note):
        new, changed = preview.rows(NEW), preview.rows(CHANGED)
        acts.take_in(province, new, changed, by=request.user, reason=note)
        words = {"new": len(new), "changed": len(changed)}
        messages.success(request, _("%(new)d entries added, %(changed)d changed.") % words)

    register = Register(READ, NEEDED, partial(acts.lock, province), partial(plan, province), write)
    context = {"province": province, "trail": below_recognitions(province)}
    template = "criteria/recognitions_upload.html"
    return take_in(request, register, template, context, register_url(province))
