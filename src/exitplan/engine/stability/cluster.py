"""
Futures counted by the workers of a Dask cluster, to the same bits as in one process.

A job travels to each worker once, as the result of a task, so that Dask can make it again where a worker is lost. Shards are
pure; one whose worker dies is counted again by another. Dask comes with the extra `cluster` and is imported here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import Unavailable
from exitplan.domain.findings import Wanted
from exitplan.engine.stability.futures import until_error
from exitplan.engine.stability.shards import Count, Job, counted, split
from exitplan.engine.stability.tally import Tally

if TYPE_CHECKING:
    from distributed import Client

SHARDS_EACH = 8
"""Shards for each thread of the cluster, so that a slow or lost worker holds up little."""
LEAST, MOST = 16, 4096
"""Blocks in a shard: enough to be worth the way, and few enough to be done again."""


def counted_by(client: Client) -> Count:
    """
    A counter that has the workers of a cluster count.

    Parameters
    ----------
    client
        Connected to the scheduler; several jobs may be counted through it at once, from several threads.

    Returns
    -------
    Count
        Raises Unavailable where every worker given a shard died over it, or the scheduler is gone. Whatever ends it early,
        an exception raised by the job's progress among it, its shards are taken off the cluster.
    """

    def count(job: Job) -> Tally:
        sent = client.submit(_job, job.to_send(), pure=False)
        try:
            return until_error(job.draws, lambda first, blocks: _part(client, job, sent, first, blocks))
        finally:
            client.cancel([sent])

    return count


def shard_size(blocks: int, threads: int) -> int:
    """Blocks in a shard, for so many threads in the cluster; a matter of speed alone."""
    return min(MOST, max(LEAST, -(-blocks // (SHARDS_EACH * max(1, threads)))))


def _job(job: Job) -> Job:
    """The job itself: as the result of a task it is kept by the workers, and made again where they are lost."""
    return job


def _part(client: Client, job: Job, sent: Any, first: int, blocks: int) -> Tally:
    """One run of blocks, shard by shard."""
    shards = split(first, blocks, shard_size(blocks, sum(client.nthreads().values())))
    waiting = [client.submit(counted, sent, start, size, pure=False) for start, size in shards]
    try:
        with client.as_current():
            return _sum(waiting, blocks, lambda done: _tell(job, first + done))
    finally:
        client.cancel(waiting)


def _tell(job: Job, done: int) -> None:
    if job.draws.progress is not None:
        job.draws.progress(done, job.draws.blocks)


def _sum(waiting: Sequence[Any], blocks: int, tell: Callable[[int], None]) -> Tally:
    """The sum of shards as they come in."""
    total: Tally | None = None
    for tally in _results(waiting):
        total = tally if total is None else total + tally
        tell(total.blocks)
    if total is None or total.blocks != blocks:
        raise Unavailable(Wanted("the scheduler of the cluster is gone"))
    return total


def _results(waiting: Sequence[Any]) -> Iterator[Tally]:
    """The shards' counts, whichever is done first, each let go of on the cluster."""
    from distributed import CancelledError, as_completed
    from distributed.scheduler import KilledWorker

    try:
        for done in as_completed(waiting):
            tally = done.result()
            done.release()
            yield tally
    except KilledWorker:
        raise Unavailable(Wanted("every worker that took a part of the work died over it")) from None
    except (CancelledError, OSError):
        raise Unavailable(Wanted("the scheduler of the cluster is gone")) from None
