"""Pages about people: who may open them, the list, and what they cost."""

import re

import pytest

from accounts.models import Membership, Role
from accounts.urls import urlpatterns
from tests.accounts.people import PAGES, at, said, seen
from tests.factories import make_commune, make_district, make_user

pytestmark = pytest.mark.django_db
INVITED = {"username": "lvan", "full_name": "Lê Văn An", "email": "an@xa.example"}


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
        names = {path.name for path in urlpatterns}
        tried = {name for name, _data in PAGES} | {"people", "invite", "take_role"}
        assert {name for name in names if not name.endswith("_table")} == tried | {
            "me",
            "set_password",
            # `tests/accounts/test_token_pages.py` tries these
            "tokens",
            "make_token",
            "revoke_token",
            "people_tokens",
        }

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
        # session, user, own roles; person; roles; may I change; second step; two histories, tokens
        with django_assert_num_queries(10):
            signed_in.get(at("person", person.pk))

    ask()
    for _ in range(5):
        person.save()
        commune = make_commune(province=ours)
        Membership.objects.create(
            user=person, role=Role.COMMUNE_STAFF, province=ours, commune=commune
        )
    ask()
