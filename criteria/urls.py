"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, history, starting, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/start/", starting.start_assessment, name="start_assessment"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("assessments/<int:pk>/history/", history.assessment_history, name="assessment_history"),
    path("provinces/<str:province>/log/", history.log, name="log"),
    path("provinces/<str:province>/log.csv", history.log_csv, name="log_csv"),
]
