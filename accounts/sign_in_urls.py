"""Those pages of django-allauth that this site has, under the names that allauth uses.

There is no signing up, no e-mail address to confirm and no password to reset by mail.
"""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
]
