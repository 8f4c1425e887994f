"""The parameters that come along are those that the scripts make of the data."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.risk_models import PRIORS, SITE_RISK
from exitplan.importers.surroundings import SURROUNDINGS
from exitplan.usecases.exit_backtest import FILES, country_years
from scripts import build_surroundings, fit_relapse, fit_site_risk
from scripts.risk_file import written


@pytest.mark.slow
def test_the_chances_near_sites_are_made_anew(shared_data):
    """The same data give the same bytes, so nobody has edited a coefficient."""
    assert written(fit_site_risk.HEAD, fit_site_risk.model(shared_data)) == SITE_RISK.read_text("utf-8")


@pytest.mark.slow
def test_the_chances_after_exits_are_made_anew(shared_data):
    """The same, for countries."""
    for name, model in fit_relapse.MADE.items():
        assert written(fit_relapse.HEAD, model(shared_data)) == (PRIORS / name).read_text("utf-8")


def test_what_lies_around_countries_is_made_anew(shared_data):
    """The same data give the same table."""
    assert build_surroundings.surroundings(shared_data) == SURROUNDINGS.read_text("utf-8")


def test_each_border_stands_once():
    """Two different countries, the lower number first, so that both are neighbours of each other."""
    pairs = [(one, other) for one, other, _, _ in build_surroundings.borders()]
    assert all(one < other for one, other in pairs)
    assert len(set(pairs)) == len(pairs)


def test_neighbours_add_up_while_they_are_neighbours(shared_data):
    """Sudan lost its border with Uganda when South Sudan became a State; an island has no neighbours."""
    of = country_years(read_conflict_years(*(shared_data / name for name in FILES)))
    number = build_surroundings.around(of, np.ones(of.conflict.shape))

    def neighbours(gwno: int, year: int) -> float:
        return float(number[of.countries.index(gwno), year - of.first])

    assert [neighbours(500, year) for year in (2010, 2011)] == [5, 5]  # Uganda: one for the other
    assert [neighbours(625, year) for year in (2010, 2011)] == [9, 7]
    assert [neighbours(343, 2007), neighbours(343, 2008)] == [4, 5]  # North Macedonia, and Kosovo from 2008 on
    assert neighbours(580, 2000) == 0
