"""What waits for a reviewer, and deciding on several at once."""

import html
import re

import pytest
from django.urls import reverse

from accounts.models import Role
from communes.models import Province
from criteria.models import Assessment
from criteria.sheets import forget_layouts
from tests.criteria.world import World
from tests.factories import make_commune, make_period, make_province

pytestmark = pytest.mark.django_db
State = Assessment.State


@pytest.fixture
def world():
    """Two communes of one district and one of another, each submitted by its own staff."""
    world = World(district_verifies=False)
    communes = [world.commune, make_commune(district=world.district, name="An Hùng")]
    world.all = [world.assessment, world.make_assessment(communes[1])]
    world.all.append(world.make_assessment(world.other_commune))
    for assessment in world.all:
        submit(world, assessment)
    return world


def submit(world, assessment, **values):
    staff = world.make_user(Role.COMMUNE_STAFF, commune=assessment.commune)
    world.fill(assessment, by=staff, **values)
    fields = {"state": State.SUBMITTED, "submitted_by": staff, "version": 2}
    Assessment.objects.filter(pk=assessment.pk).update(**fields)


def address(world, name="review_queue"):
    return reverse(f"criteria:{name}", kwargs={"province": world.province.code})


@pytest.fixture
def read(client):
    def read(world, user=None, **query):
        client.force_login(user or world.officer)
        return client.get(address(world), query)

    return read


@pytest.fixture
def choose(client):
    def choose(world, chosen, *, action="approve_selected", user=None, query=""):
        client.force_login(user or world.officer)
        return client.post(address(world, action) + query, {"chosen": chosen}, follow=True)

    return choose


def seen(*assessments, version=2):
    return [f"{of.pk}:{version}" for of in assessments]


def states(world):
    rows = Assessment.objects.filter(pk__in=[of.pk for of in world.all]).order_by("pk")
    return list(rows.values_list("state", flat=True))


def text_of(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain)).replace("\u202f", " ")


class TestQueue:
    def test_shows_what_waits_by_district_and_name(self, world, read):
        page = text_of(read(world))
        assert "3 phiếu của Quý 2/2025 đang chờ xử lý" in page
        places = [page.index(name) for name in ("Xã An Hùng", "Xã Hội Hoan", "Xã Bắc Ái")]
        assert places == sorted(places)

    def test_warnings_come_first_within_a_district(self, world, read):
        world.assessment.scores.filter(indicator=world.poor).update(value=60)
        page = text_of(read(world))
        assert page.index("Xã Hội Hoan") < page.index("Xã An Hùng") < page.index("Xã Bắc Ái")

    def test_compares_criteria_met_with_the_last_verified(self, world, read):
        world.make_assessment(
            world.commune,
            make_period(province=world.province, year=2025, quarter=1),
            state=State.APPROVED,
            decided_at="2025-04-10T00:00Z",
            criteria_met=1,
            criteria_basically=0,
            criteria_applicable=3,
        )
        assert "1 → nay 3" in text_of(read(world))

    def test_narrows_to_a_district_and_a_state(self, world, read):
        page = text_of(read(world, district=world.other_district.code))
        assert "Xã Bắc Ái" in page
        assert "Xã Hội Hoan" not in page
        assert "Không có phiếu nào ở trạng thái này" in text_of(read(world, state="approved"))

    def test_opens_on_the_earliest_period_in_which_something_waits(self, world, read):
        make_period(province=world.province, year=2025, quarter=3, status="open")
        later = text_of(read(world))
        assert "của Quý 2/2025 đang chờ" in later
        assert "Quý 2/2025 (3 phiếu chờ)" in later
        assert "0 phiếu của Quý 3/2025" in text_of(read(world, period="2025-Q3"))

    def test_unknown_period_shows_nothing_and_says_so(self, world, read):
        response = read(world, period="2031-Q9")
        assert response.status_code == 200
        assert "không có kỳ mang tên này" in text_of(response)

    def test_what_does_not_wait_for_the_reader_cannot_be_chosen(self, world, read):
        colleague = world.make_user(Role.PROVINCIAL_OFFICER, province=world.province)
        Assessment.objects.filter(pk=world.assessment.pk).update(submitted_by=colleague)
        page = read(world, colleague, state="submitted").content.decode()
        assert page.count('name="chosen"') == 2

    def test_page_holds_whole_districts(self, world, read, monkeypatch):
        last_of_the_first = make_commune(district=world.district, name="Hoàng Văn Thụ")
        submit(world, world.make_assessment(last_of_the_first))
        monkeypatch.setattr("criteria.views.review_queue.ROWS", 1)
        first, second = text_of(read(world)), text_of(read(world, page=2))
        assert "4 phiếu của Quý 2/2025" in first
        ours = ("Xã An Hùng", "Xã Hội Hoan", "Xã Hoàng Văn Thụ")
        assert all(name in first for name in ours)
        assert "Xã Bắc Ái" not in first
        assert "Xã Bắc Ái" in second

    def test_costs_the_same_queries_for_any_number_of_communes(
        self, world, client, django_assert_num_queries
    ):
        client.force_login(world.officer)
        for _ in range(2):
            forget_layouts()
            # session, user, province, roles, what waits by period, periods, districts,
            # the keys of all, those of the page, scores, the last verified, criteria,
            # indicators, thresholds, steps of approval, scores of others, recognitions
            with django_assert_num_queries(17):
                client.get(address(world))
            for _ in range(3):
                submit(world, world.make_assessment(make_commune(district=world.district)))


class TestAccess:
    def test_district_sees_its_own_where_it_verifies(self, read):
        world = World()
        submit(world, world.assessment)
        submit(world, world.make_assessment(world.other_commune))
        page = text_of(read(world, world.district_staff))
        assert "1 phiếu" in page
        assert "Xã Hội Hoan" in page
        assert "Xã Bắc Ái" not in page

    def test_district_without_the_step_has_nothing_to_do(self, world, read):
        assert "Không có phiếu nào chờ xử lý" in text_of(read(world, world.district_staff))

    @pytest.mark.parametrize("role", [Role.COMMUNE_STAFF, Role.VIEWER])
    def test_who_does_not_review_may_not_look(self, world, read, role):
        area = {"commune": world.commune} if role == Role.COMMUNE_STAFF else {}
        user = world.make_user(role, **(area or {"province": world.province}))
        assert read(world, user).status_code == 403

    def test_strangers_province_is_not_found(self, world, read):
        stranger = world.make_user(Role.PROVINCIAL_OFFICER, province=make_province())
        assert read(world, stranger).status_code == 404

    def test_anonymous_is_asked_to_sign_in(self, world, client):
        assert client.get(address(world)).status_code == 302


class TestDecidingOnSeveral:
    def test_approves_all_that_are_chosen_and_says_how_many(self, world, choose):
        page = text_of(choose(world, seen(*world.all[:2])))
        assert states(world) == [State.APPROVED, State.APPROVED, State.SUBMITTED]
        assert "Đã phê duyệt 2 phiếu." in page

    def test_names_the_one_that_is_refused_and_approves_the_others(self, world, choose):
        chosen = [*seen(world.all[0], version=1), *seen(*world.all[1:])]
        page = text_of(choose(world, chosen))
        assert states(world) == [State.SUBMITTED, State.APPROVED, State.APPROVED]
        assert "Đã phê duyệt 2 phiếu." in page
        assert "Chưa thực hiện được, Xã Hội Hoan, Quý 2/2025" in page

    def test_raises_the_data_version_for_each(self, world, choose):
        before = Province.objects.get(pk=world.province.pk).data_version
        choose(world, seen(*world.all))
        assert Province.objects.get(pk=world.province.pk).data_version == before + 3

    def test_what_is_not_ones_own_to_decide_refuses_all(self, world, choose):
        other = World(district_verifies=False)
        submit(other, other.assessment)
        response = choose(world, seen(world.assessment, other.assessment))
        assert response.status_code == 404
        assert states(world) == [State.SUBMITTED] * 3

    @pytest.mark.parametrize("chosen", [[], ["x"], ["9999999:1"]])
    def test_nothing_or_nonsense_chosen_changes_nothing(self, world, choose, chosen):
        response = choose(world, chosen)
        assert response.status_code == (404 if chosen else 200)
        assert states(world) == [State.SUBMITTED] * 3

    def test_comes_back_to_the_queue_as_it_was_narrowed(self, world, choose):
        query = f"?district={world.district.code}"
        response = choose(world, seen(world.assessment), query=query)
        assert response.redirect_chain[-1][0].endswith(query)

    def test_district_verifies_several(self, choose):
        world = World()
        world.all = [world.assessment]
        submit(world, world.assessment)
        staff = {"user": world.district_staff}
        assert choose(world, seen(world.assessment), **staff).status_code == 403
        page = text_of(choose(world, seen(world.assessment), action="check_selected", **staff))
        assert states(world) == [State.CHECKED]
        assert "Huyện đã thẩm tra 1 phiếu." in page
