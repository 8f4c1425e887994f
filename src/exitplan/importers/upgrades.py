"""From the dossier formats of earlier versions to the one of today, one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exitplan.domain.dossier import FORMAT

Body = dict[str, Any]
Upgrader = Callable[[str, Body], Body]
"""Takes the kind and the body of an entry of one format, returns the body in the next; touches nothing it was given."""

UPGRADERS: Mapping[int, Upgrader] = {}
"""Format number to the step that leads from it to the next. Format 1 is the first."""


def upgraded(kind: str, body: Body, written_in: int, steps: Mapping[int, Upgrader] = UPGRADERS) -> Body:
    """
    One entry in the format of today.

    Parameters
    ----------
    kind
        Kind of the entry.
    body
        Its fields as they were written.
    written_in
        Format of its dossier, from `oldest(steps)` to `FORMAT`.
    steps
        One upgrader for each format that is still read.
    """
    for number in range(written_in, FORMAT):
        body = steps[number](kind, body)
    return body


def oldest(steps: Mapping[int, Upgrader] = UPGRADERS) -> int:
    """The oldest format that can still be read."""
    return min(steps, default=FORMAT)
