"""Futures on a cluster are the futures of one process, and a cluster that cannot be used is told in one line."""

from __future__ import annotations

import socket

import pytest

from exitplan.domain.errors import InvalidValue, NotFound, Unavailable
from exitplan.usecases import cluster
from exitplan.usecases.answers import as_json
from exitplan.usecases.cluster import counting
from exitplan.usecases.futures import futures, futures_of_many

FEW = {"futures": 640, "horizon": 6}


@pytest.fixture
def impatient(monkeypatch) -> str:
    """An address where nobody listens, asked for no longer than a second."""
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.socket() as free:
        free.bind((cluster.LOOPBACK, 0))
        return f"tcp://{cluster.LOOPBACK}:{free.getsockname()[1]}"


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told(impatient):
    """With its address, and no trace of Dask's own."""
    with pytest.raises(Unavailable, match=f"^no scheduler answers at {impatient}"), counting(impatient):
        pass


@pytest.mark.parametrize("address", ["nonsense://x", "host", "tcp://a/b:1", "tcp://host:port", ""])
def test_an_address_that_is_none_is_refused(address):
    """Before anything is connected."""
    with pytest.raises(InvalidValue, match="the address of a scheduler"), counting(address):
        pass


def test_a_cluster_and_workers_of_ones_own_are_one_too_many(impatient):
    """Which of them should count?"""
    with pytest.raises(InvalidValue, match="one of the two"), counting(impatient, 2):
        pass


def test_nobody_in_particular_counts_where_nothing_is_said():
    """Then Dask is not even imported."""
    with counting() as count:
        assert count is None


@pytest.mark.parametrize("asked", [{"workers": 2}, {"cluster": "tcp://127.0.0.1:9"}])
def test_without_dask_it_says_what_to_install(monkeypatch, asked):
    """The extra is optional."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Unavailable, match=r"pip install 'exitplan\[cluster\]'"):
        futures("kasanda", **FEW, **asked)


@pytest.mark.slow
def test_many_missions_and_plans_are_counted_in_one_call():
    """On two workers: the bytes of each answer are those of one process, in the order asked for."""
    asked = [("kasanda", "P-CONDITIONS"), ("kasanda", "P-CALENDAR"), ("liberia-2015", None)]
    told: list[tuple[int, int]] = []
    many = futures_of_many(asked, **FEW, workers=2, progress=lambda done, whole: told.append((done, whole)))

    assert [as_json(a.answer) for a in many] == [as_json(futures(m, plan=p, **FEW).answer) for m, p in asked]
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.slow
def test_every_port_is_on_the_loopback_interface_and_two_clusters_do_not_meet():
    """Scheduler, workers and those who watch them: nobody outside this machine reaches any."""
    import psutil

    with cluster.local_cluster(1) as one, cluster.local_cluster(1) as other:
        here = psutil.Process()
        everybody = [here, *here.children(recursive=True)]
        heard = [c.laddr.ip for p in everybody for c in p.net_connections("inet") if c.status == psutil.CONN_LISTEN]

        assert one.scheduler_address != other.scheduler_address
        assert len(heard) >= 8
        assert set(heard) == {cluster.LOOPBACK}


@pytest.mark.slow
def test_workers_with_other_software_are_refused(monkeypatch):
    """Another release of numba may round otherwise: then it is not the same answer."""
    ours = cluster.versions()
    monkeypatch.setattr(cluster, "versions", lambda: ours | {"numba": "0.1"})
    with cluster.local_cluster(1) as started:
        monkeypatch.setattr(cluster, "_theirs", lambda: ours)
        with (
            pytest.raises(Unavailable, match=r"other software than this: numba .* \(0\.1\)"),
            counting(started.scheduler_address),
        ):
            pass


def test_an_unknown_plan_ends_many_before_anything_is_counted(monkeypatch):
    """Nobody waits an hour to read of a slip in the last line."""
    monkeypatch.setattr("exitplan.usecases.futures._answer", lambda *_: pytest.fail("counted"))
    with pytest.raises(NotFound):
        futures_of_many([("kasanda", None), ("kasanda", "P-NOWHERE")], **FEW)


@pytest.mark.slow
def test_an_error_in_progress_ends_all_of_many():
    """Nothing goes on behind the reader's back."""

    class Enough(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        futures_of_many([("kasanda", None), ("kasanda", None)], **FEW, progress=stop)
