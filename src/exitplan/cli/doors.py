"""How commands are registered, light enough for `exitplan --help`; how they end when something is wrong stands in `endings`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import typer


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], None]:
    """Register a function as a command: exit code 1 for faults in the input, 2 for bad use, 3 for our bug, 130 when stopped."""

    def register(run: Callable[..., None]) -> None:
        summary = " ".join((run.__doc__ or "").strip().split("\n\n")[0].split())
        app.command(name, short_help=summary)(_guarded(run))

    return register


def default(app: typer.Typer) -> Callable[[Callable[..., None]], None]:
    """Register a function as what a group of commands does when none of them is named; it gets the context and looks."""

    def register(run: Callable[..., None]) -> None:
        app.callback(invoke_without_command=True)(_guarded(run))

    return register


def _guarded(run: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(run)
    def guarded(**given: Any) -> None:
        try:
            run(**given)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except (Exception, KeyboardInterrupt) as error:
            from exitplan.cli.endings import ending

            raise typer.Exit(ending(error, given.get("lang", "en"), as_json=given.get("as_json", False))) from None

    return guarded
