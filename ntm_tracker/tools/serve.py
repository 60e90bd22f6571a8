"""Prepare and serve in one process, so that a second start costs one start of Django.

Runs inside `.venv`, unlike the other tools. Only for one machine: it binds to loopback.
"""

import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import django
import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from ntm_tracker.tools.addresses import HOST
from ntm_tracker.tools.environment import ROOT, CannotSetUp, make_secret_key, say

WORKERS = 2
THREADS = 4


class Server(BaseApplication):
    """Gunicorn around an application that is loaded before the workers fork."""

    def __init__(self, application, *, port: int):
        self.application = application
        self.port = port
        super().__init__()

    def load_config(self):
        options = {
            "bind": f"{HOST}:{self.port}",
            "workers": WORKERS,
            "threads": THREADS,
            "preload_app": True,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _: _say_where(self.port),
            "post_worker_init": _leave_interrupts_to_the_arbiter,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


def main(port: int) -> None:
    environ.Env.read_env(ROOT / ".env")
    os.environ.setdefault("PUBLIC_DASHBOARD", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm_tracker.settings")
    try:
        make_secret_key(Path(os.environ.get("VAR_DIR") or ROOT / "var") / "secret_key")
        django.setup()
        call_command("prepare", url=_url(port))
    except (CannotSetUp, CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped before it was ready; run it again to go on.")
    application = get_wsgi_application()
    # The code of all pages is read once, before the workers fork.
    import_module(settings.ROOT_URLCONF)
    # A forked worker must not share a connection with its siblings.
    connections.close_all()
    # What is loaded by now stays: the collector need not walk it in the middle of a request.
    gc.collect()
    gc.freeze()
    Server(application, port=port).run()


def _url(port: int) -> str:
    return f"http://{HOST}:{port}"


def _leave_interrupts_to_the_arbiter(_):
    """Ctrl-C reaches the workers too; taken twice at once, their clean-up can lock up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _say_where(port: int) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        say(_("NTM Tracker is ready at %(url)s (Ctrl-C stops it)") % {"url": _url(port)})


if __name__ == "__main__":
    main(int(sys.argv[1]))
