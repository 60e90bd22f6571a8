"""The arithmetic of progress: pandas in, pandas out, no request and no query.

Pages, charts, API, reports and exports all call it, so that a number is the same everywhere.
"""

from .cards import days_needed, measures_for, plan_line, progress_rows, progress_table
from .compare import district_table, published_beside, published_days
from .frames import (
    COLUMNS,
    GRADES,
    RANKS,
    Plan,
    Table,
    Tables,
    days_of,
    empty,
    flags_of,
    ids_of,
    rows_of,
    words_of,
)
from .lists import band_of, bands, below, bottlenecks, fell_back, next_in_line
from .measures import METRICS, Measures
from .plan import Assessment, Start, Status, assess, expected, expected_series
from .recognition import count_series, recognised_at
from .restate import (
    lost_by_merger,
    restate_criteria,
    restate_recognised,
    restate_values,
    whole_predecessors,
)
from .series import Share, metric_series, recognised_count
from .standing import Mean, mean_criteria, mean_series, set_in_force, standing_at
from .units import in_force, lineage

__all__ = [
    "COLUMNS",
    "GRADES",
    "METRICS",
    "RANKS",
    "Assessment",
    "Mean",
    "Measures",
    "Plan",
    "Share",
    "Start",
    "Status",
    "Table",
    "Tables",
    "assess",
    "band_of",
    "bands",
    "below",
    "bottlenecks",
    "count_series",
    "days_needed",
    "days_of",
    "district_table",
    "empty",
    "expected",
    "expected_series",
    "fell_back",
    "flags_of",
    "ids_of",
    "in_force",
    "lineage",
    "lost_by_merger",
    "mean_criteria",
    "mean_series",
    "measures_for",
    "metric_series",
    "next_in_line",
    "plan_line",
    "progress_rows",
    "progress_table",
    "published_beside",
    "published_days",
    "recognised_at",
    "recognised_count",
    "restate_criteria",
    "restate_recognised",
    "restate_values",
    "rows_of",
    "set_in_force",
    "standing_at",
    "whole_predecessors",
    "words_of",
]
