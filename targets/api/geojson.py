"""The schema of the map, as RFC 7946 and the words of `figure_serializers` have it."""

from drf_spectacular.plumbing import build_object_type

from targets.progress import GRADES

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": ["number", "null"]}
POSITION = {
    "type": "array",
    "description": "Longitude and latitude.",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
}


def _list_of(items: dict) -> dict:
    return {"type": "array", "items": items}


def _object(**properties) -> dict:
    return build_object_type(properties, required=list(properties))


def _geometry(name: str, coordinates: dict) -> dict:
    return _object(type={"type": "string", "enum": [name]}, coordinates=coordinates)


RING = _list_of(POSITION) | {"minItems": 4}
GEOMETRY = {
    "oneOf": [
        _geometry("Point", POSITION),
        _geometry("Polygon", _list_of(RING)),
        _geometry("MultiPolygon", _list_of(_list_of(RING))),
        {"type": "null"},
    ]
}
PROPERTIES = _object(
    code=TEXT,
    name=TEXT,
    district=TEXT,
    grade={"type": "string", "enum": ["none", *GRADES]},
    band={"type": ["integer", "null"], "description": "0 all criteria met to 4; null unassessed."},
    met=NUMBER,
    total=NUMBER,
)
FEATURE = _object(
    type={"type": "string", "enum": ["Feature"]},
    id=TEXT,
    geometry=GEOMETRY,
    properties=PROPERTIES,
)
COLLECTION = _object(
    type={"type": "string", "enum": ["FeatureCollection"]},
    province=TEXT,
    as_of=DAY,
    boundary_day=DAY,
    plan={"type": ["string", "null"]},
    criteria_set={"type": ["string", "null"]},
    data_version={"type": "integer"},
    is_illustrative={"type": "boolean"},
    features=_list_of(FEATURE),
)
