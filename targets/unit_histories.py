"""What was decided on a commune, and what it was formed from and passed into."""

from dataclasses import replace
from datetime import date

import pandas as pd
from django.db.models import Q

from communes.models import BoundaryChangePart, Commune
from criteria.models import Recognition
from targets.forms import Standpoint
from targets.progress.frames import day_list
from targets.progress.recognition import acts_of, counting
from targets.snapshot import Snapshot
from targets.standing import Sheet, day_of


def commune_at(snapshot: Snapshot, code: str, on: date) -> Commune | None:
    """The commune that bears a code on a day, else the nearest to it, with its district."""
    ours = Commune.objects.filter(province=snapshot.province).select_related("district")
    return ours.at(code, on)


def commune_seen(
    snapshot: Snapshot, code: str, asked: Standpoint
) -> tuple[Commune, Standpoint] | None:
    """As `commune_at`, and the standpoint on it: its own boundaries, a day it is in force."""
    commune = commune_at(snapshot, code, asked.as_of)
    if commune is None:
        return None
    on = day_of(commune, asked.as_of)
    return commune, replace(asked, as_of=on, boundaries_on=None, commune=code)


def recognitions(snapshot, commune, on: date) -> list[dict]:
    """The acts on a commune and its places, and whether each counts on a day; one query."""
    rows = list(Recognition.objects.filter(province=snapshot.province, commune=commune))
    known = pd.concat([snapshot.recognitions.frame, snapshot.places.frame])
    known = known[known["id"].isin([row.pk for row in rows])]
    counts = counting(acts_of(known), day_list([on] * len(known))) if len(known) else []
    counting_ids = {pk for pk, does in zip(known["id"], counts, strict=True) if does}
    return [
        {"row": row, "counts": row.pk in counting_ids, "state": _state(row, counting_ids, on)}
        for row in rows
    ]


def rests_on_illustration(sheets: dict[str, Sheet], acts: list[dict]) -> bool:
    """Does anything that counts for a commune come from the illustration?"""
    return any(of.standing.is_illustrative for of in sheets.values()) or any(
        act["counts"] and act["row"].is_illustrative for act in acts
    )


def _state(row: Recognition, counting_ids: set[int], on: date) -> str:
    if row.revoked_on and row.revoked_on <= on:
        return "revoked"
    return "recognised" if row.pk in counting_ids else "later"


def passages(commune: Commune) -> tuple[list, list]:
    """The parts it was formed from, and those it passed into others by; one query."""
    parts = BoundaryChangePart.objects.filter(Q(old=commune) | Q(new=commune)).select_related(
        "change", "old__district", "new__district"
    )
    ordered = sorted(
        parts, key=lambda part: (part.change.effective_on, not part.is_whole, part.pk)
    )
    return (
        [part for part in ordered if part.new_id == commune.pk],
        [part for part in ordered if part.old_id == commune.pk],
    )
