"""`exitplan serve`: the application on one machine, with one worker beside it. Begun as `python -m exitplan.web.serve`."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from types import FrameType

THREADS = 8
"""Requests answered at the same time; computing is short and kept, so this is about readers on slow lines."""

LONGEST_STOP = 10.0
"""Seconds that requests and the run under way have to end in."""


class AddressTaken(Exception):
    """The address cannot be listened on: another program has it, or it is not one of this machine."""


def serve(host: str, port: int, *, worker: bool = True) -> None:
    """
    Answer until told to stop (SIGTERM, or Ctrl-C); requests under way are ended first.

    Parameters
    ----------
    port
        0 picks a free one.
    worker
        Whether to begin a worker too; without one, long work waits until `exitplan work` runs somewhere.

    Raises
    ------
    AddressTaken
        When the address cannot be listened on.
    """
    from waitress import create_server

    from exitplan.web.settings import UPLOAD_LIMIT
    from exitplan.web.wsgi import open_application

    application = open_application()
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=UPLOAD_LIMIT + 1024 * 1024,
            trusted_proxy="127.0.0.1",
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-for", "x-forwarded-host"},
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise AddressTaken(f"Cannot listen on {host}, port {port}: {error.strerror or error}") from error
    helper = subprocess.Popen([sys.executable, "-m", "exitplan.cli", "work", "--beside"]) if worker else None
    signal.signal(signal.SIGTERM, _stop)
    shown = f"[{host}]" if ":" in host else host
    print(f"Exitplan is open at http://{shown}:{_port(server, port)}/ (Ctrl-C stops it).", flush=True)
    try:
        server.run()
    finally:
        server.close()
        if helper is not None:
            helper.terminate()
            try:
                helper.wait(LONGEST_STOP)
            except subprocess.TimeoutExpired:
                helper.kill()


def _port(server: object, asked: int) -> int:
    return int(getattr(server, "effective_port", asked))


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def main() -> None:
    """Read the options that `exitplan serve` hands on."""
    options = argparse.ArgumentParser(prog="exitplan serve")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--no-worker", action="store_true")
    given = options.parse_args()
    try:
        serve(given.host, given.port, worker=not given.no_worker)
    except AddressTaken as taken:
        print(taken, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
