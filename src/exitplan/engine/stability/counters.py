"""The counter-based hash of `engine.streams`, compiled for the futures kernel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S41 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(41)
_MONTHS = np.uint64(12)
_STEP = np.uint64((0x9E3779B97F4A7C15 << 12) & 0xFFFFFFFFFFFFFFFF)
"""What the hash's state grows by from one future to the next, in the same month."""
_ONE = np.uint64(1)
_HALF, _UNIT = np.float32(0.5), np.float32(2.0**-23)


@njit(inline="always", cache=True)
def state_at(family: Any, future: Any, month: Any) -> Any:
    """State of the hash of one key at one future and month (all uint64): SplitMix64 entered at that position."""
    return family + (((future << _MONTHS) | month) + _ONE) * _GOLDEN


@njit(inline="always", cache=True)
def bits_of(state: Any, further: Any) -> Any:
    """64 random bits, some futures (an integer, zero or more) further than the state's."""
    z = state + np.uint64(further) * _STEP
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return z ^ (z >> _S31)


@njit(inline="always", cache=True)
def uniform_of(state: Any, further: Any) -> Any:
    """A float32 uniform in (0, 1) with 23 bits: both ends are exactly representable, neither 0 nor 1 ever comes."""
    return (np.float32(np.int32(bits_of(state, further) >> _S41)) + _HALF) * _UNIT
