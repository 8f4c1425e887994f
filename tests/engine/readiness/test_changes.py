"""What changed between two days: each kind of change seen, and nothing where nothing changed."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.facts import Facts
from exitplan.engine.readiness.changes import changes
from tests.domain.samples import ON, added, changed, measured, sound, violence, with_measurements, with_violence

BEFORE = date(2020, 3, 31)


def seen(dossier, before=BEFORE, on=ON):
    """Changes as (kind, code, what, before, after, worse)."""
    return [
        (c.kind, c.code, c.what, c.before, c.after, c.worse)
        for c in changes(Facts(dossier, before), Facts(dossier, on))
    ]


def steady(**mission):
    """A sample in which nothing changes in the quarter."""
    return with_measurements(sound(**mission), measured([72.0] * 24))


def test_nothing_changes_in_a_steady_quarter():
    """No line without news."""
    assert seen(steady()) == []


def test_a_day_compared_with_itself_has_no_changes():
    """Whatever the dossier."""
    assert seen(sound(), before=ON) == []


def test_a_bar_reached_shows_on_criterion_benchmark_and_gate():
    """And the value that crossed it."""
    dossier = with_measurements(sound(), measured([50.0] * 22 + [65.0] * 2))

    assert seen(dossier) == [
        ("gate", "G1", "state", "unmet", "met", False),
        ("criterion", "C1", "state", "unmet", "met", False),
        ("benchmark", "B1", "state", "unmet", "met", False),
        ("indicator", "I1", "value", "50", "65", False),
    ]


def test_a_bar_lost_is_worse_and_data_gone_stale_is_worse_than_met():
    """Lost by violence, lost by silence."""
    violent = with_violence(steady(), violence([20]))
    silent = with_measurements(sound(), measured([72.0] * 24, until="2019-11"))

    assert ("criterion", "C2", "state", "met", "unmet", True) in seen(violent)
    assert ("criterion", "C1", "state", "met", "unknown", True) in seen(silent)


def test_between_unmet_and_unknown_nobody_can_say_which_is_worse():
    """Neither better nor worse."""
    dossier = with_measurements(sound(), measured([50.0] * 24, until="2019-11"))

    assert ("criterion", "C1", "state", "unmet", "unknown", None) in seen(dossier)


def test_a_change_is_dated_only_where_it_happened_in_between():
    """A state that began before the earlier day has no date to show."""
    dossier = with_measurements(sound(), measured([50.0] * 22 + [65.0] * 2))
    (gate, *_) = changes(Facts(dossier, BEFORE), Facts(dossier, ON))

    assert gate.date == "2020-05-31"


@pytest.mark.parametrize(
    ("after", "better", "told"),
    [
        (74.0, "higher", []),  # little
        (84.0, "higher", [("indicator", "I1", "value", "72", "84", False)]),
        (62.0, "higher", [("indicator", "I1", "value", "72", "62", True)]),
    ],
)
def test_a_value_is_news_when_it_moved_far(after, better, told):
    """A twentieth of the range, or across the bar."""
    assert seen(with_measurements(sound(), measured([72.0] * 23 + [after]))) == told


@pytest.mark.parametrize(
    ("plural", "code", "fields", "line"),
    [
        (
            "handovers",
            "H1",
            {"state": "transferred", "transfer": {"actual": "2020-05-02"}},
            ("handover", "H1", "transferred", "", "transferred", False),
        ),
        (
            "handovers",
            "H2",
            {"state": "reversed", "reversals": [{"date": "2020-04-02", "why": "Unrest."}]},
            ("handover", "H2", "reversed", "", "reversed", True),
        ),
        (
            "sites",
            "S2",
            {"state": "handed_over", "closure": {"actual": "2020-05-02"}},
            ("site", "S2", "closed", "", "handed_over", False),
        ),
        ("activities", "X1", {"done": "2020-05-02"}, ("activity", "X1", "done", "", "", False)),
        ("treatments", "T1", {"done": "2020-05-02"}, ("treatment", "T1", "done", "", "", False)),
        (
            "decisions",
            "D1",
            {"status": "taken", "date": "2020-05-02", "options": [{"code": "YES", "title": "Yes"}], "chosen": "YES"},
            ("decision", "D1", "taken", "", "YES", None),
        ),
    ],
)
def test_what_was_done_in_between_shows_once(plural, code, fields, line):
    """And not when it was done before, or is compared with a day after it."""
    dossier = changed(steady(), plural, code, **fields)

    assert line in seen(dossier)
    assert line not in seen(dossier, before=date(2020, 5, 2))
    assert line not in seen(dossier, on=date(2020, 4, 1))


def test_a_risk_rated_anew_shows_its_levels():
    """Residual level before and after; a first rating has none before."""
    scores = [
        {"on": "2020-01-15", "likelihood": 4, "impact": 4},
        {"on": "2020-05-15", "likelihood": 5, "impact": 5},
    ]
    dossier = changed(steady(), "risks", "R1", scores=scores)
    dossier = added(
        dossier, "risks", code="R2", lens="personnel", scores=[{"on": "2020-06-01", "likelihood": 1, "impact": 1}]
    )

    assert seen(dossier) == [
        ("risk", "R1", "score", "high", "very_high", True),
        ("risk", "R2", "score", "", "low", None),
    ]


def test_a_definition_that_changed_is_news_whatever_the_values_say():
    """Metrics are versioned: the break shows."""
    versions = [
        {"version": 1, "start": "2010-01-01", "end": "2020-04-30", "definition": "Certified once."},
        {"version": 2, "start": "2020-05-01", "definition": "Certified each year.", "change": "redefined"},
    ]
    dossier = changed(steady(), "indicators", "I1", versions=versions)

    assert ("indicator", "I1", "redefined", "1", "2", None) in seen(dossier)
    assert ("criterion", "C1", "state", "met", "unknown", True) in seen(dossier)
