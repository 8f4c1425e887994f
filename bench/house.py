"""How the house holds a large mission: pages, their weight, fifty readers at once, an upload, and Django's own lists beside it.

The mission is the fictional one several times over (`bench/enlarged.py`), put into a database of its own in a temporary
folder. Pages are answered in this process, so that their queries can be counted; the readers and the upload come over the
loopback to `exitplan serve` as anybody's would. Nothing is asserted.
"""

from __future__ import annotations

import gzip
import http.client
import json
import logging
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.enlarged import COPIES, Enlarged, enlarged
from exitplan.domain.roles import ROLES, Reader

PAGE_SECONDS, PAGE_QUERIES = 0.150, 60
FIRST_BYTES, NEXT_BYTES = 300_000, 60_000
READERS, READS, TAIL_SECONDS = 50, 12, 2.0
UPLOAD_ROWS, UPLOAD_SECONDS = 10_000, 5.0
REPEATS = 7
PROCESSES = os.cpu_count() or 1
"""Processes of the server: one for each core, as a team would run it."""
SHOWN = 12
"""Routes shown, the slowest first; the rest are counted."""

PASSWORD = "a long sentence about rivers"
MISSION, PARTNER = "KASANDA", "P-CALVESSA"
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
SLOWEST_ANSWER = 60.0
"""Seconds after which a reader gives up; that counts as an error."""
SLOWEST_START = 300.0
"""The same for whoever comes first after a start, when everything has to be worked out."""

READ = ("", "benchmarks/", "gates/", "handovers/", "sites/", "risks/", "measurements/", "activities/", "entries/site/")
"""Pages that the readers open, each in an order of their own."""

KIND = "activity"
"""The kind with the most entries stands for the pages of every kind."""


@dataclass(frozen=True)
class Paged:
    """One route: its median, the slowest of its repeats, the first one, in seconds; CPU seconds; and its queries."""

    name: str
    median: float
    cpu: float
    first: float
    queries: int
    status: int


def stock(home: Path, big: Enlarged) -> dict[str, str]:
    """Fill a home with the mission and its people; returns the session cookie of each person."""
    os.environ["EXITPLAN_HOME"] = str(home)
    from exitplan.usecases.home import open_store
    from exitplan.web.settings import settings

    open_store(settings(home, secure=False))
    from exitplan.store import missions
    from exitplan.store.models import EventRow, Mission
    from exitplan.usecases import people

    missions.create(big.dossier, who="bench", why="put in to be measured", at=AT)
    held = Mission.objects.get(code=MISSION)
    EventRow.objects.bulk_create(
        [
            EventRow(mission=held, event=row.pop("id"), source="SRC-EVENTS", **row)
            for row in big.events.frame.iter_rows(named=True)
        ],
        batch_size=5000,
    )
    names = {"owner": "owner", "planner": "planner", **{f"reader-{n}": ROLES[n % len(ROLES)] for n in range(READERS)}}
    for name, role in names.items():
        people.add_account(None, name, PASSWORD, is_operator=name == "owner")
        partner = PARTNER if role == "partner" else ""
        people.give_role_at_machine(MISSION, name, role, partner=partner, why="measured", at=AT)
    _use()
    return {name: _session(name) for name in names}


def _use() -> None:
    """What only use brings: a document, futures, a brief."""
    from exitplan.usecases import asking, documents, working
    from exitplan.usecases.board import view

    owner = Reader("owner", name="owner")
    documents.keep(
        owner,
        MISSION,
        [b"Invented minutes.\n"],
        title="Minutes",
        name="minutes.txt",
        classification="open",
        why="x",
        at=AT,
    )
    seen = view(MISSION, owner)
    for plan in ("P-CALENDAR", "P-CONDITIONS"):
        asking.ask_futures(seen, plan=plan, scenario=None, futures=200, horizon=12)
    asking.ask_brief(seen, lang="en")
    asking.ask_verification(seen)
    asking.ask_paper(seen, kind="fact-sheet", form="pdf", lang="en")
    working.work(threading.Event(), once=True)


def _session(username: str) -> str:
    from django.contrib.sessions.backends.db import SessionStore

    from exitplan.usecases.people import SignedIn, sign_in

    answer = sign_in(username, PASSWORD, "127.0.0.1", datetime.now(UTC))
    assert isinstance(answer, SignedIn)
    session = SessionStore()
    session.update(
        {
            "account": answer.account,
            "password": answer.password_stamp,
            "seen": int(datetime.now(UTC).timestamp()),
            "second_factor": True,
        }
    )
    session.save()
    return str(session.session_key)


def addresses(big: Enlarged) -> dict[str, str]:
    """One address for each route that can be opened, by the route's name."""
    from exitplan.store.models import Document, MeasurementRow, Revision, Run
    from exitplan.web.routes import ROUTES

    entries = big.dossier.entries
    runs = {run.task: run.pk for run in Run.objects.order_by("id")}
    codes = {name: entries[name][0].code for name in entries}
    numbers = {
        "measurement": MeasurementRow.objects.order_by("-date").values_list("pk", flat=True)[0],
        "history-verify": runs["verify"],
        "history": Revision.objects.filter(kind="site").values_list("number", flat=True)[0],
        "document": Document.objects.values_list("pk", flat=True)[0],
        "futures": runs["futures"],
        "report": runs["brief"],
    }
    if "paper" in runs:
        numbers["paper"] = runs["paper"]
    found, without = {}, []
    for route in ROUTES:
        if "GET" not in route.methods:
            continue
        stem = route.name.split("-")[0]

        def value(match: re.Match[str], stem: str = stem, named: str = route.name) -> str:
            name = match[2]
            if name == "mission":
                return MISSION
            if match[1] == "int":
                return str(next(n for start, n in numbers.items() if named.startswith(start)))
            if name == "kind":
                return KIND
            if name == "code":
                return codes[KIND if stem == "entry" else stem]
            return "brief.pdf"

        try:
            found[route.name] = "/" + re.sub(r"<(\w+):(\w+)>", value, route.path)
        except (StopIteration, KeyError):
            without.append(route.name)
    if without:
        print(f"Not opened, for want of something to show: {', '.join(without)}", flush=True)
    found["search"] += "?q=police"
    found["futures-compare"] += f"?a={runs['futures'] - 1}&b={runs['futures']}"
    return found


def pages(session: str, where: dict[str, str]) -> list[Paged]:
    """Every page several times in this process, as one person."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client, override_settings

    logging.getLogger("django.request").setLevel(logging.ERROR)  # refusals are counted below, not told one by one
    browser = Client(raise_request_exception=False, headers={"accept-encoding": "gzip"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    found = []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for name, address in where.items():
            walls, cpus, queries = [], [], 0

            def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
                nonlocal queries
                queries += 1
                return execute(sql, params, many, context)

            for _ in range(REPEATS + 1):
                queries = 0
                with connection.execute_wrapper(count):
                    wall, cpu = time.perf_counter(), time.process_time()
                    answer = browser.get(address)
                    if answer.streaming:
                        b"".join(answer.streaming_content)
                    walls.append(time.perf_counter() - wall)
                    cpus.append(time.process_time() - cpu)
            found.append(
                Paged(
                    name,
                    statistics.median(walls[1:]),
                    statistics.median(cpus[1:]),
                    walls[0],
                    queries,
                    answer.status_code,
                )
            )
    return found


class Server:
    """`exitplan serve` on a free port of this machine."""

    def __init__(self, home: Path) -> None:
        self.log = home / "server.log"
        command = [sys.executable, "-m", "exitplan.cli", "serve", "--port", "0", "--no-worker"]
        command += ["--processes", str(PROCESSES)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, "EXITPLAN_HOME": str(home)}, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + 60
        while "/ " not in (said := self.log.read_text()):
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(said or "the server did not open")
            time.sleep(0.05)
        self.port = int(re.findall(r":(\d+)/ ", said)[0])

    def cpu(self) -> float:
        """CPU seconds that the server's processes have used so far."""
        own = str(self.process.pid)
        used = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # gone in the meantime
                told = status.read_text().rpartition(")")[2].split()
                if status.parent.name == own or told[1] == own:
                    used += int(told[11]) + int(told[12])
        return used / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """A server for as long as it is needed."""
    server = Server(home)
    try:
        yield server
    finally:
        server.stop()


class Browser:
    """A connection that is kept, with a session and what was cached."""

    def __init__(self, port: int, session: str = "", *, patience: float = SLOWEST_ANSWER, **headers: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        self.headers = {"Accept-Encoding": "gzip", "Connection": "keep-alive", **headers}
        if session:
            self.headers["Cookie"] = f"sessionid={session}"

    def ask(self, address: str, body: bytes | None = None) -> tuple[int, bytes, int]:
        """Status, body as it came, and bytes on the line with the head of the answer."""
        self.line.request("GET" if body is None else "POST", address, body, self.headers)
        answer = self.line.getresponse()
        content = answer.read()
        return answer.status, content, len(content) + len(str(answer.headers)) + 17


def weight(browser: Browser) -> tuple[int, int]:
    """Bytes of the overview with all it needs on a first visit, and again when browsers have kept what they may."""
    status, content, page = browser.ask(f"/m/{MISSION}/")
    assert status == 200, status
    text = gzip.decompress(content).decode()
    needed = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))
    return page + sum(browser.ask(address)[2] for address in needed), browser.ask(f"/m/{MISSION}/")[2]


def crowd(port: int, sessions: Sequence[str]) -> tuple[list[float], list[str], float]:
    """Every reader opens pages one after the other without a pause. Seconds of each answer, errors, seconds in all."""
    waited: list[float] = []
    errors: list[str] = []
    ready = threading.Barrier(len(sessions) + 1)

    def read(number: int, session: str) -> None:
        order = random.Random(number).choices(READ, k=READS)
        browser = Browser(port, session)
        ready.wait()
        for page in order:
            start = time.perf_counter()
            try:
                status, content, _ = browser.ask(f"/m/{MISSION}/{page}")
                if status != 200 or not content:
                    errors.append(f"{page}: {status}")
            except OSError as error:
                errors.append(f"{page}: {error}")
                browser = Browser(port, session)
            waited.append(time.perf_counter() - start)

    threads = [threading.Thread(target=read, args=pair) for pair in enumerate(sessions)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return waited, errors, time.perf_counter() - start


def upload(port: int, big: Enlarged) -> tuple[float, int, int]:
    """New measurements as one JSON call to the API: seconds, status and rows taken in."""
    from exitplan.store import accounts

    key = accounts.new_token("planner", MISSION, name="bench", scope="write", expires=datetime.now(UTC) + timedelta(1))
    frame = big.dossier.measurements.frame
    newest = frame.sort("date", descending=True).head(UPLOAD_ROWS)
    shift = timedelta(days=29)
    rows = [
        {**{k: v for k, v in row.items() if v not in (None, "")}, "date": (row["date"] - shift).isoformat()}
        for row in newest.iter_rows(named=True)
    ]
    body = json.dumps({"why": "a year of reports", "rows": rows}).encode()
    browser = Browser(port, **{"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    start = time.perf_counter()
    status, content, _ = browser.ask(f"/api/v1/missions/{MISSION}/measurements", body)
    seconds = time.perf_counter() - start
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return seconds, status, len(json.loads(content).get("ids", ()))


def _against(value: float, limit: float) -> str:
    return f"{value / limit:5.2f} of the limit{'' if value <= limit else '  OVER'}"


def main(copies: int = COPIES) -> dict[str, float]:
    """Print every figure against its limit and against Django's own lists; returns the ratios by name."""
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), copies)


def measure(home: Path, copies: int) -> dict[str, float]:
    """All of it in one home."""
    start = time.perf_counter()
    big = enlarged(copies)
    sessions = stock(home, big)
    dossier = big.dossier
    print(
        f"Kasanda x {copies}: {len(dossier.everything()):,} entries, {len(dossier.measurements):,} measurements, "
        f"{len(big.events):,} events, {len(dossier.area_months):,} area-months; put in in {time.perf_counter() - start:.0f} s"
    )
    found: dict[str, float] = {}
    where = addresses(big)
    owner, planner = pages(sessions["owner"], where), pages(sessions["planner"], where)
    worst = [max(pair, key=lambda p: p.median) for pair in zip(owner, planner, strict=True)]
    worst.sort(key=lambda p: p.median, reverse=True)
    print(f"\nPages, {len(worst)} routes as owner and planner, the slower of both; median of {REPEATS} after the first")
    print(f"  {'route':26} {'median':>9} {'CPU':>9} {'first':>9} {'queries':>8}  status")
    for p in worst[:SHOWN]:
        print(
            f"  {p.name:26} {p.median * 1e3:6.0f} ms {p.cpu * 1e3:6.0f} ms {p.first * 1e3:6.0f} ms {p.queries:8}  {p.status}"
        )
    most = max(p.queries for p in (*owner, *planner))
    over = [p.name for p in worst if p.median > PAGE_SECONDS]
    odd = [f"{p.name} {p.status}" for p in owner if p.status not in (200, 302)]
    print(f"  the other {len(worst) - SHOWN}: at most {worst[SHOWN].median * 1e3:.0f} ms")
    print(
        f"  slowest median {_against(worst[0].median, PAGE_SECONDS)}; {len(over)} over; most queries {most}: ", end=""
    )
    print(_against(most, PAGE_QUERIES) + (f"; not answered: {', '.join(odd)}" if odd else ""))
    found |= {"page_median": worst[0].median / PAGE_SECONDS, "page_queries": most / PAGE_QUERIES}
    by_name = {p.name: p for p in worst}

    with serving(home) as server:
        cpu, began = server.cpu(), time.perf_counter()
        first, again = weight(Browser(server.port, sessions["owner"], patience=SLOWEST_START))
        print(
            f"\nFirst overview after a start {time.perf_counter() - began:.1f} s, {server.cpu() - cpu:.1f} CPU-s; no limit was set"
        )
        print(f"Overview  {first / 1e3:.0f} KB on first visit, {_against(first, FIRST_BYTES)}")
        print(f"          {again / 1e3:.0f} KB again,          {_against(again, NEXT_BYTES)}")
        crowded = [session for name, session in sessions.items() if name.startswith("reader-")]
        for _ in range(3 * PROCESSES):  # in each process what one of each role sees is worked out before the clock runs
            for session in crowded[: len(ROLES)]:
                for page in READ:
                    Browser(server.port, session, patience=SLOWEST_START).ask(f"/m/{MISSION}/{page}")
        cpu = server.cpu()
        waited, errors, seconds = crowd(server.port, crowded)
        cpu = server.cpu() - cpu
        waited.sort()
        tail = waited[int(len(waited) * 0.99)]
        print(
            f"\n{READERS} readers of {len(ROLES)} roles, {len(waited)} pages without a pause, {PROCESSES} processes: {len(waited) / seconds:.0f} pages/s, "
            f"{cpu / len(waited) * 1e3:.0f} ms CPU each, {len(errors)} errors {sorted(set(errors))[:3] or ''}"
        )
        print(f"  median {statistics.median(waited):.2f} s, p99 {tail:.2f} s, {_against(tail, TAIL_SECONDS)}")
        took, status, taken = upload(server.port, big)
        print(f"\nUpload of {taken:,} measurements (status {status}): {took:.2f} s, {_against(took, UPLOAD_SECONDS)}")
    found |= {"first_bytes": first / FIRST_BYTES, "next_bytes": again / NEXT_BYTES}
    found |= {"tail": tail / TAIL_SECONDS, "errors": len(errors), "upload": took / UPLOAD_SECONDS}

    told = subprocess.run(
        [sys.executable, "-m", "bench.admin_list", str(home)], check=True, capture_output=True, text=True
    ).stdout
    peer = json.loads(told.splitlines()[-1])
    print("\nDjango's own admin lists of the same rows, 100 to a page")
    for table, route in (("entries", "entries-of-kind"), ("measurements", "measurements")):
        theirs, ours = peer[table], by_name[route]
        ratio = ours.median / theirs["median"]
        found[f"{table}_to_peer"] = ratio
        print(
            f"  {table:13} {theirs['median'] * 1e3:5.0f} ms, {theirs['queries']} queries; "
            f"ours {ours.median * 1e3:5.0f} ms, {ours.queries} queries: {ratio:.2f} x"
        )
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COPIES)
