"""The parties around the exit: what they promised, agreed, asked for and will do afterwards."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    AgreementRef,
    AreaRef,
    Day,
    FunctionRef,
    HandoverRef,
    InstitutionRef,
    Iso3,
    Line,
    Money,
    NeedRef,
    ObjectiveRef,
    Part,
    PartnerRef,
    Share,
    SiteRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted

Amount15 = Annotated[float, Field(ge=0, le=1e13)]


class Partner(Entry):
    """A state or organisation with a part in the exit."""

    kind: ClassVar[str] = "partner"
    plural: ClassVar[str] = "partners"

    type: Literal["host", "state", "regional_organisation", "un_entity", "financial_institution", "ngo", "other"] = (
        about("What it is.")
    )
    iso3: Iso3 | None = about("ISO 3166 code of a state.", None)
    stance: Text = about("Its stated position, with source.", "")
    channel: Line = about("Office through which it is spoken to.", "")
    influence: Literal["low", "medium", "high"] | None = about("Influence on the exit.", None)
    objectives: tuple[ObjectiveRef, ...] = about("Parts of the end state that it shares.", ())


class Commitment(Entry):
    """Something a partner has promised."""

    kind: ClassVar[str] = "commitment"
    plural: ClassVar[str] = "commitments"

    partner: PartnerRef = about("Who promised.")
    type: Literal[
        "troops", "police", "lift", "money", "training", "intelligence", "quick_reaction", "advisers", "equipment"
    ] = about("What.")
    amount: Amount15 = about("How much was promised.")
    delivered: Amount15 = about("How much has been delivered.", 0.0)
    unit: Line = about("Unit of both.")
    start: date = about("First day.")
    end: date = about("Last day.")
    conditions: Text = about("Conditions attached.", "")
    status: Literal["announced", "pledged", "signed", "delivered", "withdrawn"] = about("How firm it is.", "pledged")
    function: FunctionRef | None = about("Function it supports.", None)
    area: AreaRef | None = about("Area it supports.", None)
    handover: HandoverRef | None = about("Hand-over it supports.", None)
    reach_hours: Annotated[float, Field(ge=0, le=10_000)] | None = about(
        "Hours to arrive, for quick reaction.", None, unit="hours"
    )
    mandate: Line = about("Legal basis on which it may act, such as a resolution; empty where there is none.", "")
    lift: Literal["unknown", "no", "yes"] = about("Whether the transport that brings it is there.", "unknown")
    consent: Literal["unknown", "not_needed", "asked", "given", "refused"] = about(
        "The host's answer to its coming, where it needs one.", "unknown"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Commitment:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Agreement(Entry):
    """A signed text with a date on which it ends."""

    kind: ClassVar[str] = "agreement"
    plural: ClassVar[str] = "agreements"

    parties: tuple[PartnerRef, ...] = about("Parties to it.", min_length=1)
    type: Line = about("Kind, such as `status of forces` or `site transfer`.")
    signed: date | None = about("Day of signature.", None)
    expires: date | None = about("Last day.", None)
    renewal_days: int = about("Days it takes to renew.", 90, unit="days", ge=0, le=3650)
    replaces: AgreementRef | None = about("Agreement it follows.", None)

    @model_validator(mode="after")
    def _in_order(self) -> Agreement:
        if self.signed and self.expires and self.expires < self.signed:
            raise ValueError(Wanted("an expiry on or after the signature {signed}", signed=self.signed))
        return self


class Engagement(Entry):
    """A dated contact with a partner."""

    kind: ClassVar[str] = "engagement"
    plural: ClassVar[str] = "engagements"

    partner: PartnerRef = about("With whom.")
    date: Day = about("Day.")
    channel: Line = about("How, such as `letter` or `joint committee`.", "")
    summary: Text = about("What was said.", "")


class Request(Entry):
    """An expectation of a party that waits for an answer."""

    kind: ClassVar[str] = "request"
    plural: ClassVar[str] = "requests"

    partner: PartnerRef = about("Who asks.")
    asked: date = about("Day it was asked.")
    due: date | None = about("Day by which an answer is wanted.", None)
    answered: date | None = about("Day it was answered.", None)
    status: Literal["open", "accepted", "declined", "withdrawn"] = about("Where it stands.", "open")
    text: Text = about("What is asked.", "")


class Result(Part):
    """A result of a programme, in what works rather than what was built."""

    title: Line = about("What, such as `health posts working`.")
    title_fr: Line | None = about("The same in French.", None)
    target: Amount15 = about("How many are meant to work.")
    built: Amount15 | None = about("How many are built or delivered, whether or not they work.", None)
    working: Amount15 = about("How many work now.", 0.0)
    unit: Line = about("Unit.", "facilities")


class Signal(Entry):
    """A dated sign of consent, access or political will: what an institution has said or done, never a person."""

    kind: ClassVar[str] = "signal"
    plural: ClassVar[str] = "signals"

    type: Literal["clearance", "visa", "movement", "breach", "spoiler", "consent", "political_will"] = about(
        "What it is a sign of."
    )
    direction: Literal["supports", "hinders", "neutral"] = about("What it does to the exit as planned.")
    date: Day = about("Day from which it holds; for a clearance or a visa, the day it was asked for.")
    due: Day | None = about("Day by which an answer was due; days before it are not counted as lost.", None)
    until: Day | None = about(
        "Day on which it ended, such as a clearance being given; it still holds when left out.", None
    )
    partner: PartnerRef | None = about("Partner whose sign it is, or who is concerned.", None)
    institution: InstitutionRef | None = about("National institution whose sign it is, or which is concerned.", None)
    agreement: AgreementRef | None = about("Agreement concerned, such as one that was breached.", None)
    area: AreaRef | None = about("Area concerned; no area in particular when left out.", None)
    site: SiteRef | None = about("Site concerned.", None)
    statement: Text = about("The institution's stated position, or what happened, with its source.", "")

    @model_validator(mode="after")
    def _sound(self) -> Signal:
        if self.until is not None and self.until < self.date:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.date))
        if self.due is not None and self.due < self.date:
            raise ValueError(Wanted("a due date on or after the start {start}", start=self.date))
        if not (self.partner or self.institution or self.agreement or self.area or self.site):
            raise ValueError(Wanted("a partner, an institution, an agreement, an area or a site"))
        return self


class Programme(Entry):
    """Support or reconstruction that outlasts the mission."""

    kind: ClassVar[str] = "programme"
    plural: ClassVar[str] = "programmes"

    type: Literal["reconstruction", "support", "governance", "training", "exercise"] = about(
        "Kind of programme; joint training and exercises with partners are programmes too.", "support"
    )
    partner: PartnerRef | None = about("Who runs it.", None)
    areas: tuple[AreaRef, ...] = about("Where.", ())
    function: FunctionRef | None = about("Function it supports.", None)
    sector: Line = about("Sector, such as `justice` or `roads`.", "")
    start: date = about("First day.")
    end: date = about("Last day funded.")
    budget: Money = about("Total budget.", 0.0, unit="mission currency")
    funded: Share = about("Share of the budget that is funded.", 0.0)
    recurrent_year: Money = about("What it costs to keep running.", 0.0, unit="mission currency a year")
    recurrent_covered: Share | None = about("Share of that cost that somebody has agreed to pay.", None)
    results: tuple[Result, ...] = about("Results.", ())
    needs: tuple[NeedRef, ...] = about("Needs it answers, beside those of its function and areas.", (), max_length=200)
    sdg: Line = about("SDG target it serves, such as `16.3`.", "")

    @model_validator(mode="after")
    def _in_order(self) -> Programme:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Communication(Entry):
    """A message to be given at a time, or a rumour that was heard and is to be answered."""

    kind: ClassVar[str] = "communication"
    plural: ClassVar[str] = "communications"

    type: Literal["message", "rumour"] = about(
        "Whether it is ours to tell, or was heard and wants an answer.", "message"
    )
    audience: Line = about("Who is told; for a rumour, among whom it is heard.")
    reaches: Literal["people_concerned", "authorities", "staff", "partners", "public"] | None = about(
        "Whom that is: people where the hand-over happens come before anybody else.", None
    )
    message: Text = about("What they are told; for a rumour, what is said.")
    message_fr: Text | None = about("The same in French.", None)
    languages: tuple[Line, ...] = about("Languages in which it is told.", ())
    date: Day = about("When; for a rumour, the day it was heard.")
    handover: HandoverRef | None = about("Hand-over it goes with.", None)
    channel: Line = about("How.", "")
    done: Day | None = about("Day it was given.", None)
    answer: Text = about("What a rumour is answered with.", "")
    answer_fr: Text | None = about("The same in French.", None)
    answered: Day | None = about("Day a rumour was answered.", None)
