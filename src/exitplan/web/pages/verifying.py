"""Verifications of the chain of changes: asked for, watched while a worker goes from link to link, and what they found."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.usecases import asking
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.tables import Cell, Column, Table, table_page

TASK = "verify"


def verifications(asked: Asked) -> HttpResponse:
    """What the last verification found, earlier ones, and the button for another."""
    w, runs = asked.w, asking.runs_of(asked.view, TASK)
    table = Table(
        "verifications",
        w("Verifications of the chain"),
        (
            Column("run", w("Verification"), number=True),
            Column("state", w("State")),
            Column("by", w("Asked by")),
            Column("on", w("Asked on (UTC)")),
            Column("revision", w("Changes on record"), number=True),
        ),
        tuple(
            (
                Cell(str(run.id), value=run.id, href=_at(asked, run.id)),
                cells.state(asked, "run_state", run.state),
                Cell(run.asked_by),
                Cell(f"{w.date(run.asked.date(), short=True)} {run.asked:%H:%M}", value=run.asked.isoformat()),
                cells.number(asked, run.revision if run.state == "done" else None),
            )
            for run in runs
        ),
        empty=w("The chain has not been verified yet."),
    )
    last = next((run for run in runs if run.state == "done"), None)
    return table_page(asked, "verifications.html", table, last=last, **_found(asked, last.id if last else None))


def ask(asked: Asked) -> HttpResponse:
    """Ask for a verification, then watch it."""
    return redirect(_at(asked, asking.ask_verification(asked.view)))


def verification(asked: Asked) -> HttpResponse:
    """One verification: how far it is, then what it found."""
    run = asking.run_of(asked.view, asked.path["run"], TASK)
    done = run.state == "done"
    context = {"run": run, "at": _at(asked, run.id), "ended": run.state in asking.ENDED, "may_run": True}
    return asked.page("verification.html", **context, **_found(asked, run.id if done else None))


def progress(asked: Asked) -> HttpResponse:
    """How far a verification is."""
    run = asking.run_of(asked.view, asked.path["run"], TASK)
    response = asked.page("parts/run_progress.html", run=run, at=_at(asked, run.id), may_run=True)
    if run.state in asking.ENDED:
        response["HX-Redirect"] = _at(asked, run.id)
    return response


def cancel(asked: Asked) -> HttpResponse:
    """Stop a verification."""
    asking.cancel(asked.view, asked.path["run"], TASK, datetime.now(UTC))
    return redirect(_at(asked, asked.path["run"]))


def _found(asked: Asked, run: int | None) -> dict[str, object]:
    """What `parts/verified.html` shows; nothing where none has ended well."""
    if run is None:
        return {}
    w, found = asked.w, asking.verification(asked.view, run)
    strange = [
        (w.capital(w.code("kind", what)), code, cells.address(asked, what, code))
        if what != "document"
        else (w("Document"), code, f"/m/{asked.mission}/documents/{code}/")
        for what, code in found.strange
    ]
    return {"found": found, "why": w.wanted(found.why), "strange": strange, "revisions": w.number(found.revisions)}


def _at(asked: Asked, run: int) -> str:
    return f"/m/{asked.mission}/history/verify/{run}/"
