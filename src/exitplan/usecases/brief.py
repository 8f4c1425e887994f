"""`exitplan brief`: the decision brief as HTML, PDF and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exitplan.domain.errors import InputFaults
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.usecases import pictures
from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.board import whole
from exitplan.usecases.looking import Look, look
from exitplan.usecases.open_mission import open_mission
from exitplan.usecases.study import Progress, Study
from exitplan.wording import Wording


@dataclass(frozen=True)
class Written:
    """A brief on disk, and the results it was written from."""

    paths: tuple[Path, ...]
    study: Study
    status: StatusResult
    futures: FuturesResult | None


def brief(
    mission: str,
    out: Path,
    *,
    on: date | None = None,
    since: date | None = None,
    one_page: bool = False,
    plan: str | None = None,
    scenario: str | None = None,
    seed: int = 1,
    futures: int = 5000,
    horizon: int = 24,
    lang: str = "en",
    against: str | None = None,
    progress: Progress | None = None,
) -> Written:
    """
    Write `brief.html`, `brief.pdf` and `brief.json` into a folder, each whole or not at all.

    Parameters
    ----------
    out
        Folder; made when it does not exist.
    since
        Earlier day with which to compare.
    one_page
        The first page alone.
    against
        Another plan; a section then says why the plan differs from it.
    """
    from exitplan.importers.bundle import write_whole

    seen = look(whole(open_mission(mission)), on=on, plan=plan, scenario=scenario, horizon=horizon, seed=seed)
    status = seen.status_since(since)
    drawn = futures_where_possible(seen.study, futures, progress)
    explained = seen.study.explain(against, futures=futures, progress=progress) if against else None
    options = {
        "since": since,
        "plan": seen.study.plan.code if seen.study.plan else None,
        "scenario": seen.study.scenario.code,
        "futures": futures,
        "horizon": horizon,
        "lang": lang,
        "one_page": one_page or None,
        "against": against,
    }
    documents = papers(seen, status, drawn, options, explained)
    for name, document in documents.items():
        write_whole(out / name, document)
    return Written(tuple(out / name for name in documents), seen.study, status, drawn)


def papers(
    seen: Look,
    status: StatusResult,
    drawn: FuturesResult | None,
    options: Mapping[str, Any],
    explained: ExplainResult | None = None,
) -> dict[str, bytes]:
    """
    A brief as its three files, by name.

    Parameters
    ----------
    status
        Where the mission stands for this reader, with what changed since the day asked for.
    drawn
        Futures, for readers who were given chances.
    options
        What shaped it, for the manifest; `lang` and `one_page` say how it is set.
    explained
        Why two plans differ, where that was asked, for the same readers.
    """
    from exitplan.reports import build_brief, document_values, render_html, render_pdf

    # The manifest stands inside the brief as well as around its JSON; it depends on the input alone, not on the result.
    study, one_page = seen.study, bool(options["one_page"])
    manifest = answered("brief", study.dossier, status, on=study.on, seed=study.seed, **options).answer
    w, since = Wording(options["lang"]), options.get("since")
    content = build_brief(
        pictures.material(seen, w, drawn, since=since, manifest=manifest.manifest, explained=explained)
    )
    return {
        "brief.html": render_html(content, one_page=one_page).encode(),
        "brief.pdf": render_pdf(content, one_page=one_page),
        "brief.json": as_json(manifest.model_copy(update={"result": document_values(content)})).encode(),
    }


def futures_where_possible(asked: Study, futures: int, progress: Progress | None) -> FuturesResult | None:
    """Futures, where there is a plan to simulate and a history to learn from."""
    if asked.plan is None:
        return None
    try:
        return asked.futures(futures, progress)
    except InputFaults:
        return None
