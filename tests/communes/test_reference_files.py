"""A bad reference file is refused whole, and the refusal says where and why."""

import codecs

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from communes.models import AreaGroup, BoundaryChange, ReferenceLoad

pytestmark = pytest.mark.usefixtures("reference")
UNITS = "communes.csv"


@pytest.fixture(autouse=True)
def _nothing_is_written(reference, reference_copy):
    """A good change in an earlier file is not kept either when a later file is bad."""
    loads = ReferenceLoad.objects.count()
    reference_copy.set("area_groups.csv", 2, name="Tên khác")
    yield
    assert not AreaGroup.objects.filter(name="Tên khác").exists()
    assert ReferenceLoad.objects.count() == loads
    version = reference.data_version
    reference.refresh_from_db()
    assert reference.data_version == version


@pytest.mark.parametrize(
    ("file", "column", "text", "expected"),
    [
        (UNITS, "valid_from", "2020-13-01", "a date such as 2020-01-31"),
        (UNITS, "valid_from", "01/01/2020", "a date such as 2020-01-31"),
        (UNITS, "population", "nhiều", "a whole number, zero or more"),
        (UNITS, "population", "-1", "a whole number, zero or more"),
        (UNITS, "population", "12.5", "a whole number, zero or more"),
        (UNITS, "area_km2", "12,5", "a number such as 12.7, with at most 2 decimal places"),
        (UNITS, "area_km2", "12.345", "a number such as 12.7, with at most 2 decimal places"),
        (UNITS, "area_km2", "NaN", "a number such as 12.7, with at most 2 decimal places"),
        (UNITS, "is_border", "1", "yes or no"),
        (UNITS, "kind", "xã", "one of commune, township, ward"),
        (UNITS, "name", "x" * 101, "text of at most 100 characters"),
        (UNITS, "province", "21", "the code of a province in force, in provinces.csv"),
        (UNITS, "district", "999", "the code of a district in force on the unit's first day"),
        ("provinces.csv", "region", "XYZ", "a code in area_groups.csv"),
        ("boundary_changes.csv", "effective_on", "2020-02-30", "a date such as 2020-01-31"),
        ("boundary_change_parts.csv", "share_area", "1.000001", "a number such as 12.7"),
        ("boundary_change_parts.csv", "is_whole", "", "yes or no"),
    ],
)
def test_a_bad_cell_is_named(reference_copy, file, column, text, expected):
    reference_copy.set(file, 2, **{column: text})
    found = f"found “{text}”; expected " if text else "the cell is empty; expected "
    refusal = reference_copy.refusal()
    assert refusal.startswith(f"{file}, row 2, column {column}: {found}{expected}")


@pytest.mark.parametrize("column", ["code", "name", "kind", "province", "valid_from", "source"])
def test_an_empty_cell_that_must_be_filled_is_named(reference_copy, column):
    reference_copy.set(UNITS, 5, **{column: ""})
    assert f"communes.csv, row 5, column {column}: the cell is empty" in reference_copy.refusal()


def test_all_faults_of_a_file_are_named_at_once(reference_copy):
    reference_copy.set(UNITS, 3, population="x", kind="y")
    reference_copy.set(UNITS, 9, code="")
    lines = reference_copy.refusal().splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "communes.csv, row 3, column kind",
        "communes.csv, row 3, column population",
        "communes.csv, row 9, column code",
    ]


def test_of_very_many_faults_the_first_twenty_are_named(reference_copy):
    header, *rows = reference_copy.rows(UNITS)
    reference_copy.write(UNITS, [header, *([*row[:-1], ""] for row in rows)])
    lines = reference_copy.refusal().splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"… and {len(rows) - 20} more faults."


def test_a_missing_file_is_named(reference_copy):
    (reference_copy.folder / UNITS).unlink()
    assert reference_copy.refusal().startswith("communes.csv: the file cannot be read")


def test_an_empty_file_lacks_its_columns(reference_copy):
    (reference_copy.folder / UNITS).write_text("")
    assert "row 1, column code: the column is missing." in reference_copy.refusal()


def test_a_missing_and_an_unknown_column_are_named(reference_copy):
    reference_copy.rename_column(UNITS, "population", "dan_so")
    refusal = reference_copy.refusal()
    assert "communes.csv, row 1, column population: the column is missing." in refusal
    assert "communes.csv, row 1, column dan_so: an unknown column; expected are code," in refusal


def test_a_column_that_is_there_twice_is_named(reference_copy):
    rows = reference_copy.rows(UNITS)
    reference_copy.write(UNITS, [[*row, row[0]] for row in rows])
    assert "row 1, column code: the column is there twice." in reference_copy.refusal()


def test_a_row_with_too_few_cells_is_named(reference_copy):
    rows = reference_copy.rows(UNITS)
    reference_copy.write(UNITS, [*rows[:3], rows[3][:-2], *rows[4:]])
    assert "communes.csv, row 4: found “12”; expected 14 cells." in reference_copy.refusal()


def test_a_row_that_is_there_twice_is_named_with_the_first(reference_copy):
    reference_copy.repeat(UNITS, 7)
    last = len(reference_copy.rows(UNITS))
    assert reference_copy.refusal() == (
        f"communes.csv, row {last}, column code: the same as row 7; each may be there once."
    )


def test_a_unit_that_ends_before_it_begins_is_named(reference_copy):
    row = reference_copy.row_of(UNITS, name="An Sơn")
    reference_copy.set(UNITS, row, valid_to="2019-12-31")
    assert f"row {row}, column valid_to: found “2019-12-31”" in reference_copy.refusal()


def test_units_of_one_code_in_force_on_one_day_are_named(reference_copy):
    old = reference_copy.row_of(UNITS, name="Đại An")
    new = reference_copy.row_of(UNITS, name="An Sơn")
    reference_copy.set(UNITS, old, valid_to="2020-01-01")
    assert reference_copy.refusal() == (
        f"communes.csv, row {new}, column valid_from: in force at the same time as"
        " Commune Đại An, which has the same code."
    )


def test_a_unit_in_force_at_the_same_time_as_a_stored_one_is_named(reference_copy):
    row = reference_copy.row_of(UNITS, code="06283", name="An Sơn")
    reference_copy.set(UNITS, row, valid_from="2020-06-01")
    assert f"row {row}, column valid_from: in force at the same time" in reference_copy.refusal()


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_part_names_code_and_name_of_units_in_force_then(reference_copy, side):
    file = "boundary_change_parts.csv"
    reference_copy.set(file, 2, **{f"{side}_name": "Tên sai"})
    assert f"{file}, row 2, column {side}_code: found “" in reference_copy.refusal()


def test_a_part_names_a_known_change(reference_copy):
    file = "boundary_change_parts.csv"
    reference_copy.set(file, 2, resolution="9/NQ")
    assert f"{file}, row 2, column resolution: found “9/NQ 20 2020-01-01”" in (
        reference_copy.refusal()
    )


def test_a_row_that_breaks_a_rule_of_the_database_is_named(reference_copy):
    reference_copy.set("boundary_change_parts.csv", 2, share_area="1.5")
    refusal = reference_copy.refusal()
    assert refusal.startswith("boundary_change_parts.csv, row 2: ")
    assert "change_part_shares_are_shares" in refusal


def test_a_file_in_another_encoding_is_named_with_the_row(reference_copy):
    path = reference_copy.folder / UNITS
    lines = path.read_bytes().split(b"\n")
    lines[3] += b"\xff"
    path.write_bytes(b"\n".join(lines))
    assert reference_copy.refusal() == (
        "communes.csv, row 4: the file is not in UTF-8; save it as “CSV UTF-8”."
    )


def test_a_file_in_utf_16_is_refused(reference_copy):
    path = reference_copy.folder / UNITS
    path.write_bytes(codecs.BOM_UTF16_LE + path.read_text("utf-8").encode("utf-16-le"))
    assert "communes.csv, row 1: the file is not in UTF-8" in reference_copy.refusal()


def test_a_file_that_is_no_text_is_refused(reference_copy):
    (reference_copy.folder / UNITS).write_bytes(b"code,name\n\0\0")
    assert "communes.csv, row 2: the file is not text" in reference_copy.refusal()


def test_a_file_that_is_no_csv_is_refused(reference_copy):
    with (reference_copy.folder / UNITS).open("a", encoding="utf-8") as lines:
        lines.write('"06999')
    assert "not well-formed CSV" in reference_copy.refusal()


def test_the_command_refuses_in_the_language_of_the_installation(reference_copy, settings):
    reference_copy.set(UNITS, 2, population="nhiều")
    with translation.override("en"), pytest.raises(CommandError) as refusal:
        call_command("load_reference", fixtures=reference_copy.folder)
    assert str(refusal.value) == (
        "communes.csv, dòng 2, cột population: thấy “nhiều”; cần một số nguyên không âm.\n"
        "Không có dữ liệu nào được nạp."
    )


def test_nothing_of_the_first_files_is_loaded_on_an_empty_database_either(reference_copy):
    BoundaryChange.objects.all().delete()
    reference_copy.set("published_figures.csv", 2, as_of="x")
    assert "published_figures.csv, row 2, column as_of" in reference_copy.refusal()
    assert not BoundaryChange.objects.exists()
