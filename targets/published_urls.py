"""Addresses of the register of published figures, below its province."""

from django.urls import path

from targets.views import published_register, published_upload, register_files

TABLE = "tables/<slug:table>.<file_kind:kind>"

urlpatterns = [
    path("registers/published/", published_register.register, name="published_register"),
    path(
        "registers/published.<file_kind:kind>",
        published_register.register_file,
        name="published_file",
    ),
    path("registers/published/history/", published_register.history, name="published_history"),
    path(
        f"registers/published/history/{TABLE}",
        register_files.published_history_table,
        name="published_history_table",
    ),
    path(
        f"registers/published/<int:pk>/{TABLE}",
        register_files.published_change_table,
        name="published_change_table",
    ),
    path("registers/published/add/", published_register.add, name="published_add"),
    path("registers/published/upload/", published_upload.upload, name="published_upload"),
    path("registers/published/<int:pk>/", published_register.change, name="published_change"),
    path(
        "registers/published/<int:pk>/remove/", published_register.remove, name="published_remove"
    ),
]
