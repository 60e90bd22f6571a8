"""Addresses of the work with scores in the API."""

from django.urls import path

from criteria.api import actions, assessments, scores

ONE = "assessments/<int:pk>"
urlpatterns = [
    path("assessments", assessments.Assessments.as_view(), name="assessments"),
    path(ONE, assessments.OneAssessment.as_view(), name="assessment"),
    path(f"{ONE}/scores", scores.ScoresOfOne.as_view(), name="assessment_scores"),
    path(f"{ONE}/submit", actions.Submit.as_view(), name="submit"),
    path(f"{ONE}/withdraw", actions.Withdraw.as_view(), name="withdraw"),
    path(f"{ONE}/verify", actions.Verify.as_view(), name="verify"),
    path(f"{ONE}/approve", actions.Approve.as_view(), name="approve"),
    path(f"{ONE}/return", actions.SendBack.as_view(), name="return"),
    path("scores", scores.Scores.as_view(), name="scores"),
]
