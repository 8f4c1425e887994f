"""
How an indicator has been moving: the Theil-Sen slope of its last twelve months of data, with Sen's interval.

Written out here (a dozen readings need no library, and importing `scipy.stats` would double the time of `exitplan status`);
tests/engine/readiness/test_trend.py holds it against `scipy.stats.theilslopes`.

References
----------
.. [1] Sen, P. K. (1968). Estimates of the regression coefficient based on Kendall's tau. Journal of the American
       Statistical Association, 63(324), 1379-1389.
.. [2] Theil, H. (1950). A rank-invariant method of linear and polynomial regression analysis, I-III. Proceedings of the
       Royal Netherlands Academy of Sciences, 53.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.kinds import Indicator
from exitplan.domain.months import month_of
from exitplan.domain.results.base import Band
from exitplan.domain.results.readiness import Trend
from exitplan.domain.tables import Reading

TREND_MONTHS = 12
LEAST_READINGS = 3
"""Fewer readings than this give a line, not a trend."""
LEVEL = 0.8
FLAT_SHARE_YEAR = 0.05
"""A year's movement below this share of the indicator's range (of its latest value, where it has none) counts as flat."""
DAYS_IN_MONTH = 365.2425 / 12

Floats = NDArray[np.float64]


def theil_sen(times: Floats, values: Floats, level: float = LEVEL) -> tuple[float, float, float]:
    """
    Median slope of all pairs of points, with Sen's interval.

    Parameters
    ----------
    times, values
        Shape (n,), n of at least 2, with at least two different times; any units.
    level
        Confidence of the interval, between 0 and 1.

    Returns
    -------
    tuple
        Slope, low end, high end, in value units per time unit.

    References
    ----------
    Sen (1968), equations 1.1 and 2.6, with the variance of Kendall's score corrected for ties.
    """
    later, earlier = np.triu_indices(times.size, 1)[::-1]
    apart = times[later] - times[earlier]
    slopes = np.sort((values[later] - values[earlier])[apart != 0] / apart[apart != 0])
    n = times.size
    untied = n * (n - 1) * (2 * n + 5)
    variance = (untied - _ties(times) - _ties(values)) / 18.0
    reach = NormalDist().inv_cdf((1.0 + level) / 2.0) * math.sqrt(max(variance, 0.0))
    last = slopes.size - 1
    low = max(round((slopes.size - reach) / 2.0) - 1, 0)
    high = min(round((slopes.size + reach) / 2.0), last)
    middle = (slopes[last // 2] + slopes[slopes.size // 2]) / 2.0
    return float(middle), float(slopes[low]), float(slopes[high])


def _ties(values: Floats) -> float:
    """What equal values take off the variance of Kendall's score, times 18."""
    times = np.unique(values, return_counts=True)[1]
    return float(np.sum(times * (times - 1) * (2 * times + 5)))


def trend(readings: Sequence[Reading], indicator: Indicator) -> Trend | None:
    """
    The trend over the last twelve months of data; None with fewer than three readings on different days.

    Parameters
    ----------
    readings
        Readings of one series under one definition, in order of date.
    indicator
        Says which direction is better, and the range that makes a movement small.
    """
    if not readings:
        return None
    first = month_of(readings[-1].date) - TREND_MONTHS
    recent = [r for r in readings if month_of(r.date) > first]
    if len({r.date for r in recent}) < LEAST_READINGS:
        return None
    times = np.array([r.date.toordinal() for r in recent], dtype=np.float64) / DAYS_IN_MONTH
    values = np.array([r.value for r in recent], dtype=np.float64)
    slope, low, high = theil_sen(times, values)
    return Trend(
        per_month=Band(value=slope, low=low, high=high, level=LEVEL),
        better=_direction(low, high, indicator, values[-1]),
        readings=len(recent),
    )


def _direction(
    low: float, high: float, indicator: Indicator, latest: float
) -> Literal["better", "worse", "flat", "unclear"]:
    """Which way the interval points, as seen from the indicator's aim."""
    ranged = indicator.low is not None and indicator.high is not None
    scale = (indicator.high or 0.0) - (indicator.low or 0.0) if ranged else abs(latest)
    if 12.0 * max(abs(low), abs(high)) <= FLAT_SHARE_YEAR * scale:
        return "flat"
    if low <= 0.0 <= high:
        return "unclear"
    return "better" if (low > 0.0) == (indicator.better == "higher") else "worse"
