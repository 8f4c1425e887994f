"""An address that answers, for every page of the table of addresses, in a mission at full size or in one that has just begun."""

from __future__ import annotations

import re
from functools import cache

from exitplan.domain.kinds import KINDS
from exitplan.usecases.open_mission import open_mission
from exitplan.web.access import Route
from exitplan.web.routes import ROUTES
from tests.browser.house import EMPTY, FULL, OPERATOR, REAL

FILES = frozenset(
    {
        "health",
        "metrics",
        "document-file",
        "gap-analysis",
        "report-file",
        "measurements-owed-form",
        "difference-progress",
        "futures-progress",
        "report-progress",
        "history-verify-progress",
        "after-action-file",
        "paper-at-once",
        "paper-file",
        "paper-progress",
    }
)
"""What is answered with something else than a whole page."""

CODES = {
    "decision": "D-ORU",
    "gate": "G-POL-ORU",
    "handover": "H-POL-ORU",
    "indicator": "I-PEOPLE-TRUST",
    "norm": "GT-03",
    "plan": "P-CONDITIONS",
    "site": "S-IVA",
}
"""Entries with much to show; of the other kinds, and where there is no such entry, the first one is taken."""

LIBRARY_LESSON = "UNMIT-FOUR-CRITERIA"
CASE = "ISAF"
"""The past exit with most to show."""

NUMBERS = {"document": 1, "change": 1, "run": 1, "number": 1, "row": 1, "alarm": 1}
RUNS = {"report": 3, "history": 4, "paper": 5, "difference": 6}
"""Runs that are no futures, by the beginning of the names of their routes."""
QUERIES = {"search": "?q=police", "futures-compare": "?a=1&b=2"}

WIDE = {
    "entries-of-kind": "site",
    "entry": "site",
    "entry-new": "gate",
    "entry-edit": "site",
    "entry-delete": "site",
}
"""The kind that stands for the pages every kind has."""


def pages() -> tuple[Route, ...]:
    """Every route that answers a reader with a page."""
    return tuple(r for r in ROUTES if "GET" in r.methods and r.name not in FILES)


def visitor_for(route: Route) -> str:
    """Who is sent to look at a page: whoever sees most of it."""
    if route.needs == "anybody":
        return ""
    return OPERATOR if route.needs == "operator" else "owner"


def address(route: Route, mission: str) -> str | None:
    """The address of a page in a mission; None where the mission has nothing that it could show."""

    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        if name == "mission":
            return mission
        if name == "username":
            return "observer"
        if name == "lesson":
            return LIBRARY_LESSON
        if name == "kind":
            return WIDE[route.name]
        if name == "run":
            return str(RUNS.get(route.name.partition("-")[0], NUMBERS["run"]))
        if kind == "int":
            return str(NUMBERS[name])
        if name == "case":
            return CASE
        if name == "code":
            return _code(mission, WIDE.get(route.name) or _kind(route))
        raise LookupError(f"{route.path}: no example for {name}")

    try:
        filled = re.sub(r"<([^>]+)>", value, route.path)
    except StopIteration:
        return None
    made_for_full = any(f":{name}>" in route.path for name in ("run", "document", "row", "alarm"))
    if made_for_full and mission != FULL:
        return None
    return f"/{filled}{QUERIES.get(route.name, '')}"


def _kind(route: Route) -> str:
    folder = route.path.split("/")[2]
    return next(kind for kind, entry in KINDS.items() if folder in (kind, f"{kind}s", f"{kind[:-1]}ies", entry.kind))


def _code(mission: str, kind: str) -> str:
    """An entry of a kind. Raises StopIteration where the mission has none."""
    codes = _codes(mission).get(kind, ())
    return CODES[kind] if CODES.get(kind) in codes else next(iter(codes))


@cache
def _codes(mission: str) -> dict[str, tuple[str, ...]]:
    if mission == EMPTY:
        return {}
    dossier = open_mission({FULL: "kasanda", REAL: "liberia-2015"}[mission])
    found: dict[str, tuple[str, ...]] = {}
    for entry in dossier.everything():
        found[entry.kind] = (*found.get(entry.kind, ()), entry.code)
    return found
