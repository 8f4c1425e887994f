"""Who has which part in a hand-over: exactly one answers for it, and somebody does the work once it has begun."""

from __future__ import annotations

from typing import Literal

from exitplan.domain.kinds import Handover

RaciGap = Literal["no-accountable", "two-accountable", "no-responsible"]

NOT_SHOWN = "not-shown"
"""Office that stands in for a partner which the reader may not see."""


def raci_gaps(handover: Handover) -> tuple[RaciGap, ...]:
    """
    What is wrong with the parts in a hand-over.

    Two that are accountable are always a contradiction; a part that nobody has is a gap once the hand-over is more than
    proposed.
    """
    held = [part.role for part in handover.roles]
    found: list[RaciGap] = []
    if held.count("accountable") > 1:
        found.append("two-accountable")
    if handover.state != "proposed":
        if "accountable" not in held:
            found.append("no-accountable")
        if "responsible" not in held:
            found.append("no-responsible")
    return tuple(found)
