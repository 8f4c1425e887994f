"""What is known on a day: met only on fresh, verified, sourced values; everything else unknown, with whom it is owed by."""

from __future__ import annotations

import threading
import time
from datetime import date

import pytest

from exitplan.domain.condition import (
    AllOf,
    CriterionLeaf,
    DateLeaf,
    EventsLeaf,
    HandoverLeaf,
    HiddenLeaf,
    IndicatorLeaf,
    LikelihoodLeaf,
    RiskLeaf,
    SiteLeaf,
)
from exitplan.domain.facts import KEPT_DAYS, Facts, facts_on
from exitplan.domain.kinds import Benchmark, Criterion, Gate
from tests.domain.samples import ON, added, changed, measured, sound, violence, with_measurements, with_violence


def verdict(dossier, leaf, on=ON):
    """The verdict on one leaf."""
    return Facts(dossier, on).leaf(leaf)


def bar(values, *, until="2020-06", on=ON, columns=None, **leaf):
    """State and reason of a bar on one series."""
    dossier = with_measurements(sound(), measured(values, until=until, **(columns or {})))
    found = verdict(dossier, IndicatorLeaf(indicator="I1", **leaf), on)
    return found.state, found.reason


@pytest.mark.parametrize(
    ("values", "leaf", "state", "reason"),
    [
        ([60.0], {"min": 60}, "met", "bar-held"),  # at the bar
        ([59.9], {"min": 60}, "unmet", "below-bar"),
        ([60.0], {"max": 60}, "met", "bar-held"),
        ([60.1], {"max": 60}, "unmet", "above-bar"),
        ([60.0], {"min": 50, "max": 59}, "unmet", "above-bar"),
        ([40.0, 80.0], {"min": 60, "window_months": 2}, "met", "bar-held"),
        ([30.0, 80.0], {"min": 60, "window_months": 2}, "unmet", "below-bar"),  # though the latest value passes
        ([50.0, 70.0, 70.0], {"min": 60, "persist_months": 2}, "met", "bar-held"),
        ([50.0, 70.0, 70.0], {"min": 60, "persist_months": 3}, "unmet", "not-held-long-enough"),
        ([70.0, 70.0], {"min": 60, "persist_months": 3}, "unknown", "too-short"),
        ([], {"min": 60}, "unknown", "no-data"),
    ],
)
def test_a_bar_is_judged_on_its_window_and_for_as_long_as_asked(values, leaf, state, reason):
    """At the bar is met; a mean is judged as a mean; months held are counted."""
    assert bar(values, **leaf) == (state, reason)


@pytest.mark.parametrize(
    ("until", "state"), [("2020-06", "met"), ("2019-12", "met"), ("2019-11", "unknown"), ("2012-01", "unknown")]
)
def test_a_value_counts_as_long_as_it_is_fresh(until, state):
    """Six months by default, to the month."""
    assert bar([72.0] * 3, until=until, min=60)[0] == state


def test_stale_data_say_since_when_and_by_whom():
    """The day on which freshness ran out, and the office that owes the next value."""
    dossier = with_measurements(sound(), measured([72.0], until="2019-09"))
    found = verdict(dossier, IndicatorLeaf(indicator="I1", min=60))

    assert (found.reason, found.since, found.owed_by) == ("stale", date(2020, 3, 30), "Police Component")


@pytest.mark.parametrize(
    ("given", "wanted", "state"),
    [
        ("self_reported", "self_reported", "met"),
        ("self_reported", "jointly_assessed", "unknown"),
        ("jointly_assessed", "independently_verified", "unknown"),
        ("independently_verified", "jointly_assessed", "met"),
    ],
)
def test_only_values_verified_enough_count(given, wanted, state):
    """Numbers about local forces need more than a report of their own."""
    assert bar([72.0] * 3, columns={"verification": given}, min=60, verification=wanted)[0] == state


def test_an_assumption_is_never_met():
    """A value whose source is an assumption, or which names no source, leaves the bar unknown."""
    leaf = IndicatorLeaf(indicator="I1", min=0)
    assumed = changed(sound(), "sources", "SRC", basis="assumption")
    unsourced = with_measurements(sound(), measured([72.0], source=""))

    assert (verdict(assumed, leaf).state, verdict(assumed, leaf).reason) == ("unknown", "assumed")
    assert (verdict(unsourced, leaf).state, verdict(unsourced, leaf).reason) == ("unknown", "assumed")


def test_in_a_fictional_country_every_value_is_made_up_and_counts():
    """Else nothing there could ever be shown."""
    dossier = with_measurements(sound(basis="fictional"), measured([72.0], source=""))

    assert verdict(dossier, IndicatorLeaf(indicator="I1", min=0)).state == "met"


def test_a_later_measurement_is_not_seen_on_an_earlier_day():
    """Every day is judged on what was known by then."""
    assert bar([50.0, 50.0, 72.0], min=60, on=date(2020, 5, 31))[0] == "unmet"
    assert bar([50.0, 50.0, 72.0], min=60)[0] == "met"


def test_a_replaced_value_gives_way():
    """The row that says what it replaces counts; the other is history."""
    first = measured([72.0], source="SRC")
    second = measured([55.0], source="SRC2", replaces="SRC")
    dossier = added(sound(), "sources", code="SRC2", basis="fact")

    assert verdict(with_measurements(dossier, first, second), IndicatorLeaf(indicator="I1", min=60)).state == "unmet"


@pytest.mark.parametrize(("change", "reason"), [("redefined", "redefined"), ("discontinued", "discontinued")])
def test_a_break_in_the_definition_leaves_the_bar_unknown(change, reason):
    """Old values do not count under a new definition, and none under none."""
    versions = [
        {"version": 1, "start": "2010-01-01", "end": "2020-05-31", "definition": "Certified once."},
        {"version": 2, "start": "2020-06-01", "definition": "Certified each year.", "change": change},
    ]
    dossier = with_measurements(
        changed(sound(), "indicators", "I1", versions=versions), measured([72.0] * 3, until="2020-05")
    )
    found = verdict(dossier, IndicatorLeaf(indicator="I1", min=60))

    assert (found.state, found.reason, found.since) == ("unknown", reason, date(2020, 6, 1))


@pytest.mark.parametrize(("low", "marginal"), [(55.0, True), (61.0, False), (None, False)])
def test_an_interval_across_the_bar_is_marginal(low, marginal):
    """Met, with the doubt beside it."""
    frame = measured([62.0], low=low, high=None if low is None else 66.0)
    found = verdict(with_measurements(sound(), frame), IndicatorLeaf(indicator="I1", min=60))

    assert (found.state, found.marginal) == ("met", marginal)


@pytest.mark.parametrize(
    ("deaths", "leaf", "state"),
    [
        ([4, 0, 6], {"max": 10}, "met"),
        ([4, 0, 7], {"max": 10}, "unmet"),
        ([11] + [0] * 12, {"max": 10}, "met"),  # thirteen months ago
        ([11] + [0] * 11, {"max": 10}, "unmet"),
        ([4, 0, 7], {"min": 11}, "met"),
        ([4, 0, 7], {"min": 12}, "unmet"),
        ([4, 0, 7], {"max": 0, "area": "A2"}, "met"),
        ([4, 0, 7], {"max": 0, "types": (2, 3)}, "met"),
        ([4, 0, 7], {"max": 0, "window_months": 70}, "unknown"),  # longer than the source covers
    ],
)
def test_recorded_violence_is_summed_over_its_window(deaths, leaf, state):
    """Area, kind and window as asked; a window longer than the record is unknown."""
    dossier = with_violence(sound(), violence(deaths))

    assert verdict(dossier, EventsLeaf(events="deaths", **leaf)).state == state


@pytest.mark.parametrize(
    ("covers_to", "state"), [("2020-06", "met"), ("2020-03", "met"), ("2020-02", "unknown"), (None, "unknown")]
)
def test_months_that_no_source_covers_are_not_calm(covers_to, state):
    """The record may lag three months, no more."""
    covers = {"covers_to": covers_to} if covers_to else {"covers_from": None, "covers_to": None}
    dossier = with_violence(changed(sound(), "sources", "SRC", **covers), violence([]))

    assert verdict(dossier, EventsLeaf(events="deaths", max=10)).state == state


@pytest.mark.parametrize(
    ("leaf", "state"),
    [
        (DateLeaf(on_or_after=date(2020, 6, 30)), "met"),
        (DateLeaf(on_or_after=date(2020, 7, 1)), "unmet"),
        (DateLeaf(on_or_before=date(2020, 6, 30)), "met"),
        (DateLeaf(on_or_before=date(2020, 6, 29)), "unmet"),
        (RiskLeaf(risk="R1", at_most="high"), "met"),
        (RiskLeaf(risk="R1", at_most="medium"), "unmet"),
        (RiskLeaf(risk="R1", at_least="high"), "met"),
        (RiskLeaf(risk="R1", at_least="very_high"), "unmet"),
        (LikelihoodLeaf(likelihood_of="R1", min=4), "met"),
        (LikelihoodLeaf(likelihood_of="R1", min=5), "unmet"),
        (SiteLeaf(site="S1", states=("open",)), "met"),
        (SiteLeaf(site="S1", states=("cleared", "handed_over")), "unmet"),
        (HandoverLeaf(handover="H1", states=("proposed",)), "met"),
        (HandoverLeaf(handover="H1", states=("transferred",)), "unmet"),
        (HiddenLeaf(not_shown="Legal Office"), "unknown"),
        (IndicatorLeaf(indicator="NOBODY", min=1), "unknown"),
        (RiskLeaf(risk="NOBODY", at_most="low"), "unknown"),
        (SiteLeaf(site="NOBODY", states=("open",)), "unknown"),
        (HandoverLeaf(handover="NOBODY", states=("proposed",)), "unknown"),
        (CriterionLeaf(criterion="NOBODY"), "unknown"),
    ],
)
def test_every_kind_of_leaf_has_its_bar(leaf, state):
    """Bars are met where they stand; what does not exist is unknown, never met."""
    assert verdict(sound(), leaf).state == state


def test_a_risk_before_its_first_score_is_unknown():
    """Not rated is not low."""
    found = verdict(sound(), RiskLeaf(risk="R1", at_most="low"), on=date(2020, 1, 14))

    assert (found.state, found.reason) == ("unknown", "not-scored")


def test_a_criterion_that_asks_for_itself_is_unknown():
    """No endless search, and no met by default."""
    dossier = changed(sound(), "criteria", "C1", condition={"criterion": "C2"})
    dossier = changed(dossier, "criteria", "C2", condition={"criterion": "C1"})

    assert Facts(dossier, ON).criterion("C1").state == "unknown"


def test_a_benchmark_without_criteria_is_unknown():
    """Nothing asked is nothing reached."""
    dossier = added(sound(), "benchmarks", code="B2", statement="Nothing.")

    assert Facts(dossier, ON).benchmark(dossier.find(Benchmark, "B2")).reason == "no-criteria"


def test_a_gate_names_itself_and_shows_what_it_was_judged_from():
    """The verdict of a gate never travels without its grounds, unmet first."""
    dossier = with_violence(sound(), violence([20]))
    found = Facts(dossier, ON).gate(dossier.find(Gate, "G1"))

    assert found.about == "gate:G1"
    assert [(p.about, p.state) for p in found.parts] == [("criterion:C2", "unmet"), ("criterion:C1", "met")]


def test_a_condition_of_any_shape_can_be_asked_for():
    """Triggers are judged as gates are."""
    tree = AllOf(all=(CriterionLeaf(criterion="C1"), DateLeaf(on_or_after=ON)))

    assert Facts(sound(), ON).condition(tree).state == "met"


def test_threads_that_ask_at_once_find_no_circle(monkeypatch):
    """Readers share what was worked out for a day: that another asks the same just now is no criterion asking for itself."""
    facts = Facts(sound(), ON)
    code = sound().of(Criterion)[0].code
    patient = Facts.leaf

    def slow(self, leaf):
        time.sleep(0.02)
        return patient(self, leaf)

    monkeypatch.setattr(Facts, "leaf", slow)
    found = []
    threads = [threading.Thread(target=lambda: found.append(facts.criterion(code))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert {(v.state, v.reason) for v in found} == {(found[0].state, Facts(sound(), ON).criterion(code).reason)}


def test_facts_of_a_day_are_kept_with_the_dossier_and_few_of_them():
    """A page, the outlook and the risks ask for the same day; whoever asks for many days does not fill the memory."""
    dossier = sound()
    first = facts_on(dossier, ON)
    assert facts_on(dossier, ON) is first
    for day in range(1, 20):
        facts_on(dossier, date(2019, 1, day))
    assert len(dossier.__dict__["_facts"]) <= KEPT_DAYS
    assert facts_on(sound(), ON) is not first
