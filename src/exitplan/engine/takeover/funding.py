"""
The funding cliff: money promised for each function against its cost, month by month.

    need(f)         = cost a year of f / 12
    firm(f, t)      = sum over partners p of max(C1(p, f, t), P(p, f, t))
    promised(f, t)  = sum over partners p of max(C1(p, f, t) + C0(p, f, t), P(p, f, t))
    uncovered(t)    = sum over functions f of max(0, need(f) - promised(f, t))

C1 are signed or delivered commitments of money, C0 announced or pledged ones, P the funded part of programmes, each spread evenly
over its months. docs/methods/funding.md has the reasons and limits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Commitment, Function, Handover, Programme
from exitplan.domain.months import month_of, month_text
from exitplan.domain.results.takeover import Cover, FunctionMoney, FunctionMonth, Funding, MoneyMonth

FIRM = ("signed", "delivered")
LOOK_AHEAD = 36
"""Months of money that are shown, from the day looked from."""

CENT = 0.01
"""Money that is lost in the spreading of an amount over its months."""

ASSUMPTIONS = (
    "money-spread-evenly",
    "money-own-currency",
    "money-same-partner-once",
    "money-untied-covers-none",
    "money-stated-not-dated",
)

Purse = dict[int, float]
"""Money by month index."""


def funding(dossier: Dossier, on: date, *, end: date | None = None, months: int = LOOK_AHEAD) -> Funding:
    """
    Money against need from the month of a day, in all and by function.

    Parameters
    ----------
    dossier
        Its functions, commitments of money, programmes, and hand-overs, which say what function a commitment serves.
    on
        Day looked from.
    end
        Day on which the mission's calendar ends.
    months
        Months shown, 1 or more.
    """
    first = month_of(on)
    span = range(first, first + months)
    purses, untied, foreign = _purses(dossier, span)
    functions = [f for f in dossier.of(Function) if f.destination != "discontinue"]
    after = None if end is None else month_of(end) + 1
    lines = [_function(f, purses.get(f.code, {}), span, after) for f in functions]
    lines.sort(key=lambda f: (f.need is None, f.first_uncovered or "9999", _covered(f), f.code))
    totals = [
        MoneyMonth(
            month=month_text(t),
            firm=sum(f.months[at].firm for f in lines),
            announced=sum(f.months[at].announced for f in lines),
            untied=untied.get(t, 0.0),
            need=sum(f.need or 0.0 for f in lines),
            uncovered=sum(_lacking(f.need or 0.0, f.months[at].firm + f.months[at].announced) for f in lines),
        )
        for at, t in enumerate(span)
    ]
    return Funding(
        currency=dossier.mission.currency,
        months=tuple(totals),
        functions=tuple(lines),
        without_cost=tuple(f.code for f in functions if f.cost_year is None),
        other_currency=foreign,
    )


def _purses(
    dossier: Dossier, span: range
) -> tuple[Mapping[str, Mapping[str, dict[str, Purse]]], Purse, tuple[str, ...]]:
    """Money by function, partner and sort (`firm`, `soft`, `programme`); money for no function; what is in another currency."""
    purses: dict[str, dict[str, dict[str, Purse]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    untied: Purse = {}
    foreign = []
    live = {f.code for f in dossier.of(Function) if f.destination != "discontinue"}
    for c in dossier.of(Commitment):
        if c.type != "money" or c.status == "withdrawn":
            continue
        if c.unit.strip().upper() != dossier.mission.currency:
            foreign.append(c.code)
            continue
        handover = dossier.get(Handover, c.handover)
        function = c.function or (handover.function if handover else None)
        sort = "firm" if c.status in FIRM else "soft"
        purse = purses[function][c.partner][sort] if function in live and function else untied
        _spread(purse, c.amount, c.start, c.end, span)
    for p in dossier.of(Programme):
        if p.function in live and p.function and p.budget and p.funded:
            _spread(purses[p.function][p.partner or p.code]["programme"], p.budget * p.funded, p.start, p.end, span)
    return purses, untied, tuple(foreign)


def _spread(purse: Purse, amount: float, start: date, end: date, span: range) -> None:
    """Put an amount into its months, evenly, as far as they are looked at."""
    begins, ends = month_of(start), month_of(end)
    each = amount / (ends - begins + 1)
    for month in range(max(span.start, begins), min(span.stop - 1, ends) + 1):
        purse[month] = purse.get(month, 0.0) + each


def _function(
    function: Function, partners: Mapping[str, dict[str, Purse]], span: range, after: int | None
) -> FunctionMoney:
    need = None if function.cost_year is None else function.cost_year / 12
    months = []
    for t in span:
        firm = promised = 0.0
        for sorts in partners.values():
            signed, programme = sorts["firm"].get(t, 0.0), sorts["programme"].get(t, 0.0)
            firm += max(signed, programme)
            promised += max(signed + sorts["soft"].get(t, 0.0), programme)
        months.append(
            FunctionMonth(month=month_text(t), firm=firm, announced=promised - firm, cover=_cover(need, firm, promised))
        )
    return FunctionMoney(
        code=function.code,
        title=function.title,
        title_fr=function.title_fr,
        need=need,
        months=tuple(months),
        first_not_firm=next((m.month for m in months if m.cover in ("announced", "part", "none")), None),
        first_uncovered=next((m.month for m in months if m.cover in ("part", "none")), None),
        first_after=next(
            (
                m.month
                for t, m in zip(span, months, strict=True)
                if after is not None and t >= after and m.cover in ("part", "none")
            ),
            None,
        ),
    )


def _covered(f: FunctionMoney) -> float:
    """Share of the cost that is promised, over all months shown."""
    promised = sum(min(f.need or 0.0, m.firm + m.announced) for m in f.months)
    return promised / f.need if f.need else 0.0


def _cover(need: float | None, firm: float, promised: float) -> Cover:
    if need is None:
        return "unknown"
    if not _lacking(need, firm):
        return "firm"
    if not _lacking(need, promised):
        return "announced"
    return "part" if promised > CENT else "none"


def _lacking(need: float, money: float) -> float:
    """What is lacking of a need; nothing where less than a cent is."""
    return need - money if need - money > CENT else 0.0
