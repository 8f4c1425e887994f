"""Closed sites as the back-test sees them."""

from __future__ import annotations

from dataclasses import dataclass

from exitplan.engine.sites.around import Months
from exitplan.engine.sites.training import Flags


@dataclass(frozen=True)
class Closures:
    """Closures, shape (closures,) each."""

    place: Months
    """Which of the places."""
    at: Months
    """Month index of closure; nothing of that month or later may be looked at."""
    mission: tuple[str, ...]
    happened: Flags
    """Whether an event of `MAIN` followed."""

    def only(self, rows: Flags) -> Closures:
        """Some of them, `rows` of shape (closures,)."""
        mission = tuple(name for name, wanted in zip(self.mission, rows, strict=True) if wanted)
        return Closures(self.place[rows], self.at[rows], mission, self.happened[rows])
