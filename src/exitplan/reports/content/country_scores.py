"""How good forecasts of deaths by country and month were, as words and tables."""

from __future__ import annotations

from exitplan.domain.results.country import CountryBacktestResult, CountryGroup, CountryLine, CountryScore, Measure
from exitplan.reports.content.intervals import no_interval
from exitplan.reports.page import Block, Cell, Items, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording

MEASURES: tuple[Measure, ...] = ("crps", "log_crps", "ignorance", "ignorance_each")
NAMED: tuple[Measure, ...] = ("crps", "ignorance_each")
"""Measures by which single countries are told apart."""
OFFICIAL = "views-"


def country_scores_section(found: CountryBacktestResult, w: Wording) -> Section:
    """What was forecast, and for each set of country-months its scores, gains and countries."""
    blocks: list[Block] = [Paragraph(text=_told(found, w), tone="note")]
    if gaps := _gaps(found, w):
        blocks.append(Paragraph(text=gaps, tone="note"))
    if not found.groups:
        blocks.append(Paragraph(text=w("Nothing after the origin is known, so nothing is scored.")))
    for group in found.groups:
        blocks += _group(group, w)
    if found.groups:
        blocks.append(
            Paragraph(
                text=w(
                    "Smaller scores are better. A gain says how much lower the pool's mean score is; brackets: 90% intervals "
                    "from drawing countries anew, then the countries with a lower and a higher score of the pool. A few "
                    "violent countries make most of the CRPS. The forecast knows past deaths and nothing else."
                ),
                tone="note",
            )
        )
    return Section(
        key="country-scores", title=w("Deaths by country and month, forecast and seen"), blocks=tuple(blocks)
    )


def _told(found: CountryBacktestResult, w: Wording) -> str:
    origins = w.month(found.origins[0])
    if len(found.origins) > 1:
        origins = w("{first} to {last}", first=origins, last=w.month(found.origins[-1]))
    said = w.capital(w.code("country_trial", found.trial)) + w.colon
    said += w(
        "{countries} countries, {horizon} months ahead from {origins}, {draws} draws. Settings frozen on {frozen}.",
        countries=w.number(found.countries),
        horizon=w.number(found.horizon),
        origins=origins,
        draws=w.number(found.draws),
        frozen=w.date(found.frozen),
    )
    if found.trial == "views":
        said += " " + w(
            "State-based deaths; before November 2017 those of countries outside Africa are of all types of violence. The first "
            "{n} months ahead are not scored, as in the competition.",
            n=w.number(found.skipped),
        )
    if found.trial == "rolling":
        said += " " + w("Deaths of all types of violence.")
    return said


def _gaps(found: CountryBacktestResult, w: Wording) -> str:
    """What the file leaves out, as far as it was counted."""
    said = []
    if found.filled:
        said.append(
            w.count(
                "{n} month without a row between the first and the last of its country was taken as without deaths.",
                "{n} months without a row between the first and the last of their country were taken as without deaths.",
                found.filled,
            )
        )
    if found.ended or found.unknown:
        said.append(
            w(
                "Countries whose rows end before the origin, unknown from there on: {ended}; without a row up to it: {unknown}.",
                ended=w.number(found.ended or 0),
                unknown=w.number(found.unknown or 0),
            )
        )
    return " ".join(said)


def _group(group: CountryGroup, w: Wording) -> list[Block]:
    name = w.capital(w.code("country_cases", group.cases))
    blocks: list[Block] = [
        Table(
            caption=w(
                "{name}: {countries} countries, {first} to {last}, {months} country-months, {draws} draws",
                name=name,
                countries=w.number(len(group.countries)),
                first=w.month(group.first, short=True),
                last=w.month(group.last, short=True),
                months=w.number(group.country_months),
                draws=w.number(group.draws),
            ),
            columns=columns(
                (w("Forecaster"), 2.2),
                *(w.capital(w.code("country_measure", measure)) for measure in MEASURES),
                w("Brier, any death"),
                w("80% interval holds"),
                w("90% interval holds"),
                numbers=range(1, 8),
            ),
            rows=tuple(
                row(
                    w.capital(w.code("country_forecaster", s.forecaster)),
                    *(w.number(getattr(s, measure), 3) for measure in (*MEASURES, "brier_any")),
                    w.share(s.covered_80),
                    w.share(s.covered_90),
                )
                for s in group.scores
            ),
        ),
        Table(
            caption=w("{name}: gain of the pool, {draws} draws", name=name, draws=w.number(group.draws)),
            columns=columns(
                (w("Against"), 2.2),
                *((w.capital(w.code("country_measure", measure)), 1.8) for measure in MEASURES),
                numbers=range(1, 5),
            ),
            rows=tuple(
                row(
                    w.capital(w.code("country_forecaster", s.forecaster)),
                    *(_gain(group, s.forecaster, measure, w) for measure in MEASURES),
                )
                for s in group.scores[1:]
            ),
            note=no_interval(w) if any(g.gain and not g.gain.level for g in group.gains) else "",
        ),
        _countries(group, name, w),
    ]
    if failures := _failures(group, w):
        blocks.append(Paragraph(text=w("Countries in which an official benchmark has the lower score:")))
        blocks.append(Items(items=failures))
    return blocks


def _gain(group: CountryGroup, against: str, measure: Measure, w: Wording) -> str:
    found = next(g for g in group.gains if g.against == against and g.measure == measure)
    if found.gain is None:
        return "–"
    band = found.gain
    if not band.level:
        return f"{w.share(band.value)}, {w.number(found.won)}:{w.number(found.lost)}"
    return w(
        "{value} ({low} to {high}), {won}:{lost}",
        value=w.share(band.value),
        low=w.share(band.low),
        high=w.share(band.high),
        won=w.number(found.won),
        lost=w.number(found.lost),
    )


def _countries(group: CountryGroup, name: str, w: Wording) -> Table:
    lines = sorted(group.countries, key=lambda line: (-line.deaths, line.iso3))
    return Table(
        caption=w("{name}: by country, {draws} draws", name=name, draws=w.number(group.draws)),
        columns=columns(
            w("Country"),
            w("Deaths a month"),
            (w("CRPS of the pool"), 1.2),
            (w("Lowest of the others"), 2.6),
            (w("Ignorance of the pool, one pseudo-draw in each bin"), 1.6),
            (w("Lowest of the others"), 2.6),
            numbers=(1, 2, 4),
        ),
        rows=tuple(_country(line, w) for line in lines),
        folded=True,
    )


def _country(line: CountryLine, w: Wording) -> tuple[Cell, ...]:
    cells: list[str | Cell] = [line.iso3, w.number(line.deaths / line.months, 1)]
    for measure in NAMED:
        ours = _of(line.scores[0], measure)
        least = min(line.scores[1:], key=lambda s: _of(s, measure))
        theirs = _of(least, measure)
        cells += [
            w.number(ours, 2),
            Cell(
                text=f"{w.number(theirs, 2)}, {w.code('country_forecaster', least.forecaster)}",
                mark="unmet" if theirs < ours else "met",
            ),
        ]
    return row(*cells)


def _failures(group: CountryGroup, w: Wording) -> tuple[str, ...]:
    """Every country, official benchmark and measure where the pool does worse."""
    return tuple(
        w(
            "{country}, {measure}: {theirs} ({forecaster}) against {ours}",
            country=line.iso3,
            measure=w.code("country_measure", measure),
            theirs=w.number(_of(s, measure), 2),
            forecaster=w.code("country_forecaster", s.forecaster),
            ours=w.number(_of(line.scores[0], measure), 2),
        )
        for line in group.countries
        for s in line.scores
        if s.forecaster.startswith(OFFICIAL)
        for measure in MEASURES
        if _of(s, measure) < _of(line.scores[0], measure)
    )


def _of(score: CountryScore, measure: Measure) -> float:
    return float(getattr(score, measure))
