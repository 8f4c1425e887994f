"""The public fact sheet: one page of what anybody may know. No chance, no position, no head count, no date of a move to come."""

from __future__ import annotations

from exitplan.domain.kinds import Function, Mandate, Objective, Source
from exitplan.domain.states import HANDOVER_DONE
from exitplan.reports.charts.gates import state_cell
from exitplan.reports.content import cover
from exitplan.reports.content.material import Material, clipped, joined
from exitplan.reports.documents.citing import told
from exitplan.reports.page import Block, Document, Items, Paragraph, Section, Table, columns, row

MOST = 8
"""Rows of each table, so that it stays one page."""

MOST_SOURCES = 6


def fact_sheet(m: Material) -> Document:
    """
    The fact sheet.

    Parameters
    ----------
    m
        What a reader from outside may see: whoever makes it, made from the view of an observer and from nothing else.
    """
    w = m.w
    sections = (_mission(m), _standing(m), _taken_over(m), _since(m), _sources(m))
    return Document(
        **cover(m, w("Fact sheet")),
        foot=w("Informs; holds no forecast, no position of a site and no head count."),
        fitted=True,
        sections=tuple(s for s in sections if s is not None),
    )


def _mission(m: Material) -> Section:
    w, dossier = m.w, m.dossier
    mission = dossier.mission
    mandate = dossier.get(Mandate, mission.mandate) or next(reversed(dossier.of(Mandate)), None)
    host = (mission.host_name_fr if m.lang == "fr" else None) or mission.host_name
    said = [
        w("{mission} has been in {host} since {day}.", mission=mission.acronym, host=host, day=w.date(mission.started))
    ]
    if mandate:
        said.append(
            w("Its mandate, {authority}, runs until {day}.", authority=mandate.authority, day=w.date(mandate.end))
        )
    blocks: list[Block] = [Paragraph(text=" ".join(said), tone="lead")]
    goals = [f"{o.name(m.lang)}{w.colon}{clipped(told(o, 'end_state', m.lang), 220)}" for o in dossier.of(Objective)]
    if goals:
        blocks += [Paragraph(text=w("What is to be true when it leaves:")), Items(items=tuple(goals[:MOST]))]
    return Section(key="mission", title=w("The mission"), blocks=tuple(blocks))


def _standing(m: Material) -> Section:
    w = m.w
    found = m.status.benchmarks
    met = sum(b.verdict.state == "met" for b in found)
    table = Table(
        caption=w("Benchmarks on {day}, those not met first", day=w.date(m.on)),
        columns=columns((w("Benchmark"), 2.4), (w("What it asks"), 5), (w("State"), 1.2)),
        rows=tuple(
            row(
                b.name(m.lang),
                clipped((b.statement_fr if m.lang == "fr" else None) or b.statement, 170),
                state_cell(b.verdict.state, w),
            )
            for b in found[:MOST]
        ),
        empty=w("No benchmark is published."),
        note=_more(m, len(found)),
    )
    said = (
        w.count(
            "{n} of {all} published benchmarks is met.",
            "{n} of {all} published benchmarks are met.",
            met,
            all=len(found),
        )
        if found
        else ""
    )
    note = w("A benchmark is met only when each of its criteria is; missing data count as unknown.")
    blocks = (
        *((Paragraph(text=said),) if said else ()),
        table,
        *((Paragraph(text=note, tone="note"),) if found else ()),
    )
    return Section(key="standing", title=w("Where things stand"), blocks=blocks)


def _taken_over(m: Material) -> Section:
    w = m.w
    done = [h for h in m.status.handovers if h.state in HANDOVER_DONE]
    of: dict[str, int] = {}
    for h in done:
        of[h.function] = of.get(h.function, 0) + 1
    every: dict[str, int] = {}
    for h in m.status.handovers:
        every[h.function] = every.get(h.function, 0) + 1
    found = m.dossier.of(Function)
    table = Table(
        caption=w("Who carries the work after the mission"),
        columns=columns((w("Function"), 3), (w("Who takes it"), 2.2), (w("Hand-overs done"), 1.4)),
        rows=tuple(
            row(
                f.name(m.lang),
                w.code("destination", f.destination),
                w("{n} of {all}", n=of.get(f.code, 0), all=every[f.code]) if f.code in every else "–",
            )
            for f in found[:MOST]
        ),
        empty=w("Nothing is published of who takes over."),
        note=_more(m, len(found)),
    )
    return Section(key="taken-over", title=w("Who takes over"), blocks=(table,))


def _since(m: Material) -> Section | None:
    """What changed, in words without values: whether a benchmark is met, and which functions were handed over."""
    w = m.w
    if m.status.since is None:
        return None
    said = []
    for change in m.status.changes:
        name = (change.title_fr if m.lang == "fr" else None) or change.title
        if (change.kind, change.what) == ("benchmark", "state"):
            said.append(
                w(
                    "{name}: was {before}, is {after}.",
                    name=name,
                    before=w.code("state", change.before),
                    after=w.code("state", change.after),
                )
            )
        elif (change.kind, change.what) == ("handover", "transferred"):
            said.append(w("{name}: handed over on {day}.", name=name, day=w.date(change.date)))
        elif (change.kind, change.what) == ("handover", "reversed"):
            said.append(w("{name}: taken back on {day}.", name=name, day=w.date(change.date)))
    blocks: tuple[Block, ...] = (
        (Items(items=tuple(said[:MOST])),) if said else (Paragraph(text=w("Nothing that is published changed.")),)
    )
    return Section(key="since", title=w("What changed since {day}", day=w.date(m.status.since)), blocks=blocks)


def _sources(m: Material) -> Section | None:
    names = [s.name(m.lang) for s in m.dossier.of(Source)]
    if not names:
        return None
    text = f"{joined(names, MOST_SOURCES, m.w)}."
    return Section(key="sources", title=m.w("Sources"), blocks=(Paragraph(text=text, tone="note"),))


def _more(m: Material, found: int) -> str:
    return (
        m.w.count("{n} more is not listed here.", "{n} more are not listed here.", found - MOST) if found > MOST else ""
    )
