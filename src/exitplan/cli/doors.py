"""How a command ends: 0 fine, 1 the input has faults, 2 bad use, 3 our bug, 130 stopped by the reader."""

from __future__ import annotations

import errno
import functools
from collections.abc import Callable
from typing import Any

import typer

from exitplan.cli.screen import Screen
from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unreadable

FAULTS, BAD_USE, BUG, STOPPED = 1, 2, 3, 130


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a command that ends as this file says."""

    def register(run: Callable[..., None]) -> Callable[..., None]:
        app.command(name)(_guarded(run))
        return run

    return register


def _guarded(run: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(run)
    def guarded(**given: Any) -> None:
        try:
            run(**given)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            screen = Screen(given.get("lang", "en"))
            screen.aside(screen.w("Stopped; nothing half-done was left behind."))
            raise typer.Exit(STOPPED) from None
        except ExitplanError as error:
            raise typer.Exit(_explain(error, Screen(given.get("lang", "en")), bool(given.get("as_json")))) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            screen = Screen(given.get("lang", "en"))
            screen.aside(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
            raise typer.Exit(FAULTS) from None
        except Exception as error:
            raise typer.Exit(_report(error, Screen(given.get("lang", "en")))) from None

    return guarded


def _explain(error: ExitplanError, screen: Screen, as_json: bool) -> int:
    """Say what was wrong with the input or the use, all of it. Returns the exit code."""
    w = screen.w
    match error:
        case InputFaults(findings=findings):
            from exitplan.cli.dossiers import show_findings
            from exitplan.usecases.answers import as_json as written
            from exitplan.usecases.check import faults_answer

            if as_json:
                screen.raw(written(faults_answer(findings)))
            else:
                show_findings(screen, findings)
            return FAULTS
        case NotFound(kind=kind, code=code, known=known):
            said = w("There is no {kind} {code}.", kind=w.code("kind", kind), code=repr(code))
            screen.aside(said + (w(" Known: {codes}.", codes=", ".join(known)) if known else ""))
            return BAD_USE
        case InvalidValue(field=field, value=value, wanted=wanted):
            screen.aside(
                w("{field}: {value} given; wanted: {wanted}", field=field, value=repr(value), wanted=w.wanted(wanted))
            )
            return BAD_USE
        case Unreadable(place=place, why=why):
            screen.aside(f"{place}: {w.wanted(why)}")
            return FAULTS
        case _:
            screen.aside(str(error))
            return FAULTS


def _report(error: Exception, screen: Screen) -> int:
    """Our bug: one line with a reference; the details go to a log file. Returns the exit code."""
    from exitplan.usecases.crashes import write_down

    reference, log = write_down(error)
    said = screen.w("Exitplan has made a mistake of its own, reference {reference}.", reference=reference)
    screen.aside(said + (screen.w(" Details: {log}", log=log) if log else ""))
    return BUG
