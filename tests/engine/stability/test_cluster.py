"""A Dask cluster counts to the bits of one process, also where a worker is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from distributed import CancelledError

from exitplan.domain.errors import Unavailable
from exitplan.engine.stability.benchmarks import own_months
from exitplan.engine.stability.cluster import LEAST, MOST, counted_by, shard_size
from exitplan.engine.stability.fit import fit
from exitplan.engine.stability.futures import Draws, draw
from exitplan.engine.stability.shards import Job, counted_here
from exitplan.usecases.cluster import client_at, local_cluster
from tests.engine.stability.test_futures import leaving, same

SECONDS = 60


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """One worker process on the loopback interface; tests add others."""
    with local_cluster(1) as started:
        yield started


@pytest.fixture
def job(lively, priors) -> Job:
    """Two thousand blocks under a mission that leaves: 125 shards for one worker, of 16 blocks."""
    return Job(fitted=fit(lively, priors), panel=lively, presence=leaving(5, 24), draws=Draws(seed=9, futures=64_000))


def _until(true: Callable[[], bool]) -> None:
    """Wait for something, a minute at most."""
    for _ in range(SECONDS * 20):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


def _watched(job: Job, progress) -> Job:
    return replace(job, draws=replace(job.draws, progress=progress))


@pytest.mark.slow
def test_threads_and_workers_give_the_same_bits(cluster, job):
    """One and two threads, one, two and three workers, the model and the own past."""
    own = replace(job, fitted=None, past=own_months(job.panel, 36))
    alone, alone_own = draw(job.fitted, job.panel, job.presence, job.draws), counted_here(own)
    assert same(alone, draw(job.fitted, job.panel, job.presence, replace(job.draws, threads=2)))
    for workers in (1, 2, 3):
        cluster.scale(workers)
        cluster.sync(cluster._correct_state)
        with client_at(cluster.scheduler_address) as client:
            client.wait_for_workers(workers, timeout=SECONDS)
            assert same(alone, counted_by(client)(job))
            assert same(alone_own, counted_by(client)(own))


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_is_survived_to_the_same_bits(cluster, job):
    """SIGKILL to the process of a worker between two shards: what it had and what it was at is counted again."""
    cluster.scale(2)
    killed: list[tuple[int, int, int]] = []
    with client_at(cluster.scheduler_address) as client:
        client.wait_for_workers(2, timeout=SECONDS)

        def kill_one(done: int, whole: int) -> None:
            if not killed:
                worker = next(w for w in cluster.workers.values() if w.pid)
                os.kill(worker.pid, signal.SIGKILL)
                killed.append((worker.pid, done, whole))

        many = counted_by(client)(_watched(job, kill_one))
        ((pid, done, whole),) = killed

        assert same(many, counted_here(job))
        assert 0 < done < whole
        assert pid not in client.run(os.getpid).values()


@pytest.mark.slow
def test_a_cancelled_count_leaves_nothing_on_the_cluster(cluster, job):
    """An exception raised in progress comes through, and the workers are free for others."""

    class Enough(OSError):  # as an error of the cluster would be
        pass

    def stop(done: int, whole: int) -> None:
        raise Enough

    with client_at(cluster.scheduler_address) as client:
        with pytest.raises(Enough):
            counted_by(client)(_watched(job, stop))
        _until(lambda: client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)) == 0)

        assert same(counted_by(client)(job), counted_here(job))


@pytest.mark.slow
def test_work_that_kills_every_worker_is_given_up(cluster, job, monkeypatch):
    """Rather than killing one worker after the other without end."""
    monkeypatch.setattr("exitplan.engine.stability.cluster.counted", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with client_at(cluster.scheduler_address) as client:
        client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
        with pytest.raises(Unavailable, match="died over it"):
            counted_by(client)(job)


@pytest.mark.slow
def test_a_scheduler_that_is_killed_in_the_middle_is_told_in_one_line(job, tmp_path):
    """Whatever is called on it afterwards, taking the work back among it."""
    where = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m"]
    alone = ["--scheduler-file", str(where), "--host", "127.0.0.1", "--no-dashboard"]
    scheduler = _started([*dask, "distributed.cli.dask_scheduler", *alone, "--port", "0"], tmp_path)
    _until(where.exists)
    worker = _started([*dask, "distributed.cli.dask_worker", *alone, "--nthreads", "1", "--no-nanny"], tmp_path)
    try:
        address = json.loads(where.read_text())["address"]

        def kill(done: int, whole: int) -> None:
            scheduler.kill()
            scheduler.wait()

        with client_at(address) as client:
            with pytest.raises(Unavailable, match="the scheduler of the cluster is gone"):
                counted_by(client)(_watched(job, kill))
            for _ in range(2):
                with pytest.raises(Unavailable, match="the scheduler of the cluster is gone"):
                    counted_by(client)(job)
                _until(lambda: client.status == "closed")
        assert scheduler.returncode == -signal.SIGKILL
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("call", ["nthreads", "submit", "cancel"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError("closed"), "running"),
        (CancelledError("lost"), "running"),
        (AttributeError("ncores"), "closed"),
    ],
    ids=lambda x: type(x).__name__ if isinstance(x, Exception) else x,
)
def test_any_call_on_a_lost_cluster_is_told_the_same_way(job, call, error, status):
    """Work that cannot be taken back does not hide why."""

    def gone(*_: object, **__: object) -> None:
        raise error

    client = SimpleNamespace(
        nthreads=dict, submit=lambda *_, **__: None, cancel=lambda *_: None, as_current=nullcontext, status=status
    )
    setattr(client, call, gone)
    if call == "cancel":
        client.nthreads = lambda: (_ for _ in ()).throw(OSError("closed"))
    with pytest.raises(Unavailable, match="the scheduler of the cluster is gone"):
        counted_by(client)(job)


def test_what_is_not_the_clusters_fault_comes_through(job):
    """An error of ours is not told as a lost scheduler."""

    def faulty(*_: object, **__: object) -> None:
        raise AttributeError("ours")

    client = SimpleNamespace(nthreads=faulty, submit=faulty, cancel=lambda *_: None, status="running")
    with pytest.raises(AttributeError, match="ours"):
        counted_by(client)(job)


@pytest.mark.slow
def test_an_error_of_a_shard_is_its_own(cluster, job, monkeypatch):
    """One of the kind that a lost connection raises, on a cluster that is well."""

    def broken(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("exitplan.engine.stability.cluster.counted", broken)
    with client_at(cluster.scheduler_address) as client, pytest.raises(OSError, match="no room"):
        counted_by(client)(job)


@pytest.mark.slow
def test_several_histories_are_counted_to_the_bits_of_one_process(cluster, job):
    """With an error wanted of all of them together."""
    draws = replace(job.draws, futures=32_000, error=0.008)
    jobs = [replace(job, draws=replace(draws, seed=seed)) for seed in (1, 2)]
    with client_at(cluster.scheduler_address) as client:
        assert same(counted_by(client)(*jobs), counted_here(*jobs))


def test_a_shard_is_worth_the_way_and_can_be_done_again():
    """Eight for each thread, within bounds."""
    assert shard_size(2, 100) == LEAST
    assert shard_size(10_000, 4) == 313
    assert shard_size(10_000_000, 4) == MOST
    assert shard_size(1000, 0) == shard_size(1000, 1) == 125
