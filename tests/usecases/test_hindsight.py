"""Kept forecasts in hindsight: of the reader's own role, of every role at the machine, and never of areas that are hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pydantic import BaseModel

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.stability import AreaFuture, FuturesResult, ViolenceMonth
from exitplan.domain.roles import Reader
from exitplan.usecases.answers import answered
from exitplan.usecases.board import view
from exitplan.usecases.hindsight import hindsight, hindsight_of
from exitplan.usecases.writing import save_entry

MISSION = "TEST-LAND"
AT = datetime(2026, 7, 1, tzinfo=UTC)
OWNER, PLANNER, OBSERVER = (Reader(role, None, role) for role in ("owner", "planner", "observer"))
RANGES = {"2015-01": (0, 3), "2015-02": (5, 9), "2015-03": (0, 9)}
"""Four fifths of the futures of each month; 0, 4 and nothing are recorded in them."""


@pytest.fixture
def mission(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two areas, counts up to February 2015, and a forecast from the end of 2014 that a planner had drawn."""
    from exitplan.domain.dossier import Dossier
    from exitplan.domain.kinds import Area, Mission, Plan, Source
    from exitplan.domain.tables import AreaMonths
    from exitplan.store import missions

    monkeypatch.setenv("EXITPLAN_HOME", str(home))
    whole = Mission(
        code=MISSION, title="Test", acronym="T", host=("XKA",), host_name="K", started=date(2010, 1, 1),
        as_of=date(2015, 3, 31), violence_types=(1,),
    )  # fmt: skip
    row = {"month": "2015-02", "type_of_violence": 1, "events": 1, "low": 2, "best": 2, "high": 2, "source": "EV"}
    entries = {
        "area": (Area(code="N", title="N"), Area(code="S", title="S")),
        "source": (Source(code="EV", title="E", covers_from="2014-01", covers_to="2015-02"),),
        "plan": (Plan(code="P", title="A plan", drive="calendar", start="2015-01"),),
    }
    months = AreaMonths.of(pl.DataFrame([{"area": area, **row} for area in ("N", "S")]))
    missions.create(Dossier(whole, entries, area_months=months), who="setup", why="test", at=AT)
    keep(PLANNER)
    return MISSION


def keep(reader: Reader, plan: str = "P", origin: str = "2014-12", areas: tuple[str, ...] = ("N", "S")) -> int:
    """A forecast that was drawn for a reader, as a worker keeps it."""
    from exitplan.store import runs

    def month(named: str, low: float, high: float) -> ViolenceMonth:
        middle = (low + high) / 2
        return ViolenceMonth(
            month=named, mean=middle, p05=low, p10=low, p25=middle, p50=middle, p75=middle, p90=high, p95=high, any=0.5,
            error=0.1,
        )  # fmt: skip

    country = tuple(month(named, *span) for named, span in RANGES.items() if named > origin)
    result = FuturesResult(
        plan=plan, scenario="AS-PLANNED", futures=100, horizon=3, origin=origin, kappa="drawn", country=country,
        areas=tuple(AreaFuture(area=area, months=country, recent=()) for area in areas), renewed=(),
    )  # fmt: skip
    number = runs.ask(MISSION, "futures", {"plan": plan, "scenario": None}, reader)
    assert runs.take("test", AT) is not None
    runs.finish(number, "done", AT, result=as_kept(reader, "futures", result))
    return number


def as_kept(reader: Reader, task: str, result: BaseModel) -> dict[str, Any]:
    """A result as a worker keeps it: the whole answer, and the names of all that the reader saw."""
    seen = view(MISSION, reader)
    answer = answered(task, seen.dossier, result, on=None).answer
    return {"answer": answer.model_dump(mode="json", by_alias=True), "shown": seen.speaks_of}


def test_months_recorded_since_are_told_and_added_up(mission: str) -> None:
    """Every month between the forecast and the last one covered, with how many lie in their range."""
    found = hindsight_of(view(mission, PLANNER)).result

    (forecast,) = found.forecasts
    assert (forecast.role, forecast.plan, forecast.origin) == ("planner", "P", "2014-12")
    assert [(m.month, m.recorded, m.inside) for m in forecast.months] == [("2015-01", 0, True), ("2015-02", 4, False)]
    assert (found.kept, found.months, found.inside, found.left) == (1, 2, 1, 0)
    early = hindsight_of(view(mission, PLANNER), on=date(2015, 1, 31)).result
    assert (early.months, early.inside) == (1, 1)


def test_a_forecast_without_a_month_since_is_kept_all_the_same(mission: str) -> None:
    """It is counted, and nothing is said of it yet."""
    keep(PLANNER, origin="2015-02")

    found = hindsight_of(view(mission, PLANNER)).result
    assert (found.kept, len(found.forecasts)) == (2, 1)


def test_a_forecast_whose_plan_has_gone_is_not_told(mission: str) -> None:
    """Nor what it said, nor that it is there."""
    keep(PLANNER, plan="GONE")

    found = hindsight_of(view(mission, PLANNER)).result
    assert (found.kept, found.not_shown) == (1, False)


def test_each_role_has_its_own_and_the_machine_has_all(mission: str) -> None:
    """What a planner had drawn is not the owner's; whoever can open the database sees it."""
    assert hindsight_of(view(mission, OWNER)).result.kept == 0
    assert hindsight(f"db:{mission}").result == hindsight_of(view(mission, PLANNER)).result


def test_what_is_not_looked_at_is_counted(mission: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest are read; older ones are not passed over in silence."""
    monkeypatch.setattr("exitplan.usecases.hindsight.MOST", 1)
    keep(PLANNER)

    found = hindsight_of(view(mission, PLANNER)).result
    assert (found.kept, found.left) == (1, 1)


def test_readers_without_chances_get_none(mission: str) -> None:
    """A range is a chance."""
    with pytest.raises(NotAllowed):
        hindsight_of(view(mission, OBSERVER))


def test_where_an_area_is_hidden_the_range_of_the_country_is_too(mission: str) -> None:
    """It would tell of an area that the reader does not see; that is said, and nothing else."""
    hidden = {"code": "S", "title": "S", "classification": "confidential"}
    save_entry(OWNER, mission, "area", hidden, version=1, why="x", at=AT)

    found = hindsight_of(view(mission, PLANNER)).result
    assert (found.not_shown, found.kept, found.forecasts) == (True, 0, ())

    keep(PLANNER, areas=("N",))
    found = hindsight_of(view(mission, PLANNER)).result
    assert (found.not_shown, found.kept) == (True, 1), "one of the areas that are shown is told"
    assert [m.recorded for m in found.forecasts[0].months] == [0, 2]


def test_what_a_run_found_goes_with_an_area_it_speaks_of(mission: str) -> None:
    """Futures, and why two plans differ: the country less the areas that are shown is the one that is not."""
    from exitplan.store import runs
    from exitplan.usecases.asking import drawn, explained

    futures = runs.done(mission, "futures", PLANNER, 1)[0][0].id
    made = ExplainResult(
        plan="P", against="P", scenario="AS-PLANNED", futures=64, horizon=3, origin="2014-12", areas=("N", "S"), explained=()
    )  # fmt: skip
    difference = runs.ask(mission, "explain", {}, PLANNER)
    assert runs.take("test", AT) is not None
    runs.finish(difference, "done", AT, result=as_kept(PLANNER, "explain", made))
    assert len(drawn(view(mission, PLANNER), futures).futures.areas) == 2
    assert explained(view(mission, PLANNER), difference).result == made

    hidden = {"code": "S", "title": "S", "classification": "confidential"}
    save_entry(OWNER, mission, "area", hidden, version=1, why="x", at=AT)
    for fetch, number in ((drawn, futures), (explained, difference)):
        with pytest.raises(NotFound):
            fetch(view(mission, PLANNER), number)


@pytest.mark.parametrize(("named", "error"), [("kasanda", InvalidValue), ("db:NO-SUCH", NotFound)])
def test_only_a_mission_of_the_database_has_kept_forecasts(mission: str, named: str, error: type[Exception]) -> None:
    """A dossier elsewhere is refused, not answered with nothing."""
    with pytest.raises(error):
        hindsight(named)
