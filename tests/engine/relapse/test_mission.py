"""The outside view on a mission's own record."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Source
from exitplan.domain.months import month_index
from exitplan.domain.tables import AreaMonths
from exitplan.engine.relapse import mission
from exitplan.engine.relapse.mission import outside_view
from exitplan.engine.relapse.model import relapse_risk
from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN, read_risk_model
from tests.engine.relapse.around import surroundings
from tests.engine.stability import dossiers as d

MODEL, OWN = read_risk_model(RELAPSE), read_risk_model(RELAPSE_OWN)
PEACE, WAR = (surroundings(np.array([[violence]])) for violence in (0.0, 9.0))


def _view(dossier, on=d.ON, around=None):
    return outside_view(dossier, on, MODEL, OWN, around or {})


def _of(found):
    return {(c.what, c.within_years): c for c in found}


def _with(frame):
    """The small dossier with other recorded months."""
    whole = d.dossier()
    return Dossier(mission=whole.mission, entries=whole.entries, area_months=AreaMonths.of(frame))


def test_chances_grow_with_the_years_and_lie_in_their_intervals():
    """One, two, three and five years, conflict and war, after the last month of data."""
    found = _view(d.dossier())
    assert [(c.what, c.within_years) for c in found] == [(w, n) for n in (1, 2, 3, 5) for w in ("conflict", "war")]
    assert {c.after for c in found} == {"2015-08"}
    assert all(0 <= c.low <= c.probability <= c.high <= 1 for c in found)
    for what in ("conflict", "war"):
        chances = [_of(found)[what, n].probability for n in (1, 2, 3, 5)]
        assert chances == sorted(chances)


def test_later_months_change_nothing():
    """On 15 March 2014 the months after February are not known."""
    frame = d.dossier().area_months.frame
    short = _with(frame.filter(pl.col("month").cast(pl.String).str.slice(0, 7) < "2014-03"))
    day = date(2014, 3, 15)
    assert short.area_months.frame.height < frame.height
    assert _view(d.dossier(), day) == _view(short, day)


def test_a_calmer_record_has_lower_chances():
    """A tenth of the months alone."""
    frame = d.dossier().area_months.frame
    lively, calm = (_of(_view(_with(f))) for f in (frame, frame.gather_every(10)))
    assert all(calm[key].probability < lively[key].probability for key in calm)


def test_the_fewer_calm_years_are_known_the_higher_the_chance():
    """A record without a death: with five years known it may have ended just before; the years known are told."""
    frame = d.dossier().area_months.frame.with_columns(
        pl.lit(0).alias("best"), pl.lit(0).alias("low"), pl.lit(0).alias("high")
    )
    whole = d.dossier()
    found = {}
    for first in ("2010-09", "2005-09", "2000-09"):
        events = Source(code="EV", title="Events", covers_from=first, covers_to="2015-08")
        told = d.dossier(sources=(events,))
        calm = Dossier(mission=whole.mission, entries=told.entries, area_months=AreaMonths.of(frame))
        chance = _of(_view(calm))["conflict", 5]
        found[chance.years_known] = chance.probability
    assert sorted(found) == [5, 10, 15]
    assert found[5] > found[10] > found[15]


def test_a_look_back_says_that_the_coefficients_know_what_came_later():
    """Of whichever model is asked; not where it was fitted on nothing after the record."""
    then = [model.model_copy(update={"learned_to": "2015-08"}) for model in (MODEL, OWN)]
    for around in ({}, {2014: WAR}):
        assert {c.saw_beyond for c in _view(d.dossier(), around=around)} == {True}
        assert {c.saw_beyond for c in outside_view(d.dossier(), d.ON, *then, around)} == {False}


@pytest.mark.parametrize("covered", [("2011-01", "2015-08"), ("2015-01", "2015-08")])
def test_a_short_record_says_nothing(covered):
    """Fewer than five years, or than a fit needs."""
    events = Source(code="EV", title="Events", covers_from=covered[0], covers_to=covered[1])
    assert _view(d.dossier(sources=(events,))) == ()


def test_the_last_full_year_around_the_country_counts():
    """August 2015 knows the end of 2014, and neither 2015 nor a year long past."""
    plain = _view(d.dossier())
    assert {c.surroundings for c in plain} == {None}
    assert _view(d.dossier(), around={2015: WAR, 2010: WAR}) == plain
    peace, war = (_view(d.dossier(), around={2013: PEACE, 2014: last, 2015: WAR}) for last in (PEACE, WAR))
    assert {c.surroundings for c in (*peace, *war)} == {2014}
    assert all(_of(war)["conflict", n].probability > _of(peace)["conflict", n].probability for n in (1, 2, 3, 5))


@pytest.mark.parametrize("times", [1, 40])
def test_years_are_twelve_months_that_end_with_the_last_one(times, monkeypatch):
    """Eleven years to August 2015, added up by hand: what the model of exits is asked with; a curve never falls."""
    frame = d.dossier().area_months.frame
    scaled = frame.with_columns(pl.col("low", "best", "high") * times)
    first = month_index("2004-09")
    state_based, every = np.zeros((1, 11)), np.zeros((1, 11))
    for row in scaled.iter_rows(named=True):
        year = (month_index(str(row["month"])[:7]) - first) // 12
        if year >= 0:
            every[0, year] += row["best"]
            state_based[0, year] += row["best"] if row["type_of_violence"] == 1 else 0
    asked = {}

    def risk(of, country, year, parameters, outcome):
        band = relapse_risk(of, country, year, parameters, outcome)[0]
        scale = {("conflict", 2): 0.5, ("war", 2): 0.5, ("war", 3): 0.0}.get((outcome.what, outcome.years), 1.0)
        band = band.model_copy(update={name: getattr(band, name) * scale for name in ("value", "low", "high")})
        if (outcome.what, outcome.years) == ("war", 5):  # as if its own fit said more than that of conflict
            band = asked["conflict", 5][3].model_copy(update={"value": min(1.0, asked["conflict", 5][3].value * 1.1)})
        asked[outcome.what, outcome.years] = (of, int(country[0]), int(year[0]), band)
        return (band,)

    monkeypatch.setattr(mission, "relapse_risk", risk)
    found = _of(_view(_with(scaled)))
    assert set(asked) == set(found)
    for of, country, year, _ in asked.values():
        assert (country, year, of.years) == (0, 10, 11)
        for name, expected in (
            ("state_based", state_based), ("all_kinds", every), ("conflict", state_based >= 25), ("war", state_based >= 1000),
        ):  # fmt: skip
            assert np.array_equal(getattr(of, name), expected), name
    for what in ("conflict", "war"):
        least = 0.0
        for years in (1, 2, 3, 5):
            band = asked[what, years][3]
            least = max(least, band.value)
            if what == "war":
                least = min(least, found["conflict", years].probability)
            assert found[what, years].probability == pytest.approx(least, abs=1e-4)
            for name in ("low", "high"):
                expected = min(1, max(0, getattr(band, name) + least - band.value))
                assert getattr(found[what, years], name) == pytest.approx(expected, abs=1e-4)
