"""What is known on a day: the verdict on every leaf of a condition, and so on every criterion, benchmark and gate.

Missing, stale, unverified and merely assumed values are "unknown", with since when and owed by whom; they are never met.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from exitplan.domain.condition import (
    AllOf,
    CriterionLeaf,
    DateLeaf,
    EventsLeaf,
    HandoverLeaf,
    HiddenLeaf,
    IndicatorLeaf,
    LikelihoodLeaf,
    RiskLeaf,
    SiteLeaf,
    Verdict,
    judge,
)
from exitplan.domain.dossier import Dossier
from exitplan.domain.fields import VERIFICATION_ORDER
from exitplan.domain.kinds import Benchmark, Criterion, Gate, Handover, Indicator, Risk, Site, Source
from exitplan.domain.months import last_day, month_index, month_of, month_text, months_later
from exitplan.domain.ratings import standing
from exitplan.domain.states import RISK_LEVELS
from exitplan.domain.tables import COUNTRY, Reading

EVENT_LAG_MONTHS = 3
"""Months by which recorded violence may lag behind the day asked for and still count: UCDP candidate data lag one to two."""


KEPT_DAYS = 4
"""Days of one dossier whose facts are kept with it."""


def facts_on(dossier: Dossier, on: date) -> Facts:
    """The dossier as it stood on one day, worked out once for everybody who holds the dossier."""
    days: dict[date, Facts] = dossier.__dict__.setdefault("_facts", {})
    found = days.get(on)
    if found is None:
        for oldest in list(days)[: 1 - KEPT_DAYS]:
            days.pop(oldest, None)
        found = days.setdefault(on, Facts(dossier, on))
    return found


class Facts:
    """The dossier as it stood on one day. Verdicts are kept, so asking twice costs nothing; threads may share it."""

    def __init__(self, dossier: Dossier, on: date) -> None:
        self.dossier = dossier
        self.on = on
        self._one_asks = threading.RLock()  # what is asked already tells a circle only within one thread
        self._criteria: dict[str, Verdict] = {}
        self._bars: dict[IndicatorLeaf, Verdict] = {}
        self._asked: set[str] = set()

    @cached_property
    def series(self) -> dict[tuple[str, str, str], tuple[Reading, ...]]:
        """Every reading known by the day and not replaced, as (indicator, area, group) to readings in order of date."""
        return self.dossier.measurements.in_force(self.on).by_series()

    @cached_property
    def coverage(self) -> tuple[int, int] | None:
        """First and last full month for which recorded violence is covered by a source, up to the day; None without one."""
        spans = [
            (month_index(s.covers_from), month_index(s.covers_to))
            for s in self.dossier.of(Source)
            if s.covers_from is not None and s.covers_to is not None
        ]
        if not spans:
            return None
        full = month_of(self.on) if self.on == last_day(month_of(self.on)) else month_of(self.on) - 1
        first, last = min(a for a, _ in spans), min(full, max(b for _, b in spans))
        return (first, last) if first <= last else None

    def readings(self, leaf: IndicatorLeaf, indicator: Indicator) -> tuple[Reading, ...]:
        """The readings a leaf may use: version in use on the day, verified enough, and not resting on an assumption."""
        version = indicator.version_on(self.on)
        least = VERIFICATION_ORDER.index(leaf.verification)
        return tuple(
            r
            for r in self.series.get((indicator.code, leaf.area or COUNTRY, leaf.group), ())
            if version is not None
            and r.version == version.version
            and VERIFICATION_ORDER.index(r.verification) >= least
            and not self._assumed(r)
        )

    def _assumed(self, reading: Reading) -> bool:
        """Whether a reading is nobody's fact: its source is an assumption, or it names none outside a fictional country."""
        if self.dossier.mission.fictional:
            return False
        source = self.dossier.get(Source, reading.source)
        return source is None or source.basis == "assumption"

    def benchmark(self, benchmark: Benchmark) -> Verdict:
        """Met only when every criterion of the benchmark is met; unknown when it has none."""
        parts = tuple(
            CriterionLeaf(criterion=c.code) for c in self.dossier.of(Criterion) if c.benchmark == benchmark.code
        )
        if not parts:
            return Verdict(
                state="unknown", about=f"benchmark:{benchmark.code}", reason="no-criteria", owed_by=benchmark.owner
            )
        return self._named(f"benchmark:{benchmark.code}", judge(AllOf(all=parts), self.leaf))

    def gate(self, gate: Gate) -> Verdict:
        """Open (met) only when every criterion it names and its whole rule are met."""
        return self._named(f"gate:{gate.code}", judge(gate.condition, self.leaf))

    def condition(self, condition: Any) -> Verdict:
        """The verdict on any condition tree."""
        return judge(condition, self.leaf)

    def criterion(self, code: str) -> Verdict:
        """The verdict on one criterion; unknown when it does not exist or asks for itself."""
        with self._one_asks:
            criterion = self.dossier.get(Criterion, code)
            if criterion is None or code in self._asked:
                return Verdict(
                    state="unknown",
                    about=f"criterion:{code}",
                    reason="no-such-entry" if criterion is None else "circular",
                )
            if code not in self._criteria:
                self._asked.add(code)
                try:
                    verdict = judge(criterion.condition, self.leaf)
                finally:
                    self._asked.discard(code)
                owed = verdict.owed_by or criterion.owner
                self._criteria[code] = self._named(f"criterion:{code}", verdict.model_copy(update={"owed_by": owed}))
            return self._criteria[code]

    @staticmethod
    def _named(name: str, verdict: Verdict) -> Verdict:
        """The verdict under the name of what was judged, with what it was judged from below it."""
        parts = verdict.parts if verdict.about in ("all", "any") else (verdict,)
        return verdict.model_copy(update={"about": name, "parts": parts})

    def leaf(self, leaf: Any) -> Verdict:
        """The verdict on one leaf."""
        match leaf:
            case CriterionLeaf(criterion=code):
                return self.criterion(code)
            case IndicatorLeaf():
                if leaf not in self._bars:
                    self._bars[leaf] = self._indicator(leaf)
                return self._bars[leaf]
            case EventsLeaf():
                return self._events(leaf)
            case DateLeaf():
                return self._date(leaf)
            case RiskLeaf(risk=code) | LikelihoodLeaf(likelihood_of=code):
                return self._risk(leaf, code)
            case SiteLeaf(site=code):
                return self._state(leaf, f"site:{code}", self.dossier.get(Site, code))
            case HandoverLeaf(handover=code):
                return self._state(leaf, f"handover:{code}", self.dossier.get(Handover, code))
            case HiddenLeaf(not_shown=office):
                return Verdict(state="unknown", about="not-shown", reason="not-shown", owed_by=office)
            case _:
                raise TypeError(f"not a leaf of a condition: {leaf!r}")

    def _indicator(self, leaf: IndicatorLeaf) -> Verdict:
        about = f"indicator:{leaf.indicator}"
        indicator = self.dossier.get(Indicator, leaf.indicator)
        if indicator is None:
            return Verdict(state="unknown", about=about, reason="no-such-entry")
        values: dict[str, str | float | None] = {
            "min": leaf.min,
            "max": leaf.max,
            "area": leaf.area,
            "group": leaf.group,
            "unit": indicator.unit,
        }
        unknown = Verdict(state="unknown", about=about, values=values, owed_by=indicator.owner)
        version = indicator.version_on(self.on)
        if version is None:
            ended = [v for v in indicator.versions if v.change == "discontinued" and v.start <= self.on]
            since = ended[-1].start if ended else None
            return unknown.model_copy(update={"reason": "discontinued" if ended else "no-definition", "since": since})
        readings = self.readings(leaf, indicator)
        if not readings:
            anything = self.series.get((indicator.code, leaf.area or COUNTRY, leaf.group), ())
            reason = "no-data"
            if anything:
                current = [r for r in anything if r.version == version.version]
                reason = (
                    "redefined"
                    if not current
                    else "assumed"
                    if all(self._assumed(r) for r in current)
                    else "unverified"
                )
            return unknown.model_copy(update={"reason": reason, "since": version.start})
        last = readings[-1]
        values |= {
            "value": last.value,
            "low": last.low,
            "high": last.high,
            "date": last.date.isoformat(),
            "source": last.source,
        }
        if month_of(self.on) - month_of(last.date) > indicator.fresh_months:
            return unknown.model_copy(
                update={"reason": "stale", "values": values, "since": months_later(last.date, indicator.fresh_months)}
            )
        means = _window_means(readings, leaf.window_months)
        if leaf.window_months > 1:
            values["window_mean"] = means[-1]
        held = [_passes(leaf, mean) for mean in means]
        span = month_of(last.date) - leaf.persist_months
        recent = [ok for ok, r in zip(held, readings, strict=True) if month_of(r.date) > span]
        needed = -(-leaf.persist_months // indicator.every_months)
        same = next((i for i in range(len(held) - 1, -1, -1) if held[i] != held[-1]), -1)
        since = readings[same + 1].date
        if not all(recent):
            last_miss = max(i for i, ok in enumerate(held) if not ok)
            reason = (
                "not-held-long-enough"
                if held[-1]
                else "below-bar"
                if leaf.min is not None and means[-1] < leaf.min
                else "above-bar"
            )
            since = since if not held[-1] else readings[last_miss].date
            state = "unmet"
        elif len(recent) < needed:
            state, reason = "unknown", "too-short"
        else:
            state, reason = "met", "bar-held"
        return Verdict(
            state=state,
            about=about,
            reason=reason,
            values=values,
            since=since,
            owed_by=indicator.owner,
            marginal=_reaches_across(leaf, last),
        )

    def _events(self, leaf: EventsLeaf) -> Verdict:
        values: dict[str, str | float | None] = {
            "area": leaf.area,
            "counted": leaf.events,
            "min": leaf.min,
            "max": leaf.max,
        }
        about = f"events:{leaf.area or 'country'}"
        full = month_of(self.on) if self.on == last_day(month_of(self.on)) else month_of(self.on) - 1
        covered = self.coverage
        if covered is None:
            return Verdict(state="unknown", about=about, reason="no-data", values=values)
        last = covered[1]
        first = last - leaf.window_months + 1
        values |= {"from": month_text(first), "to": month_text(last)}
        if full - last > EVENT_LAG_MONTHS:
            since = last_day(last)
            return Verdict(state="unknown", about=about, reason="stale", values=values, since=since)
        if first < covered[0]:
            return Verdict(state="unknown", about=about, reason="too-short", values=values)
        counted = self.dossier.area_months.total(leaf.events, first=first, last=last, area=leaf.area, types=leaf.types)
        values["value"] = float(counted)
        met = counted <= leaf.max if leaf.max is not None else counted >= (leaf.min or 0)
        reason = "bar-held" if met else "above-bar" if leaf.max is not None else "below-bar"
        return Verdict(state="met" if met else "unmet", about=about, reason=reason, values=values)

    def _date(self, leaf: DateLeaf) -> Verdict:
        early = leaf.on_or_after is not None and self.on < leaf.on_or_after
        late = leaf.on_or_before is not None and self.on > leaf.on_or_before
        values: dict[str, str | float | None] = {
            "on_or_after": leaf.on_or_after.isoformat() if leaf.on_or_after else None,
            "on_or_before": leaf.on_or_before.isoformat() if leaf.on_or_before else None,
        }
        reason = "too-early" if early else "too-late" if late else "in-time"
        return Verdict(state="unmet" if early or late else "met", about="date", reason=reason, values=values)

    def _risk(self, leaf: RiskLeaf | LikelihoodLeaf, code: str) -> Verdict:
        risk = self.dossier.get(Risk, code)
        now = standing(self.dossier, risk, self.on) if risk else None
        if risk is None or now is None:
            reason = "no-such-entry" if risk is None else "not-scored"
            return Verdict(state="unknown", about=f"risk:{code}", reason=reason, owed_by=risk.owner if risk else "")
        if isinstance(leaf, LikelihoodLeaf):
            met = now.likelihood >= leaf.min
            values: dict[str, str | float | None] = {"likelihood": float(now.likelihood), "min": float(leaf.min)}
        else:
            bar = RISK_LEVELS.index(leaf.at_most or leaf.at_least or "low")
            met = now.rank <= bar if leaf.at_most else now.rank >= bar
            values = {"level": now.residual, "at_most": leaf.at_most, "at_least": leaf.at_least}
        return Verdict(
            state="met" if met else "unmet",
            about=f"risk:{code}",
            reason="bar-held" if met else "level",
            values=values,
            since=now.scored_on,
            owed_by=risk.owner,
        )

    def _state(self, leaf: SiteLeaf | HandoverLeaf, about: str, entry: Site | Handover | None) -> Verdict:
        if entry is None:
            return Verdict(state="unknown", about=about, reason="no-such-entry")
        met = entry.state in leaf.states
        return Verdict(
            state="met" if met else "unmet",
            about=about,
            reason="in-state" if met else "not-in-state",
            values={"state": entry.state, "wanted": ", ".join(leaf.states)},
            owed_by=entry.owner,
        )


def _window_means(readings: Sequence[Reading], months: int) -> list[float]:
    """For each reading the mean of the last `months` months up to it; readings in order of date."""
    at = [month_of(r.date) for r in readings]
    means = []
    since = 0
    for until, month in enumerate(at):
        while at[since] <= month - months:
            since += 1
        inside = [r.value for r in readings[since : until + 1]]
        means.append(sum(inside) / len(inside))
    return means


def _passes(leaf: IndicatorLeaf, value: float) -> bool:
    return (leaf.min is None or value >= leaf.min) and (leaf.max is None or value <= leaf.max)


def _reaches_across(leaf: IndicatorLeaf, reading: Reading) -> bool:
    """Whether the interval of a reading holds values on both sides of the bar."""
    ends = {_passes(leaf, v) for v in (reading.low, reading.value, reading.high) if v is not None}
    return len(ends) > 1
