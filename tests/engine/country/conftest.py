"""Panels and priors for the country forecast."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.priors import Priors
from exitplan.engine.country.panel import CountryPanel
from exitplan.importers.priors import COUNTRY, read_priors


@pytest.fixture(scope="session")
def priors() -> Priors:
    """The ones that come along."""
    return read_priors(COUNTRY)


@pytest.fixture(scope="session")
def mixed() -> CountryPanel:
    """Six countries over ten years: three quiet, two violent, one that begins late."""
    rng = np.random.default_rng(5)
    deaths = np.zeros((6, 120))
    deaths[0] = rng.poisson(30, 120)
    deaths[1, 40:90] = rng.geometric(0.05, 50)
    deaths[5] = rng.poisson(2, 120)
    deaths[5, :100] = np.nan
    return CountryPanel(countries=("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"), start=24000, deaths=deaths)
