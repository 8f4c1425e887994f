"""What goes wrong in the field: processes killed, disks full, servers gone, workers lost. Nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from exitplan.domain.errors import Unavailable
from exitplan.domain.roles import Reader
from exitplan.store import backup, chain, config, entries, missions, runs
from exitplan.store.entries import Change
from exitplan.store.models import EntryRow, Mission, Revision
from tests.store.samples import NOW, created

WRITERS, WRITES, BEFORE_THE_KILL = 4, 50, 40


def _writers(home: Path, many: int = WRITERS) -> list[subprocess.Popen[str]]:
    script = Path(__file__).with_name("writer.py")
    address = os.environ.get("EXITPLAN_DATABASE", "")
    return [
        subprocess.Popen(
            [sys.executable, str(script), str(home), address, str(number), str(WRITES)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(many)
    ]


@pytest.mark.slow
def test_kill_9_during_200_concurrent_writes_loses_nothing_acknowledged(home: Path) -> None:
    """Every acknowledged write is there, none is half there, the chain verifies, and work goes on."""
    created()
    acknowledged: list[str] = []
    enough = threading.Event()
    writers = _writers(home)

    def listen(writer: subprocess.Popen[str]) -> None:
        assert writer.stdout is not None
        for line in writer.stdout:
            if line.strip() != "ready":
                acknowledged.append(line.strip())
            if len(acknowledged) >= BEFORE_THE_KILL:
                enough.set()

    listeners = [threading.Thread(target=listen, args=(w,)) for w in writers]
    for listener in listeners:
        listener.start()
    assert enough.wait(120)
    for writer in writers[: WRITERS // 2]:
        writer.send_signal(signal.SIGKILL)
    for writer, listener in zip(writers, listeners, strict=True):
        writer.wait(120)
        listener.join(120)
        if writer.stdout is not None:
            writer.stdout.close()

    there = set(EntryRow.objects.filter(code__startswith="W").values_list("code", flat=True))
    assert set(acknowledged) <= there
    assert len(there - set(acknowledged)) <= WRITERS // 2, "at most the one write each killed process was at"
    assert len(there) >= WRITES * WRITERS // 2
    body, version = entries.read("M", "area", "A1")
    assert body["count"] == len(there), "each write is there whole: its own entry and the shared one"
    assert version == len(there) + 1
    (looked,) = backup.look_over("M", home / "documents")
    assert looked.sound, looked
    assert entries.save("M", [Change("area", "NEXT", {"code": "NEXT"})], who="a", why="on", at=NOW)


def test_a_full_disk_is_said_and_corrupts_nothing(home: Path) -> None:
    """A write that finds no room is refused as a whole; what was there stays, and verifies."""
    from django.db import connection

    created()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages + 10}")
    else:
        with connection.cursor() as cursor:  # what the server says when its disk is full, where it says it
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON store_revision FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
    big = {"code": "BIG", "title": "x", "note": "x" * 1_000_000}
    with pytest.raises(Unavailable, match="the disk of the database is full"):
        entries.save("M", [Change("area", "BIG", big)], who="a", why="w", at=NOW)

    if connection.vendor == "sqlite":
        connection.close()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER full_disk ON store_revision")
    assert ("area", "BIG") not in entries.versions("M")
    assert backup.look_over("M", home / "documents")[0].sound
    assert entries.save("M", [Change("area", "BIG", big)], who="a", why="room again", at=NOW)


def test_a_database_that_is_gone_is_said(home: Path, tmp_path: Path) -> None:
    """In words, and as not answering."""
    from django.db import connections

    created()
    if os.environ.get("EXITPLAN_DATABASE"):
        config.configure(tmp_path / "h", f"postgresql:///gone?host={tmp_path}")
    else:
        (tmp_path / "not-a-folder").write_text("")
        config.configure(tmp_path / "h", None)
        connections.settings["default"]["NAME"] = str(tmp_path / "not-a-folder" / "x.sqlite3")
    with pytest.raises(Unavailable, match="does not answer"):
        entries.save("M", [Change("area", "X", {"code": "X"})], who="a", why="w", at=NOW)
    assert not config.answers()


def test_a_lock_held_for_too_long_is_said(home: Path) -> None:
    """A writer that hangs makes the others give up with a reason, in the end."""
    from django.db import connection

    created()
    held, done = threading.Event(), threading.Event()

    def hang() -> None:
        from django.db import connection as other

        with entries.writing("M"):
            held.set()
            done.wait(60)
        other.close()

    hanging = threading.Thread(target=hang)
    hanging.start()
    assert held.wait(60)
    try:
        with connection.cursor() as cursor:
            sqlite = connection.vendor == "sqlite"
            cursor.execute("PRAGMA busy_timeout=50" if sqlite else "SET lock_timeout='50ms'")
        with pytest.raises(Unavailable, match="busy"):
            entries.save("M", [Change("area", "X", {"code": "X"})], who="a", why="w", at=NOW)
        assert missions.load("M").revision == 2, "readers never wait for a writer"
    finally:
        done.set()
        hanging.join()


@pytest.mark.slow
def test_a_backup_taken_during_writes_is_of_one_moment(home: Path, tmp_path: Path) -> None:
    """What was put back verifies, and holds every write that was acknowledged before it began."""
    created()
    (writer,) = _writers(home, 1)
    assert writer.stdout is not None
    seen = [writer.stdout.readline().strip() for _ in range(10)]
    backup.backup(tmp_path / "b.zip", home / "documents")
    assert writer.wait(120) == 0
    writer.stdout.close()

    config.configure(tmp_path / "other")
    config.migrate()
    backup.restore(tmp_path / "b.zip", tmp_path / "other" / "documents")

    assert backup.look_over("M", tmp_path / "other" / "documents")[0].sound
    assert set(seen[1:]) <= set(EntryRow.objects.values_list("code", flat=True))


def test_a_run_whose_worker_was_killed_is_interrupted_and_can_be_asked_again(home: Path) -> None:
    """The queue forgets nobody: the run is marked, and the same work can be done after all."""
    created()
    reader = Reader("planner", name="amina")
    run = runs.ask("M", "futures", {"n": 3}, reader)
    program = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from exitplan.store import config; config.configure(Path(sys.argv[1]), sys.argv[2] or None)\n"
        "from exitplan.store import runs\n"
        "runs.take('worker', datetime.now(UTC)); print('taken', flush=True); os.kill(os.getpid(), 9)"
    )
    address = os.environ.get("EXITPLAN_DATABASE", "")
    killed = subprocess.run([sys.executable, "-c", program, str(home), address], capture_output=True, text=True)
    assert (killed.stdout, killed.returncode) == ("taken\n", -signal.SIGKILL)

    now = datetime.now(UTC)
    assert runs.mark_interrupted(now) == 0, "it may still be alive"
    assert runs.mark_interrupted(now + runs.SILENCE + timedelta(seconds=1)) == 1
    assert runs.standing("M", run).state == "interrupted"
    again = runs.again("M", run, reader)
    taken = runs.take("other", now)
    assert taken is not None
    assert (taken.id, taken.options) == (again, {"n": 3})
    runs.finish(again, "done", now, result={"x": 1})
    assert runs.result("M", again) == {"x": 1}


@pytest.mark.parametrize("number", [1, 2, 17, 39, 40])
def test_tampering_with_any_revision_is_named(home: Path, number: int) -> None:
    """The first, the last and those between."""
    created()
    changes = [Change("area", f"N{n}", {"code": f"N{n}", "title": "x"}) for n in range(38)]
    entries.save("M", changes, who="a", why="w", at=NOW)
    Revision.objects.filter(number=number).update(after={"code": "OTHER"})

    broken = chain.verify(Mission.objects.get(code="M"))

    assert broken is not None
    assert broken.number == number
