"""The history that comes along is what its script makes of the data."""

from __future__ import annotations

import pytest

from exitplan.importers.history import HISTORY
from scripts.build_history import DATA, history


@pytest.mark.skipif(not (DATA / "ucdp_country_month").is_dir(), reason="needs ../shared/data/ucdp_country_month")
def test_the_script_makes_the_same_bytes():
    """Same data, same file."""
    assert history(DATA) == HISTORY.read_text("utf-8")
