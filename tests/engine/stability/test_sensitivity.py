"""Sobol indices against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.sensitivity import indices


def test_a_linear_function_has_the_shares_of_its_variances():
    """first = total = a_i^2 / sum of a^2, within four bootstrap errors; an input that does nothing has exactly none."""
    a = np.array([1.0, 2.0, 3.0, 0.0])
    (found,) = indices(lambda x: np.array([a @ x]), [ndtri] * 4, points=512, seed=1)
    for index, share in zip(found, a**2 / 14, strict=True):
        assert index.first == pytest.approx(share, abs=max(1e-12, 4 * index.first_error))
        assert index.total == pytest.approx(share, abs=max(1e-12, 4 * index.total_error))
        assert index.first_error < 0.06
    assert (found[3].first, found[3].total) == (0.0, 0.0)


def test_the_ishigami_function_has_its_published_indices():
    """a = 7, b = 0.1 (Ishigami and Homma 1990): interactions are in the total and not in the first order."""

    def f(x):
        return np.array([np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])])

    (found,) = indices(f, [lambda u: np.pi * (2 * u - 1)] * 3, points=2048, seed=2)

    assert [i.first for i in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert [i.total for i in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)


def test_outputs_are_taken_apart():
    """Each has its own indices; one that never varies has none."""
    first, second, third = indices(lambda x: np.array([x[0], x[1], 5.0]), [ndtri] * 2, points=64, seed=3)

    assert first[0].total > 0.9 > 0.1 > first[1].total
    assert second[1].total > 0.9 > 0.1 > second[0].total
    assert {i.total for i in third} | {i.first_error for i in third} == {0.0}


def test_equal_seeds_give_equal_indices():
    """And other seeds other points."""
    runs = [indices(lambda x: np.array([x[0] * x[1]]), [ndtri] * 2, points=32, seed=seed) for seed in (1, 1, 2)]

    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("points", [0, 4, 12, 100])
def test_points_are_a_power_of_two(points):
    """A Sobol sequence is even only then."""
    with pytest.raises(InvalidValue, match="a power of two"):
        indices(lambda x: x, [ndtri], points=points, seed=1)
