"""Reading areas: codes, checks, mending, simplifying."""

import json

import pytest
import shapely

from communes.areas.faults import Fault, Unfit
from communes.areas.shapes import areas_of, rings_of, simplified
from tests.communes.squares import collection, feature, ring, square

KNOWN = ["00101", "00102"]


def fault_of(text, asked=""):
    with pytest.raises(Unfit) as refused:
        areas_of(text, KNOWN, asked)
    return refused.value


def polygon_of(rings):
    return shapely.Polygon(rings[0], rings[1:])


class TestCodes:
    @pytest.mark.parametrize("name", ["code", "MA_XA", "maxa", "mã đơn vị"])
    def test_are_found_under_whatever_name(self, name):
        found = areas_of(collection(square("00101", name=name, label="x")), KNOWN)
        assert found["code_property"] == name
        assert list(found["areas"]) == ["00101"]

    def test_of_two_properties_with_codes_the_usual_name_is_taken(self):
        both = collection(square("00101", old="00101"))
        assert areas_of(both, KNOWN)["code_property"] == "code"

    def test_are_read_from_the_property_that_was_asked_for(self):
        two = collection(square("00101", old="00102"))
        assert list(areas_of(two, KNOWN, "old")["areas"]) == ["00102"]

    @pytest.mark.parametrize("value", [101, "101", " 00101 "])
    def test_get_back_their_zeros(self, value):
        assert list(areas_of(collection(square(value)), KNOWN)["areas"]) == ["00101"]

    def test_of_nobody_are_listed_and_left_out(self):
        found = areas_of(collection(square("00101"), square("99999", 107)), KNOWN)
        assert found["unknown"] == ["99999"]
        assert list(found["areas"]) == ["00101"]

    def test_twice_is_refused_by_name(self):
        fault = fault_of(collection(square("00101"), square("00101", 107)))
        assert (fault.fault, fault.found) == (Fault.TWICE, ["00101"])

    def test_without_any_known_the_properties_are_named(self):
        fault = fault_of(collection(square("99999", ten="A")))
        assert (fault.fault, fault.found) == (Fault.NO_CODES, ["code", "ten"])

    def test_missing_in_a_feature_is_refused(self):
        text = collection(square("00101"), square("00102", name="ma"))
        assert fault_of(text, "code").fault is Fault.NO_SUCH_PROPERTY


class TestRefusals:
    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"{",
            b"[1]",
            b'{"type": "FeatureCollection", "features": []}',
            b'{"type": "FeatureCollection", "features": [7]}',
            b'{"type": "Feature", "properties": {}, "geometry": null}',
            b"\xff\xfe",
            b"[" * 100_000,
        ],
    )
    def test_what_is_no_list_of_features(self, text):
        assert fault_of(text).fault is Fault.NOT_GEOJSON

    @pytest.mark.parametrize(
        "geometry",
        [
            None,
            {"type": "Point", "coordinates": [106, 21]},
            {"type": "Polygon", "coordinates": "x"},
            {"type": "Polygon", "coordinates": [[[106, 21], [107, 21]]]},
        ],
    )
    def test_what_is_no_area(self, geometry):
        fault = fault_of(collection(feature(geometry, code="00101")))
        assert (fault.fault, fault.found) == (Fault.NOT_AN_AREA, ["00101"])

    @pytest.mark.parametrize(("x", "y"), [(21.0, 106.0), (450_000.0, 2_400_000.0), (2.3, 48.8)])
    def test_what_lies_outside_the_country(self, x, y):
        assert fault_of(collection(square("00101", x, y))).fault is Fault.ELSEWHERE

    def test_a_border_that_leaves_no_land(self):
        line = {"type": "Polygon", "coordinates": [[[106, 21], [107, 21], [106, 21], [106, 21]]]}
        assert fault_of(collection(feature(line, code="00101"))).fault is Fault.EMPTY_AREA


def test_a_border_that_crosses_itself_is_mended_and_named():
    bow = [[106, 21], [106.2, 21.2], [106.2, 21], [106, 21.2], [106, 21]]
    found = areas_of(
        collection(feature({"type": "Polygon", "coordinates": [bow]}, code="00101")), KNOWN
    )
    assert found["mended"] == ["00101"]
    assert sum(shapely.Polygon(of).area for of in found["areas"]["00101"]) == pytest.approx(0.02)


def test_neighbours_keep_their_common_border_when_simplified():
    border = [[106.1 + 0.000005 * (n % 2), 21 + n / 200] for n in range(21)]
    west = shapely.Polygon([*border, [106, 21.1], [106, 21]])
    east = shapely.Polygon([*border, [106.2, 21.1], [106.2, 21]])
    less = simplified([west, east])
    assert sum(map(shapely.get_num_coordinates, less)) < 30  # of 48
    assert less[0].intersection(less[1]).area == pytest.approx(0, abs=1e-12)
    assert shapely.union_all(less).area == pytest.approx(0.02, rel=0.01)


def test_a_hole_runs_the_other_way_round():
    shape = shapely.Polygon(ring(106, 21), [ring(106.02, 21.02, 0.02)])
    outer, hole = rings_of(shape)
    assert shapely.is_ccw(shapely.LinearRing(outer)) != shapely.is_ccw(shapely.LinearRing(hole))


def test_heights_are_left_out():
    high = [[x, y, 300] for x, y in ring(106, 21)]
    found = areas_of(
        collection(feature({"type": "Polygon", "coordinates": [high]}, code="00101")), KNOWN
    )
    assert {len(corner) for corner in found["areas"]["00101"][0]} == {2}
    json.dumps(found)
