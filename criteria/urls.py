"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, exceptions, history, period, periods, starting, work

app_name = "criteria"
PERIODS = "provinces/<str:province>/periods"
PERIOD = f"{PERIODS}/<int:year>-Q<int:quarter>"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/start/", starting.start_assessment, name="start_assessment"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("assessments/<int:pk>/history/", history.assessment_history, name="assessment_history"),
    path(f"{PERIODS}/", periods.periods_page, name="periods"),
    path(f"{PERIODS}/add/", periods.add_period, name="add_period"),
    path(f"{PERIODS}/limits/", periods.change_limits, name="limits"),
    path(f"{PERIOD}/", period.period_page, name="period"),
    path(f"{PERIOD}/change/", period.change_period, name="change_period"),
    path(f"{PERIOD}/open/", period.open_period, name="open_period"),
    path(f"{PERIOD}/complete/", period.complete_period, name="complete_period"),
    path(f"{PERIOD}/close/", period.close_period, name="close_period"),
    path(f"{PERIOD}/reopen/", period.reopen_period, name="reopen_period"),
    path(f"{PERIOD}/grant/", exceptions.grant_exception, name="grant_exception"),
    path(
        f"{PERIODS}/exceptions/<int:pk>/withdraw/",
        exceptions.withdraw_exception,
        name="withdraw_exception",
    ),
    path("provinces/<str:province>/log/", history.log, name="log"),
    path("provinces/<str:province>/log.csv", history.log_csv, name="log_csv"),
]
