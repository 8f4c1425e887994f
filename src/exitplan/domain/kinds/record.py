"""What is kept on record: decisions, the watch after exit, lessons, sources and checks against frameworks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from exitplan.domain.condition import Condition
from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    AnyRef,
    AreaRef,
    Code,
    Day,
    DecisionRef,
    FunctionRef,
    GateRef,
    HandoverRef,
    IndicatorRef,
    Iso3,
    Line,
    Month,
    NormRef,
    Number,
    Part,
    PhaseRef,
    PlanRef,
    SiteRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds.capacity import Trade
from exitplan.domain.states import LessonState, LessonType


class DecisionOption(Part):
    """One of the answers a decision may have."""

    code: Code = about("Short code, unique in the decision.")
    title: Line = about("The answer.")
    title_fr: Line | None = about("The same in French.", None)
    plan: PlanRef | None = about("Plan it means.", None)


class Decision(Entry):
    """A question put to those who decide, its options, and what was decided on what evidence."""

    kind: ClassVar[str] = "decision"
    plural: ClassVar[str] = "decisions"

    question: Text = about("What is to be decided.")
    question_fr: Text | None = about("The same in French.", None)
    status: Literal["wanted", "taken", "withdrawn"] = about("Whether it is still to be taken.", "wanted")
    due: Day | None = about("Day by which it is wanted.", None)
    date: Day | None = about("Day it was taken.", None)
    decider: Line = about("Office that decides.", "")
    options: tuple[DecisionOption, ...] = about("Options put.", ())
    chosen: Code | None = about("Code of the option chosen.", None)
    why: Text = about("Reasons given.", "")
    dissent: Text = about("Dissenting view, in its own words.", "")
    dissent_fr: Text | None = about("The same in French.", None)
    dissent_by: Line = about("Office that dissents.", "")
    evidence: Line = about("Hash of the evidence as it stood then.", "")
    gates: tuple[GateRef, ...] = about("Gates it concerns.", ())
    handovers: tuple[HandoverRef, ...] = about("Hand-overs it concerns.", ())
    sites: tuple[SiteRef, ...] = about("Sites it concerns.", ())
    phase: PhaseRef | None = about("Phase it concerns.", None)
    follows: DecisionRef | None = about("Decision it follows or changes.", None)

    @model_validator(mode="after")
    def _whole(self) -> Decision:
        if self.status == "taken" and self.date is None:
            raise ValueError(Wanted("the date on which it was taken"))
        if self.chosen is not None and self.chosen not in {option.code for option in self.options}:
            raise ValueError(
                Wanted("a `chosen` that is one of the options {codes}", codes=", ".join(o.code for o in self.options))
            )
        return self


class WatchBaseline(Part):
    """What months look like when nothing has changed: a window of months, or a value somebody answers for."""

    months: int = about("Months of the window.", 12, unit="months", ge=6, le=120)
    to: Month | None = about("Last month of the window; the month of the exit where left out.", None)
    mean: Number | None = about("Deaths or events a month, instead of a window.", None, ge=0)


class Abroad(Part):
    """A neighbouring country, or a part of it, that is kept in the same watch."""

    country: Iso3 = about("ISO 3166 code of the country.")
    place: Line = about("Area beyond the border; the whole country when left out.", "")
    place_fr: Line | None = about("The same in French.", None)
    indicator: IndicatorRef | None = about("Indicator that counts deaths or events there each month.", None)


class Watch(Entry):
    """Something kept under watch after the exit, with its trigger and its owner."""

    kind: ClassVar[str] = "watch"
    plural: ClassVar[str] = "watches"

    area: AreaRef | None = about("Area watched; the country when left out.", None)
    function: FunctionRef | None = about("Function watched.", None)
    indicator: IndicatorRef | None = about("Indicator watched.", None)
    trigger: Condition = about("What raises the alarm.")
    response: Line = about("Agreed first response.", "")
    successor_owner: Line = about("Office that watches after the mission.", "")
    review_months: tuple[int, ...] = about("Review points, in months after exit.", (3, 6, 12, 24, 60))
    reviewed: tuple[Day, ...] = about("Days on which reviews after the exit were held.", ())
    alarm: Literal["cusum", "score"] | None = about(
        "Early warning kept on the monthly counts of the place watched: cumulative sum, or expected score.", None
    )
    counted: Literal["deaths", "events"] = about("What the early warning counts.", "deaths")
    baseline: WatchBaseline = about("What the early warning takes for normal.", default_factory=WatchBaseline)
    abroad: tuple[Abroad, ...] = about("Neighbouring countries and areas beyond the border, in the same watch.", ())


class Lesson(Entry):
    """A finding, what it advises, and whether anybody acted."""

    kind: ClassVar[str] = "lesson"
    plural: ClassVar[str] = "lessons"

    finding: Text = about("What was found.")
    finding_fr: Text | None = about("The same in French.", None)
    type: LessonType = about("Whether it is to be kept, changed or filled.", "observation")
    recommendation: Text = about("What it advises.", "")
    recommendation_fr: Text | None = about("The same in French.", None)
    action: Text = about("What is done about it.", "")
    action_fr: Text | None = about("The same in French.", None)
    action_owner: Line = about("Office that acts; the owner of the lesson where left out.", "")
    due: date | None = about("Day by which it is to be done.", None)
    done: date | None = about("Day it was done.", None)
    case: Line = about("Case it comes from.", "")
    origin: Line = about("Lesson of the library that it was taken from.", "")
    decision: DecisionRef | None = about("Decision it comes from, or led to.", None)
    phase: PhaseRef | None = about("Phase in which it was learned.", None)
    applies_to: tuple[Line, ...] = about("Kinds of entry it speaks to, such as `handover` or `gate`.", ())
    functions: tuple[FunctionRef, ...] = about("Functions it speaks to; all when left out.", ())
    trades: tuple[Trade, ...] = about("Kinds of work it speaks to; all when left out.", ())
    tags: tuple[Line, ...] = about("Words it is found by, such as `election` or `guard`.", ())
    # The last field: its name is that of the function by which the others are declared.
    about: tuple[AnyRef, ...] = about("Entries it was learned from, as kind:code.", ())

    def state(self, on: date) -> LessonState:
        """How far it has come on a day; it follows from what is filled and is never set."""
        if self.done is not None and self.done <= on:
            return "done"
        if self.action or self.due is not None:
            return "overdue" if self.due is not None and self.due < on else "under_way"
        return "advised" if self.recommendation else "found"


class Source(Entry):
    """A document or data set that facts rest on."""

    kind: ClassVar[str] = "source"
    plural: ClassVar[str] = "sources"

    publisher: Line = about("Who published it.", "")
    document: Line = about("Symbol or citation.", "")
    published: date | None = about("Day of publication; may lie after the dossier's date and then says so.", None)
    url: Line = about("Address, where public.", "")
    licence: Line = about("Licence of its data.", "")
    reliability: Literal["official", "research", "press", "own_records", "unrated"] = about(
        "Kind of source.", "unrated"
    )
    covers_from: Month | None = about("First month a data set covers.", None)
    covers_to: Month | None = about("Last month a data set covers.", None)

    @model_validator(mode="after")
    def _in_order(self) -> Source:
        if self.covers_from and self.covers_to and self.covers_to < self.covers_from:
            raise ValueError(Wanted("a `covers_to` on or after {covers_from}", covers_from=self.covers_from))
        return self


class FrameworkCheck(Entry):
    """Where the mission stands against one norm of a framework."""

    kind: ClassVar[str] = "framework_check"
    plural: ClassVar[str] = "framework_checks"

    framework: Line = about("Framework, such as `S/RES/2594 (2021)`.")
    norm: Line = about("Norm of the framework, by its own numbering.")
    norm_ref: NormRef | None = about("Code of the norm judged: one of the dossier's, or one that comes along.", None)
    status: Literal["met", "partly_met", "not_met", "not_applicable", "not_checked"] = about(
        "Where the mission stands.", "not_checked"
    )
    evidence: tuple[AnyRef, ...] = about("Entries that show it, as kind:code.", ())
    checked: date | None = about("Day of the check.", None)
