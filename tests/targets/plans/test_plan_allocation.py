"""A target handed on to the districts: sums held against the province's number."""

import pytest
from django.urls import reverse

from targets.models import Target
from tests.factories import make_district
from tests.targets.plans.world import COUNT

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def url(world, metric="communes_standard", kind="cumulative_count"):
    where = {"province": world.province.code, "plan": world.plan.code}
    return reverse("plan_allocate", kwargs=where | {"metric": metric, "kind": kind})


def data(world, first="", second="", step="save", **more):
    names = [f"communes_standard.cumulative_count.2025.{one.pk}" for one in world.districts]
    cells = dict(zip(names, [first, second], strict=True))
    return {"step": step, "seen": "{}", "reason": "giao kế hoạch"} | cells | more


def allocated():
    rows = Target.objects.filter(**COUNT, district__isnull=False).order_by("district")
    return [int(target.low) for target in rows]


def test_sum_that_fits_is_saved(officer, world):
    assert officer.post(url(world), data(world, "60", "55")).status_code == 302
    assert allocated() == [60, 55]
    kept = Target.history.filter(district__isnull=False).first()
    assert (kept.history_user, kept.history_change_reason) == (world.officer, "giao kế hoạch")


def test_sum_that_differs_is_saved_once_it_is_meant(officer, world):
    page = officer.post(url(world), data(world, "60", "50"))
    assert page.status_code == 422
    content = page.content.decode()
    assert "110 so với 115 của tỉnh, lệch −5" in content
    assert 'value="60"' in content
    assert allocated() == []
    officer.post(url(world), data(world, "60", "50", differs="on"))
    assert allocated() == [60, 50]


def test_live_check_answers_with_the_sums_alone_and_writes_nothing(officer, world):
    page = officer.post(url(world), data(world, "60", "50", step="check"), headers=HTMX)
    content = page.content.decode()
    assert "<html" not in content
    assert "lệch −5" in content
    assert allocated() == []


def test_check_without_scripts_shows_the_page_with_what_was_typed(officer, world):
    content = officer.post(url(world), data(world, "60", "x", step="check")).content.decode()
    assert "<html" in content
    assert 'value="x"' in content


def test_more_than_the_districts_communes_is_refused(officer, world):
    page = officer.post(url(world), data(world, "61", "54"))
    assert page.status_code == 422
    assert "61 nhiều hơn 60 xã" in page.content.decode()
    assert allocated() == []


def test_stale_save_shows_what_is_stored(officer, world):
    officer.post(url(world), data(world, "60", "55"))
    page = officer.post(url(world), data(world, "59", "55"))
    assert page.status_code == 409
    assert "người khác đã lưu: 60" in page.content.decode()
    assert allocated() == [60, 55]


@pytest.mark.parametrize(
    ("metric", "kind"),
    [("avg_criteria", "mean"), ("districts_completed", "new_in_plan"), ("x", "y")],
)
def test_what_does_not_add_up_has_no_page(officer, world, metric, kind):
    assert officer.get(url(world, metric, kind)).status_code == 404


def test_plan_of_years_without_districts_says_so(officer, world):
    world.province.districts.update(valid_to="2020-12-31")
    assert "không còn cấp huyện" in officer.get(url(world)).content.decode()


def test_costs_the_same_queries_for_any_number_of_districts(
    officer, world, django_assert_num_queries
):
    # session, user, roles, province, plans, districts, targets, baselines
    with django_assert_num_queries(8):
        officer.get(url(world))
    for _ in range(3):
        make_district(province=world.province)
    with django_assert_num_queries(8):
        officer.get(url(world))
