"""Addresses of criteria, periods and recognitions in the API."""

from django.urls import path

from criteria.api import lists, recognitions, recording

urlpatterns = [
    path("criteria-sets", lists.CriteriaSets.as_view(), name="criteria_sets"),
    path("criteria", lists.Criteria.as_view(), name="criteria"),
    path("indicators", lists.Indicators.as_view(), name="indicators"),
    path("thresholds", lists.Thresholds.as_view(), name="thresholds"),
    path("periods", lists.Periods.as_view(), name="periods"),
    path("recognitions", recording.Register.as_view(), name="recognitions"),
    path("recognitions/removed", recognitions.Removed.as_view(), name="recognitions_removed"),
    path("recognitions/<int:pk>", recognitions.RecognitionOne.as_view(), name="recognition"),
    path("recognitions/<int:pk>/revoke", recording.Revoke.as_view(), name="revoke"),
]
