"""How a command ends when something is wrong: 1 the input has faults, 2 bad use, 3 our bug, 130 stopped by the reader."""

from __future__ import annotations

import errno

from exitplan.cli.screen import Screen
from exitplan.domain.errors import ExitplanError, InputFaults, InvalidValue, NotFound, Unavailable, Unreadable

FAULTS, BAD_USE, BUG, STOPPED = 1, 2, 3, 130


def ending(error: BaseException, lang: str, *, as_json: bool) -> int:
    """
    Say what was wrong, all of it, on standard error; findings as the result of `check`.

    Returns
    -------
    int
        The exit code. An error that means a closed pipe is raised again: nobody is listening any more.
    """
    screen = Screen(lang)
    w = screen.w
    match error:
        case KeyboardInterrupt():
            screen.aside(w("Stopped; nothing half-done was left behind."))
            return STOPPED
        case InputFaults(findings=findings):
            from exitplan.cli.findings import show_findings
            from exitplan.usecases.answers import as_json as written
            from exitplan.usecases.check import faults_answer

            if as_json:
                screen.raw(written(faults_answer(findings)))
            else:
                show_findings(screen, findings)
            return FAULTS
        case NotFound(kind=kind, code=code, known=known):
            said = w("There is no {kind} “{code}”.", kind=w.code("kind", kind), code=code)
            screen.aside(said + (" " + w("Known: {codes}.", codes=", ".join(known)) if known else ""))
            return BAD_USE
        case InvalidValue(field=field, value=value, wanted=wanted):
            screen.aside(
                w("{field}: “{value}” given; wanted: {wanted}", field=field, value=value, wanted=w.wanted(wanted))
            )
            return BAD_USE
        case Unreadable(place=place, why=why):
            screen.aside(f"{place}: {w.wanted(why)}")
            return FAULTS
        case Unavailable(why=why):
            screen.aside(w("{why}; nothing was written.", why=w.wanted(why)))
            return FAULTS
        case ExitplanError():
            screen.aside(w("Somebody changed this in the meantime, or it is not allowed; nothing was written."))
            return FAULTS
        case OSError() if error.errno == errno.EPIPE:
            raise error
        case OSError():
            screen.aside(f"{error.filename or ''}: {error.strerror or error}".removeprefix(": "))
            return FAULTS
        case _:
            return _bug(error, screen)


def _bug(error: BaseException, screen: Screen) -> int:
    """Our bug: one line with a reference; the details go to a log file."""
    from exitplan.usecases.crashes import write_down

    reference, log = write_down(error)
    said = screen.w("Exitplan has made a mistake of its own, reference {reference}.", reference=reference)
    screen.aside(said + (" " + screen.w("Details: {log}", log=log) if log else ""))
    return BUG
