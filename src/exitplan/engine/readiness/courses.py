"""
Possible courses of an indicator: a damped local trend with shocks and measurement noise, all from its own last 36 months.

    level[t + 1]   = level[t] + damping^(t + 1) * slope + shock,        shock ~ N(0, q) a month; damping drawn
    reading[t]     = level[t] + noise,                                  noise drawn from past deviations, variance r

Both stay inside the indicator's range. Noise is drawn from the series' own deviations, because counts that are mostly zero with
a few peaks are nothing like a normal distribution. q and r come from the moments of the detrended changes d of consecutive readings:
E[d d'] of neighbouring changes is -r, E[d^2] is gap * q + 2 r. docs/methods/readiness.md has the derivation and the limits.

References
----------
.. [1] Harvey, A. C. (1989). Forecasting, structural time series models and the Kalman filter. Cambridge. Sections 2.3, 4.1.
.. [2] Gardner, E. S., and McKenzie, E. (1985). Forecasting trends in time series. Management Science, 31(10), 1237-1246.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.months import month_of
from exitplan.domain.tables import Reading
from exitplan.engine.readiness.trend import theil_sen

HISTORY_MONTHS = 36
LEAST_MONTHS_READ = 6
"""Months with a reading below which a series has too little history to draw courses from."""
DAMPING = (0.9, 1.0)
"""Share of a trend that is left a month later, drawn for each course: from half of it after 6.6 months to a trend that goes on."""
INTERVAL_SPREADS = 2.0 * NormalDist().inv_cdf(0.95)
"""Standard deviations between the low and the high end of a reading, taken as a 90 % interval."""

LIKE_LEVELS = math.log(4.0)
"""Distance beyond the nearest at which a past month is no likeness any more: a quarter of the deaths, or four times as many."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Movement:
    """
    How a series moves.

    Parameters
    ----------
    level, level_sd
        Where it stands at its last reading, and the doubt about it, in the indicator's unit.
    slope, slope_sd
        Change a month, and the doubt about it.
    shock_sd
        Spread of the lasting shocks of one month.
    freedom
        Degrees of freedom behind that spread: the fewer, the wider the doubt about it.
    noise
        Deviations of readings from the level, equally likely; shape (readings,), mean 0.
    """

    level: float
    level_sd: float
    slope: float
    slope_sd: float
    shock_sd: float
    freedom: float
    noise: Floats


def movement(readings: Sequence[Reading]) -> Movement | None:
    """
    Fit a movement to the last 36 months of one series; None with readings in fewer than six months.

    Parameters
    ----------
    readings
        Readings under one definition in order of date. The last of a month speaks for it. Their low and high ends, where given,
        set the least noise that is believed.
    """
    monthly = {month_of(r.date): r for r in readings if month_of(r.date) > month_of(readings[-1].date) - HISTORY_MONTHS}
    if len(monthly) < LEAST_MONTHS_READ:
        return None
    months = np.array(list(monthly), dtype=np.float64)
    values = np.array([r.value for r in monthly.values()], dtype=np.float64)
    slope = theil_sen(months, values)[0]
    gaps = np.diff(months)
    changes = np.diff(values) - slope * gaps
    moved = float(np.mean(changes**2))
    stated = [r.high - r.low for r in monthly.values() if r.low is not None and r.high is not None]
    stated_noise = float(np.mean((np.array(stated) / INTERVAL_SPREADS) ** 2)) if stated else 0.0
    noise = min(max(-float(np.mean(changes[1:] * changes[:-1])), stated_noise, 0.0), moved / 2.0)
    shock = max(moved - 2.0 * noise, 0.0) / float(np.mean(gaps))
    levels, doubt = _filtered(values - slope * (months - months[-1]), gaps, shock, noise)
    span = float(months[-1] - months[0])
    return Movement(
        level=float(levels[-1]),
        level_sd=math.sqrt(doubt),
        slope=slope,
        slope_sd=math.sqrt(shock * span + 2.0 * noise) / span,
        shock_sd=math.sqrt(shock),
        freedom=gaps.size / 2.0,
        noise=_spread(values - slope * (months - months[-1]) - levels, math.sqrt(noise)),
    )


def _filtered(values: Floats, gaps: Floats, shock: float, noise: float) -> tuple[Floats, float]:
    """Level after each reading, and the variance of the last: the Kalman filter of the local level model."""
    levels, doubt = values.copy(), noise
    for at, gap in enumerate(gaps):
        doubt += shock * float(gap)
        weight = doubt / (doubt + noise) if doubt + noise > 0.0 else 1.0
        levels[at + 1] = levels[at] + weight * (values[at + 1] - levels[at])
        doubt *= 1.0 - weight
    return levels, doubt


def _spread(deviations: Floats, sd: float) -> Floats:
    """The same deviations around their mean, scaled to a standard deviation; zeros where they do not spread."""
    centred = deviations - deviations.mean()
    own = float(np.sqrt(np.mean(centred**2)))
    return np.asarray(centred * (sd / own)) if own > 0.0 else np.zeros(deviations.size)


def readings_ahead(
    movement: Movement,
    gaps: Sequence[int],
    *,
    courses: int,
    rng: np.random.Generator,
    low: float | None = None,
    high: float | None = None,
) -> Floats:
    """
    Draw the readings to come.

    Parameters
    ----------
    movement
        How the series moves.
    gaps
        Months from the last reading to the first one ahead, and from each to the next; each 1 or more.
    courses
        Courses drawn, 1 or more.
    rng
        The series' own stream. A longer horizon leaves the nearer readings as they were.
    low, high
        Range of the indicator.

    Returns
    -------
    np.ndarray
        Shape (len(gaps), courses), in the indicator's unit.
    """
    least, most = -np.inf if low is None else low, np.inf if high is None else high
    level = movement.level + movement.level_sd * rng.standard_normal(courses)
    slope = movement.slope + movement.slope_sd * rng.standard_normal(courses)
    damping = rng.uniform(*DAMPING, courses)
    spread = movement.shock_sd * np.sqrt(movement.freedom / rng.chisquare(movement.freedom, courses))
    readings = np.empty((len(gaps), courses))
    for at, gap in enumerate(gaps):
        for _ in range(gap):
            slope = slope * damping
            level = level + slope
        level = level + math.sqrt(gap) * spread * rng.standard_normal(courses)
        level = np.minimum(np.maximum(level, least), most)
        reading = level + movement.noise[rng.integers(0, movement.noise.size, courses)]
        readings[at] = np.minimum(np.maximum(reading, least), most)
    return readings


def months_ahead(levels: Floats, months: int, *, courses: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """
    Past months that stand in for the months to come: a local bootstrap, in which the month after a calm one is drawn from the
    months that came after calm ones.

    Parameters
    ----------
    levels
        How violent each past month was, as ln(1 + deaths in the three months up to it); shape (pool,), 2 or more, oldest first.
    months
        Months to come.
    courses
        Courses drawn.
    rng
        The stream of the violence recorded. A longer horizon leaves the nearer months as they were.

    Returns
    -------
    np.ndarray
        Places in the pool; shape (months, courses).

    References
    ----------
    .. [1] Lall, U., and Sharma, A. (1996). A nearest neighbor bootstrap for resampling hydrologic time series. Water Resources
           Research, 32(3), 679-693.
    .. [2] Paparoditis, E., and Politis, D. N. (2002). The local bootstrap for Markov processes. Journal of Statistical Planning
           and Inference, 108, 301-328.
    """
    apart = np.abs(levels[:, None] - levels[None, :-1])
    likeness = np.maximum(0.0, 1.0 - (apart - apart.min(axis=1, keepdims=True)) / LIKE_LEVELS)
    chances = np.cumsum(likeness / likeness.sum(axis=1, keepdims=True), axis=1)
    chances[:, -1] = 1.0
    places = np.empty((months, courses), dtype=np.int64)
    now = np.full(courses, levels.size - 1)
    for t in range(months):
        now = 1 + (rng.random(courses)[:, None] >= chances[now]).sum(axis=1)
        places[t] = now
    return places
