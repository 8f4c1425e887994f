"""Where the mission stands: unmet first, nothing averaged, everything owed named."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.condition import RANK
from exitplan.domain.facts import Facts
from exitplan.domain.results.readiness import FeasibleClock
from exitplan.engine.readiness.outlook import outlook
from exitplan.engine.readiness.status import status
from tests.domain.samples import ON, added, changed, measured, sound, with_measurements


def stand(dossier, **options):
    """The status of a dossier on the sample's day."""
    return status(dossier, ON, **({"courses": 100, "horizon": 6} | options))


def several():
    """Gates and criteria of every state: C1 met, C2 met, C3 unmet, C4 unknown."""
    dossier = with_measurements(sound(exit_gates=["G3"]), measured([72.0] * 24))
    dossier = added(dossier, "criteria", code="C3", benchmark="B1", condition={"indicator": "I1", "min": 90})
    dossier = added(dossier, "criteria", code="C4", benchmark="B1", condition={"indicator": "I2", "max": 9})
    dossier = added(dossier, "gates", code="G3", criteria=["C1", "C3"])
    dossier = added(dossier, "gates", code="G4", criteria=["C4"])
    return added(dossier, "gates", code="G5", criteria=["C1", "C3", "C4"])


def test_gates_come_unmet_first_and_exit_gates_before_others():
    """The reader meets the bar that is not reached before anything else."""
    found = stand(several())

    assert [RANK[g.verdict.state] for g in found.gates] == sorted(RANK[g.verdict.state] for g in found.gates)
    assert found.gates[0].code == "G3"
    assert found.gates[0].exit
    assert {g.code: g.unmet for g in found.gates}["G5"] == ("C3",)
    assert {g.code: g.unknown for g in found.gates}["G5"] == ("C4",)


def test_one_unmet_criterion_makes_the_benchmark_unmet():
    """Three of four is not three quarters; the unmet one is shown first."""
    (benchmark,) = stand(several()).benchmarks

    assert benchmark.verdict.state == "unmet"
    assert [c.verdict.state for c in benchmark.criteria] == ["unmet", "unknown", "met", "met"]


def test_a_criterion_shows_its_latest_value_with_its_bar():
    """Value, bar, date, age, source and trend side by side."""
    dossier = with_measurements(sound(), measured([40.0 + at for at in range(24)], until="2020-04"))
    shown = {c.code: c for c in stand(dossier).benchmarks[0].criteria}["C1"]

    assert (shown.indicator, shown.unit, shown.target, shown.baseline) == ("I1", "%", 60.0, 30.0)
    assert (shown.value, shown.date, shown.months_since_data, shown.source) == (63.0, "2020-04-30", 2, "SRC")
    assert shown.trend.better == "better"
    assert shown.trend.per_month.value == pytest.approx(1.0, abs=0.05)


def test_a_value_that_does_not_count_is_shown_beside_its_unknown():
    """An assumption is shown with its source, and is not met."""
    dossier = changed(sound(), "sources", "SRC", basis="assumption")
    shown = {c.code: c for c in stand(dossier).benchmarks[0].criteria}["C1"]

    assert (shown.verdict.state, shown.verdict.reason, shown.value) == ("unknown", "assumed", 69.0)


def test_what_is_owed_names_who_owes_it_and_what_waits():
    """One line a series, with criteria and gates held up."""
    dossier = with_measurements(several(), measured([72.0] * 24, until="2019-09"))
    owed = {m.indicator: m for m in stand(dossier).missing}

    assert owed["I1"].reason == "stale"
    assert owed["I1"].owed_by == "Police Component"
    assert owed["I1"].since == date(2020, 3, 30)
    assert owed["I1"].holds_up == ("criterion:C1", "gate:G1", "gate:G3", "gate:G5", "criterion:C3")
    assert owed["I2"].reason == "no-data"
    assert owed["I2"].holds_up == ("criterion:C4", "gate:G4", "gate:G5")


def test_nothing_is_owed_where_everything_is_known():
    """No line without a reason."""
    assert stand(sound()).missing == ()


def test_hand_overs_show_their_gates_and_their_slip():
    """Forecast against baseline, in days."""
    found = {h.code: h for h in stand(sound()).handovers}

    assert found["H1"].gates == {"G1": "met"}
    assert found["H1"].gates_open
    assert found["H1"].slip_days == 61
    assert found["H1"].receiver == "institution:N1"
    assert found["H2"].slip_days is None


def test_sites_show_what_is_left_to_do():
    """Steps done, days of the longest chain, certificates not yet issued, no agreed use."""
    site = {s.code: s for s in stand(sound()).sites}["S1"]

    assert (site.steps, site.steps_done, site.days_to_close) == (2, 1, 10)
    assert site.certificates_missing == ("clearance",)
    assert site.without_end_use


@pytest.mark.parametrize(
    ("fields", "without"),
    [
        ({}, True),
        ({"end_use": "school"}, True),  # nobody guards it
        ({"end_use": "school", "guard": "National police"}, False),
        ({"state": "handed_over", "closure": {"actual": "2020-05-01"}}, False),  # no longer the mission's
    ],
)
def test_a_site_without_use_or_guard_is_marked(fields, without):
    """Looting follows where either is missing."""
    assert {s.code: s for s in stand(changed(sound(), "sites", "S2", **fields)).sites}["S2"].without_end_use is without


def test_the_counterparts_own_rating_comes_first_and_only_the_latest_of_each():
    """A later rating replaces an earlier one of the same party; one after the day is not seen."""
    dossier = sound(as_of=None)
    for code, party, day in (
        ("AS1", "joint", "2020-03-01"),
        ("AS2", "self", "2020-01-01"),
        ("AS3", "self", "2020-04-01"),
        ("AS4", "mission", "2020-09-01"),
    ):
        dossier = added(dossier, "assessments", code=code, party=party, criterion="C1", date=day, rating="met")
    shown = {c.code: c for c in stand(dossier).benchmarks[0].criteria}["C1"]

    assert [a.code for a in shown.assessments] == ["AS3", "AS1"]


def test_the_outlook_given_is_the_outlook_used():
    """A caller that has looked ahead already pays once and gets the same answer."""
    dossier = sound()
    ahead = outlook(Facts(dossier, ON), courses=100, horizon=6, seed=1)

    assert stand(dossier, ahead=ahead) == stand(dossier)


def test_the_feasible_end_is_carried_beside_the_clocks():
    """Nothing of it is worked out here."""
    feasible = FeasibleClock(month="2021-04", binding="resource:R1", unplaced=1)

    assert stand(sound(), feasible=feasible).clocks.feasible == feasible


def test_no_earlier_day_no_changes():
    """Changes are asked for, or not listed."""
    assert stand(sound()).changes == ()
    assert stand(sound()).since is None
    assert stand(sound(), since=date(2020, 1, 1)).since == "2020-01-01"
