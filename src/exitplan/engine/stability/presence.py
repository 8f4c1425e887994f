"""
From a dossier to the model's arrays: the history of violence, and who will be where under a plan and a scenario.

    P = sum over open sites of uniformed personnel x w / (sum of w over areas)        w = 2^(-hours / 6)
    m = 1 - 2^(-P / P50)

Weights are shared out over the areas, because a patrol is in one place at a time. P50 is the personnel that halve the
uncovered need: 250 for 500,000 people. Hours to another area are its distance at 15 km/h, which bad roads leave of a day's
driving. All three numbers are assumptions; docs/methods/futures.md says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from exitplan.domain.backing import backing
from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults, InvalidValue
from exitplan.domain.facts import facts_on
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Area, Plan, Risk, Scenario, Site, Support
from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.states import SITE_DONE
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.panel import Floats, Panel, nearest

LEAST_HISTORY = 36
"""Months of recorded violence below which nothing is fitted."""
HALVING_HOURS = 6.0
SPEED = 15.0
"""Kilometres an hour as the crow flies, on the way to another area."""
HALVING_PERSONNEL = 250.0
HALVING_POPULATION = 500_000.0
EARTH_RADIUS = 6371.0


@dataclass(frozen=True)
class Travel:
    """
    What modelled reach assumes of people on the ground; all three are ours.

    Parameters
    ----------
    halving_personnel
        Uniformed people that halve the uncovered need of 500,000 inhabitants (P50), above 0.
    speed
        Kilometres an hour as the crow flies, on the way to another area, above 0.
    halving_hours
        Hours of travel that halve what somebody there is worth, above 0.
    """

    halving_personnel: float = HALVING_PERSONNEL
    speed: float = SPEED
    halving_hours: float = HALVING_HOURS

    def __post_init__(self) -> None:
        for name in ("halving_personnel", "speed", "halving_hours"):
            if not getattr(self, name) > 0:
                raise InvalidValue(f"Travel.{name}", getattr(self, name), "a number above 0")


def places(dossier: Dossier) -> tuple[Area, ...]:
    """The areas that futures are drawn for: those that hold no smaller area."""
    areas = dossier.of(Area)
    parents = {a.parent for a in areas}
    return tuple(a for a in areas if a.code not in parents)


def history(dossier: Dossier, on: date, types: tuple[int, ...]) -> Panel:
    """
    The panel of recorded deaths up to a day.

    Parameters
    ----------
    dossier
        Its sources say which months are covered; a covered month without a row is a month without deaths.
    on
        The day to look from; only full months before it count.
    types
        UCDP types of violence counted.

    Raises
    ------
    InputFaults
        When there is no area, or fewer than 36 months are covered.
    """
    areas = places(dossier)
    covered = facts_on(dossier, on).coverage
    months = covered[1] - covered[0] + 1 if covered else 0
    if not areas or covered is None or months < LEAST_HISTORY:
        raise InputFaults(
            (
                Finding(
                    code="too-little-history",
                    kind="mission",
                    entry=dossier.mission.code,
                    field="area_months",
                    value=f"{len(areas)} areas, {months} months",
                    wanted=Wanted(
                        "one area and {least} months covered by a source (covers_from, covers_to)", least=LEAST_HISTORY
                    ),
                ),
            )
        )
    codes = [a.code for a in areas]
    deaths, low, high = (
        np.array(
            dossier.area_months.dense(measure, codes, first=covered[0], last=covered[1], types=types), dtype=np.float64
        )
        for measure in ("deaths", "low", "high")
    )
    return Panel(
        areas=tuple(a.code for a in areas),
        start=covered[0],
        deaths=deaths,
        low=low,
        high=high,
        neighbours=_neighbours(areas),
        types=types,
    )


def presence(
    dossier: Dossier,
    plan: Plan,
    scenario: Scenario,
    *,
    origin: int,
    horizon: int,
    closings: Mapping[str, int],
    capacity: CapacityResult | None = None,
    travel: Travel | None = None,
) -> Presence:
    """
    Who is there in each month under a plan and a scenario.

    Parameters
    ----------
    dossier
        Its sites, areas and their people.
    plan
        Gives the support after exit, and the month in which a scenario without its own start begins.
    scenario
        Scales presence and support from its start on, and shifts the odds of violence.
    origin
        Month index of the last observed month: column 0.
    horizon
        Months after it.
    closings
        Month index in which each site closes, by code; a site left out stays. It counts as open before that month.
    capacity
        Capacity of host institutions per area, as the scenario makes it; without it none is counted, so none can change.
    travel
        What reach assumes of people and travel; the usual values where left out.

    Returns
    -------
    Presence
        Areas in the order of `places`.
    """
    areas = places(dossier)
    months = np.arange(origin, origin + horizon + 1, dtype=np.float64)
    begun = np.asarray(months >= month_index(scenario.start or plan.start), dtype=np.float64)
    return Presence(
        mission=_mission(
            dossier.of(Site), areas, months, closings, _scaled(begun, scenario.presence), travel or Travel()
        ),
        host=_host(areas, months, capacity),
        support=_support(_backed(dossier, plan), areas, months, _scaled(begun, scenario.support)),
        shift=_shift(scenario, areas, begun),
        people=_people(areas),
        switches=_switches(dossier, scenario, begun[1:]),
    )


def _scaled(begun: Floats, factor: float) -> Floats:
    """1 before a scenario begins, its factor from then on."""
    return np.asarray(1.0 + begun * (factor - 1.0))


def _neighbours(areas: tuple[Area, ...]) -> Floats:
    """Equal weights on the named neighbours; the four nearest where none is named; none without a position."""
    at = {a.code: i for i, a in enumerate(areas)}
    placed = [i for i, a in enumerate(areas) if a.latitude is not None and a.longitude is not None]
    by_distance = np.zeros((len(areas), len(areas)))
    latitude = np.array([areas[i].latitude for i in placed], dtype=np.float64)
    longitude = np.array([areas[i].longitude for i in placed], dtype=np.float64)
    by_distance[np.ix_(placed, placed)] = nearest(latitude, longitude)
    for i, area in enumerate(areas):
        named = [at[code] for code in area.neighbours if code in at and at[code] != i]
        if named:
            by_distance[i] = 0.0
            by_distance[i, named] = 1.0 / len(named)
    return by_distance


def _mission(
    sites: tuple[Site, ...],
    areas: tuple[Area, ...],
    months: Floats,
    closings: Mapping[str, int],
    share: Floats,
    travel: Travel,
) -> Floats:
    """Modelled reach of the mission, shape (areas, months)."""
    reach = np.zeros((len(areas), months.size))
    for site in sites:
        closed = -1 if site.state in SITE_DONE else closings.get(site.code, np.inf)
        opened = month_of(site.opened) if site.opened else -1
        people = site.uniformed * share * ((months < closed) & (months >= opened))
        near = np.array([2.0 ** (-_hours(site, area, travel.speed) / travel.halving_hours) for area in areas])
        reach += np.outer(near / max(float(near.sum()), 1e-9), people)
    halving = np.array(
        [travel.halving_personnel * (a.population or HALVING_POPULATION) / HALVING_POPULATION for a in areas]
    )
    return np.asarray(1.0 - 2.0 ** (-reach / np.maximum(halving, 1.0)[:, None]))


def _hours(site: Site, area: Area, speed: float) -> float:
    """Hours from a site to an area: none to its own, endless to one without a position."""
    if site.area == area.code:
        return 0.0
    if area.latitude is None or area.longitude is None:
        return float("inf")
    return _kilometres(site.latitude, site.longitude, area.latitude, area.longitude) / speed


@lru_cache(maxsize=100_000)
def _kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """The great circle between two points."""
    lat, lon, to_lat, to_lon = np.radians([latitude, longitude, to_latitude, to_longitude])
    half_chord = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return float(2 * EARTH_RADIUS * np.arcsin(np.sqrt(half_chord)))


def _host(areas: tuple[Area, ...], months: Floats, capacity: CapacityResult | None) -> Floats:
    """Median capacity of host institutions; a month outside the forecast takes the nearest one's."""
    known = {a.area: {c.month: c.median for c in a.months} for a in capacity.areas} if capacity else {}
    host = np.zeros((len(areas), months.size))
    for i, area in enumerate(areas):
        course = known.get(area.code)
        if course:
            first, last = min(course), max(course)
            host[i] = [course.get(min(max(month_text(int(t)), first), last), 0.0) for t in months]
    return np.clip(host, 0.0, 1.0)


def _backed(dossier: Dossier, plan: Plan) -> list[Support]:
    """The support of a plan as far as the commitments it rests on bear it."""
    return [found for support in plan.support if (found := backing(dossier, support).support) is not None]


def _people(areas: tuple[Area, ...]) -> Floats:
    """Population of each area; one without a figure counts as the mean of the others, all alike where none has one."""
    known = [float(a.population) for a in areas if a.population is not None]
    usual = sum(known) / len(known) if any(known) else 1.0
    return np.array([float(a.population) if any(known) and a.population is not None else usual for a in areas])


def _support(supports: Sequence[Support], areas: tuple[Area, ...], months: Floats, share: Floats) -> Floats:
    """Support after exit: what several supporters leave uncovered multiplies; each fades after its last funded month."""
    uncovered = np.ones((len(areas), months.size))
    for support in supports:
        beyond = np.maximum(0, months - month_index(support.end))
        strength = support.strength * 2.0 ** (-beyond / support.half_life_months)
        strength = np.clip(np.where(months >= month_index(support.start), strength, 0.0) * share, 0.0, 1.0)
        for i, area in enumerate(areas):
            if support.area in (None, area.code, area.parent):
                uncovered[i] *= 1.0 - strength
    return np.asarray(1.0 - uncovered)


def _switches(dossier: Dossier, scenario: Scenario, begun: Floats) -> Floats:
    """What the risks that a scenario takes to have happened do to the country's moves between regimes, by month."""
    on = sum(risk.violence for risk in dossier.of(Risk) if risk.code in scenario.switches)
    return np.asarray(on * begun)


def _shift(scenario: Scenario, areas: tuple[Area, ...], begun: Floats) -> Floats:
    """The scenario's shift of the odds of violence."""
    wanted = scenario.violence_areas
    meant = [not wanted or a.code in wanted or a.parent in wanted for a in areas]
    return np.asarray(scenario.violence * np.outer(meant, begun))
