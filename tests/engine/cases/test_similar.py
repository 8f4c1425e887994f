"""Distances against a hand-made closed form, intervals against another program, unknown never counted as zero."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from exitplan.domain.cases import Figures
from exitplan.domain.results.cases import CaseProfile
from exitplan.engine.cases.outcomes import outcome
from exitplan.engine.cases.similar import similar, wilson
from tests.engine.cases.test_outcomes import case_of, quiet

HERE = CaseProfile(region="africa", exit="conditions_led", weight="force", per_100k=100.0, deaths_24m=0.0, drawdown=24)


def known(code, **profile):
    """A past exit with a profile, quiet ever since."""
    case = case_of(code=code)
    return case, CaseProfile(**profile), outcome(case, Figures(tuple(quiet())))


def test_the_distance_is_the_mean_over_what_is_known_of_both():
    """Equal region, other kind, and half the range of a logarithm: (0 + 1 + 1/2) / 3."""
    half = math.expm1((math.log1p(100) + math.log1p(0)) / 2)
    there = known("NEAR", region="africa", exit="calendar_led", per_100k=half)
    far = known("FAR", region="asia", exit="calendar_led", per_100k=0.0)

    found = similar(HERE, [there, far]).similar

    assert [line.code for line in found] == ["NEAR", "FAR"]
    assert found[0].distance == pytest.approx(0.5)
    assert (found[0].agree, found[0].differ) == (("region",), ("exit", "per_100k"))
    assert set(found[0].unknown) == {"weight", "active", "deaths_24m", "drawdown"}


def test_an_exit_of_which_too_little_is_known_is_named_and_not_compared():
    """Two variables are no comparison."""
    found = similar(HERE, [known("DARK", region="africa", weight="force")])

    assert found.similar == ()
    assert found.too_little == ("DARK",)
    assert next(r for r in found.rates if r.of == "all" and r.event == "r1-5").cases == 1
    assert next(r for r in found.rates if r.of == "similar" and r.event == "r1-5").rate is None


def test_an_unknown_variable_is_not_a_zero():
    """Leaving a value out gives another distance than a value of zero."""
    one = similar(HERE, [known("A", region="africa", weight="force", drawdown=24, deaths_24m=None)]).similar[0]
    far = [known("A", region="africa", weight="force", drawdown=24, per_100k=0.0)]

    assert one.distance == 0.0
    assert similar(HERE, far).similar[0].distance == pytest.approx(0.25)


@given(st.integers(0, 60), st.integers(0, 60))
def test_wilsons_interval_is_that_of_scipy(hits, misses):
    """Another program gives the same ends."""
    n = hits + misses
    if not n:
        assert wilson(0, 0) == (0.0, 1.0)
        return
    low, high = binomtest(hits, n).proportion_ci(0.8, method="wilson")

    assert wilson(hits, n) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))
