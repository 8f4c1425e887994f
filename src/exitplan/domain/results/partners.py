"""`exitplan partners`: who does what in each hand-over, what partners cover, what can come from afar, consent and access."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from exitplan.domain.fields import Day
from exitplan.domain.results.base import Named, ResultPart


class RoleHeld(ResultPart):
    """One part that a partner or an office has."""

    role: str = Field(description="responsible, accountable, consulted or informed.")
    party: str = Field(description="Code of the partner, or the office in words.")
    partner: bool = Field(description="Whether the party is a partner.")


class CheckLine(ResultPart):
    """One check of working together, or of who commands."""

    handover: str
    check: str = Field(description="interoperability or command.")
    topic: str
    status: str = Field(description="open, agreed, tested or failed.")
    date: Day | None
    note: str


class HandoverParties(Named):
    """Who has which part in a hand-over, and what both sides have settled."""

    state: str
    roles: tuple[RoleHeld, ...]
    gaps: tuple[str, ...] = Field(
        description="no-accountable, two-accountable, no-responsible; empty when there is none."
    )
    checks: tuple[CheckLine, ...] = Field(description="Unmet first.")


class ObjectiveShared(Named):
    """One part of the end state and the partners that share it."""

    dimension: str
    partners: tuple[str, ...]


class CoverageCell(ResultPart):
    """What one partner has promised in one row of the matrix."""

    partner: str
    firm: tuple[str, ...] = Field(description="Commitments signed or delivered.")
    soft: tuple[str, ...] = Field(description="Commitments announced or pledged.")


class CoverageRow(ResultPart):
    """A function, a function in an area, or a kind of commitment, and the partners that stand behind it."""

    function: str | None
    area: str | None
    type: str | None = Field(description="Kind of commitment, in the rows by kind.")
    verdict: str = Field(description="none, not_firm, single or several: how many partners have firm commitments.")
    overlaps: tuple[str, ...] = Field(description="Kinds of commitment that several partners promise here.")
    cells: tuple[CoverageCell, ...]


class CommitmentEnd(ResultPart):
    """A commitment that ends before what it supports."""

    commitment: str
    partner: str
    end: date
    before: str = Field(description="`exit`, or `handover:CODE`.")
    day: date = Field(description="Day of the exit, or on which the hand-over is planned.")
    days: int = Field(description="Days between the two.")


class Delivery(ResultPart):
    """What was delivered of a commitment against what would be due by now, spread evenly over its period."""

    commitment: str
    partner: str
    type: str
    amount: float
    delivered: float
    unit: str
    due: float = Field(description="Amount due by now.")
    days_late: int = Field(description="Days since what has come was due.")


class Silence(ResultPart):
    """A partner not spoken to for long."""

    partner: str
    last: date | None = Field(description="Last contact on record; None where there is none.")
    days: int | None


class Reach(ResultPart):
    """A force that would come from afar, and what it still lacks on the day of the exit."""

    commitment: str
    partner: str
    status: str
    size: float
    unit: str
    reach_hours: float | None
    mandate: str
    lift: str
    consent: str
    start: date
    end: date
    missing: tuple[str, ...]


class SupportLine(ResultPart):
    """One support after exit in a plan, as the commitment it rests on bounds it."""

    plan: str
    area: str | None = Field(description="Area counted; every area where there is none.")
    strength: float
    start: str
    end: str
    commitment: str | None
    counted: bool = Field(description="Whether the futures count it.")
    why: str = Field(
        description="Why it is not counted: withdrawn, no-consent, expired or other-area; empty when it is."
    )


class SignalLine(Named):
    """One dated sign."""

    type: str
    direction: str
    date: Day
    due: Day | None
    until: Day | None
    partner: str | None
    institution: str | None
    agreement: str | None
    area: str | None
    site: str | None
    statement: str
    basis: str
    sources: tuple[str, ...]
    holds: bool = Field(description="Whether it holds on the day looked from.")
    days_lost: int = Field(description="Days it hinders, from the day an answer was due where one was.")


class DaysLost(ResultPart):
    """Days lost to one kind of hindrance."""

    type: str
    signals: int
    running: int = Field(description="Hindrances that hold today.")
    days: int = Field(description="Days on which at least one held; days of several count once.")


class PartyWill(ResultPart):
    """What one party has shown over time."""

    party: str = Field(description="Written partner:CODE or institution:CODE.")
    now: str = Field(description="Direction of its newest sign that holds; neutral where none holds.")
    since: date | None
    signals: tuple[str, ...] = Field(description="Codes of its signs, the oldest first.")


class Breaches(ResultPart):
    """Breaches of one agreement."""

    agreement: str
    number: int
    running: int
    first: date
    last: date


class AccessResult(ResultPart):
    """Consent and access by date."""

    hindered: tuple[str, ...] = Field(description="Signs that hinder now, the most days lost first.")
    overdue: tuple[str, ...] = Field(
        description="Signs whose answer was due and has not come, the longest overdue first."
    )
    signals: tuple[SignalLine, ...] = Field(description="Every sign up to the day, the oldest first.")
    lost: tuple[DaysLost, ...]
    lost_in_all: int = Field(description="Days on which anything hindered; days of several count once.")
    will: tuple[PartyWill, ...]
    breaches: tuple[Breaches, ...]


class PartnersResult(ResultPart):
    """Partners, unmet first."""

    exit: date | None = Field(description="Day on which the calendar ends.")
    handovers: tuple[HandoverParties, ...] = Field(description="Those with gaps first.")
    objectives: tuple[ObjectiveShared, ...] = Field(description="Those nobody shares first.")
    coverage: tuple[CoverageRow, ...] = Field(description="By function, and by function and area, worst first.")
    kinds: tuple[CoverageRow, ...] = Field(description="By kind of commitment, worst first.")
    untied: tuple[str, ...] = Field(description="Commitments that name no function.")
    ends: tuple[CommitmentEnd, ...]
    late: tuple[Delivery, ...] = Field(description="Commitments behind an even delivery, the latest first.")
    silent_days: int = Field(description="Days without contact from which on a partner counts as silent.")
    contacts: int = Field(description="Contacts on record.")
    silent: tuple[Silence, ...] = Field(
        description="Partners that take something over or have a part in a hand-over, a commitment, an agreement or a request, "
        "and were not spoken to for long; those never spoken to first."
    )
    without_part: int = Field(description="Partners without such a part, whose silence is not looked at.")
    reach: tuple[Reach, ...]
    support: tuple[SupportLine, ...] = Field(description="Support after exit of the plan looked at.")
    access: AccessResult
