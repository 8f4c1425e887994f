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
    Line,
    Month,
    NormRef,
    Part,
    PhaseRef,
    PlanRef,
    SiteRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted


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


class Lesson(Entry):
    """A finding, what it advises, and whether anybody acted."""

    kind: ClassVar[str] = "lesson"
    plural: ClassVar[str] = "lessons"

    finding: Text = about("What was found.")
    finding_fr: Text | None = about("The same in French.", None)
    recommendation: Text = about("What it advises.", "")
    recommendation_fr: Text | None = about("The same in French.", None)
    action: Text = about("What was done about it.", "")
    done: date | None = about("Day it was done.", None)
    case: Line = about("Case it comes from.", "")
    applies_to: tuple[Line, ...] = about("Kinds of entry it speaks to, such as `handover` or `gate`.", ())


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
