"""Addresses of units in the API."""

from django.urls import path

from communes.api import views

urlpatterns = [
    path("provinces", views.Provinces.as_view(), name="provinces"),
]
