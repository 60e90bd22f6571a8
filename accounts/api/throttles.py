"""How often somebody may ask, by who they are and by where they ask from; costs no query."""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils.translation import ngettext
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from accounts.api.counts import counts

SECONDS = {"sec": 1, "min": 60, "hour": 60 * 60}
ONE_HOLDER = 64  # bits of an IPv6 address that name whoever holds the rest


def address_of(request) -> str:
    """Where a request comes from, as for signing in: behind the proxies that are trusted."""
    return get_adapter().get_client_ip(request)


def network_of(request) -> str:
    """What counts as one address: of IPv6 the network, as its holder chooses the rest."""
    address = ip_address(address_of(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, ONE_HOLDER), strict=False))
    return str(address)


def check(scope: str, whose: str, number: int = 1):
    """Count, and raise Throttled over the limit of `API_RATES`; with 0 only look."""
    rate = settings.API_RATES[scope]
    if not rate:
        return
    most, _slash, period = rate.partition("/")
    count, left = counts().add(f"{scope} {whose}", SECONDS[period], number)
    if count + (number == 0) > int(most):
        raise _too_many(left)


def _too_many(seconds: int) -> Throttled:
    error = Throttled(seconds)
    text = ngettext(
        "Too many requests. Wait %(number)d second, then go on more slowly.",
        "Too many requests. Wait %(number)d seconds, then go on more slowly.",
        seconds,
    )
    error.detail = text % {"number": seconds}
    return error


class ByUser(BaseThrottle):
    """Each person, whatever tokens and addresses their programs use."""

    def allow_request(self, request, view):
        if request.user.is_authenticated:
            check("user", str(request.user.pk))
        return True


class ByAddress(BaseThrottle):
    """Each address, whoever asks; a whole office may share one."""

    def allow_request(self, request, view):
        check("address", network_of(request))
        return True
