"""The parameters that come along are those that the scripts make of the data."""

from __future__ import annotations

import pytest

from exitplan.importers.risk_models import RELAPSE, SITE_RISK
from scripts import fit_relapse, fit_site_risk
from scripts.risk_file import written


@pytest.mark.slow
def test_the_chances_near_sites_are_made_anew(shared_data):
    """The same data give the same bytes, so nobody has edited a coefficient."""
    assert written(fit_site_risk.HEAD, fit_site_risk.model(shared_data)) == SITE_RISK.read_text("utf-8")


@pytest.mark.slow
def test_the_chances_after_exits_are_made_anew(shared_data):
    """The same, for countries."""
    assert written(fit_relapse.HEAD, fit_relapse.model(shared_data)) == RELAPSE.read_text("utf-8")
