"""A criterion's page: who meets it, who does not, how that has moved."""

from datetime import date

import pytest

from criteria.models import CriterionLink, CriterionResult
from tests.factories import (
    make_assessment,
    make_change,
    make_commune,
    make_criteria_set,
    make_district,
    make_indicator,
    make_period,
    make_province,
    make_score,
    make_threshold,
    make_user,
)
from tests.targets.test_province_page import text_of

pytestmark = pytest.mark.django_db


class World:
    """Two districts with communes assessed at the end of 2024 under a set of three criteria."""

    def __init__(self, client):
        self.client = client
        self.province = make_province(code="20", name="Lạng Sơn", register_complete=True)
        self.near = make_district(province=self.province, name="Cao Lộc", code="183")
        self.far = make_district(province=self.province, name="Đình Lập", code="189")
        self.set = make_criteria_set(criteria=3, decision="318/QĐ-TTg")
        self.period = make_period(province=self.province)

    def assess(self, name, *, met, district=None, period=None, criteria_set=None, commune=None):
        """A commune of that name that meets the first `met` criteria; gives its assessment."""
        return make_assessment(
            commune=commune or make_commune(district=district or self.near, name=name),
            criteria_set=criteria_set or self.set,
            period=period or self.period,
            met=met,
        )

    def get(self, number=2, **query):
        return self.client.get(
            f"/provinces/20/criteria/{number}/", {"as_of": "2024-12-31"} | query
        )

    def page(self, number=2, **query):
        return text_of(self.get(number, **query))


@pytest.fixture
def world(client, settings):
    settings.PUBLIC_DASHBOARD = True
    return World(client)


def part(page, begin, end):
    return page[page.index(begin) : page.index(end, page.index(begin))]


def test_first_line_says_how_many_communes_meet_it(world):
    world.assess("Hòa Bình", met=3)
    world.assess("Tân Liên", met=1)
    make_commune(district=world.near, name="Chưa đánh giá")
    assert "Tiêu chí 2 Tiêu chí 2: 1/2 xã đạt" in world.page()


def test_communes_it_does_not_apply_to_are_not_in_the_base(world):
    world.assess("Hòa Bình", met=3)
    assessment = world.assess("Tân Liên", met=1)
    CriterionResult.objects.filter(assessment=assessment).update(verdict="not_applicable")
    page = world.page()
    assert "1/1 xã đạt" in page
    assert "– không áp dụng (1)" in page


def test_names_the_decision_of_the_set(world):
    world.assess("Hòa Bình", met=3)
    assert "Quyết định 318/QĐ-TTg" in world.page()


def test_lists_by_district_who_does_not_meet_it_and_by_which_indicators(world):
    indicators = [make_indicator(criterion=world.set.criteria.get(number=2)) for _ in range(2)]
    world.assess("Hòa Bình", met=3)
    for name, district in [("Tân Liên", world.near), ("Bắc Xa", world.far)]:
        assessment = world.assess(name, met=1, district=district)
        make_score(assessment=assessment, indicator=indicators[0], verdict="met")
        make_score(assessment=assessment, indicator=indicators[1], verdict="not_met")
    page = world.page()
    short = part(page, "○ chưa đạt (2)", "● đạt (1)")
    assert "Cao Lộc (1) Tân Liên (2.2) Đình Lập (1) Bắc Xa (2.2)" in short


def test_links_each_commune_to_its_criterion(world):
    code = world.assess("Tân Liên", met=1).commune.code
    page = world.get().content.decode()
    assert f"/provinces/20/communes/{code}/?as_of=2024-12-31#c2" in page


def test_indicators_have_their_threshold_and_how_many_meet_them(world):
    indicator = make_indicator(criterion=world.set.criteria.get(number=2), name="Đường xã")
    make_threshold(indicator=indicator, value=80, source="QĐ 318")
    for name, verdict in [("A", "met"), ("B", "not_met"), ("C", "met")]:
        make_score(assessment=world.assess(name, met=2), indicator=indicator, verdict=verdict)
    page = world.page()
    assert "2.1 Đường xã ≥ 80 % [1] chưa kiểm chứng 2/3" in page
    assert "QĐ 318" in page


def test_filter_by_district_narrows_counts_and_lists(world):
    world.assess("Hòa Bình", met=3)
    world.assess("Bắc Xa", met=1, district=world.far)
    page = world.page(district="189")
    assert "0/1 xã đạt" in page
    assert "Hòa Bình" not in page
    assert "Chỉ tính các xã còn lại sau khi lọc." in page


def test_changes_name_who_newly_meets_it_and_who_lost_it(world):
    before = make_period(province=world.province, quarter=3)
    for name, was, now in [("Mới Đạt", 1, 2), ("Đã Mất", 2, 1), ("Như Cũ", 2, 2)]:
        commune = world.assess(name, met=was, period=before).commune
        world.assess(name, met=now, commune=commune)
    changed = part(world.page(), "Thay đổi từ 30/09/2024", "Diễn biến")
    assert "Mới đạt (1) Mới Đạt , Cao Lộc" in changed
    assert "Không còn đạt (1) Đã Mất , Cao Lộc" in changed
    assert "Như Cũ" not in changed


def test_changes_are_not_told_across_criteria_sets(world):
    old = make_criteria_set(criteria=3, valid_from=date(2010, 1, 1))
    world.set.valid_from = date(2024, 10, 1)
    world.set.save()
    before = make_period(province=world.province, quarter=3)
    commune = world.assess("Hòa Bình", met=3, period=before, criteria_set=old).commune
    world.assess("Hòa Bình", met=1, commune=commune)
    page = world.page()
    assert "không so sánh được" in page
    assert "Không còn đạt" not in page


def test_changes_are_told_where_the_criterion_is_the_same_in_both_sets(world):
    old = make_criteria_set(criteria=3, valid_from=date(2010, 1, 1))
    world.set.valid_from = date(2024, 10, 1)
    world.set.save()
    before = make_period(province=world.province, quarter=3)
    commune = world.assess("Hòa Bình", met=3, period=before, criteria_set=old).commune
    world.assess("Hòa Bình", met=1, commune=commune)
    link = {"province": world.province, "other_set": old}
    for number, relation in [(2, "same"), (3, "broader")]:
        CriterionLink.objects.create(
            criterion=world.set.criteria.get(number=number),
            other=old.criteria.get(number=number),
            relation=relation,
            **link,
        )
    assert "Không còn đạt (1) Hòa Bình" in world.page(2)
    assert "không so sánh được" in world.page(3)


def test_restated_boundaries_are_those_of_the_lists(world):
    olds = [world.assess(name, met=met).commune for name, met in [("Cũ A", 3), ("Cũ B", 1)]]
    for old in olds:
        old.valid_to = date(2025, 6, 30)
        old.save()
    new = make_commune(province=world.province, name="Xã Chung", valid_from=date(2025, 7, 1))
    make_change(
        province=world.province,
        effective_on=date(2025, 7, 1),
        parts=[(old, new, True) for old in olds],
    )
    page = world.get(boundaries="2025-07-01")
    assert "0/1 xã đạt" in text_of(page)
    assert f"/communes/{new.code}/?as_of=2025-07-01#c2" in page.content.decode()


def test_neighbours_in_the_set_are_linked(world):
    world.assess("Hòa Bình", met=3)
    page = world.get(2).content.decode()
    assert 'rel="prev" href="/provinces/20/criteria/1/?as_of=2024-12-31"' in page
    assert 'rel="next" href="/provinces/20/criteria/3/?as_of=2024-12-31"' in page
    assert 'rel="next"' not in world.get(3).content.decode()


def test_number_that_no_set_has_is_a_404(world):
    assert world.get(4).status_code == 404


def test_number_of_another_set_says_that_the_set_in_use_has_none(world):
    make_criteria_set(criteria=5, valid_from=date(2030, 1, 1))
    assert "không có tiêu chí 5" in world.page(5)


def test_without_verified_assessments_says_what_to_do(world):
    page = world.page()
    assert "chưa xã nào có phiếu được thẩm định" in page
    assert "Chưa có phiếu đã phê duyệt cho ngày này." in page


def test_swap_answers_with_the_part_alone(world):
    answer = world.client.get("/provinces/20/criteria/2/", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()


def test_strangers_province_is_a_404(world, settings, client):
    settings.PUBLIC_DASHBOARD = False
    client.force_login(make_user(role="viewer", province=make_province(code="21")))
    assert world.get().status_code == 404


def test_communes_of_another_province_do_not_leak_in(world):
    world.assess("Hòa Bình", met=3)
    other = make_province(code="21")
    make_assessment(
        commune=make_commune(province=other, name="Xã Lạ"),
        criteria_set=world.set,
        period=make_period(province=other),
        met=1,
    )
    page = world.page()
    assert "1/1 xã đạt" in page
    assert "Xã Lạ" not in page


def test_cold_page_costs_the_same_queries_for_any_number_of_communes(
    world, django_assert_num_queries
):
    from django.core.cache import cache

    from targets.snapshot import forget_snapshots

    indicator = make_indicator(criterion=world.set.criteria.get(number=2))
    make_threshold(indicator=indicator, value=80)
    before = make_period(province=world.province, quarter=3)

    def add(name):
        commune = world.assess(name, met=1, period=before).commune
        assessment = world.assess(name, met=2, commune=commune)
        make_score(assessment=assessment, indicator=indicator)

    def cold():
        cache.clear()
        forget_snapshots()
        # province, plans, eight tables, results now and before, criteria, scores, region,
        # thresholds, indicators
        with django_assert_num_queries(17):
            assert world.get().status_code == 200

    add("A")
    cold()
    for name in "BCDEF":
        add(name)
    cold()
