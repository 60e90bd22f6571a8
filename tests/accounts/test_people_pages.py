"""Managing people: who may do what to whom, and what they are told."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Membership, Role, User
from accounts.urls import urlpatterns
from tests.factories import make_commune, make_district, make_province, make_user

pytestmark = pytest.mark.django_db
INVITED = {"username": "lvan", "full_name": "Lê Văn An", "email": "an@xa.example"}


@pytest.fixture
def ours():
    return make_province(name="Lạng Sơn")


@pytest.fixture
def theirs():
    return make_province(name="Cao Bằng")


@pytest.fixture
def administrator(ours):
    return make_user(role="administrator", province=ours, full_name="Hoàng Thị Quản")


@pytest.fixture
def person(ours):
    return make_user(
        role="viewer", province=ours, full_name="Nguyễn Thị Ánh", username="ntanh", email="a@b.vn"
    )


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


def said(client, person):
    return client.get(at("person", person.pk)).content.decode()


def seen(person):
    return {"seen": f"{person.full_name}, {person.email or '–'}"}


PAGES = [
    ("person", {}),
    ("change_person", {"full_name": "Khác", "email": ""}),
    ("give_role", {"role": "viewer", "area": "", "reason": "thử"}),
    ("link", {}),
    ("close_account", {"reason": "thử"}),
    ("open_account", {"reason": "thử"}),
    ("reset_password", {"reason": "thử"}),
    ("reset_second_step", {"reason": "thử"}),
]


class TestWhoMayOpen:
    @pytest.fixture(autouse=True)
    def _totp(self, person):
        person.authenticator_set.create(type="totp", data={"secret": "x"})

    def outcomes(self, client, person):
        """Every page about one person, read and posted."""
        role = person.memberships.get()
        pages = [(at(name, person.pk), data | seen(person)) for name, data in PAGES]
        pages.append((at("take_role", role.pk), {"reason": "thử"}))
        return {
            getattr(client, method)(url, data).status_code
            for url, data in pages
            for method in ("get", "post")
        }

    def unchanged(self, person):
        kept = (person.password, person.full_name, person.is_active, person.memberships.count())
        person.refresh_from_db()
        factors = person.authenticator_set.count()
        return factors and kept == (
            person.password,
            person.full_name,
            person.is_active,
            person.memberships.count(),
        )

    def test_administrator_of_the_province_may(self, signed_in, person):
        assert self.outcomes(signed_in, person) == {200, 302}
        assert not self.unchanged(person)

    def test_administrator_of_another_province_finds_nobody(self, client, person, theirs):
        client.force_login(make_user(role="administrator", province=theirs))
        assert self.outcomes(client, person) == {404}
        assert self.unchanged(person)
        assert "Nguyễn Thị Ánh" not in client.get(at("people")).content.decode()

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_other_roles_may_not(self, client, person, ours, role):
        place = {
            Role.DISTRICT_STAFF: {"district": make_district(province=ours)},
            Role.COMMUNE_STAFF: {"commune": make_commune(province=ours)},
        }
        client.force_login(make_user(role=role, **place.get(role, {"province": ours})))
        assert self.outcomes(client, person) == {403}
        assert client.get(at("people")).status_code == 403
        assert client.get(at("invite")).status_code == 403
        assert client.post(at("invite"), INVITED).status_code == 403
        assert self.unchanged(person)

    def test_stranger_is_sent_to_sign_in(self, client, person):
        assert self.outcomes(client, person) == {302}
        assert client.get(at("people")).url == "/accounts/login/?next=/accounts/people/"
        assert self.unchanged(person)

    def test_superuser_may_in_every_province(self, client, person):
        client.force_login(make_user(is_superuser=True))
        assert self.outcomes(client, person) == {200, 302}
        assert not self.unchanged(person)

    def test_no_page_is_left_out_here(self):
        tried = {name for name, _data in PAGES} | {"people", "invite", "take_role"}
        assert {path.name for path in urlpatterns} == tried | {"me", "set_password"}

    def test_menu_leads_there_only_who_administers(self, signed_in, client, person):
        assert at("people") in signed_in.get("/accounts/me/").content.decode()
        client.force_login(person)
        assert at("people") not in client.get("/accounts/me/").content.decode()


class TestList:
    def names(self, client, **query):
        page = client.get(at("people"), query).content.decode()
        return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)

    def test_is_ordered_by_given_name(self, signed_in, ours):
        for name in ["Đỗ Văn Ân", "Lê Văn An"]:
            make_user(role="viewer", province=ours, full_name=name)
        assert self.names(signed_in) == ["Lê Văn An", "Đỗ Văn Ân", "Hoàng Thị Quản"]

    def test_narrows_by_words_role_area_and_state(self, signed_in, ours, person):
        district = make_district(province=ours, name="Hữu Lũng")
        commune = make_commune(district=district)
        other = make_district(province=ours, name="Chi Lăng")
        make_user(role="district_staff", district=district, full_name="Vi Một", password=None)
        make_user(role="commune_staff", commune=commune, full_name="Vi Hai", is_active=False)
        make_user(role="district_staff", district=other, full_name="Vi Ba")
        assert self.names(signed_in, q="thi anh") == ["Nguyễn Thị Ánh"]
        assert self.names(signed_in, role="district_staff") == ["Vi Ba", "Vi Một"]
        assert self.names(signed_in, area=f"district-{district.pk}") == ["Vi Hai", "Vi Một"]
        assert self.names(signed_in, area=f"commune-{commune.pk}") == ["Vi Hai"]
        assert self.names(signed_in, state="waiting") == ["Vi Một"]
        assert self.names(signed_in, state="closed") == ["Vi Hai"]
        assert "Vi Hai" not in self.names(signed_in, state="open")
        assert "Vi Một" not in self.names(signed_in, state="open")
        assert self.names(
            signed_in, role="district_staff", area=f"district-{district.pk}", state="waiting"
        ) == ["Vi Một"]

    def test_filters_stand_as_chips_that_take_themselves_away(self, signed_in):
        page = signed_in.get(at("people"), {"q": "an", "state": "open"}).content.decode()
        assert re.findall(r'class="chip" href="([^"]+)"', page) == [
            "/accounts/people/?state=open",
            "/accounts/people/?q=an",
        ]

    def test_unknown_filter_finds_nobody_and_says_so(self, signed_in, theirs):
        page = signed_in.get(at("people"), {"area": f"province-{theirs.pk}"}).content.decode()
        assert "không thuộc các đơn vị hiện hành" in page
        assert "Không có người dùng nào khớp" in page

    def test_shows_only_the_roles_of_the_own_province(self, signed_in, person, theirs):
        Membership.objects.create(user=person, role=Role.VIEWER, province=theirs)
        assert "Cao Bằng" not in signed_in.get(at("people")).content.decode()
        assert "Cao Bằng" not in said(signed_in, person)

    def test_costs_the_same_queries_for_any_number_of_people(
        self, signed_in, ours, django_assert_num_queries
    ):
        def ask():
            # session, user, roles; provinces, districts and communes to filter by;
            # number of people, people, their roles
            with django_assert_num_queries(9):
                signed_in.get(at("people"))

        make_user(role="district_staff", district=make_district(province=ours))
        ask()
        for _ in range(7):
            make_user(role="commune_staff", commune=make_commune(province=ours))
        ask()

    def test_comes_in_pages(self, signed_in, ours):
        for _ in range(51):
            make_user(role="viewer", province=ours)
        assert len(self.names(signed_in)) == 50
        assert len(self.names(signed_in, page=2)) == 2


def test_page_of_a_person_costs_the_same_queries_for_any_history(
    signed_in, ours, person, django_assert_num_queries
):
    def ask():
        # session, user, own roles; person; roles; may I change; second step; two histories
        with django_assert_num_queries(9):
            signed_in.get(at("person", person.pk))

    ask()
    for _ in range(5):
        person.save()
        commune = make_commune(province=ours)
        Membership.objects.create(
            user=person, role=Role.COMMUNE_STAFF, province=ours, commune=commune
        )
    ask()


class TestInvitation:
    def invite(self, client, area, role="provincial_officer", **fields):
        asked = INVITED | {"role": role, "area": area} | fields
        return client.post(at("invite"), asked)

    def test_makes_an_account_that_waits_for_its_password(self, signed_in, ours, administrator):
        answer = self.invite(signed_in, f"province-{ours.pk}")
        invited = User.objects.get(username="lvan")
        assert answer.url == at("link", invited.pk)
        assert invited.is_waiting
        membership = invited.memberships.get()
        assert (membership.role, membership.area) == ("provincial_officer", ours)
        assert invited.history.get().step == "invited"
        assert invited.history.get().history_user == administrator

    def test_link_goes_by_mail_and_is_shown_once(self, signed_in, ours):
        page = self.invite(signed_in, f"province-{ours.pk}").url
        shown = signed_in.get(page)
        link = re.search(r"http://testserver/accounts/set-password/\S+/", mail.outbox[0].body)[0]
        assert mail.outbox[0].to == ["an@xa.example"]
        assert "lvan" in mail.outbox[0].body
        assert link in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        again = signed_in.get(page).content.decode()
        assert link not in again
        assert "Liên kết đã được hiện" in again

    def test_without_an_address_it_is_handed_over(self, signed_in, ours):
        page = signed_in.get(self.invite(signed_in, f"province-{ours.pk}", email="").url)
        assert "chưa được gửi" in page.content.decode()
        assert mail.outbox == []

    def test_mail_server_that_fails_does_not_lose_the_invitation(
        self, signed_in, ours, settings, caplog
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        page = signed_in.get(self.invite(signed_in, f"province-{ours.pk}").url)
        assert "chưa được gửi" in page.content.decode()
        assert "could not be sent" in caplog.text
        assert User.objects.get(username="lvan").is_waiting

    def refused(self, client, sentence, area, **fields):
        page = self.invite(client, area, **fields).content.decode()
        assert sentence in page
        assert 'value="Lê Văn An"' in page
        assert not User.objects.filter(full_name="Lê Văn An").exists()

    def test_area_of_another_province_is_refused(self, signed_in, theirs):
        sentence = "không thuộc các đơn vị hiện hành của tỉnh"
        district, commune = make_district(province=theirs), make_commune(province=theirs)
        for area in (theirs, district, commune):
            self.refused(signed_in, sentence, f"{area._meta.model_name}-{area.pk}")

    def test_area_no_longer_in_force_is_refused(self, signed_in, ours):
        gone = make_commune(province=ours, valid_to=date(2024, 11, 30))
        sentence = "không thuộc các đơn vị hiện hành của tỉnh"
        self.refused(signed_in, sentence, f"commune-{gone.pk}", role="commune_staff")

    @pytest.mark.parametrize(
        ("role", "sentence"),
        [
            ("administrator", "phụ trách toàn tỉnh"),
            ("provincial_officer", "phụ trách toàn tỉnh"),
            ("district_staff", "phụ trách một huyện"),
        ],
    )
    def test_area_that_does_not_fit_the_role_is_refused(self, signed_in, ours, role, sentence):
        commune = make_commune(province=ours)
        self.refused(signed_in, sentence, f"commune-{commune.pk}", role=role)

    def test_commune_staff_need_a_commune(self, signed_in, ours):
        sentence = "phụ trách một xã"
        self.refused(signed_in, sentence, f"province-{ours.pk}", role="commune_staff")

    @pytest.mark.parametrize("taken", ["ntanh", "NTAnh"])
    def test_user_name_that_is_taken_is_refused(self, signed_in, ours, person, taken):
        sentence = "Tên đăng nhập này đã có người dùng"
        self.refused(signed_in, sentence, f"province-{ours.pk}", username=taken)

    def test_last_districts_are_offered_where_there_are_none_any_more(self, signed_in, ours):
        day = date(2025, 6, 30)
        make_district(province=ours, name="Cũ", valid_to=date(2019, 12, 31))
        last = make_district(province=ours, name="Hữu Lũng", valid_to=day)
        page = signed_in.get(at("invite")).content.decode()
        assert "Huyện Hữu Lũng" in page
        assert "Huyện Cũ" not in page
        self.invite(signed_in, f"district-{last.pk}", role="district_staff")
        assert Membership.objects.get(user__username="lvan").district == last

    def test_who_administers_several_provinces_chooses_one(
        self, signed_in, ours, theirs, administrator
    ):
        assert "Hiện địa bàn" not in signed_in.get(at("invite")).content.decode()
        Membership.objects.create(user=administrator, role=Role.ADMINISTRATOR, province=theirs)
        page = signed_in.get(at("invite"), {"province": theirs.pk}).content.decode()
        assert "Hiện địa bàn" in page
        assert f'value="province-{theirs.pk}"' in page
        assert f'value="province-{ours.pk}"' not in page


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
            ("open_account", {}, "đang mở"),
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

    def test_role_is_given_and_taken_with_the_reason_in_the_history(self, signed_in, ours, person):
        commune = make_commune(province=ours, name="Hữu Liên")
        asked = {"role": "commune_staff", "area": f"commune-{commune.pk}", "reason": "QĐ 12"}
        signed_in.post(at("give_role", person.pk), asked)
        role = person.memberships.get(role="commune_staff")
        signed_in.post(at("take_role", role.pk), {"reason": "QĐ 15"})
        page = said(signed_in, person)
        assert "Đã giao quyền: Cán bộ cấp xã, Xã Hữu Liên" in page
        assert "Đã thu quyền: Cán bộ cấp xã, Xã Hữu Liên" in page
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
        assert "không tự thu quyền quản trị" in said(signed_in, administrator)
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
