"""Plans, targets and published figures as lists."""

from datetime import date, timedelta

import pytest

from targets.models import Plan, PublishedFigure, Target
from targets.plans import steps
from targets.publishing import writing
from targets.publishing.forms import RegisterForm
from targets.snapshot import snapshot_of
from tests.api.lists import assert_fresh_after, column, rows, sign_in, three_kinds
from tests.factories import make_district, make_plan, make_province, make_user

pytestmark = pytest.mark.django_db
COUNT = {"metric": "communes_standard", "kind": "cumulative_count"}
ALL = ["plans", "targets", "published-figures"]


@pytest.fixture
def province():
    return make_province(code="20")


@pytest.fixture
def officer(province):
    return make_user(role="provincial_officer", province=province)


@pytest.fixture
def reader(client, province):
    return sign_in(client, province)


@pytest.fixture
def plan(province):
    years = {2024: 105, 2025: 115}
    targets = [COUNT | {"year": year, "low": low} for year, low in years.items()]
    return make_plan(province=province, code="ke-hoach", targets=targets)


def version_of(plan, *, holds_from, by, low=110):
    """A version in force that asks for less in 2025."""
    version = Plan(province=plan.province, name=plan.name, document="2/KH", holds_from=holds_from)
    steps.supersede(plan, version, by=by)
    Target.objects.filter(plan=version, year=2025).update(low=low)
    steps.put_in_force(version, by=by, reason="điều chỉnh")
    return version


def make_figure(province, **fields):
    fields = {
        "metric": "communes_standard",
        "kind": "result",
        "as_of": date(2024, 12, 31),
        "value": 103,
        "source": "Báo cáo",
    } | fields
    return PublishedFigure.objects.create(province=province, **fields)


@pytest.mark.parametrize("path", ALL)
def test_nothing_of_a_strangers_province_is_listed(client, province, plan, path):
    make_figure(province)
    sign_in(client, make_province())
    assert rows(client, path) == []


def test_a_plan_has_its_document_and_its_targets_exact_numbers(reader, plan):
    [row] = rows(reader, "plans")
    assert (row["code"], row["document"], row["supersedes"]) == ("ke-hoach", "1/KH", None)
    assert column(reader, "targets", "low") == ["105", "115"]
    assert set(column(reader, "targets", "plan")) == {"ke-hoach"}


@pytest.mark.parametrize("path", ["plans", "targets"])
def test_a_draft_is_not_listed_even_for_who_keeps_it(client, province, officer, plan, path):
    client.force_login(officer)
    count = len(rows(client, path))
    plan.is_draft = True
    plan.save()
    assert count > 0
    assert rows(client, path) == []


def test_versions_know_each_other(reader, plan, officer):
    version = version_of(plan, holds_from=date(2024, 7, 1), by=officer)
    first, second = rows(reader, "plans")
    assert (first["superseded_by"], second["supersedes"]) == (version.code, "ke-hoach")
    assert first["superseded_from"] == second["holds_from"] == "2024-07-01"


def test_a_day_has_the_version_that_dashboards_judge_by(reader, province, plan, officer):
    day = date(2024, 7, 1)
    version_of(plan, holds_from=day, by=officer)
    province.refresh_from_db()
    snapshot = snapshot_of(province)
    for on, low in [(day - timedelta(days=1), "115"), (day, "110")]:
        held = snapshot.version_on(plan, on)
        assert column(reader, "plans", "code", as_of=on) == [held.code]
        assert column(reader, "targets", "low", as_of=on, year=2025) == [low]


def test_targets_are_narrowed_by_what_they_ask_for(reader, province, plan):
    district = make_district(province=province, code="182")
    Target.objects.create(
        plan=plan, district=district, metric="gardens", kind="new_in_year", year=2025, low=2
    )
    for query in ({"district": "182"}, {"metric": "gardens"}, {"kind": "new_in_year"}):
        assert column(reader, "targets", "low", **query) == ["2"], query
    assert column(reader, "targets", "low", plan="ke-hoach", year=2024) == ["105"]


def test_plans_are_narrowed_by_a_year_within(reader, plan):
    assert len(rows(reader, "plans", year=2021)) == 1
    assert rows(reader, "plans", year=2026) == []


@pytest.mark.parametrize(
    "query",
    [{"metric": "avg_criteria"}, {"kind": "target"}, {"year": "2023"}, {"q": "Dân trí"}],
)
def test_a_filter_finds_what_the_register_finds(reader, province, query):
    make_figure(province)
    make_figure(province, metric="avg_criteria", value=15)
    make_figure(province, kind="target")
    make_figure(province, as_of=date(2023, 12, 31))
    make_figure(province, source="Báo Dân trí")
    page = RegisterForm(query, province=province).found()
    found = rows(reader, "published-figures", **query)
    assert len(found) == page.count() == 1
    assert found[0]["value"] == str(page.get().value.normalize().to_integral())


def test_figures_changed_since_a_moment_are_found(reader, province, officer):
    first, second = make_figure(province), make_figure(province, as_of=date(2023, 12, 31))
    first.value = 104
    writing.save(first, by=officer, reason="sửa")
    moment = first.history.first().history_date
    assert column(reader, "published-figures", "value", updated_since=moment) == ["104"]
    earlier = second.history.get().history_date
    assert len(rows(reader, "published-figures", updated_since=earlier)) == 2


def test_lists_are_fresh_after_a_version_is_put_in_force(reader, plan, officer):
    for path, day in [("plans", date(2024, 7, 1)), ("targets", date(2025, 1, 1))]:
        last = Plan.objects.filter(successor=None).get()
        assert_fresh_after(
            reader, path, lambda last=last, day=day: version_of(last, holds_from=day, by=officer)
        )


def test_figures_are_fresh_after_each_step_of_the_register(reader, province, officer):
    new = PublishedFigure(
        province=province,
        metric="communes_standard",
        kind="result",
        as_of=date(2024, 12, 31),
        value=103,
        source="Báo cáo",
    )
    path = "published-figures"
    assert_fresh_after(reader, path, lambda: writing.save(new, by=officer))
    assert_fresh_after(reader, path, lambda: writing.remove(new, by=officer, reason="nhầm"))


@pytest.mark.parametrize("path", ALL)
def test_a_list_comes_in_three_kinds(reader, province, plan, path):
    make_figure(province)
    count = len(rows(reader, path))
    assert count
    assert three_kinds(reader, path) == [count] * 3


@pytest.mark.parametrize("path", ALL)
def test_a_page_costs_at_most_six_queries(
    reader, province, plan, officer, django_assert_max_num_queries, path
):
    for year in range(2000, 2020):
        make_figure(province, as_of=date(year, 12, 31))
        make_plan(province=province, targets=[COUNT | {"year": 2025, "low": 1}])
    with django_assert_max_num_queries(6):
        assert len(rows(reader, path)) >= 20
