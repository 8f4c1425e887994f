"""The difference between two plans in words: no number without its error, and no wish in it."""

from __future__ import annotations

import pytest

from exitplan.domain.results.explain import Estimate, Flip
from exitplan.wording import Wording
from exitplan.wording.differences import amount, both, by_kappa, measured, ranking, value
from tests.reports.differences import found

EN, FR = Wording("en"), Wording("fr")


@pytest.mark.parametrize(
    ("estimate", "measure", "signed", "said"),
    [
        ((11.136, 1.166), "deaths", True, "+11.1 ± 1.2"),
        ((-0.512, 0.034), "deaths", True, "-0.51 ± 0.03"),
        ((82.2, 2.4), "deaths", False, "82.2 ± 2.4"),
        ((0.0, 0.0), "deaths", True, "0.00 ± 0.00"),
        ((0.0382, 0.0035), "chance", True, "+3.8 ± 0.4 points"),
        ((0.002, 0.0004), "chance", True, "+0.20 ± 0.04 points"),
        ((0.541, 0.013), "chance", False, "54.1 ± 1.3 per cent"),
    ],
)
def test_an_amount_has_its_error_and_its_unit(estimate, measure, signed, said):
    """Differences of chances are points; chances are per cent; small errors do not vanish in rounding."""
    given = Estimate(value=estimate[0], error=estimate[1])

    assert amount(EN, given, measure, signed=signed).replace("\u2212", "-") == said


def test_both_plans_stand_beside_the_difference():
    """And the measure says what it is."""
    deaths, chance = found(), found("chance")

    assert both(EN, deaths, "A", "B") == "Under A: 20.0 ± 1.0. Under B: 10.0 ± 1.0. Difference: +10.0 ± 0.5."
    assert measured(EN, deaths) == "Deaths within 24 months"
    assert "definition R25) within 24 months" in measured(EN, chance)
    assert "in N-1 within" in measured(EN, chance.model_copy(update={"scope": "N-1"}))


@pytest.mark.parametrize(
    ("verdict", "flips", "said"),
    [
        ("flips", (Flip(kappa=0.371, error=0.02),), "change places where causal credibility is: 0.37 ± 0.02."),
        ("no-flip", (), "No flip"),
        ("not-told-apart", (), "not told apart from none"),
        ("equal", (), "equal in every future"),
    ],
)
def test_the_ranking_is_said_plainly(verdict, flips, said):
    """Each verdict in its own sentence, in both languages."""
    one = found().model_copy(update={"verdict": verdict, "flips": flips})

    assert said in ranking(EN, one)
    assert ranking(FR, one) != ranking(EN, one)


def test_causal_credibility_comes_with_all_three_differences():
    """At 0, a half and 1."""
    assert by_kappa(EN, found()).count("±") == 3


def test_values_of_assumptions_have_units_where_they_have_any():
    """People, kilometres an hour, and bare shares."""
    assert [value(EN, code, 143.6) for code in ("P50", "speed")] == ["144 people", "144 km/h"]
    assert value(EN, "kappa", 0.25) == "0.25"
