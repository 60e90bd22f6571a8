"""From GeoJSON to simple areas by code: plain Python and shapely, no Django."""

import json
from collections import Counter

import shapely

from communes.areas.faults import Fault, Unfit

# Names by which files carry the code of a unit, the likeliest first.
KNOWN_NAMES = ["code", "ma_xa", "maxa", "ma", "id", "gid"]
CODE_DIGITS = 5
CODE_CHARS, MOST_LISTED = 20, 500  # of codes that nobody has, which may be anything
POLYGONS = {"Polygon", "MultiPolygon"}
# Where Vietnam lies, in degrees; what lies elsewhere is in another system of coordinates.
WEST, SOUTH, EAST, NORTH = 101.0, 6.0, 118.0, 24.5
# A map some 800 pixels wide shows no more than this many corners.
MOST_CORNERS = 7_000
FINEST, COARSEST = 0.0002, 0.01  # degrees: some 20 m to 1 km
SAME = 1e-6  # corners nearer to each other are one: some 10 cm
PLACES = 4  # decimals of a degree: some 10 m


def areas_of(text: bytes, known: list[str], asked: str = "") -> dict:
    """The areas of a file by code, for units whose codes are `known`.

    Gives the property that held the codes, rings by code, the codes of nobody, those whose area
    was mended, and the number of corners before and after. Raises Unfit.
    """
    features = _features(text)
    name = asked or _property_with_codes(features, set(known))
    by_code = _by_code(features, name)
    ours = {code: shape for code, shape in by_code.items() if code in set(known)}
    if not ours:
        raise Unfit(Fault.NO_CODES, _properties(features))
    shapes = {code: _area(code, geometry) for code, geometry in ours.items()}
    mended = sorted(code for code, shape in shapes.items() if not shape.is_valid)
    whole = {code: _mended(code, shape) for code, shape in shapes.items()}
    simple = simplified(list(whole.values()))
    return {
        "code_property": name,
        "areas": {code: rings_of(shape) for code, shape in zip(whole, simple, strict=True)},
        "unknown": sorted(code[:CODE_CHARS] for code in by_code.keys() - ours.keys())[
            :MOST_LISTED
        ],
        "mended": mended,
        "corners_before": _corners(whole.values()),
        "corners_after": _corners(simple),
    }


def _features(text: bytes) -> list[dict]:
    try:
        data = json.loads(text)
        features = data["features"] if data["type"] == "FeatureCollection" else []
        if not features or not all(isinstance(of["properties"], dict) for of in features):
            raise Unfit(Fault.NOT_GEOJSON)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unfit(Fault.NOT_GEOJSON) from error
    return features


def _code(value) -> str:
    """A code as text; spreadsheets and maps like to drop the zeros in front."""
    text = str(value).strip()
    return text.zfill(CODE_DIGITS) if text.isdigit() else text


def _property_with_codes(features: list[dict], known: set[str]) -> str:
    """The property that holds most of the known codes; of equals, the likeliest by its name."""
    counts = Counter(
        name
        for feature in features
        for name, value in feature["properties"].items()
        if _code(value) in known
    )
    if not counts:
        raise Unfit(Fault.NO_CODES, _properties(features))

    def rank(name: str):
        lower = name.lower()
        place = KNOWN_NAMES.index(lower) if lower in KNOWN_NAMES else len(KNOWN_NAMES)
        return (-counts[name], place, name)

    return min(counts, key=rank)


def _properties(features: list[dict]) -> list[str]:
    return sorted({name for feature in features for name in feature["properties"]})


def _by_code(features: list[dict], name: str) -> dict[str, dict]:
    if not all(name in feature["properties"] for feature in features):
        raise Unfit(Fault.NO_SUCH_PROPERTY, [name, *_properties(features)])
    codes = [_code(feature["properties"][name]) for feature in features]
    twice = sorted(code for code, count in Counter(codes).items() if count > 1)
    if twice:
        raise Unfit(Fault.TWICE, twice)
    return {code: of.get("geometry") for code, of in zip(codes, features, strict=True)}


def _area(code: str, geometry) -> shapely.Geometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        raise Unfit(Fault.NOT_AN_AREA, [code])
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except shapely.errors.ShapelyError as error:
        raise Unfit(Fault.NOT_AN_AREA, [code]) from error
    west, south, east, north = shape.bounds
    if not (WEST <= west <= east <= EAST and SOUTH <= south <= north <= NORTH):
        raise Unfit(Fault.ELSEWHERE, [code])
    return shape


def _mended(code: str, shape: shapely.Geometry) -> shapely.Geometry:
    """The shape without crossings of its own border; of what comes out only areas are kept."""
    whole = shape if shape.is_valid else shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(whole) if part.geom_type in POLYGONS]
    kept = shapely.union_all(parts)
    if not kept.area:
        raise Unfit(Fault.EMPTY_AREA, [code])
    return kept


def simplified(shapes: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """The shapes with fewer corners; what two neighbours share stays shared."""
    tolerance = FINEST
    simple = shapely.coverage_simplify(shapely.set_precision(shapes, SAME), tolerance)
    while _corners(simple) > MOST_CORNERS and tolerance < COARSEST:
        tolerance *= 2
        simple = shapely.coverage_simplify(simple, tolerance)
    return list(simple)


def _corners(shapes) -> int:
    return int(sum(shapely.get_num_coordinates(list(shapes))))


def rings_of(shape: shapely.Geometry) -> list[list[list[float]]]:
    """The rings of an area, holes the other way round, so that a drawing leaves them out."""
    polygons = shapely.get_parts(shapely.orient_polygons(shape))
    return [
        [[round(x, PLACES), round(y, PLACES)] for x, y in shapely.get_coordinates(ring).tolist()]
        for polygon in polygons
        for ring in (polygon.exterior, *polygon.interiors)
    ]
