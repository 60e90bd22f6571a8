"""Targets typed into the grid: read, checked, previewed, saved, contested."""

import json
from html import unescape

import pytest
from django.urls import reverse

from targets.models import Baseline, Target
from tests.factories import make_plan
from tests.targets.plans.world import PATH

pytestmark = pytest.mark.django_db
CELL = "communes_standard.cumulative_count."


def address(world, name="plan_edit", **more):
    where = {"province": world.province.code, "plan": world.plan.code}
    return reverse(name, kwargs=where | more)


def send(client, world, step="save", seen=None, reason="Quyết định 12", url=None, **cells):
    """Post cells, named by year of the path or in full, from the page as it stands."""
    url = url or address(world)
    seen = seen or json.loads(client.get(url).context["typed"].seen)
    texts = {name if "." in name else f"{CELL}{name[1:]}": text for name, text in cells.items()}
    data = {"step": step, "reason": reason, "seen": json.dumps(seen), **texts}
    return client.post(url, data)


def test_preview_writes_nothing_and_save_writes_history(officer, world):
    version = world.province.data_version
    page = send(officer, world, "preview", y2025="118")
    assert page.status_code == 200
    assert world.path() == PATH
    send(officer, world, y2025="118")
    assert world.path() == PATH | {2025: 118}
    kept = Target.objects.get(year=2025).history.first()
    assert (kept.history_user, kept.history_change_reason) == (world.officer, "Quyết định 12")
    world.province.refresh_from_db()
    assert world.province.data_version == version + 1


def test_only_what_changed_is_written(officer, world):
    before = Target.history.count()
    send(officer, world, y2024="106", y2025="115")
    assert Target.history.count() == before + 1


def test_new_and_emptied_cells_are_written(officer, world):
    cells = {"communes_standard.share.2025": "63,5 %", "communes_standard.baseline.0": "66/120"}
    send(officer, world, y2021="", **cells)
    assert 2021 not in world.path()
    assert str(Target.objects.get(kind="share").low) == "63.5000"
    assert Baseline.objects.get().value == 66
    assert Target.history.filter(history_type="-", history_user=world.officer).count() == 1


@pytest.mark.parametrize(
    ("name", "text", "low", "high"),
    [
        ("border_avg_criteria.range.2022", "15–15,5", "15.0000", "15.5000"),
        ("residential_areas.per_district.2022", "2 - 3", "2.0000", "3.0000"),
        ("avg_criteria.mean.2022", "14.5", "14.5000", "None"),
        ("residential_areas.new_in_plan.2025", "1.030", "1030.0000", "None"),
    ],
)
def test_numbers_are_read_the_vietnamese_way(officer, world, name, text, low, high):
    assert send(officer, world, **{name: text}).status_code == 302
    metric, kind, _year = name.split(".")
    found = Target.objects.get(metric=metric, kind=kind)
    assert (str(found.low), str(found.high)) == (low, high)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("y2025", "mười", "“mười” không hợp lệ"),
        ("y2025", "110,5", "số nguyên"),
        ("y2025", "-1", "số nguyên"),
        ("y2025", "104", "104 của năm 2025 nhỏ hơn 105 của năm 2024"),
        ("y2025", "121", "121 nhiều hơn 120 xã"),
        ("communes_standard.share.2025", "101", "từ 0 đến 100"),
        ("communes_below_10.floor.2025", "3", "không còn xã nào"),
        ("border_avg_criteria.range.2022", "16–15", "15–15,5"),
        ("communes_standard.baseline.0", "65/x", "65/181"),
        ("communes_standard.baseline.0", "0/0", "65/181"),
        ("communes_standard.baseline.0", "65/9999999999", "65/181"),
    ],
)
def test_what_does_not_fit_is_told_and_kept(officer, world, name, text, said):
    page = send(officer, world, **{name: text, "y2024": "105"})
    assert page.status_code == 422
    content = unescape(page.content.decode())
    assert said in content
    assert f'value="{text}"' in content
    assert world.path() == PATH


def test_fault_in_a_line_nobody_touched_is_left_alone(officer, world):
    Target.objects.filter(year=2022).update(low=60)
    assert send(officer, world, **{"gardens.per_district.2022": "2"}).status_code == 302


def test_stale_save_shows_what_is_stored_beside_what_was_typed(officer, world):
    seen = json.loads(officer.get(address(world)).context["typed"].seen)
    send(officer, world, y2025="117", y2024="107")
    page = send(officer, world, seen=seen, y2025="119")
    assert page.status_code == 409
    content = page.content.decode()
    assert 'value="119"' in content
    assert "người khác đã lưu: 117" in content
    assert world.path() == PATH | {2024: 107, 2025: 117}
    seen = json.loads(page.context["typed"].seen)
    send(officer, world, seen=seen, y2025="119")
    assert world.path() == PATH | {2024: 107, 2025: 119}


def test_both_typing_the_same_is_no_contest(officer, world):
    seen = json.loads(officer.get(address(world)).context["typed"].seen)
    send(officer, world, y2025="117")
    page = send(officer, world, seen=seen, y2025="117")
    assert page.status_code == 302


def test_plan_in_force_needs_a_reason_and_draft_does_not(officer, world):
    assert send(officer, world, reason="", y2025="118").status_code == 200
    assert world.path() == PATH
    world.plan.is_draft = True
    world.plan.save()
    assert send(officer, world, reason="", y2025="118").status_code == 302
    assert world.path() == PATH | {2025: 118}


def test_draft_leaves_the_data_version_alone(officer, world):
    world.plan.is_draft = True
    world.plan.save()
    version = world.province.data_version
    send(officer, world, y2025="118")
    world.province.refresh_from_db()
    assert world.province.data_version == version


def test_back_to_typing_keeps_what_was_typed(officer, world):
    page = send(officer, world, "edit", y2025="118")
    assert 'value="118"' in page.content.decode()
    assert world.path() == PATH


@pytest.mark.parametrize(
    "seen", ["", "[]", "{", "7", f'{{"{CELL}2025": 5, "{CELL}2024": []}}', "[" * 100_000]
)
def test_spoilt_note_of_what_was_seen_writes_nothing(officer, world, seen):
    page = officer.post(
        address(world), {"step": "save", "seen": seen, "reason": "x", f"{CELL}2025": "119"}
    )
    assert page.status_code == 409
    assert world.path() == PATH


def test_district_has_a_grid_of_its_own(officer, world):
    district = world.districts[0]
    url = address(world, "plan_edit_district", district=district.code)
    name = f"{CELL}2025.{district.pk}"
    assert send(officer, world, url=url, **{name: "61"}).status_code == 422
    send(officer, world, url=url, **{name: "60"})
    assert Target.objects.get(district=district).low == 60
    assert world.path() == PATH


def test_superseded_version_is_not_edited(officer, world):
    make_plan(province=world.province, supersedes=world.plan, holds_from="2023-07-01")
    page = officer.get(address(world), follow=True)
    assert "đã được thay thế" in page.content.decode()


def test_costs_the_same_queries_for_any_number_of_targets(
    officer, world, django_assert_num_queries
):
    officer.get(address(world))
    # session, user, roles, province, plans, targets, baselines
    with django_assert_num_queries(7):
        officer.get(address(world))
    send(officer, world, **{"gardens.per_district.2022": "2", "gardens.per_district.2023": "2"})
    with django_assert_num_queries(7):
        officer.get(address(world))
