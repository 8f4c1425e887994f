"""Long work: futures and explained differences asked for, watched, cancelled and fetched."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse

from exitplan.usecases import asking
from exitplan.usecases.answers import as_json
from exitplan.web.access import Asked
from exitplan.web.api.answers import JSON, said
from exitplan.web.api.fields import Number
from exitplan.web.api.shapes import DifferenceAsked, FuturesAsked, Runs, RunShown


@dataclass(frozen=True)
class RunCalls:
    """
    The operations around the runs of one kind of work.

    Parameters
    ----------
    task
        Kind of work, as `asking.NEEDS` names it.
    family
        Where its runs lie in a mission's addresses, such as `futures`.
    """

    task: str
    family: str

    def runs(self, asked: Asked) -> HttpResponse:
        """What readers of your role asked for, newest first."""
        return said(Runs(items=tuple(_shown(asked, run) for run in asking.runs_of(asked.view, self.task))))

    def run(self, asked: Asked, run: Number) -> HttpResponse:
        """How far a run is."""
        return said(_shown(asked, asking.run_of(asked.view, run, self.task)))

    def cancel(self, asked: Asked, run: Number) -> HttpResponse:
        """Ask a run to stop. One that waits stops at once; one that has ended stays as it is."""
        asking.cancel(asked.view, run, self.task, datetime.now(UTC))
        return said(_shown(asked, asking.run_of(asked.view, run, self.task)), 202)

    def again(self, asked: Asked, run: Number) -> HttpResponse:
        """Ask for the same once more, of the mission as it stands now."""
        return self.begun(asked, asking.again(asked.view, run, self.task))

    def begun(self, asked: Asked, run: int) -> HttpResponse:
        """A run that was asked for, and where to watch it."""
        address = f"/api/v1/missions/{asked.mission}/{self.family}/{run}"
        return said(_shown(asked, asking.run_of(asked.view, run, self.task)), 202, Location=address)


FUTURES = RunCalls("futures", "futures")
DIFFERENCES = RunCalls("explain", "differences")


def ask_futures(asked: Asked, sent: FuturesAsked) -> HttpResponse:
    """Ask for futures of a plan. A worker draws them; watch the run at `Location`."""
    return FUTURES.begun(asked, asking.ask_futures(asked.view, **sent.model_dump()))


def futures(asked: Asked, run: Number) -> HttpResponse:
    """The futures that a run brought, as the command prints them; none where anything they rest on has been taken from your sight since."""
    return HttpResponse(as_json(asking.drawn(asked.view, run).answer), content_type=JSON)


def ask_difference(asked: Asked, sent: DifferenceAsked) -> HttpResponse:
    """Ask why a plan differs from another one. A worker explains it; watch the run at `Location`."""
    return DIFFERENCES.begun(asked, asking.ask_difference(asked.view, **sent.model_dump()))


def difference(asked: Asked, run: Number) -> HttpResponse:
    """Why two plans differ, as the command prints it; nothing where anything it rests on has been taken from your sight since."""
    return HttpResponse(as_json(asking.explained(asked.view, run).answer), content_type=JSON)


def _shown(asked: Asked, run: Any) -> RunShown:
    fields = {name: value for name, value in asdict(run).items() if name in RunShown.model_fields}
    return RunShown(**fields, findings=asking.why_failed(asked.view, run))
