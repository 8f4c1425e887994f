"""
Help that would come from afar: what a quick-reaction commitment still lacks on the day of the exit.

A force that cannot move, may not come or is no longer there is no reach. docs/methods/reach.md gives the rules.
"""

from __future__ import annotations

from datetime import date

from exitplan.domain.backing import CONSENTED, backing
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Commitment, Plan
from exitplan.domain.results.partners import Reach, SupportLine


def lacking(commitment: Commitment, exit_day: date) -> tuple[str, ...]:
    """What keeps a commitment from being reach on the day after the exit; empty when nothing does."""
    missing = {
        "withdrawn": commitment.status == "withdrawn",
        "not-firm": commitment.status in ("announced", "pledged"),
        "no-mandate": not commitment.mandate.strip(),
        "no-lift": commitment.lift != "yes",
        "no-consent": commitment.consent not in CONSENTED,
        "no-hours": commitment.reach_hours is None,
        "late": (commitment.start - exit_day).days > 1,
        "expired": commitment.end <= exit_day,
    }
    return tuple(code for code, found in missing.items() if found)


def reach(dossier: Dossier, on: date, exit_day: date | None) -> tuple[Reach, ...]:
    """
    Every quick-reaction commitment, the one that lacks most first.

    Parameters
    ----------
    exit_day
        Day on which the mission ends; the day looked from where nothing says so.
    """
    found = [
        Reach(
            commitment=c.code,
            partner=c.partner,
            status=c.status,
            size=c.amount,
            unit=c.unit,
            reach_hours=c.reach_hours,
            mandate=c.mandate,
            lift=c.lift,
            consent=c.consent,
            start=c.start,
            end=c.end,
            missing=lacking(c, exit_day or on),
        )
        for c in dossier.of(Commitment)
        if c.type == "quick_reaction"
    ]
    return tuple(sorted(found, key=lambda r: (-len(r.missing), r.commitment)))


def support_lines(dossier: Dossier, plan: Plan | None) -> tuple[SupportLine, ...]:
    """The support of a plan as the futures count it; what is not counted first."""
    lines = []
    for support in plan.support if plan else ():
        found = backing(dossier, support)
        counted = found.support or support
        lines.append(
            SupportLine(
                plan=plan.code if plan else "",
                area=counted.area,
                strength=support.strength,
                start=counted.start,
                end=counted.end,
                commitment=support.commitment,
                counted=found.support is not None,
                why=found.why,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.counted))
