"""The rows of figures, from the same tables as the pages, their charts and their files."""

from itertools import pairwise

from targets import cards, lists, progress, tables, trends, verdict_tables
from targets.api.figures import picked, plain
from targets.forms import Standpoint
from targets.snapshot import Snapshot

TARGET = [
    "metric",
    "kind",
    "value",
    "value_on",
    "base",
    "of",
    "state_of_truth",
    "is_illustrative",
    "start_on",
    "start_value",
    "low",
    "high",
    "expected",
    "gap",
    "pace_needed",
    "status",
    "target_this_year",
    "is_interpolated",
    "target_final",
    "published_value",
    "published_base",
    "published_on",
]
DISTRICT = ["code", "name", "of", "recognised", "share", "advanced", "model", "mean", "base"]
DISTRICT += ["change", "below", "target", "is_illustrative"]
CRITERION = ["number", "title", "met", "basically", "not_met", "not_applicable", "not_assessed"]
CRITERION += ["base", "share"]
UNIT = ["code", "name", "district"]


def targets(snapshot: Snapshot, at: Standpoint) -> list[dict]:
    """Each target of the plan against what was reached."""
    notes = cards.plan_notes(snapshot)
    return [_target(snapshot, at, row, notes) for row in tables.plan_rows(snapshot, at)]


def _target(snapshot, at, row, notes) -> dict:
    value, base = cards.restated(snapshot, at, row) or (None, None)
    codes = _district_codes(snapshot) if row.lacking else {}
    return picked(row, TARGET) | {
        "year": row.final_year,
        "restated_value": plain(value),
        "restated_base": base,
        "lacking": [codes[pk] for pk in row.lacking],
        "note": cards.note_of(snapshot, row, notes),
    }


def _district_codes(snapshot) -> dict[int, str]:
    return dict(zip(snapshot.districts.index.tolist(), snapshot.districts["code"], strict=True))


def series(snapshot: Snapshot, at: Standpoint, metric: str, kind: str) -> list[dict]:
    """A metric at the ends of quarters, the plan's line and what was published."""
    trend = trends.trend if at.district is None else trends.district_trend
    rows = progress.rows_of(trend(snapshot, at, metric=metric, kind=kind))
    names = [name for name in trends.TREND_COLUMNS if name != "source"]
    return [picked(row, names) | {"source": plain(row.source) or ""} for row in rows]


def districts(snapshot: Snapshot, at: Standpoint) -> list[dict]:
    return [picked(row, DISTRICT) for row in progress.rows_of(tables.districts(snapshot, at))]


def criteria_of(snapshot: Snapshot, at: Standpoint, table) -> list[dict]:
    """The criteria that a matrix has columns for."""
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return [{"number": n, "title": titles[n]} for n in titles if n in table.columns]


def matrix(snapshot: Snapshot, at: Standpoint) -> tuple[list[dict], list[dict]]:
    """The criteria, and each commune with its verdicts on them."""
    table = verdict_tables.matrix(snapshot, at)
    criteria = criteria_of(snapshot, at, table)
    numbers = [of["number"] for of in criteria]
    verdicts = table[numbers].astype(object).itertuples(index=False, name=None)
    units = table[[*UNIT, "rank_name", "counted", "total"]].itertuples(index=False)
    rows = [
        picked(unit, UNIT)
        | {"grade": unit.rank_name, "counted": plain(unit.counted), "total": plain(unit.total)}
        | {"verdicts": dict(zip(map(str, numbers), map(plain, line), strict=True))}
        for unit, line in zip(units, verdicts, strict=True)
    ]
    return criteria, rows


def bottlenecks(snapshot: Snapshot, at: Standpoint) -> list[dict]:
    table = verdict_tables.bottlenecks(snapshot, at)
    return [picked(row, CRITERION) for row in table.itertuples(index=False)]


def next_in_line(snapshot: Snapshot, at: Standpoint) -> list[dict]:
    """Communes not yet recognised that lack one or two criteria, and which."""
    shown = tables.narrow(tables.communes(snapshot, at), at)
    near = progress.next_in_line(shown, shown["rank"])
    ids = near.index.tolist()
    lacking = lists.lacking(snapshot, at, ids)
    titles = snapshot.titles(tables.current_set(snapshot, at))
    return [
        picked(row, [*UNIT, "counted", "total", "missing"])
        | {
            "lacking": [
                {"number": number, "title": titles.get(number, "")}
                for number in lacking.get(pk, [])
            ]
        }
        for pk, row in zip(ids, progress.rows_of(near), strict=True)
    ]


def features(snapshot: Snapshot, at: Standpoint) -> list[dict]:
    """The communes of the map as GeoJSON: each its area, or a point where it has none."""
    table = tables.points(snapshot, at)
    names = [*UNIT, "rank_name", "band", "met", "total", "longitude", "latitude", "rings"]
    return [_feature(row) for row in table[names].itertuples(index=False)]


def _feature(row) -> dict:
    return {
        "type": "Feature",
        "id": row.code,
        "geometry": geometry(row),
        "properties": picked(row, [*UNIT, "met", "total"])
        | {"grade": row.rank_name, "band": plain(row.band) if row.band >= 0 else None},
    }


def geometry(row) -> dict | None:
    if row.rings is not None:
        return area(row.rings)
    point = [plain(row.longitude), plain(row.latitude)]
    return None if None in point else {"type": "Point", "coordinates": point}


def area(rings: list) -> dict:
    """Rings as polygons: an area's border runs against the clock, its holes follow the other way.

    Stored areas run as RFC 7946 asks; each border begins a polygon.
    """
    polygons = []
    for ring in rings:
        if not polygons or _is_border(ring):
            polygons.append([ring])
        else:
            polygons[-1].append(ring)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _is_border(ring: list) -> bool:
    """Does the ring run against the clock? The shoelace formula gives its area with a sign."""
    sides = pairwise(ring)
    return sum(x * then_y - then_x * y for (x, y), (then_x, then_y) in sides) > 0
