"""The outcome of a past exit by rule: one dimension after the other, each over its horizon, then the band."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from exitplan.domain.cases import (
    Case,
    CaseBand,
    CaseFact,
    Dimension,
    Figures,
    OutcomeState,
    Series,
    StatedDimension,
    StatedOutcome,
    day_at_latest,
)
from exitplan.domain.results.cases import CaseOutcome, DimensionOutcome

RELAPSE, WAR = 25.0, 1000.0
"""State-based deaths in a country and calendar year: renewed armed violence, and war."""
RELAPSE_YEARS = (2, 5, 10)
SOON = 5
"""Years after the departure over which R2 to R5 are judged, and within which a war or a collapse decides the band."""
CIVILIANS_YEARS, CIVILIANS_RATIO, CIVILIANS_FLOOR = 2, 1.5, 25.0
DISPLACED_YEARS, DISPLACED_RATIO, DISPLACED_MORE = 2, 1.25, 10_000.0
SUCCESSFUL_COUP = 2.0
LAST_MONTHS = 12
"""Months before the departure in which casualties and mutinies belong to the exit."""
MISSIONS_TO = date(2024, 2, 19)
"""Day up to which the list of missions that R2 rests on was kept."""
VERY_SOON = 2
"""Full years that must have been seen before a band other than "failed" or "mixed" is given."""


def outcome(case: Case, figures: Figures) -> CaseOutcome:
    """
    The outcome vector R1 to R8 of a case and its band.

    A calendar year counts from the first full year after the last departure. Where several countries were hosts, the worst of
    them counts. No dimension is filled in: without data it is `no_data`, and `not_yet` while its horizon is not reached and
    nothing adverse was seen.
    """
    left = case.left
    if left is None:
        dimensions = tuple(_without_departure(case))
        return CaseOutcome(code=case.code, band="too_early", reason="never-all-left", dimensions=dimensions)
    found = (
        *_relapse(case, figures, left),
        _return(case, left),
        _civilians(case, figures, left),
        _order(case, figures, left),
        _forces(case, left),
        _displaced(case, figures, left),
        _execution(case, figures, left),
        _coded(case, "R8", 2),
    )
    band, reason = _band(found, _collapsed(case, left))
    return CaseOutcome(
        code=case.code, band=band, reason=reason, active_at_exit=_active(case, figures, left), dimensions=found
    )


def stated(result: CaseOutcome) -> StatedOutcome:
    """The outcome as a case file states it."""
    return StatedOutcome(
        band=result.band,
        dimensions=tuple(
            StatedDimension(dimension=d.dimension, horizon=d.horizon, state=d.state, value=d.value)
            for d in result.dimensions
        ),
    )


def first_year(left: date) -> int:
    """The first full calendar year after a departure; one on the last day of a year leaves the next one full."""
    return left.year + 1


def _relapse(case: Case, figures: Figures, left: date) -> list[DimensionOutcome]:
    start = first_year(left)
    by_year = _worst_by_year(case, figures, ("state_based",))
    made = []
    for horizon in RELAPSE_YEARS:
        seen = {year: value for year, value in by_year.items() if start <= year < start + horizon}
        hit = min((year for year, value in seen.items() if value >= RELAPSE), default=None)
        worst = max(seen, key=lambda year: (seen[year], -year), default=None)
        made.append(
            DimensionOutcome(
                dimension="R1",
                horizon=horizon,
                state=_state(hit is not None, len(seen), horizon),
                value=seen[worst] if worst is not None else None,
                threshold=RELAPSE,
                unit="deaths-a-year",
                year=hit if hit is not None else worst,
                observed_to=max(by_year, default=None),
                war=worst is not None and seen[worst] >= WAR,
                rule="r1-state-based",
                sources=figures.sources("state_based", by="year"),
            )
        )
    return made


def _return(case: Case, left: date) -> DimensionOutcome:
    end = _years_later(left, SOON)
    back = [
        p for p in case.presences
        if p.relation == "new" and p.uniformed and left < day_at_latest(p.start) <= end
    ]  # fmt: skip
    first = min((day_at_latest(p.start) for p in back), default=None)
    state: OutcomeState = "adverse" if first else "clear" if end <= MISSIONS_TO else "not_yet"
    cited = [s for p in back for s in p.sources] or ["UN-DPO-PKO", "MULLENBACH-3.1"]
    return DimensionOutcome(
        dimension="R2",
        horizon=SOON,
        state=state,
        value=float(len(back)),
        threshold=1,
        unit="forces",
        year=first.year if first else None,
        observed_to=MISSIONS_TO.year,
        rule="r2-return",
        sources=_each_once(cited),
    )


def _civilians(case: Case, figures: Figures, left: date) -> DimensionOutcome:
    by_year = _worst_by_year(case, figures, ("non_state", "one_sided"), together=True)
    start = first_year(left)
    seen = [by_year[year] for year in range(start, start + CIVILIANS_YEARS) if year in by_year]
    before = by_year.get(left.year - 1)
    value = sum(seen) / len(seen) if seen else None
    threshold = max(CIVILIANS_FLOOR, CIVILIANS_RATIO * before) if before is not None else None
    if value is None or threshold is None:
        state: OutcomeState = "no_data"
        value = None
    elif len(seen) < CIVILIANS_YEARS:
        state = "not_yet"
    else:
        state = "adverse" if value > threshold else "clear"
    return DimensionOutcome(
        dimension="R3",
        horizon=CIVILIANS_YEARS,
        state=state,
        value=value,
        threshold=threshold,
        unit="deaths-a-year",
        observed_to=max(by_year, default=None),
        rule="r3-civilians",
        sources=figures.sources("non_state", "one_sided", by="year"),
    )


def _order(case: Case, figures: Figures, left: date) -> DimensionOutcome:
    start = first_year(left)
    by_year = _worst_by_year(case, figures, ("coups",))
    seen = {year: value for year, value in by_year.items() if start <= year < start + SOON}
    hit = min((year for year, value in seen.items() if value >= SUCCESSFUL_COUP), default=None)
    rule = DimensionOutcome(
        dimension="R4",
        horizon=SOON,
        state=_state(hit is not None, len(seen), SOON),
        value=max(seen.values(), default=None),
        threshold=SUCCESSFUL_COUP,
        unit="coup-code",
        year=hit,
        observed_to=max(by_year, default=None),
        rule="r4-coups",
        sources=figures.sources("coups", by="year"),
    )
    return _with_facts(rule, _facts(case, "R4", left, _years_later(left, SOON)))


def _forces(case: Case, left: date) -> DimensionOutcome:
    facts = _facts(case, "R5", _months_before(left, LAST_MONTHS), _years_later(left, SOON))
    return _from_facts("R5", SOON, "r5-forces", facts)


def _displaced(case: Case, figures: Figures, left: date) -> DimensionOutcome:
    """Of the hosts taken together: people flee from one into the other."""
    flights: tuple[Series, ...] = ("refugees", "idps")
    stock: dict[int, float] = {}
    for area in case.hosts:
        for series in flights:
            for year, people in figures.years(series, area).items():
                stock[year] = stock.get(year, 0.0) + people
    before = stock.get(left.year)
    seen = {year: stock[year] for year in range(left.year + 1, left.year + 1 + DISPLACED_YEARS) if year in stock}
    worst = max(seen, key=lambda year: (seen[year], -year), default=None)
    threshold = max(DISPLACED_RATIO * before, before + DISPLACED_MORE) if before is not None else None
    value = seen[worst] if worst is not None and not case.areas else None
    adverse = value is not None and threshold is not None and value > threshold
    known = len(seen) if threshold is not None and not case.areas else 0
    rule = DimensionOutcome(
        dimension="R6",
        horizon=DISPLACED_YEARS,
        state=_state(adverse, known, DISPLACED_YEARS),
        value=value,
        threshold=threshold,
        unit="displaced",
        year=worst if value is not None else None,
        observed_to=max(stock, default=None),
        rule="r6-displaced",
        sources=figures.sources("refugees", "idps", by="year"),
    )
    return _with_facts(rule, _facts(case, "R6", left, _years_later(left, DISPLACED_YEARS)))


def _execution(case: Case, figures: Figures, left: date) -> DimensionOutcome:
    found = figures.months("malicious_deaths")
    value = sum(found.values()) if found else None
    rule = DimensionOutcome(
        dimension="R7",
        horizon=0,
        state="no_data" if value is None else "adverse" if value >= 1 else "clear",
        value=value,
        threshold=1,
        unit="deaths-last-year",
        rule="r7-execution",
        sources=figures.sources("malicious_deaths"),
    )
    return _with_facts(rule, _facts(case, "R7", _years_before(left, 2), _years_later(left, 1)))


def _coded(case: Case, dimension: Dimension, horizon: int) -> DimensionOutcome:
    facts = [fact for fact in case.facts if fact.dimension == dimension]
    return _from_facts(dimension, horizon, f"{dimension.lower()}-coded", facts)


def _without_departure(case: Case) -> Iterable[DimensionOutcome]:
    for dimension, horizon, rule in (
        ("R1", 2, "r1-state-based"), ("R1", 5, "r1-state-based"), ("R1", 10, "r1-state-based"), ("R2", 5, "r2-return"),
        ("R3", 2, "r3-civilians"), ("R4", 5, "r4-coups"), ("R5", 5, "r5-forces"), ("R6", 2, "r6-displaced"),
    ):  # fmt: skip
        yield DimensionOutcome(dimension=dimension, horizon=horizon, state="not_yet", rule=rule)
    yield _coded(case, "R7", 0)
    yield _coded(case, "R8", 2)


def _band(found: Sequence[DimensionOutcome], collapsed: bool) -> tuple[CaseBand, str]:
    """The first rule that holds: failed, contested, mixed, not coded, too early, sustained, holding."""
    by = {(d.dimension, d.horizon): d for d in found}
    soon, late, back = by["R1", 5], by["R1", 10], by["R2", 5]
    states = {d.dimension: d.state for d in found if d.dimension != "R1"}
    if soon.war or back.state == "adverse" or collapsed:
        return "failed", "war-soon" if soon.war else "return-soon" if back.state == "adverse" else "collapse-soon"
    if any(states[d] == "contested" for d in ("R3", "R4", "R5", "R6")):
        return "contested", "sources-differ"
    if late.state == "adverse":
        return "mixed", "relapse"
    if worse := next((d for d in ("R3", "R4", "R5", "R6") if states[d] == "adverse"), None):
        return "mixed", f"{worse.lower()}-adverse"
    if late.state == "no_data":
        return "not_coded", "no-data"
    if by["R1", VERY_SOON].state != "clear":
        return "too_early", "too-few-years"
    if late.state == "clear" and back.state == "clear":
        return "sustained", "ten-years"
    return "holding", "so-far"


def _collapsed(case: Case, left: date) -> bool:
    facts = _facts(case, "R5", _months_before(left, LAST_MONTHS), _years_later(left, SOON))
    return any(fact.mark == "collapse" for fact in facts)


def _active(case: Case, figures: Figures, left: date) -> bool | None:
    by_year = _worst_by_year(case, figures, ("state_based",))
    seen = [by_year[year] for year in (left.year - 1, left.year) if year in by_year]
    return any(value >= RELAPSE for value in seen) if seen else None


def _worst_by_year(
    case: Case, figures: Figures, series: Sequence[Series], *, together: bool = False
) -> dict[int, float]:
    """The highest value among the places that the case speaks of, by year; the series added up where they go `together`."""
    worst: dict[int, float] = {}
    for area in case.areas or case.hosts:
        here: dict[int, float] = {}
        for name in series:
            for year, value in figures.years(name, area).items():
                here[year] = here.get(year, 0.0) + value
        for year, value in here.items():
            worst[year] = worst.get(year, 0.0) + value if together else max(worst.get(year, 0.0), value)
    return worst


def _facts(case: Case, dimension: Dimension, start: date, end: date) -> list[CaseFact]:
    return [f for f in case.facts if f.dimension == dimension and start <= day_at_latest(f.date) <= end]


def _from_facts(dimension: Dimension, horizon: int, rule: str, facts: Sequence[CaseFact]) -> DimensionOutcome:
    bare = DimensionOutcome(dimension=dimension, horizon=horizon, state="no_data", rule=rule, unit="facts")
    return _with_facts(bare, facts)


def _with_facts(rule: DimensionOutcome, facts: Sequence[CaseFact]) -> DimensionOutcome:
    """What the rule gives, with what coded facts say; facts that speak both ways make it contested, an adverse one adverse."""
    if not facts:
        return rule
    readings = {fact.reading for fact in facts}
    state: OutcomeState
    if len(readings) > 1:
        state = "contested"
    elif "adverse" in readings:
        state = "adverse"
    else:
        state = rule.state if rule.state != "no_data" else "clear"
    sources = _each_once([*rule.sources, *(s for fact in facts for s in fact.sources)])
    coded = rule.value is None
    return rule.model_copy(
        update={
            "state": state,
            "value": float(sum(f.reading == "adverse" for f in facts)) if coded else rule.value,
            "threshold": 1.0 if coded else rule.threshold,
            "unit": "facts" if coded else rule.unit,
            "year": min(day_at_latest(f.date).year for f in facts) if rule.year is None else rule.year,
            "sources": sources,
        }
    )


def _state(adverse: bool, known: int, horizon: int) -> OutcomeState:
    if adverse:
        return "adverse"
    if not known:
        return "no_data"
    return "clear" if known >= horizon else "not_yet"


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _years_later(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _years_before(day: date, years: int) -> date:
    return _years_later(day, -years)


def _months_before(day: date, months: int) -> date:
    return _years_before(day, months // 12)
