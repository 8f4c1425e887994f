"""The chance that a gate is open: bounds, unknowns, seeds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.domain.facts import Facts
from exitplan.domain.months import month_index, month_of
from exitplan.engine.readiness.outlook import Outlook, first_month, outlook
from tests.domain.samples import ON, changed, measured, sound, with_measurements

NOISY = [58.0, 63.0, 61.0, 57.0, 64.0, 60.0, 55.0, 66.0] * 4


def look(dossier, **options):
    """An outlook from the sample's day."""
    return outlook(Facts(dossier, ON), **({"courses": 400, "horizon": 12} | options))


def noisy(**fields):
    """The sample with a series that goes above and below its bar, and another gate of two bars."""
    dossier = with_measurements(sound(), measured(NOISY), measured([v - 50 for v in NOISY], indicator="I2"))
    dossier = changed(dossier, "criteria", "C2", condition={"indicator": "I2", "max": 11})
    return changed(dossier, "gates", "G1", **fields) if fields else dossier


def test_a_gate_whose_bars_are_held_for_good_has_a_chance_of_one():
    """Closed form: a constant series above the bar, and a country without a death."""
    dossier = changed(sound(), "criteria", "C2", condition={"events": "deaths", "max": 1000})
    found = look(with_measurements(dossier, measured([72.0] * 24)))

    assert {o.probability for o in found.opening("G1")} == {1.0}
    assert [o.month for o in found.opening("G1")][::12] == ["2020-06", "2021-06"]
    assert found.gate_months()["G1"] == month_of(ON)


def test_a_gate_with_an_unknown_criterion_has_no_estimate():
    """Neither a chance nor a month, however well the other criterion stands."""
    found = look(with_measurements(sound(), measured([], indicator="I1")))

    assert found.opening("G1") == ()
    assert found.gate_months()["G1"] is None


def test_a_gate_that_cannot_open_is_known_to_stay_shut_whatever_is_unknown():
    """Unmet in every course settles it: the chance is 0, not unknown."""
    dossier = changed(sound(), "criteria", "C2", condition={"on_or_after": "2040-01-01"})
    found = look(with_measurements(dossier, measured([], indicator="I1")))

    assert {o.probability for o in found.opening("G1")} == {0.0}
    assert found.gate_months()["G1"] is None


def test_the_joint_chance_lies_between_the_bounds_of_frechet():
    """For any tie between the criteria: max(0, sum - (n - 1)) and the least of the chances."""
    found = look(noisy())
    chances = [np.array([(part[t] == 1).mean() for t in range(13)]) for part in found.parts["G1"].values()]

    assert len(chances) == 2
    for t, month in enumerate(found.opening("G1")):
        assert month.low == pytest.approx(max(0.0, chances[0][t] + chances[1][t] - 1.0))
        assert month.high == pytest.approx(min(chances[0][t], chances[1][t]))
        assert month.low <= month.probability <= month.high
    assert any(o.low < o.probability < o.high for o in found.opening("G1"))


@given(
    st.lists(st.lists(st.sampled_from([-1, 1]), min_size=8, max_size=8), min_size=1, max_size=5),
)
def test_no_tie_between_parts_leaves_the_bounds(parts):
    """Any joint pattern of parts has its joint chance inside the bounds."""
    named = {f"criterion:C{at}": np.array([part], dtype=np.int8) for at, part in enumerate(parts)}
    gate = np.minimum.reduce(list(named.values()))
    (month,) = Outlook(origin=0, gates={"G": gate}, parts={"G": named}).opening("G")

    assert month.low <= month.probability <= month.high


def test_several_gates_open_together_no_more_often_than_each():
    """The exit waits for all of them in the same course."""
    found = look(noisy())
    joint, alone = found.joint(["G1", "G2"]), found.opening("G1")

    assert all(a.probability <= b.probability for a, b in zip(joint, alone, strict=True))
    assert found.joint([]) == ()


def test_a_higher_chance_is_never_reached_sooner():
    """Months by threshold rise, and a threshold nobody reaches has none."""
    found = look(with_measurements(sound(), measured([40.0 + 0.7 * at for at in range(20)])))
    months = [found.gate_months(p)["G1"] for p in (0.1, 0.5, 0.9)]

    assert months == sorted(months, key=lambda m: 10**9 if m is None else m)
    assert (
        first_month(found.opening("G1"), 0.5) is None or month_index(first_month(found.opening("G1"), 0.5)) == months[1]
    )


def test_same_seed_same_bits_and_another_seed_others():
    """Seeded, and the seed matters."""
    first, again, other = look(noisy(), seed=1), look(noisy(), seed=1), look(noisy(), seed=2)

    assert np.array_equal(first.gates["G1"], again.gates["G1"])
    assert not np.array_equal(first.gates["G1"], other.gates["G1"])


def test_another_gate_leaves_the_first_as_it_was():
    """What is asked besides changes no answer."""
    assert np.array_equal(
        look(noisy()).gates["G1"], look(changed(noisy(), "gates", "G2", rule={"indicator": "I2", "max": 3})).gates["G1"]
    )


@pytest.mark.parametrize("options", [{"courses": 0}, {"horizon": 0}, {"seed": -1}])
def test_an_outlook_of_nothing_is_refused(options):
    """No course, no month, no seed: no answer."""
    with pytest.raises(InvalidValue):
        look(noisy(), **options)


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_chance_is_refused(probability):
    """A share in [0, 1]."""
    with pytest.raises(InvalidValue):
        look(noisy()).gate_months(probability)
