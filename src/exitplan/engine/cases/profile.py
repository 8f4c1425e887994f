"""What is known of an exit on the variables by which exits are compared: of a past one, and of the mission at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exitplan.domain.cases import Case, Figures, Region
from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Plan, Site, Unit
from exitplan.domain.months import month_index, month_of
from exitplan.domain.results.cases import CaseProfile
from exitplan.engine.cases.outcomes import RELAPSE
from exitplan.engine.schedule.problem import end_of_mandate

BEFORE = 24
"""Months before the exit in which violence is counted."""
NEAR_PEAK = 0.9
"""A drawdown begins after the last month with at least this share of the highest strength on record."""
SHOWN_TO_THE_END = 6
"""Months by which a strength series may end before the departure and still show when the drawdown began."""
POLICE = ("formed_police", "police")
DRIVES = {"conditions": "conditions_led", "calendar": "calendar_led"}


def profile_of_case(case: Case, figures: Figures, active: bool | None) -> CaseProfile:
    """What the figures of a case say; what they do not say is None, never zero."""
    strength = {name: figures.months(name) for name in ("troops", "police", "observers")}
    months = sorted(set(strength["troops"]) | set(strength["police"]))
    total = {m: sum(values.get(m, 0.0) for values in strength.values()) for m in months}
    begin = _begin(total)
    people = _population(case, figures, int(begin[:4])) if begin else None
    left = f"{case.left:%Y-%m}" if case.left else None
    return CaseProfile(
        region=case.region,
        exit=case.exit.kind if case.exit.kind != "not_coded" else None,
        weight=_weight(strength["police"].get(begin, 0.0), total[begin]) if begin else None,
        per_100k=total[begin] / people * 1e5 if begin and people else None,
        deaths_24m=_violence(case, figures, left),
        drawdown=_length(total, begin, left),
        active=active,
    )


def profile_of_mission(
    dossier: Dossier, on: date, plan: Plan | None, regions: Mapping[str, Region], *, heads: bool = True
) -> CaseProfile:
    """
    The same of a mission, as far as its dossier tells.

    Parameters
    ----------
    regions
        Region of the world by country; countries that are not in it have an unknown one.
    heads
        Whether every head count of the mission is in the dossier; some of them alone would pass for all.
    """
    mission, mandate = dossier.mission, end_of_mandate(dossier, on)
    police, uniformed = _uniformed(dossier) if heads else (0.0, 0.0)
    people = mission.population
    last = month_of(on)
    seen = dossier.area_months.span()
    covered = seen is not None and seen[0] <= last - BEFORE + 1
    deaths = dossier.area_months.total("deaths", first=last - BEFORE + 1, last=last) if covered else None
    state_based = dossier.area_months.total("deaths", first=last - 11, last=last, types=(1,)) if covered else None
    end = month_index(plan.end) if plan and plan.end else month_of(mandate.end) if mandate else None
    return CaseProfile(
        region=next((regions[host] for host in mission.host if host in regions), None),
        exit=DRIVES[plan.drive] if plan else None,
        weight=_weight(police, uniformed) if uniformed else None,
        per_100k=uniformed / people * 1e5 if uniformed and people else None,
        deaths_24m=deaths / BEFORE / people * 1e6 if deaths is not None and people else None,
        drawdown=max(0, end - month_index(plan.start)) if plan and end else None,
        active=state_based >= RELAPSE if state_based is not None else None,
    )


def _begin(total: Mapping[str, float]) -> str | None:
    """The last month near the peak."""
    if not total:
        return None
    peak = max(total.values())
    return max(month for month, value in total.items() if value >= NEAR_PEAK * peak) if peak else None


def _length(total: Mapping[str, float], begin: str | None, left: str | None) -> int | None:
    """Months of the drawdown; None where strength is not on record close to its end and was still near its peak."""
    if not begin or not left:
        return None
    known_to = max(total)
    if month_index(left) - month_index(known_to) > SHOWN_TO_THE_END and (
        month_index(known_to) - month_index(begin) < SHOWN_TO_THE_END
    ):
        return None
    return max(0, month_index(left) - month_index(begin))


def _weight(police: float, total: float) -> str:
    return "police" if police > total - police else "force"


def _population(case: Case, figures: Figures, year: int) -> float | None:
    """People of all host countries in a year, or the nearest one on record."""
    found = []
    for host in case.hosts:
        by_year = figures.years("population", host)
        if not by_year:
            return None
        found.append(by_year[min(by_year, key=lambda y: (abs(y - year), y))])
    return sum(found)


def _violence(case: Case, figures: Figures, left: str | None) -> float | None:
    """Deaths a month for a million people in the months before the last departure; by full years where there are no months."""
    if left is None or case.areas:
        return None
    people = _population(case, figures, int(left[:4]))
    if not people:
        return None
    last = month_index(left)
    wanted = range(last - BEFORE, last)
    by_month: dict[int, float] = {}
    for series in ("state_based", "non_state", "one_sided", "deaths_all"):
        for month, value in figures.months(series).items():
            by_month[month_index(month)] = by_month.get(month_index(month), 0.0) + value
    if all(month in by_month for month in wanted):
        return sum(by_month[month] for month in wanted) / BEFORE / people * 1e6
    years = range(int(left[:4]) - BEFORE // 12, int(left[:4]))
    deaths = [
        sum(figures.years(series, host).get(year, 0.0) for series in ("state_based", "non_state", "one_sided"))
        for host in case.hosts
        for year in years
        if year in figures.years("state_based", host)
    ]
    return sum(deaths) / BEFORE / people * 1e6 if len(deaths) == len(years) * len(case.hosts) else None


def _uniformed(dossier: Dossier) -> tuple[float, float]:
    """Police and all uniformed people of the units, or of the sites where there are no units; 0 where none is shown."""
    units = dossier.of(Unit)
    if total := float(sum(unit.personnel for unit in units)):
        return float(sum(unit.personnel for unit in units if unit.type in POLICE)), total
    sites = dossier.of(Site)
    police = float(sum(site.police for site in sites))
    return police, police + sum(site.military for site in sites)
