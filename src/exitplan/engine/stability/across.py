"""
What many countries teach about one more: priors of the fitted parameters, learned across histories.

Each country's parameters are taken as drawn from one normal distribution. Its mean and covariance are found by expectation
and maximisation with the Laplace approximation in place of the exact posterior; weak beliefs count as a few countries
more, so that little data move them little. Method page: docs/methods/futures.md.

References
----------
.. [1] Dempster, A. P., Laird, N. M., and Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM
       algorithm. Journal of the Royal Statistical Society B 39(1), 1-38.
.. [2] Efron, B., and Morris, C. (1973). Stein's estimation rule and its competitors: an empirical Bayes approach.
       Journal of the American Statistical Association 68, 117-130.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exitplan.engine.stability.beliefs import COMMON, Beliefs
from exitplan.engine.stability.fit import FitSettings, Posterior, laplace_root, maximum
from exitplan.engine.stability.panel import Floats, Panel

ROUNDS = 3
WEAK = 2.0
"""Countries that the weak beliefs count for."""
WEAK_AREAS = 10
"""Areas of each of them."""
LEAST = 20
"""Violent area-months below which a country's history teaches nothing that could be told apart from its prior."""


def learn(panels: Sequence[Panel], weak: Beliefs, settings: FitSettings | None = None, rounds: int = ROUNDS) -> Beliefs:
    """
    Beliefs about a country whose own history is not among the panels.

    Parameters
    ----------
    panels
        Histories, each up to the origin; those with fewer than 20 violent area-months are left out.
    weak
        Beliefs before any history is seen.
    settings
        How histories are read.
    rounds
        Rounds of expectation and maximisation, one or more.

    Returns
    -------
    Beliefs
        The weak ones when no history has enough to teach; the same bits for the same inputs.
    """
    settings = settings or FitSettings()
    taught = [p for p in panels if int((p.deaths > 0).sum()) >= LEAST and p.months > settings.burn_in]
    if not taught:
        return weak
    found: list[Floats | None] = [None] * len(taught)
    now, common = weak, len(COMMON)
    for _ in range(rounds):
        means, doubts, levels = [], [], []
        for k, panel in enumerate(taught):
            posterior = Posterior(panel, now, settings)
            last = found[k]
            theta = maximum(posterior, posterior.centre if last is None else last).theta
            covariance = (root := laplace_root(posterior, theta)) @ root.T
            found[k] = theta
            means.append(theta[:common])
            doubts.append(covariance[:common, :common])
            levels.append(theta[common:] ** 2 + np.diag(covariance)[common:])
        now = _maximised(np.array(means), np.array(doubts), np.concatenate(levels), now, weak)
    return now


def _maximised(means: Floats, doubts: Floats, levels: Floats, last: Beliefs, weak: Beliefs) -> Beliefs:
    """The distribution that countries with these estimates are drawn from."""
    count = means.shape[0]

    def spread(centre: Floats) -> Floats:
        away = means - centre
        return np.asarray(away.T @ away + doubts.sum(axis=0))

    per_country = np.diag(count / np.diag(spread(last.mean) / count))
    trust = np.linalg.inv(weak.covariance)
    mean = np.linalg.solve(per_country + trust, per_country @ means.mean(axis=0) + trust @ weak.mean)
    covariance = (spread(mean) + WEAK * weak.covariance) / (count + WEAK)
    areas = WEAK * WEAK_AREAS
    level = (levels.sum() + areas * weak.level_sd**2) / (levels.size + areas)
    return Beliefs(mean, covariance, float(np.sqrt(level)))
