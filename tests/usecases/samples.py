"""A mission with something of every classification, and a person for each role."""

from __future__ import annotations

from datetime import UTC, date, datetime

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import KINDS, Mission
from exitplan.domain.roles import ROLES, Reader, Role

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
TODAY = date(2026, 1, 5)
SECRET = "SECRET-RISK"

READERS: dict[Role, Reader] = {
    role: Reader(role, "UNCT" if role == "partner" else None, name=role.replace("_", "-")) for role in ROLES
}
OWNER, PLANNER, APPROVER = READERS["owner"], READERS["planner"], READERS["approver"]
OFFICER, COUNTERPART, OBSERVER = READERS["benchmark_officer"], READERS["national_counterpart"], READERS["observer"]

INDICATOR = {
    "unit": "incidents",
    "better": "lower",
    "versions": [{"version": 1, "start": "2020-01-01", "definition": "Incidents reported"}],
}
RISK = {"lens": "civilians", "event": "Something", "scores": [{"on": "2025-01-01", "likelihood": 2, "impact": 2}]}

BODIES = {
    "area": [
        {"code": "A1", "title": "North"},
        {"code": "A2", "title": "Closed area", "classification": "restricted"},
    ],
    "indicator": [
        {"code": "I1", "title": "Incidents", **INDICATOR},
        {"code": "I2", "title": "Inside", "classification": "restricted", **INDICATOR},
    ],
    "benchmark": [{"code": "B1", "title": "Calm", "statement": "Calm holds"}],
    "assessment": [
        {
            "code": "AS1",
            "title": "Rated",
            "party": "joint",
            "benchmark": "B1",
            "date": "2025-06-01",
            "rating": "not_met",
        }
    ],
    "gate": [
        {"code": "G1", "title": "Ready", "rule": {"all": [{"risk": "R1", "at_most": "high"}]}},
        {"code": "G2", "title": "Guarded", "rule": {"all": [{"risk": SECRET, "at_most": "high"}]}},
    ],
    "risk": [
        {"code": "R1", "title": "Known", **RISK},
        {"code": SECRET, "title": "Kept", "classification": "confidential", "owner": "SRSG", **RISK},
    ],
    "decision": [
        {
            "code": "D1",
            "title": "Go on?",
            "question": "Go on?",
            "options": [{"code": "GO", "title": "Go"}, {"code": "WAIT", "title": "Wait"}],
        }
    ],
}


def small(code: str = "M") -> Dossier:
    """The mission as a dossier."""
    mission = Mission(code=code, title="Mission", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    return Dossier(mission, {k: tuple(KINDS[k].model_validate(b) for b in v) for k, v in BODIES.items()})


def in_database(code: str = "M") -> str:
    """The same in the database."""
    from exitplan.store import missions

    missions.create(small(code), who="setup", why="first", at=NOW)
    return code
