"""`exitplan after`: programmes by area, needs nobody meets, the health of what was handed over, context, plan against what happened."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import Named, ResultPart

TaskFault = Literal[
    "not-accepted", "not-funded", "taken-back", "criterion-unmet", "criterion-unknown", "no-joint-measurement"
]


class ProgrammeResult(ResultPart):
    """One result of a programme, in what works."""

    title: str
    title_fr: str | None = None
    target: float
    built: float | None = Field(description="Built or delivered, whether or not it works; None where nobody says.")
    working: float
    unit: str


class ProgrammeLine(Named):
    """A programme that goes on after the mission."""

    type: str
    partner: str | None
    owner: str
    areas: tuple[str, ...]
    function: str | None
    sector: str
    end: date
    ended: bool = Field(description="Whether its money has run out on the day.")
    months_after_exit: int | None = Field(description="Months it is funded beyond the exit; below 0 ends before it.")
    budget: float
    funded: float = Field(description="Share of the budget that is funded.")
    recurrent_year: float
    recurrent_covered: float | None = Field(description="Share of the recurrent cost agreed; None where nobody says.")
    results: tuple[ProgrammeResult, ...]
    needs: tuple[str, ...] = Field(description="Needs it answers, by function and area.")
    sdg: str


class NeedAnswered(Named):
    """A need somebody named."""

    level: str
    area: str | None
    group: str
    function: str | None
    priority: int
    programmes: tuple[str, ...] = Field(description="Programmes that answer it; none is said first.")


class TaskLine(Named):
    """A function after its hand-overs: what holds it, and what does not."""

    destination: str
    acceptance: str
    funded: float | None = Field(description="Share of its yearly cost that is funded after the exit.")
    transferred: int
    handovers: int
    taken_back: int = Field(description="Hand-overs that stand reversed.")
    last_joint: date | None = Field(description="Last measurement that both sides, or somebody independent, made.")
    met: int
    unmet: int
    unknown: int
    faults: tuple[TaskFault, ...]


class ContextLine(Named):
    """A value or a date that tells about the surroundings."""

    topic: str
    kind: Literal["indicator", "milestone"]
    day: date | None
    value: float | None = None
    unit: str = ""
    before: float | None = Field(None, description="Value about a year earlier.")
    source: str = ""
    done: bool = False
    stale: bool = Field(False, description="Whether the value no longer counts, or the day has passed undone.")


class Slip(Named):
    """One step against its first plan."""

    kind: Literal["handover", "site", "milestone"]
    phase: str | None
    baseline: date | None
    forecast: date | None
    actual: date | None
    slip_days: int | None = Field(description="Days after its baseline; below 0 is early; None without a baseline.")
    state: Literal["done", "late", "ahead", "unplanned"] = Field(
        description="Done; past its date and not done; still ahead; without any date."
    )


class PhaseLine(ResultPart):
    """One phase, or what belongs to none."""

    code: str | None
    title: str
    title_fr: str | None = None
    steps: int
    done: int
    late: int
    median_slip_days: float | None = Field(description="Median slip of what is done.")


class AfterResult(ResultPart):
    """What goes on after the mission."""

    exit: date | None
    programmes: tuple[ProgrammeLine, ...]
    needs: tuple[NeedAnswered, ...] = Field(description="Needs, those that no programme answers first.")
    tasks: tuple[TaskLine, ...] = Field(description="Functions, those with most faults first.")
    context: tuple[ContextLine, ...]
    context_missing: tuple[str, ...] = Field(description="Topics of which nothing is on record.")
    phases: tuple[PhaseLine, ...]
    slips: tuple[Slip, ...] = Field(description="Every step against its first plan, the latest first.")
