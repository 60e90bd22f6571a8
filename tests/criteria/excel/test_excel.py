"""Scores go out to a workbook and come back: exactly what was changed in it, all or nothing."""

from decimal import Decimal

import pytest

from criteria.models import Assessment, Score, WorkbookImport
from tests.criteria.test_grid import signed_in, text_of
from tests.criteria.workbooks import agree, downloaded, findings, put, put_at, send
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("arrangement", ["table", "sheets"])
State = WorkbookImport.State


def changes(preview):
    return [
        (cell.row.commune.name, cell.line.code, cell.old_text, cell.new_text)
        for cell in preview.context["plan"].changing
    ]


@BOTH
def test_template_that_comes_back_untouched_changes_nothing(officer, url, arrangement):
    sheets = downloaded(officer, url, arrangement=arrangement)
    preview, workbook = send(officer, url, sheets)
    assert (workbook.state, workbook.proposals, workbook.faults) == (State.PREVIEWED, [], [])
    assert changes(preview) == []


@BOTH
def test_changed_cells_and_no_others_are_previewed_and_saved(world, officer, url, arrangement):
    before = findings()
    sheets = downloaded(officer, url, arrangement=arrangement)
    put(sheets, world.assessment, "1.1", 70.25)
    put(sheets, world.other, "1.2", "35,5 Đ")
    put(sheets, world.other, "2.1", "CĐ")
    put(sheets, world.other, "2.1", "mới làm", is_note=True)
    put(sheets, world.assessment, "1.2", "đo lại", is_note=True)
    preview, _workbook = send(officer, url, sheets)
    assert sorted(changes(preview)) == [
        ("Bắc Ái", "1.2", "", "35,5 Đ"),
        ("Bắc Ái", "2.1", "", "CĐ"),
        ("Hội Hoan", "1.1", "85,5 Đ", "70,25 K"),
        ("Hội Hoan", "1.2", "30 Đ", "30 Đ"),
    ]
    assert findings() == before
    assert "Đã lưu 4 ô" in text_of(agree(officer, preview))
    assert findings() == before | {
        ("Bắc Ái", "1.2"): (Decimal("35.5"), "met", ""),
        ("Bắc Ái", "2.1"): (None, "basically", "mới làm"),
        ("Hội Hoan", "1.1"): (Decimal("70.25"), "not_met", ""),
        ("Hội Hoan", "1.2"): (30, "met", "đo lại"),
    }
    trail = Score.history.filter(origin="excel")
    assert set(trail.values_list("history_user", flat=True)) == {world.officer.pk}
    assert trail.count() == 4


@BOTH
def test_emptied_cell_takes_the_finding_away_and_keeps_the_note(world, officer, url, arrangement):
    sheets = downloaded(officer, url, arrangement=arrangement)
    put(sheets, world.assessment, "1.2", None)
    preview, _workbook = send(officer, url, sheets)
    assert changes(preview) == [("Hội Hoan", "1.2", "30 Đ", "")]
    agree(officer, preview)
    assert findings()["Hội Hoan", "1.2"] == (None, None, "theo rà soát")


def test_cell_left_alone_undoes_nothing_that_was_entered_meanwhile(world, officer, url):
    sheets = downloaded(officer, url)
    world.save(world.change("1.1", 60, version=1))
    put(sheets, world.other, "1.1", 90)
    preview, _workbook = send(officer, url, sheets)
    assert changes(preview) == [("Bắc Ái", "1.1", "", "90 Đ")]


def test_number_of_excel_is_never_ambiguous(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.2", 1.234)
    preview, _workbook = send(officer, url, sheets)
    assert changes(preview) == [("Bắc Ái", "1.2", "", "1,234")]


def test_rows_may_be_sorted_anew(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.1", 90)
    rows = sheets[1].rows
    rows[4], rows[5] = rows[5], rows[4]
    preview, _workbook = send(officer, url, sheets)
    assert changes(preview) == [("Bắc Ái", "1.1", "", "90 Đ")]


def test_refused_cells_say_where_and_keep_all_out_until_left_out(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.assessment, "1.1", 120)
    put(sheets, world.other, "1.1", 90)
    preview, _workbook = send(officer, url, sheets)
    [sentence] = preview.context["refusals"]
    assert sentence.startswith("Trang “Nhập”, ô D5 (Xã Hội Hoan), 1.1: ")
    assert "lớn hơn 100" in sentence
    again = agree(officer, preview)
    assert "Chưa lưu gì" in text_of(again)
    assert ("Bắc Ái", "1.1") not in findings()
    agree(officer, again, leaves_out="on")
    assert findings()["Bắc Ái", "1.1"] == (90, "met", "")


def test_row_below_the_template_is_not_dropped_in_silence(officer, url):
    sheets = downloaded(officer, url)
    put_at(sheets[1], 9, 3, "90")
    preview, _workbook = send(officer, url, sheets)
    assert preview.context["refusals"] == [
        "Trang “Nhập”, dòng 10 không có trong mẫu nên không được đọc."
    ]


def test_other_area_is_refused_by_row_and_its_findings_stay_unseen(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.1", 61)
    put(sheets, world.other, "1.2", 40)
    put(sheets, world.assessment, "1.1", 90)
    world.save(world.change("1.1", "77.77", assessment=world.other), by=world.officer)
    staff = signed_in(world.staff)
    preview, _workbook = send(staff, url, sheets)
    [sentence] = preview.context["refusals"]
    assert sentence.startswith("Trang “Nhập”, dòng 6: ")
    assert sentence.endswith("(2 ô)")
    assert "77,77" not in text_of(preview)
    agree(staff, preview, leaves_out="on")
    assert findings()["Hội Hoan", "1.1"] == (90, "met", "")
    assert findings()["Bắc Ái", "1.1"] == (Decimal("77.77"), "not_met", "")


def test_closed_period_takes_nothing(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.assessment, "1.1", 90)
    world.period.status = world.period.Status.CLOSED
    world.period.save()
    preview, _workbook = send(officer, url, sheets)
    assert changes(preview) == []
    assert "đã đóng" in preview.context["refusals"][0]


def test_assessment_handed_in_after_the_preview_is_not_written(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.assessment, "1.1", 90)
    preview, workbook = send(officer, url, sheets)
    Assessment.objects.filter(pk=world.assessment.pk).update(state=Assessment.State.SUBMITTED)
    agree(officer, preview)
    workbook.refresh_from_db()
    assert workbook.state == State.PREVIEWED
    assert findings()["Hội Hoan", "1.1"] == (Decimal("85.5"), "met", "")


class TestConflict:
    """Somebody entered another value after the template was made."""

    @pytest.fixture
    def preview(self, world, officer, url):
        sheets = downloaded(officer, url)
        put(sheets, world.assessment, "1.1", 90)
        put(sheets, world.assessment, "1.2", "20 Đ")
        put(sheets, world.other, "1.1", 95)
        world.save(world.change("1.1", 60, version=1), world.change("1.2", 25, "met", version=1))
        return send(officer, url, sheets)[0]

    def value(self, commune, code):
        return findings()[commune, code][0]

    def test_shows_both_values_and_who(self, world, preview):
        [first, _second] = preview.context["conflicts"]
        assert (first.cell.old_text, first.cell.new_text) == ("60 K", "90 Đ")
        assert first.who == world.staff

    def test_nothing_is_saved_before_somebody_chose(self, officer, preview):
        again = agree(officer, preview)
        assert "Hãy chọn" in text_of(again)
        assert ("Bắc Ái", "1.1") not in findings()

    def test_theirs_stay(self, officer, preview):
        agree(officer, preview, about_stale="theirs")
        assert self.value("Hội Hoan", "1.1") == 60
        assert self.value("Bắc Ái", "1.1") == 95

    def test_mine_go_in(self, officer, preview):
        agree(officer, preview, about_stale="mine")
        assert (self.value("Hội Hoan", "1.1"), self.value("Hội Hoan", "1.2")) == (90, 20)

    def test_only_those_ticked_go_in(self, world, officer, preview):
        agree(officer, preview, about_stale="each", mine=f"{world.assessment.pk}-1.2")
        assert (self.value("Hội Hoan", "1.1"), self.value("Hội Hoan", "1.2")) == (60, 20)

    def test_of_one_that_came_after_the_preview_nothing_is_saved(self, world, officer, preview):
        world.save(world.change("1.1", 50, version=2))
        agree(officer, preview, about_stale="mine")
        assert self.value("Hội Hoan", "1.1") == 50
        assert ("Bắc Ái", "1.1") not in findings()


def test_warnings_of_the_form_are_shown_and_keep_nothing_out(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.2", "50 Đ")
    preview, _workbook = send(officer, url, sheets)
    [warned] = preview.context["warned"]
    assert "chưa" in warned.sentences[0] or "không" in warned.sentences[0]
    agree(officer, preview)
    assert findings()["Bắc Ái", "1.2"] == (50, "met", "")


def test_applied_twice_is_written_once(world, officer, url):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.1", 90)
    preview, _workbook = send(officer, url, sheets)
    for _time in range(2):
        agree(officer, preview)
    assert Score.history.filter(origin="excel").count() == 1


def test_crash_in_the_middle_leaves_nothing(world, officer, url, monkeypatch):
    sheets = downloaded(officer, url)
    put(sheets, world.other, "1.1", 90)
    put(sheets, world.assessment, "1.1", 90)
    preview, workbook = send(officer, url, sheets)
    monkeypatch.setattr("criteria.excel.steps._written", lambda *args: 1 / 0)
    before = findings()
    with pytest.raises(ZeroDivisionError):
        agree(officer, preview)
    workbook.refresh_from_db()
    assert workbook.state == State.PREVIEWED
    assert "Chưa lưu gì" in workbook.refusal
    assert findings() == before


def test_costs_the_same_queries_for_any_number_of_communes(
    world, officer, url, django_assert_num_queries
):
    for count in (1, 10):
        communes = [make_commune(district=world.district, name=f"Xã {n}") for n in range(count)]
        made = [world.make_assessment(commune) for commune in communes]
        sheets = downloaded(officer, url)
        for assessment in made:
            put(sheets, assessment, "1.1", 90)
            put(sheets, assessment, "3", "Đ")
        preview, workbook = send(officer, url, sheets)
        with django_assert_num_queries(10):
            officer.get(workbook.get_absolute_url())
        with django_assert_num_queries(23):
            officer.post(workbook.apply_url, {"seen": preview.context["seen"]})
        workbook.refresh_from_db()
        assert workbook.state == State.APPLIED
        with django_assert_num_queries(16):
            officer.post(workbook.undo_url)
