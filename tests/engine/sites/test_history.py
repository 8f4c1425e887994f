"""Histories by hand, and nothing of the future in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.sites.around import RADII, Around
from exitplan.engine.sites.choice import SETS
from exitplan.engine.sites.history import LONG, OFFSET, history

ALL = SETS["full"]


def _near(months: int, **events: float) -> Around:
    """One place, its first month 1000, with events within every radius in some months, given as m3=2."""
    counts = np.zeros((1, len(RADII), months))
    for name, count in events.items():
        counts[0, :, int(name[1:])] = count
    return Around(1000, counts)


def _one(near: Around, at: int, name: str) -> float:
    return float(history(near, np.array([0]), np.array([at]), (name,))[0, 0])


def test_months_since_by_hand():
    """An event last month is 0 months ago; without any it has been quiet for as long as matters."""
    near = _near(20, m3=2)
    assert _one(near, 1004, "since_50") == 0
    assert _one(near, 1010, "since_50") == pytest.approx(np.log(7))
    assert _one(near, 1003, "since_50") == pytest.approx(np.log(1 + LONG))
    assert _one(near, 1000 + 200, "since_50") == pytest.approx(np.log(1 + LONG))


def test_memory_by_hand():
    """Two events halve with every half-life, also beyond the last month of the data."""
    near = _near(20, m3=2)
    assert _one(near, 1004, "memory_50_6") == pytest.approx(np.log(OFFSET + 2))
    assert _one(near, 1010, "memory_50_6") == pytest.approx(np.log(OFFSET + 1))
    assert _one(near, 1028, "memory_50_6") == pytest.approx(np.log(OFFSET + 2 / 16))
    assert _one(near, 1003, "memory_50_6") == pytest.approx(np.log(OFFSET))


def test_before_the_first_month_nothing_is_known():
    """A closure before the data began has the history of a quiet place."""
    assert _one(_near(20, m0=5), 900, "since_25") == pytest.approx(np.log(1 + LONG))
    assert _one(_near(20, m0=5), 900, "memory_25_24") == pytest.approx(np.log(OFFSET))


@given(
    st.lists(st.integers(0, 9), min_size=30, max_size=30),
    st.lists(st.integers(0, 9), min_size=1, max_size=40),
    st.integers(0, 30),
)
def test_what_comes_later_changes_no_bit(past, future, at):
    """Whatever happens from the month of closure on, in however many months, the history is the same to the last bit."""
    before = np.array(past[:at] + [0] * (30 - at), float)
    after = np.array(past[:at] + future, float)
    found = [
        history(Around(1000, np.tile(counts, (1, len(RADII), 1))), np.array([0]), np.array([1000 + at]), ALL).tobytes()
        for counts in (before, after)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["since_33", "memory_50", "memory_50_0", "violence", "since_50_6"])
def test_a_variable_nobody_defined_is_refused(name):
    """A misspelt setting stops, instead of fitting something else."""
    with pytest.raises(InvalidValue):
        _one(_near(5), 1002, name)
