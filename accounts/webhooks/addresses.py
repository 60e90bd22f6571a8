"""Which addresses may be sent to: none inside the server's own network."""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PORTS = {"https": 443, "http": 80}
# What a browser, an HTTP library and a name server may read in different ways.
AMBIGUOUS = set('\\ \t\r\n"<>^`{|}')


NOT_AN_ADDRESS = gettext_lazy("This is not an address. It looks like https://so-nn.example/ntm.")


def fault_in(url: str) -> str:
    """What is wrong with an address that somebody registers; empty when nothing is.

    Sending checks again, on the very address that it connects to.
    """
    if fault := fault_in_form(url):
        return fault
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS[parts.scheme]
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return _("No server is known under the name “%(name)s”. Check how it is spelled.") % {
            "name": parts.hostname
        }
    if not all(may_be_reached(place[0]) for *_kind, place in found):
        return _(
            "“%(name)s” leads into a private network or to this server itself, where nothing may "
            "be sent. Give an address that is open to the Internet."
        ) % {"name": parts.hostname}
    return ""


def fault_in_form(url: str) -> str:
    """What is wrong with how an address is written."""
    try:
        parts = urlsplit(url)
        is_address = parts.hostname and parts.port != 0
    except ValueError:
        return str(NOT_AN_ADDRESS)
    if not url.startswith(("https://", "http://")) or AMBIGUOUS & set(url):
        return str(NOT_AN_ADDRESS)
    if not is_address or not url.isprintable():
        return str(NOT_AN_ADDRESS)
    if parts.scheme == "http" and not settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES:
        return _("The address begins with https://, so that nobody on the way reads the message.")
    if "@" in parts.netloc:
        return _(
            "Leave the user name and password out of the address. The signature shows the "
            "receiver who sent the message."
        )
    return _("Leave out what follows #; it is never sent.") if parts.fragment else ""


def may_be_reached(ip: str) -> bool:
    """May something be sent to this numeric address?"""
    if settings.WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES:
        return True
    address = ipaddress.ip_address(ip.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    is_odd = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", 0)
    return address.is_global and not is_odd
