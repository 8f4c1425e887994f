"""`exitplan explain`: what drives the difference that one plan makes against another, and which assumptions it hangs on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.results.base import ResultPart

MeasureName = Literal["deaths", "chance"]
ChannelName = Literal["mission", "host", "support", "shock", "shift"]
PathName = Literal["own-area", "neighbours", "regime"]
Verdict = Literal["flips", "no-flip", "not-told-apart", "equal"]


class Estimate(ResultPart):
    """A mean over futures; never without its error."""

    value: float
    error: float = Field(description="Monte Carlo standard error over blocks of 32 futures.")


class ChannelShare(ResultPart):
    """What one thing in which the plans differ adds to the difference: a Shapley value."""

    channel: ChannelName = Field(
        description="`mission` its reach, `host` capacity, `support` after exit, `shock` of the withdrawal, `shift` of the scenario "
        "with the risks that it switches on."
    )
    differs: bool = Field(description="Whether the plans differ in it at all.")
    added: Estimate


class PathShare(ResultPart):
    """How much of the difference acts in an area itself, through other areas, or through the country's regime."""

    path: PathName
    added: Estimate


class AtKappa(ResultPart):
    """The difference at one causal credibility."""

    kappa: float
    difference: Estimate


class Flip(ResultPart):
    """A causal credibility at which the plans change places."""

    kappa: float
    error: float = Field(description="Error of the difference there, divided by its slope.")


class AssumptionSwing(ResultPart):
    """
    One assumption: the shown difference at two of its values, all else as it is, and its share of the shown difference's variance.
    """

    code: str = Field(
        description="`kappa`, a symbol of the priors, `P50`, `speed`, or `past` for the weight of what has been in a pooled figure."
    )
    low: float = Field(description="Its 10 % point.")
    high: float = Field(description="Its 90 % point.")
    at_low: Estimate
    at_high: Estimate
    first: Estimate = Field(description="Sobol index of first order: alone. Its error is that of a bootstrap.")
    total: Estimate = Field(description="Sobol index of total order: with all it does together with others.")


class DifferenceExplained(ResultPart):
    """One number under both plans, on the model's part alone, and where its difference comes from."""

    measure: MeasureName
    definition: str | None = Field(None, description="Definition whose chance it is; none for deaths.")
    scope: str = Field(description="`country`, or the code of an area.")
    by_months: int = Field(description="Months within which.")
    plan: Estimate = Field(description="Under the plan.")
    against: Estimate = Field(description="Under the plan it is put against.")
    difference: Estimate = Field(description="Plan less the one it is put against, future by future.")
    shown: Estimate = Field(
        description="The same as pooled figures show it: the rest of each is what has been, which no plan changes."
    )
    channels: tuple[ChannelShare, ...] = Field(description="Add up to the difference.")
    paths: tuple[PathShare, ...] = Field(description="Add up to the difference too.")
    by_kappa: tuple[AtKappa, ...]
    flips: tuple[Flip, ...] = Field(description="Where the ranking changes as kappa goes from 0 to 1.")
    verdict: Verdict = Field(
        description="Whether it flips, keeps its sign, is not told apart from zero at any kappa, or the plans are equal."
    )
    swings: tuple[AssumptionSwing, ...] = Field(description="Largest swing first.")


class ExplainResult(ResultPart):
    """Why two plans differ. It informs a decision; it does not recommend a plan, nor leaving."""

    plan: str
    against: str
    scenario: str
    futures: int
    horizon: int
    origin: str = Field(description="Last month of data.")
    areas: tuple[str, ...] = Field((), description="Areas that the country's figures add up.")
    explained: tuple[DifferenceExplained, ...]
    assumptions: tuple[str, ...] = ()
