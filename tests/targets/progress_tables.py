"""Small tables for the tests of `targets.progress`: each row names only what it is about."""

from datetime import date

import pandas as pd

from targets.progress import COLUMNS, Plan

PLAN = Plan(first_year=2021, last_year=2025, baseline_on=date(2020, 12, 31))
DEFAULTS = {
    "units": {
        "valid_from": date(2010, 1, 1),
        "in_programme": True,
        "is_border": False,
        "district_id": 1,
    },
    "parts": {"is_whole": True},
    "recognitions": {"grade": "standard", "is_illustrative": False},
    "places": {"grade": "standard", "is_illustrative": False, "district_id": 1},
    "standings": {
        "set_id": 2,
        "grade": "standard",
        "basically": 0,
        "total": 19,
        "is_illustrative": False,
    },
    "sets": {"level": "commune", "grade": "standard"},
    "results": {},
    "targets": {},
    "baselines": {"as_of": PLAN.baseline_on},
    "published": {"source": "the newspaper"},
}
# The old criteria were in use until the end of 2021, the new ones from March 2022.
SETS = [
    {"set_id": 1, "valid_from": date(2016, 10, 17), "valid_to": date(2021, 12, 31)},
    {"set_id": 2, "valid_from": date(2022, 3, 8)},
    {"set_id": 3, "valid_from": date(2022, 3, 8), "grade": "advanced"},
]


def table(name, rows):
    """A table of that name with its types; what a row leaves out is the default or empty.

    Ids that no row names are counted from 0.
    """
    columns = COLUMNS[name]
    frame = pd.DataFrame([DEFAULTS[name] | row for row in rows], columns=list(columns))
    counted = pd.Series(range(len(frame)))
    for column, kind in columns.items():
        values = frame[column].fillna(counted) if kind == "int64" else frame[column]
        frame[column] = values.astype(kind)
    return frame


def units(**rows):
    """Units by name; their ids are 1, 2, 3 … in the order given."""
    named = [{"name": name, "code": name, "sort_key": name} | row for name, row in rows.items()]
    return table("units", named).set_index(pd.Index(range(1, len(named) + 1), name="id"))


def communes(count, **same):
    """That many communes with the ids 1, 2, 3 …"""
    return units(**{f"c{number}": same for number in range(1, count + 1)})


def parts(*rows):
    return table("parts", rows)


def recognitions(*rows):
    return table("recognitions", rows)


def recognised(unit_ids, year=2015, **same):
    """One decision for each of these communes, of the last December day of its year."""
    decided = {"year": year, "decided_on": date(year, 12, 20)} | same
    return recognitions(*({"unit_id": unit} | decided for unit in unit_ids))


def places(*rows):
    return table("places", rows)


def standings(*rows):
    return table("standings", rows)


def sets():
    return table("sets", SETS)


def results(*rows):
    return table("results", rows)


def targets(*rows):
    return table("targets", rows)


def baselines(*rows):
    return table("baselines", rows)


def published(*rows):
    return table("published", rows)


def assessed(*mets, on=date(2022, 12, 31), **same):
    """Verified assessments of communes 1, 2, 3 … at the end of a year."""
    rows = ({"unit_id": unit, "met": met, "period_end": on} for unit, met in enumerate(mets, 1))
    return standings(*(row | same for row in rows))


# The figure for the end of 2020 on the units before that year's merger and after it.
PRINTED = published(
    {
        "metric": "communes_standard",
        "as_of": PLAN.baseline_on,
        "value": 74,
        "base": 207,
        "boundary_on": date(2019, 12, 31),
    },
    {"metric": "communes_standard", "as_of": PLAN.baseline_on, "value": 65, "base": 181},
)
