"""Past exits: the list of all, one of them whole, and those that are like the mission at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exitplan.domain.cases import CaseClaim, CaseFact, Figures, Sourced
from exitplan.domain.results.base import Named
from exitplan.domain.results.cases import (
    BaseRate,
    CaseLine,
    CaseOutcome,
    CaseProfile,
    CaseShown,
    CasesResult,
    DimensionOutcome,
    SimilarResult,
)
from exitplan.reports.charts.cases import strength_by_month, violence_by_month, violence_by_year
from exitplan.reports.content.material import Material, joined
from exitplan.reports.page import Block, Cell, Items, Mark, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording

SIMILAR_SHOWN = 8
"""Past exits shown in a table of similar ones."""
SMALL = 5
"""A sum of people below this is not told exactly."""
STATES: dict[str, Mark] = {
    "clear": "met",
    "adverse": "unmet",
    "contested": "late",
    "no_data": "unknown",
    "not_yet": "unknown",
}
BANDS: dict[str, Mark] = {
    "sustained": "met",
    "holding": "met",
    "mixed": "late",
    "failed": "unmet",
    "contested": "late",
    "too_early": "unknown",
    "not_coded": "unknown",
}
STANDINGS = {"sustained": "holds", "holding": "holds", "mixed": "partly", "failed": "contradicted"}
STANDING_MARKS: dict[str, Mark] = {"holds": "met", "contradicted": "unmet", "partly": "late", "open": "unknown"}


def list_section(result: CasesResult, w: Wording) -> Section:
    """Every past exit with its outcome by rule."""
    return Section(
        key="cases",
        title=w("Past exits"),
        blocks=(
            Paragraph(
                text=w(
                    "Outcomes are recomputed by rule from figures that come along, each with its horizon and source. They say what "
                    "followed an exit, not what it caused."
                )
            ),
            Table(
                caption=w("Past exits and what followed, by rule"),
                columns=columns(
                    (w("Exit"), 2.6),
                    (w("Last departure"), 1.2),
                    (w("Band by rule"), 1.8),
                    (w("What decided it"), 3),
                    (w("Kind of exit"), 1.6),
                    (w("Claims"), 0.7),
                    numbers=(5,),
                ),
                rows=tuple(_case_row(line, w) for line in result.cases),
                note=w(
                    "“By rule” names what the figures show against a threshold and a horizon; it rates no State and no person."
                ),
            ),
        ),
    )


def _case_row(line: CaseLine, w: Wording) -> tuple[Cell, ...]:
    return row(
        _named(line, w),
        some_day(line.departure, w),
        _band(line.outcome, w),
        w.capital(w.code("case_reason", line.outcome.reason)),
        w.code("exit_kind", line.profile.exit or "not_coded"),
        w.number(line.claims),
    )


def case_sections(shown: CaseShown, w: Wording) -> tuple[Section, ...]:
    """One past exit whole: what it was, its outcome by rule, claims, pictures, facts, what differs, sources."""
    case, line = shown.case, shown.line
    figures = Figures(shown.figures)
    names = {source.code: source.title for source in shown.sources}

    def cited(codes: Iterable[str]) -> str:
        return "; ".join(names.get(code, code) for code in codes)

    sections = [
        Section(
            key="case-outcome",
            title=w("What followed, by rule"),
            blocks=(
                Paragraph(
                    text=w(
                        "{band}: {reason}.",
                        band=w.capital(w.code("case_band", line.outcome.band)),
                        reason=w.code("case_reason", line.outcome.reason),
                    ),
                    tone="lead",
                ),
                _about_active(line.outcome, w),
                outcome_table(line.outcome, w, names),
                Items(items=rules(line.outcome, w)),
            ),
        )
    ]
    sections += [_claim(claim, line, cited, w) for claim in case.claims]
    pictures: list[Block] = [
        figure
        for figure in (
            violence_by_year(case, figures, w, cited(figures.sources("state_based", by="year"))),
            violence_by_month(case, figures, w, cited(figures.sources("state_based", "deaths_all", by="month"))),
            strength_by_month(case, figures, w, cited(figures.sources("troops", "police", "us_troops", "sites"))),
        )
        if figure is not None
    ]
    if not any(b.kind == "figure" and b.key.startswith("strength") for b in pictures):
        pictures.append(Paragraph(text=w("No strength by month is on record for this mission."), tone="note"))
    sections.append(Section(key="case-figures", title=w("Violence and strength"), blocks=tuple(pictures)))
    sections.append(
        Section(
            key="case-facts",
            title=w("Dated facts"),
            blocks=(
                Table(
                    caption=w("What happened, with source"),
                    columns=columns((w("When"), 1.1), (w("Fact"), 4.5), (w("Speaks to"), 1.3), (w("Source"), 3)),
                    rows=tuple(
                        row(
                            some_day(fact.date, w),
                            fact.words(w.lang),
                            Cell(
                                text=_reading(fact, w),
                                mark=STATES[str(fact.reading)],
                            )
                            if fact.dimension
                            else "–",
                            cited(fact.sources),
                        )
                        for fact in sorted(case.facts, key=lambda f: f.date)
                    ),
                    empty=w("No fact is held with a source."),
                ),
                Table(
                    caption=w("Forces and missions in the country afterwards"),
                    columns=columns(
                        (w("Presence"), 3), (w("From"), 1), (w("Uniformed"), 1), (w("Relation"), 1.4), (w("Source"), 3)
                    ),
                    rows=tuple(
                        row(
                            p.name,
                            some_day(p.start, w),
                            w.yes(p.uniformed),
                            w.code("presence_relation", p.relation),
                            cited(p.sources),
                        )
                        for p in case.presences
                    ),
                    empty=w("None is on record in the lists of missions."),
                ),
            ),
        )
    )
    if case.differs:
        sections.append(
            Section(
                key="case-differs",
                title=w("What sets it apart, and what not to read from it"),
                blocks=(Items(items=tuple(_with_source(said, cited, w) for said in case.differs)),),
            )
        )
    sections.append(
        Section(
            key="case-sources",
            title=w("Sources"),
            blocks=(
                Table(
                    caption=w("Every source that this case cites"),
                    columns=columns(
                        (w("Code"), 1.4),
                        (w("Source"), 3),
                        (w("Kind"), 1),
                        (w("Where it stands"), 3),
                        (w("Licence"), 1.4),
                    ),
                    rows=tuple(
                        row(
                            source.code,
                            Cell(text=source.title, mark="late" if source.weak else ""),
                            w.code("source_kind", source.kind),
                            source.document,
                            source.licence or "–",
                        )
                        for source in shown.sources
                    ),
                    note=w("Marked: a copy or reprint that should be replaced by the original."),
                    folded=True,
                ),
            ),
        )
    )
    return tuple(sections)


def case_facts(shown: CaseShown, w: Wording) -> tuple[tuple[str, str], ...]:
    """What a case is, as pairs of a heading and words."""
    case = shown.case
    return (
        (w("Host country"), ", ".join(case.hosts) + (f" ({', '.join(case.areas)})" if case.areas else "")),
        (w("Mandate"), case.mandate.words(w.lang)),
        (w("Start"), some_day(case.start.date, w)),
        (w("Last departure"), some_day(case.departure.date, w) if case.departure else w("has not come")),
        (w("Kind of exit"), w.code("exit_kind", case.exit.kind)),
    )


def outcome_table(outcome: CaseOutcome, w: Wording, names: dict[str, str]) -> Table:
    """Every dimension with state, value, threshold, horizon, rule and source."""
    return Table(
        caption=w("Outcome by rule, source and horizon"),
        columns=columns(
            (w("Dimension"), 2),
            (w("Horizon"), 1),
            (w("By rule"), 1.1),
            (w("Value"), 1.4),
            (w("Adverse from"), 1.2),
            (w("Source"), 3.6),
        ),
        rows=tuple(_outcome_row(d, w, names) for d in outcome.dimensions),
        note=w(
            "“Not yet”: the horizon is not reached and nothing adverse was seen so far. “No data” is never filled in."
        ),
    )


def rules(outcome: CaseOutcome, w: Wording) -> tuple[str, ...]:
    """What each dimension is judged by, each rule once."""
    told = dict.fromkeys((d.dimension, d.rule) for d in outcome.dimensions)
    return tuple(f"{dimension}{w.colon}{w.code('case_rule', rule)}." for dimension, rule in told)


def _outcome_row(d: DimensionOutcome, w: Wording, names: dict[str, str]) -> tuple[Cell, ...]:
    return row(
        w.code("case_dimension", d.dimension),
        w.count("{n} year", "{n} years", d.horizon) if d.horizon else w("at exit"),
        Cell(text=w.code("case_state", d.state), mark=STATES[d.state]),
        _value(d, w),
        w.number(d.threshold) if d.threshold is not None else "–",
        joined([names.get(code, code) for code in d.sources], 3, w) or "–",
    )


def _value(d: DimensionOutcome, w: Wording) -> str:
    if d.value is None:
        return "–"
    few = d.unit == "deaths-last-year" and 0 < d.value < SMALL
    number = w("fewer than {n}", n=SMALL) if few else w.number(d.value, 0 if d.value == int(d.value) else 1)
    year = f" ({d.year})" if d.year else ""
    if d.unit == "facts":
        return w.count("{n} coded fact", "{n} coded facts", int(d.value)) + year
    if d.unit == "forces":
        return w.count("{n} force", "{n} forces", int(d.value)) + year
    return f"{number} {w.code('case_unit', d.unit)}{year}"


def _about_active(outcome: CaseOutcome, w: Wording) -> Paragraph:
    if outcome.active_at_exit is None:
        return Paragraph(
            text=w("Whether armed violence was under way at the exit cannot be told: no data."), tone="note"
        )
    if outcome.active_at_exit:
        return Paragraph(
            text=w(
                "State-based violence had reached 25 deaths in the year of exit or the year before: it did not have to begin again."
            ),
            tone="note",
        )
    return Paragraph(
        text=w("State-based violence was below 25 deaths in the year of exit and the year before."), tone="note"
    )


def _claim(claim: CaseClaim, line: CaseLine, cited: object, w: Wording) -> Section:
    assert callable(cited)
    standing = STANDINGS.get(line.outcome.band, "open")
    coded = [d for d in line.outcome.dimensions if d.dimension in claim.dimensions]
    french = w.lang == "fr"
    rows = [
        row(w("Claim"), claim.words(w.lang), f"{claim.by_fr if french else claim.by}; {cited(claim.sources)}"),
        row(
            w("Coded outcome"),
            Cell(text=w.capital(w.code("claim_standing", standing)), mark=STANDING_MARKS[standing]),
            w(
                "{band}: {reason}",
                band=w.code("case_band", line.outcome.band),
                reason=w.code("case_reason", line.outcome.reason),
            ),
        ),
        row(
            w("Dimensions it speaks of"),
            "; ".join(
                w(
                    "{dimension}, {horizon}: {state}",
                    dimension=d.dimension,
                    horizon=w.count("{n} year", "{n} years", d.horizon),
                    state=w.code("case_state", d.state),
                )
                for d in coded
            ),
            "–",
        ),
        *(row(w("Evidence"), said.words(w.lang), cited(said.sources)) for said in claim.evidence),
        *(row(w("What the claim got right"), said.words(w.lang), cited(said.sources)) for said in claim.right),
    ]
    return Section(
        key="case-claim",
        title=w("Claim beside evidence"),
        blocks=(
            Table(
                caption=w("What was said, and what is on record"),
                columns=columns((w("Part"), 1.4), (w("Words"), 4.6), (w("Source"), 3)),
                rows=tuple(rows),
            ),
        ),
    )


def similar_section(m: Material) -> Section:
    """Past exits like this one: why, what differs, what followed, and base rates with their intervals. Needs `m.past`."""
    w, result = m.w, m.past
    assert result is not None
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "What followed past exits that resemble this one on what is known of both. A small sample: it informs, it does not "
                "forecast this country."
            ),
            tone="warning",
        ),
        Paragraph(text=_profile_words(result.profile, w)),
        _similar_table(result, w),
        _rates_table(result.rates, w),
    ]
    if m.futures is not None:
        blocks.append(
            Paragraph(
                text=w(
                    "Set these beside the chances under Futures: those are computed for this mission, these are counts of past exits "
                    "and serve as a check on them."
                ),
                tone="note",
            )
        )
    left_out = []
    if result.later:
        left_out.append(
            w(
                "Left out, because they ended after the day looked from or never ended: {codes}.",
                codes=", ".join(result.later),
            )
        )
    if result.too_little:
        left_out.append(
            w("Left out, because too little is known to compare: {codes}.", codes=", ".join(result.too_little))
        )
    left_out.append(
        w("What followed is told from data of today, also where the mission is looked at from an earlier day.")
    )
    blocks.append(Items(items=tuple(left_out)))
    return Section(key="past-exits", title=w("Past exits like this one"), blocks=tuple(blocks))


def beside_futures(result: SimilarResult, w: Wording) -> Paragraph:
    """The base rates that stand beside the futures' own chances, in one sentence."""
    rates = {rate.of: rate for rate in result.rates if rate.event == "r1-2"}
    return Paragraph(
        text=w(
            "Beside it, past exits (small sample): renewed armed violence in the first two full years after {similar} of those most "
            "like this one and {all} of all. Counts with 80 % intervals, not forecasts.",
            similar=_rate_words(rates.get("similar"), w),
            all=_rate_words(rates.get("all"), w),
        ),
        tone="note",
    )


def _profile_words(profile: CaseProfile, w: Wording) -> str:
    unknown = [w.code("case_variable", name) for name, value in profile.model_dump().items() if value is None]
    known = _known(profile, w)
    said = w("Known of this mission: {known}.", known=w.semicolon.join(known) or w("nothing"))
    return said + (" " + w("Unknown, and not counted: {names}.", names=", ".join(unknown)) if unknown else "")


def _known(profile: CaseProfile, w: Wording) -> list[str]:
    made = []
    if profile.region:
        made.append(w.code("region", profile.region))
    if profile.exit:
        made.append(w.code("exit_kind", profile.exit))
    if profile.weight:
        made.append(w.code("case_weight", profile.weight))
    if profile.active is not None:
        made.append(w("armed violence under way") if profile.active else w("no armed violence under way"))
    if profile.per_100k is not None:
        made.append(w("{n} uniformed for 100,000 inhabitants", n=w.number(profile.per_100k, 0)))
    if profile.deaths_24m is not None:
        made.append(w("{n} deaths a month for a million inhabitants", n=w.number(profile.deaths_24m, 2)))
    if profile.drawdown is not None:
        made.append(w.count("drawdown of {n} month", "drawdown of {n} months", profile.drawdown))
    return made


def _similar_table(result: SimilarResult, w: Wording) -> Table:
    def names(codes: Sequence[str]) -> str:
        return ", ".join(w.code("case_variable", code) for code in codes) or "–"

    return Table(
        caption=w("Nearest past exits"),
        columns=columns(
            (w("Exit"), 2.2),
            (w("Distance, 0 alike to 1"), 0.9),
            (w("Agrees on"), 2.4),
            (w("Differs on"), 2),
            (w("Unknown"), 1.2),
            (w("What followed, by rule"), 2.6),
            numbers=(1,),
        ),
        rows=tuple(
            row(
                _named(found, w),
                w.number(found.distance, 2),
                names(found.agree),
                names(found.differ),
                names(found.unknown),
                Cell(
                    text=f"{w.capital(w.code('case_band', found.outcome.band))} ({w.code('case_reason', found.outcome.reason)})",
                    mark=BANDS[found.outcome.band],
                ),
            )
            for found in result.similar[:SIMILAR_SHOWN]
        ),
        empty=w("Too little is known of this mission to compare it with past exits."),
        note=w("Agrees: equal, or within a quarter of the range seen. Distances rank; they are no probability."),
    )


def _rates_table(rates: Sequence[BaseRate], w: Wording) -> Table:
    by_event: dict[str, dict[str, BaseRate]] = {}
    for rate in rates:
        by_event.setdefault(rate.event, {})[rate.of] = rate
    return Table(
        caption=w("How often it happened after past exits: small sample"),
        columns=columns((w("What happened"), 3), (w("Among the similar"), 2), (w("Among all"), 2)),
        rows=tuple(
            row(
                w.capital(w.code("case_event", event)),
                _rate_words(found.get("similar"), w),
                _rate_words(found.get("all"), w),
            )
            for event, found in by_event.items()
        ),
        note=w(
            "80 % intervals after Wilson. Exits without data or horizon are not counted. Cases were chosen because they are known, "
            "not at random."
        ),
    )


def _rate_words(rate: BaseRate | None, w: Wording) -> str:
    if rate is None or not rate.cases:
        return w("no data")
    return w(
        "{n} of {all} ({low} to {high})",
        n=rate.adverse,
        all=rate.cases,
        low=w.share(rate.low),
        high=w.share(rate.high),
    )


def _named(line: Named, w: Wording) -> str:
    """The name with the code that commands and addresses ask for, where it is not its first word."""
    name = line.name(w.lang)
    return name if name.startswith(line.code) else f"{name} ({line.code})"


def _reading(fact: CaseFact, w: Wording) -> str:
    """Which dimension a fact speaks to, which way, and what it was where a rule asks."""
    said = f"{fact.dimension}{w.colon}{w.code('case_state', fact.reading)}"
    return f"{said}, {w.code('fact_mark', fact.mark)}" if fact.mark else said


def _band(outcome: CaseOutcome, w: Wording) -> Cell:
    return Cell(text=w.capital(w.code("case_band", outcome.band)), mark=BANDS[outcome.band])


def some_day(text: str | None, w: Wording) -> str:
    """A day, month or year as people write it, as precisely as it is given."""
    if text is None:
        return "–"
    return {4: lambda: text, 7: lambda: w.month(text, short=True)}.get(len(text), lambda: w.date(text, short=True))()


def _with_source(said: Sourced, cited: object, w: Wording) -> str:
    assert callable(cited)
    return f"{said.words(w.lang)} [{cited(said.sources)}]"
