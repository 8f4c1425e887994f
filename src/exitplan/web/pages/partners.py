"""Partners: what was pledged and delivered, agreements that end, requests that wait; and one partner."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpResponse

from exitplan.domain.kinds import Agreement, Commitment, Engagement, Partner, Programme, Request
from exitplan.usecases import pictures
from exitplan.usecases.looking import look
from exitplan.usecases.open_mission import day_of
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Table, table_page

ROWS = 15
"""Rows of each table of what partners do and cover that are shown at once: the page holds many."""

FIRM = ("signed", "delivered")
FIRMNESS = ("withdrawn", "announced", "pledged", "signed", "delivered")


def partners(asked: Asked) -> HttpResponse:
    """Everybody with a part in the exit, and what they promised, agreed and asked for."""
    w, dossier = asked.w, asked.view.dossier
    on = day_of(dossier, None)
    commitments = dossier.of(Commitment)
    table = Table(
        "partners",
        w("Partners"),
        (
            Column("partner", w("Partner"), wide=True),
            Column("type", w("What it is")),
            Column("firm", w("Commitments signed"), number=True),
            Column("soft", w("Announced or pledged"), number=True),
            Column("requests", w("Requests open"), number=True),
            Column("last", w("Last contact")),
            Column("stance", w("Stated position"), wide=True),
        ),
        tuple(
            (
                cells.named(asked, p),
                Cell(
                    w.code("partner_type", p.type),
                    small=w("influence: {level}", level=w.code("influence", p.influence)) if p.influence else "",
                ),
                cells.number(asked, sum(c.partner == p.code and c.status in FIRM for c in commitments)),
                cells.number(
                    asked, sum(c.partner == p.code and c.status in ("announced", "pledged") for c in commitments)
                ),
                cells.number(asked, sum(r.partner == p.code and r.status == "open" for r in dossier.of(Request))),
                cells.day(asked, max((e.date for e in dossier.of(Engagement) if e.partner == p.code), default=None)),
                cells.text(p.stance),
            )
            for p in dossier.of(Partner)
        ),
        empty=w("No partner is shown to you yet. Name the host country first, then whoever takes over or pays."),
    )
    covered, beneath = pieces(asked, pictures.coverage(look(asked.view), w))
    drawn = {piece.table for piece in covered if piece.kind == "figure"}
    tables = (
        table,
        request_table(asked, dossier.of(Request), on),
        agreement_table(asked, dossier.of(Agreement), on),
        commitment_table(asked, commitments, on),
        *(replace(made, page_rows=ROWS) for made in beneath),
        programme_table(asked, dossier.of(Programme), on),
    )
    return table_page(
        asked,
        "partners.html",
        *tables,
        covered=covered,
        links=[(f"{'picture' if t.name in drawn else 'table'}-{t.name}", briefly(t.caption)) for t in tables],
        may_edit=asked.may("edit", "partner"),
    )


def briefly(caption: str) -> str:
    """What a table is of, without how it is ordered or taken apart: its caption up to the first comma or colon."""
    return re.split(r"[,:]", caption)[0].strip()


def partner(asked: Asked) -> HttpResponse:
    """One partner with everything that hangs on it."""
    w, dossier = asked.w, asked.view.dossier
    on = day_of(dossier, None)
    shown = dossier.find(Partner, asked.path["code"])
    contacts = Table(
        "engagements",
        w("Contacts"),
        (
            Column("date", w("Day")),
            Column("title", w("About")),
            Column("channel", w("How")),
            Column("summary", w("What was said"), wide=True),
        ),
        tuple(
            (cells.day(asked, e.date), cells.named(asked, e), cells.text(e.channel), cells.text(e.summary))
            for e in sorted(dossier.of(Engagement), key=lambda e: e.date, reverse=True)
            if e.partner == shown.code
        ),
        empty=w("No contact is on record."),
    )
    made, under = pieces(asked, pictures.partner_parts(look(asked.view), shown.code, w))
    return table_page(
        asked,
        "partner.html",
        *under,
        commitment_table(asked, [c for c in dossier.of(Commitment) if c.partner == shown.code], on),
        agreement_table(asked, [a for a in dossier.of(Agreement) if shown.code in a.parties], on),
        request_table(asked, [r for r in dossier.of(Request) if r.partner == shown.code], on),
        programme_table(asked, [p for p in dossier.of(Programme) if p.partner == shown.code], on),
        contacts,
        pieces=made,
        partner=shown,
        all_fields=cells.entry_address(asked.mission, "partner", shown.code),
    )


def commitment_table(asked: Asked, commitments: Iterable[Commitment], on: date) -> Table:
    """What was promised and what came of it."""
    w = asked.w
    return Table(
        "commitments",
        w("Commitments: pledged and delivered"),
        (
            Column("commitment", w("Commitment"), wide=True),
            Column("partner", w("Partner")),
            Column("type", w("Kind")),
            Column("firm", w("How firm")),
            Column("amount", w("Pledged"), number=True),
            Column("delivered", w("Delivered"), number=True),
            Column("share", w("Share delivered"), number=True),
            Column("unit", w("Unit")),
            Column("end", w("Until")),
        ),
        tuple(
            (
                cells.named(asked, c),
                cells.reference(asked, "partner", c.partner),
                Cell(w.code("commitment", c.type)),
                Cell(
                    w.code("commitment_status", c.status),
                    value=FIRMNESS.index(c.status),
                    mark="met" if c.status in FIRM else "late",
                ),
                cells.number(asked, c.amount),
                cells.number(asked, c.delivered),
                cells.share(
                    asked,
                    c.delivered / c.amount if c.amount else None,
                    mark="late" if c.end < on and c.delivered < c.amount else "",
                ),
                Cell(c.unit),
                cells.day(asked, c.end),
            )
            for c in commitments
        ),
        empty=w("No commitment is on record."),
        sort="firm",
    )


def agreement_table(asked: Asked, agreements: Iterable[Agreement], on: date) -> Table:
    """Signed texts, when they end, and the day by which a renewal has to be begun."""
    w = asked.w
    rows = []
    for a in agreements:
        begin = a.expires - timedelta(days=a.renewal_days) if a.expires else None
        ended = a.expires is not None and a.expires < on
        rows.append(
            (
                cells.named(asked, a),
                Cell(", ".join(cells.reference(asked, "partner", p).text for p in a.parties)),
                Cell(a.type),
                cells.day(asked, a.signed),
                cells.day(asked, a.expires, late=ended),
                cells.number(asked, a.renewal_days),
                cells.day(asked, begin, late=begin is not None and begin <= on and not ended),
                Cell(w("ended")) if ended else cells.number(asked, (a.expires - on).days if a.expires else None),
            )
        )
    return Table(
        "agreements",
        w("Agreements"),
        (
            Column("agreement", w("Agreement"), wide=True),
            Column("parties", w("Parties")),
            Column("type", w("Kind")),
            Column("signed", w("Signed")),
            Column("expires", w("Ends")),
            Column("renewal", w("Days to renew"), number=True),
            Column("begin", w("Begin renewal by")),
            Column("left", w("Days left"), number=True),
        ),
        tuple(rows),
        empty=w("No agreement is on record."),
        sort="expires",
    )


def request_table(asked: Asked, requests: Iterable[Request], on: date) -> Table:
    """What a party expects; open ones first."""
    w = asked.w
    return Table(
        "requests",
        w("Requests"),
        (
            Column("request", w("Request"), wide=True),
            Column("partner", w("From")),
            Column("text", w("What is asked"), wide=True),
            Column("asked", w("Asked")),
            Column("due", w("Answer wanted by")),
            Column("status", w("Status")),
        ),
        tuple(
            (
                cells.named(asked, r),
                cells.reference(asked, "partner", r.partner),
                cells.text(r.text),
                cells.day(asked, r.asked),
                cells.day(asked, r.due, late=r.status == "open" and r.due is not None and r.due < on),
                Cell(w.code("request_status", r.status), mark="late" if r.status == "open" else ""),
            )
            for r in sorted(requests, key=lambda r: (r.status != "open", r.due or date.max, r.code))
        ),
        empty=w("No request waits for an answer."),
    )


def programme_table(asked: Asked, programmes: Iterable[Programme], on: date) -> Table:
    """Support that outlasts the mission, by what works of it."""
    w = asked.w
    currency = asked.view.dossier.mission.currency
    return Table(
        "programmes",
        w("Programmes"),
        (
            Column("programme", w("Programme"), wide=True),
            Column("partner", w("Run by")),
            Column("sector", w("Sector")),
            Column("end", w("Funded until")),
            Column("budget", w("Budget, {currency}", currency=currency), number=True),
            Column("funded", w("Funded"), number=True),
            Column("results", w("Results in use"), wide=True),
        ),
        tuple(
            (
                cells.named(asked, p),
                cells.reference(asked, "partner", p.partner),
                cells.text(p.sector),
                cells.day(asked, p.end, late=p.end < on),
                cells.number(asked, p.budget),
                cells.share(asked, p.funded, mark="late" if p.funded < 1 else ""),
                cells.text(
                    "; ".join(
                        w(
                            "{title}: {working} of {target}",
                            title=r.title,
                            working=w.number(r.working),
                            target=w.number(r.target),
                        )
                        for r in p.results
                    )
                ),
            )
            for p in programmes
        ),
        empty=w("No programme is on record."),
        sort="end",
    )
