"""The chances of a mission's open sites: what they know, in which order they come, and what stands in their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from exitplan.domain.errors import InputFaults
from exitplan.domain.kinds import Site
from exitplan.domain.months import month_of, month_text
from exitplan.engine.sites.around import Points, around
from exitplan.engine.sites.model import OUTCOMES, site_risk
from exitplan.engine.sites.outlook import OLD_RECORD, SEEN, SHORT_RECORD, site_outlook
from exitplan.engine.streams import stream
from exitplan.importers.risk_models import SITE_RISK, read_risk_model
from exitplan.usecases.open_mission import open_mission

MODEL = read_risk_model(SITE_RISK)
ON = date(2015, 9, 30)
NOW = month_of(ON)
LIBERIA = open_mission("liberia-2015")
SITES = LIBERIA.of(Site)


def _events(seed: int = 1, count: int = 300, first: int = NOW - 120, last: int = NOW + 24) -> Points:
    rng = stream(seed, "tests", "outlook")
    months = rng.integers(first, last, count)
    months[:2] = first, NOW - 1
    return Points(rng.uniform(4, 9, count), rng.uniform(-12, -7, count), months)


def _look(events: Points, dossier=LIBERIA, closings=None):
    return site_outlook(dossier, ON, events, MODEL, plan="P", scenario="S", closings=closings or {})


def test_every_open_site_stands_once_the_highest_chance_first():
    """With its feasible month, and every distance and window of the model."""
    found = _look(_events(), closings={SITES[0].code: "2016-02"})

    assert sorted(s.code for s in found.sites) == sorted(s.code for s in SITES)
    chances = [s.chances[0].chance.value for s in found.sites]
    assert chances == sorted(chances, reverse=True)
    assert {s.code: s.closes for s in found.sites}[SITES[0].code] == "2016-02"
    assert all([(c.km, c.months) for c in s.chances] == [(o.radius, o.months) for o in OUTCOMES] for s in found.sites)


def test_chances_are_those_of_the_model_for_a_closure_in_the_next_month():
    """To the last shown digit; the record ends with the last event before the day."""
    events = _events()
    found = {s.code: s for s in _look(events).sites}

    for site in SITES:
        near = around(np.array([site.latitude]), np.array([site.longitude]), events)
        (band,) = site_risk(near, np.array([NOW]), MODEL)
        assert found[site.code].chances[0].chance.value == round(band.value, 4)
    assert _look(events).origin == month_text(NOW - 1)


def test_nothing_from_the_month_of_the_day_on_is_looked_at():
    """Later events, moved or taken away, change no bit."""
    events = _events()
    past = events.month < NOW
    without = Points(events.latitude[past], events.longitude[past], events.month[past])

    assert (~past).any()
    assert _look(events) == _look(without)


def test_quiet_months_and_events_are_counted_within_fifty_kilometres():
    """One event at a site five months before the end, one far away in the last month."""
    site = SITES[0]
    events = Points(
        np.array([site.latitude, 60.0]), np.array([site.longitude, 20.0]), np.array([NOW - 6, NOW - 1], dtype=np.int64)
    )
    found = {s.code: s for s in _look(events).sites}

    assert (found[site.code].events, found[site.code].quiet_months) == (1, 5)
    far = max(SITES, key=lambda s: abs(s.latitude - site.latitude) + abs(s.longitude - site.longitude))
    assert (found[far.code].events, found[far.code].quiet_months) == (0, None)


def test_a_closed_site_is_left_out():
    """Handed over is closed; what is only being closed is not."""
    gone, going = (
        site.model_copy(update={"state": state})
        for site, state in zip(SITES[:2], ("handed_over", "closing"), strict=True)
    )
    dossier = replace(LIBERIA, entries={**LIBERIA.entries, "site": (gone, going, *SITES[2:])})
    codes = {s.code for s in _look(_events(), dossier).sites}

    assert gone.code not in codes
    assert going.code in codes


def test_a_record_of_less_than_five_years_says_so():
    """Sixty months do, fifty-nine do not."""
    assert SHORT_RECORD not in _look(_events(first=NOW - 60)).assumptions
    assert SHORT_RECORD in _look(_events(first=NOW - 59)).assumptions


def test_a_record_that_ended_long_before_the_day_says_so():
    """A year does not, a month more does."""
    ends = np.array([NOW - 70, NOW - 12], dtype=np.int64)
    for events, old in ((ends, False), (ends - 1, True)):
        found = _look(Points(np.full(2, 6.0), np.full(2, -10.0), events))
        assert (OLD_RECORD in found.assumptions) is old


def test_a_look_back_says_that_the_coefficients_know_what_came_later():
    """Not where the record ends with, or after, the months they were fitted on."""
    later = MODEL.model_copy(update={"learned_to": month_text(NOW)})
    now = MODEL.model_copy(update={"learned_to": month_text(NOW - 1)})
    found = [
        site_outlook(LIBERIA, ON, _events(), model, plan=None, scenario="S", closings={}).assumptions
        for model in (later, now)
    ]

    assert [SEEN in assumptions for assumptions in found] == [True, False]


def test_without_an_event_before_the_day_there_is_nothing_to_say():
    """The fault names the month before which one is wanted."""
    later = _events(first=NOW)
    later.month[:2] = NOW, NOW + 1
    with pytest.raises(InputFaults) as caught:
        _look(later)
    (fault,) = caught.value.findings
    assert (fault.code, str(fault.wanted)) == ("too-little-history", "an event before 2015-09")
