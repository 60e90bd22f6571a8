"""Addresses of plans and published figures in the API."""

from django.urls import path

from targets.api import lists

urlpatterns = [
    path("plans", lists.Plans.as_view(), name="plans"),
    path("targets", lists.Targets.as_view(), name="targets"),
    path("published-figures", lists.PublishedFigures.as_view(), name="published_figures"),
]
