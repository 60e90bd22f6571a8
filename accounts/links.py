"""The one-time link with which somebody sets a password, and the letter that carries it."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from accounts.models import User
from ntm_tracker.web.links import full_address

logger = logging.getLogger(__name__)


def link_for(person: User, request) -> str:
    """Good once and for `PASSWORD_RESET_TIMEOUT`; a password or another link ends it sooner."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return full_address(reverse("accounts:set_password", args=[uid, token]), request)


def good_until():
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def send_link(person: User, link: str) -> bool:
    """Send the link by e-mail; False when there is no address or the mail server refuses."""
    if not person.email:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Set your password for NTM Tracker")
        context = {"person": person, "link": link, "until": good_until()}
        text = render_to_string("account/people/link_mail.txt", context)
    try:
        send_mail(subject, text, None, [person.email])
    except (OSError, SMTPException):
        logger.exception("The link for user %s could not be sent", person.pk)
        return False
    return True
