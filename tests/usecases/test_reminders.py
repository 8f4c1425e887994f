"""What falls due: what waits for somebody is there with its day, what is done is not."""

from __future__ import annotations

from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Activity, Agreement, Decision, Mandate, Mission, Request, Treatment, Watch
from exitplan.usecases.open_mission import open_mission
from exitplan.usecases.reminders import reminders

ON = date(2026, 6, 30)


def dossier(**entries: object) -> Dossier:
    """A small mission with some entries."""
    mission = Mission(
        code="M",
        title="M",
        acronym="M",
        host=("XKA",),
        host_name="Kasanda",
        started=date(2020, 1, 1),
        basis="fictional",
    )
    return Dossier(mission, entries)  # type: ignore[arg-type]


def test_work_that_is_not_done_is_due() -> None:
    """Late work first; what was done is left out, what will be done after the day is not."""
    late = Activity(code="A1", title="a", due=date(2026, 1, 1))
    done = Activity(code="A2", title="a", due=date(2026, 1, 1), done=date(2026, 2, 1))
    ahead = Activity(code="A3", title="a", due=date(2026, 8, 1), done=date(2026, 7, 15))
    found = reminders(dossier(activity=(late, done, ahead)), ON)
    assert [(r.code, r.late(ON)) for r in found] == [("A1", True), ("A3", False)]


def test_a_treatment_with_an_activity_reminds_once() -> None:
    """The activity carries the day."""
    work = Activity(code="A1", title="a", due=date(2026, 8, 1))
    tied = Treatment(code="T1", title="t", risk="R1", activity="A1", due=date(2026, 8, 1))
    free = Treatment(code="T2", title="t", risk="R1", due=date(2026, 9, 1))
    found = reminders(dossier(activity=(work,), treatment=(tied, free)), ON)
    assert [r.code for r in found] == ["A1", "T2"]


def test_an_agreement_reminds_when_its_renewal_has_to_begin() -> None:
    """So many days before its end as a renewal takes, and on the end itself; not after it."""
    running = Agreement(code="G1", title="g", parties=("P",), type="x", expires=date(2026, 9, 30), renewal_days=30)
    ended = Agreement(code="G2", title="g", parties=("P",), type="x", expires=date(2026, 5, 31))
    found = reminders(dossier(agreement=(running, ended)), ON)
    assert [(r.day, r.what) for r in found] == [(date(2026, 8, 31), "renew"), (date(2026, 9, 30), "end")]


def test_questions_remind_while_they_are_open() -> None:
    """Decisions wanted name who decides."""
    wanted = Decision(code="D1", title="d", question="q", due=date(2026, 7, 1), decider="Head of Mission")
    taken = Decision(code="D2", title="d", question="q", due=date(2026, 7, 1), status="taken", date=date(2026, 6, 1))
    asked = Request(code="Q1", title="q", partner="P", asked=date(2026, 5, 1), due=date(2026, 7, 2))
    answered = asked.model_copy(update={"code": "Q2", "status": "declined"})
    found = reminders(dossier(decision=(wanted, taken), request=(asked, answered)), ON)
    assert [(r.code, r.what, r.owner) for r in found] == [("D1", "decide", "Head of Mission"), ("Q1", "answer", "")]


def test_the_watch_is_reviewed_after_the_last_mandate_alone() -> None:
    """Three and six months after its end; a mandate that is not the last reminds of its own end only."""
    watch = Watch(code="W1", title="w", trigger={"on_or_after": "2027-01-01"}, review_months=(3, 6))
    mandate = Mandate(
        code="M1", title="m", authority="x", adopted=date(2026, 1, 1), start=date(2026, 1, 1), end=date(2026, 12, 31)
    )
    assert [r.what for r in reminders(dossier(watch=(watch,), mandate=(mandate,)), ON)] == ["end"]
    last = mandate.model_copy(update={"final": True})
    found = reminders(dossier(watch=(watch,), mandate=(last,)), ON)
    assert [(r.day, r.what) for r in found][1:] == [(date(2027, 3, 31), "review"), (date(2027, 6, 30), "review")]


def test_every_day_of_a_full_mission_is_in_order() -> None:
    """Kasanda has something of each sort, the earliest first."""
    found = reminders(open_mission("kasanda"), ON)
    assert [r.day for r in found] == sorted(r.day for r in found)
    assert {"due", "answer", "renew", "decide", "measure", "end"} <= {r.what for r in found}
