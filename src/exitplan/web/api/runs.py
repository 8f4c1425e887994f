"""Long work: futures asked for, watched, cancelled and fetched."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse

from exitplan.usecases import asking
from exitplan.usecases.answers import answered, as_json
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, said
from exitplan.web.api.fields import Number
from exitplan.web.api.shapes import FuturesAsked, Runs, RunShown

TASK = "futures"


def runs(asked: Asked) -> HttpResponse:
    """Futures that readers of your role asked for, newest first."""
    return said(Runs(items=tuple(_shown(run) for run in asking.runs_of(asked.view, TASK))))


def ask(asked: Asked, sent: FuturesAsked) -> HttpResponse:
    """Ask for futures of a plan. A worker draws them; watch the run at `Location`."""
    return _begun(asked, asking.ask_futures(asked.view, **sent.model_dump()))


def run(asked: Asked, run: Number) -> HttpResponse:
    """How far a run is."""
    return said(_shown(asking.run_of(asked.view, run, TASK)))


def cancel(asked: Asked, run: Number) -> HttpResponse:
    """Ask a run to stop. One that waits stops at once; one that has ended stays as it is."""
    asking.cancel(asked.view, run, TASK, datetime.now(UTC))
    return said(_shown(asking.run_of(asked.view, run, TASK)), 202)


def again(asked: Asked, run: Number) -> HttpResponse:
    """Ask for the same once more, of the mission as it stands now."""
    return _begun(asked, asking.again(asked.view, run, TASK))


def result(asked: Asked, run: Number) -> HttpResponse:
    """The futures that a run brought, of the areas that you see now."""
    drawn = asking.drawn(asked.view, run)
    dossier = asked.view.dossier
    answer = answered(TASK, dossier, drawn.futures, on=None, **drawn.run.options).answer
    return HttpResponse(as_json(answer), content_type=JSON)


def _begun(asked: Asked, run: int) -> HttpResponse:
    address = f"/api/v1/missions/{asked.mission}/futures/{run}"
    return said(_shown(asking.run_of(asked.view, run, TASK)), 202, Location=address)


def _shown(run: Any) -> RunShown:
    fields = {name: value for name, value in asdict(run).items() if name in RunShown.model_fields}
    return RunShown(**fields)
