"""Intervals from drawing groups anew."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap

from exitplan.engine.bootstrap import band, drawn_anew
from exitplan.engine.streams import stream


def test_the_interval_is_that_of_another_program():
    """Percentile intervals of a mean, against scipy's, within what two sets of 20,000 draws may differ."""
    values = np.random.default_rng(2).exponential(size=30)
    found = band(values.mean(), values[drawn_anew(30, stream(1, "tests"), 20_000)].mean(axis=1))
    theirs = bootstrap(
        (values,), np.mean, n_resamples=20_000, confidence_level=0.9, method="percentile", rng=np.random.default_rng(3)
    ).confidence_interval
    assert (found.low, found.high) == pytest.approx(tuple(theirs), abs=0.01)
    assert found.level == 0.9


def test_a_single_group_gives_no_interval():
    """No replicate, and a band of level 0 whose ends are the value."""
    rows = drawn_anew(1, stream(1, "tests"))
    assert rows.shape == (0, 1)
    found = band(3.0, np.ones(1)[rows].mean(axis=1))
    assert (found.low, found.value, found.high, found.level) == (3.0, 3.0, 3.0, 0.0)
