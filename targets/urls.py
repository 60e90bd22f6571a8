"""Addresses of the dashboards. Each carries its whole state in the query string."""

from django.urls import include, path

from targets.views import (
    charts,
    commune,
    criterion,
    district,
    matrix,
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
    path("provinces/<str:province>/charts/<slug:name>/", charts.chart_page, name="chart"),
    path("provinces/<str:province>/charts/<slug:name>.json", charts.chart_json, name="chart_json"),
    path("provinces/<str:province>/charts/<slug:name>.csv", charts.chart_csv, name="chart_csv"),
    # boundary changes: the register and the wizard
    path("provinces/<str:province>/", include("targets.boundaries.urls")),
]
