"""Boundaries: what is read, mended and refused."""

import json
import math

import pytest
import shapely

from exitplan.domain.errors import Unreadable
from exitplan.importers.boundaries import read_boundaries

SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
BOW_TIE = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]


def feature(coordinates=SQUARE, code="A-1", kind="Polygon", **properties):
    """One feature of GeoJSON."""
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def read(tmp_path):
    """Read features from a file."""

    def written(*features, code="code", **more):
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), "utf-8")
        return read_boundaries(path, code=code)

    return written


def test_polygons_and_multipolygons_are_read(read):
    """By the property that holds the code, with their other properties."""
    boundaries, report = read(feature(name="North"), feature([SQUARE], "B", "MultiPolygon"))

    assert {code: shape.area for code, shape in boundaries.shapes.items()} == {"A-1": 1.0, "B": 1.0}
    assert boundaries.properties["A-1"]["name"] == "North"
    assert (report.read, report.kept, report.refused) == (2, 2, ())


def test_a_ring_that_crosses_itself_is_mended_and_noted(read):
    """What is left encloses an area and is valid."""
    boundaries, report = read(feature(BOW_TIE))

    assert boundaries.shapes["A-1"].is_valid
    assert boundaries.shapes["A-1"].area == pytest.approx(0.5)
    assert report.notes == ("mended:A-1",)


@pytest.mark.parametrize(
    ("broken", "field", "reason"),
    [
        (feature(code="a b"), "code", "capital letters"),
        (feature(code=None), "code", "capital letters"),
        ({"type": "Feature"}, "code", "capital letters"),
        ("nothing", "code", "capital letters"),
        (feature(code="TWICE"), "code", "no other feature"),
        (feature([0, 0], kind="Point"), "geometry", "a Polygon or MultiPolygon"),
        ({**feature(), "geometry": None}, "geometry", "a Polygon or MultiPolygon"),
        (feature([[[0, 0], [1, 0], [0, 0]]]), "geometry", "four positions"),
        (feature([]), "geometry", "a list of polygons|a list of rings"),
        (feature([[[0, 0], [1, 0], [2, 0], [0, 0]]]), "geometry", "enclose an area"),
        (feature([[[0, 0], [1, "x"], [1, 1], [0, 0]]]), "geometry", "two finite numbers"),
        (feature([[[0, 0], [1, math.nan], [1, 1], [0, 0]]]), "geometry", "two finite numbers"),
        (feature([[[0, 0], [1, math.inf], [1, 1], [0, 0]]]), "geometry", "two finite numbers"),
        (feature([[[0, 0], [True, False], [1, 1], [0, 0]]]), "geometry", "two finite numbers"),
        (feature([[[500000, 0], [500001, 0], [500001, 1], [500000, 0]]]), "geometry", "degrees of longitude"),
        (feature([[[5, 120], [6, 120], [6, 121], [5, 120]]]), "geometry", "look swapped"),
        (feature({"a": 1}), "geometry", "a list of polygons|a list of rings"),
    ],
)
def test_a_broken_feature_is_refused_by_number_and_hides_no_other(read, broken, field, reason):
    """With the field and what was wanted."""
    boundaries, report = read(feature(code="OK"), broken, feature(code="TWICE"), feature(code="OK2"))

    assert {"OK", "OK2"} <= set(boundaries.shapes)
    fault = next(r for r in report.refused if r.line == 2)
    assert fault.field == field
    assert any(part in fault.reason for part in reason.split("|"))
    assert report.read == report.kept + report.refused_rows == 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "FeatureCollection"),
        (b'{"features": 3}', "FeatureCollection"),
        (b'{"features": [], "crs": {"properties": {"name": "EPSG:32629"}}}', "WGS 84"),
        (b'{"features": [' + b"0," * 30_000 + b"0]}", "features"),
    ],
)
def test_a_file_that_holds_no_boundaries_is_refused_whole(tmp_path, content, why):
    """By name."""
    path = tmp_path / "areas.geojson"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=why):
        read_boundaries(path)


def test_what_is_written_is_read_back_and_written_the_same(read, tmp_path):
    """Codes in order, coordinates rounded: equal shapes, equal bytes."""
    boundaries, _ = read(feature(code="B"), feature([[[0.12345678, 0], [1, 0], [1, 1], [0.12345678, 0]]], code="A"))
    path = tmp_path / "again.geojson"
    path.write_text(boundaries.geojson(), "utf-8")

    again, report = read_boundaries(path)

    assert report.kept == 2
    assert again.geojson() == boundaries.geojson()
    assert "0.1235" in boundaries.geojson()


def test_the_real_boundaries_are_read_whole(shared_data):
    """Thirty-six countries, six hundred units, none refused."""
    units = 0
    for path in sorted((shared_data / "admin1").glob("*.geojson")):
        boundaries, report = read_boundaries(path, code="adm1_id")
        assert report.refused == ()
        assert all(shapely.is_valid(shape) for shape in boundaries.shapes.values())
        units += report.kept

    assert units == 600
