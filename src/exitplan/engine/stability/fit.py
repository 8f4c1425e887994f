"""
Fit the bounded-memory hurdle: how likely a violent month is, and how many deaths it brings.

Occurrence   logit P(y > 0) = b0 + alpha + b1 e1 + b2 e2 + b3 e3 + b4 s + b5 n
Severity     P(Y > k | Y > 0) = (1 + xi k / sigma)^(-1 / xi),  k = 0, 1, 2, ...
             ln sigma = c0 + 0.3 alpha + c1 e1 + c2 e2 + c3 e3 + c5 n

e1, e2, e3 are the area's memories, s the neighbours', n the country's (`engine.stability.memory`). All parameters are
estimated together by maximum a posteriori with an analytic gradient; their doubt is the Laplace approximation there.
Method page: docs/methods/futures.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine.stability.memory import remember
from exitplan.engine.stability.panel import Floats, Panel

OCCURRENCE = ("b0", "b1", "b2", "b3", "b4", "b5")
SEVERITY = ("c0", "c1", "c2", "c3", "c5")
COMMON = (*OCCURRENCE, *SEVERITY, "ln_xi")
LEVEL_SHARE = 0.3
"""Share of an area's level (alpha) that also raises its severity."""


@dataclass(frozen=True, kw_only=True)
class FitSettings:
    """
    How history is read.

    Parameters
    ----------
    burn_in
        First months that only fill the memories; zero or more.
    forgetting
        Months in which a past month loses half of its weight; above zero, infinite for none.
    clip
        Deaths from which the exact size of an area-month is not used, only that it was at least this (a censored
        observation): one catastrophe must not set the scale of all later months. At least 1.
    """

    burn_in: int = 12
    forgetting: float = 60.0
    clip: int = 100

    def __post_init__(self) -> None:
        if not self.burn_in >= 0:
            raise InvalidValue("FitSettings.burn_in", self.burn_in, "zero or more months")
        if not self.forgetting > 0:
            raise InvalidValue("FitSettings.forgetting", self.forgetting, "months above zero")
        if not self.clip >= 1:
            raise InvalidValue("FitSettings.clip", self.clip, "one death or more")


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """
    A fitted model: the most credible parameters and their doubt.

    Parameters
    ----------
    names
        Parameter names: the common ones, then `alpha:AREA` for each area.
    mean
        Maximum a posteriori, shape (parameters,).
    root
        Lower-triangular root of the Laplace covariance, shape (parameters, parameters).
    priors
        The priors used; the unfitted effects of presence are drawn from them.
    rounds
        Iterations of the optimiser.
    converged
        Whether the optimiser met its tolerance.
    """

    names: tuple[str, ...]
    mean: Floats
    root: Floats
    priors: Priors
    rounds: int
    converged: bool

    def value(self, name: str) -> float:
        """The estimate of one parameter."""
        return float(self.mean[self.names.index(name)])

    def sd(self, name: str) -> float:
        """The standard deviation of one parameter under the Laplace approximation."""
        row = self.root[self.names.index(name)]
        return float(math.sqrt(np.sum(row * row)))

    @classmethod
    def certain(cls, values: dict[str, float], areas: tuple[str, ...], priors: Priors) -> Fitted:
        """A model whose parameters are known exactly: names left out are 0, areas have no level of their own."""
        unknown = sorted(set(values) - set(COMMON) - {f"alpha:{a}" for a in areas})
        if unknown:
            raise InvalidValue("values", ", ".join(unknown), f"some of {', '.join(COMMON)} or alpha:AREA")
        names = (*COMMON, *(f"alpha:{a}" for a in areas))
        mean = np.array([values.get(name, 0.0) for name in names])
        return cls(
            names=names, mean=mean, root=np.zeros((len(names), len(names))), priors=priors, rounds=0, converged=True
        )


def fit(panel: Panel, priors: Priors, settings: FitSettings | None = None) -> Fitted:
    """
    Fit the model to a panel.

    Parameters
    ----------
    panel
        History up to the origin; longer than the burn-in by at least one month.
    priors
        Widths and centres for every fitted symbol.
    settings
        How history is read.

    Returns
    -------
    Fitted
        The same bits for the same inputs.

    Raises
    ------
    InvalidValue
        When the panel is no longer than the burn-in.
    NotFound
        When a prior is missing.
    """
    settings = settings or FitSettings()
    if panel.months <= settings.burn_in:
        raise InvalidValue("panel", panel.months, f"more than {settings.burn_in} months")
    posterior = _Posterior(panel, priors, settings)
    found = minimize(
        posterior.loss,
        posterior.centre,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500, "ftol": 1e-10, "gtol": 1e-5},
    )
    return Fitted(
        names=posterior.names,
        mean=np.asarray(found.x),
        root=_laplace_root(posterior, np.asarray(found.x)),
        priors=priors,
        rounds=int(found.nit),
        converged=bool(found.success),
    )


class _Posterior:
    """Minus the log posterior of a panel, with its gradient."""

    def __init__(self, panel: Panel, priors: Priors, settings: FitSettings) -> None:
        areas = len(panel.areas)
        self.names = (*COMMON, *(f"alpha:{code}" for code in panel.areas))
        believed = [priors.of(name) for name in COMMON] + [priors.of("alpha")] * areas
        self.centre = np.array([p.mean for p in believed])
        self.precision = np.array([p.sd for p in believed]) ** -2.0

        memories = remember(panel)
        used = np.arange(settings.burn_in, panel.months)
        deaths = panel.deaths[:, used]
        weight = 2.0 ** (-(panel.months - 1 - used) / settings.forgetting)

        own, near = memories.own[:, :, used], memories.near[:, used]
        country = np.broadcast_to(memories.country[used], deaths.shape)
        self.violent = deaths > 0
        self.weight = weight
        self.design = np.stack([np.ones_like(near), own[0], own[1], own[2], near, country])

        where = np.nonzero(self.violent)
        self.hit_area, self.hit_weight = where[0], weight[where[1]]
        self.hit_design = np.stack(
            [np.ones(where[0].size), own[0][where], own[1][where], own[2][where], country[where]]
        )
        size = np.ceil(deaths[where])
        self.censored = size >= settings.clip
        self.size = np.where(self.censored, float(settings.clip), size)
        self.areas = areas

    def loss(self, theta: Floats) -> tuple[float, Floats]:
        """Minus the log posterior at `theta` and its gradient, shape (parameters,)."""
        gradient = np.zeros_like(theta)
        alpha = theta[12:]

        logit = np.einsum("k,kit->it", theta[:6], self.design) + alpha[:, None]
        value = float(np.sum(self.weight * (self.violent * logit - np.logaddexp(0.0, logit))))
        rest = self.weight * (self.violent - 1.0 / (1.0 + np.exp(-logit)))
        gradient[:6] = np.einsum("it,kit->k", rest, self.design)
        gradient[12:] = rest.sum(axis=1)

        ln_sigma = np.einsum("k,kh->h", theta[6:11], self.hit_design) + LEVEL_SHARE * alpha[self.hit_area]
        ln_p, by_sigma, by_xi = ln_size(self.size, self.censored, ln_sigma, theta[11])
        value += float(np.sum(self.hit_weight * ln_p))
        pull = self.hit_weight * by_sigma
        gradient[6:11] = np.einsum("h,kh->k", pull, self.hit_design)
        gradient[11] = np.sum(self.hit_weight * by_xi)
        gradient[12:] += LEVEL_SHARE * np.bincount(self.hit_area, weights=pull, minlength=self.areas)

        away = theta - self.centre
        value -= 0.5 * float(np.sum(self.precision * away * away))
        return -value, self.precision * away - gradient


def ln_size(size: Floats, censored: NDArray[np.bool_], ln_sigma: Floats, ln_xi: float) -> tuple[Floats, Floats, Floats]:
    """ln P(Y = size), or ln P(Y >= size) where censored, with derivatives by ln sigma and by ln xi."""
    xi = math.exp(ln_xi)

    def survival(k: Floats) -> tuple[Floats, Floats, Floats]:
        ratio = xi * k * np.exp(-ln_sigma)
        ln_ratio = np.log1p(ratio)
        by_sigma = ratio / (1.0 + ratio) / xi
        s = np.exp(-ln_ratio / xi)
        return s, s * by_sigma, s * (ln_ratio / xi - by_sigma)

    above, above_sigma, above_xi = survival(size - 1.0)
    beyond, beyond_sigma, beyond_xi = survival(size)
    p = np.maximum(np.where(censored, above, above - beyond), 1e-300)
    return (
        np.log(p),
        np.where(censored, above_sigma, above_sigma - beyond_sigma) / p,
        np.where(censored, above_xi, above_xi - beyond_xi) / p,
    )


def _laplace_root(posterior: _Posterior, mode: Floats) -> Floats:
    """Root of the inverse Hessian at the mode, from central differences of the gradient."""
    step = 1e-4
    n = mode.size
    hessian = np.empty((n, n))
    for i in range(n):
        shift = np.zeros(n)
        shift[i] = step
        hessian[i] = (posterior.loss(mode + shift)[1] - posterior.loss(mode - shift)[1]) / (2 * step)
    # No direction may be known less well than its prior says: keeps the matrix positive where the data say nothing.
    scale = np.sqrt(posterior.precision)
    scaled = (hessian + hessian.T) / 2 / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(scaled)
    covariance = (vectors / np.maximum(values, 1.0)) @ vectors.T / np.outer(scale, scale)
    return np.asarray(np.linalg.cholesky((covariance + covariance.T) / 2))
