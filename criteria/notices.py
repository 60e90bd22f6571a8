"""Telling people what concerns them: in the app at once, by e-mail once."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from criteria.mail import mail_waiting
from criteria.models import Notice

# Mailed within the request, so that nobody waits long for a page; `send_notices` mails the rest.
AT_ONCE = 5


def tell(
    users: Iterable, kind: Notice.Kind, key: str, *, period=None, assessment=None, comment=None
):
    """Tell each of the users one thing; one query. The first e-mails follow the commit.

    `key` says what it is about: whoever was told under it already is not told again.
    """
    about = {"period": period, "assessment": assessment, "comment": comment}
    told = [user for user in users if user.is_active]
    Notice.objects.bulk_create(
        [Notice(user=user, kind=kind, key=key, **about) for user in told], ignore_conflicts=True
    )
    notices = Notice.objects.filter(key=key, user__in=told)
    transaction.on_commit(partial(mail_waiting, notices, at_most=AT_ONCE), robust=True)
