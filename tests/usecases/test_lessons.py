"""Lessons for a reader: nothing hidden is offered, counted or found, and one of the library enters the dossier once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.kinds import Lesson
from exitplan.domain.roles import EDITS, ROLES, Reader
from exitplan.store import missions
from exitplan.usecases import lessons as asked
from exitplan.usecases.board import view
from tests.domain.samples import added, sound

AT = datetime(2026, 1, 1, tzinfo=UTC)
WHO = {"who": "amina", "why": "because", "at": AT}


@pytest.fixture
def mission(home):
    """A mission with an open, a restricted and a confidential lesson about one gate."""
    dossier = sound()
    for code, classification in (("L1", "open"), ("L2", "restricted"), ("L3", "confidential")):
        dossier = added(
            dossier, "lessons", code=code, finding=f"Numbat {code}.", about=["gate:G1"], classification=classification
        )
    missions.create(dossier, **WHO)
    return dossier.mission.code


SEEN = {
    "owner": 3,
    "approver": 3,
    "planner": 2,
    "benchmark_officer": 2,
    "risk_officer": 2,
    "national_counterpart": 1,
    "partner": 1,
    "observer": 1,
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_offered_and_told_what_it_may_see(mission, role):
    """The list, the counts, the offer and the words agree."""
    seen = view(mission, Reader(role))
    listed = asked.lessons_seen(seen)

    assert len(listed.lessons) == sum(listed.states.values()) == SEEN[role]
    assert len(asked.lessons_seen(seen, offered_for="gate:G1").lessons) == SEEN[role]
    assert len(asked.lessons_seen(seen, words="numbats").lessons) == SEEN[role]
    assert asked.lessons_seen(seen, states=("done",)).lessons == ()


@pytest.mark.parametrize("wanted", ["gate:NONE", "gate:", "gate", "", ":G1", "doors:G1", "lesson:L3"])
def test_what_cannot_be_asked_for_is_said(mission, wanted):
    """No kind, no code, no such entry, and one that is hidden is no such entry."""
    seen = view(mission, Reader("observer"))
    with pytest.raises((InvalidValue, NotFound)):
        asked.entry_named(seen.dossier, wanted)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_writes_lessons_takes_one_in(mission, role):
    """With its document as a source and where it came from; the others are refused."""
    reader = Reader(role, name="amina")
    kinds = EDITS.get(role, frozenset())
    if kinds is not None and "lesson" not in kinds:
        with pytest.raises(NotAllowed):
            asked.take(reader, mission, "UNAMID-LOOTED", why="Because.", at=AT)
        return
    code = asked.take(reader, mission, "UNAMID-LOOTED", why="Because.", at=AT)
    seen = view(mission, reader)
    lesson = seen.dossier.find(Lesson, code)

    assert (lesson.origin, lesson.case, lesson.basis) == ("UNAMID-LOOTED", "UNAMID", "fact")
    assert all(seen.knows("source", source) for source in lesson.sources)
    assert not [f for f in seen.findings if f.entry == code]
    assert asked.take(reader, mission, "UNAMID-LOOTED", why="Again.", at=AT) == code
    assert len(view(mission, reader).dossier.of(Lesson)) == len(seen.dossier.of(Lesson))


def test_a_lesson_that_is_not_in_the_library_is_not_found(mission):
    """By its code, with those there are."""
    with pytest.raises(NotFound, match="UNMIT-FOUR-CRITERIA"):
        asked.take(Reader("planner", name="amina"), mission, "NONE", why="Because.", at=AT)
