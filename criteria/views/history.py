"""What happened: the history of one assessment, and the log of a province."""

from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.decorators import in_province
from communes.scope import Action
from criteria.forms.log import LineForm, LogForm
from criteria.log.events import Event
from criteria.log.reading import Place, read_all, read_page
from criteria.log.sources import Wanted
from criteria.models import Assessment
from criteria.sheets import layout_of
from criteria.views.trails import below_assessment, below_work
from ntm_tracker.web.htmx import render_part
from ntm_tracker.web.numbers import moment
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
        "csv_query": urlencode(_asked(form)) if is_good else "",
    }
    return render_part(request, "criteria/log.html", "criteria/_log.html", context)


@in_province(Action.FOLLOW)
def log_csv(request, province):
    """The log as a file, narrowed as on the page; sent while it is read."""
    form = LogForm(request.GET, user=request.user, province=province)
    if not form.is_valid():
        context = {"province": province, "trail": below_work(), "form": form, "events": []}
        return render(request, "criteria/log.html", context, status=400)
    response = StreamingHttpResponse(
        _file(request, province, form), content_type="text/csv; charset=utf-8"
    )
    name = f"nhat-ky-{province.code}-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
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


def _file(request, province, form: LogForm):
    """The lines of the file. They are made after the middleware, which sets the language."""
    with translation.override(request.LANGUAGE_CODE):
        header = [
            _("Time"),
            _("Person"),
            _("Kind of change"),
            _("What"),
            _("District"),
            _("Commune"),
            _("Reporting period"),
            _("No."),
            _("Criterion or indicator"),
            _("Before"),
            _("After"),
            _("Reason"),
            _("From where"),
        ]
        notes = [
            _("Log of %(province)s, taken %(at)s by %(by)s")
            % {"province": province, "at": moment(timezone.now()), "by": request.user},
            *(words for _name, words in form.in_words),
        ]
        yield from csv_lines(header, map(_row, read_all(form.wanted)), notes)


def _row(event: Event) -> list:
    return [
        f"{timezone.localtime(event.at):%d/%m/%Y %H:%M}",
        str(event.by or ""),
        str(event.kind.label),
        event.what,
        str(event.district or ""),
        str(event.commune or ""),
        str(event.period or ""),
        event.code,
        event.line,
        event.before,
        event.after,
        event.why,
        str(event.origin),
    ]
