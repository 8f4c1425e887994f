"""Small panels and the shipped priors."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.priors import Priors
from exitplan.engine.stability.panel import Panel
from exitplan.importers.priors import read_priors

START = 2000 * 12


@pytest.fixture(scope="session")
def priors() -> Priors:
    """The priors that ship."""
    return read_priors()


@pytest.fixture
def quiet() -> Panel:
    """Two areas, no deaths in three years, not coupled."""
    return Panel(areas=("A", "B"), start=START, deaths=np.zeros((2, 36)))


@pytest.fixture
def lively() -> Panel:
    """Five coupled areas over eight years, violent about every fifth month, with a bad last year in one."""
    rng = np.random.default_rng(5)
    deaths = np.where(rng.random((5, 96)) < 0.2, 1 + rng.geometric(0.2, (5, 96)), 0).astype(float)
    deaths[2, -12:] += 9
    weights = np.ones((5, 5)) / 4
    np.fill_diagonal(weights, 0)
    return Panel(areas=("A", "B", "C", "D", "E"), start=START, deaths=deaths, neighbours=weights)
