"""Page one: enough for ten minutes. What is not met comes first."""

from __future__ import annotations

from exitplan.domain.kinds import Decision
from exitplan.domain.results.readiness import GateStatus
from exitplan.reports.charts import clocks_strip, gap_words
from exitplan.reports.content.material import Material, clipped, deciding
from exitplan.reports.page import Asked, Cell, Dissent, Fact, FrontPage, Table, columns, row

GATES_SHOWN = 6
ASKED_SHOWN = 3
DISSENT_SHOWN = 2


def front_page(m: Material) -> FrontPage:
    """Unmet exit gates, both clocks and the gap, three decisions wanted, dissent."""
    asked, asked_note = _asked(m)
    dissent = _dissent(m)
    return FrontPage(
        headline=_headline(m),
        gates=_gates(m),
        facts=_facts(m),
        clocks=clocks_strip(m.status.clocks, m.on, m.w),
        asked=asked,
        asked_note=asked_note,
        dissent=dissent,
        dissent_note=""
        if dissent
        else m.w("No differing view is on record. That is not agreement: nobody may have been asked."),
        informs=m.w("This brief informs a decision; it does not recommend leaving."),
    )


def exit_gates(m: Material) -> list[GateStatus]:
    """The gates the mission as a whole waits for; every gate where the mission names none."""
    exits = [g for g in m.status.gates if g.exit]
    return exits or list(m.status.gates)


def _headline(m: Material) -> str:
    w, gates = m.w, exit_gates(m)
    shut = sum(g.verdict.state != "met" for g in gates)
    named = any(g.exit for g in gates)
    if not gates:
        return w("No gate has been set: nothing yet says what must be true before the mission leaves.")
    if shut == 0:
        first = w("All exit gates are open.") if named else w("All gates are open.")
    elif named:
        first = w.count(
            "{n} of {all} exit gate is not open.",
            "{n} of {all} exit gates are not open.",
            shut,
            all=w.number(len(gates)),
        )
    else:
        first = w.count(
            "{n} of {all} gate is not open.", "{n} of {all} gates are not open.", shut, all=w.number(len(gates))
        )
    return f"{first} {gap_words(m.status.clocks, w)}"


def _gates(m: Material) -> Table:
    w = m.w
    shut = [g for g in exit_gates(m) if g.verdict.state != "met"]
    rows = []
    for gate in shut[:GATES_SHOWN]:
        part = deciding(gate.verdict) or gate.verdict
        kind, _, code = part.about.partition(":")
        criterion = m.criteria.get(code) if kind == "criterion" else None
        failing = (
            f"{code} {criterion.name(m.lang)}"
            if criterion
            else w.capital(w.about(part.about))
            if code
            else gate.name(m.lang)
        )
        more = len(gate.unmet) + len(gate.unknown) - 1
        rows.append(
            row(
                Cell(text=clipped(f"{gate.code} {gate.name(m.lang)}", 90), mark=gate.verdict.state),
                clipped(failing, 110) + (f" (+{more})" if more > 0 else ""),
                clipped(m.reason(part), 130),
                w.date(part.since, short=True),
                clipped(part.owed_by, 60) or "–",
            )
        )
    return Table(
        caption=w("Exit gates that are not open")
        if any(g.exit for g in m.status.gates)
        else w("Gates that are not open"),
        columns=columns(
            (w("Gate"), 2.5),
            (w("First criterion not met"), 2.9),
            (w("Measured against the bar"), 2.9),
            (w("Since"), 1.1),
            (w("Owed by"), 1.7),
        ),
        rows=tuple(rows),
        empty=w("All gates are open.") if m.status.gates else w("No gate has been set."),
        note=_more_gates(m, len(shut)),
    )


def _more_gates(m: Material, shut: int) -> str:
    notes = []
    if shut > GATES_SHOWN:
        notes.append(
            m.w.count(
                "{n} more gate is listed in the next part.",
                "{n} more gates are listed in the next part.",
                shut - GATES_SHOWN,
            )
        )
    others = sum(not g.exit and g.verdict.state != "met" for g in m.status.gates)
    if any(g.exit for g in m.status.gates) and others:
        all_others = sum(not g.exit for g in m.status.gates)
        notes.append(
            m.w.count(
                "Of {all} gates before single hand-overs and closures, {n} is not open.",
                "Of {all} gates before single hand-overs and closures, {n} are not open.",
                others,
                all=m.w.number(all_others),
            )
        )
    return " ".join(notes)


def _facts(m: Material) -> tuple[Fact, ...]:
    w, clocks = m.w, m.status.clocks
    left = clocks.calendar.months_left
    calendar = Fact(
        label=w("Calendar"),
        value=w.date(clocks.calendar.end, short=True) if clocks.calendar.end else w("no date set"),
        note=""
        if left is None
        else w.count("{n} month left", "{n} months left", left)
        if left >= 0
        else w.count("{n} month past", "{n} months past", -left),
    )
    found = clocks.conditions
    if not m.status.gates:
        middle, band = w("unknown"), w("no gate set")
    elif found.open_now:
        middle, band = w("open now"), ""
    elif found.month:
        middle = w.month(found.month, short=True)
        late = w.month(found.late, short=True) if found.late else w("beyond {n} months", n=found.horizon_months)
        band = w("four fifths: {early} – {late}", early=w.month(found.early, short=True), late=late)
    elif found.unknown:
        middle = w("unknown")
        band = w.count("data missing for {n} gate", "data missing for {n} gates", len(found.unknown))
    elif found.not_shown:
        middle, band = w("not shown"), w("it rests on what is not shown to you")
    else:
        middle, band = w("beyond {n} months", n=found.horizon_months), w("even chance not reached")
    gap = clocks.gap_months
    if gap is None:
        distance = (
            w("unknown")
            if clocks.standing == "unknown"
            else w("not shown")
            if clocks.standing == "not_shown"
            else w("over {n} months", n=_least_gap(m))
            if _least_gap(m)
            else "–"
        )
    else:
        distance = w.count("{n} month", "{n} months", abs(gap))
    facts = [
        calendar,
        Fact(label=w("Conditions"), value=middle, note=band),
        Fact(label=w("Gap"), value=distance, note=w.code("standing", clocks.standing) if m.status.gates else ""),
    ]
    if clocks.feasible:
        last = clocks.feasible
        stuck = (
            w.count("{n} step has no feasible month", "{n} steps have no feasible month", last.unplaced)
            if last.unplaced
            else ""
        )
        kind, _, code = last.binding.partition(":")
        bound = (
            w("bound by {what}", what=f"{w.code('binding', kind)} {code.rpartition(':')[2]}".strip()) if kind else ""
        )
        facts.append(
            Fact(
                label=w("Feasible sequence"),
                value=w.month(last.month, short=True) if last.month else w("none"),
                note=stuck or bound,
            )
        )
    return tuple(facts)


def _least_gap(m: Material) -> int:
    """Months by which the conditions come after the date at least, where they lie beyond the months looked ahead."""
    left = m.status.clocks.calendar.months_left
    return max(0, m.status.clocks.conditions.horizon_months - left) if left is not None else 0


def wanted(m: Material) -> list[Decision]:
    """Decisions still to be taken, the first due first."""
    found = [d for d in m.dossier.of(Decision) if d.status == "wanted"]
    return sorted(found, key=lambda d: (d.due is None, d.due or m.on, d.code))


def question(decision: Decision, lang: str) -> str:
    """The question in the reader's language."""
    return (decision.question_fr if lang == "fr" else None) or decision.question


def _asked(m: Material) -> tuple[tuple[Asked, ...], str]:
    w, found = m.w, wanted(m)
    asked = tuple(
        Asked(
            code=d.code,
            question=clipped(question(d, m.lang), 240),
            options=tuple(clipped((o.title_fr if m.lang == "fr" else None) or o.title, 90) for o in d.options),
            due=_due(m, d),
            decider=clipped(d.decider, 80) or w("nobody named"),
        )
        for d in found[:ASKED_SHOWN]
    )
    if not found:
        return asked, w("No decision is asked for.")
    more = len(found) - len(asked)
    return asked, w.count(
        "{n} more decision waits: see the part on decisions.",
        "{n} more decisions wait: see the part on decisions.",
        more,
    ) if more else ""


def _due(m: Material, decision: Decision) -> str:
    if decision.due is None:
        return m.w("no date set")
    said = m.w.date(decision.due, short=True)
    return f"{said} ({m.w('overdue')})" if decision.due < m.on else said


def _dissent(m: Material) -> tuple[Dissent, ...]:
    taken = sorted(
        (d for d in m.dossier.of(Decision) if d.status == "taken" and d.date and d.date <= m.on),
        key=lambda d: d.date or m.on,
        reverse=True,
    )
    found = [d for d in (*wanted(m), *taken) if d.dissent]
    return tuple(
        Dissent(
            text=clipped((d.dissent_fr if m.lang == "fr" else None) or d.dissent, 300),
            by=d.dissent_by or m.w("not named"),
            about=f"{d.code} {d.name(m.lang)}",
        )
        for d in found[:DISSENT_SHOWN]
    )
