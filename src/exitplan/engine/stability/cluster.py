"""
Futures counted by the workers of a Dask cluster, to the same bits as in one process.

A job travels to each worker once, as the result of a task, so that Dask can make it again where a worker is lost. Shards are
pure; one whose worker dies is counted again by another. Dask comes with the extra `cluster` and is imported here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from exitplan.domain.errors import Unavailable
from exitplan.domain.findings import Wanted
from exitplan.engine.stability.shards import Count, Job, counted, counted_together, split
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

    def count(*jobs: Job) -> Tally:
        with told_when_lost(client):
            sent = [client.submit(_job, job.to_send(), pure=False) for job in jobs]
        try:
            return counted_together(jobs, [partial(_part, client, one) for one in sent])
        finally:
            _cancel(client, sent)

    return count


@contextmanager
def told_when_lost(client: Client) -> Iterator[None]:
    """Around a call to a cluster: raises Unavailable, with what has come about, where it fails because a part of it is gone."""
    from distributed import CancelledError
    from distributed.scheduler import KilledWorker

    try:
        yield
    except KilledWorker:
        raise Unavailable(Wanted("every worker that took a part of the work died over it")) from None
    except Exception as error:
        # A client that has given up says so in errors of many kinds.
        if isinstance(error, CancelledError | OSError) or client.status in ("closing", "closed"):
            raise Unavailable(Wanted("the scheduler of the cluster is gone")) from None
        raise


def _cancel(client: Client, waiting: Sequence[Any]) -> None:
    """Take work off the cluster; one that is gone has none."""
    with suppress(Unavailable), told_when_lost(client):
        client.cancel(waiting)


def shard_size(blocks: int, threads: int) -> int:
    """Blocks in a shard, for so many threads in the cluster; a matter of speed alone."""
    return min(MOST, max(LEAST, -(-blocks // (SHARDS_EACH * max(1, threads)))))


def _job(job: Job) -> Job:
    """The job itself: as the result of a task it is kept by the workers, and made again where they are lost."""
    return job


def _part(client: Client, sent: Any, job: Job, first: int, blocks: int) -> Tally:
    """One run of blocks of a job that was sent, shard by shard."""
    with told_when_lost(client):
        shards = split(first, blocks, shard_size(blocks, sum(client.nthreads().values())))
        waiting = [client.submit(counted, sent, start, size, pure=False) for start, size in shards]
    try:
        with client.as_current():
            return _sum(_results(client, waiting), blocks, lambda done: _tell(job, first + done))
    finally:
        _cancel(client, waiting)


def _tell(job: Job, done: int) -> None:
    if job.draws.progress is not None:
        job.draws.progress(done, job.draws.blocks)


def _sum(parts: Iterator[Tally], blocks: int, tell: Callable[[int], None]) -> Tally:
    """The sum of shards as they come in."""
    total: Tally | None = None
    for tally in parts:
        total = tally if total is None else total + tally
        tell(total.blocks)
    if total is None or total.blocks != blocks:
        raise Unavailable(Wanted("the scheduler of the cluster is gone"))
    return total


def _results(client: Client, waiting: Sequence[Any]) -> Iterator[Tally]:
    """The shards' counts, whichever is done first, each let go of on the cluster; the first failure of a shard of its own."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    failed: BaseException | None = None
    with told_when_lost(client):
        for done in as_completed(waiting):
            if done.status == "error" and not isinstance(failed := done.exception(), KilledWorker):
                break  # to be raised as it is: whatever kind it is of, the cluster is there
            tally = done.result()
            done.release()
            yield tally
    if failed is not None:
        raise failed
