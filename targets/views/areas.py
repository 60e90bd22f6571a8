"""Areas of communes for the map: uploaded, looked at, applied, taken away again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import in_province
from communes.areas import steps
from communes.models import CommuneArea
from communes.scope import Action
from criteria.views.trails import below_registers
from ntm_tracker.web.downloads import Table, answer, builder_or_404
from targets.area_forms import AreasForm


def below_areas(province) -> list[tuple]:
    address = reverse("boundary_areas", kwargs={"province": province.code})
    return [*below_registers(province), (_("Areas on the map"), address)]


@require_http_methods(["GET", "POST"])
@in_province(Action.DECIDE)
def boundary_areas(request, province):
    """What is on the map and from which files; a POST reads a file and shows what it holds."""
    form = AreasForm(request.POST or None, request.FILES or None, province=province)
    if request.method == "POST" and form.is_valid():
        upload = steps.keep(form.found, province=province, by=request.user, **form.about)
        return redirect("area_upload", province=province.code, pk=upload.pk)
    drawn = CommuneArea.objects.filter(commune__province=province)
    context = {
        "province": province,
        "trail": below_registers(province),
        "form": form,
        "uploads": uploads_of(province),
        "drawn": drawn.count(),
    }
    return render(request, "targets/areas.html", context, status=422 if form.errors else 200)


def uploads_of(province):
    return province.area_uploads.applied().with_names()


@in_province(Action.DECIDE)
def area_upload(request, province, pk):
    """What applying a file would do; nothing is drawn before."""
    upload = get_object_or_404(province.area_uploads.waiting().with_names(), pk=pk)
    context = {
        "province": province,
        "trail": below_areas(province),
        "upload": upload,
        "count": len(upload.areas),
        "without": steps.without_area(upload),
        "replaced": CommuneArea.objects.filter(
            commune__in=steps.known_codes(province, upload.on).values(),
            commune__code__in=upload.areas,
        ).count(),
    }
    return render(request, "targets/area_upload.html", context)


@require_POST
@in_province(Action.DECIDE)
def area_apply(request, province, pk):
    def drawn(count):
        return ngettext(
            "The map now draws the area of %(count)d commune.",
            "The map now draws the areas of %(count)d communes.",
            count,
        )

    return _take(request, province, pk, steps.apply, drawn)


@require_http_methods(["GET", "POST"])
@in_province(Action.DECIDE)
def area_remove(request, province, pk):
    if request.method == "GET":
        upload = get_object_or_404(province.area_uploads.applied(), pk=pk)
        context = {
            "province": province,
            "upload": upload,
            "trail": below_areas(province),
            "count": upload.drawn.count(),
        }
        return render(request, "targets/area_remove.html", context)

    def removed(count):
        return ngettext(
            "The map draws %(count)d commune as a point again.",
            "The map draws %(count)d communes as points again.",
            count,
        )

    return _take(request, province, pk, steps.remove, removed)


def _take(request, province, pk, step, done):
    """Take a step with an upload and say how it went."""
    upload = get_object_or_404(province.area_uploads, pk=pk)
    try:
        count = step(upload, by=request.user)
    except steps.Moved as moved:
        messages.error(request, str(moved))
    else:
        messages.success(request, done(count) % {"count": count})
    return redirect("boundary_areas", province=province.code)


@in_province(Action.DECIDE)
def boundary_areas_table(request, province, table, kind):
    build = builder_or_404({"uploads": _uploads}, table)
    return answer(build(province), kind)


def _uploads(province) -> Table:
    return Table(
        name=f"areas-{province.code}",
        title=_("Files of areas on the map of %(province)s") % {"province": province},
        header=[
            _("File"),
            _("Source and rights"),
            _("Day of the codes"),
            _("Applied on"),
            _("Applied by"),
            _("Removed on"),
            _("Removed by"),
        ],
        rows=[
            [
                upload.file_name,
                upload.source,
                upload.on,
                localtime(upload.applied_at),
                str(upload.applied_by),
                upload.removed_at and localtime(upload.removed_at),
                str(upload.removed_by or ""),
            ]
            for upload in uploads_of(province)
        ],
    )
