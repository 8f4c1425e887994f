"""Growth of institutions: closed forms, limit cases, weights, and draws that belong to one institution."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.domain.kinds import Area, Scenario
from exitplan.engine.capacity.growth import area_weights, beliefs, capacity, course, quality, strength
from exitplan.engine.capacity.priors import COUNT_DOUBT, PRIORS
from tests.domain.samples import ON, added, changed, entry, sound


def people(start=800.0, *, months=24, attrition=0.0, intake=0.0, before=0.0, passing=1.0, delay=6, payroll=1e9):
    """People on duty in one draw."""
    return strength(
        np.array([start]),
        attrition=np.array([attrition]),
        intake=np.full(months + 1, intake),
        before=before,
        passing=np.array([passing]),
        delay=delay,
        payroll=payroll,
    )[:, 0]


def level(start=0.4, *, months=24, growth=0.0, ceiling=0.9, decay=0.0):
    """Quality in one draw."""
    return quality(start, growth=np.array([growth]), ceiling=ceiling, decay=np.array([decay]), months=months)[:, 0]


def institution(**fields):
    """A police of 800 for a need of 1,000, unless told."""
    return entry("institutions", {"code": "N1", "trade": "police", "strength": 800, "need": 1000} | fields)


def test_without_attrition_and_intake_nobody_comes_or_goes():
    """Limit case."""
    assert np.all(people() == 800.0)


@pytest.mark.parametrize("attrition", [0.01, 0.05, 1.0])
def test_attrition_alone_is_a_geometric_decline(attrition):
    """Closed form: N (1 - a)^t."""
    assert people(attrition=attrition) == pytest.approx(800.0 * (1 - attrition) ** np.arange(25))


def test_intake_against_attrition_settles_at_their_ratio():
    """Closed form: N* + (N0 - N*) (1 - a)^t with N* = pass * intake / a."""
    found = people(attrition=0.02, intake=30.0, before=30.0, passing=0.8)
    settled = 0.8 * 30.0 / 0.02

    assert found == pytest.approx(settled + (800.0 - settled) * 0.98 ** np.arange(25))


@pytest.mark.parametrize("delay", [0, 1, 6])
def test_who_begins_now_joins_after_the_course(delay):
    """Closed form: nobody joins before month L when no course was under way, and from then on as many as begin."""
    found = people(intake=10.0, delay=delay)
    joined = 10.0 * np.maximum(0, np.arange(25) - max(delay - 1, 0))

    assert found == pytest.approx(800.0 + joined)


def test_the_payroll_ends_recruitment_and_dismisses_nobody():
    """Up to the need; above it only attrition."""
    assert people(intake=100.0, before=100.0, payroll=1000.0)[-1] == 1000.0
    assert people(1200.0, intake=100.0, before=100.0, payroll=1000.0)[-1] == 1200.0


def test_quality_without_growth_and_decay_stays():
    """Limit case."""
    assert np.all(level() == 0.4)


def test_decay_alone_is_a_geometric_decline():
    """Closed form: Q (1 - delta)^t."""
    assert level(decay=0.01) == pytest.approx(0.4 * 0.99 ** np.arange(25))


def test_small_steps_of_growth_are_the_logistic_curve():
    """Closed form in the limit of small steps: Verhulst's curve, within the error of a monthly step."""
    t = np.arange(241)
    exact = 0.9 / (1.0 + (0.9 / 0.1 - 1.0) * np.exp(-0.02 * t))

    assert level(0.1, months=240, growth=0.02) == pytest.approx(exact, abs=0.006)


def test_growth_against_decay_settles_below_the_ceiling():
    """Closed form: the level at which growth equals decay, Qmax (1 - delta / g)."""
    assert level(months=2000, growth=0.04, decay=0.01)[-1] == pytest.approx(0.9 * (1 - 0.01 / 0.04))


def test_quality_above_its_ceiling_sinks_towards_it():
    """The ceiling holds from both sides."""
    found = level(1.0, months=500, growth=0.05)

    assert np.all(np.diff(found) <= 0.0)
    assert found[-1] == pytest.approx(0.9, abs=1e-3)


@given(
    st.floats(0.05, 1.0),
    st.floats(0.0, 0.3),
    st.floats(0.1, 1.0),
    st.floats(0.0, 0.3),
)
def test_quality_is_always_a_share(start, growth, ceiling, decay):
    """Whatever the parameters."""
    found = level(start, growth=growth, ceiling=ceiling, decay=decay)

    assert np.all((found >= 0.0) & (found <= 1.0))


def test_the_count_is_as_wide_as_its_verification():
    """Standard deviation of the log: 0.05 verified, 0.10 joint, 0.20 self-reported."""
    shared = beliefs(PRIORS, draws=20_000, seed=1)
    for verification, width in COUNT_DOUBT.items():
        drawn = course(institution(verification=verification), shared, on=ON, horizon=1, seed=1).people[0]

        assert np.std(np.log(drawn)) == pytest.approx(width, rel=0.03)
        assert np.median(drawn) == pytest.approx(800.0, rel=0.01)


def test_an_old_count_is_wider_than_a_fresh_one():
    """People are followed from the day they were counted."""
    shared = beliefs(PRIORS, draws=5000, seed=1)
    fresh = course(institution(strength_date=ON.isoformat()), shared, on=ON, horizon=1, seed=1).people[0]
    old = course(institution(strength_date="2017-06-30"), shared, on=ON, horizon=1, seed=1).people[0]

    assert np.std(np.log(old)) > np.std(np.log(fresh))
    assert np.median(old) < np.median(fresh)  # no intake in this one


def test_attrition_stated_at_15_percent_stands_for_7_to_28_percent():
    """The prior in words: 90 % of the draws."""
    shared = beliefs(PRIORS, draws=40_000, seed=1)
    drawn = course(
        institution(attrition_year=0.15, verification="independently_verified"), shared, on=ON, horizon=12, seed=1
    ).people
    lost = 1.0 - drawn[12] / drawn[0]

    assert np.quantile(lost, [0.05, 0.5, 0.95]) == pytest.approx([0.074, 0.15, 0.28], abs=0.01)


def test_unpaid_people_leave_sooner():
    """Half the salaries late costs people."""
    shared = beliefs(PRIORS, draws=2000, seed=1)
    paid, unpaid = (
        np.median(course(institution(paid_on_time=share), shared, on=ON, horizon=24, seed=1).people[-1])
        for share in (1.0, 0.5)
    )

    assert unpaid < 0.9 * paid


def test_mentors_raise_quality():
    """More mentors, more growth."""
    shared = beliefs(PRIORS, draws=2000, seed=1)
    alone, mentored = (
        np.median(course(institution(mentors_per_100=m), shared, on=ON, horizon=24, seed=1).capacity[-1])
        for m in (0.0, 3.0)
    )

    assert mentored > alone


def test_capacity_is_quality_times_presence():
    """c = Q min(1, N / need), at the day itself."""
    shared = beliefs(PRIORS, draws=500, seed=1)
    drawn = course(institution(quality=0.6), shared, on=ON, horizon=1, seed=1)

    assert drawn.capacity[0] == pytest.approx(0.6 * np.minimum(1.0, drawn.people[0] / 1000))


def test_a_scenario_scales_capacity_from_its_start_on():
    """Before it nothing changes; never above 1."""
    plain = capacity(sound(), ON, draws=100, horizon=6)
    halved = capacity(
        sound(), ON, draws=100, horizon=6, scenario=Scenario(code="S", title="S", start="2020-10", host_capacity=0.5)
    )
    medians = [(a.median, b.median) for a, b in zip(plain.areas[0].months, halved.areas[0].months, strict=True)]

    assert all(b == a for a, b in medians[:3])
    assert all(b == pytest.approx(a / 2) for a, b in medians[3:])


def test_months_begin_after_the_day():
    """The first month is the one after that of the day."""
    found = capacity(sound(), ON, draws=50, horizon=3)

    assert [m.month for m in found.institutions[0].months] == ["2020-07", "2020-08", "2020-09"]


def test_bands_hold_their_median():
    """Low, median and high in order, everywhere."""
    found = capacity(sound(), ON, draws=200, horizon=12)

    for month in [*found.institutions[0].months, *found.areas[0].months]:
        assert month.low <= month.median <= month.high
        assert month.strength_low <= month.strength <= month.strength_high


@pytest.mark.parametrize(("strength_now", "chance"), [(2000, 1.0), (100, 0.0)])
def test_the_chance_of_nine_tenths_of_the_need(strength_now, chance):
    """People on duty, in some month of the horizon."""
    dossier = changed(sound(), "institutions", "N1", strength=strength_now)

    assert capacity(dossier, ON, draws=200, horizon=6).institutions[0].probability_full == chance


def weights(dossier, area="A1"):
    """Weights of one area."""
    return area_weights(dossier, dossier.find(Area, area))


def test_weights_follow_trades_and_are_made_whole_over_what_exists():
    """Police 0.4, military 0.4, justice and corrections together 0.2; what is not there is left out."""
    dossier = added(sound(), "institutions", code="N2", trade="military", strength=1, need=1)
    whole = added(dossier, "institutions", code="N3", trade="justice", strength=1, need=1)
    whole = added(whole, "institutions", code="N4", trade="corrections", strength=1, need=1)

    assert weights(sound()) == {"N1": 1.0}
    assert weights(dossier) == pytest.approx({"N1": 0.5, "N2": 0.5})
    assert weights(whole) == pytest.approx({"N1": 0.4, "N2": 0.4, "N3": 0.1, "N4": 0.1})


def test_an_areas_own_institution_comes_before_the_country_wide_one():
    """The nearest carries; the country-wide one serves where there is none."""
    dossier = added(sound(), "institutions", code="N2", trade="police", function="F1", strength=1, need=1)

    assert weights(dossier, "A1") == {"N1": 1.0}
    assert weights(dossier, "A2") == {"N2": 1.0}


def test_a_function_may_have_a_weight_of_its_own():
    """The planner's weight goes before the trade's."""
    dossier = changed(sound(), "functions", "F1", weight=0.1)
    dossier = added(dossier, "institutions", code="N2", trade="military", strength=1, need=1)

    assert weights(dossier) == pytest.approx({"N1": 0.2, "N2": 0.8})


def test_offices_that_do_not_count_for_security_have_no_weight():
    """Administration carries work, and no security cover; an area with nothing else has no line."""
    dossier = changed(sound(), "institutions", "N1", trade="administration")

    assert weights(dossier) == {}
    assert capacity(dossier, ON, draws=50, horizon=2).areas == ()


def test_areas_that_hold_smaller_ones_have_no_line_of_their_own():
    """The futures are drawn for the smallest areas; a region's institution serves its districts."""
    dossier = changed(sound(), "areas", "A2", parent="A1")

    assert [a.area for a in capacity(dossier, ON, draws=50, horizon=2).areas] == ["A2"]
    assert weights(dossier, "A2") == {"N1": 1.0}


def test_another_institution_leaves_the_first_as_it_was():
    """Each has its own stream."""
    more = added(sound(), "institutions", code="N0", trade="military", strength=10, need=10)

    def first(dossier):
        return next(i for i in capacity(dossier, ON, draws=50, horizon=2).institutions if i.code == "N1")

    assert first(more) == first(sound())


def test_same_seed_same_result_and_another_seed_another():
    """Seeded, and the seed matters."""
    one, again, other = (capacity(sound(), ON, draws=50, horizon=2, seed=s) for s in (1, 1, 2))

    assert one == again
    assert one != other


@pytest.mark.parametrize("options", [{"draws": 0}, {"horizon": 0}, {"seed": -1}])
def test_a_look_at_nothing_is_refused(options):
    """No draw, no month, no seed: no answer."""
    with pytest.raises(InvalidValue):
        capacity(sound(), ON, **options)


def test_every_prior_has_its_evidence_and_its_source():
    """A number without them may not shape a course."""
    assert all(p.mark and p.source and p.unit and p.sd > 0 for p in PRIORS.priors)


def test_a_count_from_the_future_is_taken_as_of_the_day():
    """Nothing is wound back."""
    shared = beliefs(PRIORS, draws=100, seed=1)
    ahead = course(institution(strength_date=date(2021, 1, 1).isoformat()), shared, on=ON, horizon=2, seed=1)

    assert ahead.people.shape == (3, 100)
