"""States ahead: the same rules as today, on arrays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.condition import (
    RANK,
    DateLeaf,
    EventsLeaf,
    Fold,
    HandoverLeaf,
    HiddenLeaf,
    IndicatorLeaf,
    RiskLeaf,
    SiteLeaf,
    judge,
)
from exitplan.domain.facts import Facts
from exitplan.domain.months import month_of
from exitplan.engine.readiness.leaves_ahead import SIGN, LeavesAhead, StateAlgebra
from tests.domain.samples import ON, changed, measured, sound, violence, with_measurements, with_violence
from tests.domain.trees import CODES, STATES, trees, verdicts


def ahead(dossier, *, on=ON, horizon=12, courses=400, seed=1):
    """Leaves ahead of a day."""
    return LeavesAhead(Facts(dossier, on), horizon=horizon, courses=courses, seed=seed)


@given(trees(), st.lists(st.fixed_dictionaries({c: st.sampled_from(STATES) for c in CODES}), min_size=1, max_size=6))
def test_arrays_are_judged_as_verdicts_are(tree, courses):
    """Another program: every course of the array form has the state that the scalar form gives it."""
    arrays = {c: np.array([[SIGN[states[c]] for states in courses]], dtype=np.int8) for c in CODES}
    folded = Fold(lambda leaf: arrays[leaf.criterion], StateAlgebra())(tree)

    assert folded.dtype == np.int8
    assert folded[0].tolist() == [SIGN[judge(tree, verdicts(states)).state] for states in courses]


def test_the_order_of_arrays_is_that_of_verdicts():
    """Unmet below unknown below met, in both."""
    assert sorted(SIGN, key=lambda s: SIGN[s]) == sorted(RANK, key=lambda s: RANK[s])


@given(
    values=st.lists(st.sampled_from([50.0, 60.0, 70.0, 61.5]), min_size=1, max_size=20),
    bar=st.sampled_from([{"min": 60.0}, {"max": 65.0}, {"min": 55.0, "max": 65.0}]),
    window=st.integers(1, 5),
    persist=st.integers(1, 8),
    late=st.integers(0, 8),
)
def test_today_is_judged_ahead_as_it_is_today(values, bar, window, persist, late):
    """Month 0 of the outlook and the verdict on the day are two programs for one rule."""
    until = month_of(ON) - late
    dossier = with_measurements(sound(), measured(values, until=f"{until // 12}-{until % 12 + 1:02d}"))
    leaf = IndicatorLeaf(indicator="I1", window_months=window, persist_months=persist, **bar)

    assert set(ahead(dossier, courses=3).leaf(leaf)[0].tolist()) == {SIGN[Facts(dossier, ON).leaf(leaf).state]}


def test_a_constant_series_above_its_bar_stays_above():
    """Closed form: nothing moves, so the chance is 1, and 0 below it."""
    dossier = with_measurements(sound(), measured([72.0] * 24))

    assert np.all(ahead(dossier).leaf(IndicatorLeaf(indicator="I1", min=70)) == 1)
    assert np.all(ahead(dossier).leaf(IndicatorLeaf(indicator="I1", min=73)) == -1)


def test_a_rising_line_crosses_its_bar_when_the_damped_line_does():
    """Closed form: from 69 to 73 takes four months and a little with no damping, and never more than six with the strongest."""
    dossier = with_measurements(sound(), measured([40.0 + at for at in range(30)]))
    states = ahead(dossier).leaf(IndicatorLeaf(indicator="I1", min=73))

    assert np.all(states[:5] == -1)
    assert 0.0 < (states[5] == 1).mean() < 1.0
    assert np.all(states[6:] == 1)


def test_persistence_is_counted_across_the_day():
    """Twelve months held before the day and two after it make fourteen; before that nobody knows."""
    dossier = with_measurements(sound(), measured([72.0] * 12))
    states = ahead(dossier).leaf(IndicatorLeaf(indicator="I1", min=70, persist_months=14))

    assert states[:4, 0].tolist() == [0, 0, 1, 1]


def test_a_miss_before_the_day_counts_until_it_is_old_enough():
    """The last miss three months ago bars six months in a row until month 3."""
    states = ahead(with_measurements(sound(), measured([72.0] * 30 + [60.0] + [72.0] * 3))).leaf(
        IndicatorLeaf(indicator="I1", min=50.0, max=100.0, persist_months=6)
    )
    missed = ahead(with_measurements(sound(), measured([72.0] * 8 + [60.0] + [72.0] * 3))).leaf(
        IndicatorLeaf(indicator="I1", min=65, persist_months=6)
    )

    assert np.all(states == 1)
    assert np.all(missed[:3] == -1)
    assert (missed[3] == 1).any()


def test_a_window_still_holds_the_months_before_the_day():
    """Closed form: the mean of 68, 69 and 69.95 is below 69.5 a month ahead; that of 69, 69.95 and 70.85 is not."""
    dossier = with_measurements(sound(), measured([40.0 + at for at in range(30)]))
    states = ahead(dossier).leaf(IndicatorLeaf(indicator="I1", min=69.5, window_months=3))

    assert np.all(states[:2] == -1)
    assert np.all(states[2:] == 1)


@pytest.mark.parametrize(
    ("frame", "leaf"),
    [
        (measured([72.0] * 24, until="2019-06"), {"min": 70}),  # stale
        (measured([72.0] * 24, indicator="I2"), {"min": 70}),  # no data for this one
        (measured([72.0] * 24), {"min": 70, "verification": "independently_verified"}),  # not verified enough
        (measured([72.0] * 24, source=""), {"min": 70}),  # nobody's fact
        (measured([72.0] * 24), {"min": 70, "area": "A1"}),  # another place
        (measured([72.0] * 24), {"min": 70, "group": "sex=female"}),  # another group
    ],
)
def test_what_is_unknown_today_stays_unknown(frame, leaf):
    """No history is made up for a series that is not there."""
    assert np.all(ahead(with_measurements(sound(), frame)).leaf(IndicatorLeaf(indicator="I1", **leaf)) == 0)


def test_a_series_with_too_little_history_is_known_until_its_next_reading():
    """Five readings say how it stands, not where it goes."""
    dossier = changed(sound(), "indicators", "I1", every_months=4, fresh_months=12)
    states = ahead(with_measurements(dossier, measured([72.0] * 5))).leaf(IndicatorLeaf(indicator="I1", min=70))

    assert states[:, 0].tolist() == [1, 1, 1, 1] + [0] * 9


def test_a_definition_that_ends_leaves_the_months_after_it_unknown():
    """A redefinition already decided ends the series."""
    version = {"version": 1, "start": "2010-01-01", "end": "2020-09-30", "definition": "Counted."}
    dossier = changed(sound(), "indicators", "I1", versions=[version])
    states = ahead(with_measurements(dossier, measured([72.0] * 24))).leaf(IndicatorLeaf(indicator="I1", min=70))

    assert states[:, 0].tolist() == [1] * 4 + [0] * 9


def test_dates_are_exact():
    """Each month is judged as of its last day, the first as of the day itself."""
    found = ahead(sound())

    assert found.leaf(DateLeaf(on_or_after=date(2020, 9, 30)))[:, 0].tolist() == [-1] * 3 + [1] * 10
    assert found.leaf(DateLeaf(on_or_after=date(2020, 10, 1)))[:, 0].tolist() == [-1] * 4 + [1] * 9
    assert found.leaf(DateLeaf(on_or_before=date(2020, 7, 31)))[:, 0].tolist() == [1, 1] + [-1] * 11


def test_hand_overs_and_closures_are_taken_to_keep_their_dates():
    """From the month of the forecast on; what the dossier gives no date for stays as it is."""
    found = ahead(sound())

    assert found.leaf(HandoverLeaf(handover="H1", states=("transferred",)))[:, 0].tolist() == [-1] * 5 + [1] * 8
    assert found.leaf(HandoverLeaf(handover="H1", states=("proposed",)))[:, 0].tolist() == [1] * 5 + [-1] * 8
    assert np.all(found.leaf(HandoverLeaf(handover="H2", states=("transferred",))) == -1)
    assert np.all(found.leaf(SiteLeaf(site="S1", states=("handed_over",))) == -1)


def test_a_date_that_passed_unkept_says_nothing():
    """Late is late: today's state holds."""
    dossier = changed(sound(), "handovers", "H1", transfer={"baseline": "2020-03-31"})

    assert np.all(ahead(dossier).leaf(HandoverLeaf(handover="H1", states=("transferred",))) == -1)


def test_risks_are_held_and_hidden_parts_stay_unknown():
    """Nothing says how a score will move, and nothing is told of what may not be seen."""
    found = ahead(sound())

    assert np.all(found.leaf(RiskLeaf(risk="R1", at_most="high")) == 1)
    assert np.all(found.leaf(HiddenLeaf(not_shown="Legal Office")) == 0)


def test_calm_that_was_never_broken_goes_on():
    """Closed form: no deaths in the months drawn from, so none ahead."""
    dossier = with_violence(sound(), violence([]))

    assert np.all(ahead(dossier).leaf(EventsLeaf(events="deaths", max=0)) == 1)


def test_violence_leaves_the_window_as_time_passes():
    """A single bad month eleven months ago is out of a twelve-month window from month 2 on, unless it comes again."""
    dossier = with_violence(sound(), violence([100] + [0] * 10))
    states = ahead(dossier).leaf(EventsLeaf(events="deaths", max=50))

    assert np.all(states[:2] == -1)
    assert (states[2] == 1).mean() > 0.8


@pytest.mark.parametrize("covers_to", ["2020-01", None])
def test_violence_that_nobody_covers_stays_unknown(covers_to):
    """Months without a source are not calm."""
    covers = {"covers_to": covers_to} if covers_to else {"covers_from": None, "covers_to": None}
    dossier = changed(sound(), "sources", "SRC", **covers)

    assert np.all(ahead(dossier).leaf(EventsLeaf(events="deaths", max=10)) == 0)


def test_areas_and_country_see_the_same_months_of_violence():
    """What comes together stays together: the country is calm exactly when its one violent area is."""
    dossier = with_violence(sound(), violence([30, 0, 0, 0, 25, 0, 0, 0, 0] * 4))
    found = ahead(dossier)
    whole = found.leaf(EventsLeaf(events="deaths", max=20, window_months=1))
    area = found.leaf(EventsLeaf(events="deaths", max=20, window_months=1, area="A1"))

    assert np.array_equal(whole, area)
    assert 0.0 < (whole[1:] == 1).mean() < 1.0


def test_another_indicator_leaves_the_draws_of_the_first_untouched():
    """Every series has its own stream."""
    noisy = measured([58.0, 63.0, 61.0, 57.0, 64.0, 60.0] * 5)
    other = measured([9.0, 4.0, 7.0] * 10, indicator="I2")
    leaf = IndicatorLeaf(indicator="I1", min=60)
    alone = ahead(with_measurements(sound(), noisy)).leaf(leaf)
    both = ahead(with_measurements(sound(), noisy, other))
    both.leaf(IndicatorLeaf(indicator="I2", max=6))

    assert np.array_equal(both.leaf(leaf), alone)
