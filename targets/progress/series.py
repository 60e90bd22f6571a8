"""Single metrics as series, and the headline count on any boundaries."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from .frames import RANKS, Plan, Tables, day_list
from .measures import Measures
from .recognition import recognised_at
from .restate import restate_recognised


class Share(NamedTuple):
    """A count and what it is a part of."""

    value: float
    of: int


def metric_series(
    tables: Tables,
    metric: str,
    dates: Sequence[date],
    plan: Plan | None = None,
    kind: str = "",
    *,
    measures: Measures | None = None,
) -> pd.DataFrame:
    """A metric on many days, indexed by date: value, base, of, is_illustrative.

    `kind` is a kind of target, such as "share" or "new_in_year"; without it the metric's own
    count or mean. `plan` is needed for "new_in_plan" only.
    """
    measures = measures or Measures.over(tables, dates)
    columns = measures.columns(dates)
    reading = measures.read(metric, kind, plan.first_year if plan else 0)
    series = {name: array[columns] for name, array in reading._asdict().items()}
    return pd.DataFrame(series, index=pd.Index(day_list(dates), name="date"))


def recognised_count(
    tables: Tables, on: date, boundaries_of: date | None = None, grade: str = "standard"
) -> Share:
    """Recognised communes of a grade or better, of all in force, on the boundaries of a day.

    NaN communes when no decision is known or the register is incomplete.
    """
    if boundaries_of is None:
        ranks = recognised_at(tables.recognitions, on, tables.units)
    else:
        ranks = restate_recognised(
            tables.units, tables.parts, tables.recognitions, on, boundaries_of
        )
    known = len(tables.recognitions) > 0 and tables.register_is_complete
    count = float((ranks >= RANKS[grade]).sum()) if known else np.nan
    return Share(count, len(ranks))
