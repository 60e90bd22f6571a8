"""Addresses of the dashboards. Each carries its whole state in the query string."""

from django.urls import path

from targets.views import (
    charts,
    commune,
    criterion,
    district,
    matrix,
    plan_allocation,
    plan_editing,
    plan_files,
    plan_steps,
    plans,
    province,
    published,
    registers,
    search,
)

urlpatterns = [
    path("", province.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("provinces/<str:province>/", province.province_page, name="province"),
    path(
        "provinces/<str:province>/districts/<str:district>/",
        district.district_page,
        name="district",
    ),
    path("provinces/<str:province>/communes/<str:commune>/", commune.commune_page, name="commune"),
    path(
        "provinces/<str:province>/criteria/<int:number>/",
        criterion.criterion_page,
        name="criterion",
    ),
    path("provinces/<str:province>/published/", published.published_page, name="published"),
    path("provinces/<str:province>/matrix/", matrix.matrix_page, name="matrix"),
    path("provinces/<str:province>/registers/", registers.registers_page, name="registers"),
    # plans and targets
    path("provinces/<str:province>/plans/", plans.plans_page, name="plans"),
    path("provinces/<str:province>/plans/add/", plan_steps.plan_add, name="plan_add"),
    path("provinces/<str:province>/plans/<slug:plan>/", plans.plan_page, name="plan"),
    path(
        "provinces/<str:province>/plans/<slug:plan>/change/",
        plan_steps.plan_change,
        name="plan_change",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/targets/",
        plan_editing.plan_edit,
        name="plan_edit",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/districts/<str:district>/",
        plan_editing.plan_edit,
        name="plan_edit_district",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/allocate/<slug:metric>/<slug:kind>/",
        plan_allocation.plan_allocate,
        name="plan_allocate",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/copy/", plan_steps.plan_copy, name="plan_copy"
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/version/",
        plan_steps.plan_version,
        name="plan_version",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/in-force/",
        plan_steps.plan_adopt,
        name="plan_adopt",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/drop/", plan_steps.plan_drop, name="plan_drop"
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/upload/",
        plan_files.plan_upload,
        name="plan_upload",
    ),
    path(
        "provinces/<str:province>/plans/<slug:plan>/targets.<file_kind:kind>",
        plan_files.plan_file,
        name="plan_file",
    ),
    # charts
    path("provinces/<str:province>/charts/<slug:name>/", charts.chart_page, name="chart"),
    path("provinces/<str:province>/charts/<slug:name>.json", charts.chart_json, name="chart_json"),
    path("provinces/<str:province>/charts/<slug:name>.csv", charts.chart_csv, name="chart_csv"),
]
