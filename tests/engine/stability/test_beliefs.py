"""Priors become arrays and come back."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import NotFound
from exitplan.engine.stability.beliefs import COMMON, as_priors, beliefs
from exitplan.importers.priors import WEAK, read_priors


def test_learned_priors_come_back_as_they_were_written():
    """Mean, covariance and width of the level, through a set of priors and back, to four digits."""
    weak = read_priors(WEAK)
    before = beliefs(weak)
    assert np.array_equal(before.covariance, np.diag(np.diag(before.covariance)))
    root = 0.3 * np.tril(np.random.default_rng(1).normal(size=(len(COMMON), len(COMMON)))) + np.eye(len(COMMON))
    found = type(before)(before.mean + 0.5, root @ root.T, 0.9)
    priors = as_priors(found, weak, version="x", source="y")
    after = beliefs(priors)
    assert np.allclose(after.mean, found.mean, atol=1e-4)
    assert np.allclose(after.covariance, found.covariance, rtol=2e-3, atol=2e-3)
    assert after.level_sd == pytest.approx(0.9, abs=1e-4)
    assert priors.of("th_co") == weak.of("th_co")
    assert {priors.of(name).mark for name in COMMON} == {"measured"}


def test_a_missing_prior_is_named():
    """By its symbol."""
    priors = read_priors()
    short = priors.model_copy(update={"priors": tuple(p for p in priors.priors if p.symbol != "L12")})
    with pytest.raises(NotFound, match="L12"):
        beliefs(short)
