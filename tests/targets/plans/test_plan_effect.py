"""What other targets would do to the cards: the announced path 65 … 115 as the example."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from targets.models import Target
from targets.plans.cells import Key, Line, Value
from targets.plans.effect import effect_of
from targets.plans.stored import Stored, save_cells
from targets.snapshot import snapshot_of
from tests.factories import make_plan, make_recognition
from tests.targets.plans.world import COUNT

pytestmark = pytest.mark.django_db
RECOGNISED = Line("communes_standard", "cumulative_count")


def key(year):
    return Key(*RECOGNISED, year)


@pytest.fixture
def on_plan(world):
    """Ten more recognised in each of two years, and a day at the end of 2022 to judge by."""
    communes = list(world.province.communes.order_by("code"))
    for year, these in [(2021, communes[65:75]), (2022, communes[75:85])]:
        for commune in these:
            make_recognition(commune=commune, year=year, grade="standard")
    world.province.published.create(
        metric="communes_standard", kind="result", as_of="2022-12-31", value=85, source="x"
    )
    return world


def effect(world, **targets):
    values = Stored.of(world.plan).values
    changes = {key(int(year[1:])): Value(Decimal(low)) for year, low in targets.items()}
    return effect_of(world.province, world.plan, values | changes)


def test_raised_targets_turn_on_plan_into_behind(on_plan):
    found = effect(on_plan, y2022=95)
    assert found.as_of == date(2022, 12, 31)
    [shift] = found.changed
    assert shift.line == RECOGNISED
    assert (shift.before.status, shift.after.status) == ("on_plan", "behind")
    assert (shift.before.expected, shift.after.expected) == (85, 95)
    assert (shift.before.gap, shift.after.gap) == (0, -10)


def test_pace_follows_the_last_target(on_plan):
    [shift] = effect(on_plan, y2025=118).changed
    assert (shift.before.pace_needed, shift.after.pace_needed) == (10, 11)
    assert shift.before.status == shift.after.status


def test_same_targets_change_nothing(on_plan):
    found = effect(on_plan)
    assert found.changed == []
    assert [shift.line for shift in found.unchanged] == [RECOGNISED]


def test_new_line_is_a_new_card(on_plan):
    values = Stored.of(on_plan.plan).values
    share = Key("communes_standard", "share", 2025)
    found = effect_of(on_plan.province, on_plan.plan, values | {share: Value(Decimal("63.5"))})
    [shift] = found.changed
    assert (shift.line, shift.before) == (share.line, None)


def test_nothing_is_written_nor_remembered(on_plan):
    effect(on_plan, y2022=95)
    assert Target.objects.get(year=2022).low == 85
    again = effect(on_plan)
    assert again.unchanged[0].after.expected == 85


def test_preview_says_what_the_cards_say_once_saved(on_plan):
    told = effect(on_plan, y2022=90, y2025=118).shifts[0].after
    changes = {key(2022): Value(Decimal(90)), key(2025): Value(Decimal(118))}
    save_cells(Stored.of(on_plan.plan), changes, by=on_plan.officer, reason="x")
    on_plan.province.refresh_from_db()
    kept = effect(on_plan).shifts[0].before
    for name in ["status", "expected", "gap", "pace_needed", "target_final"]:
        assert getattr(told, name) == getattr(kept, name)


def test_draft_version_is_held_against_the_one_in_force(on_plan):
    draft = make_plan(
        province=on_plan.province,
        is_draft=True,
        supersedes=on_plan.plan,
        holds_from="2022-07-01",
        targets=[COUNT | {"year": year, "low": low} for year, low in [(2022, 95), (2025, 118)]],
    )
    draft.refresh_from_db()
    [shift] = effect_of(on_plan.province, draft, Stored.of(draft).values).changed
    assert (shift.before.target_final, shift.after.target_final) == (115, 118)


def test_draft_of_other_years_has_nothing_to_be_held_against(on_plan):
    draft = make_plan(
        province=on_plan.province,
        first_year=2026,
        last_year=2030,
        is_draft=True,
        targets=[COUNT | {"year": 2030, "low": 118}],
    )
    [shift] = effect_of(on_plan.province, draft, Stored.of(draft).values).changed
    assert shift.before is None


def test_preview_page_shows_status_before_and_after(client, on_plan):
    client.force_login(on_plan.officer)
    where = {"province": on_plan.province.code, "plan": on_plan.plan.code}
    url = reverse("plan_edit", kwargs=where)
    seen = client.get(url).context["typed"].seen
    page = client.post(url, {"step": "preview", "seen": seen, key(2022).name: "95"})
    [row] = page.context["changed"]
    assert (row["before"], row["after"]) == ("on_plan", "behind")
    assert ("85,0", "95,0") in row["figures"]
    assert ("0,0", "−10,0") in row["figures"]


class TestDashboards:
    def test_judge_each_day_by_its_version(self, client, on_plan):
        make_plan(
            province=on_plan.province,
            supersedes=on_plan.plan,
            holds_from="2023-07-01",
            document="12/QĐ-UBND",
            targets=[COUNT | {"year": 2025, "low": 118}],
        )
        client.force_login(on_plan.officer)
        url = reverse("province", kwargs={"province": on_plan.province.code})
        before = client.get(url, {"as_of": "2023-06-30"}).content.decode()
        after = client.get(url, {"as_of": "2023-07-01"}).content.decode()
        assert "12/QĐ-UBND" not in before
        assert "12/QĐ-UBND" in after
        assert after.count('<option value="' + on_plan.plan.code) == 1

    def test_never_show_a_draft(self, on_plan):
        draft = make_plan(
            province=on_plan.province,
            first_year=2026,
            last_year=2030,
            is_draft=True,
            targets=[COUNT | {"year": 2030, "low": 1}],
        )
        snapshot = snapshot_of(on_plan.province)
        assert draft not in snapshot.plans
        assert draft.pk not in snapshot.targets["plan_id"]
