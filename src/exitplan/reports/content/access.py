"""Consent and access: what is hindered now, since when, at what cost in days; what each party has shown; agreements breached."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.kinds import Agreement, Institution, Site
from exitplan.domain.results.partners import AccessResult, SignalLine
from exitplan.reports.charts.access import MOST_ROWS, hindrances, will_over_time
from exitplan.reports.content.coverage import partner_name
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.page import Block, Cell, Figure, Mark, Paragraph, Section, Table, columns, row

LONG = 12
"""Rows above which a table is folded."""
DIRECTION_MARKS: dict[str, Mark] = {"supports": "met", "neutral": "", "hinders": "late"}


def access_section(m: Material) -> Section:
    """What hinders now, overdue answers by name, days lost, the picture over time, political will, breaches, every sign."""
    assert m.partners is not None
    found, w = m.partners.access, m.w
    by_code = {line.code: line for line in found.signals}
    if not found.signals:
        return Section(key="access", title=w("Consent and access"), blocks=(signals_table(m, ()),))
    blocks: list[Block] = [Paragraph(text=_lead(m, found), tone="lead")]
    if found.overdue:
        names = m.w.semicolon.join(by_code[code].name(m.lang) for code in found.overdue)
        blocks.append(Paragraph(text=w("Answers overdue: {names}.", names=names), tone="warning"))
    blocks.append(_hindered(m, [by_code[code] for code in found.hindered]))
    hindering = [line for line in found.signals if line.direction == "hinders" and line.type != "political_will"]
    blocks += [_timeline(m, hindering)] if hindering else []
    blocks.append(_lost(m, found))
    parties = {w_.party: [by_code[code] for code in w_.signals] for w_ in found.will}
    blocks += [_will(m, found, parties)] if parties else []
    blocks += [_breaches(m, found), signals_table(m, found.signals)]
    return Section(key="access", title=w("Consent and access"), blocks=tuple(blocks))


def _lead(m: Material, found: AccessResult) -> str:
    w = m.w
    now = w.count("{n} thing hinders the exit now", "{n} things hinder the exit now", len(found.hindered))
    late = w.count("{n} answer is overdue", "{n} answers are overdue", len(found.overdue))
    lost = w.count("{n} day has been lost so far", "{n} days have been lost so far", found.lost_in_all)
    return w("{now}; {late}; {lost}, days of several hindrances counted once.", now=now, late=late, lost=lost)


def party_of(m: Material, party: str) -> str:
    """A party written kind:code by name."""
    kind, _, code = party.partition(":")
    if kind == "partner":
        return partner_name(m, code)
    institution = m.dossier.get(Institution, code)
    return institution.name(m.lang) if institution else code


def concerned(m: Material, line: SignalLine) -> str:
    """Who and what a sign is about, in words."""
    agreement, site = m.dossier.get(Agreement, line.agreement), m.dossier.get(Site, line.site)
    found = [
        party_of(m, f"partner:{line.partner}") if line.partner else "",
        party_of(m, f"institution:{line.institution}") if line.institution else "",
        agreement.name(m.lang) if agreement else "",
        site.name(m.lang) if site else "",
        m.where(line.area) if line.area else "",
    ]
    return ", ".join(text for text in found if text) or "–"


def _hindered(m: Material, lines: Sequence[SignalLine]) -> Table:
    w = m.w
    return Table(
        caption=w("What hinders now, most days lost first"),
        columns=columns(
            (w("Sign"), 2.6), (w("Kind"), 1.2), (w("Concerned"), 2), (w("Since"), 1), (w("Answer was due"), 1.1),
            (w("Days lost"), 0.9), (w("Stated"), 3), numbers=(5,),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(m.lang)}",
                w.code("signal_type", line.type),
                concerned(m, line),
                w.date(line.date, short=True),
                Cell(text=w.date(line.due, short=True), mark="late" if line.due and line.due < m.on else ""),
                w.number(line.days_lost),
                clipped(line.statement, 200) or "–",
            )
            for line in lines
        ),
        empty=w("Nothing on record hinders the exit now."),
    )  # fmt: skip


def _timeline(m: Material, lines: Sequence[SignalLine]) -> Figure:
    w = m.w
    ordered = sorted(lines, key=lambda line: (not line.holds, -line.days_lost, line.date))
    alt_text = w(
        "Hindrances over time: {n} on record, {now} of them now. The table names each.",
        n=len(lines),
        now=sum(line.holds for line in lines),
    )
    note = w(
        "Pale: an answer was not due yet. Dark: days lost. What still holds runs to the line of today, and stands first."
    )
    if len(lines) > MOST_ROWS:
        note += " " + w("The picture shows {rows} rows at most; the table holds all.", rows=MOST_ROWS)
    return Figure(
        key="access-timeline",
        title=w("Hindrances to the exit over time"),
        alt=alt_text,
        svg=hindrances("access-timeline", ordered, m.on, alt_text, w),
        table=Table(
            caption=w("Hindrances to the exit over time"),
            columns=columns(
                (w("Sign"), 3), (w("Kind"), 1.2), (w("From"), 1), (w("Answer was due"), 1.1), (w("Until"), 1.1),
                (w("Days lost"), 0.9), numbers=(5,),
            ),
            rows=tuple(
                row(
                    f"{line.code} {line.name(m.lang)}",
                    w.code("signal_type", line.type),
                    w.date(line.date, short=True),
                    w.date(line.due, short=True),
                    Cell(text=w("still holds"), mark="late") if line.holds else w.date(line.until, short=True),
                    w.number(line.days_lost),
                )
                for line in ordered
            ),
            folded=True,
        ),
        note=note,
    )  # fmt: skip


def _lost(m: Material, found: AccessResult) -> Table:
    w = m.w
    return Table(
        caption=w("Days lost by kind of hindrance"),
        columns=columns(
            (w("Kind"), 2),
            (w("On record"), 1),
            (w("Now"), 1),
            (w("Days on which at least one held"), 2),
            numbers=(1, 2, 3),
        ),
        rows=tuple(
            row(w.capital(w.code("signal_type", x.type)), w.number(x.signals), w.number(x.running), w.number(x.days))
            for x in found.lost
        ),
        empty=w("No hindrance is on record."),
        note=w("Days are counted from the day an answer was due, else from the day it began, to its end or to today.")
        if found.lost
        else "",
    )


def _will(m: Material, found: AccessResult, parties: dict[str, list[SignalLine]]) -> Figure:
    w = m.w
    names = {party: party_of(m, party) for party in parties}
    said = w.semicolon.join(f"{names[x.party]}{w.colon}{w.code('signal_direction', x.now)}" for x in found.will)
    alt_text = w("Signs of consent and political will by party. Now: {said}.", said=said)
    return Figure(
        key="political-will",
        title=w("Signs of consent and political will by party"),
        alt=alt_text,
        svg=will_over_time(
            "political-will", {names[party]: lines for party, lines in parties.items()}, m.on, alt_text, w
        ),
        table=Table(
            caption=w("Signs of consent and political will by party"),
            columns=columns(
                (w("Party"), 2), (w("Day"), 1), (w("Effect"), 1), (w("Still holds"), 0.9), (w("Stated position"), 4), (w("Source"), 1.2)
            ),
            rows=tuple(
                row(
                    names[party],
                    w.date(line.date, short=True),
                    Cell(text=w.code("signal_direction", line.direction), mark=DIRECTION_MARKS[line.direction]),
                    w.yes(line.holds),
                    clipped(line.statement, 240) or "–",
                    ", ".join(line.sources) or w.code("basis", line.basis),
                )
                for party, lines in parties.items()
                for line in reversed(lines)
            ),
            folded=True,
        ),
        note=w("Each mark is one dated statement of an institution: up supports the exit as planned, a dot does neither, down hinders."),
    )  # fmt: skip


def _breaches(m: Material, found: AccessResult) -> Table:
    w = m.w
    agreements = {a.code: a for a in m.dossier.of(Agreement)}
    return Table(
        caption=w("Agreements breached"),
        columns=columns(
            (w("Agreement"), 3),
            (w("Breaches"), 1),
            (w("Not mended"), 1),
            (w("First"), 1.2),
            (w("Last"), 1.2),
            numbers=(1, 2),
        ),
        rows=tuple(
            row(
                f"{b.agreement} {agreements[b.agreement].name(m.lang)}" if b.agreement in agreements else b.agreement,
                w.number(b.number),
                Cell(text=w.number(b.running), mark="late" if b.running else ""),
                w.date(b.first, short=True),
                w.date(b.last, short=True),
            )
            for b in found.breaches
        ),
        empty=w("No breach of an agreement is on record."),
    )


def signals_table(m: Material, lines: Sequence[SignalLine]) -> Table:
    """Every sign, the newest first."""
    w = m.w
    return Table(
        caption=w("Every sign, the newest first"),
        columns=columns(
            (w("Sign"), 2.6), (w("Day"), 1), (w("Kind"), 1.2), (w("Effect"), 1), (w("Until"), 1), (w("Concerned"), 2),
            (w("Stated"), 3), (w("Source"), 1.1),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(m.lang)}",
                w.date(line.date, short=True),
                w.code("signal_type", line.type),
                Cell(text=w.code("signal_direction", line.direction), mark=DIRECTION_MARKS[line.direction]),
                w.date(line.until, short=True),
                concerned(m, line),
                clipped(line.statement, 200) or "–",
                ", ".join(line.sources) or w.code("basis", line.basis),
            )
            for line in reversed(lines)
        ),
        empty=w("No sign of consent, access or political will is on record."),
        folded=len(lines) > LONG,
    )  # fmt: skip
