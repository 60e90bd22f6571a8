"""Addresses of the dashboards. Each carries its whole state in the query string."""

from django.urls import include, path

from targets.views import (
    areas,
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

PROVINCE = "provinces/<str:province>"
AREAS = f"{PROVINCE}/boundaries/areas"
TABLE = "tables/<slug:table>.<file_kind:kind>"
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
    # boundary changes: the register and the wizard
    path(f"{PROVINCE}/", include("targets.boundaries.urls")),
    # plans and targets
    path(f"{PROVINCE}/", include("targets.plan_urls")),
    # published figures
    path(f"{PROVINCE}/", include("targets.published_urls")),
    # areas of communes for the map
    path(f"{AREAS}/", areas.boundary_areas, name="boundary_areas"),
    path(f"{AREAS}/{TABLE}", areas.boundary_areas_table, name="boundary_areas_table"),
    path(f"{AREAS}/<int:pk>/", areas.area_upload, name="area_upload"),
    path(f"{AREAS}/<int:pk>/apply/", areas.area_apply, name="area_apply"),
    path(f"{AREAS}/<int:pk>/remove/", areas.area_remove, name="area_remove"),
]
