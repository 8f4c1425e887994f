"""Lessons: the mission's own and those of past exits, one lesson, and how one of the library enters the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import Decision, Lesson, Phase
from exitplan.domain.results.lessons import LessonLine
from exitplan.domain.states import LESSON_STATES
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.offering import lesson_address
from exitplan.web.tables import Cell, Column, Table, table_page
from exitplan.wording.offers import offered_because

STATE_MARKS = {"overdue": "late", "done": "done"}


def lessons(asked: Asked) -> HttpResponse:
    """Every lesson: what waits for somebody first, past exits beside them; by words, by state, or those that apply to an entry."""
    from exitplan.usecases.lessons import entry_named, lessons_seen, state_named, taken

    w, query = asked.w, asked.request.GET
    words, state, about = query.get("q", "")[:200], query.get("state", ""), query.get("for", "")[:100]
    states = (state_named(state),) if state else ()
    entry = entry_named(asked.view.dossier, about) if about else None
    found = lessons_seen(asked.view, offered_for=about or None, words=words, states=states)
    filtered = bool(words or state or about)
    return table_page(
        asked,
        "lessons.html",
        _own(asked, found.lessons, offered=bool(about), filtered=filtered),
        _past(asked, found.library, offered=bool(about), taken=taken(asked.view)),
        words=words,
        states=[(s, s == state, found.states[s]) for s in LESSON_STATES],
        about=about,
        about_name=f"{entry.code} {entry.name(w.lang)}" if entry else "",
        about_href=cells.address(asked, entry.kind, entry.code) if entry else "",
        filtered=filtered,
        overdue=found.states["overdue"],
        may_edit=asked.may("edit", "lesson"),
    )


def lesson(asked: Asked) -> HttpResponse:
    """One lesson of the mission: the way from finding to done, and what it hangs on."""
    from exitplan.usecases.lessons import lessons_seen

    code = str(asked.path["code"])
    line = next((x for x in lessons_seen(asked.view).lessons if x.code == code), None)
    if line is None:
        raise NotFound("lesson", code[:60])
    entry = asked.view.dossier.find(Lesson, code)
    about = [cells.reference(asked, *_split(ref)) for ref in line.about]
    return asked.page(
        "lesson.html",
        line=line,
        **_told(asked, line),
        about=about,
        decision=cells.reference(asked, "decision", line.decision),
        phase=cells.reference(asked, "phase", line.phase),
        functions=[cells.reference(asked, "function", f) for f in line.functions],
        sources=[cells.reference(asked, "source", s) for s in entry.sources],
        state_mark=STATE_MARKS.get(line.state or "", ""),
        all_fields=cells.entry_address(asked.mission, "lesson", code),
        edit=f"{cells.entry_address(asked.mission, 'lesson', code)}edit/" if asked.may("edit", "lesson") else "",
        origin_href=_origin_address(asked, line.origin),
        **cells.evidence(asked, "lesson", code),
    )


def library_lesson(asked: Asked) -> HttpResponse:
    """One lesson of a past exit, with what it rests on; taken into the dossier from here."""
    return _library_page(asked)


def take(asked: Asked) -> HttpResponse:
    """Take a lesson of the library into the dossier."""
    from exitplan.usecases.lessons import take as taken_in

    assert asked.reader is not None
    why = asked.request.POST.get("_why", "").strip()
    if not why:
        return _library_page(asked, unsaid=True, status=422)
    code = taken_in(asked.reader, asked.mission, str(asked.path["lesson"]), why=why, at=datetime.now(UTC))
    asked.tell(asked.w("It is in the dossier now. Say what will be done about it, by whom and by when."))
    return redirect(f"/m/{asked.mission}/lessons/{code}/")


def _library_page(asked: Asked, *, unsaid: bool = False, status: int = 200) -> HttpResponse:
    from exitplan.usecases.lessons import lessons_seen, taken

    code = str(asked.path["lesson"])
    line = next((x for x in lessons_seen(asked.view).library if x.code == code), None)
    if line is None:
        raise NotFound("lesson", code[:60])
    own = taken(asked.view).get(code)
    return asked.page(
        "lesson.html",
        status=status,
        line=line,
        **_told(asked, line),
        documents=line.sources,
        own_href=f"/m/{asked.mission}/lessons/{own}/" if own else "",
        may_take=asked.may("edit", "lesson") and own is None,
        unsaid=unsaid,
    )


def after_action(asked: Asked) -> HttpResponse:
    """Looking back on a phase, on what a decision concerned, or on the whole time."""
    from exitplan.usecases.after_action import FORMS, after_action_of, sections_of
    from exitplan.web.sections import pieces

    w, query = asked.w, asked.request.GET
    dossier = asked.view.dossier
    about = query.get("about", "")[:100]
    kind, code = _split(about)
    chosen = {kind: code} if kind in ("phase", "decision") and code else {}
    done = after_action_of(dossier, **chosen)
    parts, tables = [], []
    for section in sections_of(done, w):
        made, under = pieces(asked, section)
        parts.append((section.title, made))
        tables += under
    taken = [d for d in dossier.of(Decision) if d.status == "taken"]
    return table_page(
        asked,
        "after_action.html",
        *tables,
        parts=parts,
        about=about,
        name=(done.result.title_fr if w.lang == "fr" else None) or done.result.title,
        choices=[(f"{e.kind}:{e.code}", f"{e.code} {e.name(w.lang)}") for e in (*dossier.of(Phase), *taken)],
        forms=FORMS if asked.may("export") else (),
    )


def after_action_file(asked: Asked) -> HttpResponse:
    """The same as a file."""
    from exitplan.usecases.after_action import FORMS, after_action_of, document

    form = str(asked.path["form"])
    if form not in FORMS:
        raise NotFound("document", form[:60])
    kind, code = _split(asked.request.GET.get("about", "")[:100])
    chosen = {kind: code} if kind in ("phase", "decision") and code else {}
    content = document(after_action_of(asked.view.dossier, **chosen), form, asked.w)
    name = "-".join(part.lower() for part in ("after-action", code) if part)
    return HttpResponse(
        content,
        content_type=FORMS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def communications(asked: Asked) -> HttpResponse:
    """Who is told what about each hand-over: those nobody is told about first; rumours that wait for an answer."""
    from exitplan.usecases import pictures
    from exitplan.web.sections import pieces

    made, tables = pieces(asked, pictures.communications(asked.view, asked.w))
    return table_page(asked, "communications.html", *tables, pieces=made, may_edit=asked.may("edit", "communication"))


def _told(asked: Asked, line: LessonLine) -> dict[str, object]:
    w = asked.w
    return {
        "name": line.name(w.lang),
        "finding": line.said(w.lang),
        "advice": line.advice(w.lang),
        "action": line.acted(w.lang),
        "kinds": [w.code("kinds", kind) for kind in line.applies_to],
        "trades": [w.code("trade", trade) for trade in line.trades],
    }


def _own(asked: Asked, lines: Iterable[LessonLine], *, offered: bool, filtered: bool) -> Table:
    w = asked.w
    return Table(
        "own",
        w("The mission's own lessons"),
        (
            Column("state", w("State")),
            Column("lesson", w("Lesson"), wide=True),
            *_why_column(asked, offered),
            Column("advice", w("What it advises"), wide=True),
            Column("action", w("Action"), wide=True),
            Column("owner", w("Office")),
            Column("due", w("Due")),
        ),
        tuple(
            (
                cells.state(asked, "lesson_state", line.state, mark=STATE_MARKS.get(line.state or "", "")),
                Cell(
                    f"{line.code} {line.name(w.lang)}",
                    value=line.code,
                    href=lesson_address(asked, line),
                    small=line.said(w.lang),
                ),
                *_why(asked, line, offered),
                cells.text(line.advice(w.lang)),
                cells.text(line.acted(w.lang)),
                cells.text(line.action_owner),
                cells.day(asked, line.done or line.due, late=bool(line.overdue_days)),
            )
            for line in lines
        ),
        empty=w("No lesson of the mission is found with this.")
        if filtered
        else w("No lesson is on record yet. Begin with what was found; advice and action can follow."),
    )


def _past(asked: Asked, lines: Iterable[LessonLine], *, offered: bool, taken: dict[str, str]) -> Table:
    w = asked.w
    return Table(
        "past",
        w("Lessons of past exits"),
        (
            Column("case", w("Case")),
            Column("lesson", w("Lesson"), wide=True),
            *_why_column(asked, offered),
            Column("advice", w("What it advises"), wide=True),
            Column("source", w("Source"), wide=True),
        ),
        tuple(
            (
                Cell(line.case),
                Cell(
                    line.name(w.lang),
                    value=line.code,
                    href=lesson_address(asked, line),
                    small=w("in the dossier as {code}", code=taken[line.code])
                    if line.code in taken
                    else line.said(w.lang),
                ),
                *_why(asked, line, offered),
                cells.text(line.advice(w.lang)),
                cells.text("; ".join(line.sources)),
            )
            for line in lines
        ),
        empty=w("No lesson of a past exit is found with this."),
        page_rows=15,
    )


def _why_column(asked: Asked, offered: bool) -> tuple[Column, ...]:
    return (Column("why", asked.w("Why it is offered"), wide=True),) if offered else ()


def _why(asked: Asked, line: LessonLine, offered: bool) -> tuple[Cell, ...]:
    return (cells.text(offered_because(asked.w, line, asked.view.dossier)),) if offered else ()


def _origin_address(asked: Asked, origin: str) -> str:
    from exitplan.usecases.lessons import lessons_seen

    known = any(line.code == origin for line in lessons_seen(asked.view).library)
    return f"/m/{asked.mission}/lessons/library/{origin}/" if known else ""


def _split(reference: str) -> tuple[str, str]:
    kind, _, code = reference.partition(":")
    return kind, code
