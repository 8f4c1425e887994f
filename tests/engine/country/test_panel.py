"""A panel holds what was known at its origin and nothing that means nothing."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.country.panel import CountryPanel
from exitplan.wording import Wording


def test_a_panel_ends_at_its_origin():
    """Later months are cut, months before a country's first and after its last are unknown."""
    panel = CountryPanel.of({"BBB": (12, [1, 2, 3, 4]), "AAA": (10, [5, 6]), "CCC": (14, [7])}, 13)
    nan = np.nan

    assert panel.countries == ("AAA", "BBB", "CCC")
    np.testing.assert_array_equal(panel.deaths, [[5, 6, nan, nan], [nan, nan, 1, 2], [nan] * 4])
    assert panel.origin == 13
    assert panel.seen[:, -1].tolist() == [2, 2, 0]


@pytest.mark.parametrize(
    ("countries", "deaths"),
    [
        ((), np.zeros((0, 3))),  # nobody
        (("B", "A"), np.zeros((2, 3))),  # out of order
        (("A", "A"), np.zeros((2, 3))),  # twice
        (("A",), np.zeros((1, 0))),  # no month
        (("A",), np.zeros((2, 3))),  # rows of somebody else
        (("A",), np.array([[1.0, -1.0]])),  # fewer than none
        (("A",), np.array([[1.0, np.inf]])),  # without end
        (("A",), np.array([[1.0, 2e10]])),  # more than people
        (("A",), np.array([[1.0, np.nan, 1.0]])),  # a gap
    ],
)
def test_panels_that_mean_nothing_are_refused(countries, deaths):
    """Each by its own check."""
    with pytest.raises(InvalidValue):
        CountryPanel(countries=countries, start=0, deaths=deaths)


def test_an_origin_before_all_history_is_refused():
    """There is nothing to forecast from."""
    with pytest.raises(InvalidValue):
        CountryPanel.of({"AAA": (10, [1.0])}, 9)


@pytest.mark.parametrize(("lang", "said"), [("en", "a month with history up to it"), ("fr", "un mois jusqu’auquel")])
def test_what_was_wanted_is_said_in_both_languages(lang, said):
    """A person meets these words in the terminal."""
    with pytest.raises(InvalidValue) as told:
        CountryPanel.of({"AAA": (10, [1.0])}, 9)
    assert Wording(lang).wanted(told.value.wanted).startswith(said)
    with pytest.raises(InvalidValue) as told:
        CountryPanel(countries=("A",), start=0, deaths=np.zeros((2, 3)))
    assert ("forme (1, mois)" in Wording(lang).wanted(told.value.wanted)) == (lang == "fr")
