"""Addresses of entry and review."""

from django.urls import path

from criteria.views import (
    entry,
    evidence,
    exceptions,
    history,
    notices,
    period,
    periods,
    review,
    review_queue,
    scores,
    starting,
    talk,
    work,
)

app_name = "criteria"
PERIODS = "provinces/<str:province>/periods"
PERIOD = f"{PERIODS}/<int:year>-Q<int:quarter>"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/start/", starting.start_assessment, name="start_assessment"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("assessments/<int:pk>/submit/", entry.submit, name="submit"),
    path("assessments/<int:pk>/carry/", entry.carry, name="carry"),
    path("assessments/<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("assessments/<int:pk>/scores/<str:code>/", scores.score, name="score"),
    path("assessments/<int:pk>/scores/<str:code>/verdict/", scores.verdict, name="verdict"),
    path("assessments/<int:pk>/lines/<str:code>/", talk.line_talk, name="line_talk"),
    path(
        "assessments/<int:pk>/lines/<str:code>/comments/add/",
        talk.comment_add,
        name="comment_add",
    ),
    path(
        "assessments/<int:pk>/lines/<str:code>/evidence/add/",
        evidence.evidence_add,
        name="evidence_add",
    ),
    path("evidence/<uuid:key>/", evidence.evidence_download, name="evidence"),
    path("evidence/<uuid:key>/preview/", evidence.evidence_preview, name="evidence_preview"),
    path("evidence/<uuid:key>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<int:pk>/read/", notices.notices_read, name="notice_read"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("assessments/<int:pk>/review/", review.review_page, name="review"),
    path("assessments/<int:pk>/check/", review.check, name="check"),
    path("assessments/<int:pk>/approve/", review.approve, name="approve"),
    path("assessments/<int:pk>/return/", review.send_back, name="return"),
    path("assessments/<int:pk>/undo/", review.undo, name="undo"),
    path("assessments/<int:pk>/reopen/", review.reopen, name="reopen"),
    path("provinces/<str:province>/review/", review_queue.review_queue, name="review_queue"),
    path(
        "provinces/<str:province>/review/approve/",
        review_queue.approve_selected,
        name="approve_selected",
    ),
    path(
        "provinces/<str:province>/review/check/",
        review_queue.check_selected,
        name="check_selected",
    ),
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
