"""Tables made of all verdicts of a day: by criterion, by commune and criterion, by district."""

from dataclasses import replace

import pandas as pd

from criteria.rules import Verdict
from targets import progress
from targets.forms import Standpoint
from targets.snapshot import Snapshot
from targets.tables import communes, current_set, narrow, results


def bottlenecks(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """Each criterion with how many communes do not meet it, the hardest first.

    Columns: number, title, met, basically, not_met, not_assessed, base (communes assessed), share
    (per cent of the base that meets it).
    """
    shown = narrow(communes(snapshot, at), at)
    table = progress.bottlenecks(results(snapshot, at), shown).reset_index()
    titles = snapshot.titles(current_set(snapshot, at))
    table["title"] = table["number"].map(titles).fillna("")
    table["base"] = table["met"] + table["basically"] + table["not_met"]
    table["share"] = 100 * table["met"] / table["base"].where(table["base"] > 0)
    return table


def matrix(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """Communes by criteria: as `communes`, by district and name, with a verdict for each number.

    Verdict columns are named by the criterion's number; NaN is not assessed.
    """
    table = narrow(communes(snapshot, at), at).frame
    wide = results(snapshot, at).pivot(index="unit_id", columns="number", values="verdict")
    joined = table.join(wide)
    order = {pk: place for place, pk in enumerate(snapshot.districts.index)}
    joined["place"] = joined["district_id"].map(order).fillna(len(order))
    return joined.sort_values(["place", "sort_key"], kind="stable")


def criterion_by_district(snapshot: Snapshot, at: Standpoint) -> pd.DataFrame:
    """Who meets one criterion, district by district, the lowest share first.

    Columns: name, met, basically, base (communes assessed), share (per cent).
    """
    shown = narrow(communes(snapshot, at), replace(at, district=None)).frame
    found = results(snapshot, at)
    found = found[found["number"] == at.criterion].set_index("unit_id")["verdict"]
    verdicts = shown[["district"]].join(found, how="inner")
    verdicts = verdicts[verdicts["verdict"] != Verdict.NOT_APPLICABLE.value]
    grouped = verdicts.groupby("district")["verdict"]
    table = pd.DataFrame(
        {
            "met": grouped.agg(lambda of: int((of == Verdict.MET.value).sum())),
            "basically": grouped.agg(lambda of: int((of == Verdict.BASICALLY.value).sum())),
            "base": grouped.size(),
        }
    ).reset_index(names="name")
    table["share"] = 100 * table["met"] / table["base"]
    return table[table["name"] != ""].sort_values("share", kind="stable")
