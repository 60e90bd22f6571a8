"""Addresses of criteria, periods and recognitions in the API."""

from django.urls import path

from criteria.api import lists

urlpatterns = [
    path("criteria-sets", lists.CriteriaSets.as_view(), name="criteria_sets"),
    path("criteria", lists.Criteria.as_view(), name="criteria"),
    path("indicators", lists.Indicators.as_view(), name="indicators"),
    path("thresholds", lists.Thresholds.as_view(), name="thresholds"),
    path("periods", lists.Periods.as_view(), name="periods"),
]
