"""The calendar of what falls due."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.tables import Cell, Column, Table, table_page

AHEAD = (30, 90, 365)
"""Days one may look ahead in the calendar, besides everything."""


def due(asked: Asked) -> HttpResponse:
    """What is late and what falls due, for everybody or one office."""
    from exitplan.usecases.reminders import reminders

    w, dossier = asked.w, asked.view.dossier
    on = day_of(dossier, None)
    found = reminders(dossier, on)
    owners = sorted({r.owner for r in found if r.owner})
    owner = asked.request.GET.get("owner", "")
    days = asked.request.GET.get("days", "90")
    last = on + timedelta(days=int(days)) if days in {str(n) for n in AHEAD} else None
    shown = [r for r in found if owner in ("", r.owner) and (last is None or r.day <= last)]
    table = Table(
        "due",
        w("What is late and what falls due"),
        (
            Column("day", w("Day")),
            Column("what", w("What has to happen")),
            Column("entry", w("Entry"), wide=True),
            Column("kind", w("Kind")),
            Column("owner", w("Office")),
        ),
        tuple(
            (
                cells.day(asked, r.day, late=r.late(on)),
                Cell(w.code("reminder", r.what)),
                Cell(f"{r.code} {r.name(w.lang)}", value=r.code, href=cells.address(asked, r.kind, r.code)),
                Cell(w.code("kind", r.kind)),
                cells.text(r.owner),
            )
            for r in shown
        ),
        empty=w("Nothing falls due in this time."),
    )
    return table_page(
        asked,
        "due.html",
        table,
        on_words=w.date(on),
        late=sum(r.late(on) for r in shown),
        owners=[(name, name == owner) for name in owners],
        spans=[(str(n), w.count("{n} day", "{n} days", n), str(n) == days) for n in AHEAD],
        everything=last is None,
    )
