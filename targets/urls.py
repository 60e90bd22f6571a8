"""Addresses of the dashboards. Each carries its whole state in the query string."""

from django.urls import path

from targets.views import (
    charts,
    commune,
    criterion,
    district,
    matrix,
    province,
    published,
    published_register,
    published_upload,
    registers,
    search,
)

PUBLISHED = "provinces/<str:province>/registers/published"
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
    # published figures
    path(f"{PUBLISHED}/", published_register.register, name="published_register"),
    path(f"{PUBLISHED}.<file_kind:kind>", published_register.register_file, name="published_file"),
    path(f"{PUBLISHED}/history/", published_register.history, name="published_history"),
    path(f"{PUBLISHED}/add/", published_register.add, name="published_add"),
    path(f"{PUBLISHED}/upload/", published_upload.upload, name="published_upload"),
    path(f"{PUBLISHED}/<int:pk>/", published_register.change, name="published_change"),
    path(f"{PUBLISHED}/<int:pk>/remove/", published_register.remove, name="published_remove"),
    # charts
    path("provinces/<str:province>/charts/<slug:name>/", charts.chart_page, name="chart"),
    path("provinces/<str:province>/charts/<slug:name>.json", charts.chart_json, name="chart_json"),
    path("provinces/<str:province>/charts/<slug:name>.csv", charts.chart_csv, name="chart_csv"),
]
