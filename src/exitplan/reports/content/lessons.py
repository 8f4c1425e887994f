"""Lessons: what was found, what it advises, who acts by when; and those of past exits."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.dossier import Dossier
from exitplan.domain.results.lessons import LessonLine, LessonsResult
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.page import Block, Cell, Column, Mark, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording
from exitplan.wording.offers import offered_because

STATE_MARKS: dict[str, Mark] = {"overdue": "late", "done": "done"}

FOLDED_ABOVE = 12
"""Lessons from which on their table is shown only when asked for."""

CLIPPED = 320
"""Letters of a finding or an advice in a table."""


def lessons_section(m: Material) -> Section | None:
    """The mission's own lessons, what waits for somebody first."""
    if m.lessons is None:
        return None
    return Section(key="lessons", title=m.w("Lessons"), blocks=(_own(m.w, m.dossier, m.lessons),))


def found_lessons(w: Wording, dossier: Dossier, found: LessonsResult) -> Section:
    """Lessons that were looked for: the mission's own, and those of past exits beside them."""
    blocks = (*_summary(w, found), _own(w, dossier, found), _past(w, dossier, found))
    return Section(key="lessons", title=w("Lessons"), blocks=blocks)


def _summary(w: Wording, found: LessonsResult) -> Sequence[Block]:
    counted = [f"{w.code('lesson_state', state)}{w.colon}{w.number(n)}" for state, n in found.states.items() if n]
    return (Paragraph(text=w.semicolon.join(counted), tone="note"),) if counted else ()


def _own(w: Wording, dossier: Dossier, found: LessonsResult) -> Table:
    offered = found.offered_for is not None
    return Table(
        caption=w("The mission's own lessons"),
        columns=_columns(w, (w("Lesson"), 2), (w("State"), 1), offered=offered, last=((w("Action"), 2), (w("Due"), 1))),
        rows=tuple(
            row(
                f"{line.code} {line.name(w.lang)}",
                Cell(text=w.code("lesson_state", line.state), mark=STATE_MARKS.get(line.state or "", "")),
                *_told(w, dossier, line, offered=offered),
                _action(line, w.lang),
                Cell(text=w.date(line.due, short=True), mark="late" if line.overdue_days else ""),
            )
            for line in found.lessons
        ),
        empty=w("No lesson of this mission is found here."),
        folded=len(found.lessons) > FOLDED_ABOVE,
    )


def _past(w: Wording, dossier: Dossier, found: LessonsResult) -> Table:
    offered = found.offered_for is not None
    return Table(
        caption=w("Lessons of past exits"),
        columns=_columns(w, (w("Lesson"), 2), (w("Case"), 1), offered=offered, last=((w("Source"), 2),)),
        rows=tuple(
            row(
                f"{line.code} {line.name(w.lang)}",
                line.case,
                *_told(w, dossier, line, offered=offered),
                w.semicolon.join(line.sources),
            )
            for line in found.library
        ),
        empty=w("No lesson of a past exit is found here."),
        note=w("Findings rest on the documents named; the advice is that of this program."),
    )


def _columns(
    w: Wording, *first: tuple[str, float], offered: bool, last: tuple[tuple[str, float], ...]
) -> tuple[Column, ...]:
    why = ((w("Why it is offered"), 1.5),) if offered else ()
    return columns(*first, *why, (w("What was found"), 3), (w("What it advises"), 3), *last)


def _told(w: Wording, dossier: Dossier, line: LessonLine, *, offered: bool) -> tuple[str, ...]:
    why = (offered_because(w, line, dossier),) if offered else ()
    return (*why, clipped(line.said(w.lang), CLIPPED), clipped(line.advice(w.lang), CLIPPED) or "–")


def _action(line: LessonLine, lang: str) -> str:
    said = line.acted(lang)
    return f"{said} ({line.action_owner})" if said and line.action_owner else said or "–"
