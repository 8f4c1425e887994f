"""Nobody chooses with the mission in sight that the choice is judged on."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.engine.sites import choice
from exitplan.engine.sites.around import RADII, Around
from exitplan.engine.sites.choice import Candidate, choose
from exitplan.engine.sites.closures import Closures
from exitplan.engine.sites.training import Places
from exitplan.engine.streams import stream

FEW = (Candidate("since", 0.0), Candidate("memory", 1.0), Candidate("both", 0.0))


@pytest.fixture
def world(monkeypatch) -> tuple[Places, Around, Closures]:
    """Sixty places in six countries, and closures of three missions, each in two of them; only those of A follow their past."""
    monkeypatch.setattr(choice, "CANDIDATES", FEW)
    rng = stream(2, "tests", "choice")
    counts = (rng.random((60, len(RADII), 96)) < np.linspace(0.01, 0.3, 60)[:, None, None]).cumsum(axis=1) > 0
    places = Places(np.linspace(-60, 60, 60), np.linspace(-150, 150, 60), np.arange(60) % 6)
    at = np.arange(60)
    mission = tuple("ABC"[k % 6 // 2] for k in at)
    happened = rng.random(60) < np.where([m == "A" for m in mission], np.linspace(0.1, 0.9, 60), 0.5)
    return places, Around(24000, counts.astype(float)), Closures(at, np.full(60, 24060), mission, happened)


def test_a_missions_outcomes_choose_for_the_others_and_not_for_itself(world):
    """Every closure of A turned round: A's candidate and forecasts keep their bits, the others choose anew."""
    places, near, closures = world
    mine = np.array([m == "A" for m in closures.mission])
    turned = Closures(closures.place, closures.at, closures.mission, closures.happened ^ mine)
    plain, other = choose(places, near, closures), choose(places, near, turned)
    assert plain.by_mission["A"] == other.by_mission["A"]
    assert plain.probability[mine].tobytes() == other.probability[mine].tobytes()
    assert plain.scores != other.scores
    assert all(plain.by_mission[m] != other.by_mission[m] for m in "BC")


def test_the_one_that_ships_is_the_best_over_all_missions(world):
    """Its mean square is the least; every mission has a candidate."""
    found = choose(*world)
    assert found.scores[found.candidate] == min(found.scores.values())
    assert set(found.scores) == set(FEW)
    assert set(found.by_mission) == set("ABC")
