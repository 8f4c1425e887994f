"""Partners and money: who takes over what, at what cost, paid by whom and until when."""

from __future__ import annotations

from datetime import date

from exitplan.domain.kinds import Agreement, Commitment, Function, Partner, Programme, Request
from exitplan.domain.months import first_day, last_day, month_of, month_text
from exitplan.reports.charts import MoneyMonth, funding
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.page import Block, Cell, Paragraph, Section, Table, columns, row

FIRM = ("signed", "delivered")
LOOK_AHEAD = 36
"""Months shown of the money, from the day of the brief."""


def partners_section(m: Material) -> Section:
    """Functions and who carries them, funding by month, commitments, agreements that end, requests that wait."""
    w = m.w
    blocks: list[Block] = [_functions(m)]
    months = money_months(m)
    if any(x.firm or x.announced for x in months):
        deadline = m.status.clocks.calendar.end
        blocks.append(
            funding(months, m.dossier.mission.currency, month_text(month_of(deadline)) if deadline else None, w)
        )
    else:
        blocks.append(Paragraph(text=w("No funding is on record for the time after the mission."), tone="warning"))
    blocks += [_commitments(m), _programmes(m), _agreements(m), _requests(m)]
    return Section(key="partners", title=w("Partners and money"), blocks=tuple(blocks))


def _partner(m: Material, code: str | None) -> str:
    found = m.dossier.get(Partner, code)
    return found.name(m.lang) if found else code or "–"


def _functions(m: Material) -> Table:
    w = m.w
    currency = m.dossier.mission.currency
    rows = []
    for f in m.dossier.of(Function):
        lacking = f.cost_year is not None and (f.funded_year or 0) < f.cost_year
        covered = f"{w.share((f.funded_year or 0) / f.cost_year)}" if f.cost_year else "–"
        to = w.code("destination", f.destination) + (
            f" ({_partner(m, f.receiver_partner)})" if f.receiver_partner else ""
        )
        rows.append(
            row(
                f"{f.code} {f.name(m.lang)}",
                to,
                Cell(text=w.code("acceptance", f.acceptance), mark="" if f.acceptance == "yes" else "late"),
                w.number(f.cost_year / 1e6, 1) if f.cost_year is not None else "–",
                Cell(text=covered, mark="late" if lacking else ""),
                clipped(f.gap, 160) or "–",
            )
        )
    return Table(
        caption=w("Functions after the mission"),
        columns=columns(
            (w("Function"), 2.2),
            (w("Who takes it"), 1.7),
            (w("Answer"), 1.4),
            (w("Cost a year, million {currency}", currency=currency), 1.2),
            (w("Funded"), 1),
            (w("What is lacking"), 3),
            numbers=(3, 4),
        ),
        rows=tuple(rows),
        empty=w("The dossier holds no function."),
    )


def money_months(m: Material) -> list[MoneyMonth]:
    """
    Money for functions in each month from the day of the brief.

    Commitments of money in the mission's own currency, less what is withdrawn, and the funded part of programmes that
    support a function, each spread evenly over its months; against a twelfth of the yearly cost of all functions.
    """
    first = month_of(m.on)
    span = range(first, first + LOOK_AHEAD)
    firm, announced = dict.fromkeys(span, 0.0), dict.fromkeys(span, 0.0)

    def spread(purse: dict[int, float], amount: float, start: date, end: date) -> None:
        each = amount / (month_of(end) - month_of(start) + 1)
        for month in range(max(first, month_of(start)), min(first + LOOK_AHEAD - 1, month_of(end)) + 1):
            purse[month] += each

    for c in m.dossier.of(Commitment):
        if c.type == "money" and c.status != "withdrawn" and c.unit.strip().upper() == m.dossier.mission.currency:
            spread(firm if c.status in FIRM else announced, c.amount, c.start, c.end)
    for p in m.dossier.of(Programme):
        if p.function and p.budget and p.funded:
            spread(firm, p.budget * p.funded, p.start, p.end)
    need = sum(f.cost_year or 0.0 for f in m.dossier.of(Function)) / 12
    return [MoneyMonth(month=month_text(t), firm=firm[t], announced=announced[t], need=need) for t in span]


def _commitments(m: Material) -> Table:
    w = m.w
    firm = {"withdrawn": 0, "announced": 1, "pledged": 2, "signed": 3, "delivered": 4}
    found = sorted(
        (c for c in m.dossier.of(Commitment) if c.end >= m.on), key=lambda c: (firm[c.status], c.end, c.code)
    )
    return Table(
        caption=w("Commitments still running, the least firm first"),
        columns=columns(
            (w("Commitment"), 2.6),
            (w("Partner"), 1.5),
            (w("Kind"), 1.2),
            (w("Amount"), 1.4),
            (w("Delivered"), 1),
            (w("Until"), 1.1),
            (w("How firm"), 1.1),
            numbers=(3, 4),
        ),
        rows=tuple(
            row(
                f"{c.code} {c.name(m.lang)}",
                _partner(m, c.partner),
                w.code("commitment", c.type),
                f"{w.number(c.amount)} {c.unit}",
                w.share(c.delivered / c.amount) if c.amount else "–",
                w.date(c.end, short=True),
                Cell(text=w.code("commitment_status", c.status), mark="" if c.status in FIRM else "late"),
            )
            for c in found
        ),
        empty=w("No commitment is on record."),
        folded=len(found) > 12,
    )


def _programmes(m: Material) -> Table:
    w = m.w
    found = [p for p in m.dossier.of(Programme) if p.end >= m.on]
    return Table(
        caption=w("Programmes that outlast the mission"),
        columns=columns(
            (w("Programme"), 2.4),
            (w("Partner"), 1.5),
            (w("Until"), 1.1),
            (w("Budget, million {currency}", currency=m.dossier.mission.currency), 1.2),
            (w("Funded"), 0.9),
            (w("Results in use"), 2.2),
            numbers=(3, 4),
        ),
        rows=tuple(
            row(
                f"{p.code} {p.name(m.lang)}",
                _partner(m, p.partner),
                w.date(p.end, short=True),
                w.number(p.budget / 1e6, 1),
                Cell(text=w.share(p.funded), mark="late" if p.funded < 1 else ""),
                "; ".join(
                    w(
                        "{title}: {working} of {target}",
                        title=r.title,
                        working=w.number(r.working),
                        target=w.number(r.target),
                    )
                    for r in p.results
                )
                or "–",
            )
            for p in found
        ),
        empty=w("No programme is on record."),
        folded=len(found) > 12,
    )


def _agreements(m: Material) -> Table:
    w = m.w
    horizon = max(last_day(month_of(m.on) + 18), m.status.clocks.calendar.end or m.on)
    found = sorted(
        (a for a in m.dossier.of(Agreement) if a.expires and first_day(month_of(m.on) - 12) <= a.expires <= horizon),
        key=lambda a: (a.expires or m.on, a.code),
    )
    rows = []
    for a in found:
        left = ((a.expires or m.on) - m.on).days
        rows.append(
            row(
                f"{a.code} {a.name(m.lang)}",
                ", ".join(_partner(m, p) for p in a.parties),
                a.type,
                Cell(text=w.date(a.expires, short=True), mark="late" if left <= a.renewal_days else ""),
                w("expired") if left < 0 else w.count("{n} day left", "{n} days left", left),
                w.number(a.renewal_days),
            )
        )
    return Table(
        caption=w("Agreements that end before the mission, or soon after"),
        columns=columns(
            (w("Agreement"), 2.4),
            (w("Parties"), 2),
            (w("Kind"), 1.4),
            (w("Ends"), 1.2),
            (w("Time left"), 1.1),
            (w("Days to renew"), 1),
            numbers=(5,),
        ),
        rows=tuple(rows),
        empty=w("No agreement on record ends in this time."),
        note=w("Marked: less time is left than a renewal takes.") if rows else "",
    )


def _requests(m: Material) -> Table:
    w = m.w
    found = sorted(
        (r for r in m.dossier.of(Request) if r.status == "open" and r.asked <= m.on),
        key=lambda r: (r.due is None, r.due or m.on, r.code),
    )
    return Table(
        caption=w("Requests that wait for an answer"),
        columns=columns(
            (w("Request"), 2),
            (w("From"), 1.5),
            (w("What is asked"), 3.5),
            (w("Asked"), 1.1),
            (w("Answer wanted by"), 1.2),
        ),
        rows=tuple(
            row(
                f"{r.code} {r.name(m.lang)}",
                _partner(m, r.partner),
                clipped(r.text, 220) or "–",
                w.date(r.asked, short=True),
                Cell(text=w.date(r.due, short=True), mark="late" if r.due and r.due < m.on else ""),
            )
            for r in found
        ),
        empty=w("No request waits for an answer."),
    )
