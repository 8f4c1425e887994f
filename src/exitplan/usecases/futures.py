"""`exitplan futures`: simulated futures of armed violence under a plan and a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import as_completed as ended
from datetime import date
from threading import Event, Lock
from typing import TYPE_CHECKING

from exitplan.domain.results.stability import FuturesResult
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.cluster import counting
from exitplan.usecases.study import Progress, Study, study

if TYPE_CHECKING:
    from exitplan.engine.stability.shards import Count

AT_ONCE = 8
"""Plans whose futures a cluster counts at the same time."""


class _Stopped(Exception):
    """Another of several plans has failed, or the reader has stopped all of them."""


def futures(
    mission: str,
    *,
    on: date | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    seed: int = 1,
    futures: int = 5000,
    horizon: int = 24,
    error: float | None = None,
    progress: Progress | None = None,
    cluster: str | None = None,
    workers: int | None = None,
) -> Answered[FuturesResult]:
    """
    Deaths by area and month, and the chance of renewed armed violence under each named definition.

    With an `error`, drawing stops when the standard error of every chance is within it, at `futures` at the latest.
    Counted by this process, by the cluster at an address, or by so many worker processes: the answer has the same bits.
    """
    asked = study(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    with counting(cluster, workers) as count:
        return _answer(asked, futures, progress, count, error)


def futures_of_many(
    asked: Sequence[tuple[str, str | None]],
    *,
    on: date | None = None,
    scenario: str | None = None,
    seed: int = 1,
    futures: int = 5000,
    horizon: int = 24,
    progress: Progress | None = None,
    cluster: str | None = None,
    workers: int | None = None,
) -> tuple[Answered[FuturesResult], ...]:
    """
    The futures of many missions and plans in one call: each answer as `futures` gives it, in the order asked for.

    Parameters
    ----------
    asked
        Missions and their plans; None for the mission's own.
    progress
        Called with (blocks done, blocks in all) of what has begun; an exception raised in it ends everything.
    cluster, workers
        As in `futures`; with either, up to eight plans are counted at once.

    Raises
    ------
    InputFaults, NotFound
        Before anything is counted, when a mission, plan or scenario cannot be used.
    """
    studies = [study(m, on=on, plan=p, scenario=scenario, seed=seed, horizon=horizon) for m, p in asked]
    told, lock, stop = [(0, 0)] * len(studies), Lock(), Event()

    def watched(at: int) -> Progress:
        def tell(done: int, whole: int) -> None:
            if stop.is_set():
                raise _Stopped
            with lock:
                told[at] = (done, whole)
                if progress is not None:
                    progress(sum(d for d, _ in told), sum(w for _, w in told))

        return tell

    with counting(cluster, workers) as count, ThreadPoolExecutor(AT_ONCE if count else 1) as pool:
        running = [pool.submit(_answer, each, futures, watched(at), count) for at, each in enumerate(studies)]
        try:
            for done in ended(running):
                done.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        return tuple(each.result() for each in running)


def _answer(
    asked: Study, futures: int, progress: Progress | None, count: Count | None, error: float | None = None
) -> Answered[FuturesResult]:
    result = asked.futures(futures, progress, count, error)
    return answered(
        "futures",
        asked.dossier,
        result,
        on=asked.on,
        seed=asked.seed,
        plan=result.plan,
        scenario=result.scenario,
        futures=futures,
        horizon=asked.horizon,
        error=error,
    )
