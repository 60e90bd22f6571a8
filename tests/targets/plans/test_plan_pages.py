"""The list of plans and the page of one: what they show, their filters, their history."""

import pytest
from django.urls import reverse

from tests.factories import make_plan, make_province
from tests.targets.plans.world import COUNT

pytestmark = pytest.mark.django_db


def plans_url(world):
    return reverse("plans", kwargs={"province": world.province.code})


def listed(page):
    return [plan.name for plan, _state in page.context["plans"]]


class TestList:
    def test_shows_each_plan_with_its_state(self, officer, world):
        make_plan(
            province=world.province, name="Bản sửa", supersedes=world.plan, holds_from="2023-07-01"
        )
        make_plan(province=world.province, first_year=2026, last_year=2030, is_draft=True)
        page = officer.get(plans_url(world))
        states = [state for _plan, state in page.context["plans"]]
        assert states == ["draft", "superseded", "in_force"]

    def test_is_narrowed_by_words_and_state(self, officer, world):
        make_plan(province=world.province, name="Dự thảo mới", document="9/KH", is_draft=True)
        url = plans_url(world)
        assert listed(officer.get(url, {"q": "dự THẢO"})) == ["Dự thảo mới"]
        assert listed(officer.get(url, {"q": "9/kh"})) == ["Dự thảo mới"]
        assert listed(officer.get(url, {"state": "in_force"})) == ["Kế hoạch thử"]
        assert not listed(officer.get(url, {"q": "không có"}))

    def test_holds_plans_of_the_province_alone(self, officer, world):
        make_plan(province=make_province(), name="Tỉnh khác")
        assert listed(officer.get(plans_url(world))) == ["Kế hoạch thử"]

    def test_costs_the_same_queries_for_any_number(
        self, officer, world, django_assert_num_queries
    ):
        officer.get(plans_url(world))
        for _ in range(5):
            make_plan(province=world.province)
        # session, user, roles, province, plans
        with django_assert_num_queries(5):
            officer.get(plans_url(world))


class TestPlan:
    def test_shows_targets_baseline_and_districts_with_their_sum(self, officer, world):
        first, second = world.districts
        for district, low in [(first, 60), (second, 50)]:
            world.plan.targets.create(
                **COUNT, year=2025, district=district, low=low, source="thử nghiệm"
            )
        content = officer.get(world.plan.get_absolute_url()).content.decode()
        assert "65/120" in content
        assert "110 so với 115 của tỉnh, lệch −5" in content

    def test_of_another_province_is_not_there(self, officer, world):
        other = make_plan(province=make_province(), code="khac")
        url = reverse("plan", kwargs={"province": world.province.code, "plan": "khac"})
        assert officer.get(url).status_code == 404
        assert officer.get(other.get_absolute_url()).status_code == 404

    def test_history_tells_who_changed_what_and_why(self, officer, world):
        url = reverse("plan_edit", kwargs={"province": world.province.code, "plan": "ke-hoach"})
        seen = officer.get(url).context["typed"].seen
        name = "communes_standard.cumulative_count.2025"
        data = {"step": "save", "seen": seen, "reason": "theo Quyết định 12"}
        officer.post(url, data | {name: "118"})
        newest = officer.get(world.plan.get_absolute_url()).context["page"][0]
        assert (newest.before, newest.after) == ("115", "118")
        assert (newest.by, newest.reason) == (world.officer, "theo Quyết định 12")
        assert newest.what == "Xã đạt chuẩn NTM, 2025"

    def test_costs_the_same_queries_for_any_number_of_targets(
        self, officer, world, django_assert_num_queries
    ):
        url = world.plan.get_absolute_url()
        officer.get(url)
        # session, user, roles, province, plans, targets, baselines, districts, three histories,
        # plans for the versions
        with django_assert_num_queries(12):
            officer.get(url)
        for district in world.districts:
            world.plan.targets.create(**COUNT, year=2025, district=district, low=1, source="x")
        with django_assert_num_queries(12):
            officer.get(url)
