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

PROVINCE = "provinces/<str:province>"
TABLE = "tables/<slug:table>.<file_kind:kind>"
PUBLISHED = f"{PROVINCE}/registers/published"
urlpatterns = [
    path("", province.home, name="home"),
    path("search/", search.search_page, name="search"),
    path(f"{PROVINCE}/", province.province_page, name="province"),
    path(
        f"{PROVINCE}/districts/<str:district>/",
        district.district_page,
        name="district",
    ),
    path(f"{PROVINCE}/communes/<str:commune>/", commune.commune_page, name="commune"),
    path(
        f"{PROVINCE}/criteria/<int:number>/",
        criterion.criterion_page,
        name="criterion",
    ),
    path(f"{PROVINCE}/published/", published.published_page, name="published"),
    path(f"{PROVINCE}/matrix/", matrix.matrix_page, name="matrix"),
    path(f"{PROVINCE}/registers/", registers.registers_page, name="registers"),
    path(f"{PROVINCE}/charts/<slug:name>/", charts.chart_page, name="chart"),
    path(f"{PROVINCE}/charts/<slug:name>.json", charts.chart_json, name="chart_json"),
    path(
        f"{PROVINCE}/charts/<slug:name>.<file_kind:kind>",
        charts.chart_file,
        name="chart_file",
    ),
    # tables of the pages as files
    path(f"search/{TABLE}", search.search_table, name="search_table"),
    path(f"{PROVINCE}/{TABLE}", province.province_table, name="province_table"),
    path(
        f"{PROVINCE}/districts/<str:district>/{TABLE}",
        district.district_table,
        name="district_table",
    ),
    path(
        f"{PROVINCE}/communes/<str:commune>/{TABLE}", commune.commune_table, name="commune_table"
    ),
    path(
        f"{PROVINCE}/criteria/<int:number>/{TABLE}",
        criterion.criterion_table,
        name="criterion_table",
    ),
    path(f"{PROVINCE}/published/{TABLE}", published.published_table, name="published_table"),
    path(f"{PROVINCE}/matrix/{TABLE}", matrix.matrix_table, name="matrix_table"),
    # published figures
    path(f"{PUBLISHED}/", published_register.register, name="published_register"),
    path(f"{PUBLISHED}.<file_kind:kind>", published_register.register_file, name="published_file"),
    path(f"{PUBLISHED}/history/", published_register.history, name="published_history"),
    path(f"{PUBLISHED}/add/", published_register.add, name="published_add"),
    path(f"{PUBLISHED}/upload/", published_upload.upload, name="published_upload"),
    path(f"{PUBLISHED}/<int:pk>/", published_register.change, name="published_change"),
    path(f"{PUBLISHED}/<int:pk>/remove/", published_register.remove, name="published_remove"),
]
