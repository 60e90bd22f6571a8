"""Time the way of 181 communes by 57 scores through a workbook: out, previewed, applied.

As `tests.bench.entry`, on the period that it opens.
"""

import gc
import io
import random
import sys
from collections.abc import Callable

import django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from tests.bench.entry import PROVINCE, RUNS, SignedIn, calibration, open_period, report

TABLE, SHEETS = "template of 181 × 57, one table", "template of 181 × 57, a sheet each"
UPLOAD, PREVIEW, APPLY = "upload and reading of it", "preview of it", "applying it"
ADDRESS = f"/provinces/{PROVINCE}/excel/"


def measure(signed_in: SignedIn) -> dict[str, list[tuple[float, int]]]:
    """Times and queries; each run sends other findings in every cell."""
    found = {TABLE: [], SHEETS: [], UPLOAD: [], PREVIEW: [], APPLY: []}
    for seed in range(RUNS):
        template, *figures = signed_in.ask(f"{ADDRESS}template/?arrangement=table")
        found[TABLE].append(figures)
        _response, *figures = signed_in.ask(f"{ADDRESS}template/?arrangement=sheets")
        found[SHEETS].append(figures)
        sent = {"file": SimpleUploadedFile("bench.xlsx", filled(template.content, seed))}
        answer, *figures = signed_in.ask(f"{ADDRESS}upload/", sent, status=302)
        found[UPLOAD].append(figures)
        page, *figures = signed_in.ask(answer.url)
        found[PREVIEW].append(figures)
        sent = {"seen": seen_in(page)}
        _response, *figures = signed_in.ask(f"{answer.url}apply/", sent, status=302)
        found[APPLY].append(figures)
        assert_applied(seed)
    return found


def filled(content: bytes, seed: int) -> bytes:
    """The template with a finding in every cell, as somebody saves it."""
    from criteria.excel.places import MARK, what
    from ntm_tracker.web.uploaded.reading import read_tables
    from tests.criteria.workbooks import put_at, saved

    dice = random.Random(seed)
    sheets = read_tables(io.BytesIO(content), "bench.xlsx")
    finding = finding_of_code(dice, seed)
    for sheet in sheets:
        if sheet.cell(0, 0).text != MARK:
            continue
        says = [cell.text for cell in sheet.rows[0]]
        for row, cells in enumerate(sheet.rows):
            for column in range(1, len(says)):
                about = cells and what(cells[0].text, says[column])
                if about and not about.is_note:
                    put_at(sheet, row, column, finding(about.code))
    return saved(sheets)


def finding_of_code(dice, seed: int) -> Callable[[str], str]:
    from criteria.models import Indicator
    from tests.bench.entry import SET, cell

    kinds = dict(
        Indicator.objects.filter(criterion__criteria_set__code=SET).values_list("code", "kind")
    )
    return lambda code: cell(kinds.get(code, "verdict"), dice, seed)


def seen_in(page) -> str:
    return page.content.decode().split('name="seen" value="')[1].split('"')[0]


def assert_applied(seed: int):
    from criteria.models import WorkbookImport

    workbook = WorkbookImport.objects.order_by("pk").last()
    assert workbook.state == WorkbookImport.State.APPLIED, (seed, workbook.refusal)
    assert len(workbook.written) > 10_000, len(workbook.written)


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    _period, user = open_period()
    # As the server does before it forks.
    gc.freeze()
    found = measure(SignedIn(user))
    sys.stdout.write(
        f"\n{connection.vendor}: sum(range(1000)) takes {calibration():.1f} µs; times in ms\n"
        f"{report(found, 'Excel')}\n"
    )


if __name__ == "__main__":
    main()
