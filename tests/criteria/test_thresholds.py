"""Provinces confirm thresholds, set their own, and see first which verdicts would change."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communes.models import Province
from criteria import steps
from criteria.models import Assessment, Score, Threshold, Verification
from criteria.rebuilding import rebuild
from criteria.sheets import fresh_layout_of
from tests.criteria.world import World
from tests.factories import make_indicator, make_threshold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def address(world, name, **more):
    return reverse(f"criteria:{name}", kwargs={"province": world.province.code} | more)


def of(world, indicator, name="threshold"):
    return address(world, name, indicator=indicator.pk, group="TDMNPB")


def read(client, world, url, **query):
    client.force_login(world.officer)
    return client.get(url, query)


def text_of(response):
    return " ".join(response.content.decode().split())


def send(client, world, url, **fields):
    client.force_login(world.officer)
    return client.post(url, fields, follow=True)


def verify(client, world, *thresholds, document="QĐ 1/QĐ, trang 2"):
    return send(
        client,
        world,
        address(world, "threshold_verify"),
        chosen=[row.pk for row in thresholds],
        document=document,
    )


def line(assessment, code):
    assessment = Assessment.objects.with_names().get(pk=assessment.pk)
    return fresh_layout_of(assessment).line(assessment.commune, code)


def of_poor(world):
    return world.poor.thresholds.get()


class TestVerify:
    def test_number_decides_once_the_province_verified_it(self, client, world):
        assert not line(world.assessment, "1.2").number_decides
        verify(client, world, of_poor(world))
        assert line(world.assessment, "1.2").number_decides
        found = Verification.objects.get()
        assert (found.by, found.document) == (world.officer, "QĐ 1/QĐ, trang 2")

    def test_other_provinces_verify_for_themselves(self, client, world):
        verify(client, world, of_poor(world))
        other = World()
        Threshold.objects.filter(indicator=other.poor).delete()
        Assessment.objects.filter(pk=other.assessment.pk).update(criteria_set=world.criteria_set)
        assert not line(other.assessment, "1.2").number_decides

    def test_data_version_rises_once_and_only_if_something_was_done(self, client, world):
        before = world.province.data_version
        verify(client, world, of_poor(world))
        verify(client, world, of_poor(world))
        assert Province.objects.get(pk=world.province.pk).data_version == before + 1
        assert Verification.objects.count() == 1

    def test_history_is_not_changed(self, client, world):
        verify(client, world, of_poor(world))
        with transaction.atomic(), pytest.raises(IntegrityError, match="history_stays"):
            Verification.history.update(document="khác")

    def test_needs_a_document(self, client, world):
        page = text_of(verify(client, world, of_poor(world), document=""))
        assert "Văn bản: Trường này là bắt buộc" in page
        assert not Verification.objects.exists()

    def test_many_at_once_cost_no_more_queries(self, client, world, django_assert_num_queries):
        chosen = [of_poor(world)]
        url = address(world, "threshold_verify")
        for _more in range(2):
            client.force_login(world.officer)
            fields = {"chosen": [row.pk for row in chosen], "document": "1/QĐ"}
            with django_assert_num_queries(13):
                client.post(url, fields)
            Verification.objects.all().delete()
            for _number in range(3):
                more = make_indicator(criterion=world.roads.criterion, kind="number")
                chosen.append(make_threshold(indicator=more, value=5))

    def test_nothing_ticked_is_said(self, client, world):
        response = client.get(address(world, "threshold_verify"))
        client.force_login(world.officer)
        response = client.get(address(world, "threshold_verify"), follow=True)
        assert "Hãy đánh dấu các mức trong danh sách trước" in text_of(response)

    def test_threshold_of_another_provinces_set_is_not_there(self, client, world):
        other = World()
        other.criteria_set.province = other.province
        other.criteria_set.save()
        assert verify(client, world, of_poor(other)).status_code == 404


class TestTakeBack:
    def test_number_decides_no_longer_and_the_reason_is_kept(self, client, world):
        verify(client, world, of_poor(world))
        send(
            client,
            world,
            address(world, "threshold_unverify"),
            chosen=of_poor(world).pk,
            reason="nhầm bảng",
        )
        assert not line(world.assessment, "1.2").number_decides
        page = text_of(read(client, world, of(world, world.poor)))
        assert "nhầm bảng" in page
        assert "QĐ 1/QĐ, trang 2" in page

    def test_national_verification_is_not_taken_back(self, client, world):
        url = address(world, "threshold_unverify")
        send(client, world, url, chosen=world.roads.thresholds.get().pk, reason="thử")
        assert line(world.assessment, "1.1").number_decides


class TestPreview:
    def test_verdicts_that_would_change_are_listed_and_nothing_is_written(self, client, world):
        world.fill(poor=50)
        url = address(world, "threshold_verify")
        page = text_of(read(client, world, url, chosen=of_poor(world).pk))
        assert "1 kết quả chưa phê duyệt thay đổi, ở 1 xã" in page
        assert "● </span> đạt" in page.replace("●</span>", "● </span>")
        assert "chưa đạt" in page
        assert not Verification.objects.exists()

    def test_what_reaches_the_number_does_not_change(self, client, world):
        world.fill(poor=30)
        url = address(world, "threshold_verify")
        page = text_of(read(client, world, url, chosen=of_poor(world).pk))
        assert "Không có kết quả chưa phê duyệt nào thay đổi" in page

    def test_approved_results_are_named_apart_and_stay(self, client, world):
        approve(world, poor=50)
        url = address(world, "threshold_verify")
        page = text_of(read(client, world, url, chosen=of_poor(world).pk))
        assert "1 kết quả đã phê duyệt sẽ khác nếu đánh giá lại" in page
        verify(client, world, of_poor(world))
        assert list(rebuild(world.province)) == [(1, 0)]
        assert Assessment.objects.get(pk=world.assessment.pk).criteria_met == 3

    def test_approved_result_is_compared_as_it_was_approved(self, client, world):
        approve(world, poor=50)
        verify(client, world, of_poor(world))
        url = address(world, "threshold_unverify")
        page = text_of(read(client, world, url, chosen=of_poor(world).pk))
        assert "Các kết quả đã phê duyệt giữ nguyên" in page

    def test_costs_the_same_queries_for_any_number_of_communes(
        self, client, world, django_assert_num_queries
    ):
        url = address(world, "threshold_verify")
        world.fill(poor=50)
        for _more in range(2):
            client.force_login(world.officer)
            with django_assert_num_queries(16):
                client.get(url, {"chosen": of_poor(world).pk})
            for _number in range(3):
                world.fill(world.make_assessment(world.make_commune_here()), by=world.officer)


def approve(world, **values):
    world.fill(**values)
    Score.objects.filter(indicator=world.poor).update(note="đã kiểm tra")
    world.take(steps.submit, by=world.staff)
    world.take(steps.check, by=world.district_staff, version=version(world))
    world.take(steps.approve, by=world.officer, version=version(world))


def version(world):
    return Assessment.objects.get(pk=world.assessment.pk).version


def set_to(client, world, indicator, **fields):
    fields = {"value": "60", "text": "", "valid_from": "2025-01-01", "document": "2/QĐ"} | fields
    return send(client, world, of(world, indicator, "threshold_change"), **fields)


class TestOwnValue:
    @pytest.fixture(autouse=True)
    def _delegated(self, world):
        world.poor.is_delegated = True
        world.poor.save()

    def own(self, world):
        return Threshold.objects.filter(indicator=world.poor, province=world.province)

    def test_preview_first_then_it_counts_at_once(self, client, world):
        world.fill(poor=70)
        page = text_of(set_to(client, world, world.poor))
        assert "1 kết quả chưa phê duyệt thay đổi" in page
        assert not self.own(world).exists()
        set_to(client, world, world.poor, confirmed="1")
        now = line(world.assessment, "1.2")
        assert (now.limit, now.number_decides) == (60, True)

    def test_the_one_before_ends_and_past_periods_keep_it(self, client, world):
        set_to(client, world, world.poor, valid_from="2025-01-01", confirmed="1")
        set_to(client, world, world.poor, valid_from="2025-04-01", value="55", confirmed="1")
        first, second = self.own(world).order_by("valid_from")
        assert first.valid_to == date(2025, 3, 31)
        assert second.valid_to is None
        past = world.make_assessment(world.commune, world.earlier_period())
        assert line(past, "1.2").limit == 60
        assert line(world.assessment, "1.2").limit == 55

    def test_one_between_ends_before_the_next(self, client, world):
        set_to(client, world, world.poor, valid_from="2025-04-01", confirmed="1")
        set_to(client, world, world.poor, valid_from="2025-01-01", value="70", confirmed="1")
        assert self.own(world).get(value=70).valid_to == date(2025, 3, 31)

    def test_verified_one_is_not_overwritten(self, client, world):
        set_to(client, world, world.poor, confirmed="1")
        page = text_of(set_to(client, world, world.poor, value="10", confirmed="1"))
        assert "Hãy hủy kiểm chứng trước" in page
        assert 'value="10"' in page
        assert self.own(world).get().value == 60

    def test_changing_what_was_entered_keeps_it(self, client, world):
        page = text_of(set_to(client, world, world.poor, value="61,5", edit="1"))
        assert 'value="61,5"' in page

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"value": ""}, "Nhập số"),
            ({"value": "-1"}, "không số nào dưới 0"),
            ({"document": ""}, "Văn bản: Trường này là bắt buộc"),
            ({"valid_from": "hôm nay"}, "Nhập một ngày hợp lệ"),
        ],
    )
    def test_what_cannot_be_is_refused(self, client, world, fields, said):
        page = text_of(set_to(client, world, world.poor, **fields, confirmed="1"))
        assert said in page
        assert not self.own(world).exists()

    def test_other_province_keeps_the_national_one(self, client, world):
        other = World()
        Assessment.objects.filter(pk=other.assessment.pk).update(criteria_set=world.criteria_set)
        set_to(client, world, world.poor, confirmed="1")
        assert line(other.assessment, "1.2").limit == 39


class TestNationalValue:
    def test_unverified_one_is_put_right_for_all(self, client, world):
        other = World()
        before = other.province.data_version
        set_to(client, world, world.poor, valid_from="2011-01-01", value="40")
        found = of_poor(world)
        assert (found.value, found.province, found.source) == (40, None, "2/QĐ")
        assert not line(world.assessment, "1.2").number_decides
        assert Province.objects.get(pk=other.province.pk).data_version == before + 1

    def test_verified_one_is_not_the_provinces_to_change(self, client, world):
        page = text_of(set_to(client, world, world.roads, valid_from="2011-01-01"))
        assert "không thuộc quyền thay đổi của tỉnh" in page
        assert world.roads.thresholds.get().value == 80

    def test_one_that_some_province_verified_stays(self, client, world):
        verify(client, world, of_poor(world))
        page = text_of(set_to(client, World(), world.poor, valid_from="2011-01-01"))
        assert str(world.province) in page
        assert of_poor(world).value == 39

    def test_missing_one_is_added_as_not_verified(self, client, world):
        more = make_indicator(criterion=world.roads.criterion, kind="number")
        set_to(client, world, more)
        found = more.thresholds.get()
        assert (found.value, found.is_verified, found.province) == (60, False, None)


def test_approved_verdict_is_the_one_that_counted(client, world):
    """A number verified after the verdict was chosen decides at approval, and stays so."""
    world.fill(poor=50)
    verify(client, world, of_poor(world))
    world.take(steps.submit, by=world.staff)
    world.take(steps.check, by=world.district_staff, version=version(world))
    world.take(steps.approve, by=world.officer, version=version(world))
    assert Score.objects.get(indicator=world.poor).verdict == "not_met"
