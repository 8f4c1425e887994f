"""Needs that nobody serves, and surveys that never stand without an interval or the word that none is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Consultation, Function, Indicator, Mission, Need
from exitplan.domain.tables import MeasurementTable
from exitplan.engine.takeover.needs import consultations, needs, surveys, wilson

ON = date(2026, 6, 30)


def dossier(rows: str = "", **kinds: Any) -> Dossier:
    mission = Mission(code="M", title="M", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    heads = "indicator,version,date,area,group,value,low,high,unit,source,method,verification,confidence,replaces,note"
    frame = pl.read_csv(f"{heads}\n{rows}".encode(), infer_schema=False)
    return Dossier(mission, kinds, measurements=MeasurementTable.parse(frame).table)


def indicator(**more: Any) -> Indicator:
    versions = [{"version": 1, "start": "2020-01-01", "definition": "Asked"}]
    base = {"code": "I1", "title": "Trust", "unit": "%", "better": "higher", "survey": True, "versions": versions}
    return Indicator.model_validate(base | more)


@given(st.integers(min_value=1, max_value=5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons_as_another_program_has_it(counted: tuple[int, int]) -> None:
    """scipy gives the same for every count."""
    found, asked = counted
    theirs = binomtest(found, asked).proportion_ci(method="wilson")
    assert wilson(found / asked, asked) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_the_interval_closes_with_more_people_and_never_leaves_the_scale() -> None:
    """Nobody of ten is not a certain none."""
    assert wilson(0.0, 10)[0] == pytest.approx(0.0)
    assert wilson(0.0, 10)[1] == pytest.approx(0.2775, abs=1e-4)
    assert wilson(1.0, 10)[1] == pytest.approx(1.0)
    widths = [high - low for low, high in (wilson(0.5, n) for n in (10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize(
    ("need", "served"),
    [
        ({}, "nobody"),
        ({"function": "F1"}, "served"),
        ({"function": "F2"}, "function_open"),
        ({"function": "F3"}, "function_open"),
        ({"programmes": ["PR1"]}, "served"),
        ({"function": "F2", "programmes": ["PR1"]}, "served"),
    ],
)
def test_a_need_is_served_by_a_function_somebody_carries_or_by_a_programme(need: dict[str, Any], served: str) -> None:
    """A function that is undecided or ends serves nobody."""
    functions = (
        Function(code="F1", title="F1", trade="police", destination="national"),
        Function(code="F2", title="F2", trade="police"),
        Function(code="F3", title="F3", trade="police", destination="discontinue"),
    )
    held = Need.model_validate({"code": "W1", "title": "W1", "level": "community", **need})
    (line,) = needs(dossier(function=functions, need=(held,)))
    assert line.served == served


def test_needs_that_nobody_serves_come_first() -> None:
    """Whatever their rank."""
    functions = (Function(code="F1", title="F1", trade="police", destination="national"),)
    held = (
        Need(code="W1", title="W1", level="national", function="F1"),
        Need(code="W2", title="W2", level="community", priority=9),
        Need(code="W3", title="W3", level="community", function="F1"),
    )
    assert [n.code for n in needs(dossier(function=functions, need=held))] == ["W2", "W3", "W1"]


def test_a_consultation_names_what_was_asked_for_there_and_none_is_told_before_it_was_held() -> None:
    """The latest first."""
    held = dossier(
        consultation=(
            Consultation(code="C1", title="C1", date=date(2025, 1, 1), women=3),
            Consultation(code="C2", title="C2", date=date(2026, 1, 1)),
            Consultation(code="C3", title="C3", date=date(2026, 7, 1)),
        ),
        need=(Need(code="W1", title="W1", level="community", consultation="C1"),),
    )
    found = consultations(held, ON)
    assert [(c.code, c.needs) for c in found] == [("C2", ()), ("C1", ("W1",))]


ROWS = """I1,1,2026-01-31,A1,,50,45,55,%,,survey,,,,
I1,1,2026-05-31,A1,,60,55,66,%,,survey,,,,
I1,1,2026-05-31,A1,sex=female,40,,,%,,survey,,,,
I1,1,2026-05-31,A1,sex=male,80,,,%,,survey,,,,
I1,1,2026-07-31,A1,,99,98,100,%,,survey,,,,"""


def test_the_latest_value_of_each_group_stands_with_its_interval() -> None:
    """Stated where it is, Wilson's where the people asked are known, and said to be unknown otherwise."""
    found = {s.group: s for s in surveys(dossier(ROWS, indicator=(indicator(sample={"sex=female": 200}),)), ON)}

    assert (found["total"].value, found["total"].low, found["total"].interval) == (60, 55, "stated")
    women = found["sex=female"]
    assert (women.interval, women.asked) == ("sample", 200)
    assert (women.low, women.high) == pytest.approx([100 * end for end in wilson(0.4, 200)])
    assert (found["sex=male"].interval, found["sex=male"].low) == ("none", None)


def test_an_interval_is_made_for_shares_alone() -> None:
    """A mean score of people asked has no interval of a share; an indicator that asks nobody is no survey."""
    score = indicator(unit="points", sample={"sex=female": 200})
    assert {s.interval for s in surveys(dossier(ROWS.replace(",%", ",points"), indicator=(score,)), ON)} == {
        "stated",
        "none",
    }
    assert surveys(dossier(ROWS, indicator=(indicator(survey=False),)), ON) == ()
