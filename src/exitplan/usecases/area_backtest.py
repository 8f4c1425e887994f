"""`exitplan backtest areas`: forecasts of area-months of many missions, each served by what the others teach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.months import month_text
from exitplan.domain.results.areas import (
    AreaFailure,
    AreaMission,
    AreasBacktest,
    AreaScores,
    AreaSkill,
    HorizonCover,
    PoolShare,
)
from exitplan.domain.results.base import Answer, Band, Manifest
from exitplan.usecases.answers import digest_of, schema_name, versions
from exitplan.usecases.data_folder import data_files, files_given
from exitplan.usecases.open_mission import today
from exitplan.usecases.rows import rows_left

if TYPE_CHECKING:
    from exitplan.domain.priors import Pooling
    from exitplan.domain.protocols import AreaProtocol
    from exitplan.engine.stability.backtest import Judged, Score
    from exitplan.engine.stability.benchmarks import Deaths
    from exitplan.engine.stability.leave_out import LeaveOut, Outcome
    from exitplan.engine.stability.panel import Panel
    from exitplan.importers.area_events import AreaHistories

FILES = ("ucdp_ged_21_1_precise/ged211_precise_hosts_adm1_month.csv.gz", "admin1/adm1_index.csv")
"""Files of the data folder: events, areas."""
LEVELS = tuple(range(1, 100))
COLUMNS = ("mission", "area", "origin", "month", "mean", *(f"q{level:02d}" for level in LEVELS))
EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Edges of the bins of chances of any death and of 25 deaths."""
TENTHS = 10
MAIN_SCORES = ("ignorance", "log_crps", "crps")
"""Scores in which failures are listed."""


def areas_backtest(
    events: Path | None = None,
    areas: Path | None = None,
    *,
    data: Path | None = None,
    seed: int = 1,
    workers: int = 1,
    recalibrated: bool = False,
    out: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[AreasBacktest, Answer]:
    """
    Forecast and score area-months of every mission of a file.

    Parameters
    ----------
    events, areas
        Files as `importers.area_events` reads them, both or neither; those of the data folder when left out.
    data
        The data folder; see `data_files`.
    seed
        Of forecasts and intervals.
    workers
        Processes; the result does not depend on it.
    recalibrated
        Whether the pool is also scored after recalibration on other countries' forecasts.
    out
        File for the pool's forecasts, one row for each area-month: mean and the 1 to 99 % quantiles; packed when its name
        ends in `.gz`.

    Raises
    ------
    Unreadable, InputFaults
        For files that are not there or cannot be used, or hold too few missions or months.
    InvalidValue
        When only one of events and areas is given.
    """
    from exitplan.engine.stability.leave_out import left_out
    from exitplan.importers.area_events import read_area_events
    from exitplan.importers.priors import WEAK, read_priors
    from exitplan.importers.protocols import AREAS, read_area_protocol

    protocol = read_area_protocol()
    if files_given("--events, --areas", events, areas):
        # The list for the headline names hosts of the public data; of other files it would pick out a few by chance.
        protocol = protocol.model_copy(update={"headline": ()})
    files = (events, areas) if events and areas else data_files(data, FILES)
    read = read_area_events(*files, today=today())
    panels = panels_of(read, least=protocol.least)
    protocol = within(protocol, read, panels, files[0].name)
    how, weak = replace(how_of(protocol, seed=seed), recalibrated=recalibrated), read_priors(WEAK)
    with ExitStack() as stack:
        each = stack.enter_context(ProcessPoolExecutor(workers)).map if workers > 1 else map
        leave = stack.enter_context(rows_left(out, COLUMNS)) if out is not None else None

        def keep(mission: str, origin: int, deaths: Deaths) -> None:
            if leave is not None:
                leave(_rows(mission, panels[mission], origin, deaths))

        outcome = left_out(panels, weak, how, each=each, progress=progress, keep=keep)
    result = result_of(outcome, panels, protocol, seed).model_copy(
        update={"left_out_rows": read.left_out, "left_out_deaths": read.deaths_left_out}
    )
    manifest = Manifest(
        inputs=digest_of(*files, WEAK, AREAS),
        seed=seed,
        options={"settings": protocol.frozen, "priors": weak.version}
        | ({"recalibrated": True} if recalibrated else {}),
        versions=versions(),
    )
    return result, Answer(schema_=schema_name("backtest-areas"), mission="", on=None, manifest=manifest, result=result)


def panels_of(read: AreaHistories, *, least: int) -> dict[str, Panel]:
    """Histories of every country with at least so many violent area-months, by country."""
    from exitplan.engine.stability.panel import Panel, nearest

    return {
        country: Panel(areas=of.areas, start=of.start, deaths=of.deaths, neighbours=nearest(of.latitude, of.longitude))
        for country, of in read.by_country.items()
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


def within(protocol: AreaProtocol, read: AreaHistories, panels: Mapping[str, Panel], name: str) -> AreaProtocol:
    """
    A protocol with the origins that a file's months leave room for.

    Parameters
    ----------
    read
        What the files hold, every country over the same months.
    panels
        The countries of them that are violent enough to take part.
    name
        Of the file of events.

    Raises
    ------
    InputFaults
        When too few countries take part; when the months leave room for no origin; each with what is there and what would do.
    """
    from exitplan.engine.stability.backtest import LEAST_BEFORE
    from exitplan.engine.stability.leave_out import LEAST_MISSIONS

    def fault(field: str, value: str, wanted: Wanted) -> Finding:
        return Finding(code="too-little-history", kind="event", field=field, value=value, wanted=wanted, where=name)

    faults = []
    if len(panels) < LEAST_MISSIONS:
        wanted = Wanted(
            "{n} countries or more with {least} violent area-months or more each, to learn from one another",
            n=LEAST_MISSIONS,
            least=protocol.least,
        )
        faults.append(fault("country", ": ".join(filter(None, (str(len(panels)), ", ".join(panels)))), wanted))
    some = next(iter(read.by_country.values()))
    start, end = some.start, some.start + some.deaths.shape[1] - 1
    late_enough = [o for o in protocol.origins if start + LEAST_BEFORE - 1 <= o]
    origins = [o for o in late_enough if o <= end - protocol.horizon]
    if not origins:
        origin = late_enough[0] if late_enough else protocol.origins[-1]
        wanted = Wanted(
            "the months {months}, or more on either side",
            months=_months(origin - LEAST_BEFORE + 1, origin + protocol.horizon),
        )
        faults.append(fault("month", _months(start, end), wanted))
    if faults:
        raise InputFaults(tuple(faults))
    return protocol.model_copy(update={"first_origin": month_text(origins[0]), "last_origin": month_text(origins[-1])})


def _months(first: int, last: int) -> str:
    return f"{month_text(first)} – {month_text(last)}"


def result_of(outcome: Outcome, panels: Mapping[str, Panel], protocol: AreaProtocol, seed: int) -> AreasBacktest:
    """What the engine found, as a result."""
    import numpy as np

    from exitplan.engine.binary.verification import reliability
    from exitplan.engine.stability.backtest import POOLED, Judged
    from exitplan.engine.stability.benchmarks import BENCHMARKS
    from exitplan.engine.stability.leave_out import best_single, skills
    from exitplan.engine.stability.scores import pit_share

    scores = outcome.scores()
    named = [m for m in scores if m in protocol.headline] or list(scores)
    chosen = {m: scores[m] for m in named}
    pools = [outcome.judged[m][POOLED] for m in named]
    together = Judged.together(pools)
    tenths = [pit_share(together.below, together.upto, k / TENTHS, (k + 1) / TENTHS).mean() for k in range(TENTHS)]
    return AreasBacktest(
        frozen=protocol.frozen,
        origins=tuple(month_text(o) for o in protocol.origins),
        horizon=protocol.horizon,
        draws=protocol.draws,
        missions=tuple(_mission(m, m in named, by, panels[m], outcome.judged[m][POOLED]) for m, by in scores.items()),
        best={name: best_single(chosen, name) for name in MAIN_SCORES},
        skills=tuple(
            AreaSkill(
                against=s.against,
                score=s.score,
                skill=_short_band(s.skill) if s.skill else None,
                won=s.won,
                missions=s.missions,
                skipped=s.skipped,
            )
            for s in skills(chosen, seed=seed)
        ),
        covered_80=_short(np.mean([by[POOLED].covered_80 for by in chosen.values()])),
        covered_90=_short(np.mean([by[POOLED].covered_90 for by in chosen.values()])),
        horizons=_horizons(pools, protocol.horizon),
        pit=tuple(_short(share) for share in tenths),
        any_death=reliability(together.any, together.was_any > 0, EDGES),
        large=reliability(together.large, together.was_large > 0, EDGES),
        pool=_shares(outcome.pool),
        served=tuple(_shares(p.pool) for p in outcome.served),
        failures=tuple(
            AreaFailure(mission=m, score=name, benchmark=code, ours=_short(ours), theirs=_short(theirs))
            for name in MAIN_SCORES
            for m, by in chosen.items()
            for code in BENCHMARKS
            if (theirs := getattr(by[code], name)) < (ours := getattr(by[POOLED], name))
        ),
        note=protocol.note,
    )


def _mission(code: str, named: bool, by: Mapping[str, Score], panel: Panel, pool: Judged) -> AreaMission:
    fields = tuple(name for name in AreaScores.model_fields if name != "forecaster")
    return AreaMission(
        mission=code,
        headline=named,
        areas=len(panel.areas),
        cases=pool.crps.size,
        violent=int(pool.was_any.sum()),
        scores=tuple(
            AreaScores(forecaster=name, **{field: _short(getattr(score, field)) for field in fields})
            for name, score in by.items()
        ),
    )


def _horizons(pools: list[Judged], horizon: int) -> tuple[HorizonCover, ...]:
    """Cover by quarter ahead, each mission with one voice."""
    import numpy as np

    ends = sorted({0, *range(3, horizon + 1, 3), horizon})
    eighty, ninety = (
        np.mean([pool.covered(level).reshape(-1, horizon).mean(axis=0) for pool in pools], axis=0)
        for level in (0.8, 0.9)
    )
    return tuple(
        HorizonCover(
            months=f"{begin + 1}–{end}",
            covered_80=_short(eighty[begin:end].mean()),
            covered_90=_short(ninety[begin:end].mean()),
        )
        for begin, end in pairwise(ends)
    )


def _shares(pool: Pooling) -> tuple[PoolShare, ...]:
    from exitplan.engine.stability.backtest import MODEL
    from exitplan.engine.stability.benchmarks import PARTS

    return tuple(PoolShare(part=p, weight=_short(w)) for p, w in zip((MODEL, *PARTS), pool.weights, strict=True))


def _rows(mission: str, panel: Panel, origin: int, deaths: Deaths) -> list[tuple[Any, ...]]:
    import numpy as np

    means = deaths.mean(axis=0)
    quantiles = np.quantile(deaths, [level / 100 for level in LEVELS], axis=0, method="inverted_cdf")
    return [
        (
            mission,
            area,
            month_text(origin),
            month_text(origin + 1 + t),
            repr(round(float(means[i, t]), 6)),
            *(str(int(q)) for q in quantiles[:, i, t]),
        )
        for i, area in enumerate(panel.areas)
        for t in range(deaths.shape[2])
    ]


def _short_band(band: Band) -> Band:
    return Band(value=_short(band.value), low=_short(band.low), high=_short(band.high), level=band.level)


def _short(value: float | Any) -> float:
    return round(float(value), 5)
