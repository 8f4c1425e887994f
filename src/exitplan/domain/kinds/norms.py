"""Frameworks a transition is held to, their norms, and the due-diligence cases of security forces that get support.

The library holds frameworks of the same kinds; a mission adds its own in its dossier.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    AreaRef,
    CommitmentRef,
    DecisionRef,
    FrameworkRef,
    FunctionRef,
    InstitutionRef,
    Line,
    Part,
    PartnerRef,
    ProgrammeRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted
from exitplan.domain.norms import NormCheck, Topic
from exitplan.domain.states import RiskLevel


class Framework(Entry):
    """A resolution, policy, guide or standard that the transition is held to."""

    kind: ClassVar[str] = "framework"
    plural: ClassVar[str] = "frameworks"

    symbol: Line = about("Symbol or citation of the document.", "")
    publisher: Line = about("Who issued it.", "")
    published: date | None = about("Day it was issued.", None)
    url: Line = about("Address, where public.", "")
    note_fr: Text | None = about("The remarks in French.", None)


class Norm(Entry):
    """One thing that a framework asks, in our own words, and what in the dossier can show it."""

    kind: ClassVar[str] = "norm"
    plural: ClassVar[str] = "norms"

    framework: FrameworkRef = about("Framework it belongs to.")
    number: Line = about("Number or paragraph in the framework; empty where the text was not read.", "")
    asks: Text = about("What it asks, in one's own words.")
    asks_fr: Text | None = about("The same in French.", None)
    topic: Topic = about("What it is about.")
    document: Line = about("Document it stands in, where that is not the framework's own.", "")
    verified: bool = about("Whether its text was read; otherwise only the document is named.", False)
    read_in: Line = about("Where its text, or the account of it, was read.", "")
    shown_by: tuple[Line, ...] = about("Kinds of entry that can show it, such as `gate` or `activity`.", ())
    check: NormCheck | None = about("What a machine can look at; people judge the rest.", None)

    @model_validator(mode="after")
    def _verified_somewhere(self) -> Norm:
        if self.verified and not (self.number and self.read_in):
            raise ValueError(Wanted("the number and where it was read, where the text is marked as verified"))
        return self


class MitigatingMeasure(Part):
    """What is done so that support does not help a grave violation."""

    text: Line = about("The measure.")
    text_fr: Line | None = about("The same in French.", None)
    owner: Line = about("Office that does it.", "")
    due: date | None = about("Day by which it is due.", None)
    done: date | None = about("Day on which it was done.", None)


class DueDiligence(Entry):
    """Support to a security force, the human-rights risk assessed, what lowers it, and what was decided; no persons, no vetting files."""

    kind: ClassVar[str] = "due_diligence"
    plural: ClassVar[str] = "due_diligence_cases"

    institution: InstitutionRef | None = about("National institution supported.", None)
    function: FunctionRef | None = about("Function whose institutions are all supported.", None)
    area: AreaRef | None = about("Area of that support; the whole country when left out.", None)
    force: Line = about("Force or unit supported that is no institution of the dossier.", "")
    support: Line = about("Support given, such as `training and vehicles`.", "")
    support_fr: Line | None = about("The same in French.", None)
    supporter: PartnerRef | None = about("Who gives it; the mission when left out.", None)
    commitments: tuple[CommitmentRef, ...] = about("Commitments it covers.", ())
    programmes: tuple[ProgrammeRef, ...] = about("Programmes it covers.", ())
    risk: RiskLevel | None = about("Risk assessed before measures; not assessed when left out.", None)
    assessed: date | None = about("Day of the assessment.", None)
    measures: tuple[MitigatingMeasure, ...] = about("Mitigating measures.", ())
    status: Literal["open", "proceed", "proceed_with_measures", "suspend", "withdrawn"] = about(
        "What was decided about the support.", "open"
    )
    decided: date | None = about("Day of the decision.", None)
    decision: DecisionRef | None = about("Decision on record.", None)
    review: date | None = about("Day by which it is to be looked at again.", None)

    @model_validator(mode="after")
    def _whole(self) -> DueDiligence:
        if not (self.institution or self.function or self.force):
            raise ValueError(Wanted("the institution, function or force that is supported"))
        if self.status != "open" and self.decided is None:
            raise ValueError(Wanted("the day of the decision"))
        if self.risk is not None and self.assessed is None:
            raise ValueError(Wanted("the day of the assessment, where a risk is stated"))
        if self.status == "proceed_with_measures" and not self.measures:
            raise ValueError(Wanted("the measures with which it proceeds"))
        return self
