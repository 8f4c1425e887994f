"""How a mission wants to be shown; no part of its dossier, and of no history."""

from __future__ import annotations

from django.db import transaction

from exitplan.domain.errors import NotFound
from exitplan.store.models import Mission


def shown_kinds(mission: str) -> frozenset[str]:
    """Kinds of entry that were asked for beyond those everybody begins with. Raises NotFound."""
    found = Mission.objects.filter(code=mission).values_list("shown_kinds", flat=True).first()
    if found is None:
        raise NotFound("mission", mission)
    return frozenset(found)


def show_kind(mission: str, kind: str, show: bool) -> None:
    """Ask for a kind, or no longer. Raises NotFound."""
    with transaction.atomic():
        held = Mission.objects.select_for_update().filter(code=mission).first()
        if held is None:
            raise NotFound("mission", mission)
        kinds = set(held.shown_kinds) | {kind}
        held.shown_kinds = sorted(kinds if show else kinds - {kind})
        held.save(update_fields=["shown_kinds"])
