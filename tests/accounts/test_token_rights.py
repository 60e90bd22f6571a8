"""A token never does more than its owner, and nothing outside its area."""

from itertools import combinations

import pytest
from django.db import transaction

from accounts import steps
from accounts.areas import places_of
from accounts.models import ALLOWED, AccessToken, Membership, Role, User
from accounts.refusals import Refused
from communes.models import Commune
from communes.scope import NOWHERE, Action
from tests.factories import make_commune, make_district, make_province, make_user

pytestmark = pytest.mark.django_db
WIDE = {Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER}
WRITES = {Action.ENTER, Action.CHECK, Action.DECIDE}


class World:
    """Two provinces of two districts of two communes each."""

    def __init__(self):
        self.provinces = [make_province() for _ in range(2)]
        self.districts = [make_district(province=p) for p in self.provinces for _ in range(2)]
        self.communes = [make_commune(district=d) for d in self.districts for _ in range(2)]
        self.areas = [*self.provinces, *self.districts, *self.communes]

    def roles(self):
        for role in Role:
            if role in WIDE:
                yield from ((role, area) for area in self.provinces)
            elif role == Role.DISTRICT_STAFF:
                yield from ((role, area) for area in self.districts)
            elif role == Role.COMMUNE_STAFF:
                yield from ((role, area) for area in self.communes)
            else:
                yield from ((role, area) for area in self.areas)

    def reached(self, user, action) -> set[Commune]:
        """Communes that the user may do something in."""
        scope = user.scope(action)
        return {
            commune
            for commune in self.communes
            if scope.everywhere
            or commune.province_id in scope.provinces
            or commune.district_id in scope.districts
            or commune.pk in scope.communes
        }

    def inside(self, area) -> set[Commune]:
        return {c for c in self.communes if area in {c, c.district, c.province}}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, and taken away again, as there are many combinations."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def owner_of(held):
    user = make_user()
    for role, area in held:
        Membership.objects.create(user=user, role=role, **places_of(area))
    return user


def token_for(user, *, area=None, may_write=True) -> AccessToken:
    return AccessToken(user=user, may_write=may_write, **(places_of(area) if area else {}))


def expected(world, user, action, area, may_write):
    """What the owner reaches now, without what the token is not for and what lies outside it."""
    if action == Action.ADMINISTER or (action in WRITES and not may_write):
        return set()
    own = world.reached(user, action)
    if area is None:
        return own
    if action == Action.READ and not isinstance(area, type(world.provinces[0])):
        area = area.province
    return own & world.inside(area)


def assert_holds(world, user, area, may_write):
    for action in Action:
        user.token = None
        meant = expected(world, user, action, area, may_write)
        user.token = token_for(user, area=area, may_write=may_write)
        assert world.reached(user, action) == meant, (action, area, may_write)
        assert (user.scope(action) == NOWHERE) == (not meant)
        for province in world.provinces:
            touches = bool(meant & world.inside(province))
            assert user.may(action, province) == touches, (action, area, province)


ROLES_IN_WORLD = 2 + 2 + 4 + 8 + 14


@pytest.mark.parametrize("number", range(ROLES_IN_WORLD))
def test_every_role_in_every_area_with_every_token(world, number):
    held = list(world.roles())
    assert len(held) == ROLES_IN_WORLD
    user = owner_of([held[number]])
    for area in [None, *world.areas]:
        for may_write in (False, True):
            assert_holds(world, user, area, may_write)


def test_roles_together_are_narrowed_each(world):
    for pair in list(combinations(world.roles(), 2))[::37]:
        user = owner_of(pair)
        for area in [None, *world.areas]:
            assert_holds(world, user, area, may_write=True)


def test_a_superusers_token_is_narrowed_too(world):
    user = make_user(is_superuser=True)
    for area in [None, *world.areas]:
        for may_write in (False, True):
            assert_holds(world, user, area, may_write)


def test_the_token_of_a_closed_account_does_nothing(world):
    user = owner_of([(Role.ADMINISTRATOR, world.provinces[0])])
    user.token, user.is_active = token_for(user), False
    assert {user.scope(action) for action in Action} == {NOWHERE}
    assert not user.may(Action.READ, world.provinces[0])


@pytest.mark.parametrize("is_superuser", [True, False])
def test_nobody_administers_with_a_token(world, is_superuser):
    province = world.provinces[0]
    user = make_user(role=Role.ADMINISTRATOR, province=province, is_superuser=is_superuser)
    user.token = token_for(user)
    person = make_user(role=Role.VIEWER, province=province)
    assert not user.is_administrator
    with pytest.raises(Refused):
        steps.give_role(person, by=user, role=Role.VIEWER, area=world.districts[0])
    with pytest.raises(Refused):
        steps.close(person, by=user, reason="thử")
    assert not User.objects.visible_to(user).exists()


def test_narrowing_costs_no_further_query(world, django_assert_num_queries):
    user = owner_of([(Role.COMMUNE_STAFF, commune) for commune in world.communes])
    user.token = token_for(user, area=world.districts[0])
    with django_assert_num_queries(1):
        for action in Action:
            user.scope(action)


def test_allowed_actions_are_all_known():
    assert set().union(*ALLOWED.values()) == set(Action)
