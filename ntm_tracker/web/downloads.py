"""A table as a file, as CSV or as a workbook: one way for every page that offers it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import register_converter, reverse

from ntm_tracker.web.tables import to_csv
from ntm_tracker.web.workbooks import to_xlsx

CSV, XLSX = "csv", "xlsx"
WORDS = {XLSX: "Excel", CSV: "CSV"}
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileKind:
    """The end of an address that names a kind of file: `<file_kind:kind>` in urls."""

    regex = f"{CSV}|{XLSX}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "file_kind")


@dataclass(frozen=True)
class Table:
    """What a page shows in rows, to be taken along.

    `notes` say what the reader must know wherever the file goes: filters, as-of day, base, and
    that figures are illustrative where they are. `name` is the file's, without its ending.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Iterable[Iterable]
    notes: Sequence[str] = ()


def answer(table: Table, kind: str) -> HttpResponse:
    """The table as a file to save; `kind` is CSV or XLSX."""
    if kind == XLSX:
        content = to_xlsx(table.title, table.header, table.rows, table.notes)
    else:
        content = to_csv(table.header, table.rows, [table.title, *table.notes])
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.{kind}"'
    return response


def builder_or_404(builders: Mapping[str, Callable], table: str) -> Callable:
    """What makes the table that an address names, of those that a page has."""
    if table not in builders:
        raise Http404
    return builders[table]


def links_to(address: str, query: str = "", **arguments) -> list[tuple[str, str]]:
    """Each kind of file in a word, with where it is; `address` names it, with a `kind` to fill."""
    ending = f"?{query}" if query else ""
    return [
        (word, reverse(address, kwargs=arguments | {"kind": kind}) + ending)
        for kind, word in WORDS.items()
    ]
