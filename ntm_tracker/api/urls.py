"""Addresses of the API, version 1."""

from django.urls import include, path

from ntm_tracker.api import docs

app_name = "api"
urlpatterns = [
    path("docs/", docs.swagger, name="docs"),
    path("schema", docs.schema, name="schema"),
    path("v1/", include("communes.api.urls")),
    path("v1/", include("criteria.api.urls")),
    path("v1/", include("targets.api.urls")),
]
