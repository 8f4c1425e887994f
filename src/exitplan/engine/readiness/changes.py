"""What is not what it was on an earlier day: verdicts, values, dates kept, risk levels, decisions, definitions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exitplan.domain.condition import IndicatorLeaf, Verdict, leaves
from exitplan.domain.entry import Entry
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import (
    Activity,
    Benchmark,
    Criterion,
    Decision,
    Gate,
    Handover,
    Indicator,
    Milestone,
    Risk,
    Site,
    Treatment,
)
from exitplan.domain.ratings import standing
from exitplan.domain.results.readiness import Change
from exitplan.domain.states import RISK_LEVELS
from exitplan.domain.tables import Reading

MOVED_SHARE = 0.05
"""A value that moved by this share of its indicator's range (of itself, where there is none) is worth a line."""


def changes(before: Facts, now: Facts) -> tuple[Change, ...]:
    """
    Everything that changed between two days of one dossier.

    Gates come first, then criteria and benchmarks whose verdict changed, values that crossed a bar or moved, and what was done,
    decided, rated anew or redefined in between. States of sites and hand-overs are not kept by day, so a verdict that rests on
    one is the same on both days; the dates of the hand-over or closure itself show instead.
    """
    return (
        *_verdicts(before, now),
        *_values(before, now),
        *_done(before, now),
        *_risks(before, now),
        *_definitions(before, now),
    )


def _change(
    entry: Entry, what: str, old: str, new: str, *, day: date | None = None, worse: bool | None = None
) -> Change:
    return Change(
        kind=entry.kind,
        code=entry.code,
        title=entry.title,
        title_fr=entry.title_fr,
        what=what,
        before=old,
        after=new,
        date=day.isoformat() if day else None,
        worse=worse,
    )


def _verdicts(before: Facts, now: Facts) -> Iterator[Change]:
    """Verdicts that are not what they were: to lose a met is worse, to gain one better, and between unmet and unknown nobody knows."""
    dossier = now.dossier
    rows: list[tuple[Entry, Verdict, Verdict]] = [
        *((g, before.gate(g), now.gate(g)) for g in dossier.of(Gate)),
        *((c, before.criterion(c.code), now.criterion(c.code)) for c in dossier.of(Criterion)),
        *((b, before.benchmark(b), now.benchmark(b)) for b in dossier.of(Benchmark)),
    ]
    for entry, old, new in rows:
        if old.state != new.state:
            day = new.since if new.since and new.since > before.on else None
            worse = True if old.state == "met" else False if new.state == "met" else None
            yield _change(entry, "state", old.state, new.state, day=day, worse=worse)


def _values(before: Facts, now: Facts) -> Iterator[Change]:
    """Latest values behind the criteria that crossed their bar, or moved far."""
    seen: set[tuple[str, str | None, str]] = set()
    for criterion in now.dossier.of(Criterion):
        for leaf in leaves(criterion.condition):
            indicator = now.dossier.get(Indicator, leaf.indicator) if isinstance(leaf, IndicatorLeaf) else None
            if indicator is None or (leaf.indicator, leaf.area, leaf.group) in seen:
                continue
            seen.add((leaf.indicator, leaf.area, leaf.group))
            old, new = before.readings(leaf, indicator), now.readings(leaf, indicator)
            if old and new and old[-1].date < new[-1].date and _tells(leaf, indicator, old[-1], new[-1]):
                rises = new[-1].value > old[-1].value
                yield _change(
                    indicator,
                    "value",
                    f"{old[-1].value:g}",
                    f"{new[-1].value:g}",
                    day=new[-1].date,
                    worse=rises != (indicator.better == "higher"),
                )


def _tells(leaf: IndicatorLeaf, indicator: Indicator, old: Reading, new: Reading) -> bool:
    """Whether a new value crossed the bar, or moved by a twentieth of the indicator's range."""
    bars = [bar for bar in (leaf.min, leaf.max) if bar is not None]
    crossed = any((old.value < bar) != (new.value < bar) and old.value != new.value for bar in bars)
    ranged = indicator.low is not None and indicator.high is not None
    scale = (indicator.high or 0.0) - (indicator.low or 0.0) if ranged else abs(old.value)
    moved = abs(new.value - old.value)
    return crossed or (moved > 0.0 and moved >= MOVED_SHARE * scale)


def _done(before: Facts, now: Facts) -> Iterator[Change]:
    """What was handed over, taken back, closed, finished or decided in between."""
    dossier = now.dossier
    rows: list[tuple[Entry, str, date | None, str, bool | None]] = []
    for handover in dossier.of(Handover):
        rows.append((handover, "transferred", handover.transfer.actual, handover.state, False))
        rows += [(handover, "reversed", back.date, back.back_to, True) for back in handover.reversals]
    rows += [(site, "closed", site.closure.actual, site.state, False) for site in dossier.of(Site)]
    finished: tuple[Milestone | Activity | Treatment, ...] = (
        *dossier.of(Milestone),
        *dossier.of(Activity),
        *dossier.of(Treatment),
    )
    rows += [(entry, "done", entry.done, "", False) for entry in finished]
    rows += [(d, "taken", d.date, d.chosen or "", None) for d in dossier.of(Decision) if d.status == "taken"]
    for entry, what, day, after, worse in rows:
        if day is not None and before.on < day <= now.on:
            yield _change(entry, what, "", after, day=day, worse=worse)


def _risks(before: Facts, now: Facts) -> Iterator[Change]:
    """Residual levels that changed; a risk rated for the first time has no level before."""
    for risk in now.dossier.of(Risk):
        old, new = standing(now.dossier, risk, before.on), standing(now.dossier, risk, now.on)
        if new is not None and (old is None or old.residual != new.residual):
            worse = None if old is None else RISK_LEVELS.index(new.residual) > RISK_LEVELS.index(old.residual)
            yield _change(risk, "score", old.residual if old else "", new.residual, day=new.scored_on, worse=worse)


def _definitions(before: Facts, now: Facts) -> Iterator[Change]:
    """Indicators redefined or discontinued: a break in what is measured is news, whatever the values say."""
    for indicator in now.dossier.of(Indicator):
        for version in indicator.versions:
            if version.change != "created" and before.on < version.start <= now.on:
                old = max((v.version for v in indicator.versions if v.start < version.start), default=None)
                yield _change(
                    indicator, version.change, "" if old is None else str(old), str(version.version), day=version.start
                )
