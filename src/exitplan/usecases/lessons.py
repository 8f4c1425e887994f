"""`exitplan lessons`: lessons of a mission and of past exits, found by their words or offered where they apply."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import KINDS, Lesson, Source
from exitplan.domain.lessons import LibraryLesson
from exitplan.domain.results.lessons import LessonsResult
from exitplan.domain.roles import Reader
from exitplan.domain.states import LESSON_STATES, LessonState
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.board import View, view
from exitplan.usecases.kept import kept_with
from exitplan.usecases.open_mission import day_of, open_mission

KEPT_QUESTIONS = 64
"""Questions about lessons whose answers are kept with a view."""

OFFERED_KINDS = ("gate", "handover", "site", "function", "risk", "watch", "decision")
"""Kinds beside which lessons are offered."""


def lessons(
    mission: str,
    *,
    on: date | None = None,
    offered_for: str | None = None,
    words: str = "",
    states: Collection[LessonState] = (),
) -> Answered[LessonsResult]:
    """
    Every lesson, those that apply to an entry, or those that hold some words.

    Parameters
    ----------
    offered_for
        An entry, as kind:code.

    Raises
    ------
    InvalidValue
        When `offered_for` is no kind:code.
    NotFound
        When there is no such entry.
    """
    return lessons_of(open_mission(mission), on=on, offered_for=offered_for, words=words, states=states)


def lessons_of(
    dossier: Dossier,
    *,
    on: date | None = None,
    offered_for: str | None = None,
    words: str = "",
    states: Collection[LessonState] = (),
) -> Answered[LessonsResult]:
    """The same of a dossier that is on the table: what a reader may see of it is all that is found, offered and counted."""
    from exitplan.engine.lessons.lessons import lessons as found
    from exitplan.importers.lessons import bundled_lessons

    day = day_of(dossier, on)
    entry = entry_named(dossier, offered_for) if offered_for else None
    result = found(dossier, bundled_lessons(), day, offered_for=entry, words=words, states=states)
    asked = {"offered_for": offered_for or None, "search": words or None, "states": ",".join(sorted(states)) or None}
    return answered("lessons", dossier, result, on=day, seed=None, **asked)


def lessons_seen(
    seen: View, *, offered_for: str | None = None, words: str = "", states: Collection[LessonState] = ()
) -> LessonsResult:
    """The same of what a reader may see of a mission of the database."""
    return _seen(seen.shared, offered_for, words, tuple(states))


@kept_with(most=KEPT_QUESTIONS)
def _seen(seen: View, offered_for: str | None, words: str, states: tuple[LessonState, ...]) -> LessonsResult:
    return lessons_of(seen.dossier, offered_for=offered_for, words=words, states=states).result


def entry_named(dossier: Dossier, reference: str) -> Entry:
    """The entry that a kind:code names. Raises InvalidValue, NotFound."""
    kind, _, code = reference.partition(":")
    if kind not in KINDS or not code:
        raise InvalidValue("for", reference, Wanted("an entry as kind:code, such as {example}", example="gate:G1"))
    found = dossier.named(kind, code)
    if found is None:
        raise NotFound(kind, code, tuple(e.code for e in dossier.entries.get(kind, ())))
    return found


def state_named(name: str) -> LessonState:
    """A state by its name. Raises InvalidValue."""
    for state in LESSON_STATES:
        if state == name:
            return state
    raise InvalidValue("state", name, Wanted("one of {codes}", codes=", ".join(LESSON_STATES)))


def library_lesson(code: str) -> LibraryLesson:
    """One lesson of the library. Raises NotFound."""
    from exitplan.importers.lessons import bundled_lessons

    found = next((lesson for lesson in bundled_lessons() if lesson.code == code), None)
    if found is None:
        raise NotFound("lesson", code, tuple(lesson.code for lesson in bundled_lessons()))
    return found


def take(reader: Reader, mission: str, code: str, *, why: str, at: datetime) -> str:
    """
    Take a lesson of the library into a mission's dossier, with the documents it rests on.

    Returns the code of the lesson in the dossier; of the one that is there already, where it was taken before.

    Raises
    ------
    NotFound
        When the library has no such lesson.
    NotAllowed
        When the role may write no lessons.
    """
    from exitplan.store import entries
    from exitplan.usecases.people import require
    from exitplan.usecases.writing import change_for

    require(reader, "edit", "lesson")
    chosen, seen = library_lesson(code), view(mission, reader)
    if (there := taken(seen).get(code)) is not None:
        return there
    own = _free(seen, "lesson", code)
    sources = {_free(seen, Source.kind, f"{code}-{n}"): source for n, source in enumerate(chosen.sources, 1)}
    changes: list[tuple[str, Mapping[str, Any]]] = [
        (
            Source.kind,
            {
                "code": name,
                "title": f"{source.publisher}, {source.document}"[:300],
                "publisher": source.publisher,
                "document": source.document,
                "basis": "fact",
                **({"published": source.published.isoformat()} if source.published else {}),
            },
        )
        for name, source in sources.items()
    ]
    said = chosen.model_dump(mode="json", exclude={"code", "known", "sources"}, exclude_defaults=True)
    changes.append(("lesson", {"code": own, **said, "origin": code, "basis": "fact", "sources": list(sources)}))
    whole = [change_for(reader, mission, kind, body, version=entries.NEW) for kind, body in changes]
    entries.save(mission, whole, who=reader.name, why=why, at=at)
    return own


def taken(seen: View) -> dict[str, str]:
    """Lessons of the library that the reader sees in the dossier already: their own code by that of the library."""
    return {lesson.origin: lesson.code for lesson in seen.dossier.of(Lesson) if lesson.origin}


def _free(seen: View, kind: str, wanted: str) -> str:
    """A code that no entry of the mission has, seen or not."""
    from exitplan.usecases.board import board

    used = {code for k, code in board(seen.mission).versions if k == kind}
    candidates = (wanted[:44], *(f"{wanted[:44]}-{n}" for n in range(2, len(used) + 3)))
    return next(code for code in candidates if code not in used)
