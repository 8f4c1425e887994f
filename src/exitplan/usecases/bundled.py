"""`exitplan missions`: the missions that come along."""

from __future__ import annotations

from exitplan.domain.kinds import Mission
from exitplan.importers.library import bundled_missions
from exitplan.usecases.open_mission import open_mission


def bundled() -> tuple[tuple[str, Mission], ...]:
    """Name and mission of each dossier that comes along."""
    return tuple((name, open_mission(name).mission) for name in bundled_missions())
