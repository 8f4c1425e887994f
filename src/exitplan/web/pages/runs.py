"""Long work as its pages show it: how far a run is, stopping it, and asking for the same again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.usecases import asking
from exitplan.web.access import Asked


@dataclass(frozen=True)
class RunPages:
    """
    The pages around the runs of one kind of work.

    Parameters
    ----------
    task
        Kind of work, as `asking.NEEDS` names it.
    family
        Where its runs lie in a mission's addresses, such as `futures`.
    """

    task: str
    family: str

    def at(self, asked: Asked, run: Any) -> str:
        """Where one run is shown."""
        return f"/m/{asked.mission}/{self.family}/{run}/"

    def context(self, asked: Asked, run: Any) -> dict[str, Any]:
        """What `parts/run_progress.html`, `parts/run_failed.html` and the page around them show of a run."""
        return {
            "run": run,
            "at": self.at(asked, run.id),
            "ended": run.state in asking.ENDED,
            "faults": asking.why_failed(asked.view, run),
            "may_run": asked.may(asking.NEEDS[self.task]),
        }

    def progress(self, asked: Asked) -> HttpResponse:
        """How far a run is: the piece of the page that asks again by itself. When the run has ended, the page is loaded anew."""
        run = asking.run_of(asked.view, asked.path["run"], self.task)
        response = asked.page("parts/run_progress.html", **self.context(asked, run))
        if run.state in asking.ENDED:
            response["HX-Redirect"] = self.at(asked, run.id)
        return response

    def cancel(self, asked: Asked) -> HttpResponse:
        """Stop a run."""
        asking.cancel(asked.view, asked.path["run"], self.task, datetime.now(UTC))
        return redirect(self.at(asked, asked.path["run"]))

    def again(self, asked: Asked) -> HttpResponse:
        """Ask for the same once more, of the mission as it stands now."""
        return redirect(self.at(asked, asking.again(asked.view, asked.path["run"], self.task)))
