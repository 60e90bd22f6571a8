"""What happened: the history of one assessment, and the log of a province."""

from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from accounts.files import taken_by
from communes.scope import Action
from criteria.files import log as files
from criteria.forms.log import LineForm, LogForm
from criteria.log.reading import Place, read_all, read_page
from criteria.log.sources import Wanted
from criteria.models import Assessment
from criteria.sheets import layout_of
from criteria.views.trails import below_assessment, below_work
from ntm_tracker.web.downloads import CSV, TYPES, XLSX, answer, links_to
from ntm_tracker.web.htmx import render_part
from ntm_tracker.web.tables import csv_lines


def assessment_history(request, pk):
    """Everything that was done to an assessment, newest first; to one line with `?line=2.1`."""
    followed = Assessment.objects.followed_by(request.user)
    assessment = get_object_or_404(followed.with_names(), pk=pk)
    lines = layout_of(assessment).lines(assessment.commune)
    form = LineForm(request.GET, lines=lines)
    wanted = Wanted(
        request.user.scope(Action.FOLLOW),
        assessment.commune.province,
        assessment=assessment,
        line=form.chosen,
    )
    context = _page(request, wanted if form.is_valid() else None) | {
        "assessment": assessment,
        "province": assessment.commune.province,
        "trail": below_assessment(assessment),
        "form": form,
    }
    return render_part(request, "criteria/history.html", "criteria/_events.html", context)


@in_province(Action.FOLLOW)
def log(request, province):
    """Everything that was done in the province, as far as it lies in the area of who asks."""
    form = LogForm(request.GET, user=request.user, province=province)
    is_good = form.is_valid()
    context = _page(request, form.wanted if is_good else None) | {
        "province": province,
        "trail": below_work(),
        "form": form,
        "chips": _chips(request, form) if is_good else [],
        "with_units": True,
        "files": links_to(
            "criteria:log_file", urlencode(_asked(form)) if is_good else "", province=province.code
        ),
    }
    return render_part(request, "criteria/log.html", "criteria/_log.html", context)


@in_province(Action.FOLLOW)
def log_file(request, province, kind):
    """The log as a file, narrowed as on the page; as CSV it is sent while it is read."""
    form = LogForm(request.GET, user=request.user, province=province)
    if not form.is_valid():
        context = {"province": province, "trail": below_work(), "form": form, "events": []}
        return render(request, "criteria/log.html", context, status=400)
    title = _("Log of %(province)s") % {"province": province}
    filters = [words for _name, words in form.in_words]
    if kind == XLSX:
        return answer(
            files.newest(form.wanted, title=title, user=request.user, filters=filters), kind
        )
    notes = [title, taken_by(request.user), *filters]
    response = StreamingHttpResponse(
        _csv(form.wanted, notes, request.LANGUAGE_CODE), content_type=TYPES[CSV]
    )
    name = files.name_of(province.code)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _page(request, wanted: Wanted | None) -> dict:
    """A page of events and the address of the next one."""
    if wanted is None:
        return {"events": [], "older": ""}
    after = Place.read(request.GET.get("before", ""))
    events, last = read_page(wanted, after)
    return {"events": events, "older": last and str(last), "is_first": after is None}


def _asked(form: LogForm) -> dict[str, str]:
    return {name: form.data[name] for name, _words in form.in_words}


def _chips(request, form: LogForm) -> list[tuple[str, str]]:
    """The filters that are set, each with the address of the page without it."""
    asked = _asked(form)
    return [
        (words, f"{request.path}?{urlencode({k: v for k, v in asked.items() if k != name})}")
        for name, words in form.in_words
    ]


def _csv(wanted: Wanted, notes: list[str], language: str):
    """The lines of the file. They are made after the middleware, which sets the language."""
    with translation.override(language):
        yield from csv_lines(files.header(), files.rows(read_all(wanted)), notes)
