"""Addresses of entry and review."""

from django.urls import path

from criteria.views import entry, grid, scores, work

app_name = "criteria"
urlpatterns = [
    path("work/", work.my_work, name="work"),
    path("provinces/<str:province>/grid/", grid.grid_page, name="grid"),
    path("assessments/<int:pk>/", entry.assessment_page, name="assessment"),
    path("assessments/<int:pk>/submit/", entry.submit, name="submit"),
    path("assessments/<int:pk>/carry/", entry.carry, name="carry"),
    path("assessments/<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("assessments/<int:pk>/scores/<str:code>/", scores.score, name="score"),
    path("assessments/<int:pk>/scores/<str:code>/verdict/", scores.verdict, name="verdict"),
]
