"""Reach from afar, and support after exit as far as its commitment bears it."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.domain.backing import backing
from exitplan.domain.kinds import Support
from exitplan.engine.partners.reach import reach, support_lines
from tests.domain.samples import ON, added, changed, sound

EXIT = date(2020, 12, 31)
READY = {
    "partner": "PA",
    "type": "quick_reaction",
    "amount": 220,
    "unit": "persons",
    "start": "2021-01-01",
    "end": "2021-12-31",
    "status": "signed",
    "reach_hours": 36,
    "mandate": "Resolution 2",
    "lift": "yes",
    "consent": "given",
}


def promise(**fields):
    """The sample with one commitment, and a bigger area that holds the first."""
    dossier = added(sound(), "areas", code="BIG")
    dossier = changed(dossier, "areas", "A1", parent="BIG")
    return added(dossier, "commitments", code="Q1", **(READY | fields))


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ()),
        ({"mandate": " "}, ("no-mandate",)),
        ({"lift": "no"}, ("no-lift",)),
        ({"lift": "unknown"}, ("no-lift",)),  # what is not known is not there
        ({"consent": "asked"}, ("no-consent",)),
        ({"consent": "unknown"}, ("no-consent",)),
        ({"consent": "not_needed"}, ()),
        ({"reach_hours": None}, ("no-hours",)),
        ({"end": "2020-12-31", "start": "2020-01-01"}, ("expired",)),  # gone on the day after the exit
        ({"start": "2021-01-02"}, ("late",)),
        ({"status": "pledged"}, ("not-firm",)),
        ({"status": "withdrawn", "lift": "no"}, ("withdrawn", "no-lift")),
    ],
)
def test_a_force_that_lacks_something_says_what(fields, missing):
    """Mandate, transport, consent, time and firmness, each by name."""
    (found,) = reach(promise(**fields), ON, EXIT)

    assert found.missing == missing


def test_only_quick_reaction_is_reach():
    """Trainers do not come in hours."""
    assert reach(promise(type="training"), ON, EXIT) == ()


def support(**fields):
    """Support that rests on the commitment."""
    plain = {"area": "A1", "strength": 0.3, "start": "2021-03", "end": "2021-10", "commitment": "Q1"}
    return Support.model_validate(plain | fields)


def test_support_without_a_commitment_is_handed_back_as_it_is():
    """The very same value, so that nothing can differ."""
    plain = support(commitment=None)

    assert backing(sound(), plain).support is plain


@pytest.mark.parametrize(
    ("fields", "asked", "left"),
    [
        ({}, {}, ("A1", "2021-03", "2021-10")),
        ({"end": "2021-06-15"}, {}, ("A1", "2021-03", "2021-06")),
        ({"start": "2021-05-20"}, {}, ("A1", "2021-05", "2021-10")),
        ({"area": "A1"}, {"area": None}, ("A1", "2021-03", "2021-10")),  # the commitment is for one area only
        ({"area": "BIG"}, {}, ("A1", "2021-03", "2021-10")),
        ({"area": "A1"}, {"area": "BIG"}, ("A1", "2021-03", "2021-10")),
        ({"status": "announced"}, {}, ("A1", "2021-03", "2021-10")),
        ({"consent": "not_needed"}, {}, ("A1", "2021-03", "2021-10")),
    ],
)
def test_a_commitment_bounds_the_months_and_the_area_of_support(fields, asked, left):
    """What both have in common is left, at the strength of the plan."""
    found = backing(promise(**fields), support(**asked))

    assert found.why == ""
    assert found.support is not None
    assert (found.support.area, found.support.start, found.support.end) == left
    assert found.support.strength == 0.3


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "withdrawn"}, "withdrawn"),
        ({"consent": "refused"}, "no-consent"),
        ({"consent": "unknown"}, "no-consent"),
        ({"end": "2021-02-28"}, "expired"),
        ({"start": "2021-11-01"}, "expired"),
        ({"area": "A2"}, "other-area"),
    ],
)
def test_a_commitment_that_does_not_bear_leaves_nothing(fields, why):
    """And says why."""
    found = backing(promise(**fields), support())

    assert (found.support, found.why) == (None, why)


def test_a_commitment_the_dossier_does_not_hold_bears_nothing():
    """A broken reference never widens what is counted."""
    assert backing(sound(), support()).support is None


def test_lines_of_support_show_first_what_is_not_counted():
    """With the reason beside it."""
    dossier = promise(status="withdrawn")
    plan = dossier.plan("P1").model_copy(update={"support": (support(commitment=None), support())})

    assert [(s.counted, s.why) for s in support_lines(dossier, plan)] == [(False, "withdrawn"), (True, "")]
    assert support_lines(dossier, None) == ()
