"""People make, see and revoke access tokens; administrators those of their people."""

import re

import pytest
from django.contrib.messages import get_messages

from accounts.models import AccessToken
from accounts.refusals import Refused
from accounts.tokens import steps
from tests.accounts.people import at
from tests.factories import make_commune, make_district, make_token, make_user

pytestmark = pytest.mark.django_db
TYPED = {"name": "Cổng dữ liệu", "rights": "read", "area": "", "days": "90"}


@pytest.fixture
def confirmed(client, person):
    """Signed in, and sure a moment ago that it is them."""
    sign_in(client, person)
    return client


def sign_in(client, user):
    client.force_login(user)
    client.post("/accounts/confirm/", {"password": "mat-khau-thu-nghiem", "next": "/"})


def make(client, **typed):
    return client.post(at("make_token"), TYPED | typed)


def text_in(answer) -> str:
    found = re.search(r"ntm_[0-9a-f]{64}", answer.content.decode())
    return found[0] if found else ""


def test_a_token_is_shown_once_and_kept_nowhere(confirmed, person):
    answer = make(confirmed)
    text = text_in(answer)
    assert (answer.status_code, answer.headers["Cache-Control"].count("no-store")) == (200, 1)
    assert confirmed.get("/api/v1/provinces", headers={"Authorization": f"Bearer {text}"}).json()
    listed = confirmed.get(at("tokens"))
    assert "Cổng dữ liệu" in listed.content.decode()
    assert text not in listed.content.decode()
    assert text not in str(dict(confirmed.session))
    assert text not in str(confirmed.cookies)
    assert not list(get_messages(answer.wsgi_request))


def test_sending_the_form_again_makes_no_second_token(confirmed):
    make(confirmed)
    again = make(confirmed)
    assert text_in(again) == ""
    assert "đã có mã tên “Cổng dữ liệu”" in again.content.decode()
    assert AccessToken.objects.count() == 1


def test_a_token_is_made_as_it_was_asked_for(confirmed, person, ours):
    district = make_district(province=ours)
    person.memberships.update(role="district_staff", district=district)
    make(confirmed, rights="write", area=f"district-{district.pk}", days="7")
    token = AccessToken.objects.get()
    assert (token.user, token.may_write, token.area) == (person, True, district)
    assert token.province == ours
    assert round((token.expiry - token.created).total_seconds()) == 7 * 24 * 60 * 60


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "a" * 61),
        ("rights", ""),
        ("days", "0"),
        ("days", "367"),
        ("days", ""),
    ],
)
def test_what_is_not_valid_is_said_at_its_field(confirmed, field, value):
    answer = make(confirmed, **{field: value})
    assert answer.context["form"].errors.keys() == {field}
    assert not AccessToken.objects.exists()


def test_only_areas_of_ones_own_are_offered(confirmed, person, ours):
    district, other = make_district(province=ours), make_district(province=ours)
    inside, outside = make_commune(district=district), make_commune(district=other)
    person.memberships.update(role="district_staff", district=district)
    offered = confirmed.get(at("make_token")).context["form"].fields["area"].areas.by_key.values()
    assert set(offered) == {ours, district, inside}
    answer = make(confirmed, area=f"commune-{outside.pk}")
    assert answer.context["form"].errors.keys() == {"area"}


def test_somebody_without_a_role_may_make_one_that_does_nothing(client):
    sign_in(client, make_user())
    assert text_in(make(client))


def test_making_one_asks_for_the_password_again(client, person):
    client.force_login(person)
    for answer in (client.get(at("make_token")), make(client)):
        assert answer.url.startswith("/accounts/confirm/")
    assert not AccessToken.objects.exists()


def test_making_one_needs_the_second_step_where_it_is_required(client, administrator, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, administrator)
    assert make(client).url == "/accounts/second-step/"


def test_an_expired_token_gives_up_its_name(person):
    old, _bearer = make_token(user=person, name="đêm", days=-1)
    steps.make(by=person, name="đêm", area=None, may_write=False, days=1)
    old.refresh_from_db()
    assert (old.revoked_by, old.state) == (person, "Đã thu hồi")


def test_too_many_tokens_are_refused(person):
    for _ in range(steps.MOST):
        make_token(user=person)
    with pytest.raises(Refused, match=str(steps.MOST)):
        steps.make(by=person, name="một nữa", area=None, may_write=False, days=1)


def test_ones_own_token_is_revoked_without_a_reason(confirmed, person):
    token, _bearer = make_token(user=person)
    assert confirmed.get(at("revoke_token", token.pk)).status_code == 200
    answer = confirmed.post(at("revoke_token", token.pk), {"reason": ""})
    assert answer.url == at("tokens")
    token.refresh_from_db()
    assert token.revoked_by == person
    assert f"Đã thu hồi mã “{token}”" in confirmed.get(answer.url).content.decode()


def test_the_second_of_two_who_revoke_is_told(confirmed, person, administrator):
    token, _bearer = make_token(user=person)
    steps.revoke(token, by=administrator, reason="nghỉ việc")
    confirmed.post(at("revoke_token", token.pk), {"reason": ""})
    token.refresh_from_db()
    assert (token.revoked_by, token.revoked_because) == (administrator, "nghỉ việc")
    assert "đã bị thu hồi từ trước" in confirmed.get(at("tokens")).content.decode()


def test_an_administrator_revokes_with_a_reason_that_the_history_keeps(signed_in, person):
    token, _bearer = make_token(user=person, name="đêm")
    signed_in.post(at("revoke_token", token.pk), {"reason": ""})
    token.refresh_from_db()
    assert token.is_living
    signed_in.post(at("revoke_token", token.pk), {"reason": "mất máy"})
    page = signed_in.get(at("person", person.pk)).content.decode()
    assert "Đã tạo mã truy cập: đêm" in page
    assert re.search(r"Đã thu hồi mã truy cập: đêm.*Hoàng Thị Quản.*mất máy", page, re.DOTALL)


def test_administrators_see_the_tokens_of_their_people(signed_in, person, ours, theirs):
    stranger = make_user(role="viewer", province=theirs)
    for user, name in [(person, "của ta"), (stranger, "của tỉnh bạn")]:
        make_token(user=user, name=name)
    make_token(user=person, name="nơi khác", area=theirs)
    page = signed_in.get(at("people_tokens")).content.decode()
    assert ["của ta" in page, "của tỉnh bạn" in page, "nơi khác" in page] == [True, False, False]
    table = signed_in.get(at("people_tokens_table", "tokens", "csv")).content.decode()
    assert ["của ta" in table, "của tỉnh bạn" in table] == [True, False]


def test_somebody_with_a_role_elsewhere_keeps_their_tokens(signed_in, person, theirs):
    person.memberships.create(role="viewer", province=theirs)
    token, _bearer = make_token(user=person)
    assert str(token) in signed_in.get(at("people_tokens")).content.decode()
    assert signed_in.get(at("revoke_token", token.pk)).status_code == 404


def test_the_list_is_narrowed_by_person_and_state(signed_in, person, ours):
    other = make_user(role="viewer", province=ours, full_name="Lý Văn Bé")
    make_token(user=person, name="cũ", days=-1)
    make_token(user=person, name="mới")
    make_token(user=other, name="khác")

    def named(**query):
        return {token.name for token in signed_in.get(at("people_tokens"), query).context["page"]}

    assert named() == {"cũ", "mới", "khác"}
    assert named(q="anh") == {"cũ", "mới"}
    assert named(q="anh", state="living") == {"mới"}
    assert named(state="ended") == {"cũ"}


def test_a_list_of_tokens_costs_the_same_for_any_number(
    signed_in, person, django_assert_max_num_queries
):
    for _ in range(20):
        make_token(user=person)
    with django_assert_max_num_queries(8):
        signed_in.get(at("people_tokens"))


def test_account_pages_lead_to_the_tokens(signed_in, person):
    assert at("tokens") in signed_in.get(at("me")).content.decode()
    page = signed_in.get(at("person", person.pk)).content.decode()
    assert f"{at('people_tokens')}?q=ntanh" in page
