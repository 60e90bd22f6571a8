"""Who may open a page, and whose rows each role sees and edits."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from accounts.models import Membership, PublicReader, Role
from communes.models import Commune, District, Province
from communes.scope import Action
from criteria.models import Assessment, Recognition
from targets.models import Plan
from tests.factories import (
    make_assessment,
    make_commune,
    make_criteria_set,
    make_district,
    make_period,
    make_plan,
    make_province,
    make_recognition,
    make_user,
)

pytestmark = pytest.mark.django_db


class Area:
    """A province with two communes in two districts, each with a draft and an approved one."""

    def __init__(self, criteria_set):
        self.province = make_province()
        self.districts = [make_district(province=self.province) for _ in range(2)]
        self.communes = [make_commune(district=district) for district in self.districts]
        periods = [make_period(province=self.province, quarter=quarter) for quarter in (1, 2)]
        rows = {"criteria_set": criteria_set}
        self.approved = [
            make_assessment(commune=commune, period=periods[0], met=5, **rows)
            for commune in self.communes
        ]
        self.drafts = [
            make_assessment(commune=commune, period=periods[1], **rows)
            for commune in self.communes
        ]
        self.plan = make_plan(province=self.province)
        self.recognition = make_recognition(commune=self.communes[0])


@pytest.fixture
def criteria_set():
    return make_criteria_set(criteria=2)


@pytest.fixture
def ours(criteria_set):
    return Area(criteria_set)


@pytest.fixture
def theirs(criteria_set):
    return Area(criteria_set)


def somebody(role, area):
    place = {
        Role.DISTRICT_STAFF: {"district": area.districts[0]},
        Role.COMMUNE_STAFF: {"commune": area.communes[0]},
    }
    return make_user(role=role, **place.get(role, {"province": area.province}))


@pytest.mark.urls("tests.ntm_tracker.pages")
class TestPages:
    def test_stranger_is_sent_to_sign_in_and_comes_back(self, client):
        answer = client.get("/figures/?as_of=2020-12-31")
        assert answer.url == "/accounts/login/?next=/figures/%3Fas_of%3D2020-12-31"

    def test_public_dashboard_is_open_to_all(self, client, settings):
        settings.PUBLIC_DASHBOARD = True
        assert client.get("/figures/").content == b"figures"

    @pytest.mark.parametrize("path", ["/closed/", "/accounts/me/", "/accounts/password/change/"])
    @pytest.mark.parametrize("is_public", [False, True])
    def test_every_other_page_stays_closed(self, client, settings, path, is_public):
        settings.PUBLIC_DASHBOARD = is_public
        assert client.get(path).url == f"/accounts/login/?next={path}"

    def test_whoever_is_signed_in_gets_in(self, client):
        client.force_login(make_user())
        assert client.get("/figures/").content == b"figures"
        assert client.get("/closed/").content == b"closed"


@pytest.mark.parametrize("role", Role)
class TestEveryRole:
    def test_reads_official_figures_of_its_own_province_only(self, ours, theirs, role):
        user = somebody(role, ours)
        assert list(Province.objects.visible_to(user)) == [ours.province]
        assert set(District.objects.visible_to(user)) == set(ours.districts)
        assert set(Commune.objects.visible_to(user)) == set(ours.communes)
        assert list(Plan.objects.visible_to(user)) == [ours.plan]
        assert list(Recognition.objects.visible_to(user)) == [ours.recognition]

    def test_closed_account_sees_nothing(self, ours, role):
        user = somebody(role, ours)
        user.is_active = False
        assert not Commune.objects.visible_to(user).exists()
        assert not Commune.objects.editable_by(user).exists()


@pytest.mark.parametrize(
    ("role", "drafts", "editable"),
    [
        (Role.ADMINISTRATOR, 2, 2),
        (Role.PROVINCIAL_OFFICER, 2, 2),
        (Role.DISTRICT_STAFF, 1, 1),
        (Role.COMMUNE_STAFF, 1, 1),
        (Role.VIEWER, 0, 0),
    ],
)
def test_work_that_is_not_official_stays_in_its_area(ours, theirs, role, drafts, editable):
    user = somebody(role, ours)
    seen = Assessment.objects.visible_to(user)
    assert set(seen) == {*ours.approved, *ours.drafts[:drafts]}
    assert set(Commune.objects.editable_by(user)) == set(ours.communes[:editable])
    assert set(Assessment.objects.editable_by(user)) == {
        *ours.approved[:editable],
        *ours.drafts[:editable],
    }


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.PROVINCIAL_OFFICER, True),
        (Role.DISTRICT_STAFF, False),
        (Role.COMMUNE_STAFF, False),
        (Role.VIEWER, False),
    ],
)
def test_only_the_province_decides_and_plans(ours, theirs, role, may):
    user = somebody(role, ours)
    assert list(Plan.objects.editable_by(user)) == [ours.plan] * may
    assert list(Recognition.objects.editable_by(user)) == [ours.recognition] * may
    assert bool(user.scope(Action.DECIDE).provinces) is may


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_administers(ours, role):
    user = somebody(role, ours)
    assert bool(user.scope(Action.ADMINISTER).provinces) is (role == Role.ADMINISTRATOR)


def test_roles_in_two_provinces_do_not_mix(ours, theirs):
    user = somebody(Role.PROVINCIAL_OFFICER, ours)
    Membership.objects.create(user=user, role=Role.VIEWER, province=theirs.province)
    assert Province.objects.visible_to(user).count() == 2
    assert list(Plan.objects.editable_by(user)) == [ours.plan]
    assert set(Commune.objects.editable_by(user)) == set(ours.communes)


def test_superuser_sees_all_work_everywhere(ours, theirs):
    user = make_user(is_superuser=True)
    assert Assessment.objects.visible_to(user).count() == 8
    assert Assessment.objects.editable_by(user).count() == 8


def test_public_reader_sees_what_is_official_and_edits_nothing(ours, theirs):
    reader = PublicReader()
    assert set(Assessment.objects.visible_to(reader)) == {*ours.approved, *theirs.approved}
    assert not Assessment.objects.editable_by(reader).exists()
    assert not Commune.objects.editable_by(reader).exists()
    assert not Plan.objects.editable_by(reader).exists()


@pytest.mark.parametrize("model", [Province, District, Commune, Assessment, Recognition, Plan])
def test_stranger_sees_nothing(ours, model):
    assert not model.objects.visible_to(AnonymousUser()).exists()


def test_scope_of_all_actions_costs_one_query(ours, django_assert_num_queries):
    user = somebody(Role.DISTRICT_STAFF, ours)
    with django_assert_num_queries(1):
        for action in Action:
            user.scope(action)


def refuses(**fields):
    with transaction.atomic(), pytest.raises(IntegrityError):
        Membership.objects.create(user=make_user(), **fields)


def test_database_refuses_a_provincial_role_in_a_district(ours):
    for role in (Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER):
        refuses(role=role, province=ours.province, district=ours.districts[0])


def test_database_refuses_staff_without_their_area(ours):
    for role in (Role.DISTRICT_STAFF, Role.COMMUNE_STAFF):
        refuses(role=role, province=ours.province)


def test_database_refuses_an_unknown_role(ours):
    refuses(role="king", province=ours.province)


@pytest.mark.parametrize(
    "role", [Role.PROVINCIAL_OFFICER, Role.DISTRICT_STAFF, Role.COMMUNE_STAFF]
)
def test_database_refuses_the_same_role_twice(ours, role):
    membership = somebody(role, ours).memberships.get()
    membership.pk = None
    with transaction.atomic(), pytest.raises(IntegrityError):
        membership.save(force_insert=True)
