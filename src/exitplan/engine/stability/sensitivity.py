"""
Which of several uncertain inputs a number depends on: Sobol indices, by the estimators of Saltelli et al. (2010) in scipy.

    first_i = Var(E[f | x_i]) / Var(f)            what would go on average if x_i were known
    total_i = E[Var(f | all but x_i)] / Var(f)    what would remain if only x_i were unknown, what it does with others in it

Points are an unscrambled Sobol sequence, shifted as a whole by the seed. Errors are those of a bootstrap over the points.
docs/decisions says why scipy's indices are used and not SALib's.

References
----------
.. [1] Saltelli, A., et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications 181.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc, sobol_indices

from exitplan.domain.errors import InvalidValue
from exitplan.engine import streams
from exitplan.engine.stability.panel import Floats

RESAMPLES = 200


@dataclass(frozen=True)
class Index:
    """One input's share of the variance, alone (`first`) and with all it does together with others (`total`), with errors."""

    first: float
    first_error: float
    total: float
    total_error: float


def indices(
    f: Callable[[Floats], Floats], inverses: Sequence[Callable[[Floats], Floats]], *, points: int, seed: int
) -> tuple[tuple[Index, ...], ...]:
    """
    Sobol indices of a function of independent inputs.

    Parameters
    ----------
    f
        From inputs, shape (inputs,), to outputs, shape (outputs,).
    inverses
        Inverse distribution function of each input, on (0, 1).
    points
        A power of two, 8 or more; f is asked points x (inputs + 2) times.
    seed
        Zero or more.

    Returns
    -------
    tuple
        For each output one index for each input; all zero where the output does not vary.

    Raises
    ------
    InvalidValue
        For a number of points that is not of that kind.
    """
    if points < 8 or points & (points - 1):
        raise InvalidValue("points", points, "a power of two, 8 or more")
    d = len(inverses)
    shift = streams.uniforms(streams.key(seed, "sensitivity", "shift"), np.arange(2 * d, dtype=np.uint64))
    unit = np.clip((qmc.Sobol(2 * d, scramble=False).random(points) + shift) % 1.0, 1e-12, 1 - 1e-12).T
    inputs = np.stack([inverse(unit[i]) for i, inverse in enumerate(inverses)])
    others = np.stack([inverse(unit[d + i]) for i, inverse in enumerate(inverses)])

    def values(at: Floats) -> Floats:
        return np.stack([f(at[:, k]) for k in range(points)], axis=1)

    f_a, f_b = values(inputs), values(others)
    f_ab = np.empty((d, *f_a.shape))
    for i in range(d):
        mixed = inputs.copy()
        mixed[i] = others[i]
        f_ab[i] = values(mixed)
    rng = streams.stream(seed, "sensitivity", "bootstrap")
    again = rng.integers(0, points, (RESAMPLES, points))
    return tuple(_output(f_a[k], f_b[k], f_ab[:, k], again) for k in range(len(f_a)))


def _output(f_a: Floats, f_b: Floats, f_ab: Floats, again: NDArray[np.int64]) -> tuple[Index, ...]:
    first, total = _estimates(f_a, f_b, f_ab)
    resampled = [np.stack(_estimates(f_a[at], f_b[at], f_ab[:, at])) for at in again]
    errors = np.std(resampled, axis=0)
    return tuple(
        Index(float(first[i]), float(errors[0, i]), float(total[i]), float(errors[1, i])) for i in range(len(f_ab))
    )


def _estimates(f_a: Floats, f_b: Floats, f_ab: Floats) -> tuple[Floats, Floats]:
    if np.ptp(np.concatenate([f_a, f_b])) == 0.0:
        return np.zeros(len(f_ab)), np.zeros(len(f_ab))
    found = sobol_indices(func={"f_A": f_a[None], "f_B": f_b[None], "f_AB": f_ab[:, None]}, n=f_a.size)
    return np.ravel(found.first_order), np.ravel(found.total_order)
