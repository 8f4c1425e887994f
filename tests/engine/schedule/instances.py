"""Small sequencing problems, drawn by hypothesis or written by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from exitplan.engine.schedule.problem import Bound, Problem, Purse, Task, Wait


def site(code: str, **fields: object) -> Task:
    """A site that takes a month to close and nothing else, unless told."""
    given: dict[str, object] = {"months": 1, "lead": False, "area": "A"} | fields
    return Task(name=f"site:{code}", kind="site", code=code, **given)  # type: ignore[arg-type]


def handover(code: str, **fields: object) -> Task:
    """A hand-over that takes a month of work and nothing else, unless told."""
    given: dict[str, object] = {"months": 1, "lead": False, "area": "A"} | fields
    return Task(name=f"handover:{code}", kind="handover", code=code, **given)  # type: ignore[arg-type]


def problem(*tasks: Task, horizon: int = 12, **fields: object) -> Problem:
    """A problem without limits, unless told."""
    given: dict[str, object] = {
        "first_month": 2020 * 12,
        "start": 0,
        "gate_months": {},
        "resources": {},
        "closures_a_month": 100,
        "bounds": (),
        "purses": (),
        "blackouts": {},
        "paused": frozenset(),
        "deadline": None,
    } | fields
    return Problem(horizon=horizon, tasks=tasks, **given)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn, most_tasks: int = 6, most_months: int = 10) -> Problem:
    """Any problem of a few tasks in which precedence runs forward, so that it has no circle."""
    horizon = draw(st.integers(3, most_months))
    tasks: list[Task] = []
    for number in range(draw(st.integers(1, most_tasks))):
        make = draw(st.sampled_from([site, handover]))
        earlier = draw(st.lists(st.sampled_from(tasks), max_size=2, unique_by=lambda t: t.name)) if tasks else []
        months = draw(st.integers(1, 3))
        tasks.append(
            make(
                f"T{number}",
                months=months,
                lead=months > 1,
                waits=tuple(Wait(t.name, draw(st.integers(0, 2)), "after") for t in earlier),
                gates=tuple(draw(st.lists(st.sampled_from(["G1", "G2"]), max_size=1))),
                loads=tuple(
                    (code, float(draw(st.integers(1, 3))))
                    for code in draw(st.sets(st.sampled_from(["R1", "R2"]), max_size=2))
                ),
                military=draw(st.integers(0, 300)) if make is site else 0,
                cost=float(draw(st.integers(0, 50))),
                running=float(draw(st.integers(0, 10))) if make is site else 0.0,
            )
        )
    people = sum(t.military for t in tasks)
    floor_from = draw(st.integers(0, horizon))
    least = draw(st.integers(0, max(1, people)))
    return problem(
        *tasks,
        horizon=horizon,
        start=draw(st.integers(0, 2)),
        gate_months={"G1": draw(st.one_of(st.none(), st.integers(0, horizon))), "G2": draw(st.integers(0, 3))},
        resources={code: tuple(float(draw(st.integers(0, 5))) for _ in range(horizon)) for code in ("R1", "R2")},
        closures_a_month=draw(st.integers(1, 3)),
        bounds=(
            Bound(
                "FLOOR",
                "uniformed",
                (None,) * horizon,
                tuple(least if floor_from <= t < floor_from + 2 else None for t in range(horizon)),
            ),
        ),
        purses=(Purse("Y1", 0, horizon // 2, float(draw(st.integers(0, 400)))),),
        blackouts={tasks[0].name: {draw(st.integers(0, horizon - 1)): "RAINS"}},
        paused=frozenset(draw(st.sets(st.integers(0, horizon - 1), max_size=1))),
    )
