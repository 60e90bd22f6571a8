"""Bring an installation up to date. Running it again changes nothing that is already right."""

import hashlib
import json
import os
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from communes.models import ReferenceLoad
from communes.reference import fixtures_digest
from criteria.models import Assessment
from ntm_tracker.demo_users import (
    create_demo_users,
    open_demo_period,
    somebody_can_sign_in,
)
from ntm_tracker.tools.addresses import why_database_fails

MANAGE = ".venv/bin/python manage.py"


class Command(BaseCommand):
    help = (
        "Bring the database, the reference data, the illustrative scores and the static files up"
        " to date and, on one machine only, create a user for each role."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--url", default="", help="Where the users will sign in.")

    def handle(self, *, url, **options):
        with translation.override(settings.LANGUAGE_CODE):
            with self._step(_("Database")):
                self._migrate()
            with self._step(_("Reference data")):
                self._load_reference()
            with self._step(_("Illustrative scores")):
                self._load_illustration()
            with self._step(_("Static files")):
                self._collect_static()
            with self._step(_("Users")):
                self._create_users(url)

    @contextmanager
    def _step(self, title):
        started = time.monotonic()
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        yield
        self._say(_("done in %(seconds).1f s") % {"seconds": time.monotonic() - started})

    def _say(self, text):
        self.stdout.write(f"  {text}")

    def _migrate(self):
        database = settings.DATABASES["default"]
        if fault := fault_in_sqlite_file(database):
            raise CommandError(fault)
        try:
            connection.ensure_connection()
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise CommandError(why_database_fails(database, str(error))) from error
        if missing:
            call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
            self._say(_("%(number)d migrations applied") % {"number": len(missing)})
        else:
            self._say(_("up to date"))

    def _load_reference(self):
        last = ReferenceLoad.objects.first()
        if last and last.digest == fixtures_digest():
            day = timezone.localtime(last.loaded_at)
            self._say(_("up to date, loaded on %(day)s") % {"day": f"{day:%d/%m/%Y}"})
        else:
            call_command("load_reference", stdout=self.stdout)

    def _load_illustration(self):
        present = Assessment.objects.filter(is_illustrative=True).exists()
        if present and settings.ILLUSTRATION:
            self._say(_("present"))
        elif present:
            self._say(
                _("present, although ILLUSTRATION=0; this takes them out: %(command)s")
                % {"command": f"{MANAGE} clear_illustration"}
            )
        elif settings.ILLUSTRATION:
            call_command("load_illustration", stdout=self.stdout)
        else:
            self._say(_("left out"))

    def _collect_static(self):
        stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
        digest = _static_digest()
        manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
        if stamp.exists() and stamp.read_text() == digest and manifest.exists():
            self._say(_("up to date"))
            return
        self._say(_("compressing; this takes some seconds"))
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        stamp.write_text(digest)

    def _create_users(self, url):
        if somebody_can_sign_in():
            self._say(
                _("present; this sets a new password: %(command)s")
                % {"command": f"{MANAGE} changepassword <username>"}
            )
        elif settings.IN_PRODUCTION:
            self._say(
                _("none yet; this creates the first: %(command)s")
                % {"command": f"{MANAGE} createsuperuser"}
            )
        else:
            memberships = create_demo_users()
            self._print_users(memberships, url)
            self._open_period(memberships[0][0])

    def _open_period(self, administrator):
        try:
            period = open_demo_period(administrator.province, by=administrator.user)
        except Refused as refusal:
            self._say(str(refusal))
        else:
            self._say(_("%(period)s is open, to try entering scores") % {"period": period})

    def _print_users(self, users, url):
        address = url + reverse("account_login")
        self._say(_("Sign in at %(url)s (shown only this once):") % {"url": address})
        rows = [(_("Username"), _("Password"), _("Role"), _("Area"))]
        for membership, password in users:
            role = membership.get_role_display()
            rows.append((membership.user.username, password, role, str(membership.area)))
        widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self._say("".join(cells).rstrip())


def fault_in_sqlite_file(database) -> str:
    """What keeps an SQLite file from being written, which SQLite itself would tell late."""
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return ""
    path = Path(database["NAME"])
    if path == Path(settings.VAR_DIR) / "ntm.sqlite3":
        path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.is_dir():
        return why_database_fails(database, f"the folder {path.parent} does not exist")
    if path.is_dir():
        return why_database_fails(database, "it is a folder")
    if path.exists() and not os.access(path, os.W_OK):
        return why_database_fails(database, "it may not be written")
    return ""


def _static_digest() -> str:
    """Changes with every static file, and with the way they are stored."""
    files = [settings.STATIC_URL, settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            files.append([str(storage.path(name)), stat.st_size, stat.st_mtime_ns])
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()
