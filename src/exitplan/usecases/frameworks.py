"""`exitplan frameworks` and `exitplan lint`: norms and their gaps, due diligence, advice on benchmarks; and the same as a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.results.frameworks import FrameworksResult, Lack, NormLine
from exitplan.domain.results.quality import Advice, QualityResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.board import View
from exitplan.usecases.kept import kept_with
from exitplan.usecases.study import Study, study
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.reports import Material
    from exitplan.reports.page import Section
    from exitplan.usecases.looking import Look

FORMS = (".html", ".pdf")
KEPT = 4

How = Literal["shows", "lacks", "evidence"]


@dataclass(frozen=True)
class Written:
    """A gap analysis on disk."""

    path: Path
    gaps: int


def frameworks(
    mission: str, *, on: date | None = None, framework: str | None = None, gaps: bool = False
) -> Answered[FrameworksResult]:
    """
    Where a mission stands against every framework, or one of them.

    Parameters
    ----------
    framework
        Code of a framework. Raises NotFound, naming those there are.
    gaps
        Only norms that are not met, or only partly.
    """
    asked = study(mission, on=on, plan=None, scenario=None)
    found = narrowed(frameworks_of(asked.dossier, asked.on), framework, gaps=gaps)
    return answered("frameworks", asked.dossier, found, on=asked.on, framework=framework, gaps=gaps or None)


def lint(mission: str, *, on: date | None = None) -> Answered[QualityResult]:
    """Advice on how benchmarks are made."""
    asked = study(mission, on=on, plan=None, scenario=None)
    return answered("lint", asked.dossier, quality_of(asked.dossier, asked.on), on=asked.on)


def frameworks_of(dossier: Dossier, on: date, hidden: Iterable[str] = ()) -> FrameworksResult:
    """The same of a dossier that is on the table; `hidden` names kinds of which its reader does not see everything."""
    from exitplan.engine.frameworks.gaps import frameworks as worked_out
    from exitplan.importers.norms import library_frameworks

    library = [(held.framework, held.norms) for held in library_frameworks()]
    return worked_out(dossier, on, library=library, advice=quality_of(dossier, on).advice, hidden=hidden)


def quality_of(dossier: Dossier, on: date) -> QualityResult:
    """Advice on the benchmarks of a dossier that is on the table."""
    from exitplan.engine.readiness.quality import quality
    from exitplan.importers.norms import quality_words

    return quality(dossier, on, quality_words())


def narrowed(found: FrameworksResult, framework: str | None, *, gaps: bool) -> FrameworksResult:
    """One framework alone, or gaps alone; counts stay those of everything in it. Raises NotFound."""
    lines = found.frameworks
    if framework is not None:
        lines = tuple(f for f in lines if f.code == framework.upper())
        if not lines:
            raise NotFound("framework", framework, tuple(f.code for f in found.frameworks))
    if gaps:
        short = ("not_met", "partly_met")
        lines = tuple(f.model_copy(update={"norms": tuple(n for n in f.norms if n.state in short)}) for f in lines)
    return found.model_copy(update={"frameworks": lines})


# What readers of the pages see


def seen(view: View, on: date) -> FrameworksResult:
    """Where the mission stands, from what one reader may see; worked out once for all who see the same."""
    return _seen(view.shared, on)


@kept_with(most=KEPT)
def _seen(view: View, on: date) -> FrameworksResult:
    return frameworks_of(view.dossier, on, (kind for kind, n in view.hidden.items() if n))


def advice_seen(view: View, on: date) -> QualityResult:
    """Advice on the benchmarks that one reader may see."""
    return _advice_seen(view.shared, on)


@kept_with(most=KEPT)
def _advice_seen(view: View, on: date) -> QualityResult:
    return quality_of(view.dossier, on)


def answers(view: View, on: date, kind: str, code: str) -> tuple[tuple[NormLine, How], ...]:
    """Norms that an entry helps to show, fails, or is named for as evidence; what fails first."""
    about, found = f"{kind}:{code}", []
    for framework in seen(view, on).frameworks:
        for norm in framework.norms if not framework.hindsight else ():
            how: How | None = None
            if any(about in judged.evidence for judged in norm.judged):
                how = "evidence"
            if norm.check and any(g.about == about for g in norm.check.lacking):
                how = "lacks"
            elif norm.check and how is None and any(g.about == about for g in norm.check.shows):
                how = "shows"
            if how:
                found.append((norm, how))
    order = ("lacks", "evidence", "shows")
    return tuple(sorted(found, key=lambda pair: order.index(pair[1])))


def norm_choices(lang: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every norm that comes along, for forms."""
    from exitplan.importers.norms import library_frameworks

    return tuple((n.code, f"{n.code} – {n.name(lang)}") for held in library_frameworks() for n in held.norms)


@cache
def library_names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Kind and names of every framework and norm that comes along, by code."""
    from exitplan.importers.norms import library_frameworks

    every = [entry for held in library_frameworks() for entry in (held.framework, *held.norms)]
    return {entry.code: (entry.kind, (entry.name("en"), entry.name("fr"))) for entry in every}


def lack_words(lack: Lack, w: Wording) -> str:
    """What is lacking, in a few words."""
    from exitplan.reports.content.frameworks import lack_words as words

    return words(lack, w)


def advice_words(advice: Advice, w: Wording) -> str:
    """What would help."""
    from exitplan.reports.content.frameworks import advice_words as words

    return words(advice, w)


# Sections and the document


def page_sections(looked: Look, w: Wording) -> tuple[Section, ...]:
    """The sections for a reader of the pages."""
    return _page_sections(looked, w.lang)


@kept_with(most=KEPT)
def _page_sections(looked: Look, lang: str) -> tuple[Section, ...]:
    from exitplan.reports.content.frameworks import analysis_sections
    from exitplan.usecases.pictures import material

    return analysis_sections(material(looked, Wording(lang)))


def document_seen(looked: Look, form: str, w: Wording) -> bytes:
    """The gap analysis for a reader of the pages, as `.html` or `.pdf`. Raises NotFound for any other form."""
    if form not in FORMS:
        raise NotFound("document", form)
    from exitplan.usecases.pictures import material

    return rendered(material(looked, w), form)


def rendered(m: Material, form: str) -> bytes:
    """The gap analysis in one form."""
    from exitplan.reports import render_html, render_pdf
    from exitplan.reports.content.frameworks import build_gap_analysis

    content = build_gap_analysis(m)
    return render_pdf(content) if form == ".pdf" else render_html(content).encode()


def on_screen(
    mission: str, *, on: date | None, framework: str | None, gaps: bool, w: Wording
) -> tuple[Study, tuple[Section, ...]]:
    """The sections for the terminal, beside the study they speak of. Raises NotFound."""
    from exitplan.reports.content.frameworks import screen_sections
    from exitplan.usecases.sections import material_of

    asked = study(mission, on=on, plan=None, scenario=None)
    m = material_of(asked, w)
    assert m.frameworks is not None
    narrowed(m.frameworks, framework, gaps=gaps)
    return asked, screen_sections(m, framework=framework, gaps=gaps)


def lint_on_screen(mission: str, *, on: date | None, w: Wording) -> tuple[Study, tuple[Section, ...]]:
    """The advice on benchmarks for the terminal."""
    from exitplan.reports.content.frameworks import quality_section
    from exitplan.usecases.sections import material_of

    asked = study(mission, on=on, plan=None, scenario=None)
    return asked, (quality_section(material_of(asked, w)),)


def write(mission: str, out: Path, *, on: date | None = None, lang: str = "en") -> Written:
    """
    Write the gap analysis of a mission to a file, whole or not at all.

    Raises
    ------
    InvalidValue
        When the file is neither `.html` nor `.pdf`.
    """
    from exitplan.importers.bundle import write_whole
    from exitplan.usecases.sections import material_of

    if out.suffix.lower() not in FORMS:
        raise InvalidValue("out", out.name, Wanted("a file that ends in .pdf or .html"))
    asked = study(mission, on=on, plan=None, scenario=None)
    m = material_of(asked, Wording(lang))
    write_whole(out, rendered(m, out.suffix.lower()))
    return Written(out, len(m.frameworks.gaps) if m.frameworks else 0)
