"""The outside view on a mission's own record."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Source
from exitplan.domain.tables import AreaMonths
from exitplan.engine.relapse.mission import outside_view
from exitplan.importers.risk_models import RELAPSE, read_risk_model
from tests.engine.stability import dossiers as d


@pytest.fixture(scope="module")
def model():
    """The parameters that come along."""
    return read_risk_model(RELAPSE)


def _of(found):
    return {(c.what, c.within_years): c for c in found}


def _with(frame):
    """The small dossier with other recorded months."""
    whole = d.dossier()
    return Dossier(mission=whole.mission, entries=whole.entries, area_months=AreaMonths.of(frame))


def test_chances_grow_with_the_years_and_lie_in_their_intervals(model):
    """One, two, three and five years, conflict and war, after the last month of data."""
    found = outside_view(d.dossier(), d.ON, model)
    assert [(c.what, c.within_years) for c in found] == [(w, n) for n in (1, 2, 3, 5) for w in ("conflict", "war")]
    assert {c.after for c in found} == {"2015-08"}
    assert all(0 <= c.low <= c.probability <= c.high <= 1 for c in found)
    for what in ("conflict", "war"):
        chances = [_of(found)[what, n].probability for n in (1, 2, 3, 5)]
        assert chances == sorted(chances)


def test_later_months_change_nothing(model):
    """On 15 March 2014 the months after February are not known."""
    frame = d.dossier().area_months.frame
    short = _with(frame.filter(pl.col("month").cast(pl.String).str.slice(0, 7) < "2014-03"))
    day = date(2014, 3, 15)
    assert short.area_months.frame.height < frame.height
    assert outside_view(d.dossier(), day, model) == outside_view(short, day, model)


def test_a_calmer_record_has_lower_chances(model):
    """A tenth of the months alone."""
    frame = d.dossier().area_months.frame
    lively, calm = (_of(outside_view(_with(f), d.ON, model)) for f in (frame, frame.gather_every(10)))
    assert all(calm[key].probability < lively[key].probability for key in calm)


def test_the_fewer_calm_years_are_known_the_higher_the_chance(model):
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
        chance = _of(outside_view(calm, d.ON, model))["conflict", 5]
        found[chance.years_known] = chance.probability
    assert sorted(found) == [5, 10, 15]
    assert found[5] > found[10] > found[15]


@pytest.mark.parametrize("covered", [("2011-01", "2015-08"), ("2015-01", "2015-08")])
def test_a_short_record_says_nothing(model, covered):
    """Fewer than five years, or than a fit needs."""
    events = Source(code="EV", title="Events", covers_from=covered[0], covers_to=covered[1])
    assert outside_view(d.dossier(sources=(events,)), d.ON, model) == ()
