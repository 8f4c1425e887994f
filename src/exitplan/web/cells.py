"""Cells that many tables share: an entry by its code and name, a day, a number, a state, a reference."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from exitplan.domain.entry import Entry
from exitplan.web.showing import entry_address
from exitplan.web.tables import Cell
from exitplan.wording.figures import NO_BREAK

if TYPE_CHECKING:
    from exitplan.web.access import Asked

PAGES: dict[str, str] = {
    "benchmark": "benchmarks",
    "indicator": "indicators",
    "gate": "gates",
    "function": "functions",
    "handover": "handovers",
    "site": "sites",
    "plan": "plans",
    "risk": "risks",
    "partner": "partners",
    "decision": "decisions",
    "lesson": "lessons",
    "norm": "norms",
    "framework": "frameworks",
    "watch": "watch",
}
"""Kinds of entry that have a page of their own, and where."""


def address(asked: Asked, kind: str, code: str) -> str:
    """Where an entry is shown best."""
    family = PAGES.get(kind)
    return f"/m/{asked.mission}/{family}/{code}/" if family else entry_address(asked.mission, kind, code)


def evidence(asked: Asked, kind: str, code: str) -> dict[str, Any]:
    """What `parts/evidence.html` shows: the documents that are evidence for an entry, and whether one may be added."""
    from exitplan.usecases import documents

    assert asked.reader is not None
    return {
        "evidence": documents.listed(asked.reader, asked.mission, kind, code),
        "evidence_for": f"{kind}:{code}",
        "may_attach": asked.may("attach"),
    }


def named(asked: Asked, entry: Entry) -> Cell:
    """An entry: its code and name, leading to its page."""
    return Cell(
        f"{entry.code} {entry.name(asked.w.lang)}", value=entry.code, href=address(asked, entry.kind, entry.code)
    )


def reference(asked: Asked, kind: str, code: str | None) -> Cell:
    """Another entry that is spoken of; its code alone where it is not known."""
    if not code:
        return Cell("–", value="")
    found = asked.view.dossier.named(kind, code)
    if found is None:
        return Cell(code)
    return Cell(found.name(asked.w.lang), href=address(asked, kind, code))


def day(asked: Asked, value: date | datetime | None, *, late: bool = False) -> Cell:
    """A day; marked where it has passed and should not have."""
    if value is None:
        return Cell("–", value="")
    on = value.date() if isinstance(value, datetime) else value
    return Cell(asked.w.date(on, short=True).replace(" ", NO_BREAK), value=on, mark="late" if late else "")


def month(asked: Asked, value: str | None, *, late: bool = False) -> Cell:
    """A month written YYYY-MM."""
    if value is None:
        return Cell("–", value="")
    return Cell(asked.w.month(value, short=True).replace(" ", NO_BREAK), value=value, mark="late" if late else "")


def number(asked: Asked, value: float | None, *, mark: str = "") -> Cell:
    """A number in the reader's language."""
    return Cell("–", value="") if value is None else Cell(asked.w.number(value), value=value, mark=mark)


def share(asked: Asked, value: float | None, *, mark: str = "") -> Cell:
    """A share of one, in per cent."""
    return Cell("–", value="") if value is None else Cell(asked.w.share(value), value=round(value, 4), mark=mark)


def state(asked: Asked, family: str, code: str | None, *, mark: str | None = None) -> Cell:
    """A state in words, with its mark."""
    if code is None:
        return Cell("–", value="")
    return Cell(asked.w.capital(asked.w.code(family, code)), mark=code if mark is None else mark)


def text(value: str) -> Cell:
    """Words as they are; a dash where there are none."""
    return Cell(value) if value else Cell("–", value="")
