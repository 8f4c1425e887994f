"""`exitplan explain`: why two plans differ, and which assumptions that hangs on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exitplan.domain.results.explain import ExplainResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.board import whole
from exitplan.usecases.looking import look
from exitplan.usecases.open_mission import open_mission
from exitplan.usecases.study import Progress
from exitplan.wording import Wording


def explain(
    mission: str,
    *,
    against: str,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    definition: str | None = None,
    area: str | None = None,
    by: int | None = None,
    seed: int = 1,
    futures: int = 5000,
    horizon: int = 24,
    out: Path | None = None,
    lang: str = "en",
    progress: Progress | None = None,
) -> Answered[ExplainResult]:
    """
    The difference that a plan makes against another, shared out among what differs, how it acts, and what is assumed.

    Parameters
    ----------
    out
        An HTML file to write as well, with its charts, in the language `lang`.

    Raises
    ------
    InvalidValue
        When an option is outside its range.
    NotFound, InputFaults
        When there is no such plan, definition or area, or too little history.
    """
    seen = look(whole(open_mission(mission)), on=on, plan=plan, scenario=scenario, horizon=horizon, seed=seed)
    result = seen.study.explain(against, definition=definition, area=area, by=by, futures=futures, progress=progress)
    done = answered(
        "explain",
        seen.study.dossier,
        result,
        on=seen.study.on,
        seed=seed,
        plan=result.plan,
        against=result.against,
        scenario=result.scenario,
        definition=definition,
        area=area,
        by=by,
        futures=futures,
        horizon=horizon,
    )
    if out is not None:
        from exitplan.importers.bundle import write_whole
        from exitplan.reports import render_html
        from exitplan.reports.documents.difference import difference_document
        from exitplan.usecases.pictures import material

        m = material(seen, Wording(lang), manifest=done.answer.manifest, explained=result)
        write_whole(out, render_html(difference_document(m, result)).encode())
    return done
