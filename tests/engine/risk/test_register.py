"""The register: levels, controls, order, what is late, what has fired, and lenses that never mix."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.engine.risk.register import risks
from tests.domain.samples import ON, added, changed, sound, violence, with_violence


def risk(dossier, code, *, lens="civilians", likelihood=3, impact=3, on="2020-01-15", **fields):
    """The dossier with one risk more."""
    scores = fields.pop("scores", [{"on": on, "likelihood": likelihood, "impact": impact}])
    return added(dossier, "risks", code=code, lens=lens, scores=scores, **fields)


def lines(dossier, on=ON):
    """Lines of the register by code."""
    return {r.code: r for r in risks(dossier, on).risks}


@pytest.mark.parametrize(
    ("effectiveness", "likelihood_left", "residual"),
    [(1, 2, "low"), (2, 3, "medium"), (3, 3, "medium"), (4, 4, "medium"), (5, 4, "medium")],
)
def test_a_control_takes_its_steps_off_the_likelihood(effectiveness, likelihood_left, residual):
    """Two for an effective one, one for those that need improvement, none for the rest."""
    dossier = changed(
        risk(sound(), "R2", likelihood=4, impact=2), "controls", "K1", risk="R2", effectiveness=effectiveness
    )
    line = lines(dossier)["R2"]

    assert (line.likelihood, line.control, line.residual_likelihood, line.residual) == (
        4,
        effectiveness,
        likelihood_left,
        residual,
    )


def test_two_weak_controls_are_no_strong_one():
    """The best one counts, and only it."""
    dossier = added(sound(), "controls", code="K2", risk="R1", effectiveness=3)

    assert lines(dossier)["R1"].residual_likelihood == lines(sound())["R1"].residual_likelihood == 3


def test_likelihood_never_falls_below_one():
    """Off the scale there is nothing."""
    dossier = added(risk(sound(), "R2", likelihood=1), "controls", code="K2", risk="R2", effectiveness=1)

    assert lines(dossier)["R2"].residual_likelihood == 1


def test_the_missions_own_matrix_decides():
    """Another organisation, another colour for the same score."""
    strict = [["very_high"] * 5 for _ in range(5)]

    assert lines(sound(risk_matrix={"levels": strict}))["R1"].residual == "very_high"
    assert lines(sound())["R1"].residual == "high"


def test_risks_come_worst_first_within_their_lens():
    """Level before impact before likelihood; civilians, personnel and objectives apart."""
    dossier = risk(sound(), "LOW", likelihood=1, impact=1)
    dossier = risk(dossier, "TOP", likelihood=5, impact=5)
    dossier = risk(dossier, "OWN", lens="personnel", likelihood=5, impact=5)

    assert [r.code for r in risks(dossier, ON).risks] == ["TOP", "R1", "LOW", "OWN"]


def test_each_lens_has_its_own_top_five():
    """A sixth is left out; no lens borrows from another."""
    dossier = sound()
    for number in range(6):
        dossier = risk(dossier, f"P{number}", lens="personnel", likelihood=5 - number // 2)
    top = risks(dossier, ON).top

    assert top["civilians"] == ("R1",)
    assert top["personnel"] == ("P0", "P1", "P2", "P3", "P4")
    assert top["objective"] == ()


def test_the_level_of_a_quarter_ago_stands_beside():
    """So that a rise shows; none where it was not rated then."""
    scores = [{"on": "2020-01-15", "likelihood": 2, "impact": 2}, {"on": "2020-06-15", "likelihood": 5, "impact": 5}]
    dossier = risk(risk(sound(), "R2", scores=scores), "R3", on="2020-05-01")

    assert (lines(dossier)["R2"].previous, lines(dossier)["R2"].residual) == ("low", "very_high")
    assert lines(dossier)["R3"].previous is None


def test_a_risk_not_yet_rated_has_no_level_and_comes_last():
    """Not rated is not low: it stands in no cell and in no top list."""
    found = risks(risk(sound(), "R2", on="2020-09-01"), ON)

    assert [r.code for r in found.risks] == ["R1", "R2"]
    assert found.risks[1].residual is None
    assert all("R2" not in cell.risks for cell in found.matrix)
    assert "R2" not in found.top["civilians"]


def test_closed_risks_are_not_in_the_register():
    """Nor is their late work."""
    found = risks(changed(sound(), "risks", "R1", status="closed"), ON)

    assert found.risks == ()
    assert found.overdue == ()


def test_every_rated_open_risk_stands_in_one_cell():
    """The cells hold the register, with the level of the matrix."""
    dossier = risk(risk(sound(), "R2"), "R3", lens="personnel")
    found = risks(dossier, ON)

    assert sorted(code for cell in found.matrix for code in cell.risks) == ["R1", "R2", "R3"]
    assert {(c.lens, c.likelihood, c.impact, c.level) for c in found.matrix if "R1" in c.risks} == {
        ("civilians", 3, 4, "high")
    }


@pytest.mark.parametrize(
    ("treatment", "activity", "days"),
    [
        ({}, {}, 30),  # the activity was due on 31 May
        ({"due": "2020-06-20"}, {}, 10),  # its own date goes first
        ({"due": "2020-06-30"}, {}, 0),  # due today is not late
        ({"due": "2020-07-20"}, {}, 0),
        ({"done": "2020-06-01"}, {}, 0),
        ({}, {"done": "2020-06-01"}, 0),  # the activity did it
        ({"done": "2020-07-15"}, {}, 30),  # done only after the day
        ({"activity": None}, {}, 0),  # no date, not late
    ],
)
def test_a_treatment_is_late_by_its_own_date_or_its_activitys(treatment, activity, days):
    """Days past the date that holds, while undone."""
    dossier = changed(changed(sound(as_of=None), "treatments", "T1", **treatment), "activities", "X1", **activity)
    found = risks(dossier, ON)

    assert found.risks[0].treatments[0].overdue_days == days
    assert [t.code for t in found.overdue] == (["T1"] if days else [])


def test_offices_carry_their_risks_and_their_late_work():
    """Risks, those rated high, and overdue treatments; an office with late work alone is named too."""
    found = {o.owner: (o.risks, o.high, o.overdue) for o in risks(sound(), ON).owners}

    assert found == {"Force Headquarters": (1, 1, 0), "Police Component": (0, 0, 1)}


def test_a_risk_that_nobody_owns_or_treats_is_named():
    """High without treatment is a gap; low without treatment is a choice."""
    dossier = risk(risk(sound(), "BARE", likelihood=5, impact=5), "SMALL", likelihood=1, impact=1)
    found = risks(dossier, ON)

    assert found.without_owner == ("BARE", "SMALL")
    assert found.without_treatment == ("BARE",)


def test_a_trigger_that_is_met_has_fired_and_one_that_cannot_be_judged_is_shown():
    """Met first; unmet ones stay silent; the response and its deadline stand beside."""
    dossier = with_violence(sound(), violence([20]))
    for code, trigger in (
        ("UNSURE", {"indicator": "I2", "min": 5}),
        ("FIRED", {"events": "deaths", "min": 15}),
        ("QUIET", {"events": "deaths", "min": 100}),
    ):
        dossier = added(
            dossier, "contingencies", code=code, risk="R1", trigger=trigger, response=["Convene."], within_days=3
        )
    dossier = changed(dossier, "risks", "R1", trigger={"events": "deaths", "min": 15})
    found = risks(dossier, ON)

    assert [(t.kind, t.code, t.state) for t in found.triggers] == [
        ("risk", "R1", "met"),
        ("contingency", "FIRED", "met"),
        ("contingency", "UNSURE", "unknown"),
    ]
    assert (found.triggers[1].response, found.triggers[1].within_days) == (("Convene.",), 3)
    assert found.risks[0].trigger == "met"
    assert found.risks[0].contingencies == ("UNSURE", "FIRED", "QUIET")


def test_what_a_risk_concerns_is_named():
    """As kind and code, so that it can be found."""
    dossier = risk(sound(), "R2", area="A1", site="S1", gate="G1", handover="H1", function="F1")

    assert lines(dossier)["R2"].concerns == ("area:A1", "site:S1", "gate:G1", "handover:H1", "function:F1")


def test_a_review_that_is_late_is_counted_in_days():
    """From the day it was due."""
    dossier = changed(sound(), "risks", "R1", review_due="2020-06-01")

    assert lines(dossier)["R1"].review_overdue_days == 29
    assert lines(dossier, on=date(2020, 5, 1))["R1"].review_overdue_days == 0
