"""`exitplan backtest sites`: chances of violence near closed sites, and how good they were."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from exitplan.domain.months import month_index
from exitplan.domain.results.backtests import SiteForecast, SitesBacktest
from exitplan.domain.results.base import Answer, Manifest
from exitplan.usecases.answers import digest_of, schema_name, versions
from exitplan.usecases.data_folder import data_files, files_given
from exitplan.usecases.open_mission import today
from exitplan.usecases.rows import leave_rows

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from exitplan.domain.risk_model import RiskModel
    from exitplan.engine.sites.around import Around, Points
    from exitplan.engine.sites.closures import Closures
    from exitplan.engine.sites.training import Places

EPISODES = "geo_pko/site_episodes_with_events.csv.gz"
EVENTS = (
    "ucdp_ged_21_1_precise/ged211_precise_hosts.csv.gz",
    "ucdp_ged_21_1_precise/ged211_precise_other.csv.gz",
)
COLUMNS = ("site_id", "episode", "p_event_50km_24m")
WHOLE = 24
"""Months after a closure that must be known for it to be scored."""


def sites_backtest(
    episodes: Path | None = None,
    events: Sequence[Path] = (),
    *,
    data: Path | None = None,
    seed: int = 1,
    out: Path | None = None,
) -> tuple[SitesBacktest, Answer]:
    """
    Forecast closures with the parameters that come along, or test the model on the data folder with each mission left out.

    Parameters
    ----------
    episodes, events
        Closed sites and the events around them. Where left out, those of the data folder, and the model is fitted anew
        for each mission without its countries.
    data
        The data folder.
    seed
        Of the intervals.
    out
        File to leave the forecasts in.

    Raises
    ------
    InvalidValue
        When only one of episodes and events is given.
    Unreadable, InputFaults
        For files that cannot be used, with every fault of every row.
    """
    from exitplan.importers.risk_models import SITE_RISK, read_risk_model

    mode = "shipped" if files_given("--episodes, --events", episodes, *events or (None,)) else "left-out"
    if episodes is None:
        episodes, *events = data_files(data, (EPISODES, *EVENTS))
    model = read_risk_model(SITE_RISK)
    rows, points = _both(episodes, events)
    result = (_with_shipped if mode == "shipped" else _left_out)(rows, points, model, seed)
    if out is not None:
        leave_rows(out, COLUMNS, ((f.site_id, f.episode, f.probability) for f in result.forecasts))
    manifest = Manifest(
        inputs=digest_of(episodes, *events, SITE_RISK),
        seed=seed,
        options={"mode": mode, "parameters": model.version},
        versions=versions(),
    )
    return result, Answer(schema_=schema_name("backtest-sites"), mission="", on=None, manifest=manifest, result=result)


def _both(episodes: Path, events: Sequence[Path]) -> tuple[pl.DataFrame, Points]:
    """Both tables, or the faults of both."""
    from exitplan.importers.event_points import read_event_points
    from exitplan.importers.several import together
    from exitplan.importers.site_episodes import read_site_episodes

    rows, points = together(partial(read_site_episodes, episodes), partial(read_event_points, events, today=today()))
    return rows, points_of(points)


def points_of(events: pl.DataFrame) -> Points:
    """Events as the engine takes them."""
    from exitplan.engine.sites.around import Points

    return Points(*(events[name].to_numpy() for name in ("latitude", "longitude", "month")))


def places_of(rows: pl.DataFrame) -> Places:
    """Every row as a place; its country is the code, the name where there is no code."""
    import numpy as np

    from exitplan.engine.sites.training import Places

    country = [code or name for code, name in rows.select("iso3", "country").iter_rows()]
    _, number = np.unique(np.array(country, dtype=str), return_inverse=True)
    return Places(rows["latitude"].to_numpy(), rows["longitude"].to_numpy(), number.astype(np.int64))


def scorable(rows: pl.DataFrame) -> pl.Series:
    """Closures that are no renames and whose next 24 months are known, an event or none."""
    import polars as pl

    known = pl.col("ev50_post24").is_not_null() & (pl.col("post_months_covered").fill_null(WHOLE) >= WHOLE)
    return rows.select(pl.col("closed_est").is_not_null() & (pl.col("continues_as") == "") & known).to_series()


def closures_of(rows: pl.DataFrame, near: Around) -> Closures:
    """The scorable closures among rows that are the places, where the events say what was before them."""
    import numpy as np

    from exitplan.engine.sites.closures import Closures
    from exitplan.engine.sites.training import BEFORE

    place = np.flatnonzero(scorable(rows).to_numpy())
    some = rows[place]
    found = Closures(
        place.astype(np.int64), _months(some), tuple(some["mission"]), (some["ev50_post24"] > 0).to_numpy()
    )
    return found.only(near.covers(found.at, before=BEFORE))


def _months(closed: pl.DataFrame) -> NDArray[np.int64]:
    """Month indices of closures."""
    import numpy as np

    return np.array([month_index(month) for month in closed["closed_est"]], dtype=np.int64)


def _with_shipped(rows: pl.DataFrame, points: Points, model: RiskModel, seed: int) -> SitesBacktest:
    import numpy as np

    from exitplan.engine.sites import backtest as engine
    from exitplan.engine.sites.around import around
    from exitplan.engine.sites.model import site_risk

    closed = rows.filter(rows["closed_est"].is_not_null())
    where = closed["latitude"].to_numpy(), closed["longitude"].to_numpy()
    near = around(*where, points)
    bands = site_risk(near, _months(closed), model)
    closures = closures_of(closed, near)
    known = dict(zip(closures.place.tolist(), closures.happened.tolist(), strict=True))
    forecasts = tuple(
        _forecast(row, (b.value, b.low, b.high), known.get(at))
        for at, (row, b) in enumerate(zip(closed.iter_rows(named=True), bands, strict=True))
    )
    probability = np.array([b.value for b in bands])[closures.place]
    tables = {engine.MODEL: probability}
    if len(set(closures.mission)) > 1:
        tables |= engine.benchmarks(near, closures)
    found = _result(rows, near, forecasts, closures, tables, model, seed, mode="shipped")
    first, last = month_index(model.learned_from), month_index(model.learned_to)
    return found.model_copy(
        update={
            "in_sample": int(np.sum((closures.at + WHOLE > first) & (closures.at <= last))),
            "learned_from": model.learned_from,
            "learned_to": model.learned_to,
        }
    )


def _left_out(rows: pl.DataFrame, points: Points, model: RiskModel, seed: int) -> SitesBacktest:
    import numpy as np

    from exitplan.engine.sites import backtest as engine
    from exitplan.engine.sites.around import around
    from exitplan.engine.sites.model import OUTCOMES

    places = places_of(rows)
    near = around(places.latitude, places.longitude, points)
    closures = closures_of(rows, near)
    bands = zip(*engine.left_out(places, near, closures, model), strict=True)
    forecasts = tuple(
        _forecast(row, band, bool(yes))
        for row, band, yes in zip(rows[closures.place].iter_rows(named=True), bands, closures.happened, strict=True)
    )
    tables = {engine.MODEL: np.array([f.probability for f in forecasts]), **engine.benchmarks(near, closures)}
    found = _result(rows, near, forecasts, closures, tables, model, seed, mode="left-out")
    return found.model_copy(update={"others": engine.other_outcomes(places, near, closures, model, OUTCOMES[1:])})


def _result(
    rows: pl.DataFrame,
    near: Around,
    forecasts: tuple[SiteForecast, ...],
    closures: Closures,
    tables: dict[str, NDArray[np.float64]],
    model: RiskModel,
    seed: int,
    *,
    mode: Literal["shipped", "left-out"],
) -> SitesBacktest:
    import numpy as np

    from exitplan.engine.binary.verification import surprising
    from exitplan.engine.sites import backtest as engine
    from exitplan.engine.sites.training import BEFORE

    closed = rows.filter(rows["closed_est"].is_not_null())
    scores, bins, missions = engine.scores(tables, closures, seed) if closures.mission else ((), (), ())
    known = [f for f in forecasts if f.happened is not None]
    far_off = surprising(np.array([f.probability for f in known]), np.array([f.happened for f in known], dtype=bool))
    return SitesBacktest(
        mode=mode,
        version=model.version,
        rows=rows.height,
        open=rows.height - closed.height,
        forecasts=forecasts,
        scored=len(closures.mission),
        uncovered=int((~near.covers(_months(closed), before=BEFORE)).sum()),
        scores=scores,
        reliability=bins,
        missions=missions,
        surprises=tuple(compress(known, far_off)),
    )


def _forecast(row: dict[str, Any], band: tuple[float, float, float], happened: bool | None) -> SiteForecast:
    probability, low, high = map(float, band)
    return SiteForecast(
        site_id=row["site_id"],
        episode=row["episode"],
        mission=row["mission"],
        closed=row["closed_est"],
        probability=probability,
        low=low,
        high=high,
        happened=happened,
    )
