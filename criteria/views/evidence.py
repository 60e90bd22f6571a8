"""Files that back a finding: sent, shown and taken away, all through the access check."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refused
from criteria.evidence import attach, examine, stored, take_away
from criteria.models import Assessment, Evidence
from criteria.views.access import line_or_404, locked_or_404

# Browsers style what they build around an image or a PDF; nothing of the file may load or run.
CUT_OFF = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [NONE],
    "sandbox": True,
}
kept_by_the_reader_only = cache_control(private=True, no_cache=True)


@require_POST
def evidence_add(request, pk, code):
    """Keep those of the files sent that fit; say of each other one why it does not."""
    editable = Assessment.objects.editable_by(request.user)
    line = line_or_404(get_object_or_404(editable.with_names(), pk=pk), code)
    examined = examine(request.FILES.getlist("files"))
    try:
        # The files are written before the assessment is locked, which is for moments only.
        with stored(examined.fit, request.user) as rows, transaction.atomic(durable=True):
            number = attach(locked_or_404(editable, pk), line, rows)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _say_what_was_kept(request, number, examined)
    return redirect("criteria:line_talk", pk=pk, code=code)


def _say_what_was_kept(request, number, examined):
    if number:
        kept = ngettext("%(count)d file is kept.", "%(count)d files are kept.", number)
        messages.success(request, kept % {"count": number})
    for fault in examined.faults:
        messages.error(request, fault)
    if not (examined.fit or examined.faults):
        messages.error(request, _("Choose one file at least."))


@require_POST
def evidence_remove(request, key):
    """Take a file away: whoever sent it, or may enter scores."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).with_line(), key=key)
    is_own = evidence.uploaded_by_id == request.user.pk
    of_user = Assessment.objects.followed_by if is_own else Assessment.objects.editable_by
    try:
        with transaction.atomic():
            assessment = locked_or_404(of_user(request.user), evidence.assessment_id)
            take_away(evidence, assessment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"file": evidence.filename}
        messages.success(request, _("“%(file)s” is taken away; the history keeps it.") % words)
    return redirect("criteria:line_talk", pk=evidence.assessment_id, code=evidence.code)


@require_safe
@kept_by_the_reader_only
def evidence_download(request, key):
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), key=key)
    return _file(evidence, as_attachment=True)


@require_safe
@kept_by_the_reader_only
@csp(CUT_OFF)
def evidence_preview(request, key):
    """An image or a PDF as the browser shows it, cut off from the site."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), key=key)
    if not evidence.preview:
        raise Http404
    return _file(evidence)


def _file(evidence: Evidence, **options):
    return FileResponse(
        evidence.file.open(),
        filename=evidence.filename,
        content_type=evidence.content_type,
        **options,
    )
