"""The province's dashboard, on real reference data and the illustration."""

import html
import re

import pytest
from django.urls import reverse

from criteria.crosswalk import save_links
from criteria.models import CriteriaSet
from targets.models import PublishedFigure
from tests.factories import make_province, make_user

URL = "/provinces/20/"


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


def text_of(response) -> str:
    """What a reader sees, white space folded and digits unbroken."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain)).replace("\u202f", " ")


def test_first_line_says_whether_the_province_is_on_plan(reader):
    response = reader.get(URL)
    assert (
        "<h1>Lạng Sơn đạt 106/175 xã, chậm 4 xã so với kế hoạch</h1>" in response.content.decode()
    )


def test_end_of_2020_shows_both_official_figures_with_the_reason(reader):
    page = text_of(reader.get(URL, {"as_of": "2020-12-31"}))
    assert "Lạng Sơn đạt 65/181 xã" in page
    assert "65/181 xã theo địa giới của chính ngày đó và 74/207 xã" in page
    assert "sắp xếp lại từ 01/01/2020" in page


def test_boundary_switch_counts_74_of_207_on_the_units_before_the_merger(reader):
    page = text_of(reader.get(URL, {"as_of": "2020-12-31", "boundaries": "2019-12-31"}))
    assert "74 trên 207 xã" in page
    assert "Tính trên địa giới ngày 31/12/2019" in page
    assert "Trên địa giới của chính ngày đó: 65/181 xã" in page
    assert "Trên địa giới của chính ngày đó: 35,9 % trên 181 xã" in page


def test_every_target_of_the_last_year_has_a_card(reader):
    page = text_of(reader.get(URL))
    for title, value in [
        ("Xã đạt chuẩn NTM", "106 /175 xã"),
        ("Tỷ lệ xã đạt chuẩn NTM", "60,6 % trên 175 xã"),
        ("Số tiêu chí bình quân mỗi xã", "15,21 175/175 xã"),
        ("Xã đạt chuẩn NTM nâng cao", "28 /106 xã đạt chuẩn"),
        ("Xã đạt chuẩn NTM kiểu mẫu", "10 /106 xã đạt chuẩn"),
    ]:
        assert f"{title} {value}" in page


def test_illustrative_figures_are_marked(reader):
    assert text_of(reader.get(URL)).count("minh họa") > 5


def test_watch_list_names_communes_whose_recognition_a_merger_ended(reader):
    page = text_of(reader.get(URL))
    assert "Sơn Hà Hữu Lũng NTM nâng cao 30/11/2024 Hữu Lũng" in page


def test_fall_to_a_stricter_set_is_a_loss_only_where_its_criteria_are_the_same(
    reader, illustrated
):
    change_of_sets = {"as_of": "2022-03-31"}
    assert "không so sánh được" in text_of(reader.get(URL, change_of_sets))
    old, new = (
        CriteriaSet.objects.get(code=f"XA_NTM_{years}") for years in ("2016_2020", "2021_2025")
    )
    then = {row.number: row for row in old.criteria.all()}
    links = {row: (then[row.number], "same") for row in new.criteria.all()}
    save_links(new, old, links, province=illustrated)
    assert "không so sánh được" not in text_of(reader.get(URL, change_of_sets))


def test_a_refused_day_is_explained_and_the_rest_still_answers(reader):
    response = reader.get(URL, {"as_of": "1990-01-01", "district": "185"})
    page = text_of(response)
    assert "“Tính đến ngày” phải từ 01/01/2011 đến 31/12/" in page
    assert "không phải 01/01/1990." in page
    assert 'value="1990-01-01"' in response.content.decode()
    assert "Lạng Sơn đạt 106/175 xã" in page


@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", "hôm qua"), ("district", "999"), ("band", "7"), ("boundaries", "x"), ("plan", "?")],
)
def test_bad_filters_never_break_the_page(reader, name, value):
    assert reader.get(URL, {name: value}).status_code == 200


def test_filters_stand_as_chips_that_take_themselves_away(reader):
    response = reader.get(URL, {"as_of": "2024-12-31", "border": "on"})
    chips = re.findall(r'class="chip" href="([^"]+)"', response.content.decode())
    assert chips == [f"{URL}?border=on", f"{URL}?as_of=2024-12-31"]


def test_after_the_districts_were_abolished_the_page_says_so(reader):
    page = text_of(reader.get(URL, {"as_of": "2025-09-30"}))
    assert "Ngày này không còn cấp huyện" in page


def test_later_parts_are_links_that_htmx_follows_with_the_filters(reader):
    page = reader.get(URL, {"border": "on"}).content.decode()
    for part in ("matrix", "published"):
        address = f"{URL}{part}/?border=on"
        assert f'hx-get="{address}"' in page
        assert f'<a href="{address}">' in page


def test_htmx_gets_the_body_with_its_title_and_the_days(reader):
    response = reader.get(URL, headers={"HX-Request": "true"})
    body = response.content.decode()
    assert body.startswith("<title>Lạng Sơn đạt 106/175")
    assert 'id="context-line" hx-swap-oob="true"' in body
    assert "<!doctype html>" not in body


def test_a_repeat_visit_is_a_304_until_official_data_changes(reader, illustrated):
    etag = reader.get(URL).headers["ETag"]
    assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 304
    type(illustrated).objects.filter(pk=illustrated.pk).raise_data_version()
    assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_the_304_has_the_charts_policy_too_as_browsers_take_headers_from_it(reader):
    first = reader.get(URL)
    again = reader.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    policies = [set(r.headers["Content-Security-Policy"].split("; ")) for r in (first, again)]
    assert policies[0] == policies[1]
    assert "style-src 'self' 'unsafe-inline'" in policies[0]


def test_validators_differ_by_reader_language_and_filters(reader, illustrated):
    etags = [reader.get(URL).headers["ETag"], reader.get(URL, {"border": "on"}).headers["ETag"]]
    reader.cookies["django_language"] = "en"
    etags.append(reader.get(URL).headers["ETag"])
    reader.force_login(make_user(role="viewer", province=illustrated))
    etags.append(reader.get(URL).headers["ETag"])
    assert len(set(etags)) == 4


def test_validator_changes_with_the_readers_name_and_menu(reader, illustrated):
    user = make_user(role="viewer", province=illustrated)
    reader.force_login(user)
    etags = [reader.get(URL).headers["ETag"]]
    user.full_name = "Lê Văn An"
    user.save()
    etags.append(reader.get(URL).headers["ETag"])
    user.memberships.update(role="administrator")
    etags.append(reader.get(URL).headers["ETag"])
    assert len(set(etags)) == 3


def test_pages_may_be_kept_by_the_browser_only_and_asked_for_again(reader):
    control = reader.get(URL).headers["Cache-Control"]
    assert "private" in control
    assert "no-cache" in control


def test_queries_of_a_cold_page_do_not_grow_with_the_periods(reader, django_assert_num_queries):
    # province; units, parts, recognitions, criteria, plans, districts, sets, assessments,
    # periods, targets, baselines, published figures; the newest approval; verdicts of the
    # communes next in line, of whom there were none at the end of 2020
    for as_of, queries in [("2020-12-31", 14), ("2025-06-30", 15)]:
        from targets.snapshot import forget_snapshots

        forget_snapshots()
        with django_assert_num_queries(queries):
            reader.get(URL, {"as_of": as_of})


def test_warm_page_costs_one_query(reader, django_assert_num_queries):
    reader.get(URL)
    with django_assert_num_queries(1):
        reader.get(URL)


def test_home_leads_to_the_province(reader):
    assert reader.get("/").headers["Location"] == URL


class TestPublished:
    url = f"{URL}published/"

    def test_both_figures_of_2020_agree_with_what_is_computed_on_their_boundaries(self, reader):
        page = text_of(reader.get(self.url))
        assert "Xã đạt chuẩn NTM 31/12/2020 65/181 65/181 minh họa không" in page
        assert "Xã đạt chuẩn NTM 31/12/2020 74/207 74/207 minh họa không" in page
        assert "Trên địa giới ngày 31/12/2019." in page

    def test_a_difference_is_shown(self, reader, illustrated):
        PublishedFigure.objects.filter(metric="communes_standard", as_of="2025-06-30").update(
            value=100
        )
        assert "30/06/2025 100/175 106/175 minh họa +6" in text_of(reader.get(self.url))

    def test_every_row_names_its_source(self, reader):
        page = text_of(reader.get(self.url))
        assert page.count("http") >= 5

    def test_nothing_later_than_the_day(self, reader):
        assert "30/06/2025" not in text_of(reader.get(self.url, {"as_of": "2021-12-31"}))


class TestAccess:
    def test_closed_without_the_public_setting(self, client, illustrated, settings):
        settings.PUBLIC_DASHBOARD = False
        response = client.get(URL)
        assert response.headers["Location"] == f"{reverse('account_login')}?next={URL}"

    @pytest.mark.parametrize(
        "address",
        ["", "matrix/", "published/", "districts/185/", "charts/bands/", "charts/bands.json"],
    )
    def test_somebody_of_another_province_meets_a_404(self, client, illustrated, address):
        client.force_login(make_user(role="provincial_officer", province=make_province()))
        assert client.get(f"{URL}{address}").status_code == 404

    def test_members_see_their_own(self, client, illustrated):
        client.force_login(make_user(role="viewer", province=illustrated))
        assert client.get(URL).status_code == 200

    def test_without_a_role_there_is_a_page_that_says_what_to_do(self, client, illustrated):
        client.force_login(make_user())
        assert "Chưa có tỉnh nào để xem" in text_of(client.get("/"))
