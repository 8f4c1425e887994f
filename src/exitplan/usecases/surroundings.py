"""What lay around a mission's host country, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exitplan.engine.relapse.years import Surroundings


def around_host(host: Sequence[str]) -> dict[int, Surroundings]:
    """
    Year to what lay around the host at its end, arrays of shape (1, 1).

    Parameters
    ----------
    host
        ISO codes. Nothing is known around a fictional country, around several countries at once, or where refugees are not
        counted (Kosovo, Taiwan).
    """
    import numpy as np
    import polars as pl

    from exitplan.engine.relapse.years import Surroundings
    from exitplan.importers.surroundings import read_surroundings

    if len(host) != 1:
        return {}
    rows = read_surroundings().filter(pl.col("iso3") == host[0]).drop_nulls()
    return {
        row["year"]: Surroundings(
            conflict=np.array([[row["conflict"]]]),
            violence=np.array([[row["violence"]]]),
            hosted=np.array([[row["hosted"]]], dtype=np.float64),
            fled=np.array([[row["fled"]]], dtype=np.float64),
        )
        for row in rows.iter_rows(named=True)
    }
