"""Hand-overs one step at a time: no step is jumped, each has its reason, transfers and reversals have their day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed
from exitplan.domain.kinds import Handover
from exitplan.domain.roles import Reader
from exitplan.domain.states import HANDOVER_STEPS
from exitplan.usecases import handing
from exitplan.usecases.board import view

PLANNER = Reader("planner", None, "us")
ON, AT = date(2026, 6, 20), datetime(2026, 6, 30, tzinfo=UTC)
DAYS = {"transferred", "monitored", "confirmed", "reversed"}
MISSION = "TEST-LAND"


@pytest.fixture
def mission(home: Path) -> str:
    """A mission with one hand-over in each state."""
    from exitplan.domain.dossier import Dossier
    from exitplan.domain.kinds import Function, Mission
    from exitplan.store import missions

    whole = Mission(code=MISSION, title="Test", acronym="T", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    functions = tuple(Function(code=f"F-{s.upper()}", title=s, trade="police") for s in HANDOVER_STEPS)
    handovers = tuple(
        Handover.model_validate(
            {
                "code": f"H-{s.upper()}",
                "title": s,
                "function": f"F-{s.upper()}",
                "state": s,
                **({"transfer": {"actual": "2026-01-10"}} if s in DAYS else {}),
                **({"remedial": ["radios"]} if s in ("remedial", "jointly_assessed") else {}),
            }
        )
        for s in HANDOVER_STEPS
    )
    missions.create(Dossier(whole, {"function": functions, "handover": handovers}), who="setup", why="test", at=AT)
    return MISSION


def stepped(mission: str, start: str, to: str, **more: Any) -> Handover:
    given: dict[str, Any] = {"version": 1, "on": ON, "why": "agreed", "remedial": ["two radios"], "at": AT, **more}
    handing.step(PLANNER, mission, f"H-{start.upper()}", to, **given)
    return view(mission, PLANNER).dossier.find(Handover, f"H-{start.upper()}")


def test_exactly_the_steps_of_the_table_can_be_taken(mission: str) -> None:
    """Every state against every other: what the table names is written, the rest refused, and no fault appears."""
    for start, allowed in HANDOVER_STEPS.items():
        for to in HANDOVER_STEPS:
            if to not in allowed:
                with pytest.raises(InvalidValue):
                    stepped(mission, start, to)
        last = allowed[-1]
        assert stepped(mission, start, last).state == last
    assert [f for f in view(mission, PLANNER).findings if f.kind == "handover"] == []


def test_a_transfer_keeps_its_first_day(mission: str) -> None:
    """Monitoring and confirming do not move it."""
    assert stepped(mission, "approved", "transferred").transfer.actual == ON
    later = date(2026, 6, 29)
    assert stepped(mission, "transferred", "monitored", on=later).transfer.actual == date(2026, 1, 10)


def test_what_was_taken_back_is_counted_and_loses_its_day_when_it_starts_anew(mission: str) -> None:
    """The day stands while it is reversed, and is gone once it is proposed again."""
    back = stepped(mission, "confirmed", "reversed", why="post overrun")
    assert [(r.date, r.why) for r in back.reversals] == [(ON, "post overrun")]
    assert back.transfer.actual == date(2026, 1, 10)
    again = stepped(mission, "reversed", "proposed")
    assert again.transfer.actual is None


def test_what_has_to_be_mended_stands_until_it_is_approved(mission: str) -> None:
    """Empty lines are no work."""
    assert stepped(mission, "jointly_assessed", "remedial", remedial=[" ", "four cells "]).remedial == ("four cells",)
    handing.step(PLANNER, mission, "H-REMEDIAL", "jointly_assessed", version=1, on=None, why="seen", at=AT)
    handing.step(PLANNER, mission, "H-REMEDIAL", "approved", version=2, on=None, why="mended", at=AT)
    assert view(mission, PLANNER).dossier.find(Handover, "H-REMEDIAL").remedial == ()


@pytest.mark.parametrize(
    ("start", "to", "lacks"),
    [
        ("proposed", "self_assessed", {"why": "  "}),
        ("approved", "transferred", {"on": None}),
        ("confirmed", "reversed", {"on": None}),
        ("jointly_assessed", "remedial", {"remedial": [" "]}),
        ("proposed", "gone", {}),
    ],
)
def test_a_step_that_lacks_something_writes_nothing(mission: str, start: str, to: str, lacks: dict[str, Any]) -> None:
    """Reason, day, or what has to be mended."""
    before = view(mission, PLANNER).revision
    with pytest.raises(InvalidValue):
        stepped(mission, start, to, **lacks)
    assert view(mission, PLANNER).revision == before


@pytest.mark.parametrize("role", ["risk_officer", "approver", "national_counterpart", "partner", "observer"])
def test_only_who_edits_handovers_takes_steps(mission: str, role: str) -> None:
    """The counterpart assesses and signs; the step itself is recorded by planner or owner."""
    with pytest.raises(NotAllowed):
        handing.step(Reader(role, None, "x"), mission, "H-PROPOSED", "self_assessed", version=1, on=ON, why="x", at=AT)


def test_both_sides_have_signed_only_under_the_version_as_it_stands(mission: str) -> None:
    """An older signature, a note or a reservation alone is no signature; a receiving partner signs for the national side."""
    from exitplan.usecases.deciding import receive, signed

    counterpart, approver = Reader("national_counterpart", None, "them"), Reader("approver", None, "head")
    found = view(mission, PLANNER).dossier.find(Handover, "H-APPROVED")

    def now(version: int) -> handing.Sides:
        return handing.sides(found, version, signed(PLANNER, mission, "handover", "H-APPROVED"))

    receive(counterpart, mission, "handover", "H-APPROVED", 1, receipt="reserved", text="not yet", at=AT)
    receive(approver, mission, "handover", "H-APPROVED", 1, receipt="noted", at=AT)
    assert (now(1).national, now(1).mission) == (None, None)
    receive(counterpart, mission, "handover", "H-APPROVED", 1, receipt="agreed_with_reservation", text="radios", at=AT)
    receive(approver, mission, "handover", "H-APPROVED", 1, receipt="agreed", at=AT)
    assert now(1).both
    assert not now(2).both
    partner = found.model_copy(update={"receiver_partner": "P-UN"})
    receive(Reader("partner", "P-UN", "un"), mission, "handover", "H-APPROVED", 1, receipt="agreed", at=AT)
    assert handing.sides(partner, 1, signed(PLANNER, mission, "handover", "H-APPROVED")).national is not None
