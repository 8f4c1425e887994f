"""Two clocks, which end counts, the gap, and which strikes first."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.facts import Facts
from exitplan.domain.kinds import Scenario
from exitplan.domain.months import month_of
from exitplan.engine.readiness.clocks import calendar, clocks
from exitplan.engine.readiness.outlook import outlook
from exitplan.engine.schedule.problem import deadline_month
from tests.domain.samples import ON, changed, measured, sound, with_measurements

PLAIN = Scenario(code="S", title="S")


def strike(dossier, *, horizon=12, scenario=PLAIN, plan=None):
    """Both clocks of a dossier on the sample's day."""
    facts = Facts(dossier, ON)
    return clocks(facts, outlook(facts, courses=200, horizon=horizon), plan=plan, scenario=scenario, horizon=horizon)


def opening_on(day, **mission):
    """A sample whose exit gate opens on a day for certain."""
    dossier = changed(sound(**mission), "criteria", "C2", condition={"on_or_after": day})
    return with_measurements(dossier, measured([72.0] * 24))


def test_the_scenario_ends_the_mission_before_the_plan_and_the_plan_before_the_mandate():
    """The nearest to the question asked counts, and the schedule goes by the same."""
    dossier = sound()
    plan = dossier.plan("P1")
    forced = Scenario(code="S", title="S", mandate_end=date(2020, 9, 15))
    open_end = changed(dossier, "plans", "P1", end=None).plan("P1")

    found = [
        calendar(dossier, ON, plan=plan, scenario=forced),
        calendar(dossier, ON, plan=plan, scenario=PLAIN),
        calendar(dossier, ON, plan=open_end, scenario=PLAIN),
        calendar(dossier, ON, plan=None, scenario=PLAIN),
    ]

    assert [(c.end, c.source) for c in found] == [
        (date(2020, 9, 15), "scenario:S"),
        (date(2021, 6, 30), "plan:P1"),
        (date(2020, 12, 31), "mandate:M1"),
        (date(2020, 12, 31), "mandate:M1"),
    ]
    for clock, (its_plan, scenario) in zip(found, [(plan, forced), (plan, PLAIN), (open_end, PLAIN)], strict=False):
        assert deadline_month(dossier, ON, its_plan, scenario) == (month_of(clock.end), clock.source)


@pytest.mark.parametrize(
    ("on", "end", "months"),
    [
        (date(2020, 6, 30), date(2020, 12, 31), 6),
        (date(2020, 6, 15), date(2020, 12, 14), 5),
        (date(2020, 1, 31), date(2020, 2, 29), 1),  # the last day of a month completes it
        (date(2020, 6, 30), date(2020, 6, 30), 0),
        (date(2020, 8, 31), date(2020, 6, 30), -2),
    ],
)
def test_months_left_are_whole_months(on, end, months):
    """A month that is not complete does not count."""
    dossier = changed(sound(), "mandates", "M1", end=end.isoformat(), start="2019-12-01")

    assert calendar(dossier, on, plan=None, scenario=PLAIN).months_left == months


@pytest.mark.parametrize(
    ("opens", "gap", "standing"),
    [
        ("2020-09-01", -3, "conditions_first"),
        ("2020-12-31", 0, "together"),
        ("2021-03-15", 3, "calendar_first"),
        ("2025-01-01", None, "calendar_first"),  # beyond the horizon, and the calendar is not
    ],
)
def test_the_gap_is_that_between_the_two_months(opens, gap, standing):
    """Positive when the conditions come after the date."""
    found = strike(opening_on(opens))

    assert (found.gap_months, found.standing) == (gap, standing)
    assert found.conditions.probability_at_calendar == (1.0 if gap is not None and gap <= 0 else 0.0)


def test_neither_clock_strikes_within_the_horizon():
    """Then nothing is said of the order."""
    assert strike(opening_on("2025-01-01"), horizon=3).standing == "beyond_horizon"


def test_an_unknown_exit_gate_leaves_the_clock_unknown():
    """It names the gate, and no month."""
    found = strike(with_measurements(sound(), measured([])))

    assert found.standing == "unknown"
    assert found.conditions.unknown == ("G1",)
    assert found.conditions.month is None
    assert found.conditions.probability_at_calendar is None


def test_what_is_kept_from_a_reader_is_not_called_missing_data():
    """A gate with a hidden criterion has no month, and says that it is not shown; data missing elsewhere are said first."""
    rule = {"all": [{"criterion": "C2"}, {"not_shown": "Office"}]}
    hidden = changed(opening_on("2020-01-01"), "gates", "G1", rule=rule)
    found = strike(hidden)

    assert (found.standing, found.conditions.unknown, found.conditions.not_shown) == ("not_shown", (), True)
    assert found.conditions.month is None
    assert not found.conditions.open_now


def test_a_mission_without_exit_gates_has_no_conditions_clock():
    """Nothing to wait for is not the same as everything open."""
    found = strike(opening_on("2020-01-01", exit_gates=[]))

    assert found.standing == "unknown"
    assert not found.conditions.open_now


def test_a_mission_whose_gates_are_open_could_leave_by_conditions_now():
    """The clock shows the month of the day itself."""
    found = strike(opening_on("2020-01-01"))

    assert found.conditions.open_now
    assert found.conditions.month == found.conditions.early == found.conditions.late == "2020-06"
