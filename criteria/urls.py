"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
]
