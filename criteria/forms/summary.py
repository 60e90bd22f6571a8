"""A summary workbook sent, and corrections of how it was understood."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from criteria.excel import summary_words
from criteria.forms.part import PartForm
from criteria.models import WorkbookImport
from criteria.summary.known import Known
from criteria.summary.reading import Reading
from criteria.summary.roles import Column, ColumnKind, Corrections, Row, RowKind

# Rows that are corrected on one page; the others follow when these are understood.
MOST_ROWS = 30


class SummaryForm(PartForm):
    """The workbook, and the period and set it is about."""

    file = forms.FileField(
        label=gettext_lazy("Summary workbook"),
        max_length=WorkbookImport._meta.get_field("filename").max_length,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV."),
        error_messages={"required": gettext_lazy("Choose the workbook first.")},
    )

    district = None

    def offer(self, **choices):
        super().offer(**{name: choices[name] for name in choices.keys() & self.fields.keys()})


class MappingForm(forms.Form):
    """A choice for each column, and for each row that is no plain commune."""

    def __init__(self, data, *, readings: list[Reading], known: Known, said: Corrections):
        super().__init__(data)
        self._known, self._said, self._keys = known, said, {}
        shown = [row for reading in readings for row in reading.rows if _is_open(row)]
        self.more = max(len(shown) - MOST_ROWS, 0)
        columns = {column.key: column for reading in readings for column in _filled(reading)}
        self._columns = [
            (column, self._ask(f"c{n}", column.key, column.heading, self._column_choices))
            for n, column in enumerate(columns.values())
        ]
        self._rows = [
            (row, self._ask(f"r{n}", row.key, row.label, self._row_choices))
            for n, row in enumerate(_first_open(shown))
        ]

    def columns(self):
        """Each column that holds something: it, what it was understood as, its choice."""
        return [
            (c, summary_words.column_meaning(c, self._known), self[n]) for c, n in self._columns
        ]

    def rows(self):
        """The same for rows."""
        return [(r, summary_words.row_meaning(r, self._known), self[n]) for r, n in self._rows]

    @property
    def changes(self) -> dict[str, str]:
        """What is said otherwise than before, by key; of a form that is valid."""
        given = {key: self.cleaned_data[name] for name, key in self._keys.items()}
        return {key: said for key, said in given.items() if said != self._said.get(key, "")}

    def _ask(self, name: str, key: str, label: str, choices) -> str:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            initial=self._said.get(key, ""),
            required=False,
            widget=forms.Select({"class": "form-select-sm", "aria-label": label or _("No name")}),
        )
        self._keys[name] = key
        return name

    @cached_property
    def _column_choices(self):
        targets = self._known.targets.values()
        return [
            ("", _("As understood")),
            (ColumnKind.SKIPPED.value, _("Leave out")),
            (ColumnKind.DISTRICT.value, _("Names of districts")),
            *((f"{ColumnKind.FINDING}:{t.code}", f"{t.code} {t.name}"[:60]) for t in targets),
        ]

    @cached_property
    def _row_choices(self):
        units = sorted(self._known.units.values(), key=lambda unit: (unit.district, unit.name))
        districts = sorted({unit.district for unit in units if unit.district})
        return [
            ("", _("As understood")),
            (RowKind.SKIPPED.value, _("Leave out")),
            (RowKind.TOTAL.value, _("A total")),
            (_("District"), [(f"{RowKind.DISTRICT}:{name}", name) for name in districts]),
            (
                _("Commune"),
                [
                    (f"{RowKind.UNIT}:{u.code}", f"{u.name}, {u.district}".rstrip(", "))
                    for u in units
                ],
            ),
        ]


def _filled(reading: Reading) -> list[Column]:
    return [
        column for column in reading.columns if column.heading or column in reading.unknown_columns
    ]


def _is_open(row: Row) -> bool:
    return bool(row.label) and row.kind not in (RowKind.BLANK, RowKind.UNIT)


def _first_open(rows: list[Row]) -> list[Row]:
    """What is not understood goes first."""
    return sorted(rows, key=lambda row: row.kind is not RowKind.UNKNOWN)[:MOST_ROWS]
