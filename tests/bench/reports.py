"""Time the documents of a province with 175 communes: asked for, made, kept."""

import gc
import io
import resource
import sys
import time
from datetime import date

import django
from django.core.management import call_command
from django.db import connection

from tests.bench.entry import PROVINCE, calibration

RUNS = 5
AS_OF = date(2025, 6, 30)
# Seconds, on the machine that the figures were set for.
TO_REACH = {("pack", "docx"): 1.0, ("pack", "pdf"): 1.5, ("workbook", "xlsx"): 1.0}


def measure(user) -> dict[tuple[str, str], list[float]]:
    """Each run of another data version, so that nothing is remembered of the one before."""
    from communes.models import Province
    from reports import tasks
    from reports.kinds import KINDS
    from reports.models import Document
    from reports.steps import Wanted, ask

    found = {asked: [] for asked in TO_REACH}
    for _run in range(RUNS):
        for (kind, form), times in found.items():
            Province.objects.filter(code=PROVINCE).raise_data_version()
            province = Province.objects.get(code=PROVINCE)
            wanted = Wanted(KINDS[kind], province, AS_OF, form, "https://ntm.example/")
            begun = time.perf_counter()
            document = ask(wanted, by=user)
            tasks.begin(document)
            times.append(time.perf_counter() - begun)
            document.refresh_from_db()
            assert document.state == Document.State.DONE, document.refusal
    return found


def main() -> None:
    django.setup()
    from accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    call_command("load_illustration", stdout=io.StringIO())
    user = User.objects.create_user(username="bench", password=None, full_name="Bench")
    gc.freeze()
    found = measure(user)
    lines = [
        f"  {kind + ', ' + form:15} first {times[0]:.2f} s, then {min(times[1:]):.2f} s "
        f"(to reach {TO_REACH[kind, form]} s)"
        for (kind, form), times in found.items()
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"\n{connection.vendor}: sum(range(1000)) takes {calibration():.1f} µs\n"
        + "\n".join(lines)
        + f"\n  memory at most {memory:.0f} MB (to reach 400 MB)\n"
    )


if __name__ == "__main__":
    main()
