"""Notices by e-mail: none twice, and what failed is tried again by `send_notices`."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from criteria.models import Notice

logger = logging.getLogger(__name__)
# What is older is news to nobody.
DAYS = 7


def mail_waiting(notices) -> int:
    """Mail those of the notices that wait for it; how many were sent.

    Whoever has no address, or has read the notice already, gets no e-mail. A mail server that
    does not answer ends the run.
    """
    waiting = notices.unread().filter(
        mailed_at__isnull=True,
        made_at__gt=timezone.now() - timedelta(days=DAYS),
        user__is_active=True,
    )
    sent = 0
    for notice in waiting.exclude(user__email="").with_names().select_related("user"):
        try:
            sent += _mail_once(notice)
        except (SMTPException, ValueError):
            logger.exception("Notice %s was not mailed.", notice.pk)
        except OSError:
            logger.exception("Notice %s was not mailed; no mail server answers.", notice.pk)
            break
    return sent


def _mail_once(notice: Notice) -> bool:
    """Send a notice unless somebody has; it is claimed before, and given back on failure."""
    rows = Notice.objects.filter(pk=notice.pk)
    if not rows.filter(mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return False
    try:
        with translation.override(settings.LANGUAGE_CODE):
            send_mail(_subject(notice), _text(notice), None, [notice.user.email])
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
            f"{settings.SITE_URL}{notice.get_absolute_url()}",
            _("You get this e-mail because you work with NTM Tracker. It needs no answer."),
        ]
    )
