"""Exits are found in the country-years, or refused by name."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from exitplan.domain.errors import InputFaults
from exitplan.engine.relapse.years import CountryYears
from exitplan.usecases.exit_backtest import exits_of

NONE = np.zeros((2, 30))
YEARS = CountryYears((450, 530), 1990, NONE > 0, NONE > 0, NONE, NONE, NONE == 0)
"""Two countries, 1990 to 2019."""


def _exits(*rows: tuple[str, int, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=("mission", "gwno", "ended"), orient="row").with_columns(border=pl.lit(False))


def test_exits_stand_at_their_country_and_year():
    """The first year of the data, and the last with five whole years after it, are inside."""
    exits = exits_of(_exits(("A", 530, "1990-01"), ("B", 450, "2014-12")), YEARS)
    assert exits.mission == ("A", "B")
    assert exits.country.tolist() == [1, 0]
    assert exits.year.tolist() == [0, 24]


def test_exits_outside_the_data_are_all_named():
    """A country that is not there, a year before the data, and five years that reach beyond them."""
    rows = _exits(
        ("GOOD", 450, "2000-05"),
        ("WHERE", 999, "2000-05"),
        ("EARLY", 450, "1989-12"),
        ("LATE", 530, "2015-01"),
        ("BOTH", 2, "2024-01"),
    )
    with pytest.raises(InputFaults) as told:
        exits_of(rows, YEARS)
    assert [(f.entry, f.field, f.value) for f in told.value.findings] == [
        ("WHERE", "gwno", "999"),
        ("EARLY", "ended", "1989-12"),
        ("LATE", "ended", "2015-01"),
        ("BOTH", "gwno", "2"),
        ("BOTH", "ended", "2024-01"),
    ]
    assert "from 1990 to 2014" in told.value.findings[1].wanted
