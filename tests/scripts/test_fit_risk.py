"""The parameters that come along are those that the scripts make of the data."""

from __future__ import annotations

import pytest

from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.risk_models import RELAPSE, SITE_RISK
from exitplan.usecases.exit_backtest import FILES, country_years
from scripts import fit_relapse, fit_site_risk


@pytest.mark.slow
def test_the_chances_near_sites_are_made_anew(shared_data):
    """The same data give the same bytes, so nobody has edited a coefficient."""
    assert fit_site_risk.written(fit_site_risk.model(shared_data)) == SITE_RISK.read_text("utf-8")


@pytest.mark.slow
def test_the_chances_after_exits_are_made_anew(shared_data):
    """The same, for countries."""
    of = country_years(read_conflict_years(*(shared_data / name for name in FILES)))
    assert fit_relapse.written(fit_relapse.model(of)) == RELAPSE.read_text("utf-8")
