"""A small dossier: three areas, two sites, twelve years of recorded violence."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Mission, Plan, Scenario, Site, Source
from exitplan.domain.months import month_index, month_text
from exitplan.domain.tables import AreaMonths

FIRST, LAST = month_index("2004-01"), month_index("2015-08")
ON = date(2015, 9, 30)

COUNTRY = Area(code="ALL", title="Country", level="country")
NORTH = Area(code="N", title="North", parent="ALL", population=500_000, latitude=7.0, longitude=-9.0)
SOUTH = Area(code="S", title="South", parent="ALL", population=500_000, latitude=5.0, longitude=-9.0)
EAST = Area(code="E", title="East", parent="ALL", latitude=6.0, longitude=-8.0, neighbours=("N",))
CAMP = Site(code="CAMP", title="Camp", area="N", latitude=7.0, longitude=-9.0, military=250)
POST = Site(code="POST", title="Post", area="S", latitude=5.0, longitude=-9.0, police=100)
EVENTS = Source(code="EV", title="Events", covers_from=month_text(FIRST), covers_to=month_text(LAST))
PLAN = Plan(code="P", title="Plan", drive="calendar", start="2015-10")
AS_PLANNED = Scenario(code="AS", title="As planned")


def dossier(
    *, sources: tuple[Source, ...] = (EVENTS,), sites: tuple[Site, ...] = (CAMP, POST), **mission: Any
) -> Dossier:
    """The dossier, with other sources, sites or mission fields where wanted."""
    rng = np.random.default_rng(12)
    rows = [
        {"area": area, "month": month_text(t), "type_of_violence": kind, "events": 1, "low": y, "best": y, "high": y}
        for area in ("N", "S", "E")
        for t in range(FIRST, LAST + 1)
        for kind in (1, 3)
        if rng.random() < 0.15
        for y in [int(rng.geometric(0.2))]
    ]
    return Dossier(
        mission=Mission(
            code="M", title="Mission", acronym="M", host=("XAA",), host_name="Host", started=date(2003, 1, 1), **mission
        ),
        entries={
            "area": (COUNTRY, NORTH, SOUTH, EAST),
            "site": sites,
            "source": sources,
            "plan": (PLAN,),
            "scenario": (AS_PLANNED,),
        },
        area_months=AreaMonths.of(pl.DataFrame(rows).with_columns(pl.lit("EV").alias("source"))),
    )
