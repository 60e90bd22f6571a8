"""A copy of the reference files that a test may spoil."""

import csv
import shutil

from django.utils import translation

ROW_OF_HEADER = 1


class ReferenceCopy:
    def __init__(self, folder):
        from communes.reference import FIXTURES

        shutil.copytree(FIXTURES, folder)
        self.folder = folder

    def rows(self, file):
        """All lines with the header, as lists of cells."""
        with (self.folder / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))

    def write(self, file, rows):
        with (self.folder / file).open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(rows)

    def row_of(self, file, **cells):
        """The row number (the header is row 1) of the first row with these cells."""
        header, *rows = self.rows(file)
        for number, row in enumerate(rows, start=2):
            if cells.items() <= dict(zip(header, row, strict=True)).items():
                return number
        raise LookupError(cells)

    def set(self, file, row, **cells):
        rows = self.rows(file)
        for column, text in cells.items():
            rows[row - 1][rows[0].index(column)] = text
        self.write(file, rows)

    def rename_column(self, file, old, new):
        rows = self.rows(file)
        rows[0] = [new if name == old else name for name in rows[0]]
        self.write(file, rows)

    def repeat(self, file, row):
        rows = self.rows(file)
        self.write(file, [*rows, rows[row - 1]])

    def load(self):
        from targets.management.commands.load_reference import load_reference

        return load_reference(self.folder)

    def refusal(self):
        """The text of the refusal, in English."""
        from communes.reference_files import BadFile

        with translation.override("en"):
            try:
                self.load()
            except BadFile as error:
                return str(error)
        raise AssertionError("The files were loaded.")
