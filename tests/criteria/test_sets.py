"""Criteria sets of a province: copied, edited as drafts, put in force, followed."""

from datetime import date

import pytest
from django.urls import reverse

from communes.models import Province
from criteria.models import CriteriaSet, CriterionLink, Grade, Threshold
from criteria.opening import set_of
from tests.criteria.world import World
from tests.factories import make_criteria_set, make_period

pytestmark = pytest.mark.django_db
HEAD = {
    "code": "XA_MOI",
    "name": "Bộ tiêu chí của tỉnh",
    "decision": "9/QĐ-UBND",
    "valid_from": "2026-01-01",
    "source": "Quyết định 9/QĐ-UBND",
}


@pytest.fixture
def world():
    return World()


def address(world, name, **more):
    return reverse(f"criteria:{name}", kwargs={"province": world.province.code} | more)


def of(world, name, row=None, **more):
    return address(world, name, pk=(row or draft()).pk, **more)


def draft():
    return CriteriaSet.objects.get(code="XA_MOI")


def text_of(response):
    return " ".join(response.content.decode().split())


def read(client, world, url, **query):
    client.force_login(world.officer)
    return client.get(url, query)


def send(client, world, url, **fields):
    client.force_login(world.officer)
    return client.post(url, fields, follow=True)


def copy(client, world, **head):
    return send(client, world, of(world, "set_copy", world.criteria_set), **(HEAD | head))


def force(client, world, row=None):
    return send(client, world, of(world, "set_force", row))


class TestCopy:
    def test_has_criteria_indicators_and_thresholds(self, client, world):
        copy(client, world)
        made = draft()
        assert made.is_draft
        assert made.province == world.province
        assert list(made.criteria.values_list("number", flat=True)) == [1, 2, 3]
        first = made.criteria.get(number=1)
        assert list(first.indicators.values_list("code", "kind")) == [
            ("1.1", "percent"),
            ("1.2", "number"),
        ]
        threshold = Threshold.objects.get(indicator__criterion=first, value=80)
        assert threshold.valid_from == date(2026, 1, 1)
        assert threshold.province == world.province
        assert not threshold.is_verified

    def test_is_linked_to_what_it_was_copied_from(self, client, world):
        copy(client, world)
        links = CriterionLink.objects.filter(criterion__criteria_set=draft())
        assert set(links.values_list("criterion__number", "other__number", "relation")) == {
            (number, number, "same") for number in [1, 2, 3]
        }

    def test_thresholds_that_end_before_are_left_out(self, client, world):
        world.roads.thresholds.update(valid_to=date(2025, 12, 31))
        copy(client, world)
        assert not Threshold.objects.filter(
            indicator__criterion__criteria_set=draft(), indicator__code="1.1"
        ).exists()

    def test_code_that_is_taken_is_refused_and_nothing_is_lost(self, client, world):
        page = text_of(copy(client, world, code=world.criteria_set.code))
        assert "Mã" in page
        assert 'value="9/QĐ-UBND"' in page
        assert CriteriaSet.objects.count() == 1


class TestDraft:
    @pytest.fixture(autouse=True)
    def _draft(self, client, world):
        copy(client, world)

    def test_counts_nowhere(self, world):
        later = make_period(province=world.province, year=2026, quarter=1)
        assert set_of(later, Grade.STANDARD) == world.criteria_set

    def test_criterion_is_added_changed_and_taken_out(self, client, world):
        send(client, world, of(world, "criterion_add"), number=4, name="An ninh")
        added = draft().criteria.get(number=4)
        url = of(world, "criterion_change", criterion=added.pk)
        send(client, world, url, number=4, name="Quốc phòng và an ninh")
        page = text_of(read(client, world, of(world, "criteria_set")))
        assert "4. Quốc phòng và an ninh" in page
        assert "Thêm: 4. An ninh" in page
        send(client, world, of(world, "criterion_drop", criterion=added.pk))
        assert not draft().criteria.filter(number=4).exists()

    def test_indicator_is_added_changed_and_taken_out(self, client, world):
        criterion = draft().criteria.get(number=3)
        fields = {"code": "3.1", "position": 1, "name": "Hồ chứa", "kind": "count"}
        url = of(world, "indicator_add", criterion=criterion.pk)
        page = text_of(send(client, world, url, **fields))
        assert "Hãy chọn chiều so sánh" in page
        send(client, world, url, **fields, direction="at_least")
        added = criterion.indicators.get()
        url = of(world, "indicator_change", indicator=added.pk)
        send(client, world, url, **fields | {"kind": "verdict"}, direction="at_least")
        added.refresh_from_db()
        assert (added.kind, added.direction) == ("verdict", "")
        send(client, world, of(world, "indicator_drop", indicator=added.pk))
        assert not criterion.indicators.exists()

    def test_number_and_code_are_used_once(self, client, world):
        page = send(client, world, of(world, "criterion_add"), number=1, name="Lặp")
        assert "Bộ tiêu chí đã có tiêu chí 1." in text_of(page)
        criterion = draft().criteria.get(number=3)
        url = of(world, "indicator_add", criterion=criterion.pk)
        fields = {"code": "1.1", "position": 1, "name": "Lặp", "kind": "verdict"}
        assert "Bộ tiêu chí đã có chỉ tiêu 1.1." in text_of(send(client, world, url, **fields))

    def test_head_is_changed_with_history(self, client, world):
        send(client, world, of(world, "set_change"), **HEAD | {"decision": "10/QĐ-UBND"})
        assert draft().decision == "10/QĐ-UBND"
        page = text_of(read(client, world, of(world, "criteria_set")))
        assert "uyết định: 9/QĐ-UBND" in page

    @pytest.mark.parametrize("first", ["2025-10-01", "2026-04-01"])
    def test_thresholds_begin_with_the_set(self, client, world, first):
        send(client, world, of(world, "set_change"), **HEAD | {"valid_from": first})
        thresholds = Threshold.objects.filter(indicator__criterion__criteria_set=draft())
        assert {row.valid_from.isoformat() for row in thresholds} == {first}

    def test_days_out_of_order_are_refused(self, client, world):
        page = send(client, world, of(world, "set_change"), **HEAD | {"valid_to": "2025-01-01"})
        assert "ở trước ngày bắt đầu 01/01/2026" in text_of(page)

    def test_is_deleted_with_all_that_is_in_it(self, client, world):
        send(client, world, of(world, "set_drop"), reason="làm lại")
        assert CriteriaSet.objects.count() == 1
        assert CriteriaSet.history.filter(code="XA_MOI", history_type="-").exists()

    def test_another_province_does_not_see_it(self, client, world):
        other = World()
        url = address(other, "criteria_set", pk=draft().pk)
        assert read(client, other, url).status_code == 404
        url = address(other, "criteria_sets")
        assert "XA_MOI" not in text_of(read(client, other, url))


class TestInForce:
    @pytest.fixture(autouse=True)
    def _draft(self, client, world):
        copy(client, world)

    def test_counts_from_its_first_day_in_its_province_alone(self, client, world):
        before = world.province.data_version
        force(client, world)
        later = make_period(province=world.province, year=2026, quarter=1)
        assert set_of(later, Grade.STANDARD) == draft()
        assert set_of(world.period, Grade.STANDARD) == world.criteria_set
        other = make_period(province=World().province, year=2026, quarter=1)
        assert set_of(other, Grade.STANDARD) != draft()
        assert Province.objects.get(pk=world.province.pk).data_version > before

    def test_own_set_before_it_ends_the_day_before(self, client, world):
        force(client, world)
        first = draft()
        head = HEAD | {"code": "XA_SAU", "valid_from": "2027-01-01"}
        send(client, world, of(world, "set_copy", first), **head)
        page = read(client, world, of(world, "set_force", CriteriaSet.objects.get(code="XA_SAU")))
        assert "hết hiệu lực vào ngày liền trước 01/01/2027" in text_of(page)
        force(client, world, CriteriaSet.objects.get(code="XA_SAU"))
        assert draft().valid_to == date(2026, 12, 31)

    def test_national_set_before_it_stays_as_it_is(self, client, world):
        force(client, world)
        world.criteria_set.refresh_from_db()
        assert world.criteria_set.valid_to is None

    @pytest.mark.parametrize("name", ["set_change", "criterion_add"])
    def test_is_no_longer_edited(self, client, world, name):
        force(client, world)
        page = send(client, world, of(world, name), **HEAD, number=9)
        assert "đang được sử dụng nên không sửa được" in text_of(page)
        assert not draft().criteria.filter(number=9).exists()

    def test_is_not_deleted(self, client, world):
        force(client, world)
        send(client, world, of(world, "set_drop"), reason="thử")
        assert draft().criteria.count() == 3

    def test_day_on_which_assessments_stand_is_refused(self, client, world):
        send(client, world, of(world, "set_change"), **HEAD | {"valid_from": "2025-04-01"})
        page = text_of(force(client, world))
        assert "đã có phiếu theo bộ tiêu chí đang dùng" in page
        assert draft().is_draft

    def test_set_without_criteria_is_refused(self, client, world):
        draft().criteria.get(number=1).indicators.all().delete()
        draft().criteria.get(number=2).indicators.all().delete()
        draft().criteria.all().delete()
        assert "chưa có tiêu chí nào" in text_of(force(client, world))

    def test_national_set_is_not_the_provinces(self, client, world):
        for name in ["set_change", "set_force", "set_drop", "criterion_add", "set_import"]:
            url = of(world, name, world.criteria_set)
            assert read(client, world, url).status_code == 404
            assert send(client, world, url, **HEAD).status_code == 404


class TestRegister:
    def test_says_what_is_in_use(self, client, world):
        response = read(client, world, address(world, "criteria_sets"))
        (row,) = response.context["rows"]
        assert (row.state, row.criteria, row.indicators) == ("in_force", 3, 3)
        assert (row.confirmed, row.thresholds, row.assessments) == (1, 2, 1)
        assert world.criteria_set.code in text_of(response)

    @pytest.mark.parametrize(
        ("query", "count"),
        [({"state": "draft"}, 1), ({"state": "in_force"}, 1), ({"q": "9/QĐ"}, 1), ({}, 2)],
    )
    def test_filters(self, client, world, query, count):
        copy(client, world)
        response = read(client, world, address(world, "criteria_sets"), **query)
        assert len(response.context["rows"]) == count

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_taken_along(self, client, world, kind):
        assert (
            read(client, world, address(world, "criteria_sets_file", kind=kind)).status_code == 200
        )

    def test_costs_the_same_queries_for_any_number_of_sets(
        self, client, world, django_assert_num_queries
    ):
        client.force_login(world.officer)
        for _more in range(2):
            with django_assert_num_queries(8):
                client.get(address(world, "criteria_sets"))
            for _number in range(3):
                make_criteria_set(criteria=2)

    def test_new_set_begins_empty(self, client, world):
        head = HEAD | {"level": "commune", "grade": "model", "group_scheme": "region"}
        send(client, world, address(world, "set_add"), **head)
        assert draft().is_draft
        assert not draft().criteria.exists()


class TestCrosswalk:
    def url(self, world, other):
        return of(world, "crosswalk", world.criteria_set, other=other.pk)

    def test_is_saved_and_read_the_other_way(self, client, world):
        other = make_criteria_set(criteria=2)
        fields = {"relation_1": "narrower", "other_1": 2, "relation_2": "none"}
        send(client, world, self.url(world, other), **fields)
        links = CriterionLink.objects.values_list("criterion__number", "other__number", "relation")
        assert set(links) == {(1, 2, "narrower"), (2, None, "none")}
        page = read(client, world, of(world, "crosswalk", other, other=world.criteria_set.pk))
        assert page.context["form"]["other_2"].value() == 1
        assert page.context["form"]["relation_2"].value() == "broader"

    def test_half_an_answer_is_refused(self, client, world):
        other = make_criteria_set(criteria=2)
        page = send(client, world, self.url(world, other), relation_1="same", other_2=1)
        assert "Hãy chọn tiêu chí tương ứng." in text_of(page)
        assert "Hãy chọn quan hệ với tiêu chí 1" in text_of(page)
        assert not CriterionLink.objects.exists()

    def test_set_of_another_level_or_itself_has_none(self, client, world):
        district = make_criteria_set(criteria=2, level="district")
        for other in [district, world.criteria_set]:
            assert read(client, world, self.url(world, other)).status_code == 404
