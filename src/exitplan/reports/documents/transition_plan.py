"""The joint transition plan: what is to be true, who carries it, in what order, against which risks, with what money."""

from __future__ import annotations

from collections import Counter
from datetime import date

from exitplan.domain.condition import Verdict
from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import (
    Activity,
    Area,
    Communication,
    Contingency,
    Function,
    Gate,
    Handover,
    Institution,
    Mandate,
    Objective,
    Partner,
    Phase,
    Risk,
    Scenario,
    Watch,
)
from exitplan.domain.months import months_later
from exitplan.domain.states import HANDOVER_DONE
from exitplan.reports.charts import clocks_strip
from exitplan.reports.content import cover
from exitplan.reports.content.after import after_section
from exitplan.reports.content.coverage import coverage_section
from exitplan.reports.content.dangers import risks_section
from exitplan.reports.content.front import front_page
from exitplan.reports.content.material import Material, joined
from exitplan.reports.content.partners import partners_section
from exitplan.reports.content.readiness import benchmarks_section, gates_section
from exitplan.reports.content.record import (
    assumptions_section,
    changes_section,
    decisions_section,
    manifest_section,
    sources_section,
)
from exitplan.reports.content.sequence import capacity_section, sequence_section
from exitplan.reports.content.takeover import money_blocks, needs_section, receivers_table, training_section
from exitplan.reports.documents.citing import cited, partner, sources_of, told
from exitplan.reports.documents.transition_calendar import calendar_events, months_apart, state
from exitplan.reports.page import Block, Cell, Document, Items, Paragraph, Section, Table, columns, row

SHOWN = 14
"""Rows of a table that stand in the text; longer ones stand in the annex."""


def transition_plan(m: Material) -> Document:
    """The plan as one document, made from what the reader may see; gates that are not open stand before those that are."""
    w = m.w
    front = front_page(m)
    sections = (
        _end_state(m),
        _governance(m),
        _functions(m),
        training_section(m),
        needs_section(m),
        _handovers(m),
        sequence_section(m),
        capacity_section(m),
        _calendar(m),
        gates_section(m),
        benchmarks_section(m),
        _risks(m),
        _money(m),
        coverage_section(m) if m.partners else None,
        _messages(m),
        _after(m),
        changes_section(m),
        assumptions_section(m),
        sources_section(m),
        manifest_section(m),
    )
    return Document(
        **cover(m, w("Joint transition plan")),
        lead=front.headline,
        foot=w("Informs a decision; does not recommend leaving."),
        sections=tuple(s for s in sections if s is not None),
        cited=cited(m),
    )


def _end_state(m: Material) -> Section:
    """Mandate, objectives with the benchmarks that serve them, both clocks."""
    w, dossier = m.w, m.dossier
    blocks: list[Block] = []
    mandate = dossier.get(Mandate, dossier.mission.mandate) or next(reversed(dossier.of(Mandate)), None)
    if mandate:
        said = w(
            "{authority} runs from {start} to {end}.",
            authority=mandate.authority,
            start=w.date(mandate.start),
            end=w.date(mandate.end),
        )
        blocks.append(Paragraph(text=said, sources=sources_of(m, mandate)))
        if mandate.tasks:
            blocks.append(Items(items=mandate.tasks))
    else:
        blocks.append(Paragraph(text=w("No mandate is on record."), tone="note"))
    blocks.append(
        Table(
            caption=w("What is to be true when the mission leaves"),
            columns=columns((w("Part"), 1), (w("Objective"), 1.6), (w("End state"), 4), (w("Benchmarks"), 1.8)),
            rows=tuple(
                row(
                    w.capital(w.code("dimension", o.dimension)),
                    f"{o.code} {o.name(m.lang)}",
                    Cell(text=told(o, "end_state", m.lang), sources=sources_of(m, o)),
                    _serving(m, o),
                )
                for o in dossier.of(Objective)
            ),
            empty=w("No objective has been set."),
        )
    )
    clocks = clocks_strip(m.status.clocks, m.on, w)
    facts = front_page(m).facts
    blocks.append(Items(items=tuple(f"{f.label}{w.colon}{f.value}{f' ({f.note})' if f.note else ''}" for f in facts)))
    blocks.append(clocks)
    return Section(key="end-state", title=w("End state"), blocks=tuple(blocks))


def _serving(m: Material, objective: Objective) -> str:
    found = [b for b in m.status.benchmarks if b.objective == objective.code]
    met = sum(b.verdict.state == "met" for b in found)
    if not found:
        return m.w("none")
    return m.w("{n} of {all} met", n=met, all=len(found)) + f" ({', '.join(b.code for b in found)})"


def _governance(m: Material) -> Section:
    """Phases with the gates that close them, offices with what they answer for, partners, decisions."""
    w, dossier = m.w, m.dossier
    facts = facts_on(dossier, m.on)
    phases = Table(
        caption=w("Phases"),
        columns=columns(
            (w("Phase"), 2.4), (w("From"), 1.1), (w("To"), 1.1), (w("Closes when these gates are open"), 4)
        ),
        rows=tuple(
            row(
                Cell(text=f"{p.code} {p.name(m.lang)}", sources=sources_of(m, p)),
                w.date(p.start, short=True),
                w.date(p.end, short=True),
                w.semicolon.join(
                    f"{g.code} {g.name(m.lang)} ({w.code('gate_state', facts.gate(g).state)})"
                    for code in p.gates
                    if (g := dossier.get(Gate, code))
                )
                or w("no gate set"),
            )
            for p in sorted(dossier.of(Phase), key=lambda p: p.order)
        ),
        empty=w("No phase has been set."),
    )
    return Section(
        key="governance",
        title=w("Governance and owners"),
        blocks=(phases, _offices(m), _parties(m), *decisions_section(m).blocks),
    )


def _offices(m: Material) -> Table:
    w = m.w
    kinds = (Gate, Handover, Function, Activity, Risk, Watch)
    held: dict[str, Counter[str]] = {}
    for kind in kinds:
        for entry in m.dossier.of(kind):
            held.setdefault(entry.owner, Counter())[kind.kind] += 1
    order = sorted(held.items(), key=lambda pair: (not pair[0], -pair[1].total(), pair[0]))
    return Table(
        caption=w("Offices and what they answer for"),
        columns=columns(
            (w("Office"), 3), *(w.capital(w.code("kinds", kind.kind)) for kind in kinds), numbers=range(1, 7)
        ),
        rows=tuple(
            row(
                Cell(text=office or w("nobody named"), mark="" if office else "late"),
                *(w.number(counted[kind.kind]) if counted[kind.kind] else "–" for kind in kinds),
            )
            for office, counted in order
        ),
        empty=w("No office answers for anything yet."),
        folded=len(order) > SHOWN,
    )


def _parties(m: Material) -> Table:
    w = m.w
    found = m.dossier.of(Partner)
    return Table(
        caption=w("Parties to the transition"),
        columns=columns(
            (w("Party"), 2.2), (w("What it is"), 1.3), (w("Stated position"), 3.6), (w("Spoken to through"), 1.6)
        ),
        rows=tuple(
            row(
                Cell(text=f"{p.code} {p.name(m.lang)}", sources=sources_of(m, p) if not p.stance else ()),
                w.code("partner_type", p.type),
                Cell(text=told(p, "stance", m.lang) or "–", sources=sources_of(m, p) if p.stance else ()),
                p.channel or "–",
            )
            for p in found
        ),
        empty=w("No partner is on record."),
        folded=len(found) > SHOWN,
    )


def _functions(m: Material) -> Section:
    """Every mandated task with who takes it, their answer, money and what is lacking."""
    w, dossier = m.w, m.dossier
    currency = dossier.mission.currency
    handed: dict[str, list[bool]] = {}
    for h in m.status.handovers:
        handed.setdefault(h.function, []).append(h.state in HANDOVER_DONE)
    rows = []
    for f in sorted(dossier.of(Function), key=lambda f: (f.acceptance == "yes", f.destination != "undecided")):
        to = w.code("destination", f.destination)
        short = f.cost_year is not None and (f.funded_year or 0) < f.cost_year
        done = handed.get(f.code, [])
        rows.append(
            row(
                Cell(text=f"{f.code} {f.name(m.lang)}", sources=sources_of(m, f)),
                f"{to} ({partner(m, f.receiver_partner)})" if f.receiver_partner else to,
                Cell(text=w.code("acceptance", f.acceptance), mark="" if f.acceptance == "yes" else "late"),
                w("{n} of {all}", n=sum(done), all=len(done)) if done else "–",
                w.number(f.cost_year / 1e6, 1) if f.cost_year is not None else "–",
                Cell(
                    text=w.share((f.funded_year or 0) / f.cost_year) if f.cost_year else "–",
                    mark="late" if short else "",
                ),
                told(f, "gap", m.lang) or "–",
            )
        )
    table = Table(
        caption=w("Functions and who takes them over, those not accepted first"),
        columns=columns(
            (w("Function"), 2.2),
            (w("Who takes it"), 1.7),
            (w("Answer"), 1.3),
            (w("Handed over"), 0.9),
            (w("Cost a year, million {currency}", currency=currency), 1.1),
            (w("Funded"), 0.9),
            (w("What is lacking"), 2.6),
            numbers=(3, 4, 5),
        ),
        rows=tuple(rows),
        empty=w("The dossier holds no function."),
    )
    lacking = (receivers_table(m, m.takeover.functions),) if m.takeover else ()
    return Section(key="functions", title=w("Functions"), blocks=(table, *lacking))


def _handovers(m: Material) -> Section:
    """Every hand-over with its dates, its gates, the receiver's answer and conditions."""
    w, dossier = m.w, m.dossier
    rows = []
    for h in sorted(m.status.handovers, key=lambda h: (h.state in HANDOVER_DONE, h.actual or h.forecast or date.max)):
        entry = dossier.find(Handover, h.code)
        shut = [code for code, verdict in h.gates.items() if verdict != "met"]
        receiver = dossier.get(Institution, entry.receiver)
        conditions = told(entry, "conditions", m.lang)
        answer = w.code("acceptance", h.acceptance) + (f"{w.colon}{conditions}" if conditions else "")
        rows.append(
            row(
                Cell(text=f"{h.code} {h.name(m.lang)}", sources=sources_of(m, entry)),
                receiver.name(m.lang) if receiver else partner(m, entry.receiver_partner),
                w.code("handover_state", h.state),
                Cell(text=", ".join(shut) if shut else w("open"), mark="unmet" if shut else ""),
                w.date(h.baseline, short=True),
                Cell(text=w.date(h.actual or h.forecast, short=True), mark="late" if (h.slip_days or 0) > 0 else ""),
                answer,
            )
        )
    table = Table(
        caption=w("Hand-overs, those still to come first"),
        columns=columns(
            (w("Hand-over"), 2.4),
            (w("Receiver"), 1.9),
            (w("State"), 1.2),
            (w("Gates not open"), 1.5),
            (w("First agreed"), 1.1),
            (w("Expected or done"), 1.2),
            (w("Receiver's answer"), 1.6),
        ),
        rows=tuple(rows),
        empty=w("No hand-over has been set."),
        note=w("Marked: later than first agreed.")
        if any(h.slip_days and h.slip_days > 0 for h in m.status.handovers)
        else "",
        folded=len(rows) > 2 * SHOWN,
    )
    return Section(key="handovers", title=w("Hand-overs"), blocks=(table,))


def _calendar(m: Material) -> Section:
    """What lies ahead, from the day of the plan on; the template's steps stand apart."""
    w = m.w
    every = calendar_events(m.dossier, m.status.clocks.calendar.end, w, on=m.on)
    ahead = [e for e in every if not e.done and e.category != "template"]
    blocks: list[Block] = [
        Table(
            caption=w("What is still to come"),
            columns=columns(
                (w("Day"), 1.2),
                (w("Months from the end"), 0.9),
                (w("Kind of date"), 1.3),
                (w("What"), 4.4),
                (w("Office"), 2),
                numbers=(1,),
            ),
            rows=tuple(
                row(
                    Cell(text=w.date(e.day, short=True), mark="late" if e.day < m.on else ""),
                    months_apart(e.months),
                    w.code("calendar", e.category),
                    e.title,
                    e.office or w("nobody named"),
                )
                for e in ahead
            ),
            empty=w("No date is set."),
            folded=len(ahead) > 3 * SHOWN,
        )
    ]
    steps = [e for e in every if e.category == "template"]
    if steps:
        blocks.append(
            Table(
                caption=w("Steps that transitions usually have (template)"),
                columns=columns((w("Months from the end"), 1), (w("Day"), 1.2), (w("Step"), 6), (w("State"), 1)),
                rows=tuple(
                    row(months_apart(e.months), w.date(e.day, short=True), e.title.partition(w.colon)[2], state(e, w))
                    for e in steps
                ),
                note=w("A proposal to start from, no norm: an entry of the mission's own takes the place of a step."),
            )
        )
    return Section(key="calendar", title=w("Transition calendar"), blocks=tuple(blocks))


def _risks(m: Material) -> Section:
    """The register's worst risks, and what will be done where one comes true."""
    w, dossier = m.w, m.dossier
    facts = facts_on(dossier, m.on)
    rows = []
    for c in dossier.of(Contingency):
        verdict = facts.condition(c.trigger)
        about = dossier.get(Risk, c.risk) or dossier.get(Scenario, c.scenario)
        rows.append(
            row(
                Cell(text=f"{c.code} {c.name(m.lang)}", sources=sources_of(m, c)),
                f"{about.code} {about.name(m.lang)}" if about else "–",
                Cell(text=w.code("trigger_state", verdict.state), mark=_fired(verdict)),
                w.semicolon.join(c.response),
                w.number(c.within_days),
                w.date(c.rehearsed, short=True) if c.rehearsed else w("never"),
                c.owner or w("nobody named"),
            )
        )
    table = Table(
        caption=w("Contingency plans"),
        columns=columns(
            (w("Plan"), 2),
            (w("Answers"), 2),
            (w("Trigger"), 1.2),
            (w("Agreed first steps"), 3.2),
            (w("Within, days"), 0.8),
            (w("Rehearsed"), 1.1),
            (w("Owner"), 1.4),
            numbers=(4,),
        ),
        rows=tuple(rows),
        empty=w("No contingency plan has been made."),
    )
    found = risks_section(m)
    return found.model_copy(update={"title": w("Risks and contingency plans"), "blocks": (*found.blocks, table)})


def _fired(verdict: Verdict) -> str:
    return {"met": "late", "unknown": "unknown"}.get(verdict.state, "")


def _money(m: Material) -> Section:
    """How functions are paid for month by month, and what partners promised."""
    found = partners_section(m)
    months = money_blocks(m, m.takeover) if m.takeover else []
    return found.model_copy(update={"title": m.w("Partners and money"), "blocks": (*months, *found.blocks)})


def _messages(m: Material) -> Section:
    w, dossier = m.w, m.dossier
    found = sorted(dossier.of(Communication), key=lambda c: (c.done is not None, c.date, c.code))
    table = Table(
        caption=w("Messages, those still to be given first"),
        columns=columns(
            (w("Day"), 1.1),
            (w("Who is told"), 1.6),
            (w("What they are told"), 4),
            (w("How"), 1.4),
            (w("Goes with"), 1.3),
            (w("Given on"), 1.1),
        ),
        rows=tuple(
            row(
                Cell(text=w.date(c.date, short=True), mark="late" if c.done is None and c.date < m.on else ""),
                c.audience,
                Cell(text=f"{c.name(m.lang)}{w.colon}{told(c, 'message', m.lang)}", sources=sources_of(m, c)),
                c.channel or "–",
                c.handover or "–",
                w.date(c.done, short=True),
            )
            for c in found
        ),
        empty=w("No message is planned. Uncertainty feeds rumour: say who is told what, and when."),
        folded=len(found) > 2 * SHOWN,
    )
    return Section(key="messages", title=w("Communication"), blocks=(table,))


def _after(m: Material) -> Section:
    """What is kept under watch after the exit, by whom, and when it is looked at again."""
    w, dossier = m.w, m.dossier
    end = m.status.clocks.calendar.end
    facts = facts_on(dossier, m.on)
    found = dossier.of(Watch)
    rows = []
    for x in found:
        verdict = facts.condition(x.trigger)
        area = dossier.get(Area, x.area)
        points = (
            ", ".join(w.date(months_later(end, n), short=True) for n in x.review_months)
            if end
            else joined((f"T+{n}" for n in x.review_months), 6, w)
        )
        rows.append(
            row(
                Cell(text=f"{x.code} {x.name(m.lang)}", sources=sources_of(m, x)),
                area.name(m.lang) if area else w("whole country"),
                Cell(text=w.code("trigger_state", verdict.state), mark=_fired(verdict)),
                x.response or "–",
                x.successor_owner or x.owner or w("nobody named"),
                points,
            )
        )
    table = Table(
        caption=w("Kept under watch after the exit"),
        columns=columns(
            (w("Watch"), 2.2),
            (w("Where"), 1.3),
            (w("Trigger today"), 1.2),
            (w("Agreed first response"), 2.4),
            (w("Watched after the mission by"), 1.8),
            (w("Looked at again"), 2),
        ),
        rows=tuple(rows),
        empty=w("Nothing is under watch yet. A watch names an area or an indicator, a trigger and who responds first."),
        folded=len(rows) > 2 * SHOWN,
    )
    goes_on = after_section(m).blocks
    title = w("Monitoring, evaluation and the watch after exit")
    return Section(key="after", title=title, blocks=(table, *goes_on))
