"""Notices by e-mail: none twice, and what failed is tried again by `send_notices`."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from criteria.models import Notice
from ntm_tracker.web.links import full_address

logger = logging.getLogger(__name__)
# What is older is news to nobody.
DAYS = 7
# The fault of one letter or address; whatever else fails, fails for all.
OF_ONE_LETTER = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)


def mail_waiting(notices, at_most: int | None = None) -> int:
    """Mail those of the notices that wait for it, over one connection; how many were sent.

    Whoever has no address, or has read the notice already, gets no e-mail. A mail server that
    does not answer, or breaks off, ends the run.
    """
    waiting = notices.unread().filter(
        mailed_at__isnull=True,
        made_at__gt=timezone.now() - timedelta(days=DAYS),
        user__is_active=True,
    )
    letters = waiting.exclude(user__email="").with_names().select_related("user")[:at_most]
    sent = 0
    if not letters:
        return sent
    try:
        with get_connection() as connection:
            for notice in letters:
                sent += _mail(notice, connection)
    except OSError:
        logger.exception("%d of %d notices were mailed; the others wait.", sent, len(letters))
    return sent


def _mail(notice: Notice, connection) -> bool:
    try:
        return _mail_once(notice, connection)
    except OF_ONE_LETTER:
        logger.exception("Notice %s was not mailed.", notice.pk)
        return False


def _mail_once(notice: Notice, connection) -> bool:
    """Send a notice unless somebody has; it is claimed before, and given back on failure."""
    rows = Notice.objects.filter(pk=notice.pk)
    if not rows.filter(mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return False
    try:
        with translation.override(settings.LANGUAGE_CODE):
            EmailMessage(
                _subject(notice), _text(notice), to=[notice.user.email], connection=connection
            ).send()
    except (OSError, ValueError):
        rows.update(mailed_at=None)
        raise
    return True


def _subject(notice: Notice) -> str:
    return " ".join(notice.sentence.split())


def _text(notice: Notice) -> str:
    return "\n\n".join(
        [
            notice.sentence,
            full_address(notice.get_absolute_url()),
            _("You get this e-mail because you work with NTM Tracker. It needs no answer."),
        ]
    )
