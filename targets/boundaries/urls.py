"""Addresses of the register of boundary changes."""

from django.urls import include, path

from targets.boundaries.views import drafts, files, lines, register, tables

TABLE = "tables/<slug:table>.<file_kind:kind>"

of_draft = [
    path("", drafts.boundary_draft, name="boundary_draft"),
    path(TABLE, files.boundary_draft_table, name="boundary_draft_table"),
    path("change/", drafts.boundary_change_draft, name="boundary_change_draft"),
    path("discard/", drafts.boundary_discard, name="boundary_discard"),
    path("preview/", drafts.boundary_preview, name="boundary_preview"),
    path("apply/", drafts.boundary_apply, name="boundary_apply"),
    path("upload/", tables.boundary_upload, name="boundary_upload"),
    path("units.<file_kind:kind>", tables.boundary_units_file, name="boundary_units_file"),
    path("lines.<file_kind:kind>", tables.boundary_lines_file, name="boundary_lines_file"),
    path("units/add/", lines.boundary_unit_add, name="boundary_unit_add"),
    path("units/<int:unit>/", lines.boundary_unit, name="boundary_unit"),
    path("units/<int:unit>/remove/", lines.boundary_unit_remove, name="boundary_unit_remove"),
    path("lines/add/", lines.boundary_line_add, name="boundary_line_add"),
    path("lines/<int:line>/", lines.boundary_line, name="boundary_line"),
    path("lines/<int:line>/remove/", lines.boundary_line_remove, name="boundary_line_remove"),
]

urlpatterns = [
    path("boundaries/", register.boundaries, name="boundaries"),
    path("boundaries.<file_kind:kind>", register.boundaries_file, name="boundaries_file"),
    path(f"boundaries/{TABLE}", files.boundaries_table, name="boundaries_table"),
    path(f"boundaries/<int:pk>/{TABLE}", files.boundary_table, name="boundary_table"),
    path("boundaries/<int:pk>/", register.boundary, name="boundary"),
    path("boundaries/<int:pk>/undo/", register.boundary_undo, name="boundary_undo"),
    path("boundaries/drafts/add/", drafts.boundary_add, name="boundary_add"),
    path("boundaries/drafts/<int:pk>/", include(of_draft)),
]
