"""Paths of the hurdle: each month drawn, remembered, and the next one drawn from what is then remembered."""

from __future__ import annotations

import numpy as np

from exitplan.engine.country.hurdle import Hurdle
from exitplan.engine.country.memory import weights
from exitplan.engine.country.panel import CountryPanel, Floats
from exitplan.engine.country.settings import CountrySettings
from exitplan.engine.stability.beliefs import LEVEL_SHARE

LEAST_CAP = 1000.0
"""Deaths that a month may reach in any case."""
LOGIT_LIMIT = 15.0
LN_SIGMA_LIMIT = 12.0


def cap(panel: CountryPanel) -> float:
    """The most deaths that a month may have: 1,000, or three times the worst month of any country."""
    seen = panel.deaths[~np.isnan(panel.deaths)]
    return max(LEAST_CAP, 3.0 * float(seen.max(initial=0.0)))


def paths(
    model: Hurdle, panel: CountryPanel, row: int, start: Floats, size: tuple[int, int], s: CountrySettings,
    rng: np.random.Generator,
) -> Floats:  # fmt: skip
    """
    Paths of one country.

    Parameters
    ----------
    start
        Its features at the origin, shape (5,).
    size
        Draws and months ahead.

    Returns
    -------
    np.ndarray
        Shape `size`, whole deaths, at most `cap`.
    """
    draws, horizon = size
    most = cap(panel)
    lives = np.array([*s.half_lives, *s.half_lives[1:]])
    decay = 2.0 ** (-1.0 / lives)
    behind = np.array([weights(h, int(panel.seen[row, -1])) for h in lives])
    memory = np.repeat(start[:, None], draws, axis=1)
    deaths = np.zeros(size)
    for t in range(horizon):
        logit = model.occurrence[0] + model.level[row] + np.einsum("k,kd->d", model.occurrence[1:], memory)
        ln_sigma = model.severity[0] + LEVEL_SHARE * model.level[row] + np.einsum("k,kd->d", model.severity[1:], memory)
        chance = 1.0 / (1.0 + np.exp(-np.clip(logit, -LOGIT_LIMIT, LOGIT_LIMIT)))
        scale = np.exp(np.minimum(ln_sigma, LN_SIGMA_LIMIT)) / model.xi
        any_deaths, luck = rng.random(draws) < chance, 1.0 - rng.random(draws)
        count = np.where(any_deaths, np.minimum(1.0 + np.floor(scale * (luck**-model.xi - 1.0)), most), 0.0)
        deaths[:, t] = count
        size_now, violent_now = np.log1p(np.minimum(count, s.bound)), any_deaths.astype(np.float64)
        now = np.stack([size_now] * 3 + [violent_now] * 2)
        kept = (decay * behind)[:, None]
        memory = (memory * kept + now) / (kept + 1.0)
        behind = decay * behind + 1.0
    return deaths
