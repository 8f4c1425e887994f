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
    Iso3,
    Line,
    Money,
    NeedRef,
    Part,
    PartnerRef,
    Share,
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
    """A message to be given at a time."""

    kind: ClassVar[str] = "communication"
    plural: ClassVar[str] = "communications"

    audience: Line = about("Who is told.")
    message: Text = about("What they are told.")
    date: Day = about("When.")
    handover: HandoverRef | None = about("Hand-over it goes with.", None)
    channel: Line = about("How.", "")
    done: Day | None = about("Day it was given.", None)
