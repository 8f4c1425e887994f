"""Named random numbers: named, keyed, uniform and unrelated."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit
from scipy.stats import chi2, kstest

from exitplan.domain.errors import InvalidValue
from exitplan.engine import streams
from exitplan.engine.stability.counters import bits_of, state_at, uniform_of


@njit
def _kernel_uniforms(family, counters, out):
    for k in range(counters.size):
        out[k] = uniform_of(state_at(family, counters[k] >> np.uint64(12), counters[k] & np.uint64(4095)), 0)


@njit
def _kernel_bits(family, counter):
    return bits_of(state_at(family, np.uint64(0), counter), 0)


@njit
def _kernel_row(family, future, month, out):
    for lane in range(out.size):
        out[lane] = uniform_of(state_at(family, future, month), lane)


def _grid(trajectories: int, months: int) -> np.ndarray:
    at = [[streams.counter(j, t) for t in range(months)] for j in range(trajectories)]
    return np.array(at, dtype=np.uint64)


def test_same_seed_and_name_give_the_same_stream():
    """A stream belongs to its seed and name and to nothing else."""
    assert streams.stream(1, "relapse", "A").random() == streams.stream(1, "relapse", "A").random()
    values = {streams.stream(s, *n).random() for s in (1, 2) for n in (("a",), ("b",), ("a", "b"), ("ab",))}
    assert len(values) == 8


def test_known_answers_stay():
    """A change of these numbers changes every result with a seed."""
    assert streams.key(1, "occurrence", "A") == KNOWN_KEY
    assert streams.uniforms(KNOWN_KEY, np.array([0, 4096], dtype=np.uint64)).tolist() == KNOWN_UNIFORMS


def test_splitmix_agrees_with_its_published_first_outputs():
    """Seed 1234567 of the reference SplitMix64 begins 6457827717110365317, 3203168211198807973."""
    first = [int(_kernel_bits(np.uint64(1234567), np.uint64(k))) for k in range(2)]
    assert first == [6457827717110365317, 3203168211198807973]


def test_kernel_and_numpy_forms_agree():
    """The compiled hash and the NumPy one are the same function, up to the 23 bits kept."""
    counters = _grid(50, 20).ravel()
    out = np.empty(counters.size, dtype=np.float32)
    _kernel_uniforms(np.uint64(streams.key(7, "occurrence", "A")), counters, out)
    exact = streams.uniforms(streams.key(7, "occurrence", "A"), counters)
    assert np.max(np.abs(out - exact)) < 2.0**-23
    assert out.min() > 0
    assert out.max() < 1


def test_a_row_of_futures_is_the_same_numbers_one_by_one():
    """A whole row steps through the futures of a month, whichever future it begins at."""
    out = np.empty(32, dtype=np.float32)
    _kernel_row(np.uint64(streams.key(7, "occurrence", "A")), np.uint64(10**9), np.uint64(599), out)
    counters = np.array([streams.counter(10**9 + lane, 599) for lane in range(32)], dtype=np.uint64)
    assert np.max(np.abs(out - streams.uniforms(streams.key(7, "occurrence", "A"), counters))) < 2.0**-23


@pytest.mark.parametrize("seed", [0, 1, 2, 987654321])
def test_numbers_are_uniform(seed):
    """Kolmogorov-Smirnov over 200,000 numbers of one family."""
    u = streams.uniforms(streams.key(seed, "occurrence", "A"), _grid(10_000, 20).ravel())
    assert kstest(u, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("bits", [4, 8])
def test_neighbouring_keys_and_counters_are_unrelated(bits):
    """Pairs along trajectories, months, areas, purposes and seeds fill the unit square evenly (chi-square)."""
    grid = _grid(2000, 40)
    base = streams.uniforms(streams.key(1, "occurrence", "A"), grid)
    pairs = [
        (base[:-1], base[1:]),
        (base[:, :-1], base[:, 1:]),
        (base, streams.uniforms(streams.key(1, "occurrence", "B"), grid)),
        (base, streams.uniforms(streams.key(1, "severity", "A"), grid)),
        (base, streams.uniforms(streams.key(2, "occurrence", "A"), grid)),
    ]
    side = 2 ** (bits // 2)
    for x, y in pairs:
        cells = np.bincount((x * side).astype(int).ravel() * side + (y * side).astype(int).ravel(), minlength=side**2)
        statistic = np.sum((cells - x.size / side**2) ** 2) / (x.size / side**2)
        assert chi2.sf(statistic, side**2 - 1) > 1e-4


def test_one_changed_bit_of_a_counter_changes_half_of_the_output():
    """Avalanche: each flipped counter bit flips each output bit with a chance near one half."""
    family = np.uint64(streams.key(3, "occurrence", "A"))
    at = np.arange(2000, dtype=np.uint64) * np.uint64(7919)
    for bit in (0, 1, 11, 12, 13, 30):
        flips = np.zeros(64)
        for counter in at:
            changed = int(_kernel_bits(family, counter)) ^ int(_kernel_bits(family, counter ^ np.uint64(1 << bit)))
            flips += [(changed >> k) & 1 for k in range(64)]
        assert np.all(np.abs(flips / at.size - 0.5) < 5 * 0.5 / np.sqrt(at.size))


@pytest.mark.parametrize(("seed", "name"), [(-1, ("a",)), (1, ())])
def test_bad_seeds_and_names_are_refused(seed, name):
    """A seed is zero or more and a stream has a name."""
    with pytest.raises(InvalidValue):
        streams.stream(seed, *name)


def test_a_negative_seed_has_no_key():
    """Keys refuse it as streams do."""
    with pytest.raises(InvalidValue):
        streams.key(-1, "occurrence")


KNOWN_KEY = 6385415225652387395
KNOWN_UNIFORMS = [0.7669745825043928, 0.5721031660723472]
