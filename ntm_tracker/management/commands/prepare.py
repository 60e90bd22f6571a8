"""Bring an installation up to date. Running it again changes nothing that is already right."""

import hashlib
import json
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from communes.models import ReferenceLoad
from communes.reference import fixtures_digest
from criteria.models import Assessment
from ntm_tracker.demo_users import create_demo_users, somebody_can_sign_in
from ntm_tracker.tools.addresses import why_database_fails


class Command(BaseCommand):
    help = (
        "Bring the database, the reference data, the illustrative scores and the static files up"
        " to date and, on one machine only, create a user for each role."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--url", default="", help="Where the users will sign in.")

    def handle(self, *, url, **options):
        with self._step("Database"):
            self._migrate()
        with self._step("Reference data"):
            self._load_reference()
        with self._step("Illustrative scores"):
            self._load_illustration()
        with self._step("Static files"):
            self._collect_static()
        with self._step("Users"):
            self._create_users(url)

    @contextmanager
    def _step(self, title):
        started = time.monotonic()
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        yield
        self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")

    def _say(self, text):
        self.stdout.write(f"  {text}")

    def _migrate(self):
        database = settings.DATABASES["default"]
        if fault := _fault_in_sqlite_file(database):
            raise CommandError(fault)
        try:
            connection.ensure_connection()
            plan = MigrationExecutor(connection)
            missing = plan.migration_plan(plan.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise CommandError(why_database_fails(database, str(error))) from error
        if missing:
            call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
            self._say(f"{len(missing)} migrations applied")
        else:
            self._say("up to date")

    def _load_reference(self):
        last = ReferenceLoad.objects.first()
        if last and last.digest == fixtures_digest():
            self._say(f"up to date, loaded on {last.loaded_at:%d/%m/%Y}")
        else:
            call_command("load_reference", stdout=self.stdout)

    def _load_illustration(self):
        present = Assessment.objects.filter(is_illustrative=True).exists()
        if present and settings.ILLUSTRATION:
            self._say("present")
        elif present:
            self._say(
                "present, although ILLUSTRATION=0;"
                " `.venv/bin/python manage.py clear_illustration` takes them out"
            )
        elif settings.ILLUSTRATION:
            call_command("load_illustration", stdout=self.stdout)
        else:
            self._say("left out")

    def _collect_static(self):
        stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
        digest = _static_digest()
        if stamp.exists() and stamp.read_text() == digest:
            self._say("up to date")
            return
        self._say("compressing; the first time takes some seconds")
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        stamp.write_text(digest)

    def _create_users(self, url):
        if somebody_can_sign_in():
            self._say(
                "present; `.venv/bin/python manage.py changepassword NAME` sets a new password"
            )
        elif settings.IN_PRODUCTION:
            self._say("none yet; `manage.py createsuperuser` makes the first")
        else:
            self._print_users(create_demo_users(), url)

    def _print_users(self, users, url):
        self._say(f"Sign in at {url}/accounts/login/ as (printed only this once):")
        self._say(f"{'user name':<16}{'password':<16}role and area")
        for membership, password in users:
            self._say(
                f"{membership.user.username:<16}{password:<16}"
                f"{membership.get_role_display()}, {membership.area}"
            )


def _fault_in_sqlite_file(database) -> str:
    """What keeps an SQLite file from being written, which SQLite itself would tell late."""
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return ""
    path = Path(database["NAME"])
    if path == Path(settings.VAR_DIR) / "ntm.sqlite3":
        path.parent.mkdir(exist_ok=True)
    if not path.parent.is_dir():
        return why_database_fails(database, f"the folder {path.parent} does not exist")
    if path.is_dir():
        return why_database_fails(database, "it is a folder")
    return ""


def _static_digest() -> str:
    """Changes with every static file, and with the way they are stored."""
    files = [settings.STATIC_URL, settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            files.append([str(storage.path(name)), stat.st_size, stat.st_mtime_ns])
    files.append(Path(settings.STATIC_ROOT, "staticfiles.json").exists())
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()
