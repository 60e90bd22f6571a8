"""Addresses of criteria and what is entered by them in the API."""

from django.urls import include, path

urlpatterns = [
    path("", include("criteria.api.lists_urls")),
    path("", include("criteria.api.work_urls")),
]
