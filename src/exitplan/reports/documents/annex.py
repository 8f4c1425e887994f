"""The annex to a report: benchmark, indicator, baseline, target, current value, source, and what changed since the last report."""

from __future__ import annotations

from datetime import date

from exitplan.domain.condition import IndicatorLeaf, leaves
from exitplan.domain.kinds import Benchmark, Criterion, Indicator
from exitplan.domain.results.readiness import BenchmarkStatus, CriterionStatus
from exitplan.reports.charts.gates import state_cell
from exitplan.reports.content import cover
from exitplan.reports.content.material import Material, clipped
from exitplan.reports.content.readiness import missing_table, ratings_table
from exitplan.reports.content.record import changes_section, manifest_section
from exitplan.reports.documents.citing import cited, sources_of
from exitplan.reports.page import Block, Cell, Document, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording


def annex(m: Material) -> Document:
    """The annex as one document, across the page; benchmarks that are not met stand first, and nothing is averaged."""
    w = m.w
    unmet = sum(b.verdict.state == "unmet" for b in m.status.benchmarks)
    unknown = sum(b.verdict.state == "unknown" for b in m.status.benchmarks)
    lead = (
        w(
            "Of {all} benchmarks on {day}: {unmet} not met, {unknown} unknown for want of data, {met} met.",
            all=len(m.status.benchmarks),
            day=w.date(m.on),
            unmet=unmet,
            unknown=unknown,
            met=len(m.status.benchmarks) - unmet - unknown,
        )
        if m.status.benchmarks
        else w("No benchmark has been set.")
    )
    return Document(
        **cover(m, w("Annex: benchmarks and indicators")),
        lead=lead,
        foot=w("Conditions are rated on a date, never a State, a force or a person."),
        landscape=True,
        sections=(
            _benchmarks(m),
            changes_section(m),
            Section(key="views", title=w("Views of the parties"), blocks=(ratings_table(m),)),
            Section(key="owed", title=w("Data that are owed"), blocks=(missing_table(m),)),
            manifest_section(m),
        ),
        cited=cited(m),
    )


def _benchmarks(m: Material) -> Section:
    w = m.w
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "A benchmark is met only when each of its indicators is. Missing or stale data count as unknown, never as met."
            ),
            tone="note",
        )
    ]
    for benchmark in m.status.benchmarks:
        blocks += _benchmark(m, benchmark)
    if not m.status.benchmarks:
        blocks.append(Paragraph(text=w("No benchmark has been set.")))
    return Section(key="benchmarks", title=w("Benchmarks"), blocks=tuple(blocks))


def _benchmark(m: Material, b: BenchmarkStatus) -> list[Block]:
    w = m.w
    entry = m.dossier.find(Benchmark, b.code)
    statement = (b.statement_fr if m.lang == "fr" else None) or b.statement
    return [
        Paragraph(text=f"{b.code} {b.name(m.lang)}{w.colon}{w.code('state', b.verdict.state)}", tone="lead"),
        Paragraph(text=statement, sources=sources_of(m, entry)),
        Table(
            caption=w("{benchmark}: indicators", benchmark=b.code),
            columns=columns(
                (w("Indicator"), 2.6),
                (w("Baseline"), 1.5),
                (w("Target"), 1.3),
                (w("Current"), 1.7),
                (w("State"), 1.1),
                (w("Source and verification"), 2.2),
                (w("Since the last report"), 1.9),
            ),
            rows=tuple(_row(m, c) for c in b.criteria),
            empty=w("No criterion is set for it, so that nothing can show that it is met."),
        ),
    ]


def _row(m: Material, c: CriterionStatus) -> tuple[Cell, ...]:
    w = m.w
    entry = m.dossier.get(Criterion, c.code)
    indicator = m.dossier.get(Indicator, c.indicator)
    named = f"{c.code} {c.name(m.lang)}" + (f" ({indicator.code}, {c.unit})" if indicator else "")
    verified = [w.code("verification", c.verification)] if c.verification else []
    verified += [w.code("confidence", c.confidence)] if c.confidence else []
    return row(
        Cell(text=named, sources=sources_of(m, indicator)),
        Cell(text=baseline(m, c, entry), sources=sources_of(m, entry) if c.baseline is not None else ()),
        bar(m, entry),
        Cell(text=current(m, c), sources=sources_of(m, more=(c.source,))),
        state_cell(c.verdict.state, w),
        ", ".join([*([c.source] if c.source else []), *verified]) or "–",
        since_last(m, c),
    )


def baseline(m: Material, c: CriterionStatus, entry: Criterion | None) -> str:
    """The value at the start, with its day."""
    if c.baseline is None:
        return m.w("none on record")
    day = entry.baseline_date if entry else None
    return m.w.number(c.baseline) + (f" ({m.w.date(day, short=True)})" if day else "")


def bar(m: Material, entry: Criterion | None) -> str:
    """The target in words, with the day by which it was meant to be reached."""
    if entry is None:
        return "–"
    w = m.w
    leaf = entry.condition
    due = f" ({w('by {day}', day=w.date(entry.due, short=True))})" if entry.due else ""
    if not isinstance(leaf, IndicatorLeaf):
        return w("every condition it names") + due
    return bar_words(leaf, w) + due


def bar_words(leaf: IndicatorLeaf, w: Wording) -> str:
    """The bar of a single indicator."""
    if leaf.min is not None and leaf.max is not None:
        said = w("{low} to {high}", low=w.number(leaf.min), high=w.number(leaf.max))
    elif leaf.min is not None:
        said = w("at least {value}", value=w.number(leaf.min))
    else:
        said = w("at most {value}", value=w.number(leaf.max))
    if leaf.persist_months > 1:
        said += w(", {n} months in a row", n=leaf.persist_months)
    return said


def current(m: Material, c: CriterionStatus) -> str:
    """The latest value with its interval and day; why there is none where there is none."""
    w = m.w
    if c.value is None:
        return clipped(w.grounds(c.verdict), 160)
    said = w.number(c.value)
    if c.low is not None and c.high is not None:
        said += w(" (interval {low} to {high})", low=w.number(c.low), high=w.number(c.high))
    return said + (f", {w.date(c.date, short=True)}" if c.date else "")


def since_last(m: Material, c: CriterionStatus) -> Cell:
    """What is not as it was on the day of the last report: the state of a criterion, and the value of its indicator."""
    w = m.w
    if m.status.since is None:
        return Cell(text="–")
    said, worse = [], False
    for change in m.status.changes:
        if (change.kind, change.code, change.what) == ("criterion", c.code, "state"):
            said.append(
                w(
                    "was {before}, is {after}",
                    before=w.code("state", change.before),
                    after=w.code("state", change.after),
                )
            )
            worse |= bool(change.worse)
    before = value_on(m, c, date.fromisoformat(m.status.since))
    if before is not None and c.value is not None:
        moved = c.value - before
        if moved:
            said.append(w("{before} → {after}", before=w.number(before), after=w.number(c.value)))
        else:
            said.append(w("unchanged"))
    return Cell(text=w.semicolon.join(said) or w("no value to compare"), mark="late" if worse else "")


def value_on(m: Material, c: CriterionStatus, day: date) -> float | None:
    """The value that a criterion's indicator had on an earlier day, where one was on record then."""
    from exitplan.domain.facts import facts_on

    entry, indicator = m.dossier.get(Criterion, c.code), m.dossier.get(Indicator, c.indicator)
    leaf = next((x for x in leaves(entry.condition) if isinstance(x, IndicatorLeaf)), None) if entry else None
    if leaf is None or indicator is None:
        return None
    readings = facts_on(m.dossier, day).readings(leaf, indicator)
    return readings[-1].value if readings else None
