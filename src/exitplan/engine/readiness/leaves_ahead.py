"""The state of every leaf of a condition in the months to come, course by course, by the rules that `domain.facts` applies today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.condition import (
    CriterionLeaf,
    DateLeaf,
    EventsLeaf,
    Fold,
    HandoverLeaf,
    IndicatorLeaf,
    SiteLeaf,
)
from exitplan.domain.facts import EVENT_LAG_MONTHS, Facts
from exitplan.domain.fields import State
from exitplan.domain.kinds import Area, Criterion, Handover, Indicator, Site
from exitplan.domain.months import last_day, month_of
from exitplan.domain.states import HANDOVER_DONE, SITE_DONE
from exitplan.engine.readiness.courses import Floats, months_ahead, movement, readings_ahead
from exitplan.engine.streams import stream

States = NDArray[np.int8]
"""1 met, 0 unknown, -1 unmet. Shape (months, courses), or (months, 1) where all courses agree; month 0 is the day itself."""

SIGN: dict[State, int] = {"met": 1, "unknown": 0, "unmet": -1}

EVENT_POOL_MONTHS = 36
"""Past months of violence that may stand in for those to come: as many as the longest own past in the futures' pool."""
LEAST_EVENT_MONTHS = 12
LEVEL_MONTHS = 3


class StateAlgebra:
    """Joins arrays of states as verdicts are joined: least, k-th greatest, mirrored."""

    def least(self, values: Sequence[States]) -> States:
        """The least of one or more arrays, place by place."""
        least = values[0]
        for value in values[1:]:
            least = np.minimum(least, value)
        return least

    def kth_greatest(self, values: Sequence[States], k: int) -> States:
        """The k-th greatest of the arrays, place by place; k from 1."""
        together = np.stack(np.broadcast_arrays(*values))
        return np.asarray(np.sort(together, axis=0)[len(values) - k], dtype=np.int8)

    def negate(self, value: States) -> States:
        """Met for unmet, unmet for met."""
        return np.negative(value)


class LeavesAhead:
    """
    States of leaves from a day on, each month as of its last day.

    Parameters
    ----------
    facts
        What is known on the day.
    horizon
        Months looked ahead, 1 or more.
    courses
        Courses drawn for each series.
    seed
        Seed of the run. Each series has its own stream, so another series more or less changes nothing for the others.
    """

    def __init__(self, facts: Facts, *, horizon: int, courses: int, seed: int) -> None:
        self.facts = facts
        self.origin = month_of(facts.on)
        self.horizon = horizon
        self.courses = courses
        self.seed = seed
        self._fold = Fold(self.leaf, StateAlgebra())
        self._known: dict[Any, States] = {}
        self._asked: set[str] = set()
        self._violence: NDArray[np.int64] | None = None

    def condition(self, condition: Any) -> States:
        """The states of a whole tree."""
        return self._fold(condition)

    def leaf(self, leaf: Any) -> States:
        """The states of one leaf."""
        if leaf not in self._known:
            self._known[leaf] = self._states(leaf)
        return self._known[leaf]

    def _states(self, leaf: Any) -> States:
        match leaf:
            case CriterionLeaf(criterion=code):
                return self._criterion(code)
            case IndicatorLeaf():
                return self._indicator(leaf)
            case EventsLeaf():
                return self._events(leaf)
            case DateLeaf():
                return self._dates(leaf)
            case SiteLeaf(site=code):
                site = self.facts.dossier.get(Site, code)
                done = site is not None and site.state in SITE_DONE
                planned = None if site is None or done else site.closure.planned
                return self._planned(leaf, planned, "handed_over" in leaf.states)
            case HandoverLeaf(handover=code):
                handover = self.facts.dossier.get(Handover, code)
                done = handover is not None and handover.state in HANDOVER_DONE
                planned = None if handover is None or done else handover.transfer.planned
                return self._planned(leaf, planned, "transferred" in leaf.states)
            case _:
                return self._held(leaf)

    def _all(self, state: int) -> States:
        return np.full((self.horizon + 1, 1), state, dtype=np.int8)

    def _held(self, leaf: Any) -> States:
        """Today's state in every month: nothing says how it will move."""
        return self._all(SIGN[self.facts.leaf(leaf).state])

    def _criterion(self, code: str) -> States:
        criterion = self.facts.dossier.get(Criterion, code)
        if criterion is None or code in self._asked:
            return self._all(0)
        self._asked.add(code)
        try:
            return self._fold(criterion.condition)
        finally:
            self._asked.discard(code)

    def _dates(self, leaf: DateLeaf) -> States:
        days = [self.facts.on, *(last_day(self.origin + t) for t in range(1, self.horizon + 1))]
        met = [
            (leaf.on_or_after is None or day >= leaf.on_or_after)
            and (leaf.on_or_before is None or day <= leaf.on_or_before)
            for day in days
        ]
        return np.array([[1 if ok else -1] for ok in met], dtype=np.int8)

    def _planned(self, leaf: SiteLeaf | HandoverLeaf, planned: Any, then_met: bool) -> States:
        """Today's state until the month of the date planned; a date that has passed unkept says nothing."""
        states = self._held(leaf)
        if planned is not None and planned > self.facts.on:
            at = month_of(planned) - self.origin
            states[max(at, 1) :] = 1 if then_met else -1
        return states

    def _indicator(self, leaf: IndicatorLeaf) -> States:
        indicator = self.facts.dossier.get(Indicator, leaf.indicator)
        version = indicator.version_on(self.facts.on) if indicator else None
        readings = self.facts.readings(leaf, indicator) if indicator else ()
        if indicator is None or version is None or not readings:
            return self._all(0)
        past = np.array([month_of(r.date) for r in readings])
        if self.origin - past[-1] > indicator.fresh_months:
            return self._all(0)
        every = indicator.every_months
        waited = max(1, -(-(self.origin + 1 - int(past[-1])) // every)) * every
        due = np.arange(past[-1] + waited, self.origin + self.horizon + 1, every)
        moves = movement(readings)
        kept = past > past[-1] - leaf.window_months - leaf.persist_months
        values = np.array([[r.value] for r in readings])[kept]
        months = past[kept]
        if moves is not None and due.size:
            rng = stream(self.seed, "outlook", leaf.indicator, leaf.area or "", leaf.group)
            ahead = readings_ahead(
                moves,
                [int(gap) for gap in np.diff(due, prepend=past[-1])],
                courses=self.courses,
                rng=rng,
                low=indicator.low,
                high=indicator.high,
            )
            values = np.vstack([np.broadcast_to(values, (values.shape[0], self.courses)), ahead])
            months = np.concatenate([months, due])
        states = bar_states(leaf, months, values, first=self.origin, count=self.horizon + 1, every=every)
        for t in range(1, self.horizon + 1):
            month = self.origin + t
            later = indicator.version_on(last_day(month))
            unread = moves is None and due.size > 0 and month >= due[0]
            if unread or later is None or later.version != version.version:
                states[t] = 0
        return states

    def _events(self, leaf: EventsLeaf) -> States:
        covered = self.facts.coverage
        full = self.origin if self.facts.on == last_day(self.origin) else self.origin - 1
        if covered is None or full - covered[1] > EVENT_LAG_MONTHS:
            return self._all(0)
        first, last = covered
        past = self._recorded(leaf, first, last)
        pool = past[-EVENT_POOL_MONTHS:]
        enough = pool.size >= LEAST_EVENT_MONTHS
        places = self._months_of_violence(first, last) if enough else np.zeros((self.horizon, 1), dtype=np.int64)
        ahead = pool[places]
        course = np.vstack([np.broadcast_to(past[:, None], (past.size, ahead.shape[1])), ahead])
        states = np.zeros((self.horizon + 1, course.shape[1]), dtype=np.int8)
        for t in range(self.horizon + 1 if enough else 1):
            end = past.size + t
            if end < leaf.window_months:
                continue
            counted = course[end - leaf.window_months : end].sum(axis=0)
            met = counted <= leaf.max if leaf.max is not None else counted >= (leaf.min or 0)
            states[t] = np.where(met, 1, -1)
        return states

    def _recorded(self, leaf: EventsLeaf, first: int, last: int) -> NDArray[np.int64]:
        """What the leaf counts, month by month."""
        areas = [leaf.area] if leaf.area else [a.code for a in self.facts.dossier.of(Area)]
        grid = self.facts.dossier.area_months.dense(leaf.events, areas, first=first, last=last, types=leaf.types)
        return np.asarray(np.array(grid, dtype=np.int64).sum(axis=0))

    def _months_of_violence(self, first: int, last: int) -> NDArray[np.int64]:
        """The past months that stand in for those to come: the same for every area, so that what comes together stays together."""
        if self._violence is None:
            deaths = self._recorded(EventsLeaf(events="deaths", max=0), first, last)
            summed = np.convolve(deaths, np.ones(LEVEL_MONTHS))[: deaths.size]
            self._violence = months_ahead(
                np.log1p(summed[-EVENT_POOL_MONTHS:]),
                self.horizon,
                courses=self.courses,
                rng=stream(self.seed, "outlook", "violence"),
            )
        return self._violence


def bar_states(
    leaf: IndicatorLeaf, months: NDArray[Any], values: Floats, *, first: int, count: int, every: int
) -> States:
    """
    States of a bar on an indicator, month by month: mean over the window, held for the months asked for.

    Parameters
    ----------
    leaf
        The bar.
    months
        Month index of each reading, rising; shape (readings,).
    values
        Readings of each course, shape (readings, courses).
    first, count
        First month judged, not before the first reading, and how many.
    every
        Months between readings as they are due.

    Returns
    -------
    np.ndarray
        Shape (count, courses); freshness is not looked at.
    """
    least = -np.inf if leaf.min is None else leaf.min
    most = np.inf if leaf.max is None else leaf.max
    held = np.empty(values.shape, dtype=bool)
    for at, month in enumerate(months):
        since = int(np.searchsorted(months, month - leaf.window_months, side="right"))
        mean = values[at] if since == at else values[since : at + 1].mean(axis=0)
        held[at] = (mean >= least) & (mean <= most)
    needed = -(-leaf.persist_months // every)
    states = np.empty((count, values.shape[1]), dtype=np.int8)
    for t in range(count):
        last = int(np.searchsorted(months, first + t, side="right")) - 1
        since = int(np.searchsorted(months, months[last] - leaf.persist_months, side="right"))
        long_enough = last + 1 - since >= needed
        throughout = held[last] if since == last else held[since : last + 1].all(axis=0)
        states[t] = np.where(throughout, np.int8(1 if long_enough else 0), np.int8(-1))
    return states
