"""A commune's page: where it stands, what is missing, how it came to be."""

from datetime import date

import pytest

from communes.models import Province
from criteria.models import CriterionLink
from tests.factories import (
    make_assessment,
    make_change,
    make_commune,
    make_criteria_set,
    make_district,
    make_indicator,
    make_period,
    make_province,
    make_recognition,
    make_region,
    make_score,
    make_threshold,
    make_user,
)
from tests.targets.test_province_page import text_of

pytestmark = pytest.mark.django_db
END = date(2024, 12, 31)


class World:
    """A commune assessed at the end of 2024 under a set of three criteria; two are met."""

    def __init__(self, client):
        self.client = client
        self.province = make_province(code="20", name="Lạng Sơn", register_complete=True)
        self.district = make_district(province=self.province, name="Cao Lộc", code="183")
        self.commune = make_commune(district=self.district, name="Hòa Bình", code="06001")
        self.set = make_criteria_set(criteria=3)
        self.period = make_period(province=self.province)

    def criterion(self, number):
        return self.set.criteria.get(number=number)

    def assess(self, *, met=2, criteria_set=None, period=None, **fields):
        return make_assessment(
            commune=self.commune,
            criteria_set=criteria_set or self.set,
            period=period or self.period,
            met=met,
            **fields,
        )

    def get(self, code="06001", **query):
        query = {"as_of": END.isoformat()} | query
        return self.client.get(f"/provinces/20/communes/{code}/", query)

    def page(self, code="06001", **query):
        return text_of(self.get(code, **query))


def history_of(world):
    """What hovering over the chart of the commune's periods says."""
    Province.objects.raise_data_version()
    url = "/provinces/20/charts/history.json"
    figure = world.client.get(url, {"commune": "06001", "as_of": END.isoformat()}).json()
    return " ".join(said for trace in figure["data"] for said in trace["customdata"])


@pytest.fixture
def world(client, settings):
    settings.PUBLIC_DASHBOARD = True
    return World(client)


class TestFirstLine:
    def test_says_criteria_met_and_grade(self, world):
        world.assess(met=2)
        make_recognition(commune=world.commune, grade="advanced", year=2023)
        assert (
            "<h1>Xã Hòa Bình đạt 2/3 tiêu chí, đã được công nhận NTM nâng cao</h1>"
            in world.get().content.decode()
        )

    def test_says_that_it_is_not_recognised(self, world):
        world.assess()
        assert "Xã Hòa Bình đạt 2/3 tiêu chí, chưa được công nhận NTM" in world.page()

    def test_denies_no_recognition_while_the_register_is_incomplete(self, world):
        world.province.register_complete = False
        world.province.save()
        assert "chưa thấy quyết định công nhận nào" in world.page()

    def test_says_that_a_recognition_was_revoked(self, world):
        make_recognition(
            commune=world.commune,
            year=2020,
            revoked_on=date(2024, 5, 1),
            revocation_reason="Không giữ chuẩn",
        )
        page = world.page()
        assert "đã bị thu hồi quyết định công nhận" in page
        assert "thu hồi ngày 01/05/2024: Không giữ chuẩn" in page

    def test_counts_basically_met_where_the_province_does(self, world):
        assessment = world.assess(met=2)
        assessment.criteria_basically = 1
        assessment.save()
        assert "đạt 2/3 tiêu chí" in world.page()
        world.province.basically_met_counts = True
        world.province.data_version += 1
        world.province.save()
        assert "đạt 3/3 tiêu chí" in world.page()

    def test_gives_the_age_of_the_verified_assessment(self, world):
        world.assess()
        page = world.page(as_of="2025-02-10")
        assert "Kết quả thẩm định của kỳ đến 31/12/2024, cách ngày này 41 ngày" in page

    def test_of_a_ward_says_that_it_stands_outside(self, world):
        make_commune(district=world.district, name="Tam Thanh", code="05974", kind="ward")
        page = world.page("05974")
        assert "Phường Tam Thanh không thuộc chương trình" in page
        assert "Còn thiếu" not in page


class TestCriteria:
    def test_what_is_only_submitted_is_not_shown(self, world):
        indicator = make_indicator(criterion=world.criterion(1), name="Đường xã")
        draft = make_assessment(
            commune=world.commune, criteria_set=world.set, period=world.period, state="submitted"
        )
        make_score(assessment=draft, indicator=indicator, value=77)
        page = world.page()
        assert "77" not in page
        assert "Đến ngày này xã chưa có phiếu nào được thẩm định" in page

    def test_missing_criteria_name_the_indicators_that_fail(self, world):
        assessment = world.assess(met=2)
        failing = make_indicator(criterion=world.criterion(3), name="Hộ dùng nước sạch")
        fine = make_indicator(criterion=world.criterion(3), name="Cây xanh")
        make_score(assessment=assessment, indicator=failing, verdict="not_met")
        make_score(assessment=assessment, indicator=fine, verdict="met")
        page = world.page()
        missing = page[page.index("Còn thiếu") : page.index("Tiêu chí NTM")]
        assert "Để đạt chuẩn NTM (1) ○ chưa đạt 3. Tiêu chí 3 3.1 Hộ dùng nước sạch" in missing
        assert "Cây xanh" not in missing

    def test_with_all_met_only_the_decision_is_missing(self, world):
        world.assess(met=3)
        assert "Đã đạt tất cả tiêu chí; chỉ còn thiếu quyết định công nhận." in world.page()

    def test_recognised_commune_sees_what_it_lacks_to_keep_the_standard(self, world):
        world.assess(met=2)
        make_recognition(commune=world.commune, year=2020)
        page = world.page()
        assert "Để giữ chuẩn NTM theo bộ tiêu chí hiện hành (1)" in page
        assert "Chưa đánh giá theo bộ tiêu chí nâng cao." in page

    def test_each_criterion_has_an_anchor(self, world):
        world.assess()
        assert 'id="c3"' in world.get().content.decode()

    def test_set_with_criteria_only_has_no_values(self, world):
        world.assess()
        page = world.page()
        assert "Tiêu chí 2" in page
        assert "Giá trị" not in page

    def test_advanced_criteria_have_a_table_of_their_own(self, world):
        world.assess(met=3)
        advanced = make_criteria_set(criteria=4, grade="advanced")
        world.assess(met=1, criteria_set=advanced)
        make_recognition(commune=world.commune, year=2020)
        response = world.get()
        assert "Để đạt NTM nâng cao (3)" in text_of(response)
        assert 'id="a4"' in response.content.decode()

    def test_change_is_against_the_verified_period_before(self, world):
        indicator = make_indicator(criterion=world.criterion(3))
        before = world.assess(met=3, period=make_period(province=world.province, quarter=3))
        now = world.assess(met=2)
        make_score(assessment=before, indicator=indicator, verdict="met", value=80)
        make_score(assessment=now, indicator=indicator, verdict="not_met", value="74.5")
        page = world.page()
        assert "so với kỳ đến 30/09/2024" in page
        assert "↓ kém đi; trước: ● đạt −5,5" in page

    def test_nothing_is_compared_across_criteria_sets(self, world):
        old = make_criteria_set(criteria=3, valid_from=date(2010, 1, 1))
        world.set.valid_from = date(2024, 10, 1)
        world.set.save()
        world.assess(
            met=3, criteria_set=old, period=make_period(province=world.province, quarter=3)
        )
        world.assess(met=2)
        page = world.page()
        assert "kỳ đầu tiên theo bộ này" in page
        assert "kém đi" not in page
        assert "không so sánh được với kỳ trước" in history_of(world)

    def test_counts_under_sets_with_the_same_criteria_are_compared(self, world):
        old = make_criteria_set(criteria=3, valid_from=date(2010, 1, 1))
        world.set.valid_from = date(2024, 10, 1)
        world.set.save()
        for one in world.set.criteria.all():
            CriterionLink.objects.create(
                province=world.province,
                criterion=one,
                other=old.criteria.get(number=one.number),
                other_set=old,
                relation="same",
            )
        world.assess(
            met=3, criteria_set=old, period=make_period(province=world.province, quarter=3)
        )
        world.assess(met=2)
        assert "(−1)" in history_of(world)
        CriterionLink.objects.filter(criterion__number=3).update(relation="broader")
        assert "không so sánh được với kỳ trước" in history_of(world)

    def test_illustrative_findings_are_marked(self, world):
        world.assess(is_illustrative=True)
        assert world.page().count("minh họa") >= 3

    def test_real_findings_are_not(self, world):
        world.assess()
        assert "minh họa" not in world.page()


class TestThresholds:
    @pytest.fixture
    def scored(self, world):
        """An indicator of the commune with a value of 83.25."""

        def make(**fields):
            indicator = make_indicator(criterion=world.criterion(1), **fields)
            make_score(assessment=world.assess(), indicator=indicator, value="83.25")
            return indicator

        return make

    def test_is_the_one_of_the_region_in_force_at_the_period(self, world, scored):
        indicator = scored()
        make_threshold(indicator=indicator, value=80, valid_to=date(2023, 12, 31))
        make_threshold(indicator=indicator, value=82, valid_from=date(2024, 1, 1))
        make_threshold(indicator=indicator, value=99, valid_from=date(2025, 1, 1))
        make_threshold(indicator=indicator, value=95, area_group=make_region(code="DBSH"))
        page = world.page()
        assert "83,25 % ≥ 82 % [1]" in page
        assert page.count("≥") == 1

    def test_of_the_province_comes_before_the_national_one(self, world, scored):
        indicator = scored(is_delegated=True)
        make_threshold(indicator=indicator, value=70, is_verified=True)
        make_threshold(
            indicator=indicator, value=75, province=world.province, is_verified=True, source="QĐ 5"
        )
        make_threshold(
            indicator=indicator, value=60, province=make_province(), valid_from=date(2020, 1, 1)
        )
        page = world.page()
        assert "≥ 75 % tỉnh quy định [1]" in page
        assert "QĐ 5" in page
        assert "nhập tay" not in page

    def test_delegated_and_not_set_says_why_the_verdict_is_by_hand(self, world, scored):
        make_threshold(indicator=scored(is_delegated=True), text="UBND tỉnh quy định")
        page = world.page()
        assert "UBND tỉnh quy định [1] chưa kiểm chứng" in page
        assert "● đạt nhập tay: mức giao cho tỉnh quy định, tỉnh chưa quy định" in page

    def test_not_verified_says_why_the_verdict_is_by_hand(self, world, scored):
        make_threshold(indicator=scored(direction="at_most"), value=90)
        assert "≤ 90 % [1] chưa kiểm chứng ● đạt nhập tay: mức chưa kiểm chứng" in world.page()

    def test_verified_one_needs_no_reason(self, world, scored):
        make_threshold(indicator=scored(), value=80, is_verified=True)
        page = world.page()
        assert "chưa kiểm chứng" not in page
        assert "nhập tay" not in page

    def test_is_that_of_the_communes_group_from_2026_on(self, world, scored):
        from communes.models import AreaGroup

        group = AreaGroup.objects.create(scheme="commune_group", code="3", name="Nhóm 3")
        world.commune.groups.create(group=group, valid_from=date(2020, 1, 1))
        world.set.group_scheme = "commune_group"
        world.set.save()
        indicator = scored()
        make_threshold(indicator=indicator, value=60, area_group=group)
        make_threshold(indicator=indicator, value=80)
        assert "≥ 60 %" in world.page()


class TestUnitAndLineage:
    @pytest.fixture
    def merged(self, world):
        """In 2025 the code 06001 passes to a new unit, formed from the old one and a neighbour."""
        world.commune.valid_to = date(2025, 6, 30)
        world.commune.save()
        other = make_commune(district=world.district, name="Tân Liên", valid_to=date(2025, 6, 30))
        new = make_commune(
            province=world.province, name="Đồng Đăng", code="06001", valid_from=date(2025, 7, 1)
        )
        make_change(
            province=world.province,
            effective_on=date(2025, 7, 1),
            parts=[(world.commune, new, True), (other, new, False)],
            resolution="1672/NQ",
        )
        return other

    def test_shows_the_unit_that_bears_the_code_on_the_day(self, world, merged):
        assert "Xã Hòa Bình" in world.page(as_of="2025-06-30")
        page = world.page(as_of="2025-07-01")
        assert "Xã Đồng Đăng chưa có phiếu" in page
        assert "không có: đã bỏ cấp huyện" in page

    def test_outside_its_days_the_unit_is_shown_as_of_its_last(self, world, merged):
        make_recognition(commune=merged, year=2020)
        page = world.page(merged.code, as_of="2025-09-30")
        assert "Ngày 30/09/2025 không còn Xã Tân Liên: ngày cuối cùng" in page
        assert "đã được công nhận NTM" in page

    def test_a_unit_to_come_is_shown_as_of_its_first_day(self, world):
        make_commune(
            province=world.province, name="Mới", code="06002", valid_from=date(2025, 7, 1)
        )
        page = world.page("06002")
        assert "Ngày 31/12/2024 chưa có Xã Mới: đơn vị này thành lập ngày 01/07/2025." in page
        assert "Số liệu đến ngày 01/07/2025" in page

    def test_lineage_links_to_the_other_units_on_their_own_days(self, world, merged):
        old = world.get(as_of="2025-06-30").content.decode()
        assert "/communes/06001/?as_of=2025-07-01" in old
        new = world.get(as_of="2025-07-01").content.decode()
        assert "/communes/06001/?as_of=2025-06-30" in new
        assert f"/communes/{merged.code}/?as_of=2025-06-30" in new
        assert "1672/NQ" in new

    def test_says_who_else_bore_the_code(self, world, merged):
        page = world.page(as_of="2025-06-30")
        assert "Mã này còn của Xã Đồng Đăng (từ 01/07/2025 đến nay)" in page

    def test_recognition_of_january_counts_from_the_end_of_its_year(self, world):
        make_recognition(
            commune=world.commune, year=2024, decision="99/QĐ-UBND", decided_on=date(2025, 1, 26)
        )
        assert "chưa tính 99/QĐ-UBND, 26/01/2025" in world.page(as_of="2024-12-30")
        assert "đã công nhận 99/QĐ-UBND" in world.page(as_of="2024-12-31")

    def test_illustrative_recognition_is_marked(self, world):
        make_recognition(commune=world.commune, year=2020, is_illustrative=True)
        page = world.page()
        assert "NTM minh họa" in page[page.index("Tính cho năm") :]


class TestAccess:
    def test_code_that_nobody_bears_is_a_404(self, world):
        assert world.get("99999").status_code == 404

    def test_commune_of_another_province_is_a_404(self, world):
        stranger = make_commune(province=make_province(code="21"))
        assert world.get(stranger.code).status_code == 404

    def test_strangers_province_is_a_404(self, world, settings, client):
        settings.PUBLIC_DASHBOARD = False
        client.force_login(make_user(role="viewer", province=make_province(code="21")))
        assert world.get().status_code == 404

    def test_who_is_not_signed_in_is_asked_to(self, world, settings):
        settings.PUBLIC_DASHBOARD = False
        assert world.get().status_code == 302


def test_cold_page_costs_the_same_queries_for_any_number_of_periods(
    world, django_assert_num_queries
):
    from django.core.cache import cache

    from targets.snapshot import forget_snapshots

    def cold(count):
        cache.clear()
        forget_snapshots()
        # the province; plans, units, districts, recognitions, assessments, periods and sets; the
        # commune, criteria, approvals, results, scores, the set's indicators and thresholds,
        # recognitions, the lineage
        with django_assert_num_queries(count):
            assert world.get().status_code == 200

    def add(quarter):
        period = make_period(province=world.province, quarter=quarter)
        assessment = world.assess(period=period)
        for criterion in world.set.criteria.all():
            indicator = make_indicator(criterion=criterion)
            make_threshold(indicator=indicator, value=80)
            make_score(assessment=assessment, indicator=indicator, value=85)
        make_recognition(commune=world.commune, year=2010 + quarter)
        other = make_commune(district=world.district)
        on = date(2010 + quarter, 1, 1)
        make_change(
            province=world.province, effective_on=on, parts=[(other, world.commune, False)]
        )

    add(4)
    cold(16)
    for quarter in [1, 2, 3]:
        add(quarter)
    cold(16)
