"""Signing in."""

from allauth.account.views import LoginView
from django.conf import settings


class SignIn(LoginView):
    def get_context_data(self, **kwargs):
        server = settings.OIDC_NAME if settings.OIDC_SERVER_URL else ""
        return super().get_context_data(**kwargs) | {"single_sign_on": server}
