"""Addresses of entry and review."""

from django.urls import path

from criteria.views import (
    criteria_set,
    crosswalk,
    entry,
    evidence,
    exceptions,
    grid,
    history,
    notices,
    period,
    periods,
    review,
    review_queue,
    scores,
    set_import,
    set_lines,
    sets,
    starting,
    talk,
    threshold,
    thresholds,
    work,
)

app_name = "criteria"
ONE = "assessments/<int:pk>"
LINE = f"{ONE}/lines/<str:code>"
PROVINCE = "provinces/<str:province>"
PERIODS = f"{PROVINCE}/periods"
PERIOD = f"{PERIODS}/<int:year>-Q<int:quarter>"
THRESHOLDS = f"{PROVINCE}/thresholds"
THRESHOLD = f"{THRESHOLDS}/<int:indicator>/<str:group>"
SETS = f"{PROVINCE}/sets"
SET = f"{SETS}/<int:pk>"
SET_CRITERION = f"{SET}/criteria/<int:criterion>"
SET_INDICATOR = f"{SET}/indicators/<int:indicator>"
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
    path(f"{PROVINCE}/log.csv", history.log_csv, name="log_csv"),
    # thresholds
    path(f"{THRESHOLDS}/", thresholds.threshold_list, name="thresholds"),
    path(
        f"{PROVINCE}/thresholds.<file_kind:kind>",
        thresholds.thresholds_file,
        name="thresholds_file",
    ),
    path(f"{THRESHOLDS}/verify/", thresholds.threshold_verify, name="threshold_verify"),
    path(f"{THRESHOLDS}/unverify/", thresholds.threshold_unverify, name="threshold_unverify"),
    path(f"{THRESHOLD}/", threshold.threshold_page, name="threshold"),
    path(f"{THRESHOLD}/change/", threshold.threshold_change, name="threshold_change"),
    # criteria sets
    path(f"{SETS}/", sets.set_list, name="criteria_sets"),
    path(f"{PROVINCE}/sets.<file_kind:kind>", sets.sets_file, name="criteria_sets_file"),
    path(f"{SETS}/add/", sets.set_add, name="set_add"),
    path(f"{SET}/", criteria_set.set_page, name="criteria_set"),
    path(f"{SET}.<file_kind:kind>", criteria_set.set_file, name="criteria_set_file"),
    path(f"{SET}/copy/", sets.set_copy, name="set_copy"),
    path(f"{SET}/change/", criteria_set.set_change, name="set_change"),
    path(f"{SET}/force/", criteria_set.set_force, name="set_force"),
    path(f"{SET}/drop/", criteria_set.set_drop, name="set_drop"),
    path(f"{SET}/import/", set_import.set_import, name="set_import"),
    path(f"{SET}/crosswalk/<int:other>/", crosswalk.crosswalk_page, name="crosswalk"),
    path(f"{SET}/criteria/add/", set_lines.criterion_add, name="criterion_add"),
    path(f"{SET_CRITERION}/", set_lines.criterion_change, name="criterion_change"),
    path(f"{SET_CRITERION}/drop/", set_lines.criterion_drop, name="criterion_drop"),
    path(f"{SET_CRITERION}/indicators/add/", set_lines.indicator_add, name="indicator_add"),
    path(f"{SET_INDICATOR}/", set_lines.indicator_change, name="indicator_change"),
    path(f"{SET_INDICATOR}/drop/", set_lines.indicator_drop, name="indicator_drop"),
]
