"""
What came after like months, anywhere: whole paths that followed when some country's past resembled this one's present.

A past month a of any country is an analogue of the origin q with weight

    w(a) = exp(-1/2 sum_k ((m_k(a) - m_k(q)) / width_k)^2) 2^(-(q - a) / h)

m_k being the fading means of ln(1 + deaths). The path that followed it is taken whole, so that months ahead hang together,
and scaled by ((L(q) + f) / (L(a) + f))^s, L being the level of deaths. A month without deaths stays one, and one with
deaths keeps at least one.

References
----------
.. [1] Lorenz, E. N. (1969). Atmospheric predictability as revealed by naturally occurring analogues. Journal of the
       Atmospheric Sciences 26, 636-646.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.engine.country.memory import fading_mean
from exitplan.engine.country.panel import CountryPanel, Floats
from exitplan.engine.country.settings import CountrySettings


@dataclass(frozen=True, kw_only=True)
class Analogues:
    """
    Months that have a whole path after them, and what is compared.

    Parameters
    ----------
    place, month
        Row and column of each candidate, shape (candidates,).
    memories
        Memories of every country and month in units of the widths, shape (3, countries, months).
    level
        Fading mean of deaths, shape (countries, months).
    horizon
        Months of a path.
    """

    panel: CountryPanel
    place: NDArray[np.int64]
    month: NDArray[np.int64]
    memories: Floats
    level: Floats
    horizon: int
    settings: CountrySettings

    @classmethod
    def of(cls, panel: CountryPanel, horizon: int, s: CountrySettings) -> Analogues:
        """Collect the candidates of a panel; there may be none in a short one."""
        known, seen = ~np.isnan(panel.deaths), panel.seen
        whole = np.zeros(known.shape, dtype=np.bool_)
        if panel.months > horizon:
            whole[:, :-horizon] = known[:, :-horizon] & known[:, horizon:]
        place, month = np.nonzero(whole & (seen >= s.analogue_burn))
        memories = [fading_mean(panel, h, np.log1p) / w for h, w in zip(s.half_lives, s.widths, strict=True)]
        level = fading_mean(panel, s.level_half_life, np.asarray)
        return cls(
            panel=panel,
            place=place,
            month=month,
            memories=np.stack(memories),
            level=level,
            horizon=horizon,
            settings=s,
        )

    def weights(self, row: int) -> Floats:
        """Weight of each candidate for one country, the greatest 1; its nearness counts only where its past is known."""
        ln_weight = -(self.panel.months - 1 - self.month) * np.log(2.0) / self.settings.analogue_half_life
        if self.panel.seen[row, -1] > 0:
            away = self.memories[:, self.place, self.month] - self.memories[:, row, -1][:, None]
            ln_weight = ln_weight - 0.5 * np.einsum("kc,kc->c", away, away)
        return np.asarray(np.exp(ln_weight - ln_weight.max()))

    def paths(self, row: int, draws: int, rng: np.random.Generator) -> Floats:
        """
        Paths for one country, by systematic sampling of the weights; there must be a candidate.

        Returns
        -------
        np.ndarray
            Shape (draws, horizon), whole deaths.
        """
        s = self.settings
        reached = np.cumsum(self.weights(row))
        comb = (np.arange(draws) + rng.random()) / max(draws, 1) * reached[-1]
        chosen = rng.permutation(np.minimum(np.searchsorted(reached, comb, side="right"), reached.size - 1))
        place, month = self.place[chosen], self.month[chosen]
        path = self.panel.deaths[place[:, None], month[:, None] + 1 + np.arange(self.horizon)]
        ratio = np.ones(draws)
        if self.panel.seen[row, -1] > 0:
            own = self.level[row, -1] + s.level_floor
            ratio = (own / (self.level[place, month] + s.level_floor)) ** s.level_share
        scaled = np.floor(path * ratio[:, None] + rng.random(path.shape))
        return np.where(path > 0, np.maximum(scaled, 1.0), 0.0)
