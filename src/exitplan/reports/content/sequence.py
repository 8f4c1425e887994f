"""Hand-overs and sites with their dates and what binds them; what the receivers can carry."""

from __future__ import annotations

from exitplan.domain.kinds import Plan, Scenario
from exitplan.domain.results.schedule import ScheduledStep
from exitplan.domain.states import HANDOVER_DONE, SITE_DONE
from exitplan.reports.charts import board, capacity_curves, gantt, strength_chart
from exitplan.reports.charts.sequence import limits_table, sequence_steps, steps_table
from exitplan.reports.content.material import Material, joined
from exitplan.reports.page import Block, Cell, Items, Paragraph, Section, Table, columns, row

ROWS = 34
"""Steps in one picture: as many as stay legible on a page."""


def sequence_section(m: Material) -> Section:
    """Hand-overs and closures in the earliest feasible sequence, with the limits that bind it."""
    w, schedule = m.w, m.schedule
    blocks: list[Block] = [*_summary(m)]
    if m.status.handovers:
        blocks.append(board(m.status.handovers, schedule.steps if schedule else (), m.areas, m.functions, w))
    if schedule:
        blocks += _pictures(m, w("Hand-overs"), "handovers", sequence_steps(schedule, "handover"))
        blocks += _pictures(m, w("Sites"), "sites", sequence_steps(schedule, "site"))
        if schedule.strength:
            blocks.append(strength_chart(schedule.strength, schedule.deadline, w))
        blocks.append(limits_table(schedule.limits, w))
    blocks.append(_sites(m))
    return Section(key="sequence", title=w("Hand-overs and sites"), blocks=tuple(blocks))


def _summary(m: Material) -> list[Block]:
    w, schedule = m.w, m.schedule
    handovers, sites = m.status.handovers, m.status.sites
    done = sum(h.state in HANDOVER_DONE for h in handovers)
    closed = sum(s.state in SITE_DONE for s in sites)
    said = [
        w(
            "{done} of {all} hand-overs are transferred; {closed} of {sites} sites are handed over.",
            done=done,
            all=len(handovers),
            closed=closed,
            sites=len(sites),
        )
    ]
    if schedule is None:
        return [
            Paragraph(
                text=" ".join([*said, w("No sequence has been worked out: the dossier holds no plan.")]), tone="lead"
            )
        ]
    plan = m.dossier.get(Plan, schedule.plan)
    scenario = m.dossier.get(Scenario, schedule.scenario)
    said.append(
        w(
            "Plan {plan}, scenario {scenario}.",
            plan=f"{schedule.plan} {plan.name(m.lang)}" if plan else schedule.plan,
            scenario=f"{schedule.scenario} {scenario.name(m.lang)}"
            if scenario
            else m.dossier.scenario(None).name(m.lang),
        )
    )
    if schedule.end and schedule.deadline:
        late = schedule.late_months or 0
        said.append(
            w.count(
                "The feasible sequence ends in {end}, {n} month after the deadline.",
                "The feasible sequence ends in {end}, {n} months after the deadline.",
                late,
                end=w.month(schedule.end),
            )
            if late > 0
            else w(
                "The feasible sequence ends in {end}, within the deadline of {deadline}.",
                end=w.month(schedule.end),
                deadline=w.month(schedule.deadline),
            )
        )
    elif schedule.end:
        said.append(w("The feasible sequence ends in {end}.", end=w.month(schedule.end)))
    else:
        stuck = sum(s.state == "not_feasible" for s in schedule.steps)
        said.append(
            w.count(
                "{n} step has no feasible month within the months looked ahead.",
                "{n} steps have no feasible month within the months looked ahead.",
                stuck,
            )
        )
    blocks: list[Block] = [Paragraph(text=" ".join(said), tone="lead")]
    if schedule.breaches:
        blocks.append(Items(items=tuple(w.breach(b) for b in schedule.breaches)))
    if schedule.critical:
        chain = " → ".join(_step_name(m, c) for c in schedule.critical)
        blocks.append(Paragraph(text=w("The end is set by this chain: {chain}.", chain=chain)))
    return blocks


def _step_name(m: Material, reference: str) -> str:
    kind, _, code = reference.partition(":")
    step = next((s for s in m.schedule.steps if s.kind == kind and s.code == code), None) if m.schedule else None
    return f"{code} {step.name(m.lang)}" if step else m.w.about(reference)


def _pictures(m: Material, title: str, key: str, steps: list[ScheduledStep]) -> list[Block]:
    """Pictures of no more than `ROWS` steps, the shut ones in words, the done ones only counted."""
    w = m.w
    deadline = m.schedule.deadline if m.schedule else None
    blocks: list[Block] = []
    stuck = [s for s in steps if s.state == "not_feasible"]
    if stuck:
        blocks.append(steps_table(w("{what} without a feasible month", what=title), stuck, w))
    dated = [s for s in steps if s.state == "planned" and s.earliest]
    pieces = -(-len(dated) // ROWS) if dated else 0
    size = -(-len(dated) // pieces) if pieces else 0
    for at in range(pieces):
        part = dated[at * size : (at + 1) * size]
        numbered = f"{title} ({at + 1}/{pieces})" if pieces > 1 else title
        blocks.append(gantt(f"{key}-{at + 1}", w("{what}: earliest feasible months", what=numbered), part, deadline, w))
    return blocks


def _sites(m: Material) -> Table:
    w = m.w
    order = {
        s: at for at, s in enumerate(("misused", "closing", "notified", "cleared", "open", "handed_over", "checked"))
    }
    sites = sorted(m.status.sites, key=lambda s: (order[s.state], s.area, s.code))
    return Table(
        caption=w("Sites and what is left to do"),
        columns=columns(
            (w("Site"), 2.4),
            (w("Area"), 1.3),
            (w("State"), 1.3),
            w("People"),
            (w("Steps done"), 1),
            (w("Days to close"), 1),
            (w("Certificates missing"), 2.2),
            (w("Use afterwards"), 1.2),
            numbers=(3, 4, 5),
        ),
        rows=tuple(
            row(
                f"{s.code} {s.name(m.lang)}",
                m.where(s.area),
                w.code("site_state", s.state),
                w.number(s.personnel),
                f"{s.steps_done}/{s.steps}",
                w.number(s.days_to_close),
                joined(s.certificates_missing, 3, w) or "–",
                Cell(text=w("not agreed"), mark="late") if s.without_end_use else w("agreed"),
            )
            for s in sites
        ),
        empty=w("The dossier holds no site."),
        folded=len(sites) > 12,
    )


def capacity_section(m: Material) -> Section | None:
    """What national institutions can carry; None where nothing was computed."""
    w, capacity = m.w, m.capacity
    if capacity is None or not (capacity.institutions or capacity.areas):
        return None
    blocks: list[Block] = []
    if any(a.months for a in capacity.areas):
        blocks.append(capacity_curves(capacity, m.areas, w))
    rows = []
    for i in sorted(capacity.institutions, key=lambda i: i.probability_full):
        if not i.months:
            continue
        end = i.months[-1]
        rows.append(
            row(
                f"{i.code} {i.name(m.lang)}",
                m.where(i.area),
                w.number(i.need),
                f"{w.number(i.months[0].strength, 0)} → {w.number(end.strength, 0)}",
                w.share(i.months[0].median),
                f"{w.share(end.median)} ({w.chances(end.low, end.high)})",
                w.chance(i.probability_full),
                w.code("verification", i.verification),
            )
        )
    blocks.append(
        Table(
            caption=w("National institutions, those least likely to be ready first"),
            columns=columns(
                (w("Institution"), 2.4),
                (w("Area"), 1.3),
                w("Need"),
                (w("On duty, now and at the horizon"), 1.4),
                (w("Capacity now"), 1),
                (w("At the horizon"), 1.5),
                (w("Chance of nine tenths"), 1.1),
                (w("Count verified"), 1.3),
                numbers=(2, 3, 4, 5, 6),
            ),
            rows=tuple(rows),
            empty=w("The dossier holds no institution."),
            folded=len(rows) > 12,
        )
    )
    return Section(key="capacity", title=w("What the receivers can carry"), blocks=tuple(blocks))
