"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, grid, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("provinces/<str:province>/grid/", grid.grid_page, name="grid"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
]
