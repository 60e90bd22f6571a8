"""The illustration agrees with published figures, known decisions and rules, and goes whole."""

from collections import defaultdict
from datetime import date

import pytest
from django.utils import timezone

from communes.models import BoundaryChangePart, Commune, Province
from criteria import rules
from criteria.models import (
    Assessment,
    Comment,
    CriteriaSet,
    CriterionResult,
    PeriodException,
    Recognition,
    ReportingPeriod,
    Score,
    Threshold,
)
from criteria.notices import tell
from targets import progress
from targets.snapshot import load as read_snapshot
from tests.factories import make_assessment, make_period, make_recognition, make_step, make_user
from tests.targets.commands import run
from tests.targets.plain_queries import LAST_DAY, count_at, counts_by_commune, mean_at

pytestmark = pytest.mark.usefixtures("illustrated")
BEFORE_MERGER = date(2019, 12, 31)
END_2020, END_2021 = date(2020, 12, 31), date(2021, 12, 31)
BEFORE_MERGER_2024 = date(2024, 11, 30)


@pytest.fixture
def tables(illustrated):
    return read_snapshot(illustrated)


@pytest.mark.parametrize(
    ("grade", "on", "boundaries_of", "count", "of"),
    [
        ("standard", END_2020, None, 65, 181),
        ("standard", END_2020, BEFORE_MERGER, 74, 207),
        ("standard", END_2021, None, 75, 181),
        ("standard", LAST_DAY, None, 106, 175),
        ("standard", date(2019, 8, 31), BEFORE_MERGER, 48, 207),
        ("standard", date(2015, 12, 31), None, 8, 207),
        ("advanced", END_2020, None, 7, 181),
        ("advanced", END_2021, None, 12, 181),
        ("advanced", LAST_DAY, None, 28, 175),
        ("model", LAST_DAY, None, 10, 175),
        ("standard", date(2025, 7, 1), None, 0, 61),
    ],
)
def test_recognised_communes_are_as_many_as_published(tables, grade, on, boundaries_of, count, of):
    assert progress.recognised_count(tables, on, boundaries_of, grade) == (count, of)


@pytest.mark.parametrize(
    ("metric", "on", "value", "base"),
    [
        ("avg_criteria", END_2020, 12.7, 181),
        ("avg_criteria", END_2021, 14.03, 181),
        ("avg_criteria", LAST_DAY, 15.21, 175),
        ("border_avg_criteria", END_2021, 13.85, 20),
        ("border_communes_standard", END_2021, 9, 20),
    ],
)
def test_averages_and_border_communes_are_as_published(tables, metric, on, value, base):
    (found,) = progress.metric_series(tables, metric, [on]).itertuples()
    assert (round(found.value, 2), found.base) == (value, base)
    assert found.is_illustrative


def test_plain_queries_count_the_same():
    assert [count_at(day) for day in (END_2020, END_2021, LAST_DAY)] == [65, 75, 106]
    assert count_at(END_2021, is_border=True) == 9
    assert count_at(LAST_DAY, ("advanced", "model")) == 28
    assert count_at(LAST_DAY, ("model",)) == 10
    assert [mean_at(day) for day in (END_2020, END_2021, LAST_DAY)] == [
        (12.7, 181),
        (14.03, 181),
        (15.21, 175),
    ]
    assert mean_at(END_2021, is_border=True) == (13.85, 20)


def test_plain_queries_count_74_before_the_merger_of_2020():
    acts = Recognition.objects.filter(kind="commune")
    held = set(acts.filter(year__lte=2019).values_list("commune_id", flat=True))
    now = set(acts.filter(year__lte=2020).values_list("commune_id", flat=True))
    parts = BoundaryChangePart.objects.filter(change__effective_on=date(2020, 1, 1), is_whole=True)
    heirs = dict(parts.values_list("old_id", "new_id"))
    old = Commune.objects.in_force(BEFORE_MERGER).in_programme()
    assert len(old) == 207
    ended = {commune.pk for commune in old if commune.valid_to == BEFORE_MERGER}
    living = {commune.pk for commune in old} - ended
    assert (
        len(living & now) + len({pk for pk in ended if pk in held or heirs.get(pk) in now}) == 74
    )


def test_nine_of_ten_communes_of_dinh_lap_are_recognised_by_november_2024(tables):
    units = tables.units[tables.units["district_id"] == district_id("189")]
    (found,) = progress.count_series(units, tables.recognitions, [BEFORE_MERGER_2024]).itertuples()
    assert (found.standard, found.of) == (9, 10)


def district_id(code):
    return Commune.objects.filter(district__code=code).first().district_id


def test_the_communes_of_a_completed_city_are_recognised():
    assert count_at(END_2020, district__code="178") == 3


def test_titles_of_merged_communes_are_lost_and_listed(tables):
    lost = progress.lost_by_merger(
        tables.units, tables.parts, tables.recognitions, LAST_DAY, BEFORE_MERGER_2024
    )
    before = progress.recognised_count(tables, BEFORE_MERGER_2024).value
    after = progress.recognised_count(tables, date(2024, 12, 1)).value
    assert len(lost) == before - after
    assert "Sơn Hà" in set(tables.units.frame.loc[lost["unit_id"], "name"])


def test_known_recognitions_stay_alone_and_unchanged():
    known = Recognition.objects.filter(is_illustrative=False, kind="commune")
    assert known.count() == 35
    invented = Recognition.objects.filter(is_illustrative=True)
    assert not invented.filter(kind__in=["district", "residential_area", "garden"]).exists()
    for act in known.select_related("commune"):
        same = invented.filter(commune=act.commune, grade=act.grade)
        assert not same.exists(), act
        better = [grade for grade in ("model", "advanced") if act.grade == "standard"]
        assert not invented.filter(
            commune=act.commune, grade__in=better, year__lte=act.year
        ).exists(), act


def test_nobody_is_advanced_or_model_without_the_grade_below(illustrated):
    for grade, below in (("model", "advanced"), ("advanced", "standard")):
        for act in Recognition.objects.filter(grade=grade):
            under = Recognition.objects.filter(commune=act.commune, grade=below)
            assert under.filter(year__lte=act.year).exists(), act


def test_decisions_fall_into_the_life_of_the_commune():
    for act in Recognition.objects.filter(is_illustrative=True).select_related("commune"):
        assert act.commune.valid_from <= act.decided_on <= (act.commune.valid_to or date.max)
        assert act.year in {act.decided_on.year, act.decided_on.year - 1}


def standard_scores():
    """Verdicts of indicators by assessment and criterion."""
    found = defaultdict(lambda: defaultdict(list))
    rows = Score.objects.filter(indicator__isnull=False)
    for assessment, criterion, verdict in rows.values_list(
        "assessment_id", "indicator__criterion_id", "verdict"
    ):
        found[assessment][criterion].append(verdict)
    return found


def test_every_criterion_has_the_verdict_of_its_indicators():
    scores = standard_scores()
    of_criteria = Score.objects.filter(criterion__isnull=False)
    direct = {
        (assessment, criterion): verdict
        for assessment, criterion, verdict in of_criteria.values_list(
            "assessment_id", "criterion_id", "verdict"
        )
    }
    results = CriterionResult.objects.values_list("assessment_id", "criterion_id", "verdict")
    assert len(direct) + sum(map(len, scores.values())) == len(results)
    for assessment, criterion, verdict in results:
        if (assessment, criterion) in direct:
            assert direct[assessment, criterion] == verdict
        else:
            assert rules.criterion_verdict(scores[assessment][criterion]) == verdict


def test_assessments_are_counted_by_the_rules_and_marked():
    verdicts = defaultdict(list)
    for assessment, verdict in CriterionResult.objects.values_list("assessment_id", "verdict"):
        verdicts[assessment].append(verdict)
    for row in Assessment.objects.all():
        counts = rules.tally(verdicts[row.pk])
        assert counts.met == row.criteria_met
        assert counts.basically == row.criteria_basically
        assert counts.total == row.criteria_applicable == 19
        assert row.is_illustrative
        assert row.source


def test_values_agree_with_verdicts_wherever_a_threshold_has_a_number(illustrated):
    limits = defaultdict(list)
    for row in Threshold.objects.filter(area_group=illustrated.region, value__isnull=False):
        limits[row.indicator_id].append(row)
    compared = 0
    scores = Score.objects.filter(value__isnull=False, indicator__in=limits)
    for indicator, direction, value, verdict, day in scores.values_list(
        "indicator_id", "indicator__direction", "value", "verdict", "assessment__period__ends_on"
    ):
        for limit in limits[indicator]:
            if limit.valid_from <= day <= (limit.valid_to or day):
                assert rules.is_met(value, limit.value, direction) == (verdict == "met")
                compared += 1
    assert compared > 50_000


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_a_commune_meets_all_at_the_end_of_its_year_or_one_basically(year):
    found = counts_by_commune(date(year, 12, 31))
    new = Recognition.objects.filter(grade="standard", year=year, commune__in=found)
    counts = [found[act.commune_id] for act in new]
    assert all(row.criteria_met + row.criteria_basically == 19 for row in counts)
    assert sum(row.criteria_basically for row in counts) <= 3


def test_a_few_communes_were_recognised_with_one_criterion_basically_met():
    found = counts_by_commune(END_2020)
    held = Recognition.objects.filter(grade="standard", year__lte=2020, commune__in=found)
    short = [found[act.commune_id] for act in held if found[act.commune_id].criteria_met < 19]
    assert 1 <= len(short) <= 12
    assert {(row.criteria_met, row.criteria_basically) for row in short} == {(18, 1)}


def test_no_commune_without_a_title_meets_all():
    held = set(Recognition.objects.values_list("commune_id", flat=True))
    without = {pk: row for pk, row in counts_by_commune(LAST_DAY).items() if pk not in held}
    assert max(row.criteria_met for row in without.values()) in {17, 18}


def test_the_stricter_set_lowers_the_average_at_first():
    before, after = mean_at(END_2021)[0], mean_at(date(2022, 3, 31))[0]
    assert after < before - 1
    assert mean_at(date(2022, 12, 31))[0] > after


def test_a_few_communes_are_left_under_ten_and_some_fall_back(tables):
    standing = progress.standing_at(tables.standings, tables.sets, tables.units, LAST_DAY)
    assert 3 <= len(progress.below(standing)) <= 6
    earlier = counts_by_commune(date(2025, 3, 31))
    fallen = [
        pk
        for pk, row in counts_by_commune(LAST_DAY).items()
        if row.criteria_met < earlier[pk].criteria_met
    ]
    assert 5 <= len(fallen) <= 30


def test_roads_income_housing_poverty_and_environment_fail_most():
    failing = defaultdict(int)
    rows = CriterionResult.objects.filter(
        assessment__period__ends_on=LAST_DAY,
        assessment__criteria_set__grade="standard",
        verdict="not_met",
    )
    for number in rows.values_list("criterion__number", flat=True):
        failing[number] += 1
    assert set(sorted(failing, key=failing.get)[-5:]) == {2, 9, 10, 11, 17}
    assert {1, 4, 19} <= set(sorted(range(1, 20), key=lambda number: failing[number])[:4])


def test_a_second_run_says_so_and_changes_nothing(illustrated):
    said = run("load_illustration")
    assert "đã có" in said
    version = Province.objects.get(pk=illustrated.pk).data_version
    assert version == illustrated.data_version


def test_clearing_takes_out_exactly_the_illustration(illustrated):
    version = illustrated.data_version
    known = list(Recognition.objects.filter(is_illustrative=False).values())
    kept = [ReportingPeriod.objects.get(year=2021, quarter=2)]
    kept[0].save()
    kept.append(make_period(province=illustrated, year=2025, quarter=3))
    said = run("clear_illustration")
    assert "3565" in said
    assert not Assessment.objects.exists()
    assert not Score.objects.exists()
    assert list(Recognition.objects.values()) == known
    assert list(ReportingPeriod.objects.all()) == kept
    assert Province.objects.get(pk=illustrated.pk).data_version == version + 1
    for model in (Recognition, Score, ReportingPeriod):
        assert not model.history.filter(history_type="-").exists()


def test_clearing_keeps_what_people_entered_or_changed(illustrated):
    commune = Commune.objects.at("06004", date(2024, 1, 1))
    period = ReportingPeriod.objects.get(year=2023, quarter=1)
    advanced = CriteriaSet.objects.get(code="XA_NTM_NANG_CAO_2021_2025")
    mine = make_assessment(commune=commune, criteria_set=advanced, period=period)
    changed = Assessment.objects.filter(period__year=2022).first()
    make_step(assessment=changed)
    recognition = make_recognition(commune=commune, grade="model", year=2025)
    said = run("clear_illustration")
    assert set(Assessment.objects.all()) == {mine, changed}
    assert changed.scores.exists()
    assert Recognition.objects.filter(pk=recognition.pk).exists()
    assert set(ReportingPeriod.objects.all()) == {period, changed.period}
    assert said.splitlines()[-1].startswith("1 ")


def test_clearing_keeps_what_people_spoke_of_or_were_told_of(illustrated):
    officer = make_user(role="provincial_officer", province=illustrated)
    spoken, told = [Assessment.objects.filter(period__year=year).first() for year in (2021, 2022)]
    criterion = spoken.criteria_set.criteria.first()
    Comment.objects.create(assessment=spoken, criterion=criterion, by=officer, text="xem lại")
    tell([officer], "returned", "return:1", assessment=told)
    due = ReportingPeriod.objects.get(year=2023, quarter=1)
    tell([officer], "due_soon", "due:1", period=due)
    excepted = ReportingPeriod.objects.get(year=2023, quarter=2)
    PeriodException.objects.create(
        period=excepted,
        commune=spoken.commune,
        until=timezone.now(),
        reason="mưa lũ",
        granted_by=officer,
    )
    run("clear_illustration")
    assert set(Assessment.objects.all()) == {spoken, told}
    assert set(ReportingPeriod.objects.all()) == {spoken.period, told.period, due, excepted}
