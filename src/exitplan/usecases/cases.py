"""`exitplan cases`: past exits, their outcome by rule, whether everything said of them is in step, and those like a mission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from exitplan.domain.cases import Case, CaseLibrary, Region
from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.results.base import Answer, Manifest
from exitplan.domain.results.cases import (
    CaseLine,
    CaseOutcome,
    CaseProfile,
    CaseShown,
    CasesResult,
    CaseVerification,
    SimilarResult,
)
from exitplan.domain.roles import may
from exitplan.engine.cases.outcomes import outcome, stated
from exitplan.engine.cases.profile import profile_of_case, profile_of_mission
from exitplan.engine.cases.similar import similar as nearest
from exitplan.importers.cases import BUNDLED, read_cases
from exitplan.usecases.answers import Answered, answered, schema_name, versions
from exitplan.usecases.study import Study, study
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.reports.page import Section
    from exitplan.usecases.looking import Look


@lru_cache(maxsize=1)
def library() -> CaseLibrary:
    """The cases that come along, read once."""
    return read_cases()


@lru_cache(maxsize=64)
def outcome_of(code: str) -> CaseOutcome:
    """The outcome of one case by rule. Raises NotFound."""
    case = library().case(code)
    return outcome(case, library().of(case.code))


@lru_cache(maxsize=64)
def profile_of(code: str) -> CaseProfile:
    """What one case is compared by. Raises NotFound."""
    case = library().case(code)
    return profile_of_case(case, library().of(case.code), outcome_of(case.code).active_at_exit)


def cases() -> CasesResult:
    """Every case with its outcome by rule."""
    return CasesResult(cases=tuple(_line(case) for case in library().cases))


def case_shown(code: str) -> CaseShown:
    """One case, whole. Raises NotFound."""
    case = library().case(code)
    cited = dict.fromkeys(_sources(case))
    return CaseShown(
        line=_line(case),
        case=case,
        figures=library().of(case.code).rows,
        sources=tuple(library().sources[name] for name in cited if name in library().sources),
    )


def answer_about(name: str, result: CasesResult | CaseShown | CaseVerification) -> Answer:
    """A result about the library itself as commands print it: it speaks of no mission and of no day."""
    manifest = Manifest(inputs=_digest(library()), versions=versions())
    return Answer(schema_=schema_name(name), mission="", on=None, manifest=manifest, result=result)


def verify_cases(folder: Path | None = None) -> CaseVerification:
    """
    Hold everything that is said of past exits against the figures: outcomes recomputed, sources known, figures as built.

    Faults of single files are among the findings, so that one run names everything.
    """
    try:
        found = read_cases(folder or BUNDLED)
    except InputFaults as error:
        return CaseVerification(cases=0, facts=0, figures=0, sources=0, findings=error.findings)
    return CaseVerification(
        cases=len(found.cases),
        facts=sum(len(list(case.cited)) for case in found.cases),
        figures=sum(len(found.of(case.code).rows) for case in found.cases),
        sources=len(found.sources),
        findings=(*found.faults, *_out_of_step(found)),
    )


def similar(mission: str, *, on: date | None = None, plan: str | None = None) -> Answered[SimilarResult]:
    """Past exits like a mission under a plan. Raises NotFound, InputFaults."""
    asked = study(mission, on=on, plan=plan, scenario=None)
    return answered(
        "cases-similar", asked.dossier, similar_to(asked), on=asked.on, plan=asked.plan.code if asked.plan else None
    )


def similar_to(asked: Study, *, heads: bool = True) -> SimilarResult:
    """Past exits like the mission of a study; `heads` tells whether every head count of the mission is in its dossier."""
    known = [(case, profile_of(case.code), outcome_of(case.code)) for case in library().cases]
    here = profile_of_mission(asked.dossier, asked.on, asked.plan, regions(), heads=heads)
    later = [case.code for case, _, _ in known if case.left is None or case.left > asked.on]
    return nearest(here, known, without=later)


def similar_seen(seen: Look) -> SimilarResult:
    """The same as one reader may see the mission: without positions, its strength is unknown."""
    return similar_to(seen.study, heads=bool(may(seen.view.reader, "see_positions")))


def regions() -> dict[str, Region]:
    """Regions of the countries that the cases know."""
    return {host: case.region for case in library().cases for host in case.hosts}


def _line(case: Case) -> CaseLine:
    return CaseLine(
        code=case.code,
        title=case.title,
        title_fr=case.title_fr,
        hosts=case.hosts,
        departure=case.departure.date if case.departure else None,
        outcome=outcome_of(case.code),
        profile=profile_of(case.code),
        claims=len(case.claims),
    )


def _out_of_step(found: CaseLibrary) -> Iterator[Finding]:
    for case in found.cases:
        now, said = stated(outcome(case, found.of(case.code))), case.outcome
        if now.band != said.band:
            yield _differs(case, "outcome.band", said.band, now.band)
        known = {(d.dimension, d.horizon): d for d in said.dimensions}
        for d in now.dimensions:
            before = known.pop((d.dimension, d.horizon), None)
            place = f"outcome.{d.dimension}/{d.horizon}"
            if before is None:
                yield _differs(case, place, "nothing", d.state)
            elif before.state != d.state:
                yield _differs(case, place, before.state, d.state)
            elif before.value != d.value:
                yield _differs(case, place, f"{before.value}", f"{d.value}")
        for (dimension, horizon), extra in known.items():
            yield _differs(case, f"outcome.{dimension}/{horizon}", extra.state, "nothing")


def _differs(case: Case, place: str, said: str, now: str) -> Finding:
    return Finding(
        code="outcome-not-as-stated",
        kind="case",
        entry=case.code,
        field=place,
        value=said,
        wanted=Wanted("{now}, as the figures give", now=now),
        where=f"{case.code}.yaml",
    )


def _sources(case: Case) -> Iterator[str]:
    """Every source of a case and of its figures."""
    for _, codes in case.cited:
        yield from codes
    yield from sorted({row.source for row in library().of(case.code).rows})


def _digest(found: CaseLibrary) -> str:
    """SHA-256 over the cases, the register and the tables of figures."""
    made = sha256()
    for case in found.cases:
        made.update(case.model_dump_json().encode())
        made.update(found.of(case.code).digest.encode())
    for source in found.sources.values():
        made.update(source.model_dump_json().encode())
    return made.hexdigest()


def list_section(w: Wording) -> Section:
    """Every case as a section of a report."""
    from exitplan.reports.content import cases as content

    return content.list_section(cases(), w)


def case_sections(code: str, w: Wording) -> tuple[Section, ...]:
    """One case as sections of a report: the same words and pictures for every reader. Raises NotFound."""
    return _case_sections(library().case(code).code, w.lang)


@lru_cache(maxsize=64)
def _case_sections(code: str, lang: str) -> tuple[Section, ...]:
    from exitplan.reports.content import cases as content

    return content.case_sections(case_shown(code), Wording(lang))


def case_facts(code: str, w: Wording) -> tuple[tuple[str, str], ...]:
    """What a case is, as pairs of a heading and words. Raises NotFound."""
    from exitplan.reports.content import cases as content

    return content.case_facts(case_shown(code), w)


def some_day(text: str | None, w: Wording) -> str:
    """A day, month or year as people write it."""
    from exitplan.reports.content import cases as content

    return content.some_day(text, w)


def similar_section(mission: str, w: Wording, *, on: date | None = None, plan: str | None = None) -> Section:
    """Past exits like a mission, for whoever holds its dossier. Raises NotFound, InputFaults."""
    from exitplan.reports.content import cases as content
    from exitplan.usecases.sections import material_of

    asked = study(mission, on=on, plan=plan, scenario=None)
    return content.similar_section(material_of(asked, w))
