"""Addresses of the registers of thresholds and criteria sets, below their province."""

from django.urls import path

from criteria.views import (
    criteria_set,
    crosswalk,
    register_files,
    set_import,
    set_lines,
    sets,
    threshold,
    thresholds,
)

THRESHOLD = "thresholds/<int:indicator>/<str:group>"
SET = "sets/<int:pk>"
TABLE = "tables/<slug:table>.<file_kind:kind>"
SET_CRITERION = f"{SET}/criteria/<int:criterion>"
SET_INDICATOR = f"{SET}/indicators/<int:indicator>"
urlpatterns = [
    # thresholds
    path("thresholds/", thresholds.threshold_list, name="thresholds"),
    path(
        "thresholds.<file_kind:kind>",
        thresholds.thresholds_file,
        name="thresholds_file",
    ),
    path("thresholds/verify/", thresholds.threshold_verify, name="threshold_verify"),
    path("thresholds/unverify/", thresholds.threshold_unverify, name="threshold_unverify"),
    path(f"{THRESHOLD}/", threshold.threshold_page, name="threshold"),
    path(f"{THRESHOLD}/{TABLE}", register_files.threshold_page_table, name="threshold_table"),
    path(f"{THRESHOLD}/change/", threshold.threshold_change, name="threshold_change"),
    # criteria sets
    path("sets/", sets.set_list, name="criteria_sets"),
    path("sets.<file_kind:kind>", sets.sets_file, name="criteria_sets_file"),
    path("sets/add/", sets.set_add, name="set_add"),
    path(f"{SET}/", criteria_set.set_page, name="criteria_set"),
    path(f"{SET}.<file_kind:kind>", criteria_set.set_file, name="criteria_set_file"),
    path(f"{SET}/copy/", sets.set_copy, name="set_copy"),
    path(f"{SET}/{TABLE}", register_files.criteria_set_table, name="criteria_set_table"),
    path(f"{SET}/change/", criteria_set.set_change, name="set_change"),
    path(f"{SET}/force/", criteria_set.set_force, name="set_force"),
    path(f"{SET}/drop/", criteria_set.set_drop, name="set_drop"),
    path(f"{SET}/import/", set_import.set_import, name="set_import"),
    path(f"{SET}/crosswalk/<int:other>/", crosswalk.crosswalk_page, name="crosswalk"),
    path(f"{SET}/criteria/add/", set_lines.criterion_add, name="criterion_add"),
    path(f"{SET_CRITERION}/", set_lines.criterion_change, name="criterion_change"),
    path(f"{SET_CRITERION}/drop/", set_lines.criterion_drop, name="criterion_drop"),
    path(f"{SET_CRITERION}/indicators/add/", set_lines.indicator_add, name="indicator_add"),
    path(f"{SET_INDICATOR}/", set_lines.indicator_change, name="indicator_change"),
    path(f"{SET_INDICATOR}/drop/", set_lines.indicator_drop, name="indicator_drop"),
]
