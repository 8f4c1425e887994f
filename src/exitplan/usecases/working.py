"""The worker: takes long work from the queue, does it for the reader who asked, and shows that it is alive.

Any number of workers may run beside each other, on one machine or on several: no two take the same run. A worker that dies
leaves its run marked as interrupted; one that is told to stop hands the run it was at back in the same way.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from exitplan.domain.errors import ExitplanError
from exitplan.domain.roles import ROLES, Reader
from exitplan.usecases.open_mission import today

if TYPE_CHECKING:
    from exitplan.store.runs import Standing
    from exitplan.usecases.board import View

PAUSE = 0.5
"""Seconds between two looks at an empty queue."""

SIGN_OF_LIFE = timedelta(seconds=5)
"""How often a run at least says that it is alive, and learns that it is to stop."""

SWEEP = timedelta(seconds=20)
"""How often silent runs are looked for, and missions whose watch may have something to say."""


class Stopped(Exception):
    """The run was cancelled, or the worker is to stop."""


def work(stop: threading.Event, *, once: bool = False) -> int:
    """
    Take runs and do them until told to stop; returns how many were done.

    Parameters
    ----------
    once
        Return as soon as the queue is empty.
    """
    from exitplan.store import runs

    name = f"{socket.gethostname()}:{os.getpid()}"
    swept, done = _now() - SWEEP, 0
    looked: dict[str, tuple[str, date]] = {}
    while not stop.is_set():
        if _now() - swept >= SWEEP:
            runs.mark_interrupted(_now())
            _look_out(looked)
            swept = _now()
        taken = runs.take(name, _now())
        if taken is None:
            if once:
                break
            stop.wait(PAUSE)
            continue
        do(taken, stop)
        done += 1
    return done


def do(run: Standing, stop: threading.Event) -> None:
    """Do one run that was taken, and write down how it ended; never raises for what is wrong with the run."""
    from exitplan.store import runs
    from exitplan.usecases.board import view
    from exitplan.usecases.crashes import write_down
    from exitplan.usecases.failures import kept
    from exitplan.usecases.tasks import TASKS

    seen: View | None = None
    with _Pulse(run.id, stop) as pulse:
        try:
            role = next(r for r in ROLES if r == run.role)
            reader = Reader(role, run.partner or None, run.asked_by)
            seen = view(run.mission, reader)
            result = TASKS[run.task](seen, run.options, pulse.progress)
            runs.finish(run.id, "done", _now(), result=result)
        except Stopped:
            runs.finish(run.id, "interrupted" if stop.is_set() else "cancelled", _now())
        except Exception as error:
            # What is wrong before the reader's view stands may be wrong with entries that the reader does not see.
            why = kept(error) if seen and isinstance(error, ExitplanError) else []
            if seen and why:
                runs.finish(run.id, "failed", _now(), result={"findings": why, "shown": seen.speaks_of})
            else:
                reference, _ = write_down(error)
                runs.finish(run.id, "failed", _now(), reference=reference)


def _look_out(looked: dict[str, tuple[str, date]]) -> None:
    """
    Raise the alarms of every mission that has changed since it was last looked at, or on a new day.

    `looked` keeps each mission's head and the day. What is wrong with one mission keeps no other from being watched.
    """
    from exitplan.store import missions
    from exitplan.usecases.alarming import look_out
    from exitplan.usecases.crashes import write_down

    for mission, head in missions.heads().items():
        if looked.get(mission) == (head, today()):
            continue
        try:
            look_out(mission, at=_now())
        except ExitplanError:
            pass
        except Exception as error:
            write_down(error)
        looked[mission] = (missions.heads().get(mission, head), today())


class _Pulse:
    """Says from beside the work that it is alive, and notices that it is to stop, however long one step of it takes."""

    def __init__(self, run: int, stop: threading.Event) -> None:
        self.run, self.stop = run, stop
        self.share = 0.0
        self.ended = threading.Event()
        self.unwanted = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> _Pulse:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def progress(self, done: int, whole: int) -> None:
        """Note how far the work is. Raises Stopped where it is to stop."""
        self.share = done / whole if whole else 0.0
        if self.unwanted.is_set() or self.stop.is_set():
            raise Stopped

    def _beat(self) -> None:
        from exitplan.store import config, runs

        pace = SIGN_OF_LIFE.total_seconds() / 5
        try:
            while not self.ended.wait(pace):
                if not runs.progress(self.run, self.share, _now()):
                    self.unwanted.set()
                    return
        finally:
            config.hang_up()


def run_worker(still_wanted: Callable[[], bool] = lambda: True, *, once: bool = False) -> int:
    """
    `exitplan work`: a worker as a process of its own, until it is told to stop (SIGTERM, or Ctrl-C).

    Parameters
    ----------
    still_wanted
        Asked every second; the worker stops when it says no, such as when the server that began it is gone.
    """
    import signal

    from exitplan.usecases.home import open_store

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def watch() -> None:
        while not stop.wait(1.0):
            if not still_wanted():
                stop.set()

    open_store()
    threading.Thread(target=watch, daemon=True).start()
    return work(stop, once=once)


def _now() -> datetime:
    return datetime.now(UTC)
