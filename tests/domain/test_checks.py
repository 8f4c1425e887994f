"""Each check seen to fail on a planted fault, and silent on a sound dossier."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from exitplan.domain.checks import CHECKS
from exitplan.domain.kinds import Mission
from tests.domain.samples import (
    MISSION,
    added,
    changed,
    measured,
    sound,
    violence,
    with_measurements,
    with_violence,
)


def change(plural, code, **fields):
    """Plants other fields in one entry."""
    return lambda d: changed(d, plural, code, **fields)


def add(plural, **fields):
    """Plants one entry more."""
    return lambda d: added(d, plural, **fields)


def both(first, second):
    """Plants two things."""
    return lambda d: second(first(d))


def values(*frames):
    """Plants measurements in place of the sample's."""
    return lambda d: with_measurements(d, *frames)


def counts(*frames):
    """Plants area-months in place of the sample's."""
    return lambda d: with_violence(d, *frames)


def mission(**fields):
    """Plants fields in the mission."""
    return lambda d: dataclasses.replace(d, mission=Mission.model_validate(MISSION | fields))


def rule(tree):
    """Plants a rule in a gate that nothing waits for."""
    return add("gates", code="G9", criteria=["C1"], rule=tree)


def norm(**fields):
    """Plants a framework with one norm."""
    own = {"code": "N1", "framework": "FW", "asks": "Something.", "topic": "planning", **fields}
    return both(add("frameworks", code="FW"), add("norms", **own))


def criterion(**condition):
    """Plants a criterion on one bar."""
    baseline = condition.pop("baseline", None)
    return add("criteria", code="C9", benchmark="B1", condition=condition, baseline=baseline)


def nested(levels):
    """A tree of so many levels."""
    return {"criterion": "C1"} if levels == 1 else {"all": [nested(levels - 1)]}


def versions(*spans):
    """Versions of an indicator as (number, start, end)."""
    return [{"version": n, "start": start, "end": end, "definition": "Counted."} for n, start, end in spans]


def parts(*roles):
    """Parts in a hand-over, each with an office of its own."""
    return [{"role": role, "office": f"Office {n}"} for n, role in enumerate(roles)]


def backed(**commitment):
    """A plan whose support in one area rests on a commitment."""
    promise = {"partner": "PA", "type": "police", "amount": 80, "unit": "persons", "area": "A1"} | {
        "start": "2020-07-01",
        "end": "2022-06-30",
        **commitment,
    }
    support = {"area": "A1", "strength": 0.2, "start": "2021-01", "end": "2021-12", "commitment": "Q9"}
    return both(add("commitments", code="Q9", **promise), change("plans", "P1", support=[support]))


FLAT = [["low"] * 5 for _ in range(5)]
FALLING = [["high", "low", "low", "low", "low"], *FLAT[1:]]

RUMOUR = {"code": "CM1", "type": "rumour", "audience": "market", "message": "They leave.", "date": "2020-01-01"}

PLANTED = [
    # parts in hand-overs, and support that rests on commitments
    (change("handovers", "H1", roles=parts("accountable", "accountable", "responsible")), "two-accountable", "roles"),
    (change("handovers", "H1", state="approved", roles=parts("responsible")), "no-accountable", "roles"),
    (change("handovers", "H1", state="approved", roles=parts("accountable")), "no-responsible", "roles"),
    (backed(status="withdrawn", consent="given"), "support-not-counted", "support[0].commitment"),
    (backed(consent="asked"), "support-not-counted", "support[0].commitment"),
    (backed(consent="given", end="2020-12-31"), "support-not-counted", "support[0].commitment"),
    (backed(consent="given", area="A2"), "support-not-counted", "support[0].commitment"),
    (
        add("signals", code="SG1", type="visa", direction="hinders", date="2020-07-01", partner="PA"),
        "date-in-future",
        "date",
    ),
    # codes and links
    (add("areas", code="A1"), "duplicate-code", "code"),
    (change("handovers", "H2", area="A9"), "unknown-reference", "area"),
    (mission(exit_gates=["G9"]), "unknown-reference", "exit_gates[0]"),
    (rule({"any": [{"criterion": "C9"}]}), "unknown-reference", "rule.any[0].criterion"),
    (both(change("areas", "A1", parent="A2"), change("areas", "A2", parent="A1")), "circle", "parent"),
    (change("criteria", "C1", condition={"all": [{"criterion": "C1"}]}), "circle", "condition"),
    (both(change("handovers", "H1", after=["H2"]), change("handovers", "H2", after=["H1"])), "circle", "after"),
    (change("sites", "S1", hub="S2"), "circle", "after"),
    # sources and texts
    (change("areas", "A1", basis="fact"), "fact-without-source", "sources"),
    (change("areas", "A1", note='=HYPERLINK("http://a")'), "formula", "note"),
    # times
    (mission(as_of="2009-12-31"), "date-before-start", "as_of"),
    (change("activities", "X1", done="2020-07-01"), "date-in-future", "done"),
    (change("activities", "X1", done="2009-07-01"), "date-before-start", "done"),
    (change("sites", "S1", opened="2020-01-01", closure={"forecast": "2019-01-01"}), "date-before-start", "closure"),
    (change("handovers", "H1", state="transferred"), "done-without-date", "transfer.actual"),
    (change("sites", "S2", closure={"actual": "2020-05-01"}), "date-without-done", "closure.actual"),
    (change("handovers", "H1", receiver_partner="PA"), "two-receivers", "receiver_partner"),
    # indicators and measurements
    (
        change("indicators", "I2", versions=versions((1, "2010-01-01", "2010-12-31"), (1, "2011-01-01", None))),
        "duplicate-version",
        "versions",
    ),
    (
        change("indicators", "I2", versions=versions((1, "2010-01-01", None), (2, "2011-01-01", None))),
        "overlapping-versions",
        "versions",
    ),
    (values(measured([1.0], indicator="I9")), "unknown-reference", "indicator"),
    (values(measured([1.0], version=7)), "unknown-reference", "version"),
    (values(measured([1.0], until="2009-01")), "outside-version", "date"),
    (values(measured([1.0], area="A9")), "unknown-reference", "area"),
    (values(measured([1.0], source="NONE")), "unknown-reference", "source"),
    (values(measured([1.0], group="sex=both")), "unknown-group", "group"),
    (values(measured([1.0], unit="persons")), "wrong-unit", "unit"),
    (values(measured([101.0])), "out-of-range", "value"),
    (values(measured([1.0], until="2020-07")), "date-in-future", "date"),
    (
        both(add("sources", code="SRC2", basis="fact"), values(measured([1.0]), measured([2.0], source="SRC2"))),
        "two-values",
        "value",
    ),
    (values(measured([1.0], replaces="LOST")), "unknown-reference", "replaces"),
    (values(measured([1.0], replaces="SRC")), "circle", "replaces"),
    # recorded violence
    (counts(violence([1], area="A9")), "unknown-reference", "area"),
    (counts(violence([1], source="")), "no-coverage", "source"),
    (change("sources", "SRC", covers_from=None, covers_to=None), "no-coverage", "source"),
    (counts(violence([1], until="2014-12")), "outside-coverage", "month"),
    (
        both(change("sources", "SRC", covers_to="2020-12"), counts(violence([1], until="2020-07"))),
        "date-in-future",
        "month",
    ),
    # conditions
    (rule(nested(13)), "too-deep", "rule"),
    (criterion(indicator="I1", min=101), "bar-out-of-range", "condition.min"),
    (criterion(indicator="I1", max=40), "bar-against-direction", "condition"),
    (criterion(indicator="I1", min=20, baseline=30), "target-behind-baseline", "condition"),
    (criterion(indicator="I2", max=50, baseline=30), "target-behind-baseline", "condition"),
    (rule({"veto": {"criterion": "C1"}}), "never-opens", "rule"),
    (
        rule({"all": [{"site": "S1", "states": ["open"]}, {"not": {"site": "S1", "states": ["open"]}}]}),
        "never-opens",
        "rule",
    ),
    (rule({"indicator": "I1", "max": 59}), "never-opens", "rule"),  # C1 asks for 60
    (rule({"all": [{"on_or_after": "2021-02-01"}, {"on_or_before": "2021-01-01"}]}), "never-opens", "rule"),
    (
        rule({"all": [{"site": "S1", "states": ["open"]}, {"site": "S1", "states": ["handed_over"]}]}),
        "never-opens",
        "rule",
    ),
    (change("handovers", "H1", gates=["G2"]), "never-opens", "gates"),
    (rule({"any": [{"criterion": "C1"}, {"criterion": "C2"}]}), "criterion-as-alternative", "rule"),
    # places
    (change("sites", "S2", latitude=40.0), "outside-every-area", "latitude"),
    (change("sites", "S2", longitude=0.3), "in-another-area", "area"),
    (
        change("sites", "S2", steps=[{"code": "a", "title": "A", "days": 1}, {"code": "a", "title": "A", "days": 2}]),
        "duplicate-code",
        "steps",
    ),
    (
        change("sites", "S2", steps=[{"code": "a", "title": "A", "days": 1, "after": ["b"]}]),
        "unknown-reference",
        "steps.a.after",
    ),
    (
        change(
            "sites",
            "S2",
            steps=[
                {"code": "a", "title": "A", "days": 1},
                {"code": "b", "title": "B", "days": 1, "after": ["a"], "done": "2020-05-01"},
            ],
        ),
        "done-out-of-order",
        "steps.b.done",
    ),
    (
        change(
            "sites",
            "S2",
            steps=[
                {"code": "a", "title": "A", "days": 1, "after": ["b"]},
                {"code": "b", "title": "B", "days": 1, "after": ["a"]},
            ],
        ),
        "circle",
        "steps",
    ),
    # plans and limits
    (change("plans", "P1", end="2020-01"), "date-before-start", "end"),
    (
        change("plans", "P1", steps=[{"site": "S2", "month": "2021-01"}, {"site": "S2", "month": "2021-02"}]),
        "planned-twice",
        "steps[1]",
    ),
    (change("plans", "P1", stays=["S2"]), "contradiction", "steps[1].site"),
    (change("plans", "P1", steps=[{"site": "S2", "month": "2022-01"}]), "outside-plan", "steps[0].month"),
    (change("plans", "P1", steps=[{"handover": "H1"}]), "no-month", "steps[0].month"),
    (
        change("plans", "P1", steps=[{"site": "S1", "month": "2020-12"}, {"site": "S2", "month": "2021-01"}]),
        "hub-before-spoke",
        "steps",
    ),
    (change("handovers", "H1", loads=[{"resource": "R1", "amount": 3}]), "never-feasible", "loads.R1"),
    (
        add("ceilings", code="CE2", start="2020-06", people="uniformed", least=600),
        "contradiction",
        "least",
    ),
    (mission(risk_matrix={"levels": FALLING}), "matrix-not-rising", "risk_matrix.levels"),
    # lessons and rumours
    (add("lessons", code="L1", finding="F.", action="Act.", due="2021-01-01"), "action-without-owner", "action_owner"),
    (add("lessons", code="L1", finding="F.", action="Act.", owner="Office"), "action-without-date", "due"),
    (add("lessons", code="L1", finding="F.", done="2020-01-01"), "done-without-action", "action"),
    (add("lessons", code="L1", finding="F.", applies_to=["gate", "doors"]), "not-a-kind", "applies_to[1]"),
    (add("lessons", code="L1", finding="F.", about=["gate:G8"]), "unknown-reference", "about[0]"),
    (add("communications", **RUMOUR, answered="2019-01-01", answer="No."), "answered-before-heard", "answered"),
    (add("communications", **RUMOUR, answered="2020-02-01"), "answered-without-answer", "answer"),
    # norms
    (norm(check={"every": "gaet", "has": {"filled": ["owner"]}}), "not-a-choice", "check"),
    (norm(check={"some": "gate", "has": {"filled": ["ownr"]}}), "not-a-choice", "check"),
    (norm(check={"all": [{"some": "risk", "has": {"values": {"lens": ["civilian"]}}}]}), "not-a-choice", "check"),
    (norm(check={"every": "gate", "has": {"named_by": ["criterium"]}}), "not-a-choice", "check"),
    (norm(shown_by=["gates"]), "not-a-choice", "check"),
    (add("norms", code="N1", framework="FW", asks="x", topic="planning"), "unknown-reference", "framework"),
]


def _name(plant):
    return f"{plant[1]}:{plant[2]}"


def test_a_sound_dossier_has_no_finding():
    """No check speaks without cause."""
    assert sound().findings == ()


@pytest.mark.parametrize("plant", PLANTED, ids=_name)
def test_a_planted_fault_is_found_where_it_was_planted(plant):
    """By its code and its field, in words that say what was wanted."""
    spoil, code, field = plant
    found = spoil(sound()).findings

    assert (code, field) in {(f.code, f.field) for f in found}
    assert all(f.wanted for f in found)
    assert all(len(f.value) <= 120 for f in found)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_every_check_has_been_seen_to_fail(check):
    """A guard that never barks is no guard."""
    assert any(list(check(spoil(sound()))) for spoil, _, _ in PLANTED)


def test_many_faults_are_found_together():
    """None hides another: every fault of a dossier with a dozen is reported at once."""
    dossier = sound()
    chosen = [
        p for p in PLANTED if p[1] in ("two-receivers", "never-feasible", "wrong-unit", "formula", "outside-plan")
    ]
    for spoil, _, _ in chosen:
        dossier = spoil(dossier)

    assert {p[1] for p in chosen} <= {f.code for f in dossier.findings}


def test_a_finding_names_the_place_it_was_read_from():
    """File and line, where they are known."""
    dossier = changed(
        dataclasses.replace(sound(), places={("handover", "H2"): "handovers.yaml:14"}), "handovers", "H2", area="A9"
    )

    assert [f.where for f in dossier.findings] == ["handovers.yaml:14"]


def test_an_unknown_code_is_answered_with_the_nearest_known():
    """A slip of the finger is easily mended."""
    (found,) = changed(sound(), "handovers", "H2", area="A11").findings

    assert "A1" in found.wanted


def test_an_entry_that_was_refused_is_not_an_unknown_reference():
    """Its own fault is reported; those who name it are not blamed."""
    dossier = changed(sound(), "handovers", "H2", area="A9")

    assert dataclasses.replace(dossier, broken=frozenset({("area", "A9")})).findings == ()


def test_swapped_coordinates_are_named():
    """A hint where one helps."""
    (found,) = changed(sound(), "sites", "S2", latitude=1.5, longitude=0.5).findings

    assert found.code == "outside-every-area"
    assert "swapped" in found.wanted


def test_a_thousand_measurements_are_checked_at_once():
    """Bulk rows are checked whole, each faulty one named."""
    frame = pl.concat([measured([50.0] * 100), measured([101.0] * 20, indicator="I1", area="A1")])

    assert len([f for f in with_measurements(sound(), frame).findings if f.code == "out-of-range"]) == 20
