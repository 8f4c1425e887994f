"""Who carries the work: functions, the national institutions that receive them, and what people need."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    Amount,
    AreaRef,
    ConsultationRef,
    Count,
    Dates,
    Day,
    FunctionRef,
    GateRef,
    HandoverRef,
    InstitutionRef,
    Line,
    Money,
    Part,
    PartnerRef,
    ProgrammeRef,
    Share,
    Text,
    Verification,
    about,
)
from exitplan.domain.findings import Wanted
from exitplan.domain.states import HandoverState

Trade = Literal[
    "military", "police", "justice", "corrections", "administration", "civil_support", "protection", "other"
]


class Function(Entry):
    """A mandated task that somebody has to carry after the mission."""

    kind: ClassVar[str] = "function"
    plural: ClassVar[str] = "functions"

    trade: Trade = about("Kind of work; police, military and the justice chain count as host capacity in the futures.")
    mandated: bool = about("Whether the mandate names it.", True)
    destination: Literal["national", "country_team", "follow_on", "partner", "discontinue", "undecided"] = about(
        "Who is meant to carry it.", "undecided"
    )
    receiver_partner: PartnerRef | None = about("Partner meant to carry it.", None)
    cost_year: Money | None = about("Cost of carrying it.", None, unit="mission currency a year")
    funded_year: Money | None = about(
        "Part of that cost which is funded after exit.", None, unit="mission currency a year"
    )
    gap: Text = about("What the receiver still lacks.", "")
    acceptance: Literal["not_asked", "asked", "yes", "no", "with_conditions"] = about(
        "The receiver's answer.", "not_asked"
    )
    conditions: Text = about("The receiver's conditions or reasons, in its own words.", "")
    answered_on: date | None = about("Day on which the receiver signed that answer.", None)
    answered_by: PartnerRef | None = about("Partner that signed it; the national side when left out.", None)
    answered_terms: Line = about(
        "Digest of what was answered; it no longer fits once the terms or the answer are changed.", ""
    )
    weight: Share | None = about("Weight in host capacity; equal weights where none is given.", None)

    @property
    def terms(self) -> str:
        """
        Digest of what a receiver answers to, with the answer: who carries what, at what cost, with what money and what gap.

        The partner meant to carry it stands beside it in `answered_by`, so that a reader to whom that partner is not shown reads
        the same digest.
        """
        said = (
            self.code,
            self.title,
            self.trade,
            self.destination,
            self.cost_year,
            self.funded_year,
            self.gap,
            self.acceptance,
        )
        return sha256(repr(said).encode()).hexdigest()[:16]


class Cohort(Part):
    """A course of recruits, or of people who are to be certified."""

    title: Line = about("Name of the course.", "")
    start: date = about("First day.")
    months: int = about("Length.", unit="months", ge=1, le=60)
    size: Count = about("People who begin it.", unit="persons")
    women: Count | None = about("Women among them.", None, unit="persons")
    pass_share: Share | None = about("Share expected to finish; that of the institution when left out.", None)


class Institution(Entry):
    """A national institution in one area, or country-wide, with what it can carry."""

    kind: ClassVar[str] = "institution"
    plural: ClassVar[str] = "institutions"

    trade: Trade = about("Kind of institution.")
    function: FunctionRef | None = about("Function it carries or will carry.", None)
    area: AreaRef | None = about("Area it works in; the country when left out.", None)
    strength: Count = about("People on duty.", unit="persons")
    strength_date: date | None = about("Day of that count.", None)
    verification: Verification = about("How that count was verified.", "self_reported")
    need: Annotated[int, Field(ge=1, le=10_000_000)] = about("People needed to carry the function.", unit="persons")
    women: Share | None = about("Share of women.", None)
    intake_month: Annotated[float, Field(ge=0, le=100_000)] = about(
        "Recruits who can start training.", 0.0, unit="persons a month"
    )
    course_months: int = about("Length of training.", 6, unit="months", ge=0, le=60)
    pass_share: Share = about("Share of recruits who finish.", 0.85)
    attrition_year: Share = about("Share lost in a year.", 0.15)
    paid_on_time: Share = about("Share of salaries paid on time.", 1.0)
    quality: Annotated[float, Field(gt=0, le=1)] = about(
        "Quality now, 0 to 1: what a person on duty achieves of what is needed.", 0.5
    )
    quality_ceiling: Annotated[float, Field(gt=0, le=1)] = about("Quality that can be reached.", 0.9)
    mentors_per_100: Annotated[float, Field(ge=0, le=50)] = about("Mentors for each 100 people.", 0.0)
    mentors_needed_per_100: Annotated[float, Field(ge=0, le=50)] | None = about(
        "Mentors that each 100 people need.", None
    )
    certified: Share | None = about("Share of its people who are certified.", None)
    externally_paid: Share | None = about("Share of its salaries paid from abroad.", None)
    cohorts: tuple[Cohort, ...] = about("Courses under way and planned.", (), max_length=200)


class Need(Entry):
    """A priority that a community or the country has named."""

    kind: ClassVar[str] = "need"
    plural: ClassVar[str] = "needs"

    level: Literal["community", "national"] = about("Whose priority it is.")
    area: AreaRef | None = about("Where.", None)
    group: Line = about("Who named it, such as `women` or `youth`.", "")
    function: FunctionRef | None = about("Function that would meet it.", None)
    programmes: tuple[ProgrammeRef, ...] = about("Programmes that would meet it.", ())
    consultation: ConsultationRef | None = about("Consultation in which it was named.", None)
    priority: int = about("Rank given to it, from 1.", 1, ge=1, le=100)
    asked_on: date | None = about("Day of the consultation.", None)
    statement: Text = about("The need in its own words.", "")


class Consultation(Entry):
    """A day on which people were asked what they need."""

    kind: ClassVar[str] = "consultation"
    plural: ClassVar[str] = "consultations"

    date: Day = about("Day.")
    area: AreaRef | None = about("Where; the country when left out.", None)
    channel: Line = about("How, such as `open meeting` or `radio`.", "")
    women: Count | None = about("Women who took part.", None, unit="persons")
    men: Count | None = about("Men who took part.", None, unit="persons")
    young: Count | None = about("Young people among them.", None, unit="persons")
    said: Text = about("What was said, without names.", "")


class Reversal(Part):
    """A hand-over that was taken back."""

    date: Day = about("Day it was taken back.")
    why: Text = about("Why.")
    back_to: HandoverState = about("State it fell back to.", "reversed")


class HandoverRole(Part):
    """The part one partner or office has in a hand-over."""

    role: Literal["responsible", "accountable", "consulted", "informed"] = about(
        "Does the work, answers for it, is asked before, or is told after."
    )
    partner: PartnerRef | None = about("Partner in that part.", None)
    office: Line = about("Office in that part, where it is no partner's; never a person's name.", "")

    @model_validator(mode="after")
    def _one_party(self) -> HandoverRole:
        if bool(self.partner) == bool(self.office):
            raise ValueError(Wanted("exactly one of partner and office"))
        return self


class HandoverCheck(Part):
    """One thing that both sides must be able to do, or have settled, before a hand-over."""

    kind: Literal["interoperability", "command"] = about("Whether it is about working together or about who commands.")
    topic: Literal[
        "radio",
        "procedures",
        "language",
        "rules_of_engagement",
        "command",
        "liaison",
        "intelligence_sharing",
        "logistics",
        "medical",
        "other",
    ] = about("What is checked.")
    status: Literal["open", "agreed", "tested", "failed"] = about("Where it stands.", "open")
    date: Day | None = about("Day of that status.", None)
    note: Line = about("What is missing, or how it was tested.", "")


class Handover(Entry):
    """One function passed to its receiver in one area."""

    kind: ClassVar[str] = "handover"
    plural: ClassVar[str] = "handovers"

    function: FunctionRef = about("Function handed over.")
    area: AreaRef | None = about("Area; the whole country when left out.", None)
    receiver: InstitutionRef | None = about("National institution that receives it.", None)
    receiver_partner: PartnerRef | None = about("Partner that receives it.", None)
    state: HandoverState = about("State now.", "proposed")
    gates: tuple[GateRef, ...] = about("Gates that must be open first.", ())
    after: tuple[HandoverRef, ...] = about("Hand-overs that must be done first.", ())
    months: int = about("Months of work from start to transfer.", 1, unit="months", ge=1, le=36)
    trial_months: int = about("Months on trial before transfer is final.", 0, unit="months", ge=0, le=36)
    loads: tuple[Amount, ...] = about("Resources used in each month of work.", ())
    cost: Money = about("One-off cost.", 0.0, unit="mission currency")
    transfer: Dates = about("Dates of the transfer.", default_factory=Dates)
    remedial: tuple[Line, ...] = about("What has to be mended before it is assessed again.", ())
    reversals: tuple[Reversal, ...] = about("Times it was taken back.", ())
    acceptance: Literal["not_asked", "asked", "yes", "no", "with_conditions"] = about(
        "The receiver's answer.", "not_asked"
    )
    conditions: Text = about("The receiver's conditions.", "")
    roles: tuple[HandoverRole, ...] = about("Who has which part in it.", ())
    checks: tuple[HandoverCheck, ...] = about("What both sides must be able to do together, and who commands.", ())
