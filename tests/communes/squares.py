"""Small invented areas as GeoJSON."""

import json


def ring(x, y, size=0.1):
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def square(code, x=106.0, y=21.0, *, name="code", size=0.1, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring(x, y, size)]}
    return feature(geometry, **{name: code}, **properties)


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
