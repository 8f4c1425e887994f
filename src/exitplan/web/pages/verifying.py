"""Verifications of the chain of changes: asked for, watched while a worker goes from link to link, and what they found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.usecases import asking
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.pages.runs import RunPages
from exitplan.web.tables import Cell, Column, Table, table_page

RUNS = RunPages("verify", "history/verify")


def verifications(asked: Asked) -> HttpResponse:
    """What the last verification found, earlier ones, and the button for another."""
    w, runs = asked.w, asking.runs_of(asked.view, RUNS.task)
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
                Cell(str(run.id), value=run.id, href=RUNS.at(asked, run.id)),
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
    return redirect(RUNS.at(asked, asking.ask_verification(asked.view)))


def verification(asked: Asked) -> HttpResponse:
    """One verification: how far it is, then what it found."""
    run = asking.run_of(asked.view, asked.path["run"], RUNS.task)
    done = run.state == "done"
    return asked.page("verification.html", **RUNS.context(asked, run), **_found(asked, run.id if done else None))


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
    return {
        "found": found,
        "why": w.wanted(found.why) if found.why else "",
        "strange": strange,
        "revisions": w.number(found.revisions),
    }
