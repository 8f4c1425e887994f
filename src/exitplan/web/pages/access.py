"""Consent and access: what hinders the exit now, since when, at what cost in days, and what each party has shown over time."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.usecases.open_mission import day_of
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import table_page


def access(asked: Asked) -> HttpResponse:
    """Signs of consent, access and political will by date."""
    from exitplan.usecases import pictures
    from exitplan.usecases.looking import look

    made, under = pieces(asked, pictures.access(look(asked.view), asked.w))
    return table_page(
        asked,
        "access.html",
        *under,
        pieces=made,
        on_words=asked.w.date(day_of(asked.view.dossier, None)),
        may_edit=asked.may("edit", "signal"),
    )
