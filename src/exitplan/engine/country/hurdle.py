"""
A hurdle for all countries together: whether a month has deaths, and how many.

    Occurrence   logit P(y > 0) = b0 + alpha + b1 m1 + b2 m2 + b3 m3 + b4 v2 + b5 v3
    Severity     P(Y > k | Y > 0) = (1 + xi k / sigma)^(-1 / xi),   k = 0, 1, 2, ...
                 ln sigma = c0 + 0.3 alpha + c1 m1 + c2 m2 + c3 m3 + c4 v2 + c5 v3

m1, m2, m3 are the fading means of ln(1 + deaths), bounded; v2, v3 those of "had deaths", with the middle and the long
half-life. Slopes belong to all countries, the level alpha to each, held together by its prior. All are estimated at once by
maximum a posteriori with an analytic gradient.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from exitplan.domain.priors import Priors
from exitplan.engine.country.memory import fading_mean
from exitplan.engine.country.panel import CountryPanel, Floats
from exitplan.engine.country.settings import CountrySettings
from exitplan.engine.stability.beliefs import LEVEL, LEVEL_SHARE, OCCURRENCE
from exitplan.engine.stability.fit import ln_size

SEVERITY = ("c0", "c1", "c2", "c3", "c4", "c5")
COMMON = (*OCCURRENCE, *SEVERITY, "ln_xi")
OF_OCCURRENCE = slice(0, len(OCCURRENCE))
OF_SEVERITY = slice(len(OCCURRENCE), len(OCCURRENCE) + len(SEVERITY))
LN_XI = COMMON.index("ln_xi")
OF_LEVELS = slice(len(COMMON), None)


@dataclass(frozen=True, kw_only=True)
class Hurdle:
    """
    Fitted parameters.

    Parameters
    ----------
    occurrence, severity
        b0 to b5 and c0 to c5, shape (6,) each.
    xi
        Tail index, above zero.
    level
        alpha of each country, shape (countries,).
    """

    occurrence: Floats
    severity: Floats
    xi: float
    level: Floats


def features(panel: CountryPanel, s: CountrySettings) -> Floats:
    """m1, m2, m3, v2, v3 after each month, shape (5, countries, months)."""
    sizes = [fading_mean(panel, h, lambda y: np.log1p(np.minimum(y, s.bound))) for h in s.half_lives]
    violent = [fading_mean(panel, h, lambda y: (y > 0).astype(np.float64)) for h in s.half_lives[1:]]
    return np.stack(sizes + violent)


def fit(panel: CountryPanel, priors: Priors, s: CountrySettings) -> Hurdle:
    """
    Fit to everything a panel knows; the priors alone where it knows too little.

    Raises
    ------
    NotFound
        When a prior is missing.
    """
    posterior = _Posterior(panel, priors, s)
    found = minimize(
        posterior.loss, posterior.centre, jac=True, method="L-BFGS-B", options={"maxiter": 300, "gtol": 1e-4}
    )
    at = np.asarray(found.x)
    return Hurdle(
        occurrence=at[OF_OCCURRENCE], severity=at[OF_SEVERITY], xi=float(np.exp(at[LN_XI])), level=at[OF_LEVELS]
    )


class _Posterior:
    """Minus the log posterior, with its gradient. Sums run in a fixed order, without linear-algebra threads."""

    def __init__(self, panel: CountryPanel, priors: Priors, s: CountrySettings) -> None:
        known = ~np.isnan(panel.deaths)
        used = known[:, 1:] & (panel.seen[:, :-1] >= s.burn)
        self.country, month = np.nonzero(used)
        deaths = np.ceil(panel.deaths[:, 1:][used])
        past = features(panel, s)[:, :, :-1][:, used]
        self.countries = len(panel.countries)
        self.design = np.concatenate([np.ones((1, deaths.size)), past])
        self.weight = 2.0 ** (-(panel.months - 2 - month) / s.forgetting)
        self.violent: NDArray[np.bool_] = deaths > 0
        hit = self.violent
        self.hit_design, self.hit_weight, self.hit_country = self.design[:, hit], self.weight[hit], self.country[hit]
        self.censored = deaths[hit] >= s.clip
        self.size = np.minimum(deaths[hit], float(s.clip))
        believed = [priors.of(name) for name in COMMON] + [priors.of(LEVEL)] * self.countries
        self.centre = np.array([p.mean for p in believed])
        self.precision = np.array([p.sd for p in believed]) ** -2.0

    def loss(self, theta: Floats) -> tuple[float, Floats]:
        """Minus the log posterior at `theta`, and its gradient, shape (parameters,)."""
        gradient, alpha = np.zeros_like(theta), theta[OF_LEVELS]
        logit = np.einsum("k,kn->n", theta[OF_OCCURRENCE], self.design) + alpha[self.country]
        value = float(np.sum(self.weight * (self.violent * logit - np.logaddexp(0.0, logit))))
        rest = self.weight * (self.violent - 1.0 / (1.0 + np.exp(-logit)))
        gradient[OF_OCCURRENCE] = np.einsum("kn,n->k", self.design, rest)
        gradient[OF_LEVELS] = np.bincount(self.country, weights=rest, minlength=self.countries)

        ln_sigma = np.einsum("k,kn->n", theta[OF_SEVERITY], self.hit_design) + LEVEL_SHARE * alpha[self.hit_country]
        ln_p, by_sigma, by_xi = ln_size(self.size, self.censored, ln_sigma, theta[LN_XI])
        pull = self.hit_weight * by_sigma
        value += float(np.sum(self.hit_weight * ln_p))
        gradient[OF_SEVERITY] = np.einsum("kn,n->k", self.hit_design, pull)
        gradient[LN_XI] = np.sum(self.hit_weight * by_xi)
        gradient[OF_LEVELS] += LEVEL_SHARE * np.bincount(self.hit_country, weights=pull, minlength=self.countries)

        away = theta - self.centre
        value -= 0.5 * float(np.sum(self.precision * away * away))
        return -value, self.precision * away - gradient
