"""
The chance that each gate is open in the months to come.

The courses of every indicator and of the violence recorded are drawn once; the one evaluator of `domain.condition` then
folds every gate over arrays of states, so that a gate ahead obeys the same rules as a gate today. A gate that even one course
leaves unknown at the horizon has no estimate at all.

References
----------
.. [1] Frechet, M. (1951). Sur les tableaux de correlation dont les marges sont donnees. Annales de l'Universite de Lyon,
       Section A, 14, 53-77.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.condition import CriterionLeaf
from exitplan.domain.errors import InvalidValue
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import Gate
from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.results.readiness import Opening
from exitplan.engine.readiness.leaves_ahead import LeavesAhead, StateAlgebra, States

LIKELY = 0.5


@dataclass(frozen=True)
class Outlook:
    """
    States of every gate from a day on.

    Parameters
    ----------
    origin
        Month index of the day looked from: month 0 of every array.
    gates
        States of each gate, by code.
    parts
        States of the parts a gate asks for (its criteria and its rule), by gate and then by name; the same criterion has the same
        name in every gate.
    """

    origin: int
    gates: Mapping[str, States]
    parts: Mapping[str, Mapping[str, States]]

    def opening(self, gate: str) -> tuple[Opening, ...]:
        """Chance month by month that a gate is open; empty where an unknown bars any estimate."""
        return self.joint([gate])

    def joint(self, gates: Iterable[str]) -> tuple[Opening, ...]:
        """
        Chance month by month that all these gates are open at once.

        Empty where no gate is named, or where any course leaves them unknown at the horizon; a nearer month in which one does is
        left out. `low` and `high` are the Frechet bounds over the parts: what the chance could be, were the parts tied to each
        other in another way.
        """
        named = tuple(gates)
        if not named:
            return ()
        states = StateAlgebra().least([self.gates[g] for g in named])
        parts = {name: part for g in named for name, part in self.parts[g].items()}
        known = (states != 0).all(axis=1)
        if not known[-1]:
            return ()
        chances = np.array([_share_met(part) for part in parts.values()])
        least = np.maximum(0.0, chances.sum(axis=0) - (len(parts) - 1))
        most = chances.min(axis=0)
        joint = _share_met(states)
        return tuple(
            Opening(
                month=month_text(self.origin + t),
                probability=float(joint[t]),
                low=float(min(least[t], joint[t])),
                high=float(max(most[t], joint[t])),
            )
            for t in np.flatnonzero(known).tolist()
        )

    def gate_months(self, probability: float = LIKELY) -> dict[str, int | None]:
        """
        First month in which each gate is open with at least this chance.

        Returns
        -------
        dict
            Month index by gate: the month of the day itself for a gate that is open; None where no month within the horizon
            reaches the chance, or none can be estimated.

        Raises
        ------
        InvalidValue
            When the chance is not in [0, 1].
        """
        if not 0.0 <= probability <= 1.0:
            raise InvalidValue("probability", probability, "a chance in [0, 1]")
        found: dict[str, int | None] = {}
        for gate, states in self.gates.items():
            month = month_text(self.origin) if states[0, 0] == 1 else first_month(self.opening(gate), probability)
            found[gate] = month_index(month) if month else None
        return found


def _share_met(states: States) -> NDArray[np.float64]:
    """Share of the courses that are met, month by month."""
    return np.asarray(np.count_nonzero(states == 1, axis=1) / states.shape[1])


def outlook(facts: Facts, *, courses: int = 2000, horizon: int = 24, seed: int = 1) -> Outlook:
    """
    Look ahead over every gate of a dossier.

    Parameters
    ----------
    facts
        What is known on the day looked from.
    courses
        Courses drawn, 1 or more; the Monte Carlo error of a chance is at most 0.5 / sqrt(courses).
    horizon
        Months looked ahead, 1 or more.
    seed
        Seed of the run.

    Raises
    ------
    InvalidValue
        When courses or horizon are below 1, or the seed is negative.
    """
    for name, given in (("courses", courses), ("horizon", horizon)):
        if given < 1:
            raise InvalidValue(name, given, "one or more")
    ahead = LeavesAhead(facts, horizon=horizon, courses=courses, seed=seed)
    gates: dict[str, States] = {}
    parts: dict[str, dict[str, States]] = {}
    for gate in facts.dossier.of(Gate):
        condition = gate.condition
        parts[gate.code] = {
            f"criterion:{part.criterion}" if isinstance(part, CriterionLeaf) else f"rule:{gate.code}": ahead.condition(
                part
            )
            for part in condition.all
        }
        gates[gate.code] = ahead.condition(condition)
    return Outlook(origin=month_of(facts.on), gates=gates, parts=parts)


def first_month(opening: Iterable[Opening], probability: float = LIKELY) -> str | None:
    """The first month with at least this chance; None where there is none."""
    return next((o.month for o in opening if o.probability >= probability), None)
