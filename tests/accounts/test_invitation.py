"""Inviting people: the account, the link, the area."""

import re
from datetime import date

import pytest
from django.core import mail

from accounts.models import Membership, Role, User
from tests.accounts.people import at
from tests.factories import make_commune, make_district

pytestmark = pytest.mark.django_db
INVITED = {"username": "lvan", "full_name": "Lê Văn An", "email": "an@xa.example"}


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

    def test_link_goes_by_mail_and_is_shown_until_it_is_handed_over(self, signed_in, ours):
        page = self.invite(signed_in, f"province-{ours.pk}").url
        shown = signed_in.get(page)
        link = re.search(r"http://testserver/accounts/set-password/\S+/", mail.outbox[0].body)[0]
        assert mail.outbox[0].to == ["an@xa.example"]
        assert "lvan" in mail.outbox[0].body
        assert link in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        assert link in signed_in.get(page).content.decode()
        assert signed_in.post(page).url == page.removesuffix("link/")
        again = signed_in.get(page).content.decode()
        assert link not in again
        assert "Liên kết đã được chuyển" in again

    def test_link_of_somebody_else_stays_while_another_page_is_left(self, signed_in, ours, person):
        page = self.invite(signed_in, f"province-{ours.pk}").url
        signed_in.post(at("link", person.pk))
        assert "accounts/set-password" in signed_in.get(page).content.decode()
        assert "accounts/set-password" not in signed_in.get(at("link", person.pk)).content.decode()

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
        page = self.invite(signed_in, f"province-{ours.pk}", username=taken).content.decode()
        assert f'href="#id_username">Tên đăng nhập: {sentence}' in page

    def test_last_districts_are_offered_where_there_are_none_any_more(self, signed_in, ours):
        day = date(2025, 6, 30)
        make_district(province=ours, name="Cũ", valid_to=date(2019, 12, 31))
        last = make_district(province=ours, name="Hữu Lũng", valid_to=day)
        page = signed_in.get(at("invite")).content.decode()
        assert "Huyện Hữu Lũng" in page
        assert "Huyện Cũ" not in page
        self.invite(signed_in, f"district-{last.pk}", role="district_staff")
        assert Membership.objects.get(user__username="lvan").district == last

    def test_communes_are_offered_under_their_name_not_their_number(self, signed_in, ours):
        make_commune(province=ours)
        page = signed_in.get(at("invite")).content.decode()
        assert '<optgroup label="Xã, phường, thị trấn">' in page

    def test_who_administers_several_provinces_chooses_one(
        self, signed_in, ours, theirs, administrator
    ):
        assert "Hiện địa bàn" not in signed_in.get(at("invite")).content.decode()
        Membership.objects.create(user=administrator, role=Role.ADMINISTRATOR, province=theirs)
        page = signed_in.get(at("invite"), {"province": theirs.pk}).content.decode()
        assert "Hiện địa bàn" in page
        assert f'value="province-{theirs.pk}"' in page
        assert f'value="province-{ours.pk}"' not in page
