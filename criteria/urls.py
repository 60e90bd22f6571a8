"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, notices, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<int:pk>/read/", notices.notices_read, name="notice_read"),
    path("notices/read/", notices.notices_read, name="notices_read"),
]
