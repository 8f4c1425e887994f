"""
What the past around a place looks like on the first day of a month, as numbers that a regression can use.

`since_R`: ln(1 + months since the last month with an event within R km), at most `LONG` months. `memory_R_H`:
ln(`OFFSET` + sum of events, each halved every H months). Only months before the one asked for are read. Method page:
docs/methods/site-risk.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from exitplan.domain.errors import InvalidValue
from exitplan.engine.binary.logistic import Floats
from exitplan.engine.sites.around import RADII, Around, Months

LONG = 60.0
"""Months after which it no longer matters how long it has been quiet; also where no event is on record."""
OFFSET = 0.05
"""Events added before the logarithm: half an event, five half-lives ago and more, is nothing."""
NAME = re.compile(r"since_(\d+)|memory_(\d+)_(\d+)")


def history(near: Around, place: Months, at: Months, names: Sequence[str]) -> Floats:
    """
    The named variables for places at the beginning of months.

    Parameters
    ----------
    near
        Events around all places.
    place, at
        Places and month indices, shape (cases,).
    names
        Such as `since_50` or `memory_200_24`; distances out of `RADII`.

    Returns
    -------
    np.ndarray
        Shape (cases, names). Nothing in month `at` or later changes a bit of it.

    Raises
    ------
    InvalidValue
        For a name that is none of these.
    """
    then = np.clip(at - near.first, 0, None)
    return np.column_stack([_column(near, place, then, name) for name in names])


def _column(near: Around, place: Months, then: Months, name: str) -> Floats:
    told = NAME.fullmatch(name)
    radius = float(told[1] or told[2]) if told else 0.0
    if told is None or radius not in RADII or told[3] == "0":
        raise InvalidValue("variable", name, "since_R or memory_R_H with R out of 25, 50, 100, 200, 400")
    counts = near.counts[:, RADII.index(radius)]
    if told[1]:
        return np.log1p(_since(counts, place, then))
    return np.log(OFFSET + _memory(counts, float(told[3]), place, then))


def _since(counts: Floats, place: Months, then: Months) -> Floats:
    months = counts.shape[1]
    last = np.maximum.accumulate(np.where(counts > 0, np.arange(months), -np.inf), axis=1)
    known = np.concatenate([np.full((len(counts), 1), -np.inf), last], axis=1)
    return np.asarray(np.minimum(then - 1 - known[place, np.minimum(then, months)], LONG))


def _memory(counts: Floats, half_life: float, place: Months, then: Months) -> Floats:
    """Month by month, so that what comes later cannot touch the sum of what came before, not even in its last bit."""
    keep = 2.0 ** (-1.0 / half_life)
    months = counts.shape[1]
    sums = np.zeros((len(counts), months + 1))
    for month in range(months):
        sums[:, month + 1] = keep * sums[:, month] + counts[:, month]
    return np.asarray(sums[place, np.minimum(then, months)] * keep ** np.maximum(then - months, 0))
