"""What is known around a mission's host."""

from __future__ import annotations

import pytest

from exitplan.usecases.surroundings import around_host


@pytest.mark.parametrize(
    "host", [("XKA",), ("COD", "RWA"), (), ("XKX",)], ids=["fictional", "two", "none", "uncounted"]
)
def test_nothing_is_known_around_a_country_that_is_none_or_several_or_whose_refugees_nobody_counts(host):
    """The outside view then rests on the own record."""
    assert around_host(host) == {}


def test_each_year_of_a_host_has_its_own_figures():
    """Liberia in 2002, beside the end of Sierra Leone's war and Côte d'Ivoire's beginning, and twenty years later."""
    known = around_host(("LBR",))
    assert known[2002].conflict.item()
    assert known[2002].violence.item() > known[2022].violence.item()
    assert known[2002].fled.item() > known[2022].fled.item()
