"""More than one machine: the workers of a Dask cluster, or processes of this machine that act as one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from exitplan.domain.errors import InvalidValue, Unavailable
from exitplan.domain.findings import Wanted
from exitplan.usecases.answers import versions

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

    from exitplan.engine.stability.shards import Count

PATIENCE = 10
"""Seconds that a scheduler may take to answer, and a cluster without workers to get one."""
LOOPBACK = "127.0.0.1"
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""What a worker process does first: a terminal sends Ctrl-C to all of them, but who began them ends them, in order."""
ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^/\s]+:[0-9]+")


@contextmanager
def counting(address: str | None = None, workers: int | None = None) -> Iterator[Count | None]:
    """
    Whoever counts futures: the cluster at an address, so many worker processes of this machine, or nobody in particular.

    Parameters
    ----------
    address
        Of the scheduler, such as `tcp://10.0.0.5:8786`.
    workers
        Processes, one or more, which are started on the loopback interface and ended afterwards.

    Yields
    ------
    Count or None
        None where neither is given: this process counts by itself.

    Raises
    ------
    InvalidValue
        When both are given, or the address is none.
    Unavailable
        When Dask is not installed, no scheduler or worker answers, or a worker has other software.
    """
    if address is not None and workers is not None:
        raise InvalidValue("--cluster, --workers", address, Wanted("one of the two"))
    if address is None and workers is None:
        yield None
        return
    from exitplan.engine.stability.cluster import counted_by

    if address is not None:
        with client_at(address) as client:
            yield counted_by(client)
    else:
        with local_cluster(workers or 1) as cluster, client_at(cluster.scheduler_address) as client:
            yield counted_by(client)


@contextmanager
def local_cluster(workers: int) -> Iterator[LocalCluster]:
    """
    A scheduler and worker processes, all of whose ports are on the loopback interface; all gone afterwards. Raises Unavailable.

    Dask opens a port for its metrics even where no dashboard is wanted, on every interface unless told otherwise.
    """
    _need_dask()
    from distributed import LocalCluster

    with (
        TemporaryDirectory(prefix="exitplan-workers-") as folder,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            dashboard_address=f"{LOOPBACK}:0",
            worker_dashboard_address=f"{LOOPBACK}:0",
            local_directory=folder,
            preload=DEAF,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


@contextmanager
def client_at(address: str) -> Iterator[Client]:
    """
    A connection to a scheduler whose workers have this very software.

    Raises
    ------
    Unavailable
        When Dask is not installed, no scheduler or worker answers in ten seconds or it is lost at once, or a worker has other software.
    InvalidValue
        When the address is none.
    """
    _need_dask()
    if not ADDRESS.fullmatch(address):
        raise InvalidValue("--cluster", address, Wanted("the address of a scheduler, such as tcp://127.0.0.1:8786"))
    from distributed import Client

    from exitplan.engine.stability.cluster import told_when_lost

    # Dask tells of lost workers and closed connections in its own log; what matters of them comes as an error.
    for name in ["distributed", *logging.root.manager.loggerDict]:
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except OSError:
        raise Unavailable(Wanted("no scheduler answers at {address}", address=address)) from None
    with client:
        with told_when_lost(client):
            try:
                client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError:
                raise Unavailable(Wanted("the scheduler at {address} has no workers", address=address)) from None
            _same_software(client)
        yield client


def _same_software(client: Client) -> None:
    """Refuse workers whose software could change a bit of a result."""
    ours = versions()
    for worker, theirs in sorted(client.run(_theirs, on_error="return").items()):
        if isinstance(theirs, BaseException):
            raise Unavailable(Wanted("the worker {worker} has no Exitplan", worker=worker))
        other = [f"{name} {theirs.get(name)} ({ours[name]})" for name in ours if theirs.get(name) != ours[name]]
        if other:
            raise Unavailable(
                Wanted(
                    "the worker {worker} has other software than this: {names}", worker=worker, names=", ".join(other)
                )
            )


def _theirs() -> dict[str, str]:
    """What a worker has; runs there."""
    return versions()


def _need_dask() -> None:
    """Raise Unavailable, with what to do, where the extra is not installed."""
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise Unavailable(Wanted("Dask is not installed: pip install 'exitplan[cluster]'"))
