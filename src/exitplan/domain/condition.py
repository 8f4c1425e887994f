"""The one rule tree: gates, conditions-based plans, watch triggers and contingency triggers are all written with it.

Three-valued after Kleene (1952), *Introduction to Metamathematics*, §64: unmet < unknown < met; `all` is the least of
its parts, `any` the greatest, `at_least k` the k-th greatest, `not` mirrors. A `veto` never averages: wherever it
stands, a veto whose condition is met makes the whole tree unmet, and one that is unknown keeps it from being met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from exitplan.domain.fields import (
    AreaRef,
    CriterionRef,
    HandoverRef,
    IndicatorRef,
    Line,
    Number,
    Part,
    RiskRef,
    Scale5,
    SiteRef,
    State,
    Verification,
    ViolenceType,
    about,
)
from exitplan.domain.findings import Wanted
from exitplan.domain.states import HandoverState, RiskLevel, SiteState

MAX_DEPTH = 12
"""Levels of nesting a reader can still follow; deeper trees are refused."""


class _Node(Part):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class AllOf(_Node):
    """Met when every part is met."""

    all: tuple[Condition, ...] = about("Parts that must all be met.", min_length=1, max_length=100)


class AnyOf(_Node):
    """Met when one part is met."""

    any: tuple[Condition, ...] = about("Parts of which one must be met.", min_length=1, max_length=100)


class AtLeast(_Node):
    """Met when at least k of the parts are met."""

    at_least: int = about("How many of the parts must be met.", ge=1)
    of: tuple[Condition, ...] = about("The parts counted.", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _possible(self) -> AtLeast:
        counted = [part for part in self.of if not isinstance(part, Veto)]
        if self.at_least > len(counted):
            raise ValueError(f"at_least no more than the {len(counted)} parts that count")
        return self


class Not(_Node):
    """Met when its part is unmet."""

    not_: Condition = Field(alias="not", description="The part that must not hold.")

    @model_validator(mode="after")
    def _without_veto(self) -> Not:
        if any(isinstance(node, Veto) for node in walk(self.not_)):
            raise ValueError("no veto inside a not: a veto speaks for the whole tree")
        return self


class Veto(_Node):
    """Blocks the whole tree when its condition is met, wherever it stands."""

    veto: Condition = about("The condition that blocks.")


class CriterionLeaf(_Node):
    """A criterion of the dossier."""

    criterion: CriterionRef = about("Criterion that must be met.")


class IndicatorLeaf(_Node):
    """A bar on an indicator."""

    indicator: IndicatorRef = about("Indicator measured.")
    min: Number | None = about("Met at or above this value, in the indicator's unit.", None)
    max: Number | None = about("Met at or below this value, in the indicator's unit.", None)
    area: AreaRef | None = about("Area measured; country-wide when left out.", None)
    group: Line = about("Group measured, such as `sex=female`.", "total")
    window_months: int = about("The mean of this many months is compared.", 1, unit="months", ge=1, le=60)
    persist_months: int = about("For how many months in a row the bar must hold.", 1, unit="months", ge=1, le=60)
    verification: Verification = about("Least verification that counts.", "self_reported")

    @model_validator(mode="after")
    def _has_bar(self) -> IndicatorLeaf:
        if self.min is None and self.max is None:
            raise ValueError("a `min` or a `max`")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"a `max` of at least {self.min}: no value can meet both")
        return self


class EventsLeaf(_Node):
    """A bar on the armed violence recorded in the area-month counts."""

    events: Annotated[str, Field(pattern="^(deaths|events)$")] = about(
        "What is counted: `deaths` (best estimate) or `events`."
    )
    max: Number | None = about("Met at or below this sum over the window.", None, ge=0)
    min: Number | None = about("Met at or above this sum over the window (for triggers).", None, ge=0)
    area: AreaRef | None = about("Area counted; the whole country when left out.", None)
    types: tuple[ViolenceType, ...] = about("UCDP types of violence counted.", (1, 2, 3), min_length=1)
    window_months: int = about("Months counted, up to the last full month.", 12, unit="months", ge=1, le=120)

    @model_validator(mode="after")
    def _has_bar(self) -> EventsLeaf:
        if (self.min is None) == (self.max is None):
            raise ValueError("either a `min` or a `max`")
        return self


class DateLeaf(_Node):
    """A bar on the calendar."""

    on_or_after: date | None = about("Met from this day on.", None)
    on_or_before: date | None = about("Met up to this day.", None)

    @model_validator(mode="after")
    def _has_bar(self) -> DateLeaf:
        if self.on_or_after is None and self.on_or_before is None:
            raise ValueError("an `on_or_after` or an `on_or_before`")
        if self.on_or_after and self.on_or_before and self.on_or_after > self.on_or_before:
            raise ValueError("an `on_or_before` no earlier than `on_or_after`: no day can meet both")
        return self


class RiskLeaf(_Node):
    """A bar on the residual level of a risk."""

    risk: RiskRef = about("Risk rated.")
    at_most: RiskLevel | None = about("Met at this residual level or below.", None)
    at_least: RiskLevel | None = about("Met at this residual level or above (for triggers).", None)

    @model_validator(mode="after")
    def _has_bar(self) -> RiskLeaf:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("either an `at_most` or an `at_least`")
        return self


class LikelihoodLeaf(_Node):
    """A bar on the likelihood score of a risk."""

    likelihood_of: RiskRef = about("Risk rated.")
    min: Scale5 = about("Met at this likelihood score or above.")


class SiteLeaf(_Node):
    """A bar on the state of a site."""

    site: SiteRef = about("Site looked at.")
    states: tuple[SiteState, ...] = about("States that meet the bar.", min_length=1)


class HandoverLeaf(_Node):
    """A bar on the state of a hand-over."""

    handover: HandoverRef = about("Hand-over looked at.")
    states: tuple[HandoverState, ...] = about("States that meet the bar.", min_length=1)


class HiddenLeaf(_Node):
    """Something the reader may not see. It is never met, and its state does not depend on what it stands for."""

    not_shown: Line = about("Office to ask.")


Leaf = (
    CriterionLeaf
    | IndicatorLeaf
    | EventsLeaf
    | DateLeaf
    | RiskLeaf
    | LikelihoodLeaf
    | SiteLeaf
    | HandoverLeaf
    | HiddenLeaf
)
Node = AllOf | AnyOf | AtLeast | Not | Veto | Leaf

_TAGS: tuple[tuple[str, str], ...] = (
    ("all", "all"),
    ("any", "any"),
    ("of", "of"),
    ("not", "not"),
    ("not_", "not"),
    ("veto", "veto"),
    ("criterion", "criterion"),
    ("indicator", "indicator"),
    ("events", "events"),
    ("risk", "risk"),
    ("likelihood_of", "likelihood_of"),
    ("site", "site"),
    ("handover", "handover"),
    ("on_or_after", "date"),
    ("on_or_before", "date"),
    ("not_shown", "not_shown"),
)


def _tag(value: Any) -> str | None:
    """Which kind of node a mapping is, by its telling key, so that a fault is reported for that kind alone."""
    has = value.__contains__ if isinstance(value, dict) else lambda key: key in type(value).model_fields
    if not isinstance(value, dict | BaseModel):
        return None
    return next((tag for key, tag in _TAGS if has(key)), None)


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeast, Tag("of")]
    | Annotated[Not, Tag("not")]
    | Annotated[Veto, Tag("veto")]
    | Annotated[CriterionLeaf, Tag("criterion")]
    | Annotated[IndicatorLeaf, Tag("indicator")]
    | Annotated[EventsLeaf, Tag("events")]
    | Annotated[DateLeaf, Tag("date")]
    | Annotated[RiskLeaf, Tag("risk")]
    | Annotated[LikelihoodLeaf, Tag("likelihood_of")]
    | Annotated[SiteLeaf, Tag("site")]
    | Annotated[HandoverLeaf, Tag("handover")]
    | Annotated[HiddenLeaf, Tag("not_shown")],
    Discriminator(
        _tag,
        custom_error_type="condition",
        custom_error_message=str(
            Wanted(
                "a condition: all, any, at_least + of, not, veto, criterion, indicator, events, "
                "on_or_after, on_or_before, risk, likelihood_of, site or handover"
            )
        ),
    ),
]

for _model in (AllOf, AnyOf, AtLeast, Not, Veto):
    _model.model_rebuild()


def parts_of(node: Any) -> tuple[Any, ...]:
    """The direct parts of a node; none for a leaf."""
    match node:
        case AllOf(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            return parts
        case Not(not_=part) | Veto(veto=part):
            return (part,)
        case _:
            return ()


def walk(node: Any) -> Iterator[Any]:
    """The node and every node below it."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def leaves(node: Any) -> tuple[Any, ...]:
    """Every leaf of a tree, in reading order."""
    return tuple(n for n in walk(node) if not parts_of(n))


def depth(node: Any) -> int:
    """Levels of a tree; a leaf is 1."""
    return 1 + max((depth(part) for part in parts_of(node)), default=0)


T = TypeVar("T")


class Algebra(Protocol[T]):
    """How values of one type are joined: verdicts for a page, arrays of states for simulated futures."""

    def least(self, values: Sequence[T]) -> T:
        """The least of one or more values (unmet < unknown < met)."""

    def kth_greatest(self, values: Sequence[T], k: int) -> T:
        """The k-th greatest value, k from 1: met exactly when at least k are met."""

    def negate(self, value: T) -> T:
        """Met for unmet, unmet for met, unknown for unknown."""


class Fold(Generic[T]):
    """The one evaluator: folds a condition tree with the values of its leaves."""

    def __init__(self, leaf: Callable[[Any], T], algebra: Algebra[T]) -> None:
        self._leaf = leaf
        self._algebra = algebra

    def __call__(self, condition: Any) -> T:
        """The value of the whole tree, vetoes applied."""
        vetoes: list[T] = []
        value = self._value(condition, vetoes)
        barred = [self._algebra.negate(veto) for veto in vetoes]
        everything = barred if value is None else [value, *barred]
        return self._algebra.least(everything)

    def _value(self, node: Any, vetoes: list[T]) -> T | None:
        """The value of one node without its vetoes, which are set aside; None for a node that only vetoes."""
        match node:
            case Veto(veto=part):
                vetoes.append(self(part))
                return None
            case Not(not_=part):
                return self._algebra.negate(self(part))
            case AllOf(all=parts):
                k_of = None
            case AnyOf(any=parts):
                k_of = 1
            case AtLeast(of=parts, at_least=k):
                k_of = k
            case HiddenLeaf():  # unknown where it stands, and the whole tree never looks complete
                unseen = self._leaf(node)
                vetoes.append(unseen)
                return unseen
            case _:
                return self._leaf(node)
        values = [v for v in (self._value(part, vetoes) for part in parts) if v is not None]
        if not values:
            return None
        return self._algebra.least(values) if k_of is None else self._algebra.kth_greatest(values, k_of)


class Verdict(BaseModel):
    """Met, unmet or unknown, with the grounds: never stored or shown without them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: State = Field(description="Met, unmet or unknown.")
    about: str = Field(description="What was judged, as kind:code, or the kind of group.")
    reason: str = Field("", description="Why, as a stable code such as `below-bar` or `stale`.")
    values: dict[str, str | float | None] = Field(
        default_factory=dict,
        description="The values the reason speaks of; `negated` where their bar or state is the one not wanted.",
    )
    since: date | None = Field(None, description="Since when it has been in this state, where known.")
    owed_by: str = Field("", description="Office that owes the missing data or the missing progress.")
    marginal: bool = Field(False, description="Whether the measurement's interval reaches across the bar.")
    parts: tuple[Verdict, ...] = Field((), description="Verdicts of the parts, unmet first, then unknown, then met.")

    @property
    def rests_on_hidden(self) -> bool:
        """Whether something that is not shown to the reader stands in it or anywhere below."""
        return self.reason == "not-shown" or any(part.rests_on_hidden for part in self.parts)


RANK: dict[State, int] = {"unmet": 0, "unknown": 1, "met": 2}
_MIRROR: dict[State, State] = {"met": "unmet", "unmet": "met", "unknown": "unknown"}


class VerdictAlgebra:
    """Joins verdicts and keeps their grounds."""

    def least(self, values: Sequence[Verdict]) -> Verdict:
        """The worst verdict decides; all stay visible, unmet first."""
        return self._group("all", values, min(values, key=lambda v: RANK[v.state]))

    def kth_greatest(self, values: Sequence[Verdict], k: int) -> Verdict:
        """The k-th best verdict decides."""
        decides = sorted(values, key=lambda v: -RANK[v.state])[k - 1]
        return self._group("any" if k == 1 else f"at_least:{k}", values, decides)

    def negate(self, value: Verdict) -> Verdict:
        """The mirrored verdict, its grounds below it; its values say that their bar is the one not wanted."""
        values = {name: said for name, said in value.values.items() if name != "negated"}
        if "negated" not in value.values:
            values["negated"] = "yes"
        return value.model_copy(
            update={"state": _MIRROR[value.state], "about": f"not:{value.about}", "values": values, "parts": (value,)}
        )

    def _group(self, name: str, values: Sequence[Verdict], decides: Verdict) -> Verdict:
        if len(values) == 1:
            return values[0]
        return Verdict(
            state=decides.state,
            about=name,
            reason=decides.reason,
            values=decides.values,
            since=decides.since,
            owed_by=decides.owed_by,
            marginal=decides.marginal,
            parts=tuple(sorted(values, key=lambda v: RANK[v.state])),
        )


def judge(condition: Any, leaf: Callable[[Any], Verdict]) -> Verdict:
    """The verdict on a condition, given the verdict on each of its leaves."""
    return Fold(leaf, VerdictAlgebra())(condition)
