"""The mission itself, its mandate, its end state, and the time line it works along."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.condition import Condition
from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    BenchmarkRef,
    Context,
    Count,
    GateRef,
    HandoverRef,
    Iso3,
    Line,
    MandateRef,
    MilestoneRef,
    Part,
    PhaseRef,
    PlanRef,
    ScenarioRef,
    Share,
    Text,
    ViolenceType,
    about,
)
from exitplan.domain.findings import Wanted
from exitplan.domain.states import RiskLevel

PRESET_DEFINITIONS = ("R25", "R1000", "A25", "AX")
"""Named definitions of renewed armed violence that every mission has."""


class RenewedViolence(Part):
    """The mission's own definition of renewed armed violence: deaths in a window of months."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{0,19}$")] = about(
        "Short name, none of R25, R1000, A25 and AX."
    )
    title: Line = about("What it says, in words.")
    title_fr: Line | None = about("The same in French.", None)
    scope: Literal["country", "area"] = about("Whether deaths are summed over the country or by area.", "country")
    threshold: Annotated[float, Field(ge=1)] = about("Deaths in the window that meet it.", unit="deaths")
    window: int = about("Months summed.", 12, unit="months", ge=1, le=12)
    types: tuple[ViolenceType, ...] = about("UCDP types counted; those of the mission when left out.", ())

    def name(self, lang: str = "en") -> str:
        """What it says, in the reader's language."""
        return (self.title_fr if lang == "fr" else None) or self.title


class RiskMatrix(Part):
    """The scales on which this organisation rates risks; kept by version because scales change."""

    version: Line = about("Version of the scales, kept with every score.", "5x5-1")
    likelihood: tuple[Line, ...] = about(
        "Names of the likelihood scores 1 to 5.",
        ("slight", "not likely", "likely", "highly likely", "expected"),
        min_length=5,
        max_length=5,
    )
    impact: tuple[Line, ...] = about(
        "Names of the impact scores 1 to 5.",
        ("low", "moderate", "high", "significant", "critical"),
        min_length=5,
        max_length=5,
    )
    levels: tuple[tuple[RiskLevel, RiskLevel, RiskLevel, RiskLevel, RiskLevel], ...] = about(
        "Level of each cell: five rows for likelihood 1 to 5, five columns for impact 1 to 5.",
        (
            ("low", "low", "low", "medium", "medium"),
            ("low", "low", "medium", "medium", "high"),
            ("low", "medium", "medium", "high", "high"),
            ("medium", "medium", "high", "high", "very_high"),
            ("medium", "high", "high", "very_high", "very_high"),
        ),
        min_length=5,
        max_length=5,
    )
    control_steps: tuple[int, int, int, int, int] = about(
        "Likelihood steps that controls take off, for effectiveness 1 (effective) to 5 (highly ineffective).",
        (2, 1, 1, 0, 0),
    )

    def level(self, likelihood: int, impact: int) -> RiskLevel:
        """The level of one cell; both scores from 1 to 5."""
        return self.levels[likelihood - 1][impact - 1]


class Mission(Entry):
    """The mission whose exit is planned."""

    kind: ClassVar[str] = "mission"
    plural: ClassVar[str] = "mission"

    acronym: Line = about("Short name used in headings.")
    host: tuple[Iso3, ...] = about(
        "ISO 3166 code of each host country; a fictional one uses `X` codes such as XKA.", min_length=1
    )
    host_name: Line = about("Name of the host country or countries.")
    host_name_fr: Line | None = about("The same in French.", None)
    started: date = about("First day of the mission.")
    as_of: date | None = about("The day from which the dossier looks at the world; default of `--on`.", None)
    default_plan: PlanRef | None = about("Plan used where none is named.", None)
    default_scenario: ScenarioRef | None = about("Scenario used where none is named.", None)
    exit_gates: tuple[GateRef, ...] = about("Gates that must all be open for the mission as a whole to leave.", ())
    mandate: MandateRef | None = about("Mandate in force.", None)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = about("Currency of every amount of money.", "USD")
    fiscal_year_start: int = about("Month in which the budget year begins.", 7, ge=1, le=12)
    dimensions: dict[Line, tuple[Line, ...]] = about(
        "Dimensions measurements may be broken down by, with their values.",
        default_factory=lambda: {"sex": ("female", "male")},
    )
    violence_types: tuple[ViolenceType, ...] = about("UCDP types that the futures count.", (1, 2, 3), min_length=1)
    definitions: tuple[RenewedViolence, ...] = about(
        "The mission's own definitions of renewed armed violence, besides R25, R1000, A25 and AX.", (), max_length=10
    )
    renewed_violence: Line = about(
        "Definition of renewed armed violence shown first: R25, R1000, A25, AX or one of the mission's own.", "R25"
    )
    risk_matrix: RiskMatrix = about("Scales on which risks are rated.", default_factory=RiskMatrix)
    neighbours: tuple[Iso3, ...] = about("Neighbouring countries kept in view.", ())
    population: Count | None = about("People in the host country.", None, unit="persons")
    map_note: Text = about(
        "Note under every map.",
        "Boundaries and names shown do not imply official endorsement or acceptance by anyone.",
    )
    map_note_fr: Text | None = about(
        "The same in French.",
        "Les limites et les noms indiqués n'impliquent ni reconnaissance ni approbation officielle de quiconque.",
    )

    @model_validator(mode="after")
    def _definitions_fit(self) -> Mission:
        known = [*PRESET_DEFINITIONS, *(d.code for d in self.definitions)]
        if doubled := sorted({code for code in known if known.count(code) > 1}):
            raise ValueError(
                Wanted(
                    "codes of definitions once each, none of R25, R1000, A25 and AX: {codes}", codes=", ".join(doubled)
                )
            )
        if self.renewed_violence not in known:
            raise ValueError(Wanted("one of the definitions {codes} to be shown first", codes=", ".join(known)))
        return self

    def definition(self, code: str) -> RenewedViolence | None:
        """The mission's own definition of that code; None for the named ones that every mission has."""
        return next((d for d in self.definitions if d.code == code), None)

    @property
    def fictional(self) -> bool:
        """Whether the country is invented and every page has to say so."""
        return self.basis == "fictional"


class Mandate(Entry):
    """What the mission is asked to do, until when, and with how many people."""

    kind: ClassVar[str] = "mandate"
    plural: ClassVar[str] = "mandates"

    authority: Line = about("Document that gives the mandate, such as `S/RES/2239 (2015)`.")
    adopted: date = about("Day of adoption.")
    start: date = about("First day it covers.")
    end: date = about("Last day it covers: the calendar clock where no plan says otherwise.")
    tasks: tuple[Line, ...] = about("Mandated tasks.", ())
    replaces: MandateRef | None = about("Mandate it follows.", None)
    final: bool = about("Whether the authority has said that it is the last one.", False)

    @model_validator(mode="after")
    def _in_order(self) -> Mandate:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Objective(Entry):
    """One part of the end state."""

    kind: ClassVar[str] = "objective"
    plural: ClassVar[str] = "objectives"

    dimension: Literal["political", "security", "development"] = about("Part of the end state it belongs to.")
    end_state: Text = about("What will be true in the country, in words.")


class Phase(Entry):
    """A stretch of the transition that closes through gates."""

    kind: ClassVar[str] = "phase"
    plural: ClassVar[str] = "phases"

    order: int = about("Place in the sequence, from 1.", ge=1, le=50)
    start: date = about("Planned first day.")
    end: date = about("Planned last day.")
    gates: tuple[GateRef, ...] = about("Gates that must be open before the phase may close.", ())

    @model_validator(mode="after")
    def _in_order(self) -> Phase:
        if self.end < self.start:
            raise ValueError(Wanted("an end on or after the start {start}", start=self.start))
        return self


class Milestone(Entry):
    """A dated point by which something must be true."""

    kind: ClassVar[str] = "milestone"
    plural: ClassVar[str] = "milestones"

    phase: PhaseRef | None = about("Phase it belongs to.", None)
    due: date = about("Day by which it is due.")
    done: date | None = about("Day on which it was reached.", None)
    condition: Condition | None = about("What makes it reached, where it can be measured.", None)
    context: Context | None = about(
        "What it tells about the surroundings, such as elections; shown in the context panel.", None
    )


class Activity(Entry):
    """Work somebody has to do by a date."""

    kind: ClassVar[str] = "activity"
    plural: ClassVar[str] = "activities"

    start: date | None = about("Planned first day.", None)
    due: date = about("Day by which it is due.")
    done: date | None = about("Day on which it was finished.", None)
    progress: Share | None = about("Share done so far.", None)
    milestone: MilestoneRef | None = about("Milestone it serves.", None)
    phase: PhaseRef | None = about("Phase it belongs to.", None)
    handover: HandoverRef | None = about("Hand-over it prepares.", None)
    benchmark: BenchmarkRef | None = about("Benchmark it serves.", None)

    @model_validator(mode="after")
    def _in_order(self) -> Activity:
        if self.start and self.due < self.start:
            raise ValueError(Wanted("a due date on or after the start {start}", start=self.start))
        if self.start and self.done and self.done < self.start:
            raise ValueError(Wanted("a done date on or after the start {start}", start=self.start))
        return self
