"""
What a country's past amounts to: means of its months that forget by halves.

    m_t = sum_s 2^(-(t - s) / h) v(y_s) / sum_s 2^(-(t - s) / h)      over known months s <= t

Unlike a sum that starts at nothing, the mean of a short history is not biased towards peace.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from exitplan.engine.country.panel import CountryPanel, Floats


def fading_mean(panel: CountryPanel, half_life: float, value: Callable[[Floats], Floats]) -> Floats:
    """
    The fading mean of a function of deaths, after each month.

    Parameters
    ----------
    half_life
        Months after which a month counts half; above zero.
    value
        What is remembered of deaths, element by element.

    Returns
    -------
    np.ndarray
        Shape (countries, months); 0 before a country's first known month, unchanged after its last.
    """
    decay = 2.0 ** (-1.0 / half_life)
    known = ~np.isnan(panel.deaths)
    worth = np.where(known, value(np.nan_to_num(panel.deaths)), 0.0)
    total, weight = np.zeros(len(panel.countries)), np.zeros(len(panel.countries))
    means = np.zeros(panel.deaths.shape)
    for t in range(panel.months):
        now = known[:, t]
        total = np.where(now, total * decay + worth[:, t], total)
        weight = np.where(now, weight * decay + 1.0, weight)
        means[:, t] = total / np.maximum(weight, 1.0)
    return means


def weights(half_life: float, seen: int) -> float:
    """The sum of weights behind a fading mean of `seen` months, at least one month's."""
    decay = 2.0 ** (-1.0 / half_life)
    return float((1.0 - decay ** max(seen, 1)) / (1.0 - decay))
