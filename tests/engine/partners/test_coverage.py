"""What partners cover: single points of failure, gaps, overlaps, what ends early and what lags."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.engine.partners.coverage import by_function, by_kind, ends, late, untied
from exitplan.engine.partners.partners import partners
from tests.domain.samples import ON, added, changed, sound

EXIT = date(2020, 12, 31)


def promise(dossier, code, partner="PA", **fields):
    """The dossier with one commitment more."""
    plain = {"type": "training", "amount": 40, "unit": "persons", "start": "2020-01-01", "end": "2021-12-31"}
    return added(
        dossier, "commitments", code=code, partner=partner, **(plain | {"function": "F1", "status": "signed"} | fields)
    )


def two_partners():
    """A second partner beside the first."""
    return added(sound(), "partners", code="PB", type="state")


def row(dossier, area=None):
    """The row of the function, or of the function in one area."""
    return next(r for r in by_function(dossier, ON) if r.function == "F1" and r.area == area)


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ([], "none"),
        (["announced"], "not_firm"),
        (["pledged", "announced"], "not_firm"),
        (["withdrawn"], "none"),
        (["signed"], "single"),
        (["signed", "pledged"], "single"),
        (["signed", "delivered"], "several"),
    ],
)
def test_a_row_counts_the_partners_that_are_firm(statuses, verdict):
    """Announced or pledged is not firm, withdrawn is nothing, one alone is a single point of failure."""
    dossier = two_partners()
    for n, (status, partner) in enumerate(zip(statuses, ("PA", "PB"), strict=False)):
        dossier = promise(dossier, f"Q{n}", partner, status=status)

    assert row(dossier).verdict == verdict


def test_two_promises_of_one_partner_are_one_point_of_failure():
    """Partners are counted, not papers."""
    assert row(promise(promise(sound(), "Q1"), "Q2", type="money")).verdict == "single"


def test_what_has_ended_stands_no_more():
    """The last day still counts, the day after does not."""
    assert row(promise(sound(), "Q1", end="2020-06-30")).verdict == "single"
    assert row(promise(sound(), "Q1", end="2020-06-29")).verdict == "none"


def test_several_that_promise_the_same_kind_are_named():
    """Two trainers overlap; a trainer and a payer do not."""
    dossier = promise(promise(two_partners(), "Q1"), "Q2", "PB")

    assert row(dossier).overlaps == ("training",)
    assert row(promise(promise(two_partners(), "Q1"), "Q2", "PB", type="money")).overlaps == ()


def test_an_area_has_its_own_row_with_what_names_it_or_none():
    """What was promised for another area does not count there."""
    dossier = promise(promise(two_partners(), "Q1", area="A1"), "Q2", "PB", area="A2")

    assert row(dossier).verdict == "several"
    assert row(dossier, "A1").verdict == row(dossier, "A2").verdict == "single"
    assert row(promise(dossier, "Q3", "PB"), "A1").verdict == "several"


def test_a_hand_over_lends_its_function_and_area():
    """A commitment that names only the hand-over stands in its row."""
    dossier = promise(sound(), "Q1", function=None, handover="H1")

    assert row(dossier, "A1").verdict == "single"
    assert untied(dossier, ON) == ()
    assert untied(promise(sound(), "Q1", function=None), ON) == ("Q1",)


def test_a_kind_of_which_nothing_stands_any_more_is_a_gap():
    """It was promised once, and the row says that nobody does now."""
    dossier = promise(promise(sound(), "Q1"), "Q2", type="lift", status="withdrawn")

    assert [(r.type, r.verdict) for r in by_kind(dossier, ON)] == [("lift", "none"), ("training", "single")]


def test_rows_come_worst_first():
    """A function nobody stands behind before one that two carry."""
    dossier = promise(promise(added(two_partners(), "functions", code="F2", trade="justice"), "Q1"), "Q2", "PB")

    assert [r.verdict for r in by_function(dossier, ON)] == ["none", "several"]


def test_what_ends_before_the_exit_or_its_hand_over_is_named_with_the_days():
    """The largest gap first; what lasts to the day itself is in order."""
    dossier = changed(sound(), "handovers", "H1", transfer={"forecast": "2020-11-30"})
    dossier = promise(dossier, "Q1", end="2020-10-31", handover="H1")
    dossier = promise(dossier, "Q2", end="2020-12-31")
    found = ends(dossier, ON, EXIT)

    assert [(e.commitment, e.before, e.days) for e in found] == [("Q1", "exit", 61), ("Q1", "handover:H1", 30)]
    assert ends(promise(sound(), "Q1"), ON, None) == ()


@pytest.mark.parametrize(
    ("delivered", "days"),
    [(0, 182), (20, 91), (40, None), (80, None)],  # half of the year has gone: 182 of 365 days
)
def test_what_lags_is_late_since_the_day_it_was_due(delivered, days):
    """An even delivery over the period is what is compared with."""
    dossier = promise(
        sound(), "Q1", amount=80, delivered=delivered, start="2019-12-31", end="2020-12-29", status="pledged"
    )
    found = late(dossier, ON)

    assert [d.days_late for d in found] == ([] if days is None else [days])


def test_withdrawn_is_not_late():
    """It is gone, and stands with the gaps."""
    assert late(promise(sound(), "Q1", status="withdrawn"), ON) == ()


@pytest.mark.parametrize(("days", "silent"), [(44, ("PA",)), (45, ("PA",)), (46, ())])
def test_a_partner_is_silent_after_the_days_asked_for(days, silent):
    """Counted from the last contact; a partner never spoken to comes first."""
    dossier = added(two_partners(), "engagements", code="E1", partner="PA", date="2020-05-16")
    for partner in ("PA", "PB"):
        dossier = promise(dossier, f"Q-{partner}", partner=partner)
    found = partners(dossier, ON, exit_day=None, plan=None, silent_days=days).silent

    assert [s.partner for s in found] == ["PB", *silent]


PARTS = {
    "role": lambda d: changed(d, "handovers", "H1", roles=[{"role": "consulted", "partner": "PB"}]),
    "receiver of a hand-over": lambda d: changed(d, "handovers", "H1", receiver_partner="PB"),
    "receiver of a function": lambda d: changed(d, "functions", "F1", receiver_partner="PB"),
    "receiver of a site": lambda d: changed(d, "sites", "S1", receiver_partner="PB"),
    "commitment": lambda d: promise(d, "Q1", partner="PB"),
    "agreement": lambda d: added(d, "agreements", code="AG1", parties=["PB"], type="other"),
    "request": lambda d: added(d, "requests", code="RQ1", partner="PB", text="x", asked="2020-01-01"),
}


@pytest.mark.parametrize("part", PARTS)
def test_whoever_has_a_part_may_be_silent(part):
    """Each sort of part counts, one by one."""
    dossier = added(two_partners(), "engagements", code="E1", partner="PA", date="2020-05-16")
    found = partners(PARTS[part](dossier), ON, exit_day=None, plan=None)

    assert [s.partner for s in found.silent] == ["PB"]
    assert found.without_part == 1


def test_whoever_has_no_part_is_counted_and_not_called_silent():
    """Troop contributors who are named and nothing more would fill the table."""
    dossier = added(two_partners(), "engagements", code="E1", partner="PA", date="2019-01-16")
    found = partners(dossier, ON, exit_day=None, plan=None)

    assert (found.silent, found.without_part) == ((), 2)


def test_without_any_contact_on_record_nobody_is_called_silent():
    """A reader who sees no contact is not told that there was none."""
    assert partners(sound(), ON, exit_day=None, plan=None).silent == ()


def test_hand_overs_with_gaps_come_first_and_unmet_checks_before_met_ones():
    """Nobody accountable stands above a hand-over in order; a failed test above one that was passed."""
    checks = [
        {"kind": "command", "topic": "liaison", "status": status} for status in ("tested", "agreed", "open", "failed")
    ]
    roles = [{"role": "accountable", "office": "Ministry"}, {"role": "responsible", "partner": "PA"}]
    dossier = changed(sound(), "handovers", "H1", state="approved", roles=roles, checks=checks)
    dossier = added(dossier, "handovers", code="H9", function="F1", state="trial", roles=roles[1:])
    found = partners(dossier, ON, exit_day=None, plan=None).handovers

    assert [(h.code, h.gaps) for h in found][:1] == [("H9", ("no-accountable",))]
    whole = next(h for h in found if h.code == "H1")
    assert [c.status for c in whole.checks] == ["failed", "open", "agreed", "tested"]
    assert [r.role for r in whole.roles] == ["responsible", "accountable"]


def test_objectives_nobody_shares_come_first():
    """The others follow with those who share them."""
    dossier = sound()
    for code in ("O1", "O2"):
        dossier = added(dossier, "objectives", code=code, dimension="security", end_state="Safe.")
    dossier = changed(dossier, "partners", "PA", objectives=["O1"])
    found = partners(dossier, ON, exit_day=None, plan=None).objectives

    assert [(o.code, o.partners) for o in found] == [("O2", ()), ("O1", ("PA",))]
