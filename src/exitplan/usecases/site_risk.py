"""`exitplan site-risk`: the chance of violence near each open site after it closes, from events that stay on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Site
from exitplan.domain.results.site_risk import SiteRiskResult
from exitplan.importers.dossier_folder import LOCAL_FOLDER
from exitplan.usecases.answers import Answered, answered, digest_of
from exitplan.usecases.open_mission import today
from exitplan.usecases.site_backtest import points_of
from exitplan.usecases.study import Study, study

ENDINGS = (".csv", ".csv.gz", ".zip")
"""Files of a dossier's own folder of events that are read."""


def site_risk(
    mission: str,
    *,
    events: Sequence[Path] = (),
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    horizon: int = 24,
) -> Answered[SiteRiskResult]:
    """
    The chance of an event within 25 and 50 km of each open site, 12 and 24 months after it closes.

    Parameters
    ----------
    events
        Files of events in the columns of UCDP GED; those in the folder `events` of a dossier folder where left out. They
        are read and not kept; the result holds counts and chances, no event.
    plan, scenario, horizon
        From which the feasible month of each closure is read.

    Raises
    ------
    InvalidValue
        When no file is named and the mission has no folder of events.
    NotFound, Unreadable, InputFaults
        When there is no such plan, or the files cannot be used, with every fault of every row.
    """
    from exitplan.engine.sites.outlook import site_outlook
    from exitplan.importers.event_points import read_event_points
    from exitplan.importers.risk_models import SITE_RISK, read_risk_model

    asked = study(mission, on=on, plan=plan, scenario=scenario, horizon=horizon)
    files = tuple(events) or _own(mission)
    if not files:
        wanted = Wanted("files of events, or a dossier folder with a folder `{folder}`", folder=LOCAL_FOLDER)
        raise InvalidValue("--events", mission, wanted)
    result = site_outlook(
        asked.dossier,
        asked.on,
        points_of(read_event_points(files, today=today())),
        read_risk_model(SITE_RISK),
        plan=asked.plan.code if asked.plan else None,
        scenario=asked.scenario.code,
        closings=_closings(asked),
    )
    return answered(
        "site-risk",
        asked.dossier,
        result,
        on=asked.on,
        plan=result.plan,
        scenario=result.scenario,
        horizon=horizon,
        events=digest_of(*files),
    )


def _own(mission: str) -> tuple[Path, ...]:
    """The files in a dossier folder's own folder of events, by name."""
    folder = Path(mission) / LOCAL_FOLDER
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(path for path in inside if path.name.lower().endswith(ENDINGS))


def _closings(asked: Study) -> dict[str, str | None]:
    """Feasible month of each site's closure; empty without a plan."""
    steps = asked.schedule.steps if asked.plan else ()
    return {step.code: step.earliest for step in steps if step.kind == Site.kind and step.state == "planned"}
