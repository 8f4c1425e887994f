"""
What partners cover: commitments that stand, by function and area and by kind, and where they end or lag too early.

A commitment stands while it is not withdrawn and has not ended. It is firm when it is signed or delivered. A row with firm
commitments of one partner alone has a single point of failure; one with none, or with nothing firm, is a gap.
docs/methods/reach.md gives the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Commitment, Function, Handover
from exitplan.domain.results.partners import CommitmentEnd, CoverageCell, CoverageRow, Delivery
from exitplan.domain.states import HANDOVER_DONE

FIRM = ("signed", "delivered")
WORST_FIRST = ("none", "not_firm", "single", "several")

Place = tuple[str | None, str | None]
"""Function and area that a commitment supports."""


def standing(dossier: Dossier, on: date) -> tuple[Commitment, ...]:
    """Commitments that are not withdrawn and have not ended on a day, begun or not."""
    return tuple(c for c in dossier.of(Commitment) if c.status != "withdrawn" and c.end >= on)


def by_function(dossier: Dossier, on: date) -> tuple[CoverageRow, ...]:
    """
    Every function, and every area that a commitment names for it, worst first.

    The row of a function counts all that supports it anywhere; that of an area what names this area or none.
    """
    placed = [(_place(dossier, c), c) for c in standing(dossier, on)]
    areas = sorted({(f, a) for (f, a), _ in placed if f and a})
    rows = []
    for function in dossier.of(Function):
        held = [(a, c) for (f, a), c in placed if f == function.code]
        rows.append(_row([c for _, c in held], function=function.code))
        for _, area in (pair for pair in areas if pair[0] == function.code):
            rows.append(_row([c for a, c in held if a in (None, area)], function=function.code, area=area))
    return tuple(sorted(rows, key=lambda r: WORST_FIRST.index(r.verdict)))


def by_kind(dossier: Dossier, on: date) -> tuple[CoverageRow, ...]:
    """Every kind of commitment that the dossier knows of, also those of which nothing stands any more; worst first."""
    kinds = dict.fromkeys(c.type for c in dossier.of(Commitment))
    rows = [_row([c for c in standing(dossier, on) if c.type == kind], kind=kind) for kind in kinds]
    return tuple(sorted(rows, key=lambda r: WORST_FIRST.index(r.verdict)))


def untied(dossier: Dossier, on: date) -> tuple[str, ...]:
    """Standing commitments that name no function, directly or through a hand-over."""
    return tuple(c.code for c in standing(dossier, on) if _place(dossier, c)[0] is None)


def ends(dossier: Dossier, on: date, exit_day: date | None) -> tuple[CommitmentEnd, ...]:
    """Standing commitments that end before the exit, or before a hand-over they support; the largest gap first."""
    found = []
    handovers = [h for h in dossier.of(Handover) if h.state not in HANDOVER_DONE and h.transfer.planned]
    for commitment in standing(dossier, on):
        meant = [(h.transfer.planned, f"handover:{h.code}") for h in handovers if _supports(commitment, h)]
        for day, before in [(exit_day, "exit"), *meant]:
            if day is not None and commitment.end < day:
                found.append(
                    CommitmentEnd(
                        commitment=commitment.code,
                        partner=commitment.partner,
                        end=commitment.end,
                        before=before,
                        day=day,
                        days=(day - commitment.end).days,
                    )
                )
    return tuple(sorted(found, key=lambda e: (-e.days, e.commitment, e.before)))


def late(dossier: Dossier, on: date) -> tuple[Delivery, ...]:
    """
    Commitments of which less has come than an even delivery over their period would have brought; the latest first.

    One that is withdrawn is not late: it is gone. One that ended long ago unfulfilled stays on the list.
    """
    found = []
    for c in dossier.of(Commitment):
        whole = (c.end - c.start).days + 1
        gone = min(whole, max(0, (on - c.start).days))
        due = c.amount * gone / whole
        if c.status == "withdrawn" or c.delivered >= due:
            continue
        reached = c.start + timedelta(days=int(whole * c.delivered / c.amount))
        found.append(
            Delivery(
                commitment=c.code,
                partner=c.partner,
                type=c.type,
                amount=c.amount,
                delivered=c.delivered,
                unit=c.unit,
                due=due,
                days_late=(on - reached).days,
            )
        )
    return tuple(sorted(found, key=lambda d: (-d.days_late, d.commitment)))


def _place(dossier: Dossier, commitment: Commitment) -> Place:
    """What it supports: its own function and area, else those of the hand-over that it names."""
    handover = dossier.get(Handover, commitment.handover)
    function = commitment.function or (handover.function if handover else None)
    return function, commitment.area or (handover.area if handover else None)


def _supports(commitment: Commitment, handover: Handover) -> bool:
    """Whether it names the hand-over, or names none but the same function in the same area."""
    if commitment.handover is not None:
        return bool(commitment.handover == handover.code)
    if commitment.function is None or commitment.area is None:
        return False
    return bool(commitment.function == handover.function and commitment.area == handover.area)


def _row(
    found: Iterable[Commitment], *, function: str | None = None, area: str | None = None, kind: str | None = None
) -> CoverageRow:
    held: dict[str, list[Commitment]] = {}
    for commitment in found:
        held.setdefault(commitment.partner, []).append(commitment)
    firm = {partner for partner, theirs in held.items() if any(c.status in FIRM for c in theirs)}
    promised: dict[str, set[str]] = {}
    for partner, theirs in held.items():
        for commitment in theirs:
            promised.setdefault(commitment.type, set()).add(partner)
    verdict = "none" if not held else ("not_firm", "single", "several")[min(2, len(firm))]
    return CoverageRow(
        function=function,
        area=area,
        type=kind,
        verdict=verdict,
        overlaps=tuple(sorted(type_ for type_, by in promised.items() if len(by) > 1)),
        cells=tuple(
            CoverageCell(
                partner=partner,
                firm=tuple(c.code for c in theirs if c.status in FIRM),
                soft=tuple(c.code for c in theirs if c.status not in FIRM),
            )
            for partner, theirs in sorted(held.items())
        ),
    )
