"""A few pages that stand for all of their kind; tests use this module as their urlconf."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.decorators import dashboard
from ntm_tracker import urls
from ntm_tracker.web.csp import chart_page
from ntm_tracker.web.htmx import render_part

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404


class ScoreForm(forms.Form):
    income = forms.CharField(label="Thu nhập", help_text="Mức đạt chuẩn: 39", max_length=3)
    verdict = forms.ChoiceField(label="Kết luận", choices=[("met", "Đạt")])
    applies = forms.BooleanField(label="Áp dụng", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@login_not_required
def swapped(request):
    context = {"heading": "Phần", "step": "Bước"}
    return render_part(request, "error.html", "_parts/error.html", context)


@login_not_required
@chart_page
def charts(request):
    return render(request, "base.html")


@login_not_required
def raises(request, kind):
    if kind == "forbidden":
        raise PermissionDenied
    if kind == "missing":
        raise Http404
    raise ValueError(kind)


@login_not_required
def score(request):
    form = ScoreForm(request.POST or None)
    form.is_valid()
    return HttpResponse(form.as_div())


@dashboard
def figures(request):
    return HttpResponse("figures")


def closed(request):
    return HttpResponse("closed")


urlpatterns = [
    *urls.urlpatterns,
    path("swapped/", swapped),
    path("charts/", charts),
    path("raises/<kind>/", raises),
    path("score/", score),
    path("figures/", figures),
    path("closed/", closed),
]
