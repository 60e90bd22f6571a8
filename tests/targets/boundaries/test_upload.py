"""Units and lines of a draft from an uploaded table."""

from io import BytesIO

import pytest

from tests.ntm_tracker.uploads import xlsx

pytestmark = pytest.mark.django_db


def csv(*rows):
    file = BytesIO("\n".join(rows).encode())
    file.name = "dòng.csv"
    return file


def upload(pages, *rows):
    return pages.post(pages.draft("boundary_upload"), file=csv(*rows))


def test_table_of_a_draft_comes_back_unchanged(pages, merger):
    merger.line(merger.third, merger.unit, "dissolved_split", share_area="0.6")
    merger.line(merger.third, merger.new_unit("99911"), "dissolved_split", share_area="0.4")
    before = content(merger)
    for name in ("boundary_units_file", "boundary_lines_file"):
        file = BytesIO(pages.get(pages.draft(name, kind="xlsx")).content)
        file.name = "bảng.xlsx"
        pages.post(pages.draft("boundary_upload"), file=file)
    assert content(merger) == before


def content(merger):
    units = merger.draft.units.order_by("code").values()
    lines = merger.draft.parts.order_by("old", "unit").values()
    gone = {"id", "source"}
    return [
        [{name: value for name, value in row.items() if name not in gone} for row in rows]
        for rows in (units, lines)
    ]


def test_words_of_both_languages_are_understood(pages, merger):
    upload(
        pages,
        "Mã,Tên,Loại đơn vị,Huyện,Biên giới",
        f"99960,Tân Thanh,Thị trấn,{merger.district.name},có",
    )
    unit = merger.draft.units.get()
    assert (unit.kind, unit.district, unit.is_border) == ("township", merger.district, True)
    assert unit.source == "9/NQ"


def test_percentages_and_commas_are_read_as_shares(pages, merger):
    third = merger.third
    upload(
        pages,
        "old_code;old_name;new_code;new_name;kind;share_area",
        f"{third.code};Tân Minh;99901;Xã Tân Lập;dissolved_split;60%",
        f"{third.code};Tân Minh;{merger.other.code};Kim Đồng;dissolved_split;0,4",
    )
    shares = merger.draft.parts.values_list("share_area", "unit", "into")
    assert [(str(share), unit, into) for share, unit, into in shares] == [
        ("0.60000", merger.unit.pk, None),
        ("0.40000", None, merger.other.pk),
    ]


def test_faults_are_told_by_row_and_column_and_nothing_is_read(pages, merger):
    third = merger.third
    answer = upload(
        pages,
        "Old code,Old unit,New code,New unit,What happens,As a whole,Share of area",
        f"{third.code},Nhầm tên,99901,Tân Lập,merged_into_new,yes,1",
        f"{third.code},Tân Minh,99901,Tân Lập,nổ,yes,1",
        f"{third.code},Tân Minh,99901,Tân Lập,merged_into_new,no,0.5",
    )
    wrong_name, wrong_kind, wrong_whole, wrong_share = answer.context["faults"]
    assert f"row 2, column Old code: found “{third.code} Nhầm tên”" in wrong_name
    assert "row 3, column What happens: found “nổ”; expected one of" in wrong_kind
    assert "row 4, column As a whole: found “no”; expected yes" in wrong_whole
    assert "row 4, column Share of area: found “0.5”; expected 1" in wrong_share
    assert merger.draft.parts.count() == 2


def test_same_line_twice_is_told(pages, merger):
    line = f"{merger.third.code},Tân Minh,99901,Tân Lập,merged_into_new"
    header = "old_code,old_name,new_code,new_name,kind"
    (told,) = upload(pages, header, line, line).context["faults"]
    assert "the same as row 2" in told


def test_lines_of_another_day_are_refused(pages, merger):
    (told,) = upload(
        pages,
        "effective_on,old_code,old_name,new_code,new_name,kind",
        f"2020-01-01,{merger.third.code},Tân Minh,99901,Tân Lập,merged_into_new",
    ).context["faults"]
    assert "found “2020-01-01”; expected 2026-01-01" in told


def test_units_of_a_refused_file_are_not_kept_either(pages, merger):
    def fill(book, units):
        lines = book.add_worksheet("b")
        units.write_row(0, 0, ["code", "name", "kind"])
        units.write_row(1, 0, ["99970", "Mới", "commune"])
        lines.write_row(0, 0, ["old_code", "old_name", "new_code", "new_name", "kind"])
        lines.write_row(1, 0, ["1", "Không có", "99970", "Mới", "merged_into_new"])

    file = BytesIO(xlsx(fill))
    file.name = "b.xlsx"
    answer = pages.post(pages.draft("boundary_upload"), file=file)
    assert len(answer.context["faults"]) == 1
    assert merger.draft.units.get().code == "99901"


def test_table_of_something_else_is_told(pages):
    (told,) = upload(pages, "a,b", "1,2").context["faults"]
    assert told.startswith("No sheet has the columns of lines (Old code, Old unit,")


def test_file_that_is_no_table_is_told(pages, merger):
    file = BytesIO(b"")
    file.name = "a.xlsx"
    (told,) = pages.post(pages.draft("boundary_upload"), file=file).context["faults"]
    assert told.startswith("The file is empty.")
