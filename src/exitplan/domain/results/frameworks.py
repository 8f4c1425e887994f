"""`exitplan frameworks`: where the mission stands against each norm, and what is known of support to security forces."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from exitplan.domain.norms import Topic
from exitplan.domain.results.base import Named, ResultPart

NormState = Literal["not_met", "partly_met", "not_checked", "not_shown", "met", "not_applicable"]
"""Where a norm stands, what is not met first; `not_shown` where it hangs on what the reader may not see."""

LackKind = Literal["none", "filled", "values", "group", "lead", "names", "named_by", "advice", "force"]


class Lack(ResultPart):
    """What is missing from an entry, or from the dossier as a whole."""

    lack: LackKind = Field(description="What sort of thing is missing.")
    what: str = Field("", description="Field, dimension, kind of entry or rule concerned; kinds separated by commas.")
    number: int | None = Field(None, description="How many there should be, or how many months before the end.")
    found: int | None = Field(None, description="How many there are.")


class Ground(Named):
    """An entry that a check looked at."""

    kind: str = Field(description="Its kind.")
    lacks: tuple[Lack, ...] = Field((), description="What it lacks; nothing where it shows the norm.")

    @property
    def about(self) -> str:
        """The entry, as kind:code."""
        return f"{self.kind}:{self.code}"


class Outcome(ResultPart):
    """What a machine check found."""

    state: NormState
    shows: tuple[Ground, ...] = Field((), description="Entries that show the norm.")
    lacking: tuple[Ground, ...] = Field((), description="Entries that lack something.")
    missing: tuple[Lack, ...] = Field((), description="What the dossier as a whole lacks.")


class Judged(Named):
    """What people judged, in a framework check."""

    state: NormState
    owner: str = ""
    checked: date | None = None
    evidence: tuple[str, ...] = Field((), description="Entries that show it, as kind:code.")
    note: str = ""


class NormLine(Named):
    """One norm."""

    framework: str = Field(description="Code of its framework.")
    number: str = Field(description="Number in the framework; empty where the text was not read.")
    asks: str
    asks_fr: str | None = None
    topic: Topic
    document: str = Field(description="Document it stands in.")
    verified: bool = Field(description="Whether its text was read.")
    read_in: str = ""
    shown_by: tuple[str, ...] = ()
    state: NormState = Field(description="Check and judgement together: a judgement never hides a check that fails.")
    check: Outcome | None = Field(description="What the machine found; None where there is nothing it can look at.")
    judged: tuple[Judged, ...] = Field((), description="What people judged, the latest first.")
    differs: bool = Field(False, description="Whether people judged better than the check finds.")
    decisions: tuple[str, ...] = Field((), description="Codes of decisions that rest on its evidence.")

    def asked(self, lang: str) -> str:
        """What it asks, in the reader's language."""
        return (self.asks_fr if lang == "fr" else None) or self.asks


class FrameworkLine(Named):
    """One framework with its norms, what is not met first; counted, never averaged."""

    symbol: str
    published: date | None
    own: bool = Field(description="Whether the mission added it itself.")
    hindsight: bool = Field(False, description="Whether it was issued after the day looked from.")
    counts: dict[NormState, int] = Field(description="Norms by where they stand.")
    verified: int = Field(description="Norms whose text was read.")
    norms: tuple[NormLine, ...]


ForceState = Literal["suspended_running", "no_case", "not_decided", "measures_late", "review_late", "covered"]
"""Where due diligence for a supported force stands, the loudest first."""


class ForceLine(Named):
    """A security function whose forces get support, or a case beside which none is known."""

    kind: str = Field(description="`function`, `institution` or `due_diligence`.")
    state: ForceState
    supports: tuple[str, ...] = Field((), description="Running support, as kind:code.")
    mentored: tuple[str, ...] = Field((), description="Institutions with mentors.")
    uncovered: tuple[str, ...] = Field(
        (), description="Supported institutions without a case of their own or above them."
    )
    cases: tuple[str, ...] = Field((), description="Codes of its cases.")


class DiligenceLine(Named):
    """One due-diligence case."""

    force: str = Field(description="What is supported, as kind:code, or in words.")
    support: str = ""
    support_fr: str | None = None
    supporter: str | None = None
    risk: str | None = None
    assessed: date | None = None
    status: str = "open"
    decided: date | None = None
    review: date | None = None
    owner: str = ""
    running: tuple[str, ...] = Field((), description="Support that runs on the day, as kind:code.")
    open_measures: int = 0
    late_measures: int = 0
    review_late: bool = False
    loud: bool = Field(False, description="Whether support runs although it was suspended or withdrawn.")

    def supported(self, lang: str) -> str:
        """The support in the reader's language."""
        return (self.support_fr if lang == "fr" else None) or self.support


class FrameworksResult(ResultPart):
    """Every framework with its norms, and the due diligence for supported forces."""

    frameworks: tuple[FrameworkLine, ...]
    counts: dict[NormState, int] = Field(
        description="Norms by where they stand, without frameworks issued after the day looked from."
    )
    forces: tuple[ForceLine, ...] = ()
    cases: tuple[DiligenceLine, ...] = ()
    unknown: tuple[str, ...] = Field((), description="Framework checks whose norm is not known, by code.")

    @property
    def gaps(self) -> tuple[NormLine, ...]:
        """Norms that are not met or only partly, what is not met first; frameworks issued later are left out."""
        return tuple(sorted(self.standing("not_met", "partly_met"), key=lambda n: n.state != "not_met"))

    def standing(self, *states: NormState) -> tuple[NormLine, ...]:
        """Norms in one of some states, in the order of the frameworks; frameworks issued later are left out."""
        return tuple(n for f in self.frameworks if not f.hindsight for n in f.norms if n.state in states)

    def find(self, code: str) -> tuple[FrameworkLine, NormLine] | None:
        """A norm by its code, with its framework."""
        return next(((f, n) for f in self.frameworks for n in f.norms if n.code == code), None)
