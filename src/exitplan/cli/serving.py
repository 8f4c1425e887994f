"""`serve` and `work`: the house for a team, open in a browser, and the worker behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add these commands to the terminal."""

    @command(app, "serve")
    def serve(
        port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 picks a free one.")] = 8000,
        host: Annotated[
            str, typer.Option(help="Address to listen on; this machine alone unless you say otherwise.")
        ] = "127.0.0.1",
        worker: Annotated[bool, typer.Option(help="Begin a worker for long work as well.")] = True,
    ) -> None:
        """
        Open the web application on this machine.

        Data lie in $EXITPLAN_HOME, else in .exitplan in your own folder; EXITPLAN_DATABASE names a PostgreSQL instead.
        Example: exitplan serve --port 8080
        """
        import os
        import sys

        given = ["--host", host, "--port", str(port), *([] if worker else ["--no-worker"])]
        os.execv(sys.executable, [sys.executable, "-m", "exitplan.web.serve", *given])

    @command(app, "work")
    def work(
        once: Annotated[bool, typer.Option(help="End when the queue is empty.")] = False,
        beside: Annotated[bool, typer.Option("--beside", hidden=True)] = False,
    ) -> None:
        """
        Do the long work that was asked for in the web application.

        `serve` begins one worker by itself; run this for more of them, here or on other machines.
        Example: exitplan work --once
        """
        import os

        from exitplan.usecases.working import run_worker

        parent = os.getppid()
        run_worker(lambda: not beside or os.getppid() == parent, once=once)
