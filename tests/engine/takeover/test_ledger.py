"""The ledger: the least settled first, and nothing taken for granted."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Function, Handover, Institution, Mission, Partner
from exitplan.domain.results.takeover import Trouble
from exitplan.engine.takeover.institutions import courses
from exitplan.engine.takeover.ledger import TROUBLES, ledger, signed_state, troubles

ON = date(2026, 6, 30)


def function(code: str = "F1", **more: Any) -> Function:
    """A function for national institutions, paid for and not asked about."""
    given = {
        "code": code,
        "title": code,
        "trade": "police",
        "destination": "national",
        "cost_year": 1e6,
        "funded_year": 1e6,
    }
    return Function.model_validate(given | more)


def answered(acceptance: str = "yes", **more: Any) -> Function:
    """The same with the receiver's signed answer."""
    asked = function(acceptance=acceptance, answered_on=date(2026, 5, 1), **more)
    return asked.model_copy(update={"answered_terms": asked.terms, "answered_by": asked.receiver_partner})


def dossier(*functions: Function, **kinds: Any) -> Dossier:
    mission = Mission(code="M", title="M", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    return Dossier(mission, {"function": functions, "partner": (Partner(code="P1", title="P", type="ngo"),), **kinds})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"destination": "undecided"}, ("undecided", "not_asked")),
        ({"destination": "country_team"}, ("no_receiver", "not_asked")),
        ({"destination": "partner", "receiver_partner": "P1"}, ("not_asked",)),
        ({"acceptance": "asked"}, ("waiting",)),
        ({"acceptance": "no"}, ("refused", "unsigned")),
        ({"acceptance": "yes"}, ("unsigned",)),
        ({"acceptance": "with_conditions"}, ("unsigned", "conditions")),
        ({"funded_year": 0.0}, ("unfunded", "not_asked")),
        ({"funded_year": None}, ("unfunded", "not_asked")),
        ({"funded_year": 5e5}, ("not_asked", "part_funded")),
        ({"cost_year": None}, ("not_asked", "cost_unknown")),
        ({"cost_year": 0.0, "funded_year": None}, ("not_asked",)),
        ({"destination": "discontinue", "cost_year": None}, ()),
    ],
)
def test_everything_that_stands_against_a_function_is_named(given: dict[str, Any], wanted: tuple[str, ...]) -> None:
    """All of it at once, the worst first."""
    assert troubles(function(**given)) == wanted


def test_saying_nothing_is_never_an_acceptance() -> None:
    """A function as it is born has no answer, and what is not asked cannot be signed."""
    born = Function(code="F", title="F", trade="police")
    assert (born.acceptance, signed_state(born)) == ("not_asked", "none")
    assert signed_state(function(answered_on=date(2026, 5, 1))) == "none"


def test_an_answer_that_the_mission_wrote_down_is_not_signed() -> None:
    """However it reads."""
    for acceptance in ("yes", "no", "with_conditions"):
        assert signed_state(function(acceptance=acceptance)) == "unsigned"
    assert troubles(answered()) == ()
    assert troubles(answered("with_conditions")) == ("conditions",)


@pytest.mark.parametrize(
    "change",
    [
        {"cost_year": 2e6},
        {"funded_year": 1.0},
        {"gap": "Everything"},
        {"destination": "partner"},
        {"receiver_partner": "P2"},
        {"acceptance": "with_conditions"},
        {"title": "Another task"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_answer_does_not_outlive_the_terms_it_was_given_to(change: dict[str, Any]) -> None:
    """Cost, money, gap, receiver, name and the answer itself: what was not seen was not signed."""
    signed = answered(destination="partner" if "receiver_partner" in change else "national", receiver_partner="P1")
    assert signed_state(signed) == "signed"
    assert signed_state(signed.model_copy(update=change)) == "older"


def test_what_does_not_concern_the_receiver_may_change() -> None:
    """A French title, a remark, the office."""
    assert signed_state(answered().model_copy(update={"title_fr": "Police", "note": "x", "owner": "Y"})) == "signed"


def test_the_least_settled_comes_first_and_then_the_dearest() -> None:
    """Undecided, refused, unfunded, unanswered, then what is settled."""
    held = dossier(
        answered(code="SETTLED"),
        function("WAITING", acceptance="asked"),
        function("CHEAP", destination="undecided"),
        function("DEAR", destination="undecided", cost_year=9e6, funded_year=9e6),
        function("UNPAID", funded_year=0.0),
        answered("no", code="REFUSED"),
        function("ENDS", destination="discontinue"),
    )
    assert [f.code for f in ledger(held, ON)] == ["DEAR", "CHEAP", "REFUSED", "UNPAID", "WAITING", "SETTLED", "ENDS"]


def test_every_trouble_has_its_rank() -> None:
    """None can be forgotten in the order."""
    assert sorted(TROUBLES) == sorted(get_args(Trouble))


def test_people_are_added_up_and_gaps_are_not_netted() -> None:
    """Ten too many in one institution fill no gap of another; the weakest count and the oldest day stand for all."""
    held = dossier(
        function(),
        institution=(
            Institution(code="N1", title="N1", trade="police", function="F1", strength=110, need=100,
                        strength_date=date(2026, 5, 1), verification="independently_verified"),
            Institution(code="N2", title="N2", trade="police", function="F1", strength=60, need=100,
                        strength_date=date(2026, 1, 1)),
        ),
    )  # fmt: skip
    (line,) = ledger(held, ON, courses(held, ON))

    assert line.standing is not None
    assert (line.standing.strength, line.standing.need, line.standing.gap) == (170, 200, 40)
    assert (line.standing.verification, line.standing.counted) == ("self_reported", date(2026, 1, 1))
    assert line.capacity is not None
    assert 0 < line.capacity.low < line.capacity.value < line.capacity.high < 1
    assert ledger(held, ON)[0].capacity is None


def test_days_are_those_of_hand_overs_still_to_come() -> None:
    """What is done is counted; what has no day is counted too, not left out."""
    steps = (
        Handover(code="H1", title="H1", function="F1", state="confirmed", transfer={"actual": "2025-01-01"}),
        Handover(code="H2", title="H2", function="F1", transfer={"baseline": "2026-09-01", "forecast": "2026-12-01"}),
        Handover(code="H3", title="H3", function="F1", transfer={"baseline": "2027-03-01"}),
        Handover(code="H4", title="H4", function="F1"),
    )
    (line,) = ledger(dossier(function(), handover=steps), ON)

    assert (line.handovers, line.handovers_done, line.undated) == (4, 1, 1)
    assert (line.first, line.last) == (date(2026, 12, 1), date(2027, 3, 1))
