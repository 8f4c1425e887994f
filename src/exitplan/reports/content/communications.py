"""The communication plan: who is told what about each hand-over, in which order, and rumours with their answers."""

from __future__ import annotations

from exitplan.domain.results.communications import CommunicationsResult, MessageLine
from exitplan.reports.content.material import Material
from exitplan.reports.page import Cell, Mark, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording

MESSAGE_MARKS: dict[str, Mark] = {"given": "done", "late": "late"}

FOLDED_ABOVE = 16
"""Hand-overs from which on their table is shown only when asked for."""


def communications_section(m: Material) -> Section | None:
    """Hand-overs that nobody is told about first, then messages in the order of time, then rumours."""
    return None if m.communications is None else telling(m.w, m.communications)


def telling(w: Wording, plan: CommunicationsResult) -> Section:
    """The same from a plan alone."""
    said = []
    if plan.untold:
        said.append(
            w.count("{n} hand-over to come has no message.", "{n} hand-overs to come have no message.", plan.untold)
        )
    if plan.late:
        said.append(w.count("{n} message is late.", "{n} messages are late.", plan.late))
    waiting = sum(r.answered is None for r in plan.rumours)
    if waiting:
        said.append(w.count("{n} rumour waits for an answer.", "{n} rumours wait for an answer.", waiting))
    lead = (Paragraph(text=" ".join(said), tone="warning"),) if said else ()
    blocks = (*lead, _handovers(w, plan), _messages(w, plan), _rumours(w, plan))
    return Section(key="communications", title=w("Communication plan"), blocks=blocks)


def _handovers(w: Wording, plan: CommunicationsResult) -> Table:
    told = plan.handovers
    return Table(
        caption=w("Hand-overs and what is told about them"),
        columns=columns(
            (w("Hand-over"), 2.5), (w("Transfer"), 1.1), (w("Messages"), 1), (w("What is missing"), 3), numbers=(2,)
        ),
        rows=tuple(
            row(
                f"{t.code} {t.name(w.lang)}",
                Cell(text=w.date(t.transfer, short=True), mark="done" if t.transferred else ""),
                w.number(len(t.messages)),
                Cell(
                    text=w.capital(w.semicolon.join(w.code("telling_gap", gap) for gap in t.gaps)) or "–",
                    mark="unmet" if "no-message" in t.gaps and not t.transferred else "late" if t.gaps else "",
                ),
            )
            for t in told
        ),
        empty=w("No hand-over is on record."),
        note=w("People where a hand-over happens are told before staff, partners and the public."),
        folded=len(told) > FOLDED_ABOVE,
    )


def _messages(w: Wording, plan: CommunicationsResult) -> Table:
    lines = [(line, t.code) for t in plan.handovers for line in t.messages] + [(line, "") for line in plan.general]
    lines.sort(key=lambda pair: (pair[0].state == "given", pair[0].date, pair[0].code))
    return Table(
        caption=w("Messages"),
        columns=columns(
            (w("Message"), 2), (w("Audience"), 1.6), (w("What they are told"), 2.6), (w("Language"), 1.1),
            (w("How"), 1.2), (w("Day"), 1.1), (w("State"), 1), (w("Against the transfer"), 1.6),
        ),
        rows=tuple(
            row(
                f"{line.code} {line.name(w.lang)}",
                audience_words(w, line),
                line.said(w.lang),
                ", ".join(line.languages) or "–",
                line.channel or "–",
                w.date(line.done or line.date, short=True),
                Cell(text=w.code("message_state", line.state), mark=MESSAGE_MARKS.get(line.state, "")),
                f"{against_transfer(w, line)} ({handover})" if handover else "–",
            )
            for line, handover in lines
        ),
        empty=w("No message is planned."),
        folded=len(lines) > FOLDED_ABOVE,
    )  # fmt: skip


def audience_words(w: Wording, line: MessageLine) -> str:
    """Who is told, and whom that is."""
    return f"{line.audience} ({w.code('reaches', line.reaches)})" if line.reaches else line.audience


def against_transfer(w: Wording, line: MessageLine) -> str:
    """How many days before or after the transfer a message is given."""
    if line.days is None:
        return w("no day of transfer")
    if line.days == 0:
        return w("on the day")
    if line.days < 0:
        return w.count("{n} day before", "{n} days before", -line.days)
    return w.count("{n} day after", "{n} days after", line.days)


def _rumours(w: Wording, plan: CommunicationsResult) -> Table:
    return Table(
        caption=w("Rumours"),
        columns=columns(
            (w("Rumour"), 2), (w("Heard among"), 1.6), (w("What is said"), 2.6), (w("Heard"), 1.1), (w("Answer"), 2.6), (w("Answered"), 1.3)
        ),
        rows=tuple(
            row(
                f"{r.code} {r.name(w.lang)}",
                r.audience,
                r.said(w.lang),
                w.date(r.heard, short=True),
                r.reply(w.lang) or "–",
                w.date(r.answered, short=True)
                if r.answered
                else Cell(text=w.count("open for {n} day", "open for {n} days", r.days_open), mark="late"),
            )
            for r in plan.rumours
        ),
        empty=w("No rumour is on record."),
    )  # fmt: skip
