"""
Fit the bounded-memory hurdle with a hidden regime: how likely a violent month is, and how many deaths it brings.

Occurrence   logit P(y > 0 | r) = b0 + alpha + a_r + b1 e1 + b2 e2 + b3 e3 + b4 s + b5 n
Severity     P(Y > k | Y > 0, r) = (1 + xi k / sigma)^(-1 / xi),  k = 0, 1, 2, ...
             ln sigma = c0 + 0.3 alpha + psi a_r + c1 e1 + c2 e2 + c3 e3 + c5 n
Regime       a = 0, exp(u1), exp(u1) + exp(u2) in a settled, tense, crisis country; it moves as in `engine.stability.regimes`

e1, e2, e3 are the area's memories, s the neighbours', n the country's (`engine.stability.memory`). All parameters are
estimated together by maximum a posteriori; the gradient is exact, by Fisher's identity from the smoothed regimes. Their
doubt is the Laplace approximation there. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Priors
from exitplan.engine.stability.beliefs import (
    AT,
    COMMON,
    LEVEL_SHARE,
    LIFTS,
    OF_LEVELS,
    OF_MOVES,
    OF_OCCURRENCE,
    OF_SEVERITY,
    Beliefs,
    beliefs,
    level_of,
)
from exitplan.engine.stability.memory import remember
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.regimes import smooth, transition

NEVER = -50.0
"""Logit of a move between regimes that never comes."""
SETTLED = (1.0, 0.0, 0.0)
APART = ((0.0, 0.0), (1.5, 0.0), (0.0, 1.5))
"""Starts of the search: standard deviations by which the lifts of a tense and of a crisis country are moved."""
WIDEST = 25.0
"""Absolute ln sigma beyond which no severity is told apart."""
FARTHEST = 8.0
"""Standard deviations of the prior beyond which no parameter is looked for."""


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
    regime
        Probability that the country is settled, tense or in crisis at the origin, shape (3,); settled when left out.
    rounds
        Iterations of the optimiser.
    converged
        Whether the optimiser met its tolerance.
    """

    names: tuple[str, ...]
    mean: Floats
    root: Floats
    priors: Priors
    regime: Floats = field(default_factory=lambda: np.array(SETTLED))
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
        """
        A model whose parameters are known exactly.

        Names left out are 0, so areas have no level of their own; L01 and L12 are -50, so the country stays settled.

        Raises
        ------
        InvalidValue
            For a name that is no parameter.
        """
        levels = tuple(level_of(area) for area in areas)
        unknown = sorted(set(values) - set(COMMON) - set(levels))
        if unknown:
            raise InvalidValue("values", ", ".join(unknown), f"some of {', '.join(COMMON)} or alpha:AREA")
        names = (*COMMON, *levels)
        mean = np.array([values.get(name, _without_regime(name)) for name in names])
        return cls(
            names=names, mean=mean, root=np.zeros((len(names), len(names))), priors=priors, rounds=0, converged=True
        )


def fit(panel: Panel, priors: Priors, settings: FitSettings | None = None, near: Fitted | None = None) -> Fitted:
    """
    Fit the model to a panel.

    Parameters
    ----------
    panel
        History up to the origin; longer than the burn-in by at least one month.
    priors
        Widths, centres and correlations for every fitted symbol.
    settings
        How history is read.
    near
        A fit of nearly the same history, from which the search starts; from several starts when left out.

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
    posterior = Posterior(panel, beliefs(priors), settings)
    starts = _starts(posterior) if near is None else (near.mean,)
    found = min((maximum(posterior, start) for start in starts), key=lambda m: m.loss)
    return Fitted(
        names=(*COMMON, *(level_of(code) for code in panel.areas)),
        mean=found.theta,
        root=laplace_root(posterior, found.theta),
        priors=priors,
        regime=posterior.regimes(found.theta)[-1],
        rounds=found.rounds,
        converged=found.converged,
    )


@dataclass(frozen=True)
class Maximum:
    """The most credible parameters, shape (parameters,), minus their log posterior, and how the optimiser got there."""

    theta: Floats
    loss: float
    rounds: int
    converged: bool


def _starts(posterior: Posterior) -> tuple[Floats, ...]:
    """Where to begin: a hidden regime may explain a history in more than one way, so weak and strong ones are both tried."""
    lifts = [AT[name] for name in LIFTS]
    width = np.sqrt(np.sum(posterior.root**2, axis=1))
    starts = []
    for towards in APART:
        start = posterior.centre.copy()
        start[lifts] += np.array(towards) * width[lifts]
        starts.append(start)
    return tuple(starts)


def maximum(posterior: Posterior, start: Floats) -> Maximum:
    """Climb to the most credible parameters from a start, in units of the prior's spread."""
    root, centre = posterior.root, posterior.centre

    def loss(z: Floats) -> tuple[float, Floats]:
        value, gradient = posterior.loss(centre + root @ z)
        return value, root.T @ gradient

    found = minimize(
        loss,
        np.clip(np.linalg.solve(root, start - centre), -FARTHEST, FARTHEST),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-FARTHEST, FARTHEST)] * centre.size,
        options={"maxiter": 500, "ftol": 1e-9, "gtol": 1e-3},
    )
    return Maximum(np.asarray(centre + root @ found.x), float(found.fun), int(found.nit), bool(found.success))


def _without_regime(name: str) -> float:
    """The value of a parameter left out: no level, no lift, and a country that stays settled."""
    return NEVER if name in ("L01", "L12") else 0.0


class Posterior:
    """
    Minus the log posterior of a panel, with its gradient.

    Parameters are the common ones (`beliefs.COMMON`), then one level for each area.

    Raises
    ------
    InvalidValue
        When the panel is no longer than the burn-in.
    """

    def __init__(self, panel: Panel, believed: Beliefs, settings: FitSettings) -> None:
        if panel.months <= settings.burn_in:
            raise InvalidValue("panel", panel.months, f"more than {settings.burn_in} months")
        self.areas, common = len(panel.areas), len(COMMON)
        self.centre = np.concatenate([believed.mean, np.zeros(self.areas)])
        self.root = believed.level_sd * np.eye(common + self.areas)
        self.root[:common, :common] = np.linalg.cholesky(believed.covariance)
        """Lower-triangular root of the prior's covariance, shape (parameters, parameters)."""
        self._precision = np.linalg.inv(self.root @ self.root.T)

        memories = remember(panel)
        used = np.arange(settings.burn_in, panel.months)
        deaths = panel.deaths[:, used]
        self.months = used.size
        self._weight = 2.0 ** (-(panel.months - 1 - used) / settings.forgetting)

        own, near = memories.own[:, :, used], memories.near[:, used]
        country = np.broadcast_to(memories.country[used], deaths.shape)
        self._violent = (deaths > 0).astype(np.float64)
        self._design = np.stack([np.ones_like(near), own[0], own[1], own[2], near, country])

        where = np.nonzero(deaths > 0)
        self._hit_area, self._hit_month = where
        self._hit_design = np.stack(
            [np.ones(where[0].size), own[0][where], own[1][where], own[2][where], country[where]]
        )
        size = np.ceil(deaths[where])
        self._censored = size >= settings.clip
        self._size = np.where(self._censored, float(settings.clip), size)

    def loss(self, theta: Floats) -> tuple[float, Floats]:
        """Minus the log posterior at `theta` and its gradient, shape (parameters,)."""
        gradient = np.zeros_like(theta)
        lift, psi = _lift(theta), theta[AT["psi"]]
        ln_p, odds, size = self._months_under(theta)
        moves = transition(*theta[OF_MOVES])
        smoothed = smooth(ln_p.T * self._weight[:, None], moves)

        # Fisher's identity: the slope of the likelihood is the mean slope of the months, weighed by the smoothed regimes.
        share = smoothed.states.T * self._weight
        rest = odds * share[:, None, :]
        of_all = rest.sum(axis=0)
        gradient[OF_OCCURRENCE] = np.tensordot(self._design, of_all, ([1, 2], [0, 1]))
        of_hit = share[:, self._hit_month]
        pull = of_hit * size[0]
        pulled = pull.sum(axis=0)
        gradient[OF_SEVERITY] = self._hit_design @ pulled
        gradient[AT["ln_xi"]] = np.sum(of_hit * size[1])
        by_lift = rest.sum(axis=(1, 2)) + psi * pull.sum(axis=1)
        gradient[AT["u1"]] = math.exp(theta[AT["u1"]]) * (by_lift[1] + by_lift[2])
        gradient[AT["u2"]] = math.exp(theta[AT["u2"]]) * by_lift[2]
        gradient[AT["psi"]] = lift @ pull.sum(axis=1)
        moved, from_tense = smoothed.moved, smoothed.moved[1].sum()
        gradient[AT["L01"]] = moved[0, 1] * moves[0, 0] - moved[0, 0] * moves[0, 1]
        gradient[AT["L10"]] = moved[1, 0] - from_tense * moves[1, 0]
        gradient[AT["L12"]] = moved[1, 2] - from_tense * moves[1, 2]
        gradient[AT["L21"]] = moved[2, 1] * moves[2, 2] - moved[2, 2] * moves[2, 1]
        gradient[OF_LEVELS] = of_all.sum(axis=1)
        gradient[OF_LEVELS] += LEVEL_SHARE * np.bincount(self._hit_area, weights=pulled, minlength=self.areas)

        away = theta - self.centre
        pulled_back = self._precision @ away
        return 0.5 * float(away @ pulled_back) - smoothed.ln_likelihood, pulled_back - gradient

    def regimes(self, theta: Floats) -> Floats:
        """Probability of each regime in each month after the burn-in, knowing no later month: shape (months, 3)."""
        ln_p = self._months_under(theta)[0]
        return smooth(ln_p.T * self._weight[:, None], transition(*theta[OF_MOVES])).filtered

    def _months_under(self, theta: Floats) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
        """Of each regime: ln p of the months (3, months), its slopes by logit (3, areas, months), by ln sigma and ln xi."""
        level, lift = theta[OF_LEVELS], _lift(theta)
        logit = np.tensordot(theta[OF_OCCURRENCE], self._design, 1) + level[:, None] + lift[:, None, None]
        small = np.exp(-np.abs(logit))
        p = np.where(logit > 0, 1.0, small) / (1.0 + small)
        ln_p = (self._violent * logit - np.maximum(logit, 0.0) - np.log1p(small)).sum(axis=1)
        ln_sigma = theta[OF_SEVERITY] @ self._hit_design + LEVEL_SHARE * level[self._hit_area]
        ln_sigma = ln_sigma + theta[AT["psi"]] * lift[:, None]
        sized, by_sigma, by_xi = ln_size(self._size, self._censored, ln_sigma, theta[AT["ln_xi"]])
        for regime in range(lift.size):
            ln_p[regime] += np.bincount(self._hit_month, weights=sized[regime], minlength=self.months)
        return ln_p, self._violent - p, (by_sigma, by_xi)


def _lift(theta: Floats) -> Floats:
    """What each regime adds to the logit, shape (3,): ordered, so that regimes cannot change names."""
    tense = math.exp(theta[AT["u1"]])
    return np.array([0.0, tense, tense + math.exp(theta[AT["u2"]])])


def ln_size(size: Floats, censored: NDArray[np.bool_], ln_sigma: Floats, ln_xi: float) -> tuple[Floats, Floats, Floats]:
    """
    ln P(Y = size), or ln P(Y >= size) where censored, with derivatives by ln sigma and by ln xi; all of shape (months,).

    Parameters
    ----------
    size
        Deaths of months with any, whole, 1 or more.
    ln_sigma, ln_xi
        Logarithms of the scale in deaths, shape (months,), and of the tail index.
    """
    xi = math.exp(ln_xi)
    # Only steps of the optimiser that it takes back go farther.
    ln_sigma = np.clip(ln_sigma, -WIDEST, WIDEST)

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


def laplace_root(posterior: Posterior, mode: Floats) -> Floats:
    """Lower-triangular root of the inverse Hessian at the mode, from central differences of the gradient."""
    root, n, step = posterior.root, mode.size, 1e-3
    hessian = np.empty((n, n))
    for i in range(n):
        shift = step * root[:, i]
        hessian[i] = root.T @ (posterior.loss(mode + shift)[1] - posterior.loss(mode - shift)[1]) / (2 * step)
    # No direction may be known less well than its prior says: keeps the matrix positive where the data say nothing.
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
    covariance = root @ (vectors / np.maximum(values, 1.0)) @ vectors.T @ root.T
    return np.asarray(np.linalg.cholesky((covariance + covariance.T) / 2))
