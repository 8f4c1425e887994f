"""Points in areas, against one question at a time to the geometry library."""

from datetime import date

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from exitplan.importers.hosts import Host
from exitplan.importers.placement import Areas, place

EAST, WEST = shapely.box(20, 5, 21, 6), shapely.box(19, 5, 20, 6)
TWO = Areas.of({"EAST": EAST, "WEST": WEST})
HOST = Host(frozenset({"here"}), (("before", date(2000, 1, 1)),))


def events(*rows):
    """Rows of (longitude, latitude, country, where_prec, day)."""
    names = ("longitude", "latitude", "country", "where_prec", "date_start")
    filled = [(*row, *("here", 1, date(1999, 1, 1))[len(row) - 2 :]) for row in rows]
    return pl.DataFrame(filled, schema=names, orient="row")


@pytest.mark.parametrize(
    ("row", "area", "fate"),
    [
        ((20.5, 5.5), "EAST", "kept"),
        ((20.0, 5.5), "EAST", "kept"),  # on the border: the first code in order
        ((21.05, 5.5), "EAST", "kept"),  # a coast drawn too coarsely
        ((21.2, 5.5), "", "unplaced"),  # outside
        ((20.5, 5.5, "here", 3), "EAST", "kept"),  # known to a district
        ((20.5, 5.5, "here", 4), "", "unplaced"),  # known to a region
        ((20.5, 5.5, "here", 6), "", "unplaced"),  # known to the country
        ((20.5, 5.5, "there"), "", "other_country"),  # across the border, in coarse lines
        ((20.5, 5.5, "before", 1, date(2000, 1, 1)), "EAST", "kept"),
        ((20.5, 5.5, "before", 1, date(2000, 1, 2)), "", "other_country"),
        ((21.05, 5.5, "before", 1, date(1999, 1, 1)), "", "other_country"),
        ((20.5, 5.5, "before", 6, date(1999, 1, 1)), "", "other_country"),
        ((5.5, 20.5), "", "swapped"),
        ((5.5, 20.5, "there"), "", "other_country"),
        ((5.5, 20.5, "here", 6), "", "unplaced"),
    ],
)
def test_each_event_has_an_area_or_a_reason(row, area, fate):
    """Only events of the host with a known place are placed."""
    placed = place(events(row), TWO, HOST)

    assert placed.select("area", "fate").row(0) == (area, fate)


def test_a_tolerance_of_nothing_places_nothing_outside():
    """The tolerance is the caller's."""
    assert place(events((21.05, 5.5)), TWO, HOST, tolerance=0.0)["fate"].to_list() == ["unplaced"]
    assert place(events((21.05, 5.5)), TWO, HOST)["near"].to_list() == [True]


def test_without_areas_nothing_is_placed():
    """And nothing breaks."""
    assert place(events((20.5, 5.5)), Areas.of({}), HOST)["fate"].to_list() == ["unplaced"]
    assert place(events((20.5, 5.5)).head(0), TWO, HOST).height == 0


COORDINATE = st.floats(0, 4).map(lambda x: round(x, 1))


@given(points=st.lists(st.tuples(COORDINATE, COORDINATE), min_size=1, max_size=40))
def test_places_are_those_of_one_question_at_a_time(points):
    """Also with repeated points, overlapping areas, holes and several parts."""
    shapes = {
        "A": shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], holes=[[(1, 1), (2, 1), (2, 2), (1, 2)]]),
        "B": shapely.box(2, 2, 4, 4),
        "C": shapely.MultiPolygon([shapely.box(1.2, 1.2, 1.8, 1.8), shapely.box(3.5, 0, 4, 1)]),
    }
    longitude, latitude = (np.array(axis) for axis in zip(*points, strict=True))

    found = Areas.of(shapes).at(longitude, latitude)

    wanted = [
        next((at for at, code in enumerate("ABC") if shapes[code].intersects(shapely.Point(p))), -1) for p in points
    ]
    assert found.tolist() == wanted


def test_the_nearest_of_two_equally_near_is_the_first():
    """So that equal files give equal panels."""
    apart = Areas.of({"B": shapely.box(0, 0, 1, 1), "A": shapely.box(2, 0, 3, 1)})

    assert apart.near(np.array([1.5, 1.4]), np.array([0.5, 0.5]), 1.0).tolist() == [0, 1]
    assert apart.near(np.array([1.5]), np.array([0.5]), 0.1).tolist() == [-1]
