"""
What stands under watch on a day: triggers, early warnings, reviews and what the plan of the watch lacks.

Unknown is never silent: a watch whose trigger cannot be judged, or whose early warning lacks months, says so and stands
before the quiet ones. While the exit lies ahead the early warning runs on the last twelve covered months as a rehearsal.
Method page: docs/methods/watch.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.facts import EVENT_LAG_MONTHS, Facts, facts_on
from exitplan.domain.kinds import Abroad, Area, Contingency, Indicator, Mandate, Plan, Risk, Scenario, Watch
from exitplan.domain.months import last_day, month_index, month_of, month_text, months_later
from exitplan.domain.results.watch import (
    EarlyWarning,
    Fault,
    Method,
    ReviewPoint,
    TriggerLine,
    TriggersResult,
    WatchLine,
    WatchMonth,
    WatchResult,
)
from exitplan.domain.tables import COUNTRY, TOTAL
from exitplan.engine.watch.counts import Baseline, constant, fitted
from exitplan.engine.watch.cusum import chart
from exitplan.engine.watch.expected import surprise

REHEARSED = 12
"""Months before the end of the data on which an early warning is rehearsed while the exit lies ahead."""
RECENT = 3
"""Months for which an alarm stands."""
EARLY_REVIEW_DAYS = 30
"""Days before its day from which a review counts for a review point."""
SHOWN_BEFORE = 24
"""Months before the watch that a result holds for its picture, the baseline window at least."""


def watch(dossier: Dossier, on: date, *, seed: int = 1) -> WatchResult:
    """
    Every watch on a day, triggered first, then those that cannot be judged.

    Parameters
    ----------
    seed
        Of the thresholds that are set by Monte Carlo.
    """
    facts = facts_on(dossier, on)
    exit_day = exit_of(dossier)
    lines = sorted(
        (_line(facts, entry, exit_day, seed) for entry in dossier.of(Watch)),
        key=lambda line: ("triggered", "unknown", "quiet").index(line.state),
    )
    points = [point for line in lines for point in line.reviews]
    return WatchResult(
        exit=exit_day,
        watches=tuple(lines),
        triggered=sum(line.state == "triggered" for line in lines),
        unknown=sum(line.state == "unknown" for line in lines),
        overdue=sum(point.overdue_days > 0 for point in points),
        next_review=min((p.day for p in points if p.done is None and p.day >= on), default=None),
    )


def exit_of(dossier: Dossier) -> date | None:
    """The day from which reviews count: end of the final mandate, else of the default plan, else of the last mandate."""
    final = [mandate.end for mandate in dossier.of(Mandate) if mandate.final]
    if final:
        return max(final)
    plan = dossier.get(Plan, dossier.mission.default_plan)
    if plan is not None and plan.end:
        return last_day(month_index(plan.end))
    return max((mandate.end for mandate in dossier.of(Mandate)), default=None)


def _line(facts: Facts, entry: Watch, exit_day: date | None, seed: int) -> WatchLine:
    verdict = facts.condition(entry.trigger)
    early = tuple(_warnings(facts, entry, exit_day, seed))
    met = verdict.state == "met" or any(e.state == "alarm" for e in early)
    unknown = verdict.state == "unknown" or any(e.state == "unknown" for e in early)
    lacks: list[tuple[Fault, bool]] = [
        ("no-successor", not entry.successor_owner),
        ("no-response", not entry.response),
        ("no-exit-date", exit_day is None),
    ]
    return WatchLine(
        code=entry.code,
        title=entry.title,
        title_fr=entry.title_fr,
        owner=entry.owner,
        successor_owner=entry.successor_owner,
        response=entry.response,
        area=entry.area,
        function=entry.function,
        indicator=entry.indicator,
        state="triggered" if met else "unknown" if unknown else "quiet",
        trigger=verdict,
        early=early,
        reviews=_reviews(entry, exit_day, facts.on),
        faults=tuple(name for name, lacking in lacks if lacking),
    )


def _reviews(entry: Watch, exit_day: date | None, on: date) -> tuple[ReviewPoint, ...]:
    """Review points with their days; a review held from 30 days before a point to 30 days before the next one counts for it."""
    if exit_day is None:
        return ()
    after = sorted(set(entry.review_months))
    days = [months_later(exit_day, months) for months in after]
    points = []
    for months, day, following in zip(after, days, [*days[1:], date.max], strict=True):
        ends = (following - day).days - EARLY_REVIEW_DAYS
        held = [r for r in entry.reviewed if r <= on and -EARLY_REVIEW_DAYS <= (r - day).days < ends]
        done = min(held, default=None)
        points.append(
            ReviewPoint(months=months, day=day, done=done, overdue_days=0 if done else max(0, (on - day).days))
        )
    return tuple(points)


@dataclass(frozen=True)
class _Counts:
    """Counts of one place, month by month without a gap, or why there are none."""

    first: int = 0
    values: tuple[float, ...] = ()
    reason: str = ""


def _warnings(facts: Facts, entry: Watch, exit_day: date | None, seed: int) -> list[EarlyWarning]:
    if entry.alarm is None:
        return []
    found = [
        _warning(
            _recorded(facts, entry),
            entry,
            entry.alarm,
            exit_day,
            facts.on,
            seed,
            place=entry.area or "",
            counted=entry.counted,
        )
    ]
    for abroad in entry.abroad:
        indicator = facts.dossier.get(Indicator, abroad.indicator)
        found.append(
            _warning(
                _measured(facts, abroad, indicator),
                entry,
                entry.alarm,
                exit_day,
                facts.on,
                seed,
                place=abroad.country,
                place_title=abroad.place,
                place_title_fr=abroad.place_fr,
                abroad=True,
                counted="events" if indicator and indicator.unit.startswith("event") else "deaths",
            )
        )
    return found


def _warning(
    counts: _Counts, entry: Watch, method: Method, exit_day: date | None, on: date, seed: int, **place: object
) -> EarlyWarning:
    """The alarm on one series of counts."""
    about = {"method": method, **place}
    last = counts.first + len(counts.values) - 1
    after_exit = exit_day is not None and exit_day < on and last > month_of(exit_day)
    begin = month_of(exit_day) + 1 if after_exit and exit_day else last - REHEARSED + 1
    to = month_index(entry.baseline.to) if entry.baseline.to else begin - 1
    start = to - entry.baseline.months + 1
    shown = max(counts.first, min(start, begin - SHOWN_BEFORE))
    earlier = _months(shown, counts.values[shown - counts.first : max(0, begin - counts.first)])
    if not counts.reason and entry.baseline.mean is None and (start < counts.first or to > last):
        counts = _Counts(counts.first, counts.values, "too-short")
    if counts.reason:
        return EarlyWarning.model_validate(
            {**about, "state": "unknown", "reason": counts.reason, "rehearsal": not after_exit, "months": earlier}
        )
    window = counts.values[start - counts.first : to - counts.first + 1]
    base = fitted(window) if entry.baseline.mean is None else constant(entry.baseline.mean)
    kept = counts.values[begin - counts.first :]
    reference, threshold, statistic, over = _kept(method, base, kept, seed)
    watched = tuple(
        WatchMonth(month=month_text(begin + at), count=kept[at], statistic=statistic[at], over=over[at])
        for at in range(len(kept))
    )
    recent = [m.month for m in watched[-RECENT:] if m.over]
    hand_set = entry.baseline.mean is not None
    return EarlyWarning.model_validate(
        {
            **about,
            "state": "alarm" if recent else "quiet",
            "baseline_from": None if hand_set else month_text(start),
            "baseline_to": None if hand_set else month_text(to),
            "baseline_mean": base.mean,
            "baseline_size": base.size,
            "reference": reference,
            "threshold": threshold,
            "alarm_month": recent[0] if recent else None,
            "watched_from": month_text(begin),
            "rehearsal": not after_exit,
            "months": (*earlier, *watched),
        }
    )


def _kept(
    method: Method, base: Baseline, counts: Sequence[float], seed: int
) -> tuple[float, float, tuple[float, ...], tuple[bool, ...]]:
    """Reference, threshold, the statistic of each month and whether it raises the alarm."""
    if method == "cusum":
        sums = chart(base)
        totals = sums.sums(counts, restart=True)
        return sums.reference, sums.threshold, totals, tuple(map(sums.over, totals))
    told = surprise(base, seed=seed)
    means = told.excess(counts)
    return told.expected, told.threshold, means, tuple(map(told.over, means))


def _months(first: int, counts: Sequence[float]) -> tuple[WatchMonth, ...]:
    return tuple(WatchMonth(month=month_text(first + at), count=count) for at, count in enumerate(counts))


def _recorded(facts: Facts, entry: Watch) -> _Counts:
    """Counts of the area, or of the whole country, in the months that a source covers."""
    covered = facts.coverage
    if covered is None:
        return _Counts(reason="no-data")
    first, last = covered
    areas = [entry.area] if entry.area else [a.code for a in facts.dossier.of(Area)]
    grid = facts.dossier.area_months.dense(entry.counted, areas, first=first, last=last)
    values = tuple(float(sum(month)) for month in zip(*grid, strict=True)) if grid else ()
    late = month_of(facts.on) - last > EVENT_LAG_MONTHS + 1
    return _Counts(first, values, "stale" if late else "" if len(values) > REHEARSED else "too-short")


def _measured(facts: Facts, abroad: Abroad, indicator: Indicator | None) -> _Counts:
    """Counts beyond the border, from the indicator that measures them; every month has to be there."""
    if indicator is None:
        return _Counts(reason="no-series")
    readings = facts.series.get((indicator.code, COUNTRY, TOTAL), ())
    by_month = {month_of(r.date): r.value for r in readings if r.value >= 0}
    if not by_month:
        return _Counts(reason="no-data")
    first, last = min(by_month), max(by_month)
    values = tuple(by_month.get(month, 0.0) for month in range(first, last + 1))
    if len(by_month) < last - first + 1:
        return _Counts(first, values, "gaps")
    late = month_of(facts.on) - last > indicator.fresh_months
    return _Counts(first, values, "stale" if late else "" if len(values) > REHEARSED else "too-short")


def triggers(dossier: Dossier, on: date) -> TriggersResult:
    """Every agreed trigger of watches, contingency plans, plans' pauses, risks and scenarios: met, then unknown, then quiet."""
    facts = facts_on(dossier, on)
    lines = [
        *(
            _trigger(facts, w, w.trigger, (w.response,) if w.response else (), w.successor_owner or w.owner)
            for w in dossier.of(Watch)
        ),
        *(
            _trigger(facts, c, c.trigger, c.response, c.owner, within_days=c.within_days, rehearsed=c.rehearsed)
            for c in dossier.of(Contingency)
        ),
        *(_trigger(facts, p, p.pause, (), p.owner) for p in dossier.of(Plan) if p.pause is not None),
        *(
            _trigger(facts, r, r.trigger, (), r.owner)
            for r in dossier.of(Risk)
            if r.trigger is not None and r.status == "open"
        ),
        *(_trigger(facts, s, s.trigger, (), s.owner) for s in dossier.of(Scenario) if s.trigger is not None),
    ]
    return TriggersResult(triggers=tuple(sorted(lines, key=lambda t: ("met", "unknown", "unmet").index(t.state))))


def _trigger(
    facts: Facts,
    entry: Watch | Contingency | Plan | Risk | Scenario,
    condition: object,
    response: tuple[str, ...],
    who: str,
    *,
    within_days: int | None = None,
    rehearsed: date | None = None,
) -> TriggerLine:
    verdict = facts.condition(condition)
    return TriggerLine.model_validate(
        {
            "code": entry.code,
            "title": entry.title,
            "title_fr": entry.title_fr,
            "kind": entry.kind,
            "state": verdict.state,
            "verdict": verdict,
            "response": response,
            "who": who,
            "within_days": within_days,
            "rehearsed": rehearsed,
        }
    )
