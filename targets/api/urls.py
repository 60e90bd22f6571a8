"""Addresses of plans and figures in the API."""

from django.urls import include, path

from targets.api import views

urlpatterns = [
    path("", include("targets.api.registers_urls")),
    path("progress", views.Progress.as_view(), name="progress"),
    path("progress/series", views.ProgressSeries.as_view(), name="progress_series"),
    path("progress/districts", views.Districts.as_view(), name="progress_districts"),
    path("communes/<str:code>/standing", views.CommuneStanding.as_view(), name="commune_standing"),
    path("matrix", views.Matrix.as_view(), name="matrix"),
    path("bottlenecks", views.Bottlenecks.as_view(), name="bottlenecks"),
    path("next-in-line", views.NextInLine.as_view(), name="next_in_line"),
    path("map", views.Map.as_view(), name="map"),
]
