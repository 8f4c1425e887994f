"""Scores of chances against other programs and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from exitplan.domain.errors import InvalidValue
from exitplan.engine.binary.verification import auc, reliability, scored, surprising, thirds
from exitplan.engine.streams import stream

P = np.array([0.1, 0.2, 0.2, 0.6, 0.9])
YES = np.array([False, False, True, True, True])


def _rng() -> np.random.Generator:
    return stream(1, "tests", "verification")


def test_auc_is_the_statistic_of_mann_and_whitney():
    """Ties count half: five and a half of six pairs are in order, with half a one."""
    assert auc(P, YES) == pytest.approx(mannwhitneyu(P[YES], P[~YES]).statistic / 6)
    assert auc(P, YES) == pytest.approx(5.5 / 6)
    assert auc(P, np.ones(5, dtype=bool)) is None


def test_every_forecast_is_in_one_bin():
    """An edge belongs to the upper bin, the last edge to the last."""
    bins = reliability(np.array([0.0, 0.2, 0.2, 1.0]), np.array([False, True, False, True]), (0.0, 0.2, 0.5, 1.0))
    assert [(b.cases, b.forecast, b.observed) for b in bins] == [(1, 0.0, 0.0), (2, 0.2, 0.5), (1, 1.0, 1.0)]


def test_thirds_hold_a_third_each():
    """Thirty different forecasts fall in tens."""
    p = np.linspace(0.01, 0.99, 30)
    assert [b.cases for b in reliability(p, p > 0.5, thirds(p))] == [10, 10, 10]


def test_scores_by_hand_and_against_a_twin():
    """The Brier score is a mean of squares, and a forecaster gains nothing on its twin, in no draw."""
    model, twin, half = scored({"model": P, "twin": P, "half": np.full(5, 0.5)}, YES, np.arange(5), _rng, replicates=50)
    assert model.brier.value == pytest.approx((0.01 + 0.04 + 0.64 + 0.16 + 0.01) / 5)
    assert (twin.gain.low, twin.gain.value, twin.gain.high) == (0, 0, 0)
    assert half.gain.value == pytest.approx(0.25 - model.brier.value)
    assert half.log_loss.value == pytest.approx(np.log(2))
    assert model.brier.low <= model.brier.value <= model.brier.high


def test_one_group_has_no_interval():
    """Nothing can be drawn anew from one mission, and the band says so."""
    (found,) = scored({"model": P}, YES, np.zeros(5, dtype=int), _rng)
    assert (found.brier.level, found.auc.level) == (0, 0)
    with pytest.raises(InvalidValue):
        scored({"model": P[:0]}, YES[:0], np.zeros(0, dtype=int), _rng)


def test_far_off_is_below_a_fifth_and_it_happened_or_above_four_fifths_and_not():
    """The edges themselves are not far off."""
    p = np.array([0.19, 0.2, 0.81, 0.8, 0.19, 0.81])
    yes = np.array([True, True, False, False, False, True])
    assert surprising(p, yes).tolist() == [True, False, True, False, False, False]
    assert not surprising(p[:0], yes[:0]).size
