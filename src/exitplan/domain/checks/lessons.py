"""Lessons: an action belongs to somebody and has a day, and a lesson speaks to kinds that there are."""

from __future__ import annotations

from collections.abc import Iterator

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import KINDS, Communication, Lesson


def check_lessons(dossier: Dossier) -> Iterator[Finding]:
    """An action that is not done has an office and a day; what is done says what was done; kinds spoken to exist."""
    for lesson in dossier.of(Lesson):
        if lesson.action and lesson.done is None:
            if not lesson.action_owner and not lesson.owner:
                wanted = Wanted("the office that acts")
                yield fault(dossier, lesson, "action-without-owner", "action_owner", "none", wanted, "warning")
            if lesson.due is None:
                wanted = Wanted("the day by which the action is done")
                yield fault(dossier, lesson, "action-without-date", "due", "none", wanted, "warning")
        if lesson.done is not None and not lesson.action:
            yield fault(dossier, lesson, "done-without-action", "action", "none", Wanted("what was done"), "warning")
        for place, kind in enumerate(lesson.applies_to):
            if kind not in KINDS:
                wanted = Wanted("a kind of entry, such as {kinds}", kinds="gate, handover, site")
                yield fault(dossier, lesson, "not-a-kind", f"applies_to[{place}]", kind, wanted, "warning")


def check_rumours(dossier: Dossier) -> Iterator[Finding]:
    """A rumour is answered with something, on a day on or after it was heard."""
    for entry in dossier.of(Communication):
        if entry.answered is None:
            continue
        if entry.answered < entry.date:
            wanted = Wanted("a day on or after {day}, when it was heard", day=entry.date)
            yield fault(dossier, entry, "answered-before-heard", "answered", entry.answered, wanted)
        if not entry.answer:
            yield fault(
                dossier, entry, "answered-without-answer", "answer", "none", Wanted("the answer given"), "warning"
            )
