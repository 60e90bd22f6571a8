"""A plan begun, copied, changed by a document, put in force, thrown away."""

from datetime import date

import pytest
from django.urls import reverse

from targets.models import Plan, Target
from targets.plans import steps
from targets.snapshot import snapshot_of
from tests.factories import make_plan, make_user
from tests.targets.plans.world import COUNT, PATH

pytestmark = pytest.mark.django_db
DOCUMENT = {"document": "12/QĐ-UBND", "decided_on": "2023-06-20"}
YEARS = {"name": "Kế hoạch mới", "first_year": "2026", "last_year": "2030"}


def at(world, name, plan=None):
    where = {"province": world.province.code, "plan": (plan or world.plan).code}
    return reverse(name, kwargs=where)


def add(client, world, **data):
    url = reverse("plan_add", kwargs={"province": world.province.code})
    return client.post(url, YEARS | DOCUMENT | {"baseline_on": "2025-12-31"} | data)


def begin_version(client, world, day="2023-07-01"):
    client.post(at(world, "plan_version"), DOCUMENT | {"holds_from": day})
    return Plan.objects.get(supersedes=world.plan)


class TestAdding:
    def test_begins_a_draft_with_history(self, officer, world):
        add(officer, world)
        made = Plan.objects.get(name="Kế hoạch mới")
        assert made.is_draft
        assert made.code == "2026-2030"
        assert made.history.get().history_user == world.officer

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("last_year", "2025"),
            ("last_year", "2041"),
            ("baseline_on", "2027-01-01"),
            ("name", ""),
            ("first_year", "x"),
        ],
    )
    def test_says_what_does_not_fit(self, officer, world, field, value):
        page = add(officer, world, **{field: value})
        assert list(page.context["form"].errors) == [field]
        assert Plan.objects.count() == 1

    def test_second_plan_of_the_years_has_an_address_of_its_own(self, officer, world):
        add(officer, world)
        add(officer, world)
        codes = Plan.objects.filter(is_draft=True).values_list("code", flat=True)
        assert set(codes) == {"2026-2030", "2026-2030-2"}


class TestCopying:
    def test_moves_what_is_added_and_leaves_totals_behind(self, officer, world):
        world.plan.targets.create(
            metric="communes_advanced", kind="new_in_year", year=2022, low=5, source="x"
        )
        page = officer.get(at(world, "plan_copy"))
        assert page.context["form"].initial["first_year"] == 2026
        officer.post(at(world, "plan_copy"), YEARS | DOCUMENT | {"baseline_on": "2025-12-31"})
        copied = Target.objects.filter(plan__name="Kế hoạch mới")
        assert list(copied.values_list("kind", "year", "low")) == [("new_in_year", 2027, 5)]
        assert world.path() == PATH


class TestVersions:
    def test_begins_as_a_draft_of_everything(self, officer, world):
        version = begin_version(officer, world)
        assert version.is_draft
        assert world.path(version) == PATH
        assert version.baselines.get().value == 65
        assert list(snapshot_of(world.province).plans) == [world.plan]

    def test_day_lies_within_the_plan(self, officer, world):
        for day in ["2020-12-31", "2021-01-01", "2026-01-01"]:
            page = officer.post(at(world, "plan_version"), DOCUMENT | {"holds_from": day})
            assert list(page.context["form"].errors) == ["holds_from"]

    def test_second_draft_is_refused(self, officer, world):
        begin_version(officer, world)
        page = officer.get(at(world, "plan_version"), follow=True)
        assert "Đã có dự thảo của bản tiếp theo" in page.content.decode()

    def test_each_day_is_judged_by_its_version(self, officer, world):
        version = begin_version(officer, world)
        version.targets.filter(**COUNT, year=2025).update(low=118)
        officer.post(at(world, "plan_adopt", version), {"reason": ""})
        world.province.refresh_from_db()
        snapshot = snapshot_of(world.province)
        plan = snapshot.plan()
        assert plan == world.plan
        assert snapshot.version_on(plan, date(2023, 6, 30)) == world.plan
        assert snapshot.version_on(plan, date(2023, 7, 1)) == version

    def test_version_before_stays_and_is_not_changed(self, officer, world):
        version = begin_version(officer, world)
        officer.post(at(world, "plan_adopt", version), {"reason": ""})
        world.plan.refresh_from_db()
        assert officer.get(at(world, "plan")).status_code == 200
        for name in ["plan_edit", "plan_change", "plan_version"]:
            page = officer.get(at(world, name), follow=True)
            assert "đã được thay thế" in page.content.decode()


class TestPuttingInForce:
    def test_is_previewed_then_raises_the_data_version(self, officer, world):
        version = begin_version(officer, world)
        version.targets.filter(**COUNT, year=2025).update(low=118)
        data_version = world.province.data_version
        page = officer.get(at(world, "plan_adopt", version))
        assert [row["title"] for row in page.context["changed"]] == ["Xã đạt chuẩn NTM"]
        officer.post(at(world, "plan_adopt", version), {"reason": "đã ký"})
        version.refresh_from_db()
        world.province.refresh_from_db()
        assert not version.is_draft
        assert world.province.data_version == data_version + 1
        kept = version.history.first()
        assert (kept.history_user, kept.history_change_reason) == (world.officer, "đã ký")

    def test_plan_without_targets_is_refused(self, officer, world):
        add(officer, world)
        made = Plan.objects.get(is_draft=True)
        page = officer.post(at(world, "plan_adopt", made), {"reason": ""}, follow=True)
        assert "chưa có chỉ tiêu nào" in page.content.decode()
        assert Plan.objects.get(pk=made.pk).is_draft

    def test_second_of_two_is_refused(self, world):
        draft = make_plan(
            province=world.province, is_draft=True, targets=[COUNT | {"year": 2025, "low": 1}]
        )
        steps.put_in_force(draft, by=world.officer, reason="")
        with pytest.raises(steps.Refused):
            steps.put_in_force(draft, by=world.officer, reason="")


class TestThrowingAway:
    def test_deletes_a_draft_and_keeps_its_history(self, officer, world):
        version = begin_version(officer, world)
        officer.post(at(world, "plan_drop", version), {"reason": "nhầm"})
        assert not Plan.objects.filter(pk=version.pk).exists()
        gone = Plan.history.get(id=version.pk, history_type="-")
        assert gone.history_change_reason == "nhầm"

    def test_plan_in_force_is_kept(self, officer, world):
        officer.post(at(world, "plan_drop"), {"reason": "nhầm"})
        assert Plan.objects.filter(pk=world.plan.pk).exists()


class TestFacts:
    def test_are_put_right_with_history(self, officer, world):
        version = world.province.data_version
        data = {"name": "Kế hoạch A", "document": "1/KH", "baseline_on": "2020-12-31"}
        officer.post(at(world, "plan_change"), data)
        world.plan.refresh_from_db()
        world.province.refresh_from_db()
        assert world.plan.name == "Kế hoạch A"
        assert world.plan.history.first().history_user == world.officer
        assert world.province.data_version == version + 1


def test_drafts_are_hidden_from_who_does_not_decide(world):
    draft = make_plan(province=world.province, is_draft=True)
    viewer = make_user(role="viewer", province=world.province)
    assert draft not in Plan.objects.visible_to(viewer)
    assert draft in Plan.objects.visible_to(world.officer)
