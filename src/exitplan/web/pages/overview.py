"""The first page of a mission: both clocks, gates unmet first, the map, what changed, decisions wanted."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

from exitplan.usecases import pictures
from exitplan.usecases.looking import look
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.sections import pictured, pieces, tabled
from exitplan.web.tables import table_page


def overview(asked: Asked) -> HttpResponse:
    """Within two seconds: is the mission on either clock, and what stands in the way."""
    seen = look(asked.view)
    front = pictures.front(seen, asked.w)
    clocks, under = pictured(asked, front.clocks)
    where, tables = pieces(asked, pictures.country_map(seen, asked.w))
    since = _day(asked.request.GET.get("since", ""))
    changed, more = pieces(asked, pictures.changes(seen, since, asked.w)) if since else ((), ())
    return table_page(
        asked,
        "overview.html",
        tabled(asked, "gates", front.gates),
        under,
        *tables,
        *more,
        front=front,
        standing=seen.status.clocks.standing,
        clocks=clocks,
        where=where,
        since=since,
        changed=changed,
        wanted=[(a, cells.address(asked, "decision", a.code)) for a in front.asked],
        bare=not seen.status.gates and not asked.view.dossier.entries,
        first_steps=_first_steps(asked),
        on=seen.study.on,
    )


def _first_steps(asked: Asked) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What a mission that has just begun puts in, in order, with where to put it."""
    w = asked.w
    steps = (
        (w("Say where the mission is:"), ("area", "site")),
        (w("Say what it hands over:"), ("function", "handover")),
        (w("Say what is measured, and what must be true:"), ("indicator", "benchmark", "criterion")),
        (w("Say what waits for it:"), ("gate",)),
        (w("Say until when the mission is mandated:"), ("mandate",)),
    )
    return tuple(
        (words, tuple((kind, f"/m/{asked.mission}/entries/{kind}/") for kind in kinds)) for words, kinds in steps
    )


def _day(text: str) -> date | None:
    """The day asked for in the address; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
