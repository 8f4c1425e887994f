"""A kept range is held against what was recorded since, and against nothing else."""

from __future__ import annotations

from datetime import date

import polars as pl

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import Area, Mission, Source
from exitplan.domain.results.stability import AreaFuture, FuturesResult, ViolenceMonth
from exitplan.domain.tables import AreaMonths
from exitplan.engine.watch.hindsight import hindsight


def _month(month: str, low: float, high: float) -> ViolenceMonth:
    middle = (low + high) / 2
    return ViolenceMonth(
        month=month,
        mean=middle,
        p05=low,
        p10=low,
        p25=middle,
        p50=middle,
        p75=middle,
        p90=high,
        p95=high,
        any=0.5,
        error=0.1,
    )


def test_months_recorded_since_are_judged_and_no_others():
    """Of the forecast's areas and the mission's types; months that no source covers are left out."""
    rows = [
        {
            "area": area,
            "month": "2015-02",
            "type_of_violence": kind,
            "events": 1,
            "low": 4,
            "best": 4,
            "high": 4,
            "source": "EV",
        }
        for area, kind in (("N", 1), ("S", 1), ("N", 2))
    ]
    dossier = Dossier(
        mission=Mission(
            code="M",
            title="M",
            acronym="M",
            host=("XKA",),
            host_name="K",
            started=date(2010, 1, 1),
            violence_types=(1,),
        ),
        entries={
            "area": (Area(code="N", title="N"), Area(code="S", title="S")),
            "source": (Source(code="EV", title="E", covers_from="2014-01", covers_to="2015-02"),),
        },
        area_months=AreaMonths.of(pl.DataFrame(rows)),
    )
    country = (_month("2015-01", 0, 3), _month("2015-02", 5, 9), _month("2015-03", 0, 9))
    futures = FuturesResult(
        plan="P", scenario="S", futures=32, horizon=3, origin="2014-12", kappa="drawn", country=country,
        areas=(AreaFuture(area="N", months=country, recent=()),), renewed=(),
    )  # fmt: skip

    found = hindsight(Facts(dossier, date(2015, 3, 31)), futures)
    assert [(m.month, m.recorded, m.inside) for m in found] == [("2015-01", 0.0, True), ("2015-02", 4.0, False)]
