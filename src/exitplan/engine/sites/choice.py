"""
Which variables and weights the model takes, by leave-one-mission-out inside leave-one-mission-out.

For each mission in turn the candidate is taken that forecast the closures of the other missions best, each of these
forecast without its own countries and without those of the mission in turn. The mission's closures then meet that candidate
for the first time. Method page: docs/methods/site-risk.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from exitplan.engine.binary.logistic import Floats
from exitplan.engine.sites.around import Around
from exitplan.engine.sites.closures import Closures
from exitplan.engine.sites.history import history
from exitplan.engine.sites.model import MAIN
from exitplan.engine.sites.training import Flags, Places, elsewhere, taught
from exitplan.engine.stability.scores import brier

SINCE = ("since_50", "since_100", "since_200", "since_400")
MEMORY = ("memory_50_6", "memory_50_24", "memory_100_24", "memory_200_24", "memory_400_6", "memory_400_24")
SETS = {
    "since": SINCE,
    "memory": MEMORY,
    "both": (*SINCE, "memory_50_6", "memory_200_24", "memory_400_24"),
    "full": (*SINCE, *MEMORY, "memory_25_24"),
}
BALANCES = (0.0, 0.5, 1.0)
RIDGE = 10.0


@dataclass(frozen=True)
class Candidate:
    """One choice of variables and weights."""

    name: str
    balance: float

    @property
    def variables(self) -> tuple[str, ...]:
        """Its variables."""
        return SETS[self.name]


CANDIDATES = tuple(Candidate(name, balance) for name in SETS for balance in BALANCES)


@dataclass(frozen=True)
class Chosen:
    """What the choice came to."""

    candidate: Candidate
    """Best over all missions: the one that ships."""
    scores: dict[Candidate, float]
    """Brier score of each candidate, every mission left out in turn."""
    probability: Floats
    """Nested forecasts, shape (closures,): nobody chose with the mission in sight."""
    by_mission: dict[str, Candidate]


def choose(places: Places, near: Around, closures: Closures) -> Chosen:
    """
    Compare `CANDIDATES` and forecast every mission with the one that the other missions choose.

    Parameters
    ----------
    closures
        Those with a known outcome, of two missions or more.
    """
    missions = sorted(set(closures.mission))
    members = {m: np.array([name == m for name in closures.mission]) for m in missions}
    away = {m: elsewhere(places, closures.place[members[m]]) for m in missions}
    squares: dict[Candidate, dict[tuple[str, str], Floats]] = {}
    plain: dict[Candidate, Floats] = {}
    for candidate in CANDIDATES:
        squares[candidate], plain[candidate] = _forecasts(places, near, closures, candidate, members, away)
    chosen = {
        m: min(CANDIDATES, key=lambda c: float(np.concatenate([squares[c][m, u] for u in missions if u != m]).mean()))
        for m in missions
    }
    nested = np.zeros(len(closures.mission))
    for m in missions:
        nested[members[m]] = plain[chosen[m]][members[m]]
    scores = {c: float(brier(plain[c], closures.happened).mean()) for c in CANDIDATES}
    return Chosen(min(CANDIDATES, key=scores.__getitem__), scores, nested, chosen)


def _forecasts(
    places: Places,
    near: Around,
    closures: Closures,
    candidate: Candidate,
    members: Mapping[str, Flags],
    away: Mapping[str, Flags],
) -> tuple[dict[tuple[str, str], Floats], Floats]:
    """Squared errors of mission u forecast without m and u, and forecasts of every mission without itself alone."""
    data = taught(places, near, MAIN, candidate.variables)
    values = history(near, closures.place, closures.at, candidate.variables)
    squares: dict[tuple[str, str], Floats] = {}
    plain = np.zeros(len(closures.mission))
    for m in members:
        for u in members:
            if u < m:
                continue
            fitted = data.fitted(away[m] & away[u], ridge=RIDGE, balance=candidate.balance)
            for left, other in {(m, u), (u, m)}:
                mine = members[other]
                squares[left, other] = brier(fitted.chance(values[mine]), closures.happened[mine])
                if left == other:
                    plain[mine] = fitted.chance(values[mine])
    return squares, plain
