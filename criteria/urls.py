"""Addresses of entry and review."""

from django.urls import include, path

from criteria.views import (
    entry,
    evidence,
    excel,
    excel_import,
    exceptions,
    files,
    grid,
    history,
    notices,
    period,
    periods,
    recognitions,
    register_files,
    review,
    review_queue,
    scores,
    starting,
    summary,
    talk,
    work,
)

app_name = "criteria"
ONE = "assessments/<int:pk>"
LINE = f"{ONE}/lines/<str:code>"
PROVINCE = "provinces/<str:province>"
EXCEL = f"{PROVINCE}/excel"
IMPORT = f"{EXCEL}/<uuid:key>"
PERIODS = f"{PROVINCE}/periods"
TABLE = "tables/<slug:table>.<file_kind:kind>"
PERIOD = f"{PERIODS}/<int:year>-Q<int:quarter>"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/read/", notices.notices_read, name="notice_read"),
    # entry
    path("assessments/start/", starting.start_assessment, name="start_assessment"),
    path(f"{ONE}/", entry.assessment_page, name="assessment"),
    path(f"{ONE}/submit/", entry.submit, name="submit"),
    path(f"{ONE}/carry/", entry.carry, name="carry"),
    path(f"{ONE}/withdraw/", entry.withdraw, name="withdraw"),
    path(f"{ONE}/history/", history.assessment_history, name="assessment_history"),
    path(f"{ONE}/scores/<str:code>/", scores.score, name="score"),
    path(f"{ONE}/scores/<str:code>/verdict/", scores.verdict, name="verdict"),
    path(f"{LINE}/", talk.line_talk, name="line_talk"),
    path(f"{LINE}/comments/add/", talk.comment_add, name="comment_add"),
    path(f"{LINE}/evidence/add/", evidence.evidence_add, name="evidence_add"),
    path("evidence/<uuid:key>/", evidence.evidence_download, name="evidence"),
    path("evidence/<uuid:key>/preview/", evidence.evidence_preview, name="evidence_preview"),
    path("evidence/<uuid:key>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{PROVINCE}/grid/", grid.grid_page, name="grid"),
    # entry in workbooks
    path(f"{EXCEL}/", excel.excel_page, name="excel"),
    path(f"{EXCEL}/template/", excel.excel_template, name="excel_template"),
    path(f"{EXCEL}/upload/", excel.excel_upload, name="excel_upload"),
    path(f"{IMPORT}/", excel_import.excel_import, name="excel_import"),
    path(f"{IMPORT}/run/", excel_import.excel_run, name="excel_run"),
    path(f"{IMPORT}/apply/", excel_import.excel_apply, name="excel_apply"),
    path(f"{IMPORT}/undo/", excel_import.excel_undo, name="excel_undo"),
    # summary workbooks of the province
    path(f"{EXCEL}/summary/", summary.summary_upload, name="summary_upload"),
    path(f"{IMPORT}/summary/", summary.summary_mapping, name="summary_mapping"),
    # review
    path(f"{PROVINCE}/review/", review_queue.review_queue, name="review_queue"),
    path(f"{PROVINCE}/review/check/", review_queue.check_selected, name="check_selected"),
    path(f"{PROVINCE}/review/approve/", review_queue.approve_selected, name="approve_selected"),
    path(f"{ONE}/review/", review.review_page, name="review"),
    path(f"{ONE}/check/", review.check, name="check"),
    path(f"{ONE}/approve/", review.approve, name="approve"),
    path(f"{ONE}/return/", review.send_back, name="return"),
    path(f"{ONE}/undo/", review.undo, name="undo"),
    path(f"{ONE}/reopen/", review.reopen, name="reopen"),
    # periods and history of the province
    path(f"{PERIODS}/", periods.periods_page, name="periods"),
    path(f"{PERIODS}/add/", periods.add_period, name="add_period"),
    path(f"{PERIODS}/limits/", periods.change_limits, name="limits"),
    path(
        f"{PERIODS}/exceptions/<int:pk>/withdraw/",
        exceptions.withdraw_exception,
        name="withdraw_exception",
    ),
    path(f"{PERIOD}/", period.period_page, name="period"),
    path(f"{PERIOD}/change/", period.change_period, name="change_period"),
    path(f"{PERIOD}/open/", period.open_period, name="open_period"),
    path(f"{PERIOD}/complete/", period.complete_period, name="complete_period"),
    path(f"{PERIOD}/close/", period.close_period, name="close_period"),
    path(f"{PERIOD}/reopen/", period.reopen_period, name="reopen_period"),
    path(f"{PERIOD}/grant/", exceptions.grant_exception, name="grant_exception"),
    path(f"{PROVINCE}/log/", history.log, name="log"),
    path(f"{PROVINCE}/log.<file_kind:kind>", history.log_file, name="log_file"),
    # tables of the pages as files
    path(f"{EXCEL}/{TABLE}", register_files.excel_table, name="excel_table"),
    path(f"work/{TABLE}", files.work_table, name="work_table"),
    path(f"{ONE}/{TABLE}", files.assessment_table, name="assessment_table"),
    path(f"{PROVINCE}/grid/{TABLE}", files.grid_table, name="grid_table"),
    path(f"{PROVINCE}/review/{TABLE}", files.review_queue_table, name="review_queue_table"),
    path(f"{PERIODS}/{TABLE}", files.periods_table, name="periods_table"),
    path(f"{PERIOD}/{TABLE}", files.period_table, name="period_table"),
    # thresholds and criteria sets
    path(f"{PROVINCE}/", include("criteria.set_urls")),
    # recognitions
    path(f"{PROVINCE}/", include("criteria.recognition_urls")),
    path("decisions/<uuid:key>/", recognitions.decision_file, name="decision_file"),
]
