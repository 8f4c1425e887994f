"""One look at a mission: a dossier, a day, a plan and a scenario, and what each workshop makes of them, worked out once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue
from exitplan.domain.facts import facts_on
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Gate, Plan, Scenario
from exitplan.domain.months import month_index, month_of
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.usecases.open_mission import day_of, open_mission

if TYPE_CHECKING:
    from exitplan.domain.results.after import AfterResult
    from exitplan.domain.results.capacity import CapacityResult
    from exitplan.domain.results.communications import CommunicationsResult
    from exitplan.domain.results.explain import ExplainResult
    from exitplan.domain.results.lessons import LessonsResult
    from exitplan.domain.results.partners import PartnersResult
    from exitplan.domain.results.risk import RisksResult
    from exitplan.domain.results.stability import FuturesResult
    from exitplan.domain.results.takeover import TakeoverResult
    from exitplan.domain.results.watch import TriggersResult, WatchResult
    from exitplan.engine.readiness.outlook import Outlook
    from exitplan.engine.stability.explain import Side
    from exitplan.engine.stability.shards import Count

COURSES = 2000
"""Courses of indicators drawn for the chances of gates."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Study:
    """
    A question to the engine. Engines are loaded when first asked, so that a quick question stays quick.

    Parameters
    ----------
    plan
        None where the dossier has no plan: then there is no sequence, only what the mandate says.
    """

    dossier: Dossier
    on: date
    plan: Plan | None
    scenario: Scenario
    seed: int = 1
    horizon: int = 24

    @cached_property
    def outlook(self) -> Outlook:
        """The chances of every gate in the months to come."""
        from exitplan.engine.readiness.outlook import outlook

        return outlook(facts_on(self.dossier, self.on), courses=COURSES, horizon=self.horizon, seed=self.seed)

    def under(self, plan: str | None, scenario: str | None) -> Study:
        """The same look under another plan and scenario; the outlook, which rests on neither, is kept. Raises NotFound."""
        planned = self.dossier.plan(plan) if plan or self.dossier.of(Plan) else None
        return self._under(planned, self.dossier.scenario(scenario))

    def _under(self, plan: Plan | None, scenario: Scenario) -> Study:
        other = replace(self, plan=plan, scenario=scenario)
        other.__dict__["outlook"] = self.outlook
        return other

    @cached_property
    def schedule(self) -> ScheduleResult:
        """The feasible sequence under the plan. Raises NotFound where there is no plan."""
        return self.sequence(self.outlook.gate_months(self._planned.gate_probability))

    @cached_property
    def schedule_with_gates_open(self) -> ScheduleResult:
        """The feasible sequence if every gate were open today: it rests on no chance. Raises NotFound where there is no plan."""
        found = self.sequence({gate.code: month_of(self.on) for gate in self.dossier.of(Gate)})
        told = ("schedule-gates-taken-as-open" if a == "schedule-gates-by-outlook" else a for a in found.assumptions)
        return found.model_copy(update={"assumptions": tuple(told)})

    def sequence(self, gate_months: Mapping[str, int | None]) -> ScheduleResult:
        """The feasible sequence under the plan, with gates that open in given months (month indices, None for never)."""
        from exitplan.engine.schedule.schedule import schedule

        return schedule(
            self.dossier,
            self.on,
            plan=self._planned,
            scenario=self.scenario,
            gate_months=gate_months,
            horizon=self.horizon,
        )

    @property
    def _planned(self) -> Plan:
        return self.plan or self.dossier.plan(None)

    def status(self, since: date | None = None) -> StatusResult:
        """Where the mission stands."""
        from exitplan.engine.readiness.status import status
        from exitplan.engine.schedule.schedule import feasible_clock

        return status(
            self.dossier,
            self.on,
            since=since,
            plan=self.plan,
            scenario=self.scenario,
            seed=self.seed,
            courses=COURSES,
            horizon=self.horizon,
            feasible=feasible_clock(self.schedule) if self.plan else None,
            ahead=self.outlook,
        )

    @cached_property
    def capacity(self) -> CapacityResult:
        """What the national institutions can carry."""
        from exitplan.engine.capacity.growth import capacity

        return capacity(self.dossier, self.on, scenario=self.scenario, seed=self.seed, horizon=self.horizon)

    @cached_property
    def risks(self) -> RisksResult:
        """The risk register."""
        from exitplan.engine.risk.register import risks

        return risks(self.dossier, self.on)

    @cached_property
    def partners(self) -> PartnersResult:
        """What hangs on partners, with a partner counting as silent after the usual time."""
        return self.partners_silent_after(None)

    def partners_silent_after(self, days: int | None) -> PartnersResult:
        """The same with a partner counting as silent after so many days; the usual number where left out."""
        from exitplan.engine.partners.partners import SILENT_DAYS, partners
        from exitplan.engine.readiness.clocks import calendar

        clock = calendar(self.dossier, self.on, plan=self.plan, scenario=self.scenario)
        return partners(
            self.dossier, self.on, exit_day=clock.end, plan=self.plan, silent_days=days if days else SILENT_DAYS
        )

    @cached_property
    def lessons(self) -> LessonsResult:
        """Lessons of the mission and of past exits."""
        from exitplan.engine.lessons.lessons import lessons
        from exitplan.importers.lessons import bundled_lessons

        return lessons(self.dossier, bundled_lessons(), self.on)

    @cached_property
    def communications(self) -> CommunicationsResult:
        """Who is told what about each hand-over."""
        from exitplan.engine.communications.plan import communications

        return communications(self.dossier, self.on)

    @cached_property
    def takeover(self) -> TakeoverResult:
        """Who takes over, with what money, institutions and needs."""
        from exitplan.engine.takeover.takeover import takeover

        return takeover(
            self.dossier, self.on, plan=self.plan, scenario=self.scenario, seed=self.seed, horizon=self.horizon
        )

    @cached_property
    def watch(self) -> WatchResult:
        """What stands under watch."""
        from exitplan.engine.watch.standing import watch

        return watch(self.dossier, self.on, seed=self.seed)

    @cached_property
    def after(self) -> AfterResult:
        """What goes on after the mission."""
        from exitplan.engine.watch.after import after

        return after(self.dossier, self.on)

    @cached_property
    def triggers(self) -> TriggersResult:
        """Every agreed trigger."""
        from exitplan.engine.watch.standing import triggers

        return triggers(self.dossier, self.on)

    def futures(
        self,
        futures: int,
        progress: Progress | None = None,
        count: Count | None = None,
        error: float | None = None,
    ) -> FuturesResult:
        """
        Simulated futures under the plan: so many, or only as many as bring every chance within a Monte Carlo error.

        Counted here or by whom `count` says; the result does not depend on it. Raises NotFound where there is no plan,
        InputFaults for too little history.
        """
        from exitplan.engine.relapse.mission import outside_view
        from exitplan.engine.stability.forecast import forecast
        from exitplan.engine.stability.shards import counted_here
        from exitplan.importers.priors import read_priors
        from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN, read_risk_model
        from exitplan.usecases.surroundings import around_host

        side = self._side()
        found = forecast(
            self.dossier,
            read_priors(),
            plan=side.plan,
            scenario=self.scenario,
            on=self.on,
            closings=side.closings,
            capacity=self.capacity,
            horizon=self.horizon,
            futures=futures,
            error=error,
            seed=self.seed,
            threads=threads(),
            progress=progress,
            count=count or counted_here,
        )
        model, own = read_risk_model(RELAPSE), read_risk_model(RELAPSE_OWN)
        outside = outside_view(self.dossier, self.on, model, own, around_host(self.dossier.mission.host))
        return found.model_copy(update={"outside": outside})

    def explain(
        self,
        against: str,
        *,
        definition: str | None = None,
        area: str | None = None,
        by: int | None = None,
        futures: int = 5000,
        progress: Progress | None = None,
    ) -> ExplainResult:
        """
        Why the plan differs from another one in the same scenario.

        Raises NotFound where there is no plan, InputFaults for too little history, InvalidValue for an option out of range.
        """
        from exitplan.engine.stability.explain import explain
        from exitplan.importers.priors import read_priors

        other = self._under(self.dossier.plan(against), self.scenario)
        return explain(
            self.dossier,
            read_priors(),
            side=self._side(),
            against=other._side(),
            scenario=self.scenario,
            on=self.on,
            capacity=self.capacity,
            definition=definition,
            area=area,
            by=by,
            horizon=self.horizon,
            futures=futures,
            seed=self.seed,
            progress=progress,
        )

    def _side(self) -> Side:
        """The plan, and the month in which each site closes under it."""
        from exitplan.engine.schedule.schedule import closing_months
        from exitplan.engine.stability.explain import Side

        plan = self._planned
        closing = closing_months(self.dossier, plan, self.schedule)
        return Side(plan, {site: month_index(month) for site, month in closing.items() if month is not None})


def study(
    mission: str, *, on: date | None, plan: str | None, scenario: str | None, seed: int = 1, horizon: int = 24
) -> Study:
    """
    Open a mission for a question.

    Raises
    ------
    InputFaults
        When the dossier has faults.
    NotFound
        When there is no such mission, plan or scenario.
    """
    return study_of(open_mission(mission), on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)


def study_of(
    dossier: Dossier, *, on: date | None, plan: str | None, scenario: str | None, seed: int = 1, horizon: int = 24
) -> Study:
    """The same question to a dossier that is on the table already. Raises NotFound."""
    planned = dossier.plan(plan) if plan or dossier.of(Plan) else None
    return Study(dossier, day_of(dossier, on), planned, dossier.scenario(scenario), seed, horizon)


def threads() -> int:
    """Threads to compute with: as many as `NUMBA_NUM_THREADS` says, else as there are cores. No result depends on it."""
    asked = os.environ.get("NUMBA_NUM_THREADS", "")
    if asked and not (asked.isdecimal() and int(asked) > 0):
        raise InvalidValue("NUMBA_NUM_THREADS", asked, Wanted("a whole number from 1"))
    return int(asked or os.cpu_count() or 1)
