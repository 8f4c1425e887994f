"""What a framework's norm asks of a dossier, as far as a machine can look: a small typed tree, no text language.

A check finds out whether the dossier holds what would show that a norm is met. It never judges how good that is: people do, in
framework checks, and both stand beside each other.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Tag, model_validator

from exitplan.domain.fields import Line, Part, about
from exitplan.domain.findings import Wanted

Topic = Literal[
    "planning",
    "integration",
    "national_ownership",
    "capacity",
    "communication",
    "benchmarks",
    "protection",
    "human_rights",
    "women_peace_security",
    "finance",
    "closure",
    "risk",
    "learning",
    "after_exit",
    "development",
]

AdviceCode = Literal[
    "no-owner",
    "no-target",
    "no-date",
    "no-baseline",
    "no-data-source",
    "vague-word",
    "output-as-outcome",
    "own-output",
    "compound",
    "not-measurable-by-date",
    "rhythm-slower-than-freshness",
    "too-many-indicators",
]
"""What may be said about the quality of a benchmark; see `engine/readiness/quality.py`."""

ForceRule = Literal["have_case", "assessed", "measures_kept", "reviewed", "not_suspended"]
"""What may be asked of supported security forces; see `engine/frameworks/diligence.py`."""

MONTHS_MOST = 240


class Lead(Part):
    """A date that lies well before the mandate ends."""

    field: Line = about("Field that holds the date.")
    months: int = about("Least number of months before the mandate ends.", unit="months", ge=0, le=MONTHS_MOST)


class EntryTest(Part):
    """What one entry must be like: everything named here must hold."""

    filled: tuple[Line, ...] = about("Fields that must hold something; dots lead into parts.", ())
    values: dict[Line, tuple[Line, ...]] = about(
        "Fields whose value must be one of those listed.", default_factory=dict
    )
    group: Line = about("Dimension by which one of its bars must be broken down, such as `sex`.", "")
    lead: Lead | None = about("Date that must lie well before the mandate ends.", None)
    names: tuple[Line, ...] = about("Kinds of entry of which it must name one.", ())
    named_by: tuple[Line, ...] = about("Kinds of entry of which one must name it.", ())

    @model_validator(mode="after")
    def _asks_something(self) -> EntryTest:
        if not (self.filled or self.values or self.group or self.lead or self.names or self.named_by):
            raise ValueError(Wanted("something that is asked: filled, values, group, lead, names or named_by"))
        return self


class EveryOf(Part):
    """Met when every entry of a kind passes; partly met when some do."""

    every: Line = about("Kind of entry looked at, such as `gate`.")
    where: EntryTest | None = about("Which of them; all where left out.", None)
    has: EntryTest = about("What each must be like.")
    if_any: bool = about("Whether the norm does not apply where there is no such entry.", False)


class SomeOf(Part):
    """Met when enough entries of a kind pass."""

    some: Line = about("Kind of entry looked at, such as `criterion`.")
    at_least: int = about("How many must pass.", 1, ge=1, le=10_000)
    has: EntryTest | None = about("What they must be like; anything where left out.", None)


class FreeOf(Part):
    """Met when no benchmark draws one of these pieces of advice."""

    free_of: tuple[AdviceCode, ...] = about("Advice that must not be needed.", min_length=1)


class ForcesThat(Part):
    """Met when the support given to security forces passes; does not apply where none is given."""

    forces: ForceRule = about("What is asked of the support.")


class AllChecks(Part):
    """As its parts together: met when all are, partly met when some are."""

    all: tuple[NormCheck, ...] = about("Parts that must all be met.", min_length=1, max_length=20)


class AnyCheck(Part):
    """As the best of its parts."""

    any: tuple[NormCheck, ...] = about("Parts of which one must be met.", min_length=1, max_length=20)


_KEYS = ("every", "some", "free_of", "forces", "all", "any")


def _tag(value: Any) -> str | None:
    """Which kind of node a mapping is, by its telling key."""
    if isinstance(value, BaseModel):
        return next((key for key in _KEYS if key in type(value).model_fields), None)
    return next((key for key in _KEYS if key in value), None) if isinstance(value, dict) else None


NormCheck = Annotated[
    Annotated[EveryOf, Tag("every")]
    | Annotated[SomeOf, Tag("some")]
    | Annotated[FreeOf, Tag("free_of")]
    | Annotated[ForcesThat, Tag("forces")]
    | Annotated[AllChecks, Tag("all")]
    | Annotated[AnyCheck, Tag("any")],
    Discriminator(
        _tag,
        custom_error_type="norm_check",
        custom_error_message=str(Wanted("a check: every + has, some, free_of, forces, all or any")),
    ),
]

for _model in (AllChecks, AnyCheck):
    _model.model_rebuild()


def parts_of(check: NormCheck) -> tuple[NormCheck, ...]:
    """A check and everything inside it."""
    inside = check.all if isinstance(check, AllChecks) else check.any if isinstance(check, AnyCheck) else ()
    return (check, *(part for one in inside for part in parts_of(one)))


def kinds_looked_at(check: NormCheck) -> frozenset[str]:
    """Kinds of entry that a check looks at."""
    kinds: set[str] = set()
    for part in parts_of(check):
        if isinstance(part, EveryOf):
            kinds |= {part.every, *part.has.named_by}
        elif isinstance(part, SomeOf):
            kinds |= {part.some, *(part.has.named_by if part.has else ())}
        elif isinstance(part, FreeOf):
            kinds |= {"benchmark", "criterion", "indicator"}
        elif isinstance(part, ForcesThat):
            kinds |= {"due_diligence", "institution", "function", "commitment", "programme"}
    return frozenset(kinds)
