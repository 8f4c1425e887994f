"""`exitplan after-action`: looking back on a phase or a decision, on the screen or as a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Classification
from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.results.after_action import AfterActionResult
from exitplan.reports.page import Section
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.open_mission import day_of, open_mission
from exitplan.wording import Wording

FORMS = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "pdf": "application/pdf"}
"""Forms of the document, by the ending of its file, and the type each is sent with."""


def after_action(
    mission: str, *, on: date | None = None, phase: str | None = None, decision: str | None = None
) -> Answered[AfterActionResult]:
    """
    Look back on a phase, on what a decision concerned, or on the whole time.

    Raises
    ------
    InvalidValue
        When both are asked for.
    NotFound
        When there is no such phase or decision.
    """
    return after_action_of(open_mission(mission), on=on, phase=phase, decision=decision)


def after_action_of(
    dossier: Dossier, *, on: date | None = None, phase: str | None = None, decision: str | None = None
) -> Answered[AfterActionResult]:
    """The same of a dossier that is on the table."""
    from exitplan.engine.lessons.after_action import after_action as looked_back

    if phase and decision:
        raise InvalidValue("decision", decision, Wanted("a phase or a decision, and not both"))
    day = day_of(dossier, on)
    result = looked_back(dossier, day, phase=phase, decision=decision)
    return answered("after-action", dossier, result, on=day, phase=phase, decision=decision)


def sections_of(done: Answered[AfterActionResult], w: Wording) -> tuple[Section, ...]:
    """The report as sections."""
    from exitplan.reports.content.after_action import after_action_sections

    return after_action_sections(w, done.result)


def write(done: Answered[AfterActionResult], out: Path, w: Wording) -> None:
    """Write the report whole or not at all, in the form that the ending of the file names. Raises InvalidValue for another."""
    from exitplan.importers.bundle import write_whole

    write_whole(out, document(done, out.suffix.lower().removeprefix("."), w))


def document(done: Answered[AfterActionResult], form: str, w: Wording) -> bytes:
    """The report as a file. Raises InvalidValue for a form that is none of `FORMS`."""
    from exitplan.reports import render_html, render_markdown, render_pdf
    from exitplan.reports.content import labels
    from exitplan.reports.content.after_action import after_action_paper

    if form not in FORMS:
        raise InvalidValue("out", f".{form}", Wanted("one of {codes}", codes=", ".join(f".{name}" for name in FORMS)))
    dossier, on = done.dossier, date.fromisoformat(done.answer.on or "")
    paper = after_action_paper(
        w,
        done.result,
        mission=dossier.mission.name(w.lang),
        acronym=dossier.mission.acronym,
        on=on,
        classification=_classification(dossier),
        fictional=dossier.mission.fictional,
        labels=labels(w),
    )
    if form == "md":
        return render_markdown(paper).encode()
    return render_html(paper).encode() if form == "html" else render_pdf(paper)


def _classification(dossier: Dossier) -> Classification:
    from exitplan.reports.content import CLASSIFICATIONS

    return max((e.classification for e in dossier.everything()), key=CLASSIFICATIONS.index)
