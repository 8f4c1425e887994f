"""
Growth of national institutions, month by month.

    N[t] = N[t - 1] (1 - a) + pass * intake[t - L]                    people on duty; recruits join while the payroll has places
    a        = a0 + unpaid (1 - pay)
    Q[t + 1] = Q[t] + (g0 + gM M) Q[t] (1 - Q[t] / Qmax) - delta Q[t]  quality: logistic growth, less what is forgotten
    c[t]     = Q[t] min(1, N[t] / need)                                capacity, 0 to 1

docs/methods/capacity.md has symbols, priors and limits.

References
----------
.. [1] Verhulst, P.-F. (1838). Notice sur la loi que la population suit dans son accroissement. Correspondance mathematique et
       physique, 10, 113-121.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue
from exitplan.domain.kinds import Area, Function, Institution, Scenario
from exitplan.domain.months import month_index, month_of, month_text
from exitplan.domain.priors import Priors
from exitplan.domain.results.capacity import AreaCapacity, CapacityMonth, CapacityResult, InstitutionCapacity
from exitplan.engine.capacity.priors import COUNT_DOUBT, PRIORS, TRADE_WEIGHTS
from exitplan.engine.streams import stream

ASSUMPTIONS = (
    "capacity-intake-constant",
    "capacity-attrition-stated",
    "capacity-quality-assumed",
    "capacity-no-violence-effect",
    "capacity-weights-assumed",
)
"""What every course of capacity assumes, as codes that the doors put into words."""

FULL = 0.9
MOST_MONTHS_BACK = 120
"""A count older than this is taken as if it were this old."""

Floats = NDArray[np.float64]


def strength(
    start: Floats, *, attrition: Floats, intake: Floats, before: float, passing: Floats, delay: int, payroll: float
) -> Floats:
    """
    People on duty.

    Parameters
    ----------
    start
        People on duty in month 0, shape (draws,).
    attrition
        Share lost in a month, shape (draws,), in [0, 1].
    intake
        Recruits whose course begins in month 0, 1, ..., shape (months + 1,).
    before
        Recruits whose course began in each month before month 0.
    passing
        Share of recruits who finish, shape (draws,), in [0, 1].
    delay
        Length of the course L, in months; 0 or more. Who begins in month s joins in month s + L.
    payroll
        Places on the payroll: recruits join up to it, nobody is dismissed above it.

    Returns
    -------
    np.ndarray
        Shape (months + 1, draws).
    """
    people = np.empty((intake.size, start.size))
    people[0] = start
    for t in range(1, intake.size):
        stay = people[t - 1] * (1.0 - attrition)
        begun = intake[t - delay] if t >= delay else before
        people[t] = np.maximum(stay, np.minimum(stay + passing * begun, payroll))
    return people


def quality(start: float, *, growth: Floats, ceiling: float, decay: Floats, months: int) -> Floats:
    """
    Quality of an institution, by logistic growth less decay.

    Parameters
    ----------
    start
        Quality in month 0, in (0, 1].
    growth
        Growth a month at low quality, g0 + gM M; shape (draws,), 0 or more.
    ceiling
        Quality that can be reached, in (0, 1]; an institution above it sinks towards it.
    decay
        Share lost a month, shape (draws,), in [0, 1].
    months
        Months after month 0.

    Returns
    -------
    np.ndarray
        Shape (months + 1, draws), each in [0, 1].
    """
    levels = np.empty((months + 1, growth.size))
    levels[0] = start
    for t in range(months):
        now = levels[t]
        levels[t + 1] = np.clip(now + growth * now * (1.0 - now / ceiling) - decay * now, 0.0, 1.0)
    return levels


@dataclass(frozen=True, kw_only=True)
class Beliefs:
    """Drawn values of the parameters that all institutions share, each of shape (draws,); symbols as in `priors.PRIORS`."""

    attrition: Floats
    unpaid: Floats
    passing: Floats
    g0: Floats
    mentored: Floats
    decay: Floats


def beliefs(priors: Priors, *, draws: int, seed: int) -> Beliefs:
    """Draw the shared parameters; shares and rates are cut off at 0."""

    def drawn(symbol: str) -> Floats:
        prior = priors.of(symbol)
        return np.asarray(prior.mean + prior.sd * stream(seed, "capacity", "prior", symbol).standard_normal(draws))

    return Beliefs(
        attrition=drawn("attrition"),
        unpaid=np.maximum(drawn("unpaid"), 0.0),
        passing=drawn("pass"),
        g0=np.maximum(drawn("g0"), 0.0),
        mentored=np.maximum(drawn("gM"), 0.0),
        decay=np.maximum(drawn("delta"), 0.0),
    )


@dataclass(frozen=True)
class Course:
    """One institution's draws: people on duty and capacity, each of shape (horizon + 1, draws); month 0 is that of the day."""

    people: Floats
    capacity: Floats


def course(
    institution: Institution, shared: Beliefs, *, on: date, horizon: int, seed: int, scenario: Scenario | None = None
) -> Course:
    """
    Draw the courses of one institution.

    People are followed from the day of the count, so that an old count is wider than a fresh one. Quality and the rest of what the
    entry says hold on the day itself. Under a scenario capacity is multiplied by its `host_capacity` from its start on.
    """
    draws = shared.g0.size
    origin = month_of(on)
    counted = institution.strength_date or on
    back = min(max(origin - month_of(counted), 0), MOST_MONTHS_BACK)
    doubt = COUNT_DOUBT[institution.verification]
    start = institution.strength * np.exp(
        doubt * stream(seed, "capacity", "count", institution.code).standard_normal(draws)
    )
    yearly = _shifted(institution.attrition_year, shared.attrition)
    monthly = 1.0 - (1.0 - yearly) ** (1.0 / 12.0)
    people = strength(
        start,
        attrition=np.clip(monthly + shared.unpaid * (1.0 - institution.paid_on_time), 0.0, 1.0),
        intake=np.full(back + horizon + 1, institution.intake_month),
        before=institution.intake_month,
        passing=_shifted(institution.pass_share, shared.passing),
        delay=institution.course_months,
        payroll=float(institution.need),
    )[back:]
    levels = quality(
        institution.quality,
        growth=shared.g0 + shared.mentored * institution.mentors_per_100,
        ceiling=institution.quality_ceiling,
        decay=shared.decay,
        months=horizon,
    )
    carried = levels * np.minimum(1.0, people / institution.need)
    if scenario is not None:
        begins = month_index(scenario.start) - origin if scenario.start else 0
        carried[max(begins, 0) :] *= scenario.host_capacity
    return Course(people, np.clip(carried, 0.0, 1.0))


def _shifted(share: float, shift: Floats) -> Floats:
    """A share whose log-odds are shifted; 0 and 1 stay what they are."""
    if share in (0.0, 1.0):
        return np.full(shift.size, share)
    return np.asarray(1.0 / (1.0 + (1.0 - share) / share * np.exp(-shift)))


def area_weights(dossier: Dossier, area: Area) -> dict[str, float]:
    """
    Weight of each institution in the host capacity of one area, by code; the weights sum to 1, or there are none.

    Military, police, justice and corrections count. A function (a trade, where an institution names no function) is carried by
    the institutions of the area itself, else of the area it lies in, else by country-wide ones, in proportion to their need. Its
    weight is its own, else an equal part of its trade's.
    """
    carriers: dict[str, list[Institution]] = {}
    for institution in dossier.of(Institution):
        if _trade(institution) in TRADE_WEIGHTS and institution.area in (None, area.parent, area.code):
            carriers.setdefault(institution.function or institution.trade, []).append(institution)
    nearest = {task: _nearest(area, found) for task, found in carriers.items()}
    weights: dict[str, float] = {}
    for found in nearest.values():
        trade = _trade(found[0])
        alike = sum(_trade(others[0]) == trade for others in nearest.values())
        function = dossier.get(Function, found[0].function)
        own = function.weight if function else None
        weight = TRADE_WEIGHTS[trade] / alike if own is None else own
        need = sum(i.need for i in found)
        weights |= {i.code: weight * i.need / need for i in found}
    whole = sum(weights.values())
    return {code: weight / whole for code, weight in weights.items()} if whole > 0.0 else {}


def _trade(institution: Institution) -> str:
    return "justice" if institution.trade == "corrections" else institution.trade


def _nearest(area: Area, found: list[Institution]) -> list[Institution]:
    """Those of the area itself, else of its parent, else of the country."""
    for place in (area.code, area.parent, None):
        if there := [i for i in found if i.area == place]:
            return there
    return found


def capacity(
    dossier: Dossier,
    on: date,
    *,
    scenario: Scenario | None = None,
    seed: int = 1,
    draws: int = 1000,
    horizon: int = 24,
    priors: Priors = PRIORS,
) -> CapacityResult:
    """
    What the national institutions can carry in each month after a day.

    Parameters
    ----------
    dossier
        Its institutions and functions.
    on
        Day looked from; the first month is the one after it.
    scenario
        Multiplies capacity by its `host_capacity` from its start on.
    seed, draws, horizon
        Seed of the run; draws, 1 or more; months ahead, 1 or more.
    priors
        What is believed about the parameters.

    Returns
    -------
    CapacityResult
        Per institution, and per area that holds no smaller area and has an institution that counts. Bands hold 80 % of the draws.

    Raises
    ------
    InvalidValue
        When draws or horizon are below 1, or the seed is negative.
    """
    for name, given in (("draws", draws), ("horizon", horizon)):
        if given < 1:
            raise InvalidValue(name, given, "one or more")
    shared = beliefs(priors, draws=draws, seed=seed)
    courses = {
        i.code: course(i, shared, on=on, horizon=horizon, seed=seed, scenario=scenario) for i in dossier.of(Institution)
    }
    months = [month_text(month_of(on) + t) for t in range(1, horizon + 1)]
    parents = {area.parent for area in dossier.of(Area)}
    areas = []
    for area in dossier.of(Area):
        weights = area_weights(dossier, area) if area.code not in parents else {}
        if weights:
            carried = _weighted((weight, courses[code].capacity) for code, weight in weights.items())
            areas.append(AreaCapacity(area=area.code, months=_months(months, carried, _people(weights, courses))))
    return CapacityResult(
        institutions=tuple(_line(i, courses[i.code], months) for i in dossier.of(Institution)),
        areas=tuple(areas),
        assumptions=ASSUMPTIONS,
    )


def _weighted(parts: Iterable[tuple[float, Floats]]) -> Floats:
    total, *others = [weight * values for weight, values in parts]
    for other in others:
        total = total + other
    return total


def _people(weights: dict[str, float], courses: dict[str, Course]) -> Floats:
    """People on duty in the institutions of an area; those of country-wide ones count in every area they serve."""
    return _weighted((1.0, courses[code].people) for code in weights)


def _line(institution: Institution, drawn: Course, months: list[str]) -> InstitutionCapacity:
    return InstitutionCapacity(
        code=institution.code,
        title=institution.title,
        title_fr=institution.title_fr,
        area=institution.area,
        function=institution.function,
        trade=institution.trade,
        need=institution.need,
        verification=institution.verification,
        months=_months(months, drawn.capacity, drawn.people),
        probability_full=float(np.mean((drawn.people[1:] >= FULL * institution.need).any(axis=0))),
    )


def _months(months: list[str], carried: Floats, people: Floats) -> tuple[CapacityMonth, ...]:
    shares = np.quantile(carried[1:], (0.1, 0.5, 0.9), axis=1)
    heads = np.quantile(people[1:], (0.1, 0.5, 0.9), axis=1)
    return tuple(
        CapacityMonth(
            month=month,
            low=float(shares[0, t]),
            median=float(shares[1, t]),
            high=float(shares[2, t]),
            strength_low=float(heads[0, t]),
            strength=float(heads[1, t]),
            strength_high=float(heads[2, t]),
        )
        for t, month in enumerate(months)
    )
