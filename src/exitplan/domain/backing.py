"""Support after exit as far as the commitment it rests on bears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Commitment, Support
from exitplan.domain.months import month_of, month_text

CONSENTED = ("given", "not_needed")
"""Answers of the host with which a commitment can come; what is not known is no consent."""

Why = Literal["", "withdrawn", "no-consent", "expired", "other-area"]


@dataclass(frozen=True)
class Backing:
    """What is left of a support; None with the reason where nothing is."""

    support: Support | None
    why: Why = ""


def backing(dossier: Dossier, support: Support) -> Backing:
    """
    A support within the bounds of the commitment it names.

    Parameters
    ----------
    support
        Without a commitment it is handed back as it is.

    Returns
    -------
    Backing
        The months and the area that both have in common. Nothing where the commitment is withdrawn, where the host has
        not consented to it, or where they have no month or no area in common. A commitment that the dossier does not
        hold bears nothing either.
    """
    if support.commitment is None:
        return Backing(support)
    commitment = dossier.get(Commitment, support.commitment)
    if commitment is None or commitment.status == "withdrawn":
        return Backing(None, "withdrawn")
    if commitment.consent not in CONSENTED:
        return Backing(None, "no-consent")
    start = max(support.start, month_text(month_of(commitment.start)))
    end = min(support.end, month_text(month_of(commitment.end)))
    if end < start:
        return Backing(None, "expired")
    area = _common(dossier, support.area, commitment.area)
    if area is _NOWHERE:
        return Backing(None, "other-area")
    return Backing(support.model_copy(update={"start": start, "end": end, "area": area}))


_NOWHERE = ""


def _common(dossier: Dossier, one: str | None, other: str | None) -> str | None:
    """The area that two have in common, the smaller where one holds the other; None is everywhere."""
    if one is None or one == other:
        return other
    if other is None or other in _holders(dossier, one):
        return one
    return other if one in _holders(dossier, other) else _NOWHERE


def _holders(dossier: Dossier, code: str) -> tuple[str, ...]:
    """The areas that hold an area, the next one first."""
    held: list[str] = []
    area = dossier.get(Area, code)
    while area is not None and area.parent is not None and area.parent not in held:
        held.append(area.parent)
        area = dossier.get(Area, area.parent)
    return tuple(held)
