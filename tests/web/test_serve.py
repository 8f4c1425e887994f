"""The server as people run it: a real process that answers, works, stops, and whose work outlives a worker that dies."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exitplan.domain.roles import Reader
from exitplan.usecases import working
from tests.web.conftest import MISSION

OPTIONS = {"plan": "P-CALENDAR", "scenario": None, "futures": 100, "horizon": 6, "seed": 1}


@pytest.fixture
def served(home: Path):
    """A server on a port of its own over the test's database, with its worker; stopped afterwards."""
    environment = {**os.environ, "EXITPLAN_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "exitplan.cli", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    yield re.search(r"http://\S+/", line)[0], process
    if process.poll() is None:
        process.kill()
    process.wait(20)
    process.stdout.close()


def get(address: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, content and headers; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        request = urllib.request.Request(address, headers=headers)
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


@pytest.mark.slow
def test_serve_answers_strangers_and_stops_when_told(served):
    """Health 200, pages 302 to the sign-in, files eternal and packed; SIGTERM ends it within ten seconds, worker and all."""
    address, process = served
    assert get(f"{address}healthz")[0] == 200
    status, _, headers = get(address)
    assert (status, headers["Location"]) == (302, "/sign-in/?next=/")
    page = get(f"{address}sign-in/")[1].decode()
    style = re.search(r'href="(/static/exitplan.css[^"]*)"', page)[1]
    status, _, headers = get(address.rstrip("/") + style, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


def rows_of(mission: str) -> int:
    """Measurements that are kept of a mission, reviewed or not; the worker's own changes do not count."""
    from exitplan.store.models import Mission

    return int(Mission.objects.get(code=mission).measurements.count())


@pytest.mark.slow
def test_an_upload_that_is_cut_off_leaves_nothing(served):
    """Half of a request is no request: nothing is written and the others are served; the whole of it is taken in."""
    from exitplan.store import accounts

    address = served[0]
    ends = datetime.now(UTC) + timedelta(days=1)
    key = accounts.new_token("planner.kasanda", MISSION, name="test", scope="write", expires=ends)
    row = {"indicator": "I-POL-STRENGTH", "version": 1, "date": "2026-06-15", "value": 14610}
    body = json.dumps({"rows": [row], "why": "test"}).encode()
    head = (
        f"POST /api/v1/missions/{MISSION}/measurements HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    port = int(address.rstrip("/").rpartition(":")[2])
    before = rows_of(MISSION)

    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head + body[: len(body) // 2])
    assert get(f"{address}healthz")[0] == 200
    assert rows_of(MISSION) == before

    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head + body)
        assert line.makefile("rb").readline().split()[1] == b"201"
    assert rows_of(MISSION) == before + 1


@pytest.mark.slow
def test_several_processes_share_one_address_and_end_together(home):
    """While one of them is stuck the other answers; whoever ends the first ends both."""
    environment = {**os.environ, "EXITPLAN_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "exitplan.cli", "serve", "--port", "0", "--no-worker", "--processes", "2"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+/", process.stdout.readline())[0]
        assert get(f"{address}healthz")[0] == 200
        process.send_signal(signal.SIGSTOP)
        assert get(f"{address}healthz")[0] == 200
        process.send_signal(signal.SIGCONT)
        process.terminate()
        assert process.wait(20) == 0
        with pytest.raises(urllib.error.URLError):
            get(f"{address}healthz")
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(20)
        process.stdout.close()


@pytest.mark.slow
def test_work_asked_for_is_done_by_the_worker_beside_the_server(served, home):
    """A run goes from queued to done while the server answers."""
    from exitplan.store import runs

    number = runs.ask(MISSION, "futures", OPTIONS, Reader("planner", name="planner.kasanda"))
    deadline = time.monotonic() + 120
    while runs.standing(MISSION, number).state not in ("done", "failed") and time.monotonic() < deadline:
        assert get(f"{served[0]}healthz")[0] == 200
        time.sleep(0.5)
    assert runs.standing(MISSION, number).state == "done"
    assert runs.result(MISSION, number)["answer"]["result"]["futures"] >= 100


def ask(task: str = "futures") -> int:
    """A run in the queue."""
    from exitplan.store import runs

    return runs.ask(MISSION, task, OPTIONS, Reader("planner", name="planner.kasanda"))


def replaced(monkeypatch: pytest.MonkeyPatch, work) -> None:
    """Something quick in the place of the futures."""
    from exitplan.usecases import tasks

    monkeypatch.setattr(tasks, "TASKS", {"futures": work})


def test_a_worker_empties_the_queue_in_order(home, monkeypatch):
    """Each run is done once, for the reader who asked, and its result kept."""
    from exitplan.store import runs

    seen = []
    replaced(monkeypatch, lambda view, options, progress: seen.append(view.reader.role) or {"n": len(seen)})
    first, second = ask(), ask()
    assert working.work(threading.Event(), once=True) == 2
    assert [runs.result(MISSION, n) for n in (first, second)] == [{"n": 1}, {"n": 2}]
    assert seen == ["planner", "planner"]


def test_what_is_wrong_with_a_run_is_kept_with_it(home, monkeypatch):
    """A fault of the input is told; our own bug gets a reference and no details."""
    from exitplan.domain.errors import NotFound
    from exitplan.store import runs

    def unknown(*_: object) -> None:
        raise NotFound("plan", "P9")

    replaced(monkeypatch, unknown)
    first = ask()
    working.work(threading.Event(), once=True)
    assert runs.standing(MISSION, first).state == "failed"
    assert runs.result(MISSION, first)["findings"][0]["value"] == "P9"

    def broken(*_: object) -> None:
        raise RuntimeError("a secret detail")

    replaced(monkeypatch, broken)
    second = ask()
    working.work(threading.Event(), once=True)
    assert runs.standing(MISSION, second).reference
    assert "secret" not in str(runs.result(MISSION, second))


def test_a_cancelled_run_stops_at_its_next_step(home, monkeypatch):
    """Progress is noted from beside the work; asked to stop, the work ends as cancelled."""
    from exitplan.store import runs

    monkeypatch.setattr(working, "SIGN_OF_LIFE", timedelta(seconds=0.25))

    def patient(view, options, progress):
        for step in range(400):
            progress(step, 400)
            time.sleep(0.02)
            if step == 10:
                runs.cancel(MISSION, number, datetime.now(UTC))
        return {}

    replaced(monkeypatch, patient)
    number = ask()
    working.work(threading.Event(), once=True)
    assert runs.standing(MISSION, number).state == "cancelled"


def test_a_worker_told_to_stop_hands_its_run_back(home, monkeypatch):
    """The run is interrupted, not lost: it can be asked for again."""
    from exitplan.store import runs

    stop = threading.Event()

    def stopping(view, options, progress):
        stop.set()
        progress(1, 2)
        return {}

    replaced(monkeypatch, stopping)
    number = ask()
    working.work(stop)
    assert runs.standing(MISSION, number).state == "interrupted"
    again = runs.again(MISSION, number, Reader("planner", name="planner.kasanda"))
    assert runs.standing(MISSION, again).state == "queued"


def test_a_run_whose_worker_died_is_marked_at_the_next_look(home):
    """A silent run is interrupted by whichever worker comes next."""
    from exitplan.store import runs

    number = ask()
    long_ago = datetime.now(UTC) - 2 * runs.SILENCE
    assert runs.take("dead", long_ago).id == number
    working.work(threading.Event(), once=True)
    assert runs.standing(MISSION, number).state == "interrupted"
