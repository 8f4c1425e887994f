"""`exitplan takeover`: who carries each function after the mission, paid by whom until when, and what people say they need."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.fields import Verification
from exitplan.domain.results.base import Band, Named, ResultPart

Signed = Literal["none", "unsigned", "older", "signed"]
Trouble = Literal[
    "undecided",
    "no_receiver",
    "refused",
    "unfunded",
    "part_funded",
    "cost_unknown",
    "not_asked",
    "waiting",
    "unsigned",
    "older_answer",
    "conditions",
]
Cover = Literal["firm", "announced", "part", "none", "unknown"]


class Standing(ResultPart):
    """People on duty against people needed, in the institutions that carry a function."""

    institutions: tuple[str, ...] = Field(description="Codes of the institutions.")
    strength: int = Field(description="People on duty, as counted.")
    need: int = Field(description="People needed.")
    gap: int = Field(description="People lacking, institution by institution: more than enough in one fills no other.")
    counted: date | None = Field(description="Day of the oldest count; None where a count has no day.")
    verification: Verification = Field(description="How the least verified of the counts was verified.")


class FunctionLine(Named):
    """One function and who is to carry it."""

    trade: str
    mandated: bool
    owner: str
    destination: str
    receiver: str | None = Field(description="Partner meant to carry it.")
    cost_year: float | None = Field(description="Cost a year.")
    funded_year: float | None = Field(description="Part of the cost a year that is said to be funded after exit.")
    gap: str = Field(description="What the receiver lacks, in words.")
    standing: Standing | None = Field(description="People on duty against need; None without an institution.")
    capacity: Band | None = Field(
        description="What its institutions can carry in a month's time, 0 to 1; None where it is not shown or not known."
    )
    acceptance: str
    conditions: str
    signed: Signed = Field(
        description=(
            "Whether the receiver signed the answer: `signed`; `older`, where terms or answer have changed since; `unsigned`, "
            "where the mission recorded an answer by itself; `none` without an answer."
        )
    )
    answered_on: date | None = None
    handovers: int = Field(description="Its hand-overs.")
    handovers_done: int = Field(description="Those transferred.")
    first: date | None = Field(description="First day on which a hand-over still to come is planned.")
    last: date | None = Field(description="Last such day.")
    undated: int = Field(description="Hand-overs still to come without a planned day.")
    troubles: tuple[Trouble, ...] = Field(description="What stands against it, the worst first.")


class MoneyMonth(ResultPart):
    """Money of one month, in the mission's currency."""

    month: str
    firm: float = Field(description="Signed or delivered, for functions.")
    announced: float = Field(description="Announced or pledged, for functions.")
    untied: float = Field(description="Promised for no function in particular; covers none until it is tied to one.")
    need: float = Field(description="A twelfth of the yearly cost of the functions.")
    uncovered: float = Field(
        description="Cost that no promise covers, function by function: plenty for one covers no other."
    )


class FunctionMonth(ResultPart):
    """The money of one function in one month."""

    month: str
    firm: float
    announced: float
    cover: Cover = Field(
        description=(
            "`firm` where signed money covers the cost, `announced` where it does with what is announced, `part` where money "
            "falls short, `none` without any, `unknown` without a stated cost."
        )
    )


class FunctionMoney(Named):
    """The money of one function over the months."""

    need: float | None = Field(description="Cost a month; None where no cost is stated.")
    months: tuple[FunctionMonth, ...]
    first_not_firm: str | None = Field(description="First month not covered by signed money.")
    first_uncovered: str | None = Field(description="First month that no promise covers whole.")
    first_after: str | None = Field(description="First such month after the mission's calendar has ended.")


class Funding(ResultPart):
    """The cliff: money against need by month, in all and by function."""

    currency: str
    months: tuple[MoneyMonth, ...]
    functions: tuple[FunctionMoney, ...] = Field(description="The earliest uncovered first.")
    without_cost: tuple[str, ...] = Field(description="Functions whose cost is not stated: they count in no total.")
    other_currency: tuple[str, ...] = Field(description="Commitments in another currency: they count nowhere.")


class CohortLine(ResultPart):
    """One course, and how many are expected to come out of it."""

    title: str
    start: date
    ends: str = Field(description="Month in which it ends.")
    state: Literal["planned", "running", "over"]
    size: int
    women: int | None
    pass_share: float
    graduates: Band = Field(description="People expected to finish.")


class WhenMet(ResultPart):
    """When the need will be met: 10, 50 and 90 % of the courses drawn; None for later than the months looked ahead."""

    early: str | None
    middle: str | None
    late: str | None
    horizon: int = Field(description="Months looked ahead.")


class InstitutionLine(Named):
    """One institution: what it has, what it needs, and the people in training for it."""

    trade: str
    area: str | None
    function: str | None
    owner: str
    strength: int
    counted: date | None
    verification: Verification
    need: int
    gap: int
    women: float | None
    certified: float | None
    externally_paid: float | None
    paid_on_time: float
    attrition_year: float
    pass_share: float
    intake_month: float
    mentors: float = Field(description="Mentors it has, from mentors for each 100 people.")
    mentors_needed: float | None = Field(description="Mentors it needs; None where no need is stated.")
    in_training: int = Field(description="People in courses that run now.")
    cohorts: tuple[CohortLine, ...]
    met: WhenMet | None = Field(description="When the need will be met; None where it is not shown.")


class TradeLine(ResultPart):
    """All institutions of one trade."""

    trade: str
    institutions: int
    strength: int
    need: int
    gap: int = Field(description="Sum of the gaps: more than enough in one place fills no other.")
    short: int = Field(description="Institutions with a gap.")
    verification: Verification = Field(description="Of the least verified count.")
    counted: date | None = Field(description="Day of the oldest count; None where a count has no day.")
    women: float | None = Field(description="Share of women where it is known.")
    women_known: int = Field(description="Institutions for which the share of women is known.")
    in_training: int


class NeedLine(Named):
    """One need, and who is to serve it."""

    level: str
    area: str | None
    group: str
    priority: int
    asked_on: date | None
    statement: str
    function: str | None
    programmes: tuple[str, ...]
    consultation: str | None
    served: Literal["nobody", "function_open", "served"] = Field(
        description="`nobody`: no function, no programme; `function_open`: a function that nobody is to carry."
    )


class ConsultationLine(Named):
    """One day on which people were asked."""

    date: date
    area: str | None
    channel: str
    women: int | None
    men: int | None
    young: int | None
    said: str
    needs: tuple[str, ...] = Field(description="Needs that were named there.")


class SurveyLine(ResultPart):
    """The latest value of a perception survey for one group in one place."""

    indicator: str
    area: str
    group: str
    date: date
    value: float
    unit: str
    low: float | None
    high: float | None
    interval: Literal["stated", "sample", "none"] = Field(
        description="`stated` with the measurement; `sample`: Wilson's, from the people asked; `none` known."
    )
    asked: int | None = Field(description="People asked, where it is known.")
    verification: Verification


class TakeoverResult(ResultPart):
    """The ledger, the funding cliff, the institutions with their training, needs, consultations and surveys."""

    functions: tuple[FunctionLine, ...] = Field(description="The least settled first.")
    funding: Funding
    trades: tuple[TradeLine, ...]
    institutions: tuple[InstitutionLine, ...] = Field(description="The largest share lacking first.")
    needs: tuple[NeedLine, ...] = Field(description="Those that nobody serves first.")
    consultations: tuple[ConsultationLine, ...]
    surveys: tuple[SurveyLine, ...]
    assumptions: tuple[str, ...] = ()

    def without_chances(self) -> TakeoverResult:
        """The same without any band or month that was drawn."""
        told = tuple(a for a in self.assumptions if not a.startswith("capacity-"))
        return self.model_copy(
            update={
                "functions": tuple(f.model_copy(update={"capacity": None}) for f in self.functions),
                "institutions": tuple(i.model_copy(update={"met": None}) for i in self.institutions),
                "assumptions": told,
            }
        )
