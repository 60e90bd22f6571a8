"""Signing in without the form: the cookie that the form would give."""

from django.conf import settings
from django.test import Client


def sign_in(page, user, address):
    """Make the page's browser the user's, at a site's address."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
