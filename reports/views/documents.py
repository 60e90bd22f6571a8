"""Documents: asked for, followed while they are made, taken along."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.decorators import in_province
from accounts.refusals import Refused
from communes.scope import Action
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from ntm_tracker.web.htmx import render_part, wants_part
from ntm_tracker.web.links import full_address
from ntm_tracker.web.numbers import day, moment
from reports import steps, tasks
from reports.forms import AskForm
from reports.kinds import KINDS
from reports.models import Document
from reports.pack.subject import plan_of
from targets.snapshot import snapshot_of
from targets.state import with_query

PER_PAGE = 30
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
kept_by_the_reader_only = cache_control(private=True, no_cache=True)


def document_or_404(rows, province, key) -> Document:
    return get_object_or_404(rows.with_names(), province=province, key=key)


@require_http_methods(["GET", "POST"])
@in_province(Action.READ)
def documents(request, province):
    """What was made, and the form to ask for more."""
    snapshot = snapshot_of(province)
    form = AskForm(
        request.POST or None, snapshot=snapshot, user=request.user, initial=_asked_for(request)
    )
    if request.method == "POST" and form.is_valid():
        document = steps.ask(_wanted(request, snapshot, form), by=request.user)
        if document.state == Document.State.WAITING:
            tasks.begin(document)
        return redirect(document)
    rows = Document.objects.visible_to(request.user).filter(province=province).with_names()
    context = {
        "province": province,
        "form": form,
        "may_change": request.user.may(Action.DECIDE, province),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/documents.html", context, status=status)


def _asked_for(request) -> dict:
    names = ("as_of", "district", "kind")
    return {name: request.GET[name] for name in names if name in request.GET}


def _wanted(request, snapshot, form: AskForm) -> steps.Wanted:
    asked = form.cleaned_data
    plan = plan_of(snapshot, asked["as_of"])
    place = {"province": snapshot.province.code}
    page = "province"
    if form.of_district:
        page, place = "district", place | {"district": form.of_district.code}
    state = {"as_of": asked["as_of"].isoformat()} | ({"plan": plan.code} if plan else {})
    return steps.Wanted(
        kind=KINDS[asked["kind"]],
        province=snapshot.province,
        district=form.of_district,
        as_of=asked["as_of"],
        format=asked["format"],
        link=full_address(with_query(reverse(page, kwargs=place), state), request),
    )


@in_province(Action.READ)
def document(request, province, key):
    """How far it is, or the file and where its numbers come from."""
    found = document_or_404(Document.objects.visible_to(request.user), province, key)
    if not found.is_in_work and wants_part(request):
        return HttpResponseClientRefresh()
    context = {
        "province": province,
        "trail": [
            (_("Reports"), reverse("reports:documents", kwargs={"province": province.code}))
        ],
        "document": found,
        "kind": KINDS.get(found.kind),
        "may_cancel": Document.objects.editable_by(request.user).filter(pk=found.pk).exists(),
    }
    return render_part(request, "reports/document.html", "reports/_progress.html", context)


@require_safe
@in_province(Action.READ)
@kept_by_the_reader_only
def document_file(request, province, key):
    found = document_or_404(Document.objects.visible_to(request.user), province, key)
    if found.state != Document.State.DONE:
        raise Http404
    return FileResponse(
        found.file.open(),
        filename=found.filename,
        content_type=TYPES[found.format],
        as_attachment=True,
    )


@require_POST
@in_province(Action.READ)
def document_cancel(request, province, key):
    found = document_or_404(Document.objects.editable_by(request.user), province, key)
    try:
        steps.cancel(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Cancelled."))
    return redirect(found)


@require_POST
@in_province(Action.READ)
def document_run(request, province, key):
    """Do here and now what nobody did for a while."""
    found = document_or_404(Document.objects.visible_to(request.user), province, key)
    if found.is_stuck:
        tasks.begin_anew(found)
    return redirect(found)


@in_province(Action.READ)
def documents_table(request, province, table, kind):
    build = builder_or_404({"documents": _table}, table)
    rows = Document.objects.visible_to(request.user).filter(province=province).with_names()
    return answer(build(province, rows), kind)


def _table(province, rows) -> Table:
    lines = [
        [
            row.filename,
            str(KINDS[row.kind].title) if row.kind in KINDS else row.kind,
            row.district.full_name if row.district else province.full_name,
            day(row.as_of),
            row.get_state_display(),
            row.data_version,
            str(row.by),
            moment(row.at),
            row.sha256,
        ]
        for row in rows
    ]
    header = [
        _("File"),
        _("Document"),
        _("Area"),
        _("As of"),
        _("State"),
        _("Data version"),
        _("Asked for by"),
        _("Asked for at"),
        "SHA-256",
    ]
    title = _("Documents of %(province)s") % {"province": province.full_name}
    return Table(f"documents-{province.code}", title, header, lines)
