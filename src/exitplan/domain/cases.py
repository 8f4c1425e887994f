"""Past exits as data: dated facts with their sources, figures, claims beside evidence, and the outcome that is stated of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from exitplan.domain.errors import NotFound
from exitplan.domain.fields import Code, Iso3, Line, Number, Part, Text, about
from exitplan.domain.findings import Finding, Wanted, shown

Dimension = Literal["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"]
DIMENSIONS: tuple[Dimension, ...] = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8")

OutcomeState = Literal["clear", "adverse", "contested", "no_data", "not_yet"]
CaseBand = Literal["sustained", "holding", "mixed", "failed", "contested", "too_early", "not_coded"]
Reading = Literal["clear", "adverse"]
Region = Literal["africa", "americas", "asia", "europe"]
ExitKind = Literal[
    "conditions_led",
    "calendar_led",
    "host_demand",
    "council_decision",
    "forced_by_money",
    "mandate_fulfilled",
    "conflict_resumed",
    "not_coded",
]
Series = Literal[
    "state_based",
    "non_state",
    "one_sided",
    "deaths_all",
    "troops",
    "police",
    "observers",
    "us_troops",
    "sites",
    "refugees",
    "idps",
    "coups",
    "malicious_deaths",
    "population",
]

SomeDay = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A day, a month or a year, as precisely as the source tells it."""
Sources = Annotated[tuple[Code, ...], Field(default=())]


class CaseSource(Part):
    """A document or data set that a fact or figure was taken from."""

    code: Code = about("Code it is cited by.")
    title: Line = about("What it is.")
    kind: Literal["dataset", "resolution", "report", "press", "web", "article"] = about("Kind of document.")
    document: Line = about("Where it stands: symbol, address, or name and version of the data set.", "")
    licence: Line = about("Terms under which its values may be used; empty where single facts are cited.", "")
    cite: Line = about("How its makers ask to be cited.", "")
    weak: bool = about("Whether it is a reprint or copy that should be replaced by the original.", False)


class Sourced(Part):
    """A sentence with its sources."""

    text: Text = about("What is said.")
    text_fr: Text = about("The same in French.")
    sources: Sources = about("Sources that say so.", ())

    def words(self, lang: str) -> str:
        """The sentence in the reader's language."""
        return self.text_fr if lang == "fr" else self.text


class CaseFact(Sourced):
    """Something that happened, on a day, with the source that says so."""

    date: SomeDay = about("When, as precisely as the source tells it.")
    dimension: Dimension | None = about("Dimension of the outcome it speaks to.", None)
    reading: Reading | None = about("Which way it speaks.", None)
    mark: Literal["collapse", "mutiny", "losses"] | None = about("What it was, where a rule asks.", None)


class Presence(Part):
    """A foreign force or mission in the host country after the exit."""

    name: Line = about("Its name.")
    start: SomeDay = about("When it began.")
    uniformed: bool = about("Whether it had troops or police.")
    relation: Literal["follow_on", "new"] = about(
        "Planned to follow the exit, or new because of what happened after it."
    )
    sources: Sources = about("Sources that say so.", ())


class CaseClaim(Sourced):
    """What somebody said of the exit, set beside what is coded."""

    by: Line = about("Who said it, as an office or a document.")
    by_fr: Line = about("The same in French.")
    dimensions: tuple[Dimension, ...] = about("Dimensions of the outcome that it speaks of.", min_length=1)
    right: tuple[Sourced, ...] = about("What it got right.", ())
    evidence: tuple[Sourced, ...] = about("What is on record about it.", ())


class Dated(Part):
    """A day with its sources."""

    date: SomeDay = about("When, as precisely as the source tells it.")
    sources: Sources = about("Sources that say so.", ())


class CodedKind(Part):
    """Why the mission left, where a source says so."""

    kind: ExitKind = about("Kind of exit.")
    sources: Sources = about("Sources that say so; none where it is not coded.", ())


class StatedDimension(Part):
    """One dimension of the outcome as the file states it."""

    dimension: Dimension = about("The dimension.")
    horizon: int = about("Years after the last departure.", ge=0, le=30, unit="years")
    state: OutcomeState = about("What the rule gives.")
    value: Number | None = about("Value that it was judged by.", None)


class StatedOutcome(Part):
    """The outcome as the file states it; `exitplan cases verify` holds it against the figures."""

    band: CaseBand = about("Band by rule.")
    dimensions: tuple[StatedDimension, ...] = about("The dimensions.", ())


class Case(Part):
    """One past exit."""

    code: Code = about("Code of the case.")
    title: Line = about("Name of the mission and its country.")
    title_fr: Line = about("The same in French.")
    hosts: tuple[Iso3, ...] = about("ISO 3166 codes of the host countries.", min_length=1)
    areas: tuple[Line, ...] = about("First-level areas meant, where the case is a phase of a mission.", ())
    region: Region = about("Region of the world.")
    mandate: Sourced = about("What the mission was asked to do.")
    start: Dated = about("First day of the mission.")
    departure: Dated | None = about("Last day with its uniformed people there; none where they never all left.", None)
    exit: CodedKind = about("Kind of exit.")
    facts: tuple[CaseFact, ...] = about("Dated facts.", ())
    presences: tuple[Presence, ...] = about("Forces and missions after the exit.", ())
    claims: tuple[CaseClaim, ...] = about("Claims, each beside what is coded.", ())
    differs: tuple[Sourced, ...] = about("What sets this case apart, and what it must not be read for.", ())
    figures: Line = about("SHA-256 of the table of figures beside this file.", "")
    outcome: StatedOutcome = about("Outcome stated.", default_factory=lambda: StatedOutcome(band="not_coded"))

    def name(self, lang: str = "en") -> str:
        """The title in the reader's language."""
        return self.title_fr if lang == "fr" else self.title

    @property
    def left(self) -> date | None:
        """Day of the last departure; the last day of a month or year where no more is known; None where they never all left."""
        return day_at_latest(self.departure.date) if self.departure else None

    @property
    def cited(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every place of the case that has to name a source, with the sources it names, in the order of its page."""
        yield "mandate", self.mandate.sources
        yield "start", self.start.sources
        if self.departure:
            yield "departure", self.departure.sources
        if self.exit.kind != "not_coded":
            yield "exit", self.exit.sources
        for n, claim in enumerate(self.claims):
            yield f"claims[{n}]", claim.sources
            for name, parts in (("evidence", claim.evidence), ("right", claim.right)):
                for at, part in enumerate(parts):
                    yield f"claims[{n}].{name}[{at}]", part.sources
        for at, fact in enumerate(self.facts):
            yield f"facts[{at}]", fact.sources
        for at, presence in enumerate(self.presences):
            yield f"presences[{at}]", presence.sources
        for at, said in enumerate(self.differs):
            yield f"differs[{at}]", said.sources


def day_at_latest(text: str) -> date:
    """The last day that a day, month or year (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else parts
    return date.fromordinal((date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1)


class Figure(Part):
    """One value of a series: of a country, an area or the mission, in a month or a year."""

    series: Series = about("What is counted.")
    area: Line = about("ISO 3166 code of the country, name of the area, or name of the mission.")
    period: Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2]))?$")] = about(
        "Year, or year and month."
    )
    value: Annotated[float, Field(ge=0, le=1e10)] = about("The value.")
    source: Code = about("Source of the value.")


@dataclass(frozen=True)
class Figures:
    """The table of figures of one case."""

    rows: tuple[Figure, ...] = ()
    digest: str = ""
    """SHA-256 of the file it was read from."""

    @cached_property
    def _series(self) -> Mapping[tuple[str, bool], Mapping[str, dict[str, float]]]:
        found: dict[tuple[str, bool], dict[str, dict[str, float]]] = {}
        for row in self.rows:
            by_area = found.setdefault((row.series, len(row.period) == 7), {})
            by_area.setdefault(row.area, {})[row.period] = row.value
        return found

    def years(self, series: Series, area: str) -> dict[int, float]:
        """Values by year; empty where there are none."""
        return {int(period): value for period, value in self._series.get((series, False), {}).get(area, {}).items()}

    def months(self, series: Series, area: str | None = None) -> dict[str, float]:
        """Values by month (YYYY-MM), of one area or summed over all of them; empty where there are none."""
        by_area = self._series.get((series, True), {})
        if area is not None:
            return dict(by_area.get(area, {}))
        summed: dict[str, float] = {}
        for values in by_area.values():
            for period, value in values.items():
                summed[period] = summed.get(period, 0.0) + value
        return dict(sorted(summed.items()))

    def sources(self, *series: str, by: Literal["month", "year"] | None = None) -> tuple[str, ...]:
        """Codes of the sources of some series, each once; of those by month or by year alone where asked for."""
        length = {"month": 7, "year": 4}.get(by or "")
        found = (row.source for row in self.rows if row.series in series and length in (None, len(row.period)))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class CaseLibrary:
    """Every case with its figures, and the register of sources. Cases stand in the order of their codes."""

    cases: tuple[Case, ...]
    sources: Mapping[str, CaseSource]
    figures: Mapping[str, Figures] = field(default_factory=dict)

    def case(self, code: str) -> Case:
        """One case. Raises NotFound."""
        for case in self.cases:
            if case.code == code.upper():
                return case
        raise NotFound("case", code, tuple(case.code for case in self.cases))

    def of(self, code: str) -> Figures:
        """The figures of a case; an empty table where it has none."""
        return self.figures.get(code, Figures())

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Everything that is wrong between the files: facts without a source, sources without a document, figures that changed."""
        return tuple(_faults(self))


def _faults(library: CaseLibrary) -> Iterator[Finding]:
    for source in library.sources.values():
        if not source.document.strip():
            yield Finding(
                code="source-without-document",
                kind="case_source",
                entry=source.code,
                field="document",
                value="nothing",
                wanted=Wanted("where the document stands"),
            )
    yield from _doubled(library.cases)
    for case in library.cases:
        for place, sources in case.cited:
            yield from _unsourced(library, case, place, sources)
        yield from _dates(case)
        yield from _readings(case)
        table = library.of(case.code)
        unknown = sorted({row.source for row in table.rows} - set(library.sources))
        for code in unknown:
            yield _finding("unknown-reference", case, "figures", code, Wanted("a source of the register"))
        if case.figures != table.digest:
            yield _finding(
                "figures-altered",
                case,
                "figures",
                table.digest or "nothing",
                Wanted("the figures as they were built, {digest}", digest=case.figures or "-"),
            )


def _doubled(cases: Iterable[Case]) -> Iterator[Finding]:
    for code, times in Counter(case.code for case in cases).items():
        if times > 1:
            yield Finding(
                code="duplicate-code",
                kind="case",
                entry=code,
                field="code",
                value=code,
                wanted=Wanted("each code once"),
            )


def _unsourced(library: CaseLibrary, case: Case, place: str, sources: tuple[str, ...]) -> Iterator[Finding]:
    if not sources:
        yield _finding("fact-without-source", case, place, "nothing", Wanted("a source of the register"))
    for code in sources:
        if code not in library.sources:
            yield _finding("unknown-reference", case, f"{place}.sources", code, Wanted("a source of the register"))


def _dates(case: Case) -> Iterator[Finding]:
    start, left = day_at_latest(case.start.date), case.left
    if left and left < start:
        yield _finding(
            "date-before-start",
            case,
            "departure",
            case.departure.date if case.departure else "",
            Wanted("a day on or after the start {start}", start=case.start.date),
        )
    for at, presence in enumerate(case.presences):
        if left and presence.relation == "new" and day_at_latest(presence.start) < left:
            yield _finding(
                "date-before-start",
                case,
                f"presences[{at}].start",
                presence.start,
                Wanted("a day on or after the start {start}", start=left),
            )


def _readings(case: Case) -> Iterator[Finding]:
    for at, fact in enumerate(case.facts):
        if (fact.dimension is None) != (fact.reading is None):
            yield _finding(
                "inconsistent",
                case,
                f"facts[{at}]",
                f"dimension: {fact.dimension}, reading: {fact.reading}",
                Wanted("a dimension and a reading, or neither"),
            )


def _finding(code: str, case: Case, place: str, value: str, wanted: Wanted) -> Finding:
    return Finding(
        code=code,
        kind="case",
        entry=case.code,
        field=place,
        value=shown(value),
        wanted=wanted,
        where=f"{case.code}.yaml",
    )
