"""`exitplan communications`: who is told what about each hand-over, and rumours that wait for an answer."""

from __future__ import annotations

from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.results.communications import CommunicationsResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.open_mission import day_of, open_mission


def communications(mission: str, *, on: date | None = None) -> Answered[CommunicationsResult]:
    """The communication plan of a mission: hand-overs nobody is told about first."""
    return communications_of(open_mission(mission), on=on)


def communications_of(dossier: Dossier, *, on: date | None = None) -> Answered[CommunicationsResult]:
    """The same of a dossier that is on the table."""
    from exitplan.engine.communications.plan import communications as planned

    day = day_of(dossier, on)
    return answered("communications", dossier, planned(dossier, day), on=day)
