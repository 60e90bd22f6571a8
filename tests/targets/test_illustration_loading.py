"""The illustration is always the same, spares people's work, and refuses what does not fit."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError

from communes.models import Commune, Province
from criteria.models import Assessment, CriteriaSet, ReportingPeriod
from targets.illustration.baseline import give_baseline
from targets.illustration.levels import Levels
from targets.illustration.reading import read_world
from targets.illustration.titles import Titles, give_later_titles
from targets.models import PublishedFigure
from tests.factories import make_assessment, make_period, make_province, make_recognition
from tests.targets.commands import run

pytestmark = pytest.mark.usefixtures("reference")

# Of the titles and counts that SEED and the reference data give. Changes with either, and with
# nothing else: not with the run, the machine or the database.
DIGEST = "5ce523d35cbd295f"


def test_the_same_data_comes_from_every_run_and_any_order_of_rows(reference):
    world = read_world(reference)
    other_rows = {
        "units": {key: unit._replace(pk=-unit.pk) for key, unit in world.units.items()},
        "known": world.known[::-1],
        "whole": world.whole[::-1],
    }
    assert digest(world) == digest(replace(world, **other_rows)) == DIGEST


def digest(world):
    titles = Titles(world)
    give_baseline(titles)
    give_later_titles(titles)
    made = titles.invented_acts(), Levels(titles).met.tolist()
    return hashlib.sha256(str(made).encode()).hexdigest()[:16]


def test_loading_leaves_an_assessment_that_a_person_made(reference):
    commune = Commune.objects.at("06004", date(2024, 1, 1))
    standard = CriteriaSet.objects.get(code="XA_NTM_2021_2025")
    period = make_period(province=reference, year=2023, quarter=1)
    mine = make_assessment(commune=commune, criteria_set=standard, period=period)
    said = run("load_illustration")
    assert said.splitlines()[-1].startswith("1 ")
    mine.refresh_from_db()
    assert (mine.state, mine.is_illustrative, mine.scores.count()) == ("draft", False, 0)
    assert Assessment.objects.filter(commune=commune, period=period).count() == 1


def test_a_missing_published_figure_is_named_and_nothing_is_loaded(reference):
    PublishedFigure.objects.filter(metric="communes_model", kind="result").delete()
    with pytest.raises(CommandError, match=r"communes_model.*30/06/2025"):
        run("load_illustration")
    assert not Assessment.objects.exists()
    assert not ReportingPeriod.objects.exists()


def test_recognitions_that_leave_no_room_are_refused(reference):
    for commune in Commune.objects.in_force(date(2020, 12, 31)).in_programme()[:80]:
        if not commune.recognitions.filter(grade="standard").exists():
            make_recognition(commune=commune, year=2020)
    with pytest.raises(CommandError, match="load_reference"):
        run("load_illustration")
    assert not Assessment.objects.exists()


def test_without_reference_data_the_next_step_is_said(reference):
    make_province(code="99")
    Province.objects.filter(pk=reference.pk).update(code="98")
    for command in ("load_illustration", "clear_illustration"):
        with pytest.raises(CommandError, match="load_reference"):
            run(command)
