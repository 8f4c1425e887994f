"""Looking back: what lies in a phase, or hangs on a decision, and nothing later than the day looked from."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.errors import NotFound
from exitplan.engine.lessons.after_action import after_action
from tests.domain.samples import ON, added, changed, sound


def looked_at():
    """The sample with a phase, work in it and after it, a decision and lessons of each type."""
    dossier = added(sound(), "phases", code="PH1", order=1, start="2020-01-01", end="2020-12-31", gates=["G1"])
    dossier = changed(
        dossier,
        "handovers",
        "H1",
        state="reversed",
        transfer={"baseline": "2020-03-01"},
        reversals=[{"date": "2020-05-01", "why": "Posts stood empty."}],
    )
    dossier = changed(dossier, "handovers", "H2", transfer={"baseline": "2021-03-01"})
    dossier = changed(
        dossier, "sites", "S1", state="handed_over", closure={"baseline": "2020-04-01", "actual": "2020-04-11"}
    )
    dossier = changed(dossier, "sites", "S2", closure={})
    dossier = changed(
        dossier,
        "decisions",
        "D1",
        status="taken",
        date="2020-05-02",
        handovers=["H1"],
        why="People asked.",
        options=[{"code": "BACK", "title": "Take it back"}],
        chosen="BACK",
    )
    for code, fields in {
        "L1": {"type": "practice", "phase": "PH1"},
        "L2": {"type": "problem", "decision": "D1"},
        "L3": {"type": "gap", "about": ["handover:H1"]},
        "L4": {"type": "observation"},
    }.items():
        dossier = added(dossier, "lessons", code=code, finding="F.", **fields)
    return dossier


def test_a_phase_tells_what_was_first_planned_or_done_in_it():
    """With the days between: late, undone so far, and none for what is not due yet."""
    found = after_action(looked_at(), ON, phase="PH1")
    events = {(e.kind, e.code): e.days for e in found.events}

    assert events["site", "S1"] == 10
    assert events["handover", "H1"] == (ON - date(2020, 3, 1)).days
    assert ("handover", "H2") not in events
    assert ("site", "S2") not in events
    assert (found.start, found.end) == (date(2020, 1, 1), ON)


def test_a_phase_tells_its_gates_decisions_reversals_and_lessons():
    """A lesson belongs to the phase that it names."""
    found = after_action(looked_at(), ON, phase="PH1")

    assert [g.code for g in found.gates] == ["G1"]
    assert [(d.code, d.chosen) for d in found.decisions] == [("D1", "Take it back")]
    assert [(r.code, r.why) for r in found.reversals] == [("H1", "Posts stood empty.")]
    assert ([x.code for x in found.keep], [x.code for x in found.change]) == (["L1"], [])


def test_a_decision_tells_what_it_named():
    """Its hand-overs, itself, and lessons that name it or them."""
    found = after_action(looked_at(), ON, decision="D1")

    assert {(e.kind, e.code) for e in found.events} == {("handover", "H1")}
    assert [d.code for d in found.decisions] == ["D1"]
    assert sorted(x.code for x in found.change) == ["L2", "L3"]
    assert found.keep == ()


def test_the_whole_time_tells_every_lesson_once():
    """By its type."""
    found = after_action(looked_at(), ON)
    told = [x.code for x in (*found.keep, *found.change, *found.observed)]
    assert sorted(told) == ["L1", "L2", "L3", "L4"]


def test_nothing_later_than_the_day_is_told():
    """Looked at from an earlier day, neither the reversal nor the decision nor the closure has happened."""
    found = after_action(looked_at(), date(2020, 4, 5), phase="PH1")

    assert (found.decisions, found.reversals) == ((), ())
    site = next(e for e in found.events if e.code == "S1")
    assert (site.actual, site.days) == (None, 4)


@pytest.mark.parametrize("asked", [{"phase": "PH9"}, {"decision": "D9"}])
def test_what_there_is_not_is_not_found(asked):
    """A code of nothing is named as such."""
    with pytest.raises(NotFound):
        after_action(looked_at(), ON, **asked)
