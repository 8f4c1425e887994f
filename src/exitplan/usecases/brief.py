"""`exitplan brief`: the decision brief as HTML, PDF and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults
from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.watch import WatchResult
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

    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    status = asked.status(since)
    drawn = futures_where_possible(asked, futures, progress)
    options = {
        "since": since,
        "plan": asked.plan.code if asked.plan else None,
        "scenario": asked.scenario.code,
        "futures": futures,
        "horizon": horizon,
        "lang": lang,
        "one_page": one_page or None,
    }
    documents = papers(
        asked.dossier,
        asked.on,
        status=status,
        schedule=asked.schedule if asked.plan else None,
        drawn=drawn,
        capacity=asked.capacity,
        risks=asked.risks,
        watch=asked.watch,
        after=asked.after,
        seed=seed,
        options=options,
    )
    for name, document in documents.items():
        write_whole(out / name, document)
    return Written(tuple(out / name for name in documents), asked, status, drawn)


def papers(
    dossier: Dossier,
    on: date,
    *,
    status: StatusResult,
    schedule: ScheduleResult | None,
    drawn: FuturesResult | None,
    capacity: CapacityResult | None,
    risks: RisksResult,
    watch: WatchResult,
    after: AfterResult,
    seed: int,
    options: Mapping[str, Any],
) -> dict[str, bytes]:
    """
    A brief as its three files, by name.

    Parameters
    ----------
    options
        What shaped it, for the manifest; `lang` and `one_page` say how it is set.
    """
    from exitplan.reports import Material, brief_values, build_brief, render_html, render_pdf

    # The manifest stands inside the brief as well as around its JSON; it depends on the input alone, not on the result.
    manifest = answered("brief", dossier, status, on=on, seed=seed, **options)
    one_page = bool(options["one_page"])
    content = build_brief(
        Material(
            dossier=dossier,
            on=on,
            w=Wording(options["lang"]),
            status=status,
            manifest=manifest.answer.manifest,
            schedule=schedule,
            futures=drawn,
            capacity=capacity,
            risks=risks,
            watch=watch,
            after=after,
        )
    )
    return {
        "brief.html": render_html(content, one_page=one_page).encode(),
        "brief.pdf": render_pdf(content, one_page=one_page),
        "brief.json": as_json(manifest.answer.model_copy(update={"result": brief_values(content)})).encode(),
    }


def futures_where_possible(asked: Study, futures: int, progress: Progress | None) -> FuturesResult | None:
    """Futures, where there is a plan to simulate and a history to learn from."""
    if asked.plan is None:
        return None
    try:
        return asked.futures(futures, progress)
    except InputFaults:
        return None
