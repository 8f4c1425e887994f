"""The rules of R1 to R8 and of the band, on exits made up for the purpose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.cases import Case, CaseFact, Figure, Figures
from exitplan.engine.cases.outcomes import outcome

BASE = {
    "code": "TEST",
    "title": "TEST – Somewhere",
    "title_fr": "TEST – Quelque part",
    "hosts": ["XKA"],
    "region": "africa",
    "mandate": {"text": "-", "text_fr": "-", "sources": ["S"]},
    "start": {"date": "1995", "sources": ["S"]},
    "departure": {"date": "2000-06-30", "sources": ["S"]},
    "exit": {"kind": "not_coded"},
}


def case_of(**changes) -> Case:
    """A case that left on 30 June 2000."""
    return Case.model_validate(BASE | changes)


def fact(day, dimension, reading, mark=None) -> dict:
    """A coded fact."""
    return {
        "date": day, "text": "-", "text_fr": "-", "sources": ["S"], "dimension": dimension, "reading": reading, "mark": mark
    }  # fmt: skip


def series(name, values, area="XKA") -> list[Figure]:
    """A series by year."""
    return [Figure(series=name, area=area, period=str(year), value=value, source="S") for year, value in values.items()]


def quiet(until=2015, **of_year) -> list[Figure]:
    """No death from 1995 on, but for the years named."""
    deaths = dict.fromkeys(range(1995, until + 1), 0.0)
    return [
        *series("state_based", deaths | {int(k[1:]): v for k, v in of_year.items()}),
        *series("non_state", deaths),
        *series("one_sided", deaths),
    ]


def band(figures, **changes) -> tuple[str, str]:
    """Band and what decided it."""
    found = outcome(case_of(**changes), Figures(tuple(figures)))
    return found.band, found.reason


NEW = {"name": "Force", "start": "2003-02", "uniformed": True, "relation": "new", "sources": ["S"]}


@pytest.mark.parametrize(
    ("figures", "changes", "wanted"),
    [
        (quiet(), {}, ("sustained", "ten-years")),
        (quiet(until=2006), {}, ("holding", "so-far")),
        (quiet(until=2001), {}, ("too_early", "too-few-years")),
        ([], {}, ("not_coded", "no-data")),
        (quiet(y2010=25.0), {}, ("mixed", "relapse")),
        (quiet(y2011=25.0), {}, ("sustained", "ten-years")),
        (quiet(y2000=900.0), {}, ("sustained", "ten-years")),
        (quiet(y2005=1000.0), {}, ("failed", "war-soon")),
        (quiet(y2005=999.0), {}, ("mixed", "relapse")),
        (quiet(y2006=1000.0), {}, ("mixed", "relapse")),
        (quiet(), {"presences": [NEW]}, ("failed", "return-soon")),
        (quiet(), {"presences": [NEW | {"relation": "follow_on"}]}, ("sustained", "ten-years")),
        (quiet(), {"presences": [NEW | {"uniformed": False}]}, ("sustained", "ten-years")),
        (quiet(), {"presences": [NEW | {"start": "2005-08"}]}, ("sustained", "ten-years")),
        (quiet(), {"facts": [fact("2002", "R5", "adverse", "collapse")]}, ("failed", "collapse-soon")),
        (quiet(), {"facts": [fact("2002", "R5", "adverse", "mutiny")]}, ("mixed", "r5-adverse")),
        (quiet(), {"facts": [fact("1999-01", "R5", "adverse", "collapse")]}, ("sustained", "ten-years")),
        (
            quiet(),
            {"facts": [fact("2002", "R5", "adverse"), fact("2002", "R5", "clear")]},
            ("contested", "sources-differ"),
        ),
        (quiet() + series("coups", {2003: 2.0}), {}, ("mixed", "r4-adverse")),
        (quiet() + series("coups", {2003: 1.0}), {}, ("sustained", "ten-years")),
        (quiet() + series("refugees", {2000: 50_000.0, 2001: 60_000.0, 2002: 62_501.0}), {}, ("mixed", "r6-adverse")),
        (
            quiet() + series("refugees", {2000: 50_000.0, 2001: 60_000.0, 2002: 62_500.0}),
            {},
            ("sustained", "ten-years"),
        ),
        (quiet() + series("refugees", {2000: 100.0, 2001: 10_100.0, 2002: 0.0}), {}, ("sustained", "ten-years")),
        (quiet(), {"departure": None}, ("too_early", "never-all-left")),
    ],
)
def test_the_band_is_the_first_rule_that_holds(figures, changes, wanted):
    """Thresholds, horizons and the order of the rules, each at its edge."""
    assert band(figures, **changes) == wanted


@pytest.mark.parametrize(
    ("last", "after", "state"),
    [(40.0, 61.0, "adverse"), (40.0, 60.0, "clear"), (2.0, 25.0, "clear"), (2.0, 26.0, "adverse"), (0.0, 0.0, "clear")],
)
def test_civilians_are_judged_against_the_last_full_year_and_a_floor(last, after, state):
    """1.5 times as many as in 1999, and more than 25 a year."""
    figures = series("one_sided", {1999: last, 2001: after, 2002: after})

    assert outcome(case_of(), Figures(tuple(figures))).of("R3").state == state


def test_the_worst_of_several_hosts_counts():
    """Quiet in one country does not make up for the other."""
    figures = quiet() + series("state_based", {2003: 40.0}, area="XKB")

    assert outcome(case_of(hosts=["XKA", "XKB"]), Figures(tuple(figures))).of("R1", 5).value == 40.0


def test_nothing_is_filled_in():
    """Without a series a dimension has no value and says so."""
    found = outcome(case_of(), Figures())

    assert {d.dimension: d.state for d in found.dimensions if d.dimension not in ("R1", "R2")} == {
        "R3": "no_data", "R4": "no_data", "R5": "no_data", "R6": "no_data", "R7": "no_data", "R8": "no_data"
    }  # fmt: skip
    assert all(d.value is None for d in found.dimensions if d.dimension != "R2")


@given(st.dictionaries(st.integers(1995, 2020), st.floats(0, 1e5), max_size=26))
def test_more_years_of_data_never_turn_adverse_into_clear(by_year):
    """What was seen stays seen: a longer horizon is adverse wherever a shorter one is."""
    found = outcome(case_of(), Figures(tuple(series("state_based", by_year))))
    states = [found.of("R1", horizon).state for horizon in (2, 5, 10)]

    assert all(b == "adverse" for a, b in pairwise(states) if a == "adverse")
    assert "clear" not in states or not any(v >= 25 for y, v in by_year.items() if 2001 <= y <= 2002)


def test_a_year_of_exit_is_no_year_after():
    """A calendar year that mixes before and after is not counted."""
    assert CaseFact.model_validate(fact("2000", "R5", "clear")).date == "2000"
    assert outcome(case_of(), Figures(tuple(quiet(y2000=500.0)))).of("R1", 2).state == "clear"
