"""Partners: what they promised and delivered, agreements that end, requests that wait."""

from __future__ import annotations

from exitplan.domain.kinds import Agreement, Commitment, Partner, Request
from exitplan.domain.months import first_day, last_day, month_of
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.page import Block, Cell, Section, Table, columns, row

FIRM = ("signed", "delivered")


def partners_section(m: Material) -> Section:
    """Commitments, agreements that end, requests that wait."""
    w = m.w
    blocks: list[Block] = [_commitments(m), _agreements(m), _requests(m)]
    return Section(key="partners", title=w("Partners"), blocks=tuple(blocks))


def _partner(m: Material, code: str | None) -> str:
    found = m.dossier.get(Partner, code)
    return found.name(m.lang) if found else code or "–"


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
