"""What pages show of a mission: one study for each reader and revision, kept while the revision stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Gate
from exitplan.domain.months import month_index
from exitplan.domain.results.readiness import CalendarClock, StatusResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.domain.roles import may
from exitplan.usecases.board import View
from exitplan.usecases.kept import kept_with
from exitplan.usecases.open_mission import day_of
from exitplan.usecases.study import Study, study_of

HORIZON = 24
"""Months looked ahead where nobody says otherwise."""

KEPT_LOOKS = 8
"""Questions to one view whose answers are kept with it."""


@dataclass(frozen=True, eq=False)
class Look:
    """A look at a mission, from what one role may see of it; the reader has no name here."""

    view: View
    study: Study

    @cached_property
    def status(self) -> StatusResult:
        """Where the mission stands; chances only for readers who were given them."""
        return self.status_since(None)

    def status_since(self, since: date | None) -> StatusResult:
        """The same with what has changed since an earlier day."""
        found = self.study.status(since)
        return found if may(self.view.reader, "see_chances") else _without_chances(found)

    @cached_property
    def schedule(self) -> ScheduleResult:
        """
        The feasible sequence, as this reader may see it. Raises NotFound where there is no plan.

        Readers without chances get the sequence with every gate open, which rests on none; readers without positions get
        the hand-overs alone.
        """
        reader = self.view.reader
        found = self.study.schedule if may(reader, "see_chances") else self.study.schedule_with_gates_open
        return found if may(reader, "see_positions") else _without_positions(found)

    @cached_property
    def takeover(self) -> TakeoverResult:
        """Who takes over; what institutions can carry, and when, only for readers who were given chances."""
        found = self.study.takeover
        return found if may(self.view.reader, "see_chances") else found.without_chances()


def look(
    seen: View,
    *,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    horizon: int = HORIZON,
    seed: int = 1,
) -> Look:
    """A reader's look at a mission, from a day, under a plan and a scenario. Raises NotFound for a plan there is not."""
    return _look(seen.shared, day_of(seen.dossier, on), plan, scenario, horizon, seed)


@kept_with(most=KEPT_LOOKS)
def _look(seen: View, on: date, plan: str | None, scenario: str | None, horizon: int, seed: int) -> Look:
    if plan or scenario:
        return Look(seen, _look(seen, on, None, None, horizon, seed).study.under(plan, scenario))
    return Look(seen, study_of(seen.dossier, on=on, plan=None, scenario=None, horizon=horizon, seed=seed))


@dataclass(frozen=True)
class Glance:
    """Where a mission stands without looking ahead: its calendar, and how many of the gates it waits for are not open."""

    calendar: CalendarClock
    gates: int
    shut: int
    exit: bool


def glance(seen: View, on: date | None = None) -> Glance:
    """A reader's glance at a mission, from a day. Nothing is simulated or sequenced, so that many missions can be shown at once."""
    return _glance(seen.shared, day_of(seen.dossier, on))


@kept_with(most=KEPT_LOOKS)
def _glance(seen: View, on: date) -> Glance:
    from exitplan.engine.readiness.clocks import calendar

    dossier = seen.dossier
    study = study_of(dossier, on=on, plan=None, scenario=None)
    facts = facts_on(dossier, on)
    exits = [gate for code in dossier.mission.exit_gates if (gate := dossier.get(Gate, code))]
    gates = exits or dossier.of(Gate)
    return Glance(
        calendar=calendar(dossier, on, plan=study.plan, scenario=study.scenario),
        gates=len(gates),
        shut=sum(facts.gate(gate).state != "met" for gate in gates),
        exit=bool(exits),
    )


def _without_positions(schedule: ScheduleResult) -> ScheduleResult:
    """The hand-overs of a sequence: no site, head count, budget or resource, which would tell where people are and when they go."""
    told = ("start", "gate", "after", "duration", "blackout", "pause", "plan", "done")
    steps = tuple(
        step.model_copy(update={"bindings": tuple(b for b in step.bindings if b.kind in told)})
        for step in schedule.steps
        if step.kind == "handover"
    )
    stuck = any(step.state == "not_feasible" for step in steps)
    end = None if stuck else max((s.earliest for s in steps if s.state == "planned" and s.earliest), default=None)
    late = month_index(end) - month_index(schedule.deadline) if end and schedule.deadline else None
    return schedule.model_copy(
        update={
            "steps": steps,
            "end": end,
            "late_months": late,
            "critical": (),
            "strength": (),
            "limits": (),
            "breaches": (),
        }
    )


def _without_chances(status: StatusResult) -> StatusResult:
    """The status without any probability or month that rests on one."""
    clocks = status.clocks
    known = clocks.conditions
    months = dict.fromkeys(("month", "early", "late", "probability_at_calendar", "low", "high"))
    quiet = known.model_copy(update={**months, "not_shown": not known.open_now})
    return status.model_copy(
        update={
            "clocks": clocks.model_copy(
                update={
                    "conditions": quiet,
                    "gap_months": None,
                    "standing": clocks.standing if known.open_now or clocks.standing == "unknown" else "not_shown",
                }
            ),
            "gates": tuple(g.model_copy(update={"opening": (), "opens": None}) for g in status.gates),
        }
    )
