"""Named definitions: thresholds, observed windows, caveats."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.domain.kinds import Mission
from exitplan.engine.stability.definitions import (
    A25,
    AX,
    PRESETS,
    R25,
    R1000,
    Definition,
    custom,
    definitions_of,
    rolling,
)
from exitplan.engine.stability.panel import Panel

BAD = [
    {"window": 0, "threshold": 5},  # no month
    {"window": 13, "threshold": 5},  # longer than what is kept
    {"window": 12},  # neither threshold nor own share
    {"window": 12, "threshold": 5, "own_share": 0.9},  # both
    {"window": 12, "threshold": 0},  # always met
    {"window": 12, "threshold": float("nan")},  # not a number
    {"window": 12, "threshold": float("inf")},  # never met
    {"window": 3, "own_share": 1.0},  # outside (0, 1)
    {"window": 3, "own_share": 0.9, "scope": "country"},  # own past is an area's
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_definition_that_makes_no_sense_is_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue):
        Definition(code="X", **{"scope": "area", **wrong})


def test_presets_say_what_they_say(lively):
    """25 and 1,000 deaths in 12 months; 25 in an area; above the 95th percentile of the area's own three-month sums."""
    assert R25.thresholds(lively).tolist() == [25]
    assert R1000.thresholds(lively).tolist() == [1000]
    assert A25.thresholds(lively).tolist() == [25] * 5
    sums = rolling(lively.deaths[:, -38:], 3)
    assert sums.shape == (5, 36)
    assert np.all(AX.thresholds(lively) > np.quantile(sums, 0.95, axis=1))
    assert np.all(AX.thresholds(lively) - 1 <= np.quantile(sums, 0.95, axis=1))


def test_what_is_met_at_the_origin_is_said():
    """Twenty-five deaths in the last 12 months meet R25; thirteen months ago they do not."""
    deaths = np.zeros((2, 24))
    deaths[0, 12] = 25
    panel = Panel(areas=("A", "B"), start=0, deaths=deaths)
    assert R25.met(panel) == (True,)
    assert A25.met(panel) == (True, False)
    assert R25.met(Panel(areas=("A", "B"), start=0, deaths=np.roll(deaths, -1, axis=1))) == (False,)


def test_caveats_name_other_types_and_own_past(lively):
    """R25 speaks of state-based violence: a panel of all types says so."""
    assert "other-violence-types" in R25.caveats(lively)
    state = Panel(areas=("A",), start=0, deaths=np.zeros((1, 24)), types=(1,))
    assert "other-violence-types" not in R25.caveats(state)
    assert "own-past-threshold" in AX.caveats(lively)


def test_a_mission_may_define_its_own():
    """A threshold of 9.5 deaths is met by ten."""
    own = custom("D1", scope="area", threshold=9.5, window=6)
    assert own.thresholds(Panel(areas=("A",), start=0, deaths=np.zeros((1, 24)))).tolist() == [10]


def test_the_missions_definitions_follow_the_named_ones_word_for_word():
    """Deaths, months, scope and types as the dossier has them."""
    own = {"code": "D1", "title": "One", "scope": "area", "threshold": 12, "window": 3, "types": (3, 1)}
    other = {"code": "D2", "title": "Two", "threshold": 4.5}
    given = Mission(
        code="M",
        title="M",
        acronym="M",
        host=("XAA",),
        host_name="H",
        started=date(2003, 1, 1),
        definitions=(own, other),
    )
    assert definitions_of(given) == (
        *PRESETS,
        custom("D1", scope="area", threshold=12, window=3, types=(1, 3)),
        custom("D2", scope="country", threshold=4.5, window=12),
    )
