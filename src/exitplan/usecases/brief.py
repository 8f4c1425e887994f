"""`exitplan brief`: the decision brief as HTML, PDF and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exitplan.domain.errors import InputFaults
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.usecases.answers import answered, as_json
from exitplan.usecases.study import Progress, Study, study
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
    """
    from exitplan.importers.bundle import write_whole
    from exitplan.reports import Material, brief_values, build_brief, render_html, render_pdf

    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    status = asked.status(since)
    drawn = _futures(asked, futures, progress)
    # The manifest stands inside the brief as well as around its JSON; it depends on the input alone, not on the result.
    manifest = answered(
        "brief",
        asked.dossier,
        status,
        on=asked.on,
        seed=seed,
        since=since,
        plan=asked.plan.code if asked.plan else None,
        scenario=asked.scenario.code,
        futures=futures,
        horizon=horizon,
        lang=lang,
        one_page=one_page or None,
    )
    content = build_brief(
        Material(
            dossier=asked.dossier,
            on=asked.on,
            w=Wording(lang),
            status=status,
            manifest=manifest.answer.manifest,
            schedule=asked.schedule if asked.plan else None,
            futures=drawn,
            capacity=asked.capacity,
            risks=asked.risks,
        )
    )
    documents = {
        "brief.html": render_html(content, one_page=one_page).encode(),
        "brief.pdf": render_pdf(content, one_page=one_page),
        "brief.json": as_json(manifest.answer.model_copy(update={"result": brief_values(content)})).encode(),
    }
    for name, document in documents.items():
        write_whole(out / name, document)
    return Written(tuple(out / name for name in documents), asked, status, drawn)


def _futures(asked: Study, futures: int, progress: Progress | None) -> FuturesResult | None:
    """Futures, where there is a plan to simulate and a history to learn from."""
    if asked.plan is None:
        return None
    try:
        return asked.futures(futures, progress)
    except InputFaults:
        return None
