"""The register of recognitions as everybody reads it: the list, one entry, files to take along."""

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import dashboard_of_province, in_province
from accounts.trail import changes_in
from communes.models import Province
from communes.scope import Action
from criteria.models import DecisionFile, Recognition
from criteria.recognising.checks import holder_name
from criteria.recognising.narrowing import RegisterForm
from criteria.recognising.sheet import table_of
from criteria.recognising.wording import FIELDS_OF_HISTORY, Entry
from criteria.views.evidence import kept_by_the_reader_only
from criteria.views.trails import below_recognitions
from ntm_tracker.web import downloads

ROWS = 50


@dashboard_of_province
def register(request, province):
    form = RegisterForm(request.GET, province=province)
    page = Paginator(form.found().with_names(), ROWS).get_page(request.GET.get("page"))
    context = {
        "province": province,
        "trail": below_recognitions(province)[:-1],
        "form": form,
        "chips": form.chips(request.path),
        "page": page,
        "entries": [Entry(row) for row in page],
        "files": downloads.links_to(
            "criteria:recognitions_file", form.query, province=province.code
        ),
        "is_illustrative": any(row.is_illustrative for row in page),
        "is_filled_up": Recognition.objects.filter(
            province=province, is_illustrative=True
        ).exists(),
        "decides": request.user.may(Action.DECIDE, province),
    }
    return render(request, "criteria/recognitions.html", context)


@dashboard_of_province
def register_file(request, province, kind):
    form = RegisterForm(request.GET, province=province)
    rows = form.found().with_names()
    return downloads.answer(
        table_of(province, rows, [words for _name, words in form.in_words]), kind
    )


@dashboard_of_province
def recognition(request, province, pk):
    """One entry; who changed it is for those who keep the register."""
    row = get_object_or_404(Recognition.objects.with_names(), province=province, pk=pk)
    may_decide = request.user.may(Action.DECIDE, province)
    context = {
        "province": province,
        "trail": below_recognitions(province),
        "entry": Entry(row),
        "row": row,
        "decides": may_decide,
        "opens_file": request.user.is_authenticated,
        "changes": changes_in(row.history.all(), FIELDS_OF_HISTORY) if may_decide else [],
    }
    return render(request, "criteria/recognition.html", context)


@in_province(Action.DECIDE)
def register_history(request, province):
    """What was entered, changed and removed, newest first."""
    rows = Recognition.history.filter(province=province).order_by("-history_date", "-history_id")
    rows = rows.select_related("commune__district", "district", "file")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = Recognition.history.filter(pk__in=[row.pk for row in page])
    shown = shown.select_related("commune__district", "district", "file").order_by(
        "-history_date", "-history_id"
    )
    settings = Province.history.filter(id=province.pk).order_by("-history_date", "-history_id")
    context = {
        "province": province,
        "trail": below_recognitions(province),
        "page": page,
        "changes": changes_in(shown, FIELDS_OF_HISTORY, about=holder_name),
        "settings": changes_in(settings, {"register_complete": None}),
    }
    return render(request, "criteria/recognition_history.html", context)


@require_safe
@kept_by_the_reader_only
def decision_file(request, key):
    """The signed decision, for whoever is signed in and may read the province's figures."""
    file = get_object_or_404(DecisionFile.objects.visible_to(request.user), key=key)
    return FileResponse(
        file.file.open(),
        filename=file.filename,
        content_type=file.content_type,
        as_attachment=True,
    )
