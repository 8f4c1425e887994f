"""Due diligence: support without a case is a gap, support that runs although it was stopped is a loud one."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from exitplan.domain.kinds import DueDiligence
from exitplan.engine.frameworks.diligence import cases, forces
from tests.domain.samples import ON, added, changed, sound

GIVEN = {"code": "Q1", "partner": "PA", "type": "training", "amount": 10, "unit": "persons", "start": "2020-01-01",
         "end": "2020-12-31", "status": "signed", "function": "F1"}  # fmt: skip
CASE = {
    "code": "DD1",
    "function": "F1",
    "risk": "medium",
    "assessed": "2020-02-01",
    "status": "proceed",
    "decided": "2020-02-10",
}


def supported(**fields):
    """The sample with a commitment to its police."""
    return added(sound(), "commitments", **{**GIVEN, **fields})


def state(dossier):
    """Where due diligence for the only supported function stands; None where none gets support."""
    found = forces(dossier, ON)
    return found[0].state if found else None


def test_nobody_supported_nothing_asked():
    """The sample's police gets nothing from outside."""
    assert forces(sound(), ON) == ()


@pytest.mark.parametrize("type_", ["training", "equipment", "money", "advisers"])
def test_support_without_a_case_is_a_gap(type_):
    """Training, equipment, money and advice all strengthen a force."""
    (line,) = forces(supported(type=type_), ON)

    assert (line.state, line.supports, line.uncovered) == ("no_case", ("commitment:Q1",), ("N1",))


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "lift"},
        {"status": "withdrawn"},
        {"status": "announced"},
        {"end": "2020-03-31"},
        {"start": "2020-10-01"},
        {"function": None},
    ],
    ids=str,
)
def test_what_is_no_running_support_asks_for_no_case(fields):
    """Other things, promises not begun, and what is over."""
    assert state(supported(**fields)) is None


def test_the_hosts_own_money_asks_for_no_case():
    """A country that pays its own police supports nobody from outside."""
    assert state(changed(supported(type="money"), "partners", "PA", type="host")) is None


def test_a_programme_and_mentors_are_support_too():
    """As long as the programme is paid for and runs."""
    programme = {
        "code": "PR1",
        "function": "F1",
        "start": "2020-01-01",
        "end": "2020-12-31",
        "budget": 5,
        "funded": 0.5,
    }

    assert state(added(sound(), "programmes", **programme)) == "no_case"
    assert state(added(sound(), "programmes", **{**programme, "funded": 0})) is None
    assert state(changed(sound(), "institutions", "N1", mentors_per_100=1)) == "no_case"


def test_mentors_in_a_force_without_a_function_are_seen():
    """An institution that carries no function of the dossier is listed by itself."""
    dossier = added(sound(), "institutions", code="N2", trade="military", strength=10, need=10, mentors_per_100=2)
    (line,) = forces(dossier, ON)

    assert (line.kind, line.code, line.state) == ("institution", "N2", "no_case")


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, "covered"),
        ({"function": None, "institution": "N1"}, "covered"),
        ({"area": "A1"}, "covered"),
        ({"area": "A2"}, "no_case"),
        ({"status": "open", "decided": None}, "not_decided"),
        ({"risk": None, "assessed": None}, "not_decided"),
        ({"review": "2020-06-01"}, "review_late"),
        ({"review": "2020-12-01"}, "covered"),
        ({"status": "proceed_with_measures", "measures": [{"text": "x", "due": "2020-05-01"}]}, "measures_late"),
        ({"status": "proceed_with_measures", "measures": [{"text": "x", "due": "2020-05-01", "done": "2020-04-01"}]}, "covered"),
        ({"status": "suspend"}, "suspended_running"),
        ({"status": "withdrawn"}, "suspended_running"),
    ],
    ids=str,
)  # fmt: skip
def test_a_case_covers_what_it_speaks_of_and_its_state_is_the_worst(fields, wanted):
    """Function, institution or area; undecided, overdue and stopped cases are told apart."""
    dossier = added(supported(), "due_diligence_cases", **{k: v for k, v in (CASE | fields).items() if v is not None})

    assert state(dossier) == wanted


def test_a_case_counts_only_the_support_it_names():
    """Suspended for the one commitment that has ended: nothing runs, nothing is loud."""
    dossier = added(supported(), "commitments", **{**GIVEN, "code": "Q2", "end": "2020-04-30"})
    named = {**CASE, "status": "suspend", "commitments": ["Q2"]}
    (case,) = cases(added(dossier, "due_diligence_cases", **named), ON)

    assert (case.running, case.loud) == ((), False)


def test_the_loudest_comes_first():
    """Support that runs although it was stopped stands above everything else."""
    dossier = added(supported(), "due_diligence_cases", **CASE)
    dossier = added(dossier, "due_diligence_cases", **{**CASE, "code": "DD2", "status": "suspend"})

    assert [(c.code, c.loud) for c in cases(dossier, ON)] == [("DD2", True), ("DD1", False)]


@pytest.mark.parametrize(
    "fields",
    [
        {"function": None},
        {"decided": None},
        {"assessed": None},
        {"status": "proceed_with_measures"},
        {"status": "forgiven"},
        {"risk": "unknown"},
        {"persons": ["somebody"]},
        {"measures": [{"owner": "nobody says what"}]},
    ],
    ids=str,
)
def test_a_case_that_is_not_whole_is_refused(fields):
    """A force, a day for each step, measures where it proceeds with them; and no field for persons."""
    given = {"title": "x", **CASE, **fields}
    with pytest.raises(ValidationError):
        DueDiligence.model_validate({k: v for k, v in given.items() if v is not None})


def test_the_day_is_the_day_asked_for():
    """Support that had not begun on an earlier day is not seen there."""
    assert forces(supported(), date(2019, 12, 31)) == ()
