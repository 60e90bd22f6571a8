"""Addresses of the register of recognitions, below its province."""

from django.urls import path

from criteria.views import recognising, recognitions, recognitions_upload, register_files

RECOGNITION = "recognitions/<int:pk>"
TABLE = "tables/<slug:table>.<file_kind:kind>"
urlpatterns = [
    path("recognitions/", recognitions.register, name="recognitions"),
    path("recognitions.<file_kind:kind>", recognitions.register_file, name="recognitions_file"),
    path("recognitions/history/", recognitions.register_history, name="recognitions_history"),
    path("recognitions/add/", recognising.add, name="recognition_add"),
    path("recognitions/upload/", recognitions_upload.upload, name="recognitions_upload"),
    path("recognitions/complete/", recognising.set_complete, name="register_complete"),
    path(f"{RECOGNITION}/", recognitions.recognition, name="recognition"),
    path(f"{RECOGNITION}/correct/", recognising.correct, name="recognition_correct"),
    path(f"{RECOGNITION}/revoke/", recognising.revoke, name="recognition_revoke"),
    path(f"{RECOGNITION}/restore/", recognising.restore, name="recognition_restore"),
    path(f"{RECOGNITION}/remove/", recognising.remove, name="recognition_remove"),
    path(
        f"recognitions/history/{TABLE}",
        register_files.recognitions_history_table,
        name="recognitions_history_table",
    ),
    path(f"{RECOGNITION}/{TABLE}", register_files.recognition_table, name="recognition_table"),
    path(f"{RECOGNITION}/carry/", recognising.carry, name="recognition_carry"),
]
