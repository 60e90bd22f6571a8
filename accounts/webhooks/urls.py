"""Addresses of the webhooks of a province, below its own."""

from django.urls import path

from accounts.webhooks import file_views, views
from accounts.webhooks.step_views import PAUSE, RENEW, RESUME, webhook_step

TABLE = "tables/<slug:table>.<file_kind:kind>"

urlpatterns = [
    path("", views.webhooks, name="webhooks"),
    path(TABLE, file_views.webhooks_table, name="webhooks_table"),
    path("add/", views.add, name="webhook_add"),
    path("<int:pk>/", views.webhook, name="webhook"),
    path(f"<int:pk>/{TABLE}", file_views.webhook_table, name="webhook_table"),
    path("<int:pk>/change/", views.change, name="webhook_change"),
    path("<int:pk>/pause/", webhook_step, {"step": PAUSE}, name="webhook_pause"),
    path("<int:pk>/resume/", webhook_step, {"step": RESUME}, name="webhook_resume"),
    path("<int:pk>/renew-secret/", webhook_step, {"step": RENEW}, name="webhook_renew"),
    path("<int:pk>/secret/", views.secret, name="webhook_secret"),
    path("<int:pk>/test/", views.test, name="webhook_test"),
    path("<int:pk>/messages/<int:delivery>/", views.delivery, name="webhook_delivery"),
    path("<int:pk>/messages/<int:delivery>/again/", views.again, name="webhook_again"),
]
