"""What PORT and DATABASE_URL may be, checked before anything slow begins."""

import errno
import os
import socket
from urllib.parse import urlsplit

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
POSTGRES_SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}
EXAMPLES = "sqlite:////srv/ntm/ntm.sqlite3 or postgresql://user:password@localhost:5432/ntm"


class BadAddress(Exception):
    """An address that cannot be used. The text says which, why, and what to set instead."""


def free_port(text: str) -> int:
    """The port to serve on, known to be free now; `text` is the value of PORT, or nothing."""
    port = int(text) if text.isascii() and text.isdigit() else None if text else DEFAULT_PORT
    if port is None or not 1 <= port <= 65535:
        raise BadAddress(
            f"PORT is {text!r}; set it to a number from 1 to 65535, for example make run PORT=8001"
        )
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            reason = (
                "is already in use"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({os.strerror(error.errno)})"
            )
            other = port % 65535 + 1
            raise BadAddress(
                f"Port {port} {reason} on this machine; stop what uses it or choose another port,"
                f" for example make run PORT={max(other, 8001)}"
            ) from error
    return port


def fault_in_database_url(url: str) -> str:
    """One sentence about what is wrong with a DATABASE_URL, or nothing when it can be read."""
    try:
        parts = urlsplit(url)
        several_hosts = "," in parts.netloc
        port_fault = "" if several_hosts or parts.port != 0 else "its port is 0"
    except ValueError:
        parts, port_fault = None, "its host or port cannot be read"
    if parts and parts.scheme not in POSTGRES_SCHEMES | {"sqlite"}:
        fault = "it starts with neither sqlite:// nor postgresql://"
    elif port_fault:
        fault = port_fault
    elif parts.scheme != "sqlite" and not parts.path.strip("/"):
        fault = "it names no database after the host"
    elif parts.scheme == "sqlite" and parts.netloc not in {"", ":memory:"}:
        fault = "an SQLite address has three slashes before a relative path and four before /"
    else:
        return ""
    return f"DATABASE_URL cannot be used: {fault}. Set it like {EXAMPLES}."


def why_database_fails(database: dict, reason: str) -> str:
    """One sentence for a database that cannot be opened: which one, why, what to look at.

    `database` is Django's entry for it; its password is never printed. Of the driver's answer
    the first line is kept.
    """
    lines = [line.strip() for line in reason.splitlines() if line.strip()]
    why = (lines[0] if lines else "no reason given").rstrip(".")
    if "sqlite3" in database["ENGINE"]:
        return f"The database file {database['NAME']} cannot be opened and written: {why}."
    server = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    return (
        f"The database {database['NAME']!r} at {server} cannot be used as"
        f" {database['USER'] or 'the current user'!r}: {why}. Check DATABASE_URL and the server."
    )
