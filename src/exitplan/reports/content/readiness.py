"""Gates and benchmarks with their evidence: state, value against bar, age, verification, the parties' own ratings."""

from __future__ import annotations

from collections.abc import Sequence

from exitplan.domain.kinds import Indicator
from exitplan.domain.results.readiness import AssessmentLine, BenchmarkStatus, CriterionStatus
from exitplan.reports.charts import History, gate_matrix, histories, opening_chart
from exitplan.reports.charts.gates import state_cell
from exitplan.reports.content.front import exit_gates
from exitplan.reports.content.material import Material, clipped, deciding, joined
from exitplan.reports.page import Block, Cell, Paragraph, Section, Table, columns, row

PANELS = 9
"""Histories shown of one benchmark, the unmet first; the table holds them all."""
OPENINGS = 9


def gates_section(m: Material) -> Section:
    """Every gate, unmet first, with the matrix and the chance of each to open."""
    w = m.w
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "A gate is open only when every criterion it names is met; a good average never opens one. "
                "Missing or stale data count as unknown, never as met."
            ),
            tone="note",
        )
    ]
    rows = []
    shut = [g for g in m.status.gates if g.verdict.state != "met"]
    for gate in shut:
        part = deciding(gate.verdict)
        rows.append(
            row(
                Cell(
                    text=f"{gate.code} {gate.name(m.lang)}" + (f" ({w('exit gate')})" if gate.exit else ""),
                    mark=gate.verdict.state,
                ),
                w.code("gate_state", gate.verdict.state),
                w.capital(f"{w.about(part.about)}{w.colon}{m.reason(part)}") if part else "–",
                w.date(part.since, short=True) if part else "–",
                (part.owed_by if part else "") or "–",
                w.month(gate.opens, short=True),
            )
        )
    blocks.append(
        Table(
            caption=w("Gates that are not open"),
            columns=columns(
                (w("Gate"), 2.6),
                w("State"),
                (w("First condition not met"), 3),
                (w("Since"), 1.1),
                (w("Owed by"), 1.5),
                (w("Even chance from"), 1.1),
            ),
            rows=tuple(rows),
            empty=w("All gates are open.") if m.status.gates else w("No gate has been set."),
        )
    )
    opened = [g for g in m.status.gates if g.verdict.state == "met"]
    if opened:
        names = ", ".join(f"{g.code} {g.name(m.lang)}" for g in opened)
        blocks.append(Paragraph(text=w("Open: {gates}.", gates=names)))
    if any(g.verdict.parts for g in m.status.gates):
        blocks.append(gate_matrix(m.status, w))
    drawn = [g for g in exit_gates(m) if g.opening and g.verdict.state != "met"] or [
        g for g in m.status.gates if g.opening and g.verdict.state != "met"
    ]
    if drawn:
        blocks.append(opening_chart(drawn[:OPENINGS], w))
    return Section(key="gates", title=w("Gates"), blocks=tuple(blocks))


def benchmarks_section(m: Material) -> Section:
    """Benchmarks with their criteria, histories, the parties' ratings, and the data that are owed."""
    w = m.w
    blocks: list[Block] = [
        Table(
            caption=w("Benchmarks, those not met first"),
            columns=columns(
                (w("Benchmark"), 2.4),
                w("State"),
                (w("Criteria not met"), 1.2),
                (w("Unknown"), 1.1),
                (w("Statement"), 4),
            ),
            rows=tuple(_benchmark_row(m, b) for b in m.status.benchmarks),
            empty=w("No benchmark has been set."),
        )
    ]
    for benchmark in m.status.benchmarks:
        if not benchmark.criteria:
            continue
        name = f"{benchmark.code} {benchmark.name(m.lang)}"
        short = [c for c in benchmark.criteria if c.verdict.state != "met"]
        met = [c for c in benchmark.criteria if c.verdict.state == "met"]
        if short:
            blocks.append(_criteria_table(m, w("{benchmark}: criteria not met", benchmark=name), short))
        if met:
            blocks.append(_criteria_table(m, w("{benchmark}: criteria met", benchmark=name), met, folded=len(met) > 6))
        panels = _panels(m, benchmark)
        if panels:
            title = w("{code}: values over time", code=f"{benchmark.code} {benchmark.name(m.lang)}")
            blocks.append(histories(f"history-{benchmark.code.lower()}", title, panels, m.on, w))
    ratings = ratings_table(m)
    if ratings.rows:
        blocks.append(ratings)
    blocks.append(missing_table(m))
    return Section(key="benchmarks", title=w("Benchmarks and evidence"), blocks=tuple(blocks))


def _benchmark_row(m: Material, b: BenchmarkStatus) -> tuple[Cell, ...]:
    states = [c.verdict.state for c in b.criteria]
    return row(
        f"{b.code} {b.name(m.lang)}",
        state_cell(b.verdict.state, m.w),
        m.w("{n} of {all}", n=states.count("unmet"), all=len(states)),
        m.w.number(states.count("unknown")),
        (b.statement_fr if m.lang == "fr" else None) or b.statement,
    )


def _criteria_table(m: Material, caption: str, criteria: Sequence[CriterionStatus], *, folded: bool = False) -> Table:
    w = m.w
    return Table(
        caption=caption,
        columns=columns(
            (w("Criterion"), 2.8),
            (w("State"), 1.2),
            (w("Measured against the bar"), 3.4),
            (w("Evidence"), 2.6),
            (w("Trend"), 1.1),
        ),
        rows=tuple(
            row(
                f"{c.code} {c.name(m.lang)}",
                state_cell(c.verdict.state, w),
                clipped(w.grounds(c.verdict), 180) + _interval(m, c),
                _evidence(m, c),
                w.code("trend", c.trend.better) if c.trend else "–",
            )
            for c in criteria
        ),
        folded=folded,
    )


def _interval(m: Material, c: CriterionStatus) -> str:
    if c.low is None or c.high is None:
        return ""
    return m.w(" (interval {low} to {high})", low=m.w.number(c.low), high=m.w.number(c.high))


def _evidence(m: Material, c: CriterionStatus) -> str:
    said = [m.w.code("verification", c.verification)] if c.verification else []
    said += [m.w.code("confidence", c.confidence)] if c.confidence else []
    if c.months_since_data:
        said.append(m.w.count("{n} month old", "{n} months old", c.months_since_data))
    said += [c.source] if c.source else []
    return ", ".join(said) or "–"


def _panels(m: Material, benchmark: BenchmarkStatus) -> list[History]:
    found = []
    known = m.dossier.measurements.in_force(m.on)
    for criterion in benchmark.criteria:
        indicator = m.dossier.get(Indicator, criterion.indicator)
        if indicator is None:
            continue
        leaf = criterion.verdict.parts[0] if criterion.verdict.parts else criterion.verdict
        area, group = leaf.values.get("area") or "", leaf.values.get("group") or "total"
        readings = known.readings(indicator.code, area=str(area), group=str(group))
        if readings:
            found.append(History(criterion, indicator, readings))
    return found[:PANELS]


def ratings_table(m: Material) -> Table:
    w = m.w
    rated: list[tuple[str, tuple[AssessmentLine, ...]]] = []
    for b in m.status.benchmarks:
        rated.append((f"{b.code} {b.name(m.lang)}", b.assessments))
        rated += [(f"{c.code} {c.name(m.lang)}", c.assessments) for c in b.criteria]
    return Table(
        caption=w("Ratings by the parties"),
        columns=columns(
            (w("What is rated"), 2.6),
            (w("Whose view"), 1.5),
            (w("Rating"), 1.1),
            (w("Day"), 1.1),
            (w("Confidence"), 1.3),
            (w("Receipt and reservation"), 2.6),
        ),
        rows=tuple(
            row(
                name,
                w.code("party", a.party),
                w.code("rating", a.rating),
                w.date(a.date, short=True),
                w.code("confidence", a.confidence),
                w.code("receipt", a.receipt) + (f"{w.colon}{w.quoted(a.reservation)}" if a.reservation else ""),
            )
            for name, lines in rated
            for a in lines
        ),
        empty=w("No party has rated anything."),
        note=w(
            "Conditions are rated on a date, never a State, a force or a person. The national self-assessment stands first."
        ),
        folded=sum(len(lines) for _, lines in rated) > 12,
    )


def missing_table(m: Material) -> Table:
    w = m.w
    titles = {i.code: i.name(m.lang) for i in m.dossier.of(Indicator)}
    return Table(
        caption=w("Data that are owed"),
        columns=columns(
            (w("Indicator"), 2.6),
            (w("Where"), 1.4),
            (w("Why"), 1.6),
            (w("Since"), 1.1),
            (w("Owed by"), 1.8),
            (w("Holds up"), 2),
        ),
        rows=tuple(
            row(
                f"{x.indicator} {titles.get(x.indicator, '')}".strip(),
                m.where(x.area) + (f", {w.group(x.group)}" if x.group != "total" else ""),
                w.code("reason", x.reason),
                w.date(x.since, short=True),
                x.owed_by or w("nobody named"),
                joined((w.about(h) for h in x.holds_up), 4, w) or "–",
            )
            for x in m.status.missing
        ),
        empty=w("No data are owed."),
        folded=len(m.status.missing) > 15,
    )
