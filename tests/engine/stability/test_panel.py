"""Panels check themselves."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.panel import Panel, nearest

GOOD = {"areas": ("A", "B"), "start": 24000, "deaths": np.zeros((2, 24))}
BAD = [
    {"areas": ()},  # no area
    {"areas": ("A", "A")},  # doubled code
    {"deaths": np.zeros((3, 24))},  # one row too many
    {"deaths": np.zeros((2, 11))},  # under a year
    {"deaths": np.zeros(24)},  # not a table
    {"deaths": np.full((2, 24), -1.0)},  # negative deaths
    {"deaths": np.full((2, 24), np.nan)},  # not a number
    {"deaths": np.full((2, 24), np.inf)},  # endless
    {"neighbours": np.eye(2)},  # its own neighbour
    {"neighbours": np.array([[0, 2.0], [1, 0]])},  # row that sums to 2
    {"neighbours": np.array([[0, -1.0], [1, 0]])},  # negative weight
    {"neighbours": np.full((2, 2), np.nan)},  # not a number
    {"neighbours": np.zeros((3, 3))},  # wrong shape
    {"types": ()},  # counts nothing
    {"types": (4,)},  # no such type
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_panel_that_makes_no_sense_is_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        Panel(**{**GOOD, **wrong})


def test_a_panel_cannot_be_changed():
    """Values are frozen, arrays too, and a change of the source array does not reach it."""
    source = np.zeros((2, 24))
    panel = Panel(**{**GOOD, "deaths": source})
    source[0, 0] = 5
    assert panel.deaths.sum() == 0
    with pytest.raises(ValueError, match="read-only"):
        panel.deaths[0, 0] = 1


def test_a_panel_until_an_origin_leaves_out_what_came_later():
    """Nothing after the origin remains, and the origin moves."""
    panel = Panel(areas=("A",), start=24000, deaths=np.arange(24.0)[None])
    earlier = panel.until(24000 + 14)
    assert earlier.origin == 24014
    assert earlier.deaths.max() == 14


@pytest.mark.parametrize("origin", [24000 + 10, 24000 + 24])
def test_an_origin_outside_the_data_is_refused(origin):
    """At least 12 months remain and none is invented."""
    with pytest.raises(InvalidValue):
        Panel(areas=("A",), start=24000, deaths=np.zeros((1, 24))).until(origin)


def test_the_nearest_areas_are_the_nearest_on_the_globe():
    """Across the date line, 179 and -179 are neighbours; rows sum to one."""
    weights = nearest(np.zeros(4), np.array([179.0, -179.0, 0.0, 10.0]), count=1)
    assert weights[0, 1] == weights[1, 0] == weights[2, 3] == weights[3, 2] == 1
    assert np.all(weights.sum(axis=1) == 1)


def test_a_single_area_has_no_neighbour():
    """No weights rather than an error."""
    assert nearest(np.zeros(1), np.zeros(1)).tolist() == [[0.0]]
