"""The ledger: every function, who is to carry it, at what cost, with what answer; the least settled first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

import numpy as np

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Function, Handover, Institution
from exitplan.domain.results.base import Band
from exitplan.domain.results.takeover import FunctionLine, Signed, Standing, Trouble
from exitplan.domain.states import HANDOVER_DONE
from exitplan.engine.capacity.growth import Course
from exitplan.engine.takeover.institutions import oldest, weakest

BY_PARTNER = ("country_team", "follow_on", "partner")
"""Destinations that need a partner by name before anybody can answer."""

TROUBLES: tuple[Trouble, ...] = (
    "undecided",
    "no_receiver",
    "refused",
    "unfunded",
    "not_asked",
    "waiting",
    "older_answer",
    "unsigned",
    "part_funded",
    "cost_unknown",
    "conditions",
)
"""What may stand against a function, the worst first."""

assert set(TROUBLES) == set(get_args(Trouble))


def ledger(dossier: Dossier, on: date, drawn: Mapping[str, Course] | None = None) -> tuple[FunctionLine, ...]:
    """
    Every function and who is to carry it.

    Parameters
    ----------
    drawn
        Courses of the institutions' capacity as `institutions.courses` gives them; without them no capacity is told.

    Returns
    -------
    tuple of FunctionLine
        By the worst that stands against each, then by cost, the dearest first. No answer is taken for granted: one that the
        receiver has not signed is never more than what the mission has written down.
    """
    lines = [_line(dossier, f, drawn) for f in dossier.of(Function)]
    return tuple(
        sorted(
            lines,
            key=lambda f: (f.destination == "discontinue", _worst(f.troubles), -(f.cost_year or 0.0), f.code),
        )
    )


def signed_state(function: Function) -> Signed:
    """Whether the answer in a function was signed by its receiver, and still speaks of what stands there."""
    if function.acceptance in ("not_asked", "asked"):
        return "none"
    if function.answered_on is None:
        return "unsigned"
    fits = function.answered_terms == function.terms and function.answered_by == _signer(function)
    return "signed" if fits else "older"


def _signer(function: Function) -> str | None:
    """The partner who has to sign; None where the national side does."""
    return function.receiver_partner


def troubles(function: Function) -> tuple[Trouble, ...]:
    """What stands against a function, the worst first; nothing against one that is to end with the mission."""
    if function.destination == "discontinue":
        return ()
    found: set[Trouble] = set()
    signed = signed_state(function)
    if function.destination == "undecided":
        found.add("undecided")
    elif function.destination in BY_PARTNER and function.receiver_partner is None and signed != "signed":
        found.add("no_receiver")  # who is not named cannot be asked
    if function.cost_year is None:
        found.add("cost_unknown")
    elif function.cost_year > 0 and not function.funded_year:
        found.add("unfunded")
    elif (function.funded_year or 0.0) < function.cost_year:
        found.add("part_funded")
    answer: dict[str, Trouble] = {
        "not_asked": "not_asked",
        "asked": "waiting",
        "no": "refused",
        "with_conditions": "conditions",
    }
    if function.acceptance in answer:
        found.add(answer[function.acceptance])
    if signed in ("unsigned", "older"):
        found.add("unsigned" if signed == "unsigned" else "older_answer")
    return tuple(t for t in TROUBLES if t in found)


def _worst(found: Sequence[Trouble]) -> int:
    return TROUBLES.index(found[0]) if found else len(TROUBLES)


def _line(dossier: Dossier, f: Function, drawn: Mapping[str, Course] | None) -> FunctionLine:
    carriers = [i for i in dossier.of(Institution) if i.function == f.code]
    steps = [h for h in dossier.of(Handover) if h.function == f.code]
    ahead = [h for h in steps if h.state not in HANDOVER_DONE]
    days = sorted(day for h in ahead if (day := h.transfer.forecast or h.transfer.baseline) is not None)
    return FunctionLine(
        code=f.code,
        title=f.title,
        title_fr=f.title_fr,
        trade=f.trade,
        mandated=f.mandated,
        owner=f.owner,
        destination=f.destination,
        receiver=f.receiver_partner,
        cost_year=f.cost_year,
        funded_year=f.funded_year,
        gap=f.gap,
        standing=_standing(carriers),
        capacity=_capacity(carriers, drawn),
        acceptance=f.acceptance,
        conditions=f.conditions,
        signed=signed_state(f),
        answered_on=f.answered_on,
        handovers=len(steps),
        handovers_done=len(steps) - len(ahead),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated=len(ahead) - len(days),
        troubles=troubles(f),
    )


def _standing(carriers: Sequence[Institution]) -> Standing | None:
    if not carriers:
        return None
    return Standing(
        institutions=tuple(i.code for i in carriers),
        strength=sum(i.strength for i in carriers),
        need=sum(i.need for i in carriers),
        gap=sum(max(0, i.need - i.strength) for i in carriers),
        counted=oldest(i.strength_date for i in carriers),
        verification=weakest(i.verification for i in carriers),
    )


def _capacity(carriers: Sequence[Institution], drawn: Mapping[str, Course] | None) -> Band | None:
    """What the institutions of a function can carry a month ahead, each weighted with its need."""
    if not carriers or drawn is None:
        return None
    need = sum(i.need for i in carriers)
    carried = sum(i.need / need * drawn[i.code].capacity[1] for i in carriers)
    low, middle, high = (float(x) for x in np.quantile(carried, (0.1, 0.5, 0.9)))
    return Band(value=middle, low=low, high=high)
