"""The first page of a mission: both clocks, gates unmet first, the map, what changed, decisions wanted."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.web.access import Asked


def overview(asked: Asked) -> HttpResponse:
    """Within two seconds: is the mission on either clock, and what stands in the way."""
    from exitplan.usecases.looking import look

    seen = look(asked.view)
    return asked.page("overview.html", seen=seen, status=200)
