"""
The country forecast: a linear pool of three readings of the past.

    p(y) = w_1 p_analogues(y) + w_2 p_hurdle(y) + w_3 p_own(y)

A pool of draws is a mixture: each draw is a path of one of the three. Every country has named streams of its own, so the
numbers of one do not depend on how many threads there are, nor on other countries beyond the common fit, the analogues that they
lend and the worst month of them all, which caps a path.

References
----------
.. [1] Stone, M. (1961). The opinion pool. Annals of Mathematical Statistics 32(4), 1339-1342.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine.country import hurdle, simulate
from exitplan.engine.country.analogues import Analogues
from exitplan.engine.country.panel import CountryPanel, Floats
from exitplan.engine.country.recent import own_months
from exitplan.engine.country.settings import CountrySettings
from exitplan.engine.streams import stream

Deaths = NDArray[np.int64]
PARTS = ("analogues", "hurdle", "own-months")


def forecast(
    panel: CountryPanel,
    priors: Priors,
    *,
    horizon: int,
    draws: int,
    seed: int = 1,
    settings: CountrySettings | None = None,
) -> Deaths:
    """
    Draws of every country's deaths in each month after the origin.

    Parameters
    ----------
    panel
        What is known at the origin.
    priors
        Of the hurdle (`library/priors/country.yaml`).
    horizon, draws
        Months ahead and draws, 1 or more.
    seed
        Zero or more; equal inputs and seeds give equal bits.

    Returns
    -------
    np.ndarray
        Shape (draws, countries, horizon), whole deaths.

    Raises
    ------
    InvalidValue
        When the horizon or the draws are fewer than one, or the seed is negative.
    NotFound
        When a prior is missing.
    """
    s = settings or CountrySettings()
    for name, value in (("horizon", horizon), ("draws", draws)):
        if value < 1:
            raise InvalidValue(name, value, "one or more")
    model, start = hurdle.fit(panel, priors, s), hurdle.features(panel, s)[:, :, -1]
    like = Analogues.of(panel, horizon, s)
    out = np.zeros((draws, len(panel.countries), horizon), dtype=np.int64)
    for row, country in enumerate(panel.countries):
        known = bool(panel.seen[row, -1] > 0)
        counts = _allotted(draws, s.shares, (like.place.size > 0, known or like.place.size == 0, known))
        rngs = [stream(seed, "country", part, country) for part in PARTS]
        made: list[Floats] = []
        if counts[0]:
            made.append(like.paths(row, counts[0], rngs[0]))
        if counts[1]:
            made.append(simulate.paths(model, panel, row, start[:, row], (counts[1], horizon), s, rngs[1]))
        if counts[2]:
            made.append(own_months(panel, row, (counts[2], horizon), s, rngs[2]))
        out[:, row] = np.concatenate(made)
    return out


def _allotted(draws: int, shares: tuple[float, ...], usable: tuple[bool, ...]) -> tuple[int, ...]:
    """Draws of each part by its share among the usable ones, the largest remainders rounded up."""
    share = np.array(shares) * np.array(usable)
    share = np.array(usable) / sum(usable) if share.sum() == 0 else share / share.sum()
    whole = np.floor(share * draws + 1e-9).astype(int)
    short = draws - int(whole.sum())
    whole[np.argsort(-(share * draws - whole), kind="stable")[:short]] += 1
    return tuple(int(n) for n in whole)
