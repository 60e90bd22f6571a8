"""Scores out to a workbook, and workbooks in: the page, the template, the upload."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import in_province
from communes.scope import Action
from criteria.excel import tasks
from criteria.excel.places import Part
from criteria.excel.template import Wanted, template
from criteria.forms.excel import TemplateForm, UploadForm
from criteria.grid.reading import Grid, read_grid
from criteria.models import Assessment, WorkbookImport
from criteria.views.trails import below_work
from ntm_tracker.web.downloads import TYPES, XLSX
from ntm_tracker.web.numbers import moment

IMPORTS_PER_PAGE = 20


@in_province(Action.ENTER)
def excel_page(request, province):
    """What may be taken along, what came in."""
    return show(request, province)


def show(request, province, *, upload: UploadForm | None = None, status=200):
    imports = WorkbookImport.objects.visible_to(request.user).filter(province=province)
    rows = imports.with_names().defer("proposals", "faults", "written")
    context = {
        "province": province,
        "trail": below_work(),
        "form": TemplateForm(request.GET, assessments=_mine(request.user, province)),
        "upload": upload or UploadForm(),
        "page": Paginator(rows, IMPORTS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "criteria/excel.html", context, status=status)


@in_province(Action.ENTER)
def excel_template(request, province):
    """The template of a period and set, filled with what there is."""
    mine = _mine(request.user, province)
    form = TemplateForm(request.GET, assessments=mine)
    if form.is_empty or not form.is_valid():
        return show(request, province, status=400)
    grid = read_grid(form.of(mine))
    rows = [row for row in grid.rows if row.reports]
    if not rows:
        return show(request, province, status=400)
    part = Part(province.code, form.period.code, form.set.code)
    about = _about(request, province, form, grid)
    content = template(Wanted(grid, rows, part, form.cleaned_data["arrangement"], about))
    response = HttpResponse(content, content_type=TYPES[XLSX])
    name = f"mau-nhap-{province.code}-{form.period.code}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@in_province(Action.ENTER)
def excel_upload(request, province):
    """Keep a workbook and have it read."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, province, upload=form, status=422)
    file = form.cleaned_data["file"]
    workbook = WorkbookImport.objects.create(
        province=province, file=file, filename=file.name, by=request.user
    )
    tasks.begin_reading(workbook)
    return redirect(workbook)


def _mine(user, province):
    return Assessment.objects.editable_by(user).filter(commune__province=province)


def _about(request, province, form: TemplateForm, grid: Grid) -> list[str]:
    """What the first sheet says of the workbook."""
    district = dict(form.fields["district"].choices)[form.cleaned_data["district"]]
    said = [
        _("Entry template of %(province)s, %(period)s")
        % {"province": province, "period": form.period},
        f"{form.set.local_name} ({form.set.decision})",
        str(district),
        _("Made %(at)s for %(by)s") % {"at": moment(timezone.now()), "by": request.user},
    ]
    if any(row.assessment.is_illustrative for row in grid.rows):
        said.append(_("Holds illustrative data, made up to match published totals."))
    return said
