"""Results about past exits: outcomes by rule, what verify found, cases like a mission, base rates."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.cases import Case, CaseBand, CaseSource, Dimension, ExitKind, Figure, OutcomeState, Region
from exitplan.domain.findings import Finding
from exitplan.domain.results.base import Named, ResultPart


class DimensionOutcome(ResultPart):
    """One dimension of an outcome over one horizon, with what it was judged by."""

    dimension: Dimension = Field(description="The dimension.")
    horizon: int = Field(description="Years after the last departure over which it is judged.")
    state: OutcomeState = Field(description="What the rule gives.")
    value: float | None = Field(None, description="Value that it was judged by; empty without data.")
    threshold: float | None = Field(None, description="Value from which it is adverse.")
    unit: str = Field("", description="Code of the value's unit.")
    year: int | None = Field(
        None, description="Year of the value, or the first year in which the threshold was reached."
    )
    observed_to: int | None = Field(None, description="Last year with data.")
    war: bool = Field(False, description="Whether the value is that of a war (R1 alone).")
    rule: str = Field(description="Code of the rule.")
    sources: tuple[str, ...] = Field((), description="Codes of the sources.")


class CaseOutcome(ResultPart):
    """The outcome of one exit, recomputed from the figures and facts of its files."""

    code: str = Field(description="Code of the case.")
    band: CaseBand = Field(description="Band by rule.")
    reason: str = Field(description="Code of the rule that gave the band.")
    active_at_exit: bool | None = Field(
        None, description="Whether state-based violence reached the threshold in the year of exit or the year before."
    )
    dimensions: tuple[DimensionOutcome, ...] = Field(description="Every dimension, R1 over each horizon.")

    def of(self, dimension: Dimension, horizon: int | None = None) -> DimensionOutcome:
        """One dimension, over a horizon where it has several. Raises KeyError."""
        for found in self.dimensions:
            if found.dimension == dimension and horizon in (None, found.horizon):
                return found
        raise KeyError(dimension)


class CaseProfile(ResultPart):
    """What is known of an exit, or of the mission at hand, on the variables by which exits are compared."""

    region: Region | None = Field(None, description="Region of the world.")
    exit: ExitKind | None = Field(None, description="Kind of exit.")
    weight: str | None = Field(
        None, description="`force` or `police`, whichever had more people at the start of the drawdown."
    )
    per_100k: float | None = Field(
        None, description="Uniformed people at the start of the drawdown for 100,000 inhabitants."
    )
    deaths_24m: float | None = Field(
        None, description="Deaths a month in the 24 months before, for a million inhabitants."
    )
    drawdown: int | None = Field(None, description="Months from the start of the drawdown to the last departure.")
    active: bool | None = Field(
        None, description="Whether armed violence had reached 25 deaths in the 12 months before."
    )


class CaseLine(Named):
    """One case in a list."""

    hosts: tuple[str, ...] = Field(description="Host countries.")
    departure: str | None = Field(description="Last departure, as precisely as it is known.")
    outcome: CaseOutcome = Field(description="Its outcome by rule.")
    profile: CaseProfile = Field(description="What it is compared by.")
    claims: int = Field(description="Claims held beside the evidence.")


class CasesResult(ResultPart):
    """Every case."""

    cases: tuple[CaseLine, ...] = Field(description="In the order of their codes.")


class CaseShown(ResultPart):
    """One case, whole."""

    line: CaseLine = Field(description="As in the list: its outcome by rule and what it is compared by.")
    case: Case = Field(description="What its file holds.")
    figures: tuple[Figure, ...] = Field(description="Its figures.", repr=False)
    sources: tuple[CaseSource, ...] = Field(description="Every source it cites.")


class CaseVerification(ResultPart):
    """What `exitplan cases verify` found."""

    cases: int = Field(description="Cases looked at.")
    facts: int = Field(description="Facts, claims and dates that name a source.")
    figures: int = Field(description="Figures read.")
    sources: int = Field(description="Sources of the register.")
    findings: tuple[Finding, ...] = Field(description="Every fault; none where all is in step.")


class SimilarCase(Named):
    """A past exit beside the mission at hand."""

    distance: float = Field(description="Gower distance over the variables known for both, from 0 (alike) to 1.")
    known: int = Field(description="Variables known for both.")
    agree: tuple[str, ...] = Field(description="Variables that agree: within a quarter of the range, or equal.")
    differ: tuple[str, ...] = Field(description="Variables that do not.")
    unknown: tuple[str, ...] = Field(description="Variables not known for one of the two.")
    profile: CaseProfile = Field(description="What is known of it.")
    outcome: CaseOutcome = Field(description="Its outcome by rule.")


class BaseRate(ResultPart):
    """How often something happened among past exits, never without its interval and its number."""

    of: str = Field(description="`all` cases or the `similar` ones.")
    event: str = Field(description="Code of what is counted.")
    adverse: int = Field(description="Cases in which it happened.")
    cases: int = Field(description="Cases that can be judged.")
    open: int = Field(description="Cases that cannot be judged: no data, or not yet.")
    rate: float | None = Field(description="Share; empty where no case can be judged.")
    low: float = Field(description="Low end of the 80 % interval.")
    high: float = Field(description="High end of the 80 % interval.")


class SimilarResult(ResultPart):
    """Past exits like the mission at hand."""

    profile: CaseProfile = Field(description="What is known of the mission at hand.")
    similar: tuple[SimilarCase, ...] = Field(
        description="Nearest first; those that share too few variables are left out."
    )
    later: tuple[str, ...] = Field(
        (), description="Cases left out: the mission at hand itself, or exits after the day looked from."
    )
    too_little: tuple[str, ...] = Field(description="Cases that share too few known variables to compare.")
    used: int = Field(description="How many of the nearest the base rates of similar cases count.")
    rates: tuple[BaseRate, ...] = Field(description="Base rates from all cases and from the similar ones.")
