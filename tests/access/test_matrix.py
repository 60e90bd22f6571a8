"""Every address × every role × own area, a neighbour's and another province's."""

import contextlib
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import override_settings
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import Role
from criteria.models import DecisionFile, Evidence, Notice, PeriodException, WorkbookImport
from targets.models import PublishedFigure
from tests.access.matrix import OF_SIGN_IN, ROWS
from tests.criteria.world import World
from tests.factories import (
    make_area_upload,
    make_change,
    make_criteria_set,
    make_indicator,
    make_plan,
    make_recognition,
)
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db
REFUSALS = {403, 404, 405}


class Scene(World):
    """A world with one of everything that an address names, and somebody in each role."""

    def __init__(self):
        super().__init__()
        make_plan(province=self.province)
        self.own_set = make_criteria_set(criteria=2, province=self.province, is_draft=True)
        make_indicator(criterion=self.own_set.criteria.get(number=1))
        self.evidence = Evidence.objects.create(
            assessment=self.assessment,
            indicator=self.roads,
            file=ContentFile(b"%PDF-1.4", name="a.pdf"),
            filename="a.pdf",
            content_type="application/pdf",
            size=8,
            uploaded_by=self.staff,
        )
        self.recognition = make_recognition(commune=self.commune, file=self.make_decision_file())
        self.published = PublishedFigure.objects.create(
            province=self.province,
            metric="communes_standard",
            kind="result",
            as_of="2024-12-31",
            value=103,
            source="Báo cáo",
        )
        self.workbook = WorkbookImport.objects.create(
            province=self.province,
            period=self.period,
            criteria_set=self.criteria_set,
            state=WorkbookImport.State.PREVIEWED,
            filename="mau.xlsx",
            by=self.staff,
        )
        self.notice = Notice.objects.create(user=self.staff, kind="due_soon", key="1")
        self.exception = PeriodException.objects.create(
            period=self.period,
            commune=self.commune,
            until=timezone.now() + timedelta(days=1),
            reason="mất điện",
            granted_by=self.officer,
        )
        self.draft = Merger(province=self.province).draft
        self.change = make_change(province=self.province, effective_on=date(2020, 1, 1))
        self.area_uploads = {
            "waiting": make_area_upload(province=self.province, by=self.officer),
            "applied": make_area_upload(
                province=self.province,
                by=self.officer,
                applied_by=self.officer,
                applied_at=timezone.now(),
            ),
        }
        self.people = {
            Role.ADMINISTRATOR: self.make_user(Role.ADMINISTRATOR, province=self.province),
            Role.PROVINCIAL_OFFICER: self.officer,
            Role.DISTRICT_STAFF: self.district_staff,
            Role.COMMUNE_STAFF: self.staff,
            Role.VIEWER: self.make_user(Role.VIEWER, province=self.province),
        }
        self.neighbours = {
            Role.DISTRICT_STAFF: self.make_user(Role.DISTRICT_STAFF, district=self.other_district),
            Role.COMMUNE_STAFF: self.make_user(Role.COMMUNE_STAFF, commune=self.other_commune),
        }

    def make_decision_file(self):
        return DecisionFile.objects.create(
            province=self.province,
            file=ContentFile(b"%PDF-1.4", name="b.pdf"),
            filename="b.pdf",
            content_type="application/pdf",
            size=8,
            uploaded_by=self.officer,
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def scenes(django_db_setup, django_db_blocker, folder):
    """The scene and that of strangers, in a transaction around all tests of the module."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        with override_settings(MEDIA_ROOT=folder):
            made = Scene(), Scene()
        # Once and for all, or PostgreSQL would check every row again after each test.
        connection.check_constraints()
        around = stack.pop_all()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.close()


@pytest.fixture
def scene(scenes):
    return scenes[0]


@pytest.fixture
def strangers(scenes):
    """Everybody of another province, by role."""
    return scenes[1].people


@pytest.fixture
def ask(client, scene, folder, db, settings):
    """The status that somebody meets; whatever the request did is taken back."""
    settings.MEDIA_ROOT = folder

    def status(row, user):
        address = reverse(row.name, kwargs=row.args(scene))
        before = transaction.savepoint()
        if user is None:
            client.logout()
        else:
            client.force_login(user)
        is_json = row.name.startswith("api:") and row.method != "get"
        more = {"content_type": "application/json"} if is_json else {}
        answer = getattr(client, row.method)(address, row.data(scene), **more)
        if answer.streaming:
            answer.getvalue()
        transaction.savepoint_rollback(before)
        if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
            return "sign in"
        return "sign in" if answer.status_code == 401 else answer.status_code

    return status


def meets(row, role):
    """What somebody with a role meets in their own area; None where they get in."""
    return None if role in row.may else row.refusal(role)


def assert_meets(status, expected, who):
    if expected is None:
        assert status not in REFUSALS, who
        assert status != "sign in", who
    else:
        assert status == expected, who


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_meets_what_the_matrix_says(ask, scene, strangers, row):
    for role, user in scene.people.items():
        assert_meets(ask(row, user), meets(row, role), f"own {role}")
    for role, user in scene.neighbours.items():
        expected = meets(row, role) if row.neighbour == "alike" else row.neighbour
        assert_meets(ask(row, user), expected, f"neighbour {role}")
    for role, user in strangers.items():
        expected = meets(row, role) if row.stranger == "alike" else stranger(row, role)
        assert_meets(ask(row, user), expected, f"stranger {role}")
    assert ask(row, None) == "sign in"


def stranger(row, role):
    """Pages about people tell a missing right first, for it is missing everywhere."""
    return meets(row, role) if meets(row, role) == 403 and is_about_people(row) else row.stranger


def is_about_people(row):
    return row.name.startswith("accounts:")


def test_every_address_is_in_the_matrix():
    known = {row.name for row in ROWS} | OF_SIGN_IN
    assert set(names_in(get_resolver())) == known


def names_in(resolver, space=""):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from names_in(entry, inner)
        else:
            assert entry.name, f"{entry.pattern} has no name"
            yield f"{space}{entry.name}"
