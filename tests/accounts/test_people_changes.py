"""Changing people's accounts and roles, and the limits of it."""

import re

import pytest

from accounts import steps
from accounts.models import Membership, Role, User
from accounts.refusals import Refused
from tests.accounts.people import PAGES, at, said, seen
from tests.factories import make_commune, make_user

pytestmark = pytest.mark.django_db


class TestChanges:
    def test_name_and_address_are_changed_and_found(self, signed_in, person):
        asked = {"full_name": "Nguyễn Thị Ánh Hồng", "email": "moi@xa.example"} | seen(person)
        assert signed_in.post(at("change_person", person.pk), asked).url == at("person", person.pk)
        assert User.objects.search("anh hong").get().email == "moi@xa.example"
        assert "Họ và tên: Nguyễn Thị Ánh → Nguyễn Thị Ánh Hồng" in said(signed_in, person)

    def test_stale_save_is_refused_with_both_values(self, signed_in, person):
        asked = {"full_name": "Nguyễn Thị Anh", "email": ""} | seen(person)
        User.objects.filter(pk=person.pk).update(full_name="Nguyễn Ánh")
        page = signed_in.post(at("change_person", person.pk), asked).content.decode()
        assert "đã lưu giá trị khác: Nguyễn Ánh, a@b.vn" in page
        assert 'value="Nguyễn Thị Anh"' in page
        person.refresh_from_db()
        assert person.full_name == "Nguyễn Ánh"
        again = asked | {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}
        signed_in.post(at("change_person", person.pk), again)
        person.refresh_from_db()
        assert person.full_name == "Nguyễn Thị Anh"

    def test_opening_the_form_locks_nothing(
        self, signed_in, person, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(20) as captured:
            signed_in.get(at("change_person", person.pk))
        asked = " ".join(query["sql"] for query in captured.captured_queries)
        assert "SAVEPOINT" not in asked
        assert "FOR UPDATE" not in asked

    def test_closed_account_is_signed_out_and_stays_out(self, signed_in, client, person):
        other = type(client)()
        other.force_login(person)
        signed_in.post(at("close_account", person.pk), {"reason": "Nghỉ hưu"})
        assert other.get("/accounts/me/").status_code == 302
        page = said(signed_in, person)
        assert "Đã khóa tài khoản" in page
        assert "Nghỉ hưu" in page
        signed_in.post(at("open_account", person.pk), {"reason": "Trở lại"})
        person.refresh_from_db()
        assert person.is_active

    @pytest.mark.parametrize("name", ["close_account", "reset_password", "reset_second_step"])
    def test_every_step_wants_a_reason(self, signed_in, person, name):
        page = signed_in.post(at(name, person.pk), {"reason": " "})
        assert page.status_code == 200
        assert "field-error" in page.content.decode()
        person.refresh_from_db()
        assert person.is_active
        assert person.has_usable_password()

    @pytest.mark.parametrize(
        ("name", "state", "sentence"),
        [
            ("close_account", {"is_active": False}, "đã bị khóa từ trước"),
            ("open_account", {}, "đang hoạt động"),
            ("reset_password", {"is_active": False}, "Hãy mở khóa trước"),
            ("reset_second_step", {}, "chưa thiết lập xác thực hai bước"),
        ],
    )
    def test_step_that_the_state_does_not_allow(self, signed_in, person, name, state, sentence):
        User.objects.filter(pk=person.pk).update(**state)
        signed_in.post(at(name, person.pk), {"reason": "thử"})
        assert sentence in said(signed_in, person)
        assert person.history.count() == 1

    def test_lost_second_step_is_removed_with_its_recovery_codes(self, signed_in, person):
        for kind in ("totp", "recovery_codes"):
            person.authenticator_set.create(type=kind, data={"secret": "x"})
        signed_in.post(at("reset_second_step", person.pk), {"reason": "Mất điện thoại"})
        assert not person.authenticator_set.exists()
        assert "Đã gỡ xác thực hai bước" in said(signed_in, person)

    @pytest.mark.parametrize("signs_in_alone", [True, False])
    def test_passkey_that_outlives_the_password_is_told(self, signed_in, person, signs_in_alone):
        key = {"clientExtensionResults": {"credProps": {"rk": signs_in_alone}}}
        data = {"name": "Khóa", "credential": key}
        person.authenticator_set.create(type="webauthn", data=data)
        page = signed_in.get(at("reset_password", person.pk)).content.decode()
        assert (at("reset_second_step", person.pk) in page) == signs_in_alone
        other = signed_in.get(at("close_account", person.pk)).content.decode()
        assert at("reset_second_step", person.pk) not in other

    def test_role_is_given_and_taken_with_the_reason_in_the_history(self, signed_in, ours, person):
        commune = make_commune(province=ours, name="Hữu Liên")
        asked = {"role": "commune_staff", "area": f"commune-{commune.pk}", "reason": "QĐ 12"}
        signed_in.post(at("give_role", person.pk), asked)
        role = person.memberships.get(role="commune_staff")
        signed_in.post(at("take_role", role.pk), {"reason": "QĐ 15"})
        page = said(signed_in, person)
        assert "Đã giao vai trò: Cán bộ cấp xã, Xã Hữu Liên" in page
        assert "Đã thu vai trò: Cán bộ cấp xã, Xã Hữu Liên" in page
        assert "QĐ 12" in page
        assert "QĐ 15" in page

    def test_same_role_twice_is_refused(self, signed_in, ours, person):
        asked = {"role": "viewer", "area": f"province-{ours.pk}", "reason": "thử"}
        signed_in.post(at("give_role", person.pk), asked)
        assert "đã có vai trò này" in said(signed_in, person)

    def test_only_role_is_not_taken(self, signed_in, person):
        role = person.memberships.get()
        signed_in.post(at("take_role", role.pk), {"reason": "thử"})
        assert "vai trò duy nhất" in said(signed_in, person)
        assert person.memberships.exists()


class TestLimits:
    def test_nobody_closes_or_resets_themselves(self, signed_in, administrator):
        for name in ("close_account", "reset_password", "reset_second_step"):
            signed_in.post(at(name, administrator.pk), {"reason": "thử"})
            assert "tài khoản của chính mình" in said(signed_in, administrator)
        administrator.refresh_from_db()
        assert administrator.is_active
        assert administrator.has_usable_password()

    def test_nobody_takes_their_own_administrator_role(self, signed_in, ours, administrator):
        Membership.objects.create(user=administrator, role=Role.VIEWER, province=ours)
        role = administrator.memberships.get(role="administrator")
        signed_in.post(at("take_role", role.pk), {"reason": "thử"})
        assert "không tự thu vai trò quản trị" in said(signed_in, administrator)
        assert administrator.memberships.count() == 2

    def test_person_of_two_provinces_keeps_name_and_account(self, signed_in, person, theirs):
        Membership.objects.create(user=person, role=Role.VIEWER, province=theirs)
        for name in ("close_account", "reset_password", "reset_second_step"):
            signed_in.post(at(name, person.pk), {"reason": "thử"})
            assert "còn có vai trò ở tỉnh khác" in said(signed_in, person)
        asked = {"full_name": "Khác", "email": ""} | seen(person)
        signed_in.post(at("change_person", person.pk), asked)
        assert "còn có vai trò ở tỉnh khác" in said(signed_in, person)
        person.refresh_from_db()
        assert person.is_active
        assert person.has_usable_password()
        assert person.full_name == "Nguyễn Thị Ánh"

    def test_person_of_two_provinces_loses_only_our_role(self, signed_in, person, ours, theirs):
        foreign = Membership.objects.create(user=person, role=Role.VIEWER, province=theirs)
        assert signed_in.post(at("take_role", foreign.pk), {"reason": "x"}).status_code == 404
        own = person.memberships.get(province=ours)
        signed_in.post(at("take_role", own.pk), {"reason": "thử"})
        assert person.memberships.get() == foreign
        assert signed_in.get(at("person", person.pk)).status_code == 404

    def test_superuser_is_left_alone(self, signed_in, ours):
        root = make_user(role="viewer", province=ours, is_superuser=True)
        for name, asked in PAGES:
            asked = asked | seen(root) | {"area": f"province-{ours.pk}"}
            signed_in.post(at(name, root.pk), asked)
        taken = signed_in.post(at("take_role", root.memberships.get().pk), {"reason": "x"})
        assert taken.status_code == 404
        assert "quyền ở mọi tỉnh" in said(signed_in, root)
        root.refresh_from_db()
        assert root.is_active
        assert root.has_usable_password()
        assert root.memberships.count() == 1

    def test_give_role_form_offers_no_role_of_another_province(self, signed_in, person, theirs):
        asked = {"role": "viewer", "area": f"province-{theirs.pk}", "reason": "thử"}
        url = f"{at('give_role', person.pk)}?province={theirs.pk}"
        assert "không thuộc các đơn vị" in signed_in.post(url, asked).content.decode()
        assert person.memberships.count() == 1


def test_of_two_administrators_who_take_each_others_role_the_second_is_told(administrator):
    province = administrator.memberships.get().province
    other = make_user(role="administrator", province=province)
    for user in (administrator, other):
        Membership.objects.create(user=user, role=Role.VIEWER, province=province)
    roles = [user.memberships.get(role="administrator") for user in (administrator, other)]
    steps.take_role(roles[1], by=administrator, reason="thử")
    with pytest.raises(Refused, match="không quản trị tỉnh này"):
        steps.take_role(roles[0], by=other, reason="thử")
    assert Membership.objects.get(role="administrator").user == administrator
