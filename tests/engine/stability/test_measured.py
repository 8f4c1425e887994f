"""Histories that may have been: within the range of every count, and common to all plans."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np
import pytest
from scipy.stats import triang

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.forecast import _over_histories
from exitplan.engine.stability.futures import Draws, draw
from exitplan.engine.stability.measured import HISTORIES, histories
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.shards import Job
from exitplan.engine.stability.tally import Tally


@pytest.fixture
def ranged(lively) -> Panel:
    """Violent months may have had half as many deaths, or three times as many."""
    return replace(lively, low=np.floor(lively.deaths / 2), high=lively.deaths * 3)


def test_counts_without_a_range_are_one_history(lively):
    """The panel itself, so that nothing is fitted twice."""
    assert not lively.ranged
    assert histories(lively, 1) == (lively,)
    assert histories(lively, 1)[0] is lively


def test_every_history_lies_within_the_range(ranged):
    """Whole deaths between low and high; months without violence stay without."""
    found = histories(ranged, 1)
    assert len(found) == HISTORIES
    for one in found:
        assert np.all((ranged.low <= one.deaths) & (one.deaths <= ranged.high))
        assert np.array_equal(one.deaths, np.rint(one.deaths))
        assert not one.deaths[ranged.deaths == 0].any()
        assert not one.ranged
    assert not np.array_equal(found[0].deaths, found[1].deaths)


def test_a_count_is_drawn_from_a_triangle_over_its_range():
    """Mean and spread over many months of 4 to 40 deaths, best 10, against scipy's distribution."""
    best = np.full((1, 5000), 10.0)
    panel = Panel(areas=("A",), start=0, deaths=best, low=best - 6, high=best + 30)
    drawn = np.concatenate([one.deaths[0] for one in histories(panel, 7)])
    expected = triang(6 / 36, loc=4, scale=36)
    assert drawn.mean() == pytest.approx(expected.mean(), abs=0.2)
    assert drawn.std() == pytest.approx(expected.std(), abs=0.2)


def test_the_seed_decides(ranged):
    """Equal seeds give equal bits, others do not."""
    one, two, other = (histories(ranged, seed)[2].deaths for seed in (3, 3, 4))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_a_range_is_cut_with_its_panel(ranged):
    """`until` keeps the low and high counts of the months it keeps."""
    short = ranged.until(ranged.start + 40)
    assert np.array_equal(short.low, ranged.low[:, :41])
    assert np.array_equal(short.high, ranged.high[:, :41])


def test_a_fit_near_another_finds_the_same_maximum(lively, priors):
    """From the maximum itself the search goes nowhere else."""
    whole = fit(lively, priors)
    again = fit(lively, priors, near=whole)
    assert np.allclose(again.mean, whole.mean, atol=0.02)


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": np.ones((5, 96)) * 9999},  # above the deaths
        {"high": np.zeros((5, 96))},  # below them
        {"low": np.full((5, 96), -1.0)},
        {"high": np.full((5, 96), np.inf)},
        {"low": np.zeros((5, 95))},
        {"high": np.full((5, 96), np.nan)},
    ],
)
def test_ranges_that_make_no_sense_are_refused(lively, wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue, match="low"):
        replace(lively, **wrong)


def test_every_history_has_its_own_fit_luck_and_share(ranged, priors):
    """What is handed out to be counted: four histories, each fitted by itself, with a quarter of the futures and luck of its own."""
    fitted, handed = fit(ranged, priors), []
    job = Job(fitted=fitted, panel=ranged, presence=Presence.unchanged(5, 12), draws=Draws(seed=5, futures=1000))

    def count(*parts: Job) -> Tally:
        handed.extend(parts)
        return reduce(add, (draw(part.fitted, part.panel, part.presence, part.draws) for part in parts))

    tally = _over_histories(job, fitted, count)
    for part, one in zip(handed, histories(ranged, 5), strict=True):
        assert np.array_equal(part.panel.deaths, one.deaths)
        assert np.allclose(part.fitted.mean, fit(one, priors).mean, atol=0.05)
        assert not np.array_equal(part.fitted.mean, fitted.mean)
        assert part.draws.futures == 256
    assert len({part.draws.seed for part in handed} | {5}) == HISTORIES + 1
    assert tally.futures == 1024
