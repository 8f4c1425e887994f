"""The sequence is feasible, early, and says what binds it."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings

from exitplan.engine.schedule.problem import Bound, Problem, Purse, Wait
from exitplan.engine.schedule.sequence import Months, Use, bindings, clashes, feasible_sequence, violations
from tests.engine.schedule.instances import handover, problem, problems, site


@settings(max_examples=150)
@given(problems())
def test_every_sequence_keeps_every_limit(drawn: Problem) -> None:
    """Limits recounted from the problem alone find nothing broken."""
    assert violations(drawn, feasible_sequence(drawn)) == ()


@settings(max_examples=100)
@given(problems())
def test_no_step_can_come_earlier_alone(drawn: Problem) -> None:
    """Moving any single task to any earlier month breaks a limit."""
    months = feasible_sequence(drawn)
    for task in drawn.tasks:
        month = months[task.name]
        use = Use(drawn, dict(months))
        for other in drawn.tasks:
            use.add(other, months[other.name] if other.name != task.name else None)
        use.months[task.name] = None
        for earlier in range(drawn.horizon if month is None else month):
            assert next(clashes(drawn, use, task, earlier), None) is not None


@settings(max_examples=100)
@given(problems())
def test_every_step_after_the_first_month_names_what_binds_it(drawn: Problem) -> None:
    """A step without a binding would have come earlier."""
    months = feasible_sequence(drawn)
    held = bindings(drawn, months)

    assert all(held[task.name] for task in drawn.tasks)


def worth(drawn: Problem, months: Months) -> tuple[int, int]:
    """Tasks left out, then the last month."""
    placed = [m for t in drawn.tasks if (m := months[t.name]) is not None]
    return len(drawn.tasks) - len(placed), max(placed, default=0)


@settings(max_examples=40)
@given(problems(most_tasks=3, most_months=6))
def test_no_sequence_beats_complete_enumeration(drawn: Problem) -> None:
    """Against every possible sequence of three tasks: as many tasks placed or fewer, never an end that cannot be.

    Budgets are left out: closing sites saves money that lets other steps in, which one order at a time cannot see.
    """
    free = dataclasses.replace(drawn, purses=())
    choices = [None, *range(free.horizon)]
    names = [t.name for t in free.tasks]
    every = (dict(zip(names, months, strict=True)) for months in itertools.product(choices, repeat=len(names)))
    best = min(worth(free, months) for months in every if not violations(free, months))

    assert worth(free, feasible_sequence(free)) >= best


def test_a_chain_takes_the_sum_of_its_months() -> None:
    """Three hand-overs of two months, each after the other with a month on trial between: 2 + (1 + 1) + (1 + 1) months."""
    first = handover("H1", months=2)
    second = handover("H2", months=2, waits=(Wait("handover:H1", 2, "after"),))
    third = handover("H3", months=2, waits=(Wait("handover:H2", 2, "after"),))

    months = feasible_sequence(problem(first, second, third))

    assert months == {"handover:H1": 1, "handover:H2": 3, "handover:H3": 5}


def test_convoys_limit_closures_to_the_pigeonhole_bound() -> None:
    """Ten sites, three convoys a month, one convoy each: four months, as ten pigeons in holes of three."""
    sites = [site(f"S{n}", loads=(("CONVOY", 1.0),)) for n in range(10)]
    drawn = problem(*sites, resources={"CONVOY": (3.0,) * 12})

    months = feasible_sequence(drawn)

    assert max(m for m in months.values() if m is not None) == 3


@pytest.mark.parametrize(
    ("limit", "kind", "code"),
    [
        ({"start": 3}, "start", ""),
        ({"gate_months": {"G": 3}}, "gate", "G"),
        ({"resources": {"CONVOY": (0.0, 0.0, 0.0, 5.0, 5.0, 5.0)}}, "resource", "CONVOY"),
        ({"blackouts": {"site:S": {0: "RAINS", 1: "RAINS", 2: "RAINS"}}}, "blackout", "RAINS"),
        ({"paused": frozenset({0, 1, 2})}, "pause", ""),
        (
            {"bounds": (Bound("FLOOR", "military", (None,) * 6, (50, 50, 50, None, None, None)),)},
            "ceiling_floor",
            "FLOOR",
        ),
        ({"purses": (Purse("YEAR", 0, 2, 10.0),)}, "budget", "YEAR"),
    ],
)
def test_each_limit_alone_moves_the_closure_and_is_named(limit: dict[str, object], kind: str, code: str) -> None:
    """Without the limit the site closes in month 0; with it in month 3, and the limit is what binds."""
    closing = site(
        "S", gates=("G",) if "gate_months" in limit else (), loads=(("CONVOY", 1.0),), military=100, cost=20.0
    )
    free = problem(closing, horizon=6, gate_months={"G": 0}, resources={"CONVOY": (5.0,) * 6})
    bound = dataclasses.replace(free, **limit)  # type: ignore[arg-type]

    assert feasible_sequence(free)["site:S"] == 0
    assert feasible_sequence(bound)["site:S"] == 3
    assert [(b.kind, b.code) for b in bindings(bound, feasible_sequence(bound))["site:S"]] == [(kind, code)]


def test_a_gate_that_never_opens_stops_what_waits_for_it_and_all_behind() -> None:
    """No month is made up for a step whose gate is unknown, nor for what follows it."""
    first = handover("H1", gates=("G",))
    second = site("S1", waits=(Wait("handover:H1", 0, "after"),))
    stuck = problem(first, second, handover("H2"), gate_months={"G": None})

    months = feasible_sequence(stuck)

    assert months == {"handover:H1": None, "site:S1": None, "handover:H2": 0}
    assert bindings(stuck, months)["site:S1"][0].kind == "after"


def test_a_planted_breach_is_seen() -> None:
    """The recount that the other tests trust does find faults: each planted one is named."""
    drawn = problem(
        handover("H1", months=2, gates=("G",), loads=(("R", 2.0),)),
        site("S1", waits=(Wait("handover:H1", 1, "after"),), military=100),
        horizon=6,
        start=1,
        gate_months={"G": 4},
        resources={"R": (1.0,) * 6},
        closures_a_month=0,
        bounds=(Bound("FLOOR", "military", (None,) * 6, (50,) * 6),),
        blackouts={"site:S1": {1: "RAINS"}},
    )

    found = " ".join(violations(drawn, {"handover:H1": 1, "site:S1": 1}))

    for told in (
        "outside the months",
        "before gate G",
        "before handover:H1",
        "nothing may be completed",
        "R over",
        "too many",
        "FLOOR",
    ):
        assert told in found
