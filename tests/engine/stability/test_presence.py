"""The bridge from a dossier: what is counted, who is there."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InputFaults
from exitplan.domain.kinds import Commitment, Scenario, Source
from exitplan.domain.kinds.planning import Support
from exitplan.domain.results.capacity import AreaCapacity, CapacityMonth, CapacityResult
from exitplan.engine.stability.presence import history, places, presence
from tests.engine.stability import dossiers as d


def _there(scenario=d.AS_PLANNED, plan=d.PLAN, closings=None, capacity=None, sites=(d.CAMP, d.POST)):
    return presence(
        d.dossier(sites=sites), plan, scenario, origin=d.LAST, horizon=24, closings=closings or {}, capacity=capacity
    )


def test_futures_are_drawn_for_areas_that_hold_no_smaller_one():
    """The country as a whole is no area of its own."""
    assert [a.code for a in places(d.dossier())] == ["N", "S", "E"]


def test_history_counts_what_the_dossier_holds():
    """Deaths of the wanted types, months as covered, months without a row as zero."""
    whole = d.dossier()
    panel = history(whole, d.ON, (1, 2, 3))
    assert (panel.start, panel.origin) == (d.FIRST, d.LAST)
    assert panel.deaths.sum() == whole.area_months.frame["best"].sum()
    state = history(whole, d.ON, (1,))
    assert state.deaths.sum() == whole.area_months.frame.filter(type_of_violence=1)["best"].sum()
    assert state.types == (1,)


def test_history_ends_before_the_day_asked_for():
    """On 15 March 2014 the last full month is February."""
    assert history(d.dossier(), date(2014, 3, 15), (1,)).origin == 2014 * 12 + 1


def test_named_neighbours_come_before_near_ones():
    """East names the North alone; the others take the nearest."""
    weights = history(d.dossier(), d.ON, (1,)).neighbours
    assert weights[2].tolist() == [1, 0, 0]
    assert weights[0].tolist() == [0, 0.5, 0.5]


@pytest.mark.parametrize(
    "sources",
    [
        (),  # nothing says which months are covered
        (Source(code="EV", title="Events", covers_from="2015-01", covers_to="2015-08"),),  # eight months
        (Source(code="EV", title="Events", covers_from="2017-01", covers_to="2019-08"),),  # all after the day
    ],
)
def test_too_little_history_is_a_finding(sources):
    """With what was wanted."""
    with pytest.raises(InputFaults) as caught:
        history(d.dossier(sources=sources), d.ON, (1,))
    assert caught.value.findings[0].code == "too-little-history"
    assert "36 months" in caught.value.findings[0].wanted


def test_people_of_an_area_without_a_figure_are_the_mean_of_the_others():
    """So that it neither vanishes from the country's cover nor rules it; without any figure all areas count alike."""
    assert _there().people.tolist() == [500_000, 500_000, 500_000]
    whole = d.dossier()
    bare = tuple(a.model_copy(update={"population": None}) for a in whole.entries["area"])
    nobody = dataclasses.replace(whole, entries=dict(whole.entries, area=bare))
    there = presence(nobody, d.PLAN, d.AS_PLANNED, origin=d.LAST, horizon=24, closings={})
    assert there.people.tolist() == [1, 1, 1]


def test_reach_halves_the_need_at_the_stated_strength():
    """250 people shared among areas of 500,000: their parts of -log2(1 - m) add up to one; the near get more."""
    reach = _there(sites=(d.CAMP,)).mission[:, 0]
    assert -np.log2(1 - reach).sum() == pytest.approx(1.0)
    assert reach[0] > reach[2] > reach[1] > 0


def test_an_area_without_a_position_is_reached_from_its_own_sites_only():
    """Elsewhere is endlessly far."""
    blind = d.dossier(sites=(d.CAMP,))
    areas = tuple(a.model_copy(update={"latitude": None, "longitude": None}) for a in blind.entries["area"])
    there = presence(
        Dossier(mission=blind.mission, entries={**blind.entries, "area": areas}), d.PLAN, d.AS_PLANNED,
        origin=d.LAST, horizon=3, closings={},
    )  # fmt: skip
    assert there.mission[:, 0].tolist() == [0.5, 0.0, 0.0]


def test_a_site_counts_until_its_month_of_closing():
    """Closed in the fourth month: open in three."""
    there = _there(closings={"CAMP": d.LAST + 4})
    assert np.all(there.mission[0, :4] == there.mission[0, 0])
    assert np.all(there.mission[0, 4:] < there.mission[0, 0])
    assert there.shock[0, :4].tolist() == [0, 0, 0, 0]
    assert there.shock[0, 4] > 0


def test_sites_handed_over_or_not_yet_opened_do_not_count():
    """Only who is there."""
    gone = d.CAMP.model_copy(update={"state": "handed_over"})
    later = d.CAMP.model_copy(update={"opened": date(2016, 2, 10)})
    assert not _there(sites=(gone,)).mission.any()
    assert np.nonzero(_there(sites=(later,)).mission[0])[0][0] == 6


def test_a_scenario_scales_presence_from_its_start():
    """Half of the presence remains from January 2016 on."""
    half = Scenario(code="H", title="Half", presence=0.5, start="2016-01", violence=1.5, violence_areas=("S",))
    there = _there(scenario=half)
    assert there.mission[0, 4] == _there().mission[0, 4]
    assert there.mission[0, 5] < there.mission[0, 4]
    assert there.shift[1].tolist() == [0.0] * 5 + [1.5] * 20
    assert not there.shift[[0, 2]].any()


def test_support_fades_when_its_money_ends():
    """Half of the need until December 2015, half of that six months later."""
    support = Support(area="N", strength=0.5, start="2015-10", end="2015-12", half_life_months=6)
    there = _there(plan=d.PLAN.model_copy(update={"support": (support,)}))
    assert there.support[0, :2].tolist() == [0, 0]
    assert there.support[0, 2:5].tolist() == [0.5] * 3
    assert there.support[0, 10] == pytest.approx(0.25)
    assert not there.support[1:].any()


RESERVE = Commitment.model_validate(
    {"code": "Q1", "title": "Reserve", "partner": "PA", "type": "quick_reaction", "amount": 220, "unit": "persons"}
    | {"start": "2015-10-01", "end": "2015-12-31", "status": "signed", "consent": "given"}
)


def _supported(commitment, **changes):
    """Support under a plan whose one support rests on a commitment, or on none."""
    whole = d.dossier()
    if commitment is not None:
        reserve = commitment.model_copy(update=changes)
        whole = dataclasses.replace(whole, entries={**whole.entries, "commitment": (reserve,)})
    support = Support(area="N", strength=0.5, start="2015-10", end="2016-06", half_life_months=6)
    support = support.model_copy(update={"commitment": commitment.code if commitment else None})
    plan = d.PLAN.model_copy(update={"support": (support,)})
    return presence(whole, plan, d.AS_PLANNED, origin=d.LAST, horizon=24, closings={}).support


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "withdrawn"},
        {"consent": "refused"},
        {"consent": "asked"},
        {"start": date(2014, 1, 1), "end": date(2015, 9, 30)},  # over before the support begins
        {"area": "S"},
    ],
)
def test_support_on_a_commitment_that_does_not_bear_is_no_support(changes):
    """Withdrawn, not consented to, expired, or for elsewhere: zero in every area and month."""
    assert not _supported(RESERVE, **changes).any()


def test_support_ends_with_the_commitment_it_rests_on():
    """The plan counts on it until June, the commitment ends in December: it fades from there."""
    bounded = _supported(RESERVE)

    assert bounded[0, 2:5].tolist() == [0.5] * 3
    assert bounded[0, 10] == pytest.approx(0.25)
    assert not bounded[1:].any()


def test_a_commitment_that_covers_the_support_changes_no_bit():
    """Nor does its mere presence in the dossier where the plan names none."""
    free = _supported(None)

    assert _supported(RESERVE, end=date(2020, 12, 31)).tobytes() == free.tobytes()


def test_host_capacity_is_the_median_course_of_the_area():
    """Months before and after the course take its ends; an area without a course has none."""

    def month(text: str, median: float) -> CapacityMonth:
        return CapacityMonth(month=text, low=0, median=median, high=1, strength_low=0, strength=0, strength_high=0)

    course = AreaCapacity(area="S", months=(month("2015-10", 0.4), month("2015-11", 0.6)))
    capacity = CapacityResult(institutions=(), areas=(course,))
    there = _there(capacity=capacity)
    assert there.host[1, :5].tolist() == [0.4, 0.4, 0.4, 0.6, 0.6]
    assert not there.host[[0, 2]].any()
