"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, review, review_queue, scores, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("assessments/<int:pk>/submit/", entry.submit, name="submit"),
    path("assessments/<int:pk>/carry/", entry.carry, name="carry"),
    path("assessments/<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("assessments/<int:pk>/scores/<str:code>/", scores.score, name="score"),
    path("assessments/<int:pk>/scores/<str:code>/verdict/", scores.verdict, name="verdict"),
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
]
