"""
Institutions against what they are needed for: people, women, mentors, certification, and the courses that are under way.

People on duty over the months ahead are those of `engine/capacity/growth.py`. The need counts as met in the first month in which a
drawn course of people reaches it; the interval holds 80 % of the draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from exitplan.domain.dossier import Dossier
from exitplan.domain.fields import VERIFICATION_ORDER, Verification
from exitplan.domain.kinds import Cohort, Institution, Scenario
from exitplan.domain.months import month_of, month_text
from exitplan.domain.priors import Priors
from exitplan.domain.results.base import Band
from exitplan.domain.results.takeover import CohortLine, InstitutionLine, TradeLine, WhenMet
from exitplan.engine.capacity.growth import Course, beliefs, course
from exitplan.engine.capacity.priors import PRIORS

DRAWS = 1000
ENOUGH = 1.0 - 1e-9
"""Share of the need at which it counts as met: the need itself, but for rounding."""
TENTH = 1.2815515655446004
"""Standard normal quantile of nine tenths."""


def courses(
    dossier: Dossier,
    on: date,
    *,
    scenario: Scenario | None = None,
    seed: int = 1,
    horizon: int = 24,
    draws: int = DRAWS,
    priors: Priors = PRIORS,
) -> dict[str, Course]:
    """People and capacity of every institution in the months ahead, by code, drawn as `exitplan capacity` draws them."""
    shared = beliefs(priors, draws=draws, seed=seed)
    return {
        i.code: course(i, shared, on=on, horizon=horizon, seed=seed, scenario=scenario) for i in dossier.of(Institution)
    }


def institutions(
    dossier: Dossier, on: date, drawn: Mapping[str, Course] | None = None, *, priors: Priors = PRIORS
) -> tuple[InstitutionLine, ...]:
    """
    Every institution with its gap and its training, the largest share lacking first.

    Parameters
    ----------
    drawn
        Courses of people as `courses` gives them; without them no month is named.
    """
    lines = [_line(i, on, drawn[i.code] if drawn else None, priors) for i in dossier.of(Institution)]
    return tuple(sorted(lines, key=lambda line: (-line.gap / line.need, line.code)))


def trades(lines: Iterable[InstitutionLine]) -> tuple[TradeLine, ...]:
    """The same by trade, the largest share lacking first. Gaps are added up; what one place has too many helps no other."""
    by_trade: dict[str, list[InstitutionLine]] = {}
    for line in lines:
        by_trade.setdefault(line.trade, []).append(line)
    found = [_trade(trade, several) for trade, several in by_trade.items()]
    return tuple(sorted(found, key=lambda t: (-t.gap / t.need, t.trade)))


def weakest(verifications: Iterable[Verification]) -> Verification:
    """The least of several ways in which counts were verified."""
    return min(verifications, key=VERIFICATION_ORDER.index)


def oldest(days: Iterable[date | None]) -> date | None:
    """The oldest day; None where one is not known."""
    known = list(days)
    return None if None in known else min(day for day in known if day is not None)


def months_until(people: np.ndarray, need: int, on: date) -> WhenMet:
    """
    When a need is met, over drawn courses of people.

    Parameters
    ----------
    people
        Shape (horizon + 1, draws); month 0 is that of the day.
    """
    horizon = people.shape[0] - 1
    enough = people >= need * ENOUGH
    first = np.where(enough.any(axis=0), enough.argmax(axis=0), horizon + 1)
    early, middle, late = (int(n) for n in np.quantile(first, (0.1, 0.5, 0.9), method="inverted_cdf"))

    def month(n: int) -> str | None:
        return month_text(month_of(on) + n) if n <= horizon else None

    return WhenMet(early=month(early), middle=month(middle), late=month(late), horizon=horizon)


def _line(i: Institution, on: date, drawn: Course | None, priors: Priors) -> InstitutionLine:
    cohorts = tuple(_cohort(c, i, on, priors) for c in sorted(i.cohorts, key=lambda c: (c.start, c.title)))
    mentors = i.mentors_per_100 * i.strength / 100
    wanted = None if i.mentors_needed_per_100 is None else i.mentors_needed_per_100 * i.strength / 100
    return InstitutionLine(
        code=i.code,
        title=i.title,
        title_fr=i.title_fr,
        trade=i.trade,
        area=i.area,
        function=i.function,
        owner=i.owner,
        strength=i.strength,
        counted=i.strength_date,
        verification=i.verification,
        need=i.need,
        gap=max(0, i.need - i.strength),
        women=i.women,
        certified=i.certified,
        externally_paid=i.externally_paid,
        paid_on_time=i.paid_on_time,
        attrition_year=i.attrition_year,
        pass_share=i.pass_share,
        intake_month=i.intake_month,
        mentors=mentors,
        mentors_needed=wanted,
        in_training=sum(c.size for c in cohorts if c.state == "running"),
        cohorts=cohorts,
        met=None if drawn is None else months_until(drawn.people, i.need, on),
    )


def _cohort(cohort: Cohort, institution: Institution, on: date, priors: Priors) -> CohortLine:
    share = institution.pass_share if cohort.pass_share is None else cohort.pass_share
    ends, now = month_of(cohort.start) + cohort.months, month_of(on)
    doubt = TENTH * priors.of("pass").sd
    low, high = (_shifted(share, shift) for shift in (-doubt, doubt))
    return CohortLine(
        title=cohort.title,
        start=cohort.start,
        ends=month_text(ends),
        state="planned" if cohort.start > on else "running" if ends > now else "over",
        size=cohort.size,
        women=cohort.women,
        pass_share=share,
        graduates=Band(value=cohort.size * share, low=cohort.size * low, high=cohort.size * high),
    )


def _shifted(share: float, by: float) -> float:
    """A share whose log-odds are shifted; 0 and 1 stay what they are."""
    if share in (0.0, 1.0):
        return share
    return float(1.0 / (1.0 + (1.0 - share) / share * np.exp(-by)))


def _trade(trade: str, lines: list[InstitutionLine]) -> TradeLine:
    told = [line for line in lines if line.women is not None and line.strength]
    heads = sum(line.strength for line in told)
    return TradeLine(
        trade=trade,
        institutions=len(lines),
        strength=sum(line.strength for line in lines),
        need=sum(line.need for line in lines),
        gap=sum(line.gap for line in lines),
        short=sum(line.gap > 0 for line in lines),
        verification=weakest(line.verification for line in lines),
        counted=oldest(line.counted for line in lines),
        women=sum((line.women or 0.0) * line.strength for line in told) / heads if heads else None,
        women_known=len(told),
        in_training=sum(line.in_training for line in lines),
    )
