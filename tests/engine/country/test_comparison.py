"""Scores are summed over the right rows, and a gain is what its name says."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.engine.country.comparison import MEASURES, POOL, group, joined, score
from exitplan.engine.stability import scores


@pytest.fixture
def scored():
    """Two countries, three months; the pool knows the truth up to one death, the other says ten."""
    happened = np.array([0.0, 1.0, 2.0, 10.0, 20.0, 30.0])
    drawn = {
        POOL: np.tile(happened + 1, (20, 1)),
        "same": np.tile(happened + 1, (20, 1)),
        "ten": np.full((30, 6), 10.0),
    }
    return score(drawn, happened, np.array(["AAA"] * 3 + ["BBB"] * 3), np.arange(24000, 24006))


def test_scores_are_those_of_the_scoring_room(scored):
    """A forecast of one value has its distance as CRPS."""
    np.testing.assert_allclose(scored.by[POOL][:, 0], 1.0)
    np.testing.assert_allclose(scored.by["ten"][:, 0], [10, 9, 8, 0, 10, 20])
    np.testing.assert_allclose(
        scored.by["ten"][:, 3], scores.ignorance(np.full((30, 6), 10.0), scored.happened, pseudo_draws=11)
    )


def test_a_gain_compares_means_and_counts_countries(scored):
    """1 - 1 / 9.5 in CRPS; each country won; equal forecasts win nothing."""
    found = group("given", scored, draws=20, seed=1)
    gain = {(g.against, g.measure): g for g in found.gains}

    assert found.scores[0].crps == pytest.approx(1.0)
    assert gain["ten", "crps"].gain.value == pytest.approx(1 - 1 / 9.5)
    assert gain["ten", "crps"].gain.low == pytest.approx(1 - 1 / 9)
    assert gain["ten", "crps"].gain.high == pytest.approx(1 - 1 / 10)
    assert (gain["ten", "crps"].won, gain["ten", "crps"].lost) == (2, 0)
    for measure in MEASURES:
        assert gain["same", measure].gain.value == pytest.approx(0)
        assert (gain["same", measure].won, gain["same", measure].lost) == (0, 0)
    assert [(c.iso3, c.months, c.deaths) for c in found.countries] == [("AAA", 3, 3.0), ("BBB", 3, 60.0)]
    assert [[s.crps for s in c.scores] for c in found.countries] == [
        pytest.approx([1, 1, 9]),
        pytest.approx([1, 1, 10]),
    ]


def test_parts_of_the_cases_make_the_whole(scored):
    """Split by month and joined again, nothing changes."""
    early = scored.month < 24002
    whole = joined([scored.only(early), scored.only(~early)])

    assert group("given", whole, draws=20, seed=1) == group("given", scored, draws=20, seed=1)


def test_a_perfect_rival_leaves_no_gain_to_state():
    """The other's mean score is 0: no ratio."""
    scored = score({POOL: np.ones((5, 2)), "zero": np.zeros((5, 2))}, np.zeros(2), np.array(["A", "B"]), np.arange(2))
    gain = next(g for g in group("given", scored, draws=5, seed=1).gains if g.measure == "crps")

    assert gain.gain is None
    assert (gain.won, gain.lost) == (0, 2)


def test_one_country_has_gains_without_an_interval(scored):
    """There is nothing to draw anew, and the band says so by its level."""
    found = group("given", scored.only(scored.country == "BBB"), draws=20, seed=1)
    gain = next(g for g in found.gains if (g.against, g.measure) == ("ten", "crps")).gain

    assert gain.value == pytest.approx(1 - 1 / 10)
    assert (gain.low, gain.high, gain.level) == (gain.value, gain.value, 0)


def test_a_draw_of_countries_in_which_the_rival_is_perfect_has_no_ratio():
    """One country of the two gives none, so the interval is that of the draws that hold the other."""
    happened = np.array([0.0, 10.0])
    drawn = {POOL: np.tile(happened + 1, (20, 1)), "other": np.tile(np.array([0.0, 15.0]), (20, 1))}
    found = group("given", score(drawn, happened, np.array(["A", "B"]), np.arange(2)), draws=20, seed=1)
    gain = next(g for g in found.gains if g.measure == "crps").gain

    assert gain.value == pytest.approx(1 - 2 / 5)
    assert (gain.low, gain.high, gain.level) == (pytest.approx(1 - 2 / 5), pytest.approx(1 - 1 / 5), 0.9)
