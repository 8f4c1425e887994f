"""
Named random numbers: every random thing has a name, every run has a seed.

Two forms. `stream` gives a NumPy generator for work done once (a bootstrap, a synthetic history). `uniforms` is a
counter-based hash: the number for (seed, purpose, area, future, month) is computed from these keys alone, so any
thread or machine may compute it, in any order, and two plans see the same luck. The futures kernel uses the same hash,
compiled (`engine.stability.counters`). tests/engine/test_streams.py runs the statistical checks.

References
----------
.. [1] Steele, G. L., Lea, D., and Flood, C. H. (2014). Fast splittable pseudorandom number generators. OOPSLA, 453-472.
.. [2] Salmon, J. K., et al. (2011). Parallel random numbers: as easy as 1, 2, 3. SC'11.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF

MONTH_BITS = 12
"""Low bits of a counter that hold the month of the horizon; the future number takes the rest."""


def stream(seed: int, *name: str) -> np.random.Generator:
    """
    A random stream that belongs to one named thing, and to nothing else.

    Parameters
    ----------
    seed
        The seed of the run; zero or more.
    name
        What the numbers are for, from the general to the particular: `stream(1, "bootstrap", "SLE")`.

    Raises
    ------
    InvalidValue
        When the seed is negative or no name is given.
    """
    if seed < 0:
        raise InvalidValue("seed", seed, "zero or more")
    if not name:
        raise InvalidValue("name", name, "at least one word")
    return np.random.default_rng([seed, label(*name)])


@cache
def label(*name: str) -> int:
    """The first 64 bits of the SHA-256 of a name: the same on every machine, unlike Python's `hash`."""
    return int.from_bytes(hashlib.sha256("\x1f".join(name).encode()).digest()[:8], "big")


def key(seed: int, *name: str) -> int:
    """
    The 64-bit key of one named family of counter-based numbers.

    Two rounds of mixing separate the seed from the name, so that families of one run, and one family of two runs, are
    unrelated.

    Raises
    ------
    InvalidValue
        When the seed is negative.
    """
    if seed < 0:
        raise InvalidValue("seed", seed, "zero or more")
    return _mix_int((_mix_int(seed * _GOLDEN + _GOLDEN) + label(*name)) & _MASK)


def keys(seed: int, purpose: str, names: tuple[str, ...]) -> NDArray[np.uint64]:
    """One key per name (area or parameter) for a purpose; shape (names,)."""
    return np.array([key(seed, purpose, name) for name in names], dtype=np.uint64)


def counter(future: int, month: int) -> int:
    """The counter of one month of one future."""
    return (future << MONTH_BITS) | month


def uniforms(family: int | NDArray[np.uint64], counters: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Uniform numbers in (0, 1) of one key (or an array of keys) at many counters, 53 bits; any shapes that go together."""
    with np.errstate(over="ignore"):
        z = np.asarray(family, dtype=np.uint64) + (counters.astype(np.uint64) + np.uint64(1)) * np.uint64(_GOLDEN)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    numbers: NDArray[np.float64] = ((z >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    return numbers


def _mix_int(value: int) -> int:
    """SplitMix64's finaliser on Python integers."""
    z = value & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)
