"""`manage.py prepare`: what it does on a first and on a second run, and what it refuses."""

import os
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Membership, Role, User
from communes.models import ReferenceLoad
from communes.reference import fixtures_digest
from criteria.models import Assessment, ReportingPeriod
from ntm_tracker import demo_users
from ntm_tracker.management.commands import prepare
from ntm_tracker.tools.environment import ROOT
from ntm_tracker.tools.postgres import free_port
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_province,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls(monkeypatch, settings, tmp_path):
    """The other commands that are called, by name, instead of running them."""
    called = []

    def record(name, **options):
        called.append(name)
        if name == "load_reference":
            ReferenceLoad.objects.create(digest=fixtures_digest())
        if name == "collectstatic":
            folder = tmp_path / "static"
            folder.mkdir(exist_ok=True)
            (folder / "staticfiles.json").touch()

    settings.STATIC_ROOT = tmp_path / "static"
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr(prepare, "call_command", record)
    return called


@pytest.fixture
def district():
    """The area that the demo users get: a district with one commune."""
    district = make_district(province=make_province(), name="Hữu Lũng")
    make_commune(district=district, name="Yên Thịnh")
    return district


def make_illustrative_assessment(*, commune):
    make_assessment(
        commune=commune,
        criteria_set=make_criteria_set(),
        period=make_period(province=commune.province),
        is_illustrative=True,
    )


def run(**options):
    out = StringIO()
    call_command("prepare", stdout=out, **options)
    return out.getvalue()


class TestSteps:
    def test_first_run_loads_everything(self, calls, district):
        run()
        assert calls == ["load_reference", "load_illustration", "collectstatic"]

    def test_second_run_changes_nothing(self, calls, district):
        make_illustrative_assessment(commune=district.communes.get())
        run()
        users = list(User.objects.values_list("pk", "password"))
        calls.clear()
        run()
        assert calls == []
        assert list(User.objects.values_list("pk", "password")) == users

    def test_new_reference_files_are_loaded(self, calls, district):
        ReferenceLoad.objects.create(digest="of older files")
        run()
        assert "load_reference" in calls

    def test_a_changed_static_file_is_collected(self, calls, district, settings, tmp_path):
        run()
        folder = tmp_path / "ours"
        folder.mkdir()
        (folder / "new.css").write_text("a {}")
        settings.STATICFILES_DIRS = [folder]
        calls.clear()
        run()
        assert "collectstatic" in calls

    def test_illustration_can_be_left_out(self, calls, district, settings):
        settings.ILLUSTRATION = False
        assert "left out" in run()
        assert "load_illustration" not in calls

    def test_illustration_that_is_there_is_not_deleted_in_silence(self, calls, district, settings):
        settings.ILLUSTRATION = False
        make_illustrative_assessment(commune=district.communes.get())
        assert "clear_illustration" in run()
        assert "clear_illustration" not in calls


class TestUsers:
    def test_one_for_each_role_is_shown_with_a_password_that_works(self, client, district):
        shown = run(url="http://127.0.0.1:8000")
        assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
        assert "http://127.0.0.1:8000/accounts/login/" in shown
        words = next(line for line in shown.splitlines() if "canbohuyen" in line).split()
        assert client.login(username=words[0], password=words[1])

    def test_their_areas_fit_their_roles(self, district):
        run()
        assert Membership.objects.get(role=Role.DISTRICT_STAFF).area == district
        assert Membership.objects.get(role=Role.COMMUNE_STAFF).area == district.communes.get()

    def test_commune_is_one_of_the_districts_last_day(self):
        province = make_province()
        district = make_district(province=province, valid_to=date(2025, 6, 30))
        make_commune(district=district, name="An", valid_to=date(2024, 11, 30))
        last = make_commune(district=district, name="Ba", valid_to=date(2025, 6, 30))
        demo_users.create_demo_users()
        assert Membership.objects.get(role=Role.COMMUNE_STAFF).commune == last

    def test_commune_is_one_that_reports_today_where_there_is_one(self):
        province = make_province()
        district = make_district(province=province, valid_to=date(2025, 6, 30))
        make_commune(district=district, valid_to=date(2025, 6, 30))
        present = make_commune(province=province, valid_from=date(2025, 7, 1))
        demo_users.create_demo_users()
        assert Membership.objects.get(role=Role.COMMUNE_STAFF).commune == present

    def test_a_period_is_open_to_try_entering(self, district):
        make_criteria_set(criteria=2)
        run()
        period = ReportingPeriod.objects.get()
        assert period.is_open
        assert period.days_left == demo_users.DAYS_TO_TRY
        assert Assessment.objects.get().commune == district.communes.get()

    def test_no_period_is_opened_without_criteria(self, district):
        run()
        assert not ReportingPeriod.objects.exists()

    def test_none_is_created_where_somebody_can_sign_in(self, district):
        make_user(username="somebody")
        assert "changepassword" in run()
        assert User.objects.count() == 1

    def test_users_without_a_password_do_not_count(self, district):
        User.objects.create_user("illustration", full_name="Minh họa")
        run()
        assert User.objects.count() == 1 + len(Role)

    def test_none_is_created_in_production(self, district, settings):
        settings.IN_PRODUCTION = True
        assert "createsuperuser" in run()
        assert not User.objects.exists()
        with pytest.raises(demo_users.NotHere):
            demo_users.create_demo_users()


def refusal(url):
    """What `manage.py prepare` writes to its errors with this DATABASE_URL."""
    variables = {
        "NTM_ENV": "local",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "ntm_tracker.settings",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    return result.stderr


class TestRefusals:
    def test_server_that_does_not_answer(self):
        sentence = refusal(f"postgresql://ntm:secret@127.0.0.1:{free_port()}/ntm")
        assert "refused" in sentence
        assert "Check DATABASE_URL" in sentence
        assert "secret" not in sentence

    def test_file_in_a_folder_that_is_not_there(self, tmp_path):
        assert "missing does not exist" in refusal(f"sqlite:///{tmp_path}/missing/ntm.sqlite3")

    def test_folder_instead_of_a_file(self, tmp_path):
        assert "it is a folder" in refusal(f"sqlite:///{tmp_path}")

    def test_file_that_is_no_database(self, tmp_path):
        path = tmp_path / "ntm.sqlite3"
        path.write_text("name;year\n" * 1000)
        assert "not a database" in refusal(f"sqlite:///{path}")

    def test_file_where_none_can_be_made(self):
        assert "cannot be opened and written" in refusal("sqlite:////proc/ntm.sqlite3")

    def test_file_that_may_only_be_read(self, tmp_path, monkeypatch):
        path = tmp_path / "ntm.sqlite3"
        path.touch()
        monkeypatch.setattr(prepare.os, "access", lambda file, mode: file != path)
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
        assert "it may not be written" in prepare.fault_in_sqlite_file(database)
