"""A province's official data as they would be after a draft: nothing is written for it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from communes.models import Commune
from communes.names import sort_key
from targets.boundaries.proposal import Proposal
from targets.progress import Table
from targets.snapshot import Snapshot
from targets.sources import SOURCES, typed


def foreseen(snapshot: Snapshot, proposal: Proposal) -> Snapshot:
    """New units have negative ids, in the order of `proposal.units`."""
    ids = {unit: -number for number, unit in enumerate(proposal.units, start=1)}
    return replace(
        snapshot,
        units=_units(snapshot.units, proposal, ids),
        districts=_ended(snapshot.districts, proposal.districts_ended, proposal),
        parts=_parts(snapshot.parts, proposal, ids),
        _worked_out={},
    )


def _units(units: Table, proposal: Proposal, ids: dict) -> Table:
    paths = SOURCES["units"].paths
    rows = [_row(unit, ids[unit], proposal) for unit in proposal.units]
    made = typed([tuple(row[name] for name in paths) for row in rows], paths, "units")
    made["in_programme"] = np.array([row["kind"] == Commune.Kind.COMMUNE for row in rows], bool)
    index = pd.Index(made.pop("id"), name="id")
    return _joined(_ended(units, proposal.ended, proposal), made, index)


def _row(unit, pk: int, proposal: Proposal) -> dict:
    shared = ["code", "name", "kind", "district_id", "is_border", "population"]
    return {name: getattr(unit, name) for name in [*shared, "latitude", "longitude"]} | {
        "id": pk,
        "sort_key": sort_key(unit.name),
        "valid_from": proposal.first_day,
        "valid_to": None,
    }


def _parts(parts: Table, proposal: Proposal, ids: dict) -> Table:
    rows = [
        (
            proposal.first_day,
            part.old_id,
            ids[part.unit] if part.unit_id else part.into_id,
            part.is_whole,
            part.share_people,
        )
        for part in proposal.parts
    ]
    return _joined(parts, typed(rows, SOURCES["parts"].paths, "parts"))


def _ended(table: Table, ended: list, proposal: Proposal) -> Table:
    last_days = table["valid_to"].copy()
    last_days[table.index.get_indexer([unit.pk for unit in ended])] = np.datetime64(proposal.eve)
    return table.assign(valid_to=last_days)


def _joined(table: Table, more: dict, index: pd.Index | None = None) -> Table:
    columns = {name: _join(column, more[name]) for name, column in table.columns.items()}
    return Table(columns, None if index is None else table.index.append(index))


def _join(first, second):
    if isinstance(first, np.ndarray):
        return np.concatenate([first, second])
    return pd.concat([pd.Series(first), pd.Series(second)]).array
