"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, starting, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/start/", starting.start_assessment, name="start_assessment"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
]
