"""A mission that begins with nothing but its own name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding
from exitplan.domain.kinds import Mission
from exitplan.importers.draft import entry_of
from exitplan.importers.schema_faults import faults_of

ASKED = ("code", "title", "acronym", "host", "host_name", "started")
"""What has to be known of a mission before anything else is."""


def begin_empty(given: Mapping[str, str], *, owner: str, why: str, at: datetime) -> str:
    """
    Put a new mission without entries into the database, with its first owner; returns its code.

    Parameters
    ----------
    given
        What was typed for each of `ASKED`; several host countries are separated by commas.

    Raises
    ------
    InputFaults
        With every fault of what was typed.
    InvalidValue, NotFound
        When there is a mission of that code already, or no such person.
    """
    from exitplan.store import accounts, factors, missions

    factors.named(owner)
    body: dict[str, object] = {name: given.get(name, "").strip() for name in ASKED}
    body["host"] = [code.strip().upper() for code in given.get("host", "").split(",") if code.strip()]
    try:
        mission = entry_of(Mission, {name: value for name, value in body.items() if value})
    except ValidationError as error:
        raise InputFaults(
            tuple(
                Finding(code=f.code, kind="mission", field=f.field, value=f.value, wanted=f.wanted)
                for f in faults_of(error, Mission)
            )
        ) from None
    assert isinstance(mission, Mission)
    missions.create(Dossier(mission), who=owner, why=why, at=at)
    accounts.give_role(owner, mission.code, "owner", who=owner, why=why, at=at)
    return mission.code
