"""What a worker does for a reader: everything is computed from what that reader may see, and comes back as plain JSON values."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from exitplan.domain.results.base import Answer
from exitplan.domain.roles import may
from exitplan.usecases.answers import answered
from exitplan.usecases.board import View
from exitplan.usecases.brief import futures_where_possible, papers
from exitplan.usecases.keeping import verify_for
from exitplan.usecases.looking import look
from exitplan.usecases.papers import make
from exitplan.usecases.study import Progress

FUTURES = 5000
"""Futures drawn for a brief."""


def draw_futures(seen: View, options: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """
    Futures under a plan and a scenario, as the one object that every command prints, and the names of all they rest on.

    Raises NotFound, InputFaults.
    """
    asked = look(
        seen, plan=options["plan"], scenario=options["scenario"], horizon=options["horizon"], seed=options["seed"]
    )
    result = asked.study.futures(options["futures"], progress)
    found = answered("futures", seen.dossier, result, on=asked.study.on, **options)
    return _kept(seen, found.answer)


def explain_difference(seen: View, options: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """
    Why two plans differ, as the one object that every command prints, and the names of all that it rests on.

    Raises NotFound, InputFaults.
    """
    asked = look(
        seen, plan=options["plan"], scenario=options["scenario"], horizon=options["horizon"], seed=options["seed"]
    )
    which = {name: options.get(name) for name in ("definition", "area", "by")}  # older runs left the choice open
    result = asked.study.explain(options["against"], **which, futures=options["futures"], progress=progress)
    found = answered("explain", seen.dossier, result, on=asked.study.on, **options)
    return _kept(seen, found.answer)


def _kept(seen: View, answer: Answer) -> dict[str, Any]:
    return {"answer": answer.model_dump(mode="json", by_alias=True), "shown": seen.speaks_of}


def write_brief(seen: View, options: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """
    A brief released for one reader: its three files, and the names of everything it could speak of.

    Chances, and what rests on them, only where the reader was given them.
    """
    since = date.fromisoformat(options["since"]) if options["since"] else None
    asked = look(seen, plan=options["plan"], scenario=options["scenario"])
    chances = may(seen.reader, "see_chances")
    study = asked.study
    files = papers(
        asked,
        asked.status_since(since),
        futures_where_possible(study, FUTURES, progress) if chances else None,
        {
            "since": since,
            "plan": study.plan.code if study.plan else None,
            "scenario": study.scenario.code,
            "futures": FUTURES if chances else None,
            "horizon": study.horizon,
            "lang": options["lang"],
            "one_page": options["one_page"] or None,
        },
    )
    return {
        "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        "shown": seen.speaks_of,
    }


def write_paper(seen: View, options: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """A document of pages made for one reader: its file, and the names of everything it could speak of."""
    kind, form = options["kind"], options["form"]
    since = date.fromisoformat(options["since"]) if options["since"] else None
    progress(0, 2)
    made = make(seen, kind, form, lang=options["lang"], since=since)
    progress(1, 2)
    return {
        "files": {f"{kind}.{form}": base64.b64encode(made.content).decode()},
        "shown": seen.speaks_of,
    }


def verify_chain(seen: View, options: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Every link of the chain of changes, and whether entries and documents are what it says."""
    found = verify_for(seen.reader, seen.mission, progress)
    broken = found.broken and {
        "number": found.broken.number,
        "why": found.broken.why.template,
        "values": found.broken.why.values,
    }
    return {
        "revisions": found.revisions,
        "broken": broken,
        "strange": [one.split(" ", 1) for one in found.strange],
    }


TASKS: MappingProxyType[str, Callable[[View, Mapping[str, Any], Progress], dict[str, Any]]] = MappingProxyType(
    {
        "futures": draw_futures,
        "explain": explain_difference,
        "brief": write_brief,
        "paper": write_paper,
        "verify": verify_chain,
    }
)
"""Every kind of work a worker knows."""
