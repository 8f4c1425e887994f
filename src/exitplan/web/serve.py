"""`exitplan serve`: the application on one machine, with one worker beside it. Begun as `python -m exitplan.web.serve`."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

THREADS = 4
"""Requests answered at the same time. Slow lines need none of them, and more would only take turns on the same core."""

COLLECT = (50_000, 20, 50)
"""
Python's thresholds for collecting what nobody holds any more. A whole collection walks every value of the missions kept in
memory, and everybody waits for it: it shall come rarely.
"""

BACKLOG = 1024
"""Callers that may wait to be let in."""

LONGEST_STOP = 10.0
"""Seconds that requests and the run under way have to end in."""


class AddressTaken(Exception):
    """The address cannot be listened on: another program has it, or it is not one of this machine."""


def serve(host: str, port: int, *, worker: bool = True, processes: int = 1) -> None:
    """
    Answer until told to stop (SIGTERM, or Ctrl-C); requests under way are ended first.

    Parameters
    ----------
    port
        0 picks a free one.
    worker
        Whether to begin a worker too; without one, long work waits until `exitplan work` runs somewhere.
    processes
        How many share the address: one process computes on one core.

    Raises
    ------
    AddressTaken
        When the address cannot be listened on.
    """
    from exitplan.web.wsgi import open_application

    application = open_application()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressTaken(f"Cannot listen on {host}, port {port}: {error.strerror or error}") from error
    beside = [_sharing(listening) for _ in range(processes - 1)]
    if worker:
        beside.append(subprocess.Popen([sys.executable, "-m", "exitplan.cli", "work", "--beside"]))
    shown = f"[{host}]" if ":" in host else host
    try:
        _answer(
            application,
            listening,
            f"Exitplan is open at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C stops it).",
        )
    finally:
        for helper in beside:
            helper.terminate()
        for helper in beside:
            try:
                helper.wait(LONGEST_STOP)
            except subprocess.TimeoutExpired:
                helper.kill()


def _sharing(listening: socket.socket) -> subprocess.Popen[bytes]:
    """Another process that answers at the same address, and ends when this one does."""
    number = listening.fileno()
    return subprocess.Popen([sys.executable, "-m", "exitplan.web.serve", "--beside", str(number)], pass_fds=(number,))


def _answer(application: Callable[..., Any], listening: socket.socket, told: str = "") -> None:
    from waitress import create_server

    from exitplan.web.settings import UPLOAD_LIMIT

    server = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_body_size=UPLOAD_LIMIT + 1024 * 1024,
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-for", "x-forwarded-host"},
        clear_untrusted_proxy_headers=True,
    )
    gc.set_threshold(*COLLECT)
    signal.signal(signal.SIGTERM, _stop)
    if told:
        print(told, flush=True)
    try:
        server.run()
    finally:
        server.close()


def _answer_beside(number: int) -> None:
    """Answer at an address that another process listens on, until that one ends."""
    from exitplan.web.wsgi import open_application

    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    _answer(open_application(), socket.socket(fileno=number))


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def main() -> None:
    """Read the options that `exitplan serve` hands on."""
    options = argparse.ArgumentParser(prog="exitplan serve")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--no-worker", action="store_true")
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--beside", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.beside is not None:
        _answer_beside(given.beside)
        return
    try:
        serve(given.host, given.port, worker=not given.no_worker, processes=given.processes)
    except AddressTaken as taken:
        print(taken, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
