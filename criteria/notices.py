"""Telling people what concerns them."""

from collections.abc import Iterable

from criteria.models import Notice


def tell(
    users: Iterable, kind: Notice.Kind, key: str, *, period=None, assessment=None, comment=None
):
    """Tell each of the users one thing; one query.

    `key` says what it is about: whoever was told under it already is not told again.
    """
    about = {"period": period, "assessment": assessment, "comment": comment}
    Notice.objects.bulk_create(
        [Notice(user=user, kind=kind, key=key, **about) for user in users if user.is_active],
        ignore_conflicts=True,
    )
