"""
What the open sites of a mission would leave behind if they closed now: the model of `engine.sites.model` on a dossier.

The chance knows the events up to the last recorded month and nothing of a plan, so that a closure planned for later is
looked at as if it came next. Method page: docs/methods/site-risk.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Site
from exitplan.domain.months import month_of, month_text
from exitplan.domain.results.base import Band
from exitplan.domain.results.site_risk import SiteChance, SiteRisk, SiteRiskResult
from exitplan.domain.risk_model import RiskModel
from exitplan.domain.states import SITE_DONE
from exitplan.engine.sites.around import Around, Points, around
from exitplan.engine.sites.history import LONG
from exitplan.engine.sites.model import MAIN, OUTCOMES, site_risk

ASSUMPTIONS = (
    "site-risk-as-if-next",
    "site-risk-knows-no-plan",
    "site-risk-recorded-events",
    "site-risk-coefficients-alone",
    "site-risk-track-record",
)
SHORT_RECORD, OLD_RECORD, SEEN = "site-risk-short-record", "site-risk-old-record", "site-risk-may-have-seen"
OLD = 12
"""Months before the day from which a record is old."""


def site_outlook(
    dossier: Dossier,
    on: date,
    events: Points,
    model: RiskModel,
    *,
    plan: str | None,
    scenario: str,
    closings: Mapping[str, str | None],
) -> SiteRiskResult:
    """
    The chances of violence near every site that is not closed yet, the highest first.

    Parameters
    ----------
    dossier
        Its sites.
    on
        The day to look from; events of its month and later are not looked at.
    events
        Events on all sides of the sites, up to 400 km away and 60 months back as far as they are known.
    model
        Parameters of the site model.
    plan, scenario
        What closures are read from.
    closings
        Feasible month of each closure by code, as YYYY-MM.

    Raises
    ------
    InputFaults
        When no event lies before the month of the day.
    """
    before = events.month < month_of(on)
    if not before.any():
        raise InputFaults((_no_event(dossier, on),))
    known = Points(events.latitude[before], events.longitude[before], events.month[before])
    first, origin = int(known.month.min()), int(known.month.max())
    sites = tuple(s for s in dossier.of(Site) if s.state not in SITE_DONE)
    latitude, longitude = (np.array([getattr(s, name) for s in sites]) for name in ("latitude", "longitude"))
    at = np.full(len(sites), origin + 1)
    near = around(latitude, longitude, known)
    bands = {o: site_risk(near, at, model, o) for o in OUTCOMES}
    found = [
        SiteRisk(
            code=site.code,
            title=site.title,
            title_fr=site.title_fr,
            area=site.area,
            closes=closings.get(site.code),
            events=int(near.counts[i, MAIN.ring, -MAIN.months :].sum()),
            quiet_months=_quiet(near, i),
            chances=tuple(SiteChance(km=o.radius, months=o.months, chance=_rounded(bands[o][i])) for o in OUTCOMES),
        )
        for i, site in enumerate(sites)
    ]
    short = (SHORT_RECORD,) if origin - first + 1 < LONG else ()
    old = (OLD_RECORD,) if month_of(on) - origin > OLD else ()
    seen = (SEEN,) if model.saw_beyond(month_text(origin)) else ()
    return SiteRiskResult(
        plan=plan,
        scenario=scenario,
        begins=month_text(first),
        origin=month_text(origin),
        sites=tuple(sorted(found, key=lambda s: -s.chances[0].chance.value)),
        version=model.version,
        assumptions=(*short, *old, *seen, *ASSUMPTIONS),
    )


def _quiet(near: Around, site: int) -> int | None:
    """Whole months from the last event within 50 km to the end of the record."""
    months = np.flatnonzero(near.counts[site, MAIN.ring])
    return int(near.months - 1 - months[-1]) if months.size else None


def _rounded(band: Band) -> Band:
    return Band(value=round(band.value, 4), low=round(band.low, 4), high=round(band.high, 4), level=band.level)


def _no_event(dossier: Dossier, on: date) -> Finding:
    return Finding(
        code="too-little-history",
        kind="event",
        entry=dossier.mission.code,
        field="date",
        value="",
        wanted=Wanted("an event before {month}", month=month_text(month_of(on))),
    )
