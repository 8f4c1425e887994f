"""Lessons offered beside an entry: the nearest few, why each is there, and where the others are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from exitplan.domain.results.lessons import LessonLine
from exitplan.wording.offers import offered_because

if TYPE_CHECKING:
    from exitplan.web.access import Asked

FEW = 3
"""Lessons shown beside an entry; the others are one click away."""


@dataclass(frozen=True)
class Offer:
    """One lesson beside an entry."""

    href: str
    name: str
    said: str
    because: str
    state: str
    library: bool


def offered(asked: Asked, kind: str, code: str) -> dict[str, Any]:
    """What `parts/lessons.html` shows beside an entry that the reader sees."""
    from exitplan.usecases.lessons import lessons_seen

    found = lessons_seen(asked.view, offered_for=f"{kind}:{code}")
    lines = (*found.lessons, *found.library)
    return {
        "offers": [_offer(asked, line) for line in lines[:FEW]],
        "offers_all": len(lines),
        "offers_href": f"/m/{asked.mission}/lessons/?{urlencode({'for': f'{kind}:{code}'})}",
        "capture_href": capture_address(asked, kind, code) if asked.may("edit", "lesson") else "",
    }


def capture_address(asked: Asked, kind: str, code: str) -> str:
    """The form of a new lesson that was learned from an entry."""
    return f"/m/{asked.mission}/entries/lesson/new/?{urlencode({'about': f'{kind}:{code}', 'applies_to': kind})}"


def lesson_address(asked: Asked, line: LessonLine) -> str:
    """Where a lesson is shown."""
    return f"/m/{asked.mission}/lessons/{'library/' if line.library else ''}{line.code}/"


def _offer(asked: Asked, line: LessonLine) -> Offer:
    w = asked.w
    return Offer(
        href=lesson_address(asked, line),
        name=line.name(w.lang),
        said=line.advice(w.lang) or line.said(w.lang),
        because=w.capital(offered_because(w, line, asked.view.dossier)),
        state=line.state or "",
        library=line.library,
    )
