"""People in lists, whom an administrator sees, and what the database holds about roles."""

import pytest
from django.contrib.auth.models import AnonymousUser, update_last_login
from django.db import IntegrityError, connection, transaction

from accounts.guards import TABLE, install_guards, remove_guards
from accounts.history import events_of
from accounts.models import Membership, Role, User, UserStep, person_key
from tests.factories import make_commune, make_district, make_user

pytestmark = pytest.mark.django_db


def test_people_are_ordered_by_given_name_then_family_name():
    names = ["Bế Văn Ấn", "Nguyễn Thị Bình", "Đỗ Văn Ân", "Lê Văn An", "Bùi Văn Bình"]
    assert sorted(names, key=person_key) == [
        "Lê Văn An",
        "Đỗ Văn Ân",
        "Bế Văn Ấn",
        "Bùi Văn Bình",
        "Nguyễn Thị Bình",
    ]


@pytest.mark.parametrize("text", ["thi anh", "THỊ ÁNH", "ntanh", "anh@langson"])
def test_people_are_found_by_name_user_name_and_address(text):
    make_user(full_name="Phạm Văn Bách")
    user = make_user(full_name="Nguyễn Thị Ánh", username="ntanh", email="anh@langson.example")
    assert list(User.objects.search(text)) == [user]


def test_administrator_sees_people_of_the_own_province_only(ours, theirs, administrator):
    officer = make_user(role="provincial_officer", province=ours)
    staff = make_user(role="district_staff", district=make_district(province=ours))
    make_user(role="viewer", province=theirs)
    make_user()
    assert set(User.objects.visible_to(administrator)) == {administrator, officer, staff}
    assert set(User.objects.editable_by(administrator)) == {administrator, officer, staff}
    assert set(Membership.objects.visible_to(administrator)) == {
        user.memberships.get() for user in (administrator, officer, staff)
    }


def test_somebody_with_a_role_elsewhere_is_seen_but_not_answered_for(ours, theirs, administrator):
    officer = make_user(role="provincial_officer", province=ours)
    Membership.objects.create(user=officer, role=Role.VIEWER, province=theirs)
    assert officer in User.objects.visible_to(administrator)
    assert officer not in User.objects.editable_by(administrator)
    assert Membership.objects.editable_by(administrator).filter(user=officer).count() == 1
    Membership.objects.create(user=administrator, role=Role.ADMINISTRATOR, province=theirs)
    both = User.objects.get(pk=administrator.pk)
    assert officer in User.objects.editable_by(both)


def test_superuser_is_out_of_an_administrators_reach(ours, administrator):
    root = make_user(role="viewer", province=ours, is_superuser=True)
    assert root in User.objects.visible_to(administrator)
    assert root not in User.objects.editable_by(administrator)
    assert not Membership.objects.editable_by(administrator).filter(user=root).exists()
    assert root in User.objects.editable_by(root)
    assert Membership.objects.editable_by(root).filter(user=root).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR] + [None])
def test_nobody_else_sees_people(ours, role):
    place = {
        Role.DISTRICT_STAFF: {"district": make_district(province=ours)},
        Role.COMMUNE_STAFF: {"commune": make_commune(province=ours)},
    }
    user = make_user(role=role, **place.get(role, {"province": ours})) if role else AnonymousUser()
    assert not User.objects.visible_to(user).exists()
    assert not User.objects.editable_by(user).exists()
    assert not Membership.objects.visible_to(user).exists()
    assert not Membership.objects.editable_by(user).exists()


def test_waiting_people_are_those_without_a_password():
    make_user()
    make_user(password=None, is_active=False)
    waiting = make_user(password=None)
    assert list(User.objects.in_state("waiting")) == [waiting]


def refuses(action):
    with transaction.atomic(), pytest.raises(IntegrityError):
        action()


def test_database_refuses_an_area_of_another_province(ours, theirs):
    user = make_user()
    district, commune = make_district(province=theirs), make_commune(province=theirs)
    for role, area in [
        (Role.DISTRICT_STAFF, {"district": district}),
        (Role.COMMUNE_STAFF, {"commune": commune}),
    ]:
        refuses(
            lambda role=role, area=area: Membership.objects.create(
                user=user, role=role, province=ours, **area
            )
        )
        held = Membership.objects.create(user=user, role=role, province=theirs, **area)
        refuses(lambda held=held: Membership.objects.filter(pk=held.pk).update(province=ours))


def test_guards_stand_aside_while_migrations_run_and_come_back(ours, theirs):
    remove_guards()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
            assert cursor.fetchall() == []
    install_guards()
    test_database_refuses_an_area_of_another_province(ours, theirs)


def test_database_refuses_two_user_names_alike_but_for_capitals():
    make_user(username="an")
    refuses(lambda: make_user(username="An"))


def test_signing_in_leaves_no_row_in_the_history(administrator):
    update_last_login(None, administrator)
    assert administrator.history.count() == 1
    administrator.full_name = "Hoàng Thị Quân"
    administrator.save()
    assert administrator.history.count() == 2


def test_history_tells_what_was_done_by_whom_and_why(ours, theirs, administrator):
    person = make_user(role="viewer", province=ours, full_name="Lê An", username="lean")
    hidden = Membership.objects.create(user=person, role=Role.VIEWER, province=theirs)
    person.is_active = False
    person.save_step(UserStep.CLOSED, by=administrator, reason="Nghỉ hưu")
    person.full_name = "Lê Văn An"
    person.save_step(UserStep.CHANGED, by=administrator)
    person.set_password("mot-mat-khau-khac-9")
    person.save()
    membership = person.memberships.get(province=ours)
    membership._change_reason = "Chuyển công tác"
    membership._history_user = administrator
    membership.delete()
    told = [
        (event.what, event.by, event.reason) for event in events_of(person, seen_by=administrator)
    ]
    assert told == [
        ("Đã thu vai trò: Người xem, Tỉnh Lạng Sơn", "Hoàng Thị Quản", "Chuyển công tác"),
        (
            "Đã đổi họ tên hoặc thư điện tử. Họ và tên: Lê An → Lê Văn An",
            "Hoàng Thị Quản",
            "",
        ),
        ("Đã khóa tài khoản", "Hoàng Thị Quản", "Nghỉ hưu"),
        ("Đã giao vai trò: Người xem, Tỉnh Lạng Sơn", "", ""),
        ("Đã tạo tài khoản", "", ""),
    ]
    assert hidden.pk
