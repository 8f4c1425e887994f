"""After the mission: programmes and what works of them, needs nobody meets, functions after transfer, context, dates kept or not."""

from __future__ import annotations

from exitplan.domain.kinds import Partner, Source
from exitplan.domain.results.after import AfterResult, ContextLine, ProgrammeLine, Slip
from exitplan.reports.content.material import Material, joined
from exitplan.reports.page import Cell, Paragraph, Section, Table, columns, row

LONG = 12
"""Rows above which a table is folded on a screen."""


def after_section(m: Material) -> Section:
    """Functions after transfer first, then needs, programmes, context and dates."""
    w, found = m.w, m.after
    title = w("After the mission")
    if found is None or not (found.programmes or found.tasks or found.needs or found.slips):
        said = w("Nothing is on record of the time after the mission: no function, need, programme or date.")
        return Section(key="after", title=title, blocks=(Paragraph(text=said, tone="warning"),))
    return Section(
        key="after",
        title=title,
        blocks=(
            _tasks(m, found),
            _needs(m, found),
            _programmes(m, found),
            _results(m, found),
            *_context(m, found),
            _phases(m, found),
            _slips(m, found),
        ),
    )


def _tasks(m: Material, found: AfterResult) -> Table:
    w = m.w
    return Table(
        caption=w("Functions after transfer, those with most to mend first"),
        columns=columns(
            (w("Function"), 2),
            (w("Handed over"), 1.2),
            (w("Answer"), 1.2),
            (w("Funded"), 1),
            (w("Last joint measurement"), 1.4),
            (w("Criteria met, not met, unknown"), 1.5),
            (w("To mend"), 3),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f"{t.code} {t.name(m.lang)}",
                w("{done} of {all}", done=w.number(t.transferred), all=w.number(t.handovers)),
                Cell(text=w.code("acceptance", t.acceptance), mark="" if t.acceptance == "yes" else "late"),
                w.share(t.funded) if t.funded is not None else "–",
                w.date(t.last_joint, short=True) if t.last_joint else Cell(text=w("none"), mark="late"),
                f"{t.met} · {t.unmet} · {t.unknown}",
                w.semicolon.join(w.code("task_fault", f) for f in t.faults) or "–",
            )
            for t in found.tasks
        ),
        empty=w("The dossier holds no function."),
        folded=len(found.tasks) > LONG,
    )


def _needs(m: Material, found: AfterResult) -> Table:
    w = m.w
    return Table(
        caption=w("Needs, those that no programme answers first"),
        columns=columns(
            (w("Need"), 2.6), (w("Named by"), 1.6), (w("Where"), 1.4), (w("Rank"), 0.7), (w("Function"), 1.6), (w("Answered by"), 2),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f"{n.code} {n.name(m.lang)}",
                n.group or w.code("need_level", n.level),
                m.where(n.area),
                w.number(n.priority),
                m.functions.get(n.function, n.function) if n.function else w("none named"),
                ", ".join(n.programmes) if n.programmes else Cell(text=w("no programme"), mark="late"),
            )
            for n in found.needs
        ),
        empty=w("No need is on record. Needs are named in consultations with communities."),
        note=w("A programme answers a need when it names it, or supports the function that would meet it, in its area or everywhere.")
        if found.needs
        else "",
        folded=len(found.needs) > LONG,
    )  # fmt: skip


def _programmes(m: Material, found: AfterResult) -> Table:
    w = m.w
    return Table(
        caption=w("Programmes, the first to end first"),
        columns=columns(
            (w("Programme"), 2.2),
            (w("Kind"), 1.3),
            (w("Run by"), 1.5),
            (w("Where"), 1.8),
            (w("Funded until"), 1.2),
            (w("Funded"), 0.9),
            (w("Recurrent cost, million {currency} a year", currency=m.dossier.mission.currency), 1.2),
            (w("Of it agreed"), 1),
            (w("SDG target"), 0.8),
            numbers=(5, 6, 7),
        ),
        rows=tuple(_programme(m, p) for p in found.programmes),
        empty=w("No programme is on record."),
        folded=len(found.programmes) > LONG,
    )


def _programme(m: Material, p: ProgrammeLine) -> tuple[Cell, ...]:
    w = m.w
    partner = m.dossier.get(Partner, p.partner)
    early = p.months_after_exit is not None and p.months_after_exit <= 0
    unpaid = p.recurrent_year > 0 and (p.recurrent_covered or 0) < 1
    agreed = (
        "–"
        if p.recurrent_year == 0
        else Cell(
            text=w.share(p.recurrent_covered) if p.recurrent_covered is not None else w("not said"),
            mark="late" if unpaid else "",
        )
    )
    return row(
        f"{p.code} {p.name(m.lang)}",
        w.code("programme_type", p.type),
        partner.name(m.lang) if partner else p.partner or w("nobody named"),
        joined((m.areas.get(a, a) for a in p.areas), 4, w) if p.areas else w("whole country"),
        Cell(text=w.date(p.end, short=True), mark="late" if early or p.ended else ""),
        Cell(text=w.share(p.funded), mark="late" if p.funded < 1 else ""),
        w.number(p.recurrent_year / 1e6, 1) if p.recurrent_year else "–",
        agreed,
        p.sdg or "–",
    )


def _results(m: Material, found: AfterResult) -> Table:
    w = m.w
    rows = [(p, r) for p in found.programmes for r in p.results]
    return Table(
        caption=w("Results: meant, built, working"),
        columns=columns(
            (w("Result"), 2.6), (w("Programme"), 2.2), (w("Meant"), 1), (w("Built"), 1), (w("Working"), 1), (w("Working of built"), 1.2),
            numbers=(2, 3, 4, 5),
        ),
        rows=tuple(
            row(
                (r.title_fr if m.lang == "fr" else None) or r.title,
                f"{p.code} {p.name(m.lang)}",
                w.number(r.target),
                w.number(r.built) if r.built is not None else "–",
                Cell(text=w.number(r.working), mark="late" if r.working < r.target else "met"),
                w.share(r.working / r.built) if r.built else "–",
            )
            for p, r in rows
        ),
        empty=w("No result is on record."),
        folded=len(rows) > LONG,
    )  # fmt: skip


def _context(m: Material, found: AfterResult) -> tuple[Table | Paragraph, ...]:
    w = m.w
    table = Table(
        caption=w("Context: values and dates of the surroundings"),
        columns=columns(
            (w("Topic"), 1.2), (w("What"), 3), (w("Now"), 1.4), (w("A year earlier"), 1.2), (w("Day"), 1.2), (w("Source"), 2),
            numbers=(2, 3),
        ),
        rows=tuple(_context_row(m, c) for c in found.context),
        empty=w("Nothing is marked as context. Mark an indicator or a milestone to see it here."),
    )  # fmt: skip
    said = w("No simulation uses these values; a gate or a trigger may. They stand here so that nobody forgets them.")
    if found.context_missing:
        topics = ", ".join(w.code("context", t) for t in found.context_missing)
        said += " " + w("Nothing is on record of: {topics}.", topics=topics)
    return table, Paragraph(text=said, tone="note")


def _context_row(m: Material, c: ContextLine) -> tuple[Cell, ...]:
    w = m.w
    source = m.dossier.get(Source, c.source)
    if c.kind == "milestone":
        now = Cell(
            text=w("done") if c.done else w("passed, not done") if c.stale else w("to come"),
            mark="late" if c.stale else "",
        )
    elif c.value is None:
        now = Cell(text=w("no data"), mark="unknown")
    else:
        now = Cell(text=f"{w.number(c.value)} {c.unit}", mark="unknown" if c.stale else "")
    return row(
        w.capital(w.code("context", c.topic)),
        f"{c.code} {c.name(m.lang)}",
        now,
        w.number(c.before) if c.before is not None else "–",
        w.date(c.day, short=True),
        source.name(m.lang) if source else c.source or "–",
    )


def _phases(m: Material, found: AfterResult) -> Table:
    w = m.w
    return Table(
        caption=w("First plan against what happened, by phase"),
        columns=columns(
            (w("Phase"), 3), (w("Steps"), 1), (w("Done"), 1), (w("Late"), 1), (w("Median slip of what is done, days"), 1.6),
            numbers=(1, 2, 3, 4),
        ),
        rows=tuple(
            row(
                f"{p.code} {(p.title_fr if m.lang == 'fr' else None) or p.title}" if p.code else w("in no phase"),
                w.number(p.steps),
                w.number(p.done),
                Cell(text=w.number(p.late), mark="late" if p.late else ""),
                w.number(p.median_slip_days) if p.median_slip_days is not None else "–",
            )
            for p in found.phases
        ),
        empty=w("No step has a date yet."),
        note=w("Retrospective: what is known today was not known when the first plan was made."),
    )  # fmt: skip


def _slips(m: Material, found: AfterResult) -> Table:
    w = m.w
    shown = [s for s in found.slips if s.state != "unplanned"]
    return Table(
        caption=w("Hand-overs, sites and milestones against their first date, the latest first"),
        columns=columns(
            (w("Step"), 3), (w("Kind"), 1.1), (w("First planned"), 1.2), (w("Expected now"), 1.2), (w("Happened"), 1.2), (w("Slip, days"), 1),
            (w("State"), 1.2),
            numbers=(5,),
        ),
        rows=tuple(_slip(m, s) for s in shown),
        empty=w("No step has a date yet."),
        folded=len(shown) > LONG,
    )  # fmt: skip


def _slip(m: Material, s: Slip) -> tuple[Cell, ...]:
    w = m.w
    return row(
        f"{s.code} {s.name(m.lang)}",
        w.code("kind", s.kind),
        w.date(s.baseline, short=True),
        w.date(s.forecast, short=True),
        w.date(s.actual, short=True),
        w.number(s.slip_days) if s.slip_days is not None else "–",
        Cell(
            text=w.code("slip_state", s.state),
            mark="late" if s.state == "late" else "done" if s.state == "done" else "",
        ),
    )
