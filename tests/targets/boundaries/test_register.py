"""The register of boundary changes: listed, searched, taken along; one change of it."""

from datetime import date

import pytest

from tests.factories import make_change
from tests.targets.boundaries.drafts import Merger

pytestmark = pytest.mark.django_db


def test_register_lists_changes_with_how_many_units_ended_and_were_formed(pages, merger):
    merger.apply()
    answer = pages.get(pages.address("boundaries"))
    (change,) = answer.context["changes"]
    assert (change.resolution, change.ended, change.formed) == ("9/NQ", 2, 1)


def test_register_lists_drafts_apart_from_what_is_applied(pages, merger):
    second = Merger(province=merger.province)
    merger.apply()
    answer = pages.get(pages.address("boundaries"))
    assert list(answer.context["drafts"]) == [second.draft]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "9/nq"}, True),
        ({"q": "bac ai"}, True),
        ({"q": "Tân Lập"}, True),
        ({"q": "99901"}, True),
        ({"q": "Lộc Bình"}, False),
        ({"year": "2026"}, True),
        ({"year": "2020"}, False),
    ],
)
def test_register_is_searched_by_resolution_unit_code_and_year(pages, merger, query, is_found):
    make_change(province=merger.province, effective_on=date(2020, 1, 1), resolution="8/Q")
    merger.apply()
    changes = pages.get(pages.address("boundaries"), **query).context["changes"]
    assert ("9/NQ" in [change.resolution for change in changes]) == is_found


def test_register_is_taken_along_with_its_filter(pages, merger):
    merger.apply()
    address = pages.address("boundaries_file", kind="csv")
    rows = pages.get(address, q="bac ai").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("2026-01-01,9/NQ,")
    assert "Commune Bắc Ái,District Tràng Định,99901,Commune Tân Lập" in rows[1]
    assert "bac ai" in rows[-1]


def test_register_names_what_was_done_by_whom(pages, merger):
    merger.apply()
    merger.undo(reason="nhầm")
    events = pages.get(pages.address("boundaries")).context["events"]
    assert [(event.what, event.by, event.reason) for event in events] == [
        ("9/NQ: Taken back", merger.officer.full_name, "nhầm"),
        ("9/NQ: Applied", merger.officer.full_name, ""),
        ("9/NQ: Draft begun", "", ""),
    ]


def test_register_costs_the_same_for_any_number_of_changes(
    pages, merger, django_assert_num_queries
):
    for year in range(2012, 2020):
        make_change(province=merger.province, effective_on=date(year, 1, 1))
    pages.get(pages.address("boundaries"))
    # session, user, roles, province, years, drafts, changes, history
    with django_assert_num_queries(8):
        pages.get(pages.address("boundaries"))


def test_page_of_a_change_costs_the_same_for_any_number_of_lines(
    pages, merger, django_assert_num_queries
):
    for number in range(10):
        extra = Merger(province=merger.province)
        unit = merger.new_unit(f"999{number + 20}", district=extra.district)
        merger.line(extra.old, unit)
    change = merger.apply()
    # session, user, roles, province, change, history, lines
    with django_assert_num_queries(7):
        answer = pages.get(pages.address("boundary", change.pk))
    assert len(answer.context["lines"]) == 12
