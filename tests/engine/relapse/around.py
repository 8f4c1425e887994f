"""Surroundings for tests."""

from __future__ import annotations

import numpy as np

from exitplan.engine.binary.logistic import Floats
from exitplan.engine.relapse.years import Surroundings


def surroundings(violence: Floats, conflict: bool = False, refugees: float = 0.0) -> Surroundings:
    """Neighbours of so much violence; refugees from and to the country."""
    people = np.full(violence.shape, refugees)
    return Surroundings(np.full(violence.shape, conflict), violence, people, people)
