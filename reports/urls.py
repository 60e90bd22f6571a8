"""Addresses of the documents that a province makes."""

from django.urls import path

from reports.views import documents, letterheads

app_name = "reports"
REPORTS = "provinces/<str:province>/reports"
DOCUMENT = f"{REPORTS}/<uuid:key>"
urlpatterns = [
    path(f"{REPORTS}/", documents.documents, name="documents"),
    path(f"{REPORTS}/letterhead/", letterheads.letterhead, name="letterhead"),
    path(
        f"{REPORTS}/tables/<slug:table>.<file_kind:kind>",
        documents.documents_table,
        name="documents_table",
    ),
    path(f"{DOCUMENT}/", documents.document, name="document"),
    path(f"{DOCUMENT}/file/", documents.document_file, name="document_file"),
    path(f"{DOCUMENT}/cancel/", documents.document_cancel, name="document_cancel"),
    path(f"{DOCUMENT}/run/", documents.document_run, name="document_run"),
]
