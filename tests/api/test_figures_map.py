"""The map as GeoJSON: areas where there are some, points elsewhere."""

import pytest
import shapely

from communes.models import Commune, CommuneArea
from targets.snapshot import forget_snapshots
from tests.api.page_files import lines_of, number
from tests.factories import make_area_upload, make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/map"
SQUARE = [[106.0, 21.0], [106.4, 21.0], [106.4, 21.4], [106.0, 21.4], [106.0, 21.0]]
HOLE = [[106.1, 21.1], [106.1, 21.3], [106.3, 21.3], [106.3, 21.1], [106.1, 21.1]]
ISLAND = [[107.0, 21.0], [107.1, 21.0], [107.1, 21.1], [107.0, 21.0]]


@pytest.fixture
def reader(client, illustrated, settings):
    settings.PUBLIC_DASHBOARD = True
    return client


def feature_of(client, code):
    return {found["id"]: found for found in client.get(URL).json()["features"]}[code]


def draw(province, code, rings):
    commune = Commune.objects.get(province=province, code=code, valid_to="2025-06-30")
    upload = make_area_upload(province=province, by=make_user())
    CommuneArea.objects.create(commune=commune, upload=upload, rings=rings)
    forget_snapshots()


def test_the_map_has_what_the_map_of_the_page_shows(reader):
    query = {"district": "185"}
    features = reader.get(URL, query).json()["features"]
    lines = lines_of(reader, "chart_file", query, name="map-bands")
    shown = [found["properties"] for found in features]
    assert [[of["code"], of["name"], of["district"], of["met"], of["total"]] for of in shown] == [
        [*line[:3], number(line[3]), number(line[5])] for line in lines
    ]


@pytest.mark.parametrize(("chart", "name"), [("map-grades", "grade"), ("map-bands", "band")])
def test_points_and_classes_are_those_of_the_chart(reader, chart, name):
    features = reader.get(URL).json()["features"]
    drawn = reader.get(f"/provinces/20/charts/{chart}.json").json()["data"]
    classes = [
        sorted(zip(of["x"], of["y"], strict=True)) for of in drawn if of["mode"] == "markers"
    ]
    found = {}
    for of in features:
        points = found.setdefault(of["properties"][name], [])
        points.append(tuple(of["geometry"]["coordinates"]))
    assert sorted(map(sorted, found.values())) == sorted(classes)


def test_an_area_with_a_hole_is_a_polygon_wound_as_the_standard_asks(reader, illustrated):
    draw(illustrated, "06610", [SQUARE, HOLE])
    geometry = feature_of(reader, "06610")["geometry"]
    assert geometry == {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    border, hole = map(shapely.LinearRing, geometry["coordinates"])
    assert (border.is_ccw, hole.is_ccw) == (True, False)


def test_an_area_in_parts_keeps_each_hole_with_its_part(reader, illustrated):
    draw(illustrated, "06610", [SQUARE, HOLE, ISLAND])
    geometry = feature_of(reader, "06610")["geometry"]
    assert geometry == {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [ISLAND]]}


def test_a_commune_whose_place_is_not_known_has_no_geometry(reader, illustrated):
    communes = Commune.objects.filter(province=illustrated, code="06610")
    communes.update(latitude=None, longitude=None)
    assert feature_of(reader, "06610")["geometry"] is None
