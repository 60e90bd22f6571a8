"""Stored results are what the scores say, and are put right where they are not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communes.models import Province
from criteria.models import Assessment, CriterionResult, ReportingPeriod
from criteria.rebuilding import COUNTS, rebuild

pytestmark = pytest.mark.usefixtures("illustrated")


def run(*arguments):
    said = StringIO()
    call_command("rebuild_results", *arguments, stdout=said)
    return said.getvalue()


def stored():
    results = CriterionResult.objects.order_by("assessment", "criterion")
    counts = Assessment.objects.order_by("pk").values_list(
        "criteria_met", "criteria_basically", "criteria_applicable"
    )
    return list(results.values_list("assessment", "criterion", "verdict")), list(counts)


def data_version():
    return Province.objects.get(code="20").data_version


def tamper():
    """Spoil a verdict of one assessment, lose a result of another, miscount a third."""
    first, second, third = Assessment.objects.order_by("pk")[:3]
    CriterionResult.objects.filter(assessment=first, verdict="met").update(verdict="not_met")
    second.results.first().delete()
    Assessment.objects.filter(pk=third.pk).update(criteria_met=0)


def test_rebuilding_the_illustration_changes_nothing():
    before, version = stored(), data_version()
    assert run() == "Tỉnh Lạng Sơn: đã sửa 0/3565 phiếu đã phê duyệt.\n"
    assert stored() == before
    assert data_version() == version


def test_tampering_is_reported_and_put_right():
    before, version = stored(), data_version()
    tamper()
    with pytest.raises(SystemExit) as end:
        run("--check")
    assert end.value.code == 1
    assert stored() != before
    assert data_version() == version
    assert " 3/" in run("--province", "20")
    assert stored() == before
    assert data_version() > version
    run("--check")


def test_looking_costs_the_same_queries_for_any_number_of_communes(django_assert_num_queries):
    province = Province.objects.get(code="20")
    seen = ReportingPeriod.objects.first().assessments
    assert seen.count() > 100
    for _many in [True, False]:
        # the list of batches, two of a transaction; the assessments, their results and scores,
        # the set's criteria and indicators, of which this one has none
        with django_assert_num_queries(8):
            next(iter(rebuild(province, only_check=True)))
        kept = seen.order_by("pk").first()
        seen.exclude(pk=kept.pk).update(state="draft", **dict.fromkeys(COUNTS))


def test_unknown_province_is_refused():
    with pytest.raises(CommandError, match="99"):
        run("--province", "99")
