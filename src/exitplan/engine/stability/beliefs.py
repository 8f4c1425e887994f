"""The priors of the fitted parameters as arrays, joint where they are believed jointly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exitplan.domain.priors import Correlation, Prior, Priors
from exitplan.engine.stability.panel import Floats

OCCURRENCE = ("b0", "b1", "b2", "b3", "b4", "b5")
SEVERITY = ("c0", "c1", "c2", "c3", "c5")
LIFTS = ("u1", "u2")
"""Lift of the odds in a tense and in a crisis country (ln)."""
MOVES = ("L01", "L10", "L12", "L21")
"""Monthly moves between regimes (logits)."""
REGIME = (*LIFTS, "psi", *MOVES)
"""Of the country's regime; psi is the share of a lift that also raises severity."""
COMMON = (*OCCURRENCE, *SEVERITY, "ln_xi", *REGIME)
"""Parameters that all areas of a country share, in the order of every array."""
AT = {name: i for i, name in enumerate(COMMON)}
"""Their positions; the areas' levels follow them."""
OF_OCCURRENCE = slice(AT["b0"], AT["b5"] + 1)
OF_SEVERITY = slice(AT["c0"], AT["c5"] + 1)
OF_MOVES = slice(AT["L01"], AT["L21"] + 1)
OF_LEVELS = slice(len(COMMON), None)
LEVEL = "alpha"
LEVEL_SHARE = 0.3
"""Share of an area's level (alpha) that also raises its severity."""
DIGITS = 4


@dataclass(frozen=True)
class Beliefs:
    """
    A normal belief about the parameters.

    Parameters
    ----------
    mean
        Of the common parameters, in the order of `COMMON`.
    covariance
        Of the same, positive definite.
    level_sd
        Standard deviation of an area's level around zero, above zero.
    """

    mean: Floats
    covariance: Floats
    level_sd: float


def level_of(area: str) -> str:
    """The name of an area's level."""
    return f"{LEVEL}:{area}"


def beliefs(priors: Priors) -> Beliefs:
    """
    What a set of priors says about the fitted parameters.

    Raises
    ------
    NotFound
        When a prior is missing.
    """
    believed = [priors.of(name) for name in COMMON]
    together = np.eye(len(COMMON))
    for pair in priors.correlations:
        if pair.first in AT and pair.second in AT:
            i, j = AT[pair.first], AT[pair.second]
            together[i, j] = together[j, i] = pair.value
    width = np.array([p.sd for p in believed])
    return Beliefs(np.array([p.mean for p in believed]), together * np.outer(width, width), priors.of(LEVEL).sd)


def as_priors(found: Beliefs, before: Priors, *, version: str, source: str) -> Priors:
    """
    A set of priors with other beliefs about the fitted parameters; all others are kept.

    Parameters
    ----------
    source
        Where the new values come from; their mark is "measured".
    """
    width = np.sqrt(np.diag(found.covariance))
    values = {name: (float(found.mean[i]), float(width[i])) for i, name in enumerate(COMMON)}
    values[LEVEL] = (0.0, found.level_sd)

    def renewed(prior: Prior) -> Prior:
        if prior.symbol not in values:
            return prior
        mean, sd = (round(v, DIGITS) for v in values[prior.symbol])
        return prior.model_copy(update={"mean": mean, "sd": sd, "mark": "measured", "source": source})

    together = found.covariance / np.outer(width, width)
    pairs = tuple(
        Correlation(first=COMMON[i], second=COMMON[j], value=round(float(together[i, j]), DIGITS))
        for i in range(len(COMMON))
        for j in range(i)
        if round(float(together[i, j]), DIGITS)
    )
    return before.model_copy(
        update={"version": version, "priors": tuple(renewed(p) for p in before.priors), "correlations": pairs}
    )
