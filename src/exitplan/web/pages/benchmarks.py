"""Benchmarks against their criteria, one benchmark, and one indicator with its history, definitions and missing values."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse

from exitplan.domain.condition import RANK, Verdict
from exitplan.domain.kinds import Benchmark, Gate, Indicator
from exitplan.domain.results.readiness import AssessmentLine, BenchmarkStatus, CriterionStatus
from exitplan.web import cells, verdicts
from exitplan.web.access import Asked
from exitplan.web.sections import pictured
from exitplan.web.showing import entry_address
from exitplan.web.tables import Cell, Column, Lines, Row, Table, table_page
from exitplan.wording.figures import NO_BREAK

STATES = ("unmet", "unknown", "met")
RATING_MARKS = {"met": "met", "partly_met": "late", "not_met": "unmet", "not_rated": "unknown"}


def benchmarks(asked: Asked) -> HttpResponse:
    """Every benchmark, and every criterion against its bar: what is not met first, nothing averaged."""
    from exitplan.usecases.looking import look
    from exitplan.web.pages.frameworks import advice_table

    w = asked.w
    found = look(asked.view).status.benchmarks
    pairs = [(b, c) for b in found for c in b.criteria]
    wanted = asked.request.GET.get("state", "")
    wanted = wanted if wanted in STATES else ""
    shown = sorted(
        ((b, c) for b, c in pairs if wanted in ("", c.verdict.state)), key=lambda pair: RANK[pair[1].verdict.state]
    )
    counts = {state: sum(c.verdict.state == state for _, c in pairs) for state in STATES}
    return table_page(
        asked,
        "benchmarks.html",
        _benchmarks(asked, found),
        criteria_table(asked, shown, with_benchmark=True),
        advice_table(asked),
        states=[(s, w.capital(w.code("state", s)), counts[s], s == wanted) for s in STATES],
        wanted=wanted,
        all_count=len(pairs),
        may_edit=asked.may("edit", "benchmark"),
    )


def benchmark(asked: Asked) -> HttpResponse:
    """One benchmark: the state to be reached, its criteria, how the parties rate it, and the gates that wait for it."""
    from exitplan.usecases.looking import look
    from exitplan.web.pages.frameworks import advice_table

    w, dossier, code = asked.w, asked.view.dossier, str(asked.path["code"])
    entry = dossier.find(Benchmark, code)
    line = next(b for b in look(asked.view).status.benchmarks if b.code == code)
    own = {c.code for c in line.criteria}
    gates = [g for g in dossier.of(Gate) if own & set(g.named_criteria) and asked.view.knows("gate", g.code)]
    return table_page(
        asked,
        "benchmark.html",
        criteria_table(asked, [(line, c) for c in line.criteria], with_benchmark=False),
        _ratings(asked, line),
        advice_table(asked, code),
        entry=entry,
        statement=(entry.statement_fr if w.lang == "fr" else None) or entry.statement,
        state=verdicts.state_cell(asked, line.verdict, "state"),
        asks=verdicts.asks(asked, line.verdict),
        objective=cells.reference(asked, "objective", entry.objective),
        area=cells.reference(asked, "area", entry.area),
        gates=[cells.named(asked, g) for g in gates],
        all_fields=entry_address(asked.mission, "benchmark", code),
        may_assess=asked.may("edit", "assessment"),
    )


def indicator(asked: Asked) -> HttpResponse:
    """One indicator: values over time against the bar, every definition it had, what is missing, and the readings."""
    from exitplan.usecases import owed, pictures
    from exitplan.usecases.looking import look

    w, dossier, code = asked.w, asked.view.dossier, str(asked.path["code"])
    entry = dossier.find(Indicator, code)
    seen = look(asked.view)
    lines = {c.code: (b, c) for b in seen.status.benchmarks for c in b.criteria}
    judged = [lines[c.code] for c in owed.judged_by(seen, entry) if c.code in lines]
    version = entry.version_on(seen.study.on)
    tables = [
        criteria_table(
            asked, sorted(judged, key=lambda pair: RANK[pair[1].verdict.state]), with_benchmark=True, several=True
        ),
        _versions(asked, entry),
        _missing(asked, entry),
        _readings(asked, entry),
    ]
    picture = None
    figure = pictures.indicator_history(seen, code, w)
    if figure is not None:
        picture, under = pictured(asked, figure)
        tables.append(under)
    definition = None if version is None else (version.definition_fr if w.lang == "fr" else None) or version.definition
    return table_page(
        asked,
        "indicator.html",
        *tables,
        entry=entry,
        p=picture,
        version=version,
        every=w.count("{n} month", "{n} months", entry.every_months),
        fresh=w.count("{n} month", "{n} months", entry.fresh_months),
        definition=definition,
        all_fields=entry_address(asked.mission, "indicator", code),
        may_measure=asked.may("measure"),
    )


def criteria_table(
    asked: Asked, pairs: list[tuple[BenchmarkStatus, CriterionStatus]], *, with_benchmark: bool, several: bool = False
) -> Table:
    """Criteria with value against bar, how far the value can be trusted, and the parties' views, the counterpart's first."""
    w = asked.w
    columns = [
        Column("state", w("State")),
        Column("criterion", w("Criterion"), wide=True),
        Column("value", w("Latest value"), number=True),
        Column("bar", w("Bar"), number=True),
        Column("why", w("Why"), wide=True),
        Column("owed", w("Owed by")),
        Column("views", w("Views of the parties, the national one first"), wide=True),
        Column("confidence", w("Confidence")),
        Column("verification", w("Verification")),
        Column("age", w("Months since data"), number=True),
        Column("trend", w("Trend")),
    ]
    if with_benchmark:
        columns.insert(2, Column("benchmark", w("Benchmark")))
    return Table(
        "criteria",
        w("Criteria that ask for it") if several else w("Criteria, those not met first"),
        tuple(columns),
        Lines(pairs, lambda pair: _criterion(asked, *pair, with_benchmark)),
        empty=w("No criterion asks for it.")
        if several
        else w("No criterion is set yet. A criterion names an indicator, a bar and how long the bar must hold."),
    )


def _criterion(asked: Asked, b: BenchmarkStatus, c: CriterionStatus, with_benchmark: bool) -> Row:
    w = asked.w
    ask = verdicts.asks(asked, c.verdict)
    if not asked.view.knows("criterion", c.code):
        told = Cell(ask[0] if ask else w("Not shown to you"))
        dash = cells.text("")
        row = [cells.text(w("not shown")), told, *[dash] * 9]
    else:
        value, bar = measured(asked, c)
        row = [
            verdicts.state_cell(asked, c.verdict, "state"),
            Cell(f"{c.code} {c.name(w.lang)}", value=c.code, href=cells.address(asked, "criterion", c.code)),
            value,
            bar,
            Cell(verdicts.grounds(asked, c.verdict)),
            cells.text(c.verdict.owed_by if c.verdict.state != "met" and not ask else ""),
            views(asked, c.assessments),
            cells.state(asked, "confidence", c.confidence, mark=""),
            cells.state(asked, "verification", c.verification, mark=""),
            cells.number(asked, c.months_since_data, mark="late" if c.verdict.reason == "stale" else ""),
            cells.state(asked, "trend", c.trend.better if c.trend else None, mark=""),
        ]
    if with_benchmark:
        row.insert(2, Cell(b.code, href=cells.address(asked, "benchmark", b.code)))
    return tuple(row)


def measured(asked: Asked, c: CriterionStatus) -> tuple[Cell, Cell]:
    """The latest value with its interval, and the bar, of a criterion that is one bar; dashes for any other."""
    w = asked.w
    leaf = _leaf(c.verdict)
    values = leaf.values if leaf else {}
    value = c.value if c.value is not None else _float(values.get("value"))
    counted = values.get("counted")
    unit = c.unit or (w("deaths") if counted == "deaths" else w("events") if counted else "")
    least, most = _float(values.get("min")), _float(values.get("max"))
    if c.target is not None and least is None and most is None:
        least, most = (c.target, None) if c.better == "higher" else (None, c.target)
    shown = (
        Cell("–", value="")
        if value is None
        else Cell(f"{w.number(value)} {unit}".strip().replace(" ", NO_BREAK), value=value)
    )
    if c.low is not None and c.high is not None:
        shown = Cell(shown.text, shown.value, small=w("{low} to {high}", low=w.number(c.low), high=w.number(c.high)))
    bar = " ".join(f"{sign}{NO_BREAK}{w.number(end)}" for sign, end in (("≥", least), ("≤", most)) if end is not None)
    return shown, Cell(bar or "–", value=(least if least is not None else most) if bar else "")


def views(asked: Asked, lines: tuple[AssessmentLine, ...]) -> Cell:
    """How the parties rate it on which day, the counterpart's own view first, with its reservation."""
    w = asked.w
    told = w.semicolon.join(
        f"{w.code('party', a.party)}{w.colon}{w.code('rating', a.rating)}, {w.date(a.date, short=True)}" for a in lines
    )
    reserved = " ".join(a.reservation for a in lines if a.reservation)
    return (
        Cell(w.capital(told), small=w("Reservation: “{words}”", words=reserved) if reserved else "")
        if told
        else cells.text("")
    )


def where(asked: Asked, area: str, group: str) -> Cell:
    """An area, or the country, and the group."""
    found = cells.reference(asked, "area", area) if area else Cell(asked.w("whole country"), value="")
    return found if group == "total" else Cell(f"{found.text}, {asked.w.group(group)}", href=found.href)


def _leaf(verdict: Verdict) -> Verdict | None:
    """The one bar that a criterion's verdict rests on; None where there are several."""
    if not verdict.parts:
        return verdict
    return verdict.parts[0] if len(verdict.parts) == 1 else None


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _benchmarks(asked: Asked, found: tuple[BenchmarkStatus, ...]) -> Table:
    w = asked.w

    def counted(b: BenchmarkStatus, state: Literal["met", "unmet", "unknown"]) -> Cell:
        n = sum(c.verdict.state == state for c in b.criteria)
        return Cell(w.number(n), value=n, mark=state if n and state != "met" else "")

    return Table(
        "benchmarks",
        w("Benchmarks, those not met first"),
        (
            Column("state", w("State")),
            Column("benchmark", w("Benchmark"), wide=True),
            Column("unmet", w("Criteria not met"), number=True),
            Column("unknown", w("Unknown"), number=True),
            Column("met", w("Met"), number=True),
            Column("views", w("Views of the parties, the national one first"), wide=True),
        ),
        tuple(
            (
                verdicts.state_cell(asked, b.verdict, "state"),
                Cell(f"{b.code} {b.name(w.lang)}", value=b.code, href=cells.address(asked, "benchmark", b.code)),
                counted(b, "unmet"),
                counted(b, "unknown"),
                counted(b, "met"),
                views(asked, b.assessments),
            )
            for b in found
        ),
        empty=w("No benchmark is set yet. A benchmark is a state of affairs in the country, judged by criteria."),
    )


def _ratings(asked: Asked, line: BenchmarkStatus) -> Table:
    w = asked.w
    rated: list[tuple[Cell, AssessmentLine]] = [(Cell(w("the whole benchmark"), value=""), a) for a in line.assessments]
    for c in line.criteria:
        cell = Cell(f"{c.code} {c.name(w.lang)}", value=c.code, href=cells.address(asked, "criterion", c.code))
        rated += [(cell, a) for a in c.assessments]
    return Table(
        "ratings",
        w("Ratings by the parties"),
        (
            Column("what", w("What is rated"), wide=True),
            Column("party", w("Whose view")),
            Column("rating", w("Rating")),
            Column("day", w("Day")),
            Column("confidence", w("Confidence")),
            Column("receipt", w("Received")),
            Column("reservation", w("Reservation"), wide=True),
        ),
        tuple(
            (
                what,
                Cell(w.code("party", a.party), href=cells.address(asked, "assessment", a.code)),
                cells.state(asked, "rating", a.rating, mark=RATING_MARKS[a.rating]),
                Cell(w.date(a.date, short=True), value=a.date),
                Cell(w.code("confidence", a.confidence)),
                Cell(w.code("receipt", a.receipt)),
                cells.text(a.reservation),
            )
            for what, a in rated
        ),
        empty=w("Neither side has rated it yet. Conditions are rated on a date, never a State, a force or a person."),
    )


def _versions(asked: Asked, entry: Indicator) -> Table:
    w = asked.w
    return Table(
        "versions",
        w("Definitions"),
        (
            Column("version", w("Version"), number=True),
            Column("start", w("From")),
            Column("end", w("Until")),
            Column("change", w("What happened")),
            Column("definition", w("What is counted, and how"), wide=True),
            Column("why", w("Why"), wide=True),
        ),
        tuple(
            (
                cells.number(asked, v.version),
                cells.day(asked, v.start),
                cells.day(asked, v.end),
                cells.state(asked, "version_change", v.change, mark="" if v.change == "created" else "late"),
                cells.text((v.definition_fr if w.lang == "fr" else None) or v.definition),
                cells.text(v.why),
            )
            for v in reversed(entry.versions)
        ),
    )


def _missing(asked: Asked, entry: Indicator) -> Table:
    from exitplan.usecases import owed
    from exitplan.usecases.looking import look

    w, seen = asked.w, look(asked.view)
    late = [each for each in owed.owed(seen) if each.indicator.code == entry.code]
    rows: list[Row] = [
        (
            where(asked, each.area, each.group),
            Cell(w.code("reason", each.reason) if each.reason != "due" else w("due"), mark="late"),
            cells.day(asked, each.last.date if each.last else None),
            Cell(w("today"), value=""),
            cells.number(asked, len(each.due)),
        )
        for each in late
    ]
    rows += [
        (
            where(asked, gap.area, gap.group),
            Cell(w("never came")),
            cells.day(asked, gap.after),
            cells.day(asked, gap.before),
            cells.number(asked, gap.values),
        )
        for gap in owed.gaps(seen, entry)
    ]
    return Table(
        "missing",
        w("Missing values"),
        (
            Column("where", w("Where"), wide=True),
            Column("why", w("Why")),
            Column("after", w("After")),
            Column("before", w("Before")),
            Column("values", w("Values missing"), number=True),
        ),
        tuple(rows),
        empty=w("No value is missing."),
        page_rows=12,
    )


def _readings(asked: Asked, entry: Indicator) -> Table:
    w = asked.w
    found = asked.view.dossier.measurements.readings(entry.code)
    return Table(
        "readings",
        w("Readings"),
        (
            Column("date", w("Day")),
            Column("where", w("Where")),
            Column("value", w("Value"), number=True),
            Column("low", w("Low end"), number=True),
            Column("high", w("High end"), number=True),
            Column("version", w("Version"), number=True),
            Column("verification", w("Verification")),
            Column("confidence", w("Confidence")),
            Column("source", w("Source")),
            Column("note", w("Note"), wide=True),
        ),
        Lines(
            found[::-1],
            lambda r: (
                cells.day(asked, r.date),
                where(asked, r.area, r.group),
                cells.number(asked, r.value),
                cells.number(asked, r.low),
                cells.number(asked, r.high),
                cells.number(asked, r.version),
                Cell(w.code("verification", r.verification)),
                Cell(w.code("confidence", r.confidence)),
                cells.reference(asked, "source", r.source),
                cells.text(r.note),
            ),
        ),
        empty=w("No value has been measured yet."),
    )
