"""`exitplan backtest areas`: forecasts of area-months of many missions, each served by what the others teach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exitplan.domain.protocols import AreaProtocol
    from exitplan.engine.stability.leave_out import LeaveOut
    from exitplan.engine.stability.panel import Panel

EVENTS = ("ucdp_ged_21_1_precise/ged211_precise_hosts_adm1_month.csv.gz", "admin1/adm1_index.csv")
"""Files of the data folder: events, areas."""


def panels_of(events: Path, areas: Path, *, least: int) -> dict[str, Panel]:
    """Histories of every country with at least so many violent area-months, by country."""
    from exitplan.engine.stability.panel import Panel, nearest
    from exitplan.importers.area_events import read_area_events

    return {
        country: Panel(
            areas=of.areas, start=of.start, deaths=of.deaths, neighbours=nearest(of.latitude, of.longitude)
        )
        for country, of in read_area_events(events, areas).items()
        if int((of.deaths > 0).sum()) >= least
    }


def how_of(protocol: AreaProtocol, *, seed: int) -> LeaveOut:
    """The engine's settings of a protocol."""
    from exitplan.engine.stability.backtest import Backtest
    from exitplan.engine.stability.fit import FitSettings
    from exitplan.engine.stability.leave_out import LeaveOut

    test = Backtest(
        origins=protocol.origins,
        horizon=protocol.horizon,
        draws=protocol.draws,
        seed=seed,
        settings=FitSettings(burn_in=protocol.burn_in, forgetting=protocol.forgetting, clip=protocol.clip),
    )
    return LeaveOut(test=test, relearn=protocol.relearn, groups=protocol.groups)
