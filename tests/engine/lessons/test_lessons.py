"""Lessons: their state follows from what is filled, and they are offered where they apply, with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.kinds import Gate, Lesson
from exitplan.domain.lessons import LibraryLesson
from exitplan.engine.lessons.lessons import lessons
from tests.domain.samples import ON, added, changed, sound

PAST = {
    "code": "PAST-ONE",
    "title": "Count first",
    "title_fr": "Compter d'abord",
    "case": "UNX",
    "known": "2010-01-01",
    "type": "problem",
    "finding": "Posts were empty.",
    "finding_fr": "Des postes étaient vides.",
    "recommendation": "Count by post.",
    "recommendation_fr": "Compter par poste.",
    "applies_to": ["gate"],
    "sources": [{"publisher": "Publisher", "document": "S/2009/1"}],
}


def past(**fields):
    """A lesson of the library."""
    return LibraryLesson.model_validate(PAST | fields)


def gates(dossier):
    """The dossier with two gates over police, one over courts and one over nothing in particular."""
    for code, trade in (("FP", "police"), ("FJ", "justice")):
        dossier = added(dossier, "functions", code=code, trade=trade)
    for code, function in (("GP1", "FP"), ("GP2", "FP"), ("GJ", "FJ"), ("GX", None)):
        dossier = added(dossier, "gates", code=code, criteria=["C1"], **({"function": function} if function else {}))
    return dossier


def offered(dossier, gate, library=(), on=ON):
    """Codes of the lessons offered at a gate, own ones first."""
    found = lessons(dossier, library, on, offered_for=dossier.find(Gate, gate))
    return [line.code for line in (*found.lessons, *found.library)]


@pytest.mark.parametrize(
    ("filled", "state"),
    [
        ({}, "found"),
        ({"recommendation": "Do."}, "advised"),
        ({"action": "Doing."}, "under_way"),
        ({"due": "2020-07-01"}, "under_way"),
        ({"action": "Doing.", "due": "2020-06-30"}, "under_way"),
        ({"action": "Doing.", "due": "2020-06-29"}, "overdue"),
        ({"action": "Doing.", "due": "2020-06-29", "done": "2020-06-30"}, "done"),
        ({"action": "Doing.", "due": "2020-06-29", "done": "2020-07-01"}, "overdue"),
        ({"done": "2020-06-30"}, "done"),
    ],
)
def test_a_state_follows_from_what_is_filled(filled, state):
    """On the day itself nothing is late yet, and what will be done is not done."""
    entry = Lesson.model_validate({"code": "L1", "title": "L", "finding": "F.", **filled})
    assert entry.state(date(2020, 6, 30)) == state


def test_a_lesson_learned_at_a_gate_is_offered_at_another_of_its_trade():
    """And not at one over other work; where a gate says nothing of its work, the kind alone counts."""
    dossier = added(gates(sound()), "lessons", code="L1", finding="F.", about=["gate:GP1"])

    assert offered(dossier, "GP1") == ["L1"]
    assert offered(dossier, "GP2") == ["L1"]
    assert offered(dossier, "GJ") == []
    assert offered(dossier, "GX") == ["L1"]


def test_the_reasons_say_what_both_have_in_common():
    """The entry itself, the kind, the function before the trade, a word."""
    dossier = added(gates(sound()), "lessons", code="L1", finding="F.", about=["gate:GP1"], tags=["gate gp1"])
    at = {
        code: {
            reason.why: reason.value
            for reason in lessons(dossier, (), ON, offered_for=dossier.find(Gate, code)).lessons[0].reasons
        }
        for code in ("GP1", "GP2", "GX")
    }

    assert at["GP1"]["entry"] == "gate:GP1"
    assert at["GP2"] == {"kind": "gate", "function": "FP"}
    assert at["GX"] == {"kind": "gate"}


def test_another_function_of_the_same_trade_is_offered_for_its_trade():
    """A lesson about policing in one place is not lost for another."""
    dossier = added(gates(sound()), "functions", code="FP2", trade="police")
    dossier = added(dossier, "gates", code="GP3", criteria=["C1"], function="FP2")
    dossier = added(dossier, "lessons", code="L1", finding="F.", about=["gate:GP1"])
    found = lessons(dossier, (), ON, offered_for=dossier.find(Gate, "GP3")).lessons[0]

    assert [(r.why, r.value) for r in found.reasons] == [("kind", "gate"), ("trade", "police")]


def test_own_lessons_come_before_the_library_and_the_nearer_first():
    """The mission's own first; of two, the one with more in common."""
    dossier = added(gates(sound()), "lessons", code="L1", finding="F.", applies_to=["gate"])
    dossier = added(dossier, "lessons", code="L2", finding="F.", about=["gate:GP1"])

    assert offered(dossier, "GP2", (past(), past(code="PAST-TWO", trades=["police"]))) == [
        "L2",
        "L1",
        "PAST-TWO",
        "PAST-ONE",
    ]


def test_nobody_is_offered_hindsight():
    """A lesson of the library appears on the day on which its finding was known."""
    dossier = gates(sound())
    later = past(known="2020-07-01")

    assert offered(dossier, "GP1", (later,), date(2020, 6, 30)) == []
    assert offered(dossier, "GP1", (later,), date(2020, 7, 1)) == ["PAST-ONE"]


def test_what_has_no_kind_is_offered_nowhere():
    """A lesson that speaks to nothing is in the list and beside no entry."""
    dossier = added(gates(sound()), "lessons", code="L1", finding="F.", trades=["police"])

    assert offered(dossier, "GP1") == []
    assert [line.code for line in lessons(dossier, (), ON).lessons] == ["L1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("count", True),
        ("COUNTS", True),
        ("compter", True),
        ("été vidés", False),
        ("poste", True),
        ("étaient postés", True),
        ("the posts", True),
        ("l'evaluation", False),
        ("S/2009/1", True),
        ("nothing", False),
        ("", True),
    ],
)
def test_words_find_a_lesson_in_either_language(words, found):
    """Whole words or their beginnings, without accents, all of them."""
    assert bool(lessons(sound(), (past(),), ON, words=words).library) is found


def test_states_count_all_and_show_those_asked_for():
    """Counts are of everything the reader sees; the library has no state and steps back."""
    dossier = added(sound(), "lessons", code="L1", finding="F.")
    dossier = added(dossier, "lessons", code="L2", finding="F.", recommendation="R.")
    result = lessons(dossier, (past(),), ON, states=("advised",))

    assert [line.code for line in result.lessons] == ["L2"]
    assert result.library == ()
    assert (result.states["found"], result.states["advised"], result.states["done"]) == (1, 1, 0)


def test_what_waits_for_somebody_stands_first():
    """Overdue, under way, advised, found, done; earlier days first."""
    dossier = sound()
    for code, fields in {
        "L1": {"done": "2020-01-01"},
        "L2": {},
        "L3": {"action": "A.", "due": "2021-03-01"},
        "L4": {"action": "A.", "due": "2020-01-01"},
        "L5": {"action": "A.", "due": "2020-12-01"},
        "L6": {"recommendation": "R."},
    }.items():
        dossier = added(dossier, "lessons", code=code, finding="F.", **fields)

    assert [line.code for line in lessons(dossier, (), ON).lessons] == ["L4", "L5", "L3", "L6", "L2", "L1"]


def test_a_hand_over_without_a_guarded_gate_takes_its_trade_from_its_function():
    """A lesson about hand-overs of police is offered at such a hand-over and not at one of courts."""
    dossier = changed(gates(sound()), "handovers", "H1", function="FP")
    dossier = changed(dossier, "handovers", "H2", function="FJ")
    dossier = added(dossier, "lessons", code="L1", finding="F.", applies_to=["handover"], trades=["police"])
    at = {
        code: bool(lessons(dossier, (), ON, offered_for=dossier.named("handover", code)).lessons)
        for code in ("H1", "H2")
    }
    assert at == {"H1": True, "H2": False}
