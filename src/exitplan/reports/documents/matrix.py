"""The benchmark matrix as a workbook: every criterion with baseline, target, current value and source, and the views of the parties."""

from __future__ import annotations

from datetime import date

from exitplan.domain.condition import IndicatorLeaf
from exitplan.domain.kinds import Benchmark, Criterion, Indicator
from exitplan.domain.results.readiness import BenchmarkStatus, CriterionStatus
from exitplan.reports.content import cover
from exitplan.reports.content.material import Material
from exitplan.reports.documents.annex import value_on
from exitplan.reports.documents.sheets import changes_sheet, notes_sheet, sources_sheet
from exitplan.reports.xlsx import Book, Sheet, SheetColumn, Value


def benchmark_matrix(m: Material) -> Book:
    """The matrix; unmet stands first and nothing is averaged."""
    w = m.w
    title = w("Benchmark matrix")
    face = cover(m, title)
    said = (
        w(
            "A benchmark is met only when each of its criteria is. Missing or stale data count as unknown, never as met."
        ),
        w("Conditions are rated on a date, never a State, a force or a person."),
    )
    return Book(
        title=f"{title} – {face['acronym']} – {face['day']}",
        mission=face["acronym"],
        lang=m.lang,
        banner=" · ".join(text for text in (face["classification"], face["banner"]) if text),
        sheets=(
            _matrix(m),
            _views(m),
            changes_sheet(m, frozenset({"benchmark", "criterion", "indicator", "gate"})),
            sources_sheet(m),
            notes_sheet(m, title, face["classification"], said),
        ),
    )


def _matrix(m: Material) -> Sheet:
    w = m.w
    since = date.fromisoformat(m.status.since) if m.status.since else None
    rows: list[tuple[Value, ...]] = []
    for b in m.status.benchmarks:
        rows += [_row(m, b, c, since) for c in b.criteria] or [_alone(m, b)]
    return Sheet(
        title=w("Benchmark matrix"),
        columns=(
            SheetColumn(w("Benchmark"), 14),
            SheetColumn(w("Statement"), 44),
            SheetColumn(w("Benchmark is"), 13),
            SheetColumn(w("Describes the country"), 12),
            SheetColumn(w("Criterion"), 16),
            SheetColumn(w("Criterion in words"), 38),
            SheetColumn(w("Criterion is"), 13),
            SheetColumn(w("Indicator"), 18),
            SheetColumn(w("Unit"), 16),
            SheetColumn(w("Baseline"), 11),
            SheetColumn(w("Day of the baseline"), 13),
            SheetColumn(w("Target, at least"), 11),
            SheetColumn(w("Target, at most"), 11),
            SheetColumn(w("Due"), 13),
            SheetColumn(w("Value at the last report"), 12),
            SheetColumn(w("Current value"), 11),
            SheetColumn(w("Low end"), 11),
            SheetColumn(w("High end"), 11),
            SheetColumn(w("Day of the value"), 13),
            SheetColumn(w("Verification"), 18),
            SheetColumn(w("Confidence"), 12),
            SheetColumn(w("Source of the value"), 18),
            SheetColumn(w("Grounds"), 50),
            SheetColumn(w("Office"), 30),
            SheetColumn(w("Other sources"), 20),
        ),
        rows=tuple(rows),
        empty=w("No benchmark has been set."),
    )


def _row(m: Material, b: BenchmarkStatus, c: CriterionStatus, since: date | None) -> tuple[Value, ...]:
    w = m.w
    benchmark, entry = m.dossier.get(Benchmark, b.code), m.dossier.get(Criterion, c.code)
    leaf = entry.condition if entry and isinstance(entry.condition, IndicatorLeaf) else None
    indicator = m.dossier.get(Indicator, c.indicator)
    rests = [
        *(benchmark.sources if benchmark else ()),
        *(entry.sources if entry else ()),
        *(indicator.sources if indicator else ()),
    ]
    return (
        b.code,
        (b.statement_fr if m.lang == "fr" else None) or b.statement,
        w.code("state", b.verdict.state),
        w.yes(benchmark.external) if benchmark else "",
        c.code,
        c.name(m.lang),
        w.code("state", c.verdict.state),
        c.indicator or "",
        c.unit,
        c.baseline,
        entry.baseline_date if entry else None,
        leaf.min if leaf else None,
        leaf.max if leaf else None,
        (entry.due if entry else None) or (benchmark.due if benchmark else None),
        value_on(m, c, since) if since else None,
        c.value,
        c.low,
        c.high,
        date.fromisoformat(c.date) if c.date else None,
        w.code("verification", c.verification) if c.verification else "",
        w.code("confidence", c.confidence) if c.confidence else "",
        c.source or "",
        w.grounds(c.verdict),
        entry.owner if entry else "",
        ", ".join(dict.fromkeys(rests)),
    )


def _alone(m: Material, b: BenchmarkStatus) -> tuple[Value, ...]:
    """A benchmark for which no criterion is set."""
    w = m.w
    benchmark = m.dossier.get(Benchmark, b.code)
    statement = (b.statement_fr if m.lang == "fr" else None) or b.statement
    head: tuple[Value, ...] = (
        b.code,
        statement,
        w.code("state", b.verdict.state),
        w.yes(benchmark.external) if benchmark else "",
    )
    blank: list[Value] = [None] * 21
    blank[18] = w.grounds(b.verdict)
    blank[19] = benchmark.owner if benchmark else ""
    return (*head, *blank)


def _views(m: Material) -> Sheet:
    w = m.w
    rows: list[tuple[Value, ...]] = []
    for b in m.status.benchmarks:
        for code, name, lines in (
            (b.code, b.name(m.lang), b.assessments),
            *((c.code, c.name(m.lang), c.assessments) for c in b.criteria),
        ):
            rows += [
                (
                    code,
                    name,
                    w.code("party", a.party),
                    w.code("rating", a.rating),
                    a.date,
                    w.code("confidence", a.confidence),
                    w.code("receipt", a.receipt),
                    a.reservation,
                )
                for a in lines
            ]
    return Sheet(
        title=w("Views of the parties"),
        columns=(
            SheetColumn(w("Code"), 16),
            SheetColumn(w("What is rated"), 44),
            SheetColumn(w("Whose view"), 22),
            SheetColumn(w("Rating"), 14),
            SheetColumn(w("Day"), 13),
            SheetColumn(w("Confidence"), 12),
            SheetColumn(w("Receipt"), 24),
            SheetColumn(w("Reservation"), 60),
        ),
        rows=tuple(rows),
        empty=w("No party has rated anything."),
    )
