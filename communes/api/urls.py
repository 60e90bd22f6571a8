"""Addresses of units in the API."""

from django.urls import path

from communes.api import views

urlpatterns = [
    path("provinces", views.Provinces.as_view(), name="provinces"),
    path("provinces/<str:code>", views.ProvinceOne.as_view(), name="province"),
    path("districts", views.Districts.as_view(), name="districts"),
    path("districts/<str:code>", views.DistrictOne.as_view(), name="district"),
    path("communes", views.Communes.as_view(), name="communes"),
    path("communes/<str:code>", views.CommuneOne.as_view(), name="commune"),
    path("boundary-changes", views.BoundaryChanges.as_view(), name="boundary_changes"),
    path("lineage", views.Lineage.as_view(), name="lineage"),
]
