"""Addresses of the register of plans, below their province."""

from django.urls import path

from targets.views import (
    plan_allocation,
    plan_editing,
    plan_files,
    plan_steps,
    plans,
    register_files,
)

TABLE = "tables/<slug:table>.<file_kind:kind>"

urlpatterns = [
    path("plans/", plans.plans_page, name="plans"),
    path("plans/add/", plan_steps.plan_add, name="plan_add"),
    path(f"plans/{TABLE}", register_files.plans_table, name="plans_table"),
    path(f"plans/<slug:plan>/{TABLE}", register_files.plan_table, name="plan_table"),
    path("plans/<slug:plan>/", plans.plan_page, name="plan"),
    path(
        "plans/<slug:plan>/change/",
        plan_steps.plan_change,
        name="plan_change",
    ),
    path(
        "plans/<slug:plan>/targets/",
        plan_editing.plan_edit,
        name="plan_edit",
    ),
    path(
        "plans/<slug:plan>/districts/<str:district>/",
        plan_editing.plan_edit,
        name="plan_edit_district",
    ),
    path(
        "plans/<slug:plan>/allocate/<slug:metric>/<slug:kind>/",
        plan_allocation.plan_allocate,
        name="plan_allocate",
    ),
    path("plans/<slug:plan>/copy/", plan_steps.plan_copy, name="plan_copy"),
    path(
        "plans/<slug:plan>/version/",
        plan_steps.plan_version,
        name="plan_version",
    ),
    path(
        "plans/<slug:plan>/in-force/",
        plan_steps.plan_adopt,
        name="plan_adopt",
    ),
    path("plans/<slug:plan>/drop/", plan_steps.plan_drop, name="plan_drop"),
    path(
        "plans/<slug:plan>/upload/",
        plan_files.plan_upload,
        name="plan_upload",
    ),
    path(
        "plans/<slug:plan>/targets.<file_kind:kind>",
        plan_files.plan_file,
        name="plan_file",
    ),
]
