"""
`exitplan lessons`: a mission's own lessons and those of past exits, found by their words, or offered where they apply.

A lesson is offered for an entry when it speaks to that kind of entry, or was learned from one, and nothing that both of them name
differs: a lesson about police is not offered at a gate over courts. What they have in common is told with it as the reason.
Lessons are ordered by how much that is, never scored for how good they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import Function, Lesson
from exitplan.domain.lessons import LibraryLesson
from exitplan.domain.results.lessons import LessonLine, LessonsResult, Reason, Why
from exitplan.domain.states import LESSON_STATES, LessonState
from exitplan.domain.words import holds, sought, words_of
from exitplan.engine.lessons.subject import Subject, subject_of

WEIGHTS: dict[Why, int] = {"entry": 16, "function": 8, "trade": 4, "tag": 3, "area": 2, "kind": 1}
"""What comes first of two lessons: the same entry before the same function, and so on."""


def lessons(
    dossier: Dossier,
    library: Sequence[LibraryLesson],
    on: date,
    *,
    offered_for: Entry | None = None,
    words: str = "",
    states: Collection[LessonState] = (),
) -> LessonsResult:
    """
    The lessons there are, those that apply to an entry, or those that hold some words.

    Parameters
    ----------
    dossier
        As one reader may see it: nothing else is offered or counted.
    library
        Lessons of past exits.
    on
        Day looked from: states are told on it, and what was found out later is left out.
    offered_for
        Entry that they have to apply to; those that have most in common with it come first.
    words
        Beginnings of words that they all have to hold, in either language.
    states
        States that the mission's own lessons may have; all when left out. Lessons of the library have none and are left out
        where states are asked for.
    """
    own = [_line(lesson, on) for lesson in dossier.of(Lesson)]
    counted = {state: sum(line.state == state for line in own) for state in LESSON_STATES}
    own.sort(key=_waiting)
    past = [] if states else [_past(lesson) for lesson in library if lesson.known <= on]
    beginnings = sought(words)
    shown = [_holding(lines, beginnings) for lines in (own, past)]
    shown[0] = [line for line in shown[0] if not states or line.state in states]
    if offered_for is not None:
        wanted = subject_of(dossier, offered_for)
        shown = [_offered(dossier, lines, offered_for, wanted) for lines in shown]
    return LessonsResult(
        offered_for=f"{offered_for.kind}:{offered_for.code}" if offered_for else None,
        states=counted,
        lessons=tuple(shown[0]),
        library=tuple(shown[1]),
    )


def _line(lesson: Lesson, on: date) -> LessonLine:
    state = lesson.state(on)
    late = (on - lesson.due).days if state == "overdue" and lesson.due else 0
    return LessonLine(
        code=lesson.code,
        title=lesson.title,
        title_fr=lesson.title_fr,
        state=state,
        type=lesson.type,
        finding=lesson.finding,
        finding_fr=lesson.finding_fr,
        recommendation=lesson.recommendation,
        recommendation_fr=lesson.recommendation_fr,
        action=lesson.action,
        action_fr=lesson.action_fr,
        action_owner=lesson.action_owner or lesson.owner,
        due=lesson.due,
        done=lesson.done,
        overdue_days=late,
        case=lesson.case,
        origin=lesson.origin,
        decision=lesson.decision,
        phase=lesson.phase,
        about=lesson.about,
        applies_to=lesson.applies_to,
        functions=lesson.functions,
        trades=lesson.trades,
        tags=lesson.tags,
        sources=lesson.sources,
    )


def _past(lesson: LibraryLesson) -> LessonLine:
    told = lesson.model_dump(exclude={"sources", "known"})
    sources = tuple(f"{source.publisher}, {source.document}" for source in lesson.sources)
    return LessonLine(library=True, state=None, sources=sources, **told)


def _waiting(line: LessonLine) -> tuple[int, date, str]:
    assert line.state is not None
    return LESSON_STATES.index(line.state), line.due or date.max, line.code


def _holding(lines: Sequence[LessonLine], beginnings: Sequence[str]) -> list[LessonLine]:
    """The lines that hold every word, those whose title does before the others."""
    if not beginnings:
        return list(lines)
    found = [line for line in lines if holds(_words(line), beginnings)]
    return sorted(found, key=lambda line: not holds(words_of(f"{line.title} {line.title_fr or ''}"), beginnings))


def _words(line: LessonLine) -> tuple[str, ...]:
    said = (line.code, line.title, line.title_fr, line.finding, line.finding_fr, line.recommendation, line.case)
    more = (line.recommendation_fr, line.action, line.action_fr, line.action_owner, *line.tags, *line.sources)
    return words_of(" ".join(text for text in (*said, *more) if text))


def _offered(dossier: Dossier, lines: Iterable[LessonLine], entry: Entry, wanted: Subject) -> list[LessonLine]:
    """The lines that apply to an entry, each with the reasons why, most in common first."""
    found = []
    for line in lines:
        reasons = why_offered(dossier, line, entry, wanted)
        if reasons:
            found.append(line.model_copy(update={"reasons": reasons}))
    return sorted(found, key=lambda line: -sum(WEIGHTS[reason.why] for reason in line.reasons))


def why_offered(dossier: Dossier, line: LessonLine, entry: Entry, wanted: Subject) -> tuple[Reason, ...]:
    """What a lesson has in common with an entry; nothing where it does not apply to it."""
    origins = [e for ref in line.about if (e := dossier.named(*_split(ref))) is not None]
    learned = Subject()
    for origin in origins:
        learned |= subject_of(dossier, origin)
    functions = frozenset(line.functions) or (frozenset() if line.trades else learned.functions)
    trades = frozenset(line.trades) | _trades(dossier, functions) or learned.trades
    reasons = []
    itself = f"{entry.kind}:{entry.code}"
    if itself in line.about or (entry.kind == "decision" and line.decision == entry.code):
        reasons.append(Reason(why="entry", value=itself))
    if entry.kind in line.applies_to or entry.kind in {origin.kind for origin in origins}:
        reasons.append(Reason(why="kind", value=entry.kind))
    if not reasons:
        return ()
    if same := sorted(functions & wanted.functions):
        reasons.append(Reason(why="function", value=same[0]))
    elif shared := sorted(trades & wanted.trades):
        reasons.append(Reason(why="trade", value=shared[0]))
    elif trades and wanted.trades and reasons[0].why != "entry":
        return ()
    if near := sorted(learned.areas & wanted.areas):
        reasons.append(Reason(why="area", value=near[0]))
    if tag := next((t for t in line.tags if (words := words_of(t)) and holds(sorted(wanted.words), words)), None):
        reasons.append(Reason(why="tag", value=tag))
    return tuple(reasons)


def _trades(dossier: Dossier, functions: Iterable[str]) -> frozenset[str]:
    return frozenset(function.trade for code in functions if (function := dossier.get(Function, code)) is not None)


def _split(reference: str) -> tuple[str, str]:
    kind, _, code = reference.partition(":")
    return kind, code
