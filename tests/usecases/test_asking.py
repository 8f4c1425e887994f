"""Runs that are kept: told only while all that they speak of is shown, as they were when they were done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from exitplan.domain.dossier import Dossier, body
from exitplan.domain.errors import InputFaults, InvalidValue, NotFound, Unreadable
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import Area, Gate, Mission, Plan, Scenario, Source
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.stability import AreaFuture, FuturesResult, ViolenceMonth
from exitplan.domain.roles import Reader
from exitplan.domain.tables import AreaMonths
from exitplan.usecases import asking
from exitplan.usecases.board import View, view
from exitplan.usecases.hindsight import hindsight_of
from exitplan.usecases.study import Study
from exitplan.usecases.working import do
from exitplan.usecases.writing import delete_entry, save_entry
from exitplan.wording import Wording

MISSION = "TEST-LAND"
AT = datetime(2026, 7, 1, tzinfo=UTC)
ON_SQLITE = pytest.mark.parametrize("home", ["sqlite"], indirect=True)
"""For tables of questions, which one database answers as well as two."""
OWNER, PLANNER = (Reader(role, None, role) for role in ("owner", "planner"))
ENTRIES: dict[str, tuple[Any, ...]] = {
    "area": (Area(code="W", title="W"), Area(code="N", title="N", parent="W"), Area(code="S", title="S", parent="W")),
    "source": (
        Source(code="EV", title="E", covers_from="2014-01", covers_to="2015-02"),
        Source(code="EW", title="E", covers_from="2014-01", covers_to="2015-02"),
    ),
    "plan": (
        Plan(code="P", title="A plan", drive="calendar", start="2015-01"),
        Plan(code="Q", title="Another", drive="calendar", start="2015-01"),
    ),
    "scenario": (Scenario(code="X", title="Worse"),),
    "gate": (Gate.model_validate({"code": "G", "title": "A gate", "rule": {"not_shown": "office"}}),),
}


@pytest.fixture
def mission(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two areas of one region counted by two sources, two plans and a scenario; the engine's answers are made up, all else is real."""
    from exitplan.store import missions

    monkeypatch.setenv("EXITPLAN_HOME", str(home))
    monkeypatch.setattr(Study, "futures", _futures)
    monkeypatch.setattr(Study, "explain", _explain)
    whole = Mission(
        code=MISSION, title="Test", acronym="T", host=("XKA",), host_name="K", started=date(2010, 1, 1),
        as_of=date(2015, 3, 31), violence_types=(1,),
    )  # fmt: skip
    row = {"month": "2015-02", "type_of_violence": 1, "events": 1, "low": 2, "best": 2, "high": 2}
    months = AreaMonths.of(pl.DataFrame([{"area": a, **row, "source": s} for a in ("N", "S") for s in ("EV", "EW")]))
    missions.create(Dossier(whole, ENTRIES, area_months=months), who="setup", why="test", at=AT)
    return MISSION


def _futures(study: Study, futures: int, progress: Any = None) -> FuturesResult:
    month = ViolenceMonth(
        month="2015-01", mean=2, p05=0, p10=1, p25=1, p50=2, p75=3, p90=4, p95=5, any=0.5, error=0.1
    )  # fmt: skip
    return FuturesResult(
        plan=study.plan.code, scenario=study.scenario.code, futures=futures, horizon=study.horizon, origin="2014-12",
        kappa="drawn", country=(month,), renewed=(),
        areas=tuple(AreaFuture(area=a.code, months=(month,), recent=(1.0,)) for a in study.dossier.of(Area)),
    )  # fmt: skip


def _explain(study: Study, against: str, **asked: Any) -> ExplainResult:
    return ExplainResult(
        plan=study.plan.code, against=against, scenario=study.scenario.code, futures=asked["futures"],
        horizon=study.horizon, origin="2014-12", areas=tuple(a.code for a in study.dossier.of(Area)), explained=(),
    )  # fmt: skip


def seen_by(reader: Reader) -> View:
    """The mission as it stands, as a reader may see it."""
    return view(MISSION, reader)


def done(ask: Callable[..., int], reader: Reader = PLANNER, **asked: Any) -> int:
    """Ask for something and do it, as a worker does; the number of the run."""
    number = ask(seen_by(reader), **asked)
    worked()
    return number


def worked() -> None:
    """Do the run that has waited longest, as a worker does."""
    from exitplan.store import runs

    taken = runs.take("test", AT)
    assert taken is not None
    do(taken, threading.Event())


def futures(scenario: str | None = None) -> int:
    """Futures that a planner had drawn."""
    return done(asking.ask_futures, plan="P", scenario=scenario, futures=100, horizon=3)


def difference(scenario: str | None = None) -> int:
    """A difference that a planner had explained."""
    return done(asking.ask_difference, plan="P", against="Q", scenario=scenario, futures=100, horizon=3)


def paper() -> int:
    """A document that a planner had made."""
    return done(asking.ask_paper, kind="fact-sheet", form="html", lang="en")


def hide(kind: str, code: str) -> None:
    """Make an entry confidential: planners no longer see it."""
    entry = next(e for e in ENTRIES[kind] if e.code == code)
    save_entry(OWNER, MISSION, kind, body(entry) | {"classification": "confidential"}, version=1, why="x", at=AT)


QUESTION = {"plan": "P", "against": "Q", "scenario": None, "futures": 100, "horizon": 3}


@ON_SQLITE
@pytest.mark.parametrize(
    ("asked", "error", "field"),
    [
        ({"definition": "R26"}, NotFound, "definition"),
        ({"definition": "A25"}, InvalidValue, "area"),  # read per area, and none is named
        ({"definition": "AX", "area": ""}, InvalidValue, "area"),
        ({"definition": "A25", "area": "NOWHERE"}, NotFound, "area"),
        ({"definition": "A25", "area": "W"}, NotFound, "area"),  # it holds smaller ones, for which futures are drawn
        ({"definition": "R25", "area": "N"}, InvalidValue, "area"),  # read for the country
        ({"area": "N"}, InvalidValue, "area"),  # as the mission's main one is
        ({"by": 0}, InvalidValue, "by"),
        ({"by": 4}, InvalidValue, "by"),  # beyond the months that are looked ahead
    ],
    ids=str,
)
def test_a_difference_that_cannot_be_explained_is_refused_when_it_is_asked(
    mission: str, asked: dict[str, Any], error: type[InvalidValue | NotFound], field: str
) -> None:
    """What is wrong is named by its field, and nothing is queued."""
    with pytest.raises(error) as caught:
        asking.ask_difference(seen_by(PLANNER), **QUESTION, **asked)

    named = caught.value.field if isinstance(caught.value, InvalidValue) else caught.value.kind
    assert named == field
    assert asking.runs_of(seen_by(PLANNER), "explain") == ()


@ON_SQLITE
@pytest.mark.parametrize(
    ("main", "asked", "explained"),
    [
        ("R25", {}, ("R25", None, 3)),
        ("R25", {"by": 2}, ("R25", None, 2)),
        ("R25", {"definition": "", "area": ""}, ("R25", None, 3)),
        ("R25", {"definition": "AX", "area": "N", "by": 1}, ("AX", "N", 1)),
        ("A25", {"area": "S"}, ("A25", "S", 3)),
        ("A25", {"definition": "R1000"}, ("R1000", None, 3)),
    ],
    ids=str,
)
def test_a_difference_is_explained_for_the_definition_the_area_and_the_months_asked_for(
    mission: str,
    monkeypatch: pytest.MonkeyPatch,
    main: str,
    asked: dict[str, Any],
    explained: tuple[str, str | None, int],
) -> None:
    """The mission's main definition and the whole horizon where left out; the run says which, and so does its answer."""
    given: list[Any] = []
    monkeypatch.setattr(Study, "explain", lambda study, against, **a: given.append(a) or _explain(study, against, **a))
    whole = {**body(seen_by(OWNER).dossier.mission), "renewed_violence": main, "acronym": "TT"}
    save_entry(OWNER, mission, "mission", whole, version=1, why="x", at=AT)

    run = done(asking.ask_difference, **QUESTION, **asked)
    names = ("definition", "area", "by")
    assert [tuple(a[name] for name in names) for a in given] == [explained]
    assert tuple(asking.run_of(seen_by(PLANNER), run, "explain").options[name] for name in names) == explained
    options = asking.explained(seen_by(PLANNER), run).answer.manifest.options
    assert tuple(options.get(name) for name in names) == explained


def test_a_difference_that_was_asked_before_there_was_a_choice_is_still_explained(mission: str) -> None:
    """Runs of older versions wait in the queue without it, or are asked for again."""
    from exitplan.store import runs

    run = done(lambda seen: runs.ask(MISSION, "explain", QUESTION | {"seed": 1}, seen.reader))
    assert asking.explained(seen_by(PLANNER), run)
    assert asking.explained(seen_by(PLANNER), done(asking.again, run=run, task="explain"))


def test_a_difference_goes_with_the_area_that_it_was_asked_for(mission: str) -> None:
    """Its name stands in the options of the run."""
    run = asking.ask_difference(seen_by(PLANNER), **QUESTION, definition="A25", area="S")
    hide("area", "S")

    assert asking.runs_of(seen_by(PLANNER), "explain") == ()
    with pytest.raises(NotFound):
        asking.run_of(seen_by(PLANNER), run, "explain")


FETCH: dict[str, tuple[Callable[[], int], Callable[[View, int], Any]]] = {
    "futures": (futures, asking.drawn),
    "explain": (difference, asking.explained),
    "paper": (paper, lambda seen, run: asking.paper(seen, run, "fact-sheet.html", "paper")),
}


@pytest.mark.parametrize("hidden", [("area", "S"), ("source", "EV"), ("gate", "G"), ("plan", "Q")], ids=str)
@pytest.mark.parametrize("task", FETCH)
def test_what_a_run_brought_goes_with_whatever_it_speaks_of_or_rests_on(
    mission: str, task: str, hidden: tuple[str, str]
) -> None:
    """Its figures were drawn from what the reader saw then; the reader's own role is told again once it asks again."""
    make, fetch = FETCH[task]
    run = make()
    assert fetch(seen_by(PLANNER), run)

    hide(*hidden)
    with pytest.raises(NotFound):
        fetch(seen_by(PLANNER), run)
    if hidden != ("plan", "Q"):
        assert fetch(seen_by(PLANNER), make())


@pytest.mark.parametrize("hidden", [False, True], ids=["shown", "hidden"])
@pytest.mark.parametrize("task", FETCH)
def test_an_entry_that_is_deleted_counts_as_it_was_classified_last(mission: str, task: str, hidden: bool) -> None:
    """Tidying up takes no forecast away, and deleting what was hidden brings none back."""
    make, fetch = FETCH[task]
    run = make()
    if hidden:
        hide("gate", "G")
    delete_entry(OWNER, MISSION, "gate", "G", version=1 + hidden, why="x", at=AT)

    if hidden:
        with pytest.raises(NotFound):
            fetch(seen_by(PLANNER), run)
    else:
        assert fetch(seen_by(PLANNER), run)


def test_ranges_from_a_source_that_is_hidden_are_not_set_against_the_counts_of_the_others(mission: str) -> None:
    """They speak of other deaths; that some are left out is said."""
    futures()
    assert hindsight_of(seen_by(PLANNER)).result.kept == 1

    hide("source", "EV")
    found = hindsight_of(seen_by(PLANNER)).result
    assert (found.not_shown, found.kept, found.forecasts) == (True, 0, ())


@pytest.mark.parametrize("named", [{}, {"shown": []}], ids=["older", "empty"])
@pytest.mark.parametrize("task", FETCH)
def test_what_does_not_say_what_it_speaks_of_is_not_told_and_can_be_asked_for_again(
    mission: str, task: str, named: dict[str, Any]
) -> None:
    """Results that older versions kept name nothing, so nobody can say whether the reader may still be told."""
    from exitplan.store.models import Run

    make, fetch = FETCH[task]
    run = make()
    kept = Run.objects.get(pk=run).result
    Run.objects.filter(pk=run).update(result={k: v for k, v in kept.items() if k != "shown"} | named)

    with pytest.raises(NotFound):
        fetch(seen_by(PLANNER), run)
    if task == "futures":
        assert hindsight_of(seen_by(PLANNER)).result.not_shown
    again = done(asking.again, run=run, task=task)
    assert fetch(seen_by(PLANNER), again)


def test_a_nameless_stand_in_keeps_nobody_from_what_was_made_for_them(mission: str) -> None:
    """Where a gate is hidden, one without a name stands for it; it is nothing that could be hidden later."""
    hide("gate", "G")
    assert [g.code for g in seen_by(PLANNER).dossier.of(Gate)] == ["NOT-SHOWN-1"]

    for make, fetch in FETCH.values():
        assert fetch(seen_by(PLANNER), make())


@pytest.mark.parametrize(("task", "name"), [("futures", "drawn"), ("explain", "explained")])
def test_an_answer_is_kept_with_the_state_and_the_day_that_it_rests_on(mission: str, task: str, name: str) -> None:
    """What came in since is no part of it."""
    run = FETCH[task][0]()
    before = seen_by(PLANNER).dossier.digest
    save_entry(OWNER, mission, "area", body(ENTRIES["area"][0]) | {"title": "Renamed"}, version=1, why="x", at=AT)
    assert seen_by(PLANNER).dossier.digest != before

    found = getattr(asking, name)(seen_by(PLANNER), run)
    assert (found.answer.manifest.inputs, found.answer.on) == (before, "2015-03-31")
    assert (found.answer.schema_, found.answer.mission) == (f"exitplan/{task}/1", MISSION)
    assert (found.answer.manifest.seed, found.answer.manifest.options["futures"]) == (1, 100)


@pytest.mark.parametrize("hidden", [("plan", "P"), ("plan", "Q"), ("scenario", "X")], ids=str)
def test_runs_go_with_the_plans_and_the_scenario_that_they_name(mission: str, hidden: tuple[str, str]) -> None:
    """Whether done, waiting or stopped: a run that names what is hidden would tell that it is there."""
    waiting = asking.ask_difference(seen_by(PLANNER), plan="P", against="Q", scenario="X", futures=100, horizon=3)
    asking.cancel(seen_by(PLANNER), waiting, "explain", AT)
    runs = [waiting, difference("X")]
    assert {r.id for r in asking.runs_of(seen_by(PLANNER), "explain")} == set(runs)

    hide(*hidden)
    assert asking.runs_of(seen_by(PLANNER), "explain") == ()
    for run in runs:
        for call in (asking.run_of, lambda *asked: asking.cancel(*asked, AT), asking.again):
            with pytest.raises(NotFound):
                call(seen_by(PLANNER), run, "explain")


def test_a_run_that_names_no_scenario_stays(mission: str) -> None:
    """As planned is no entry that could be hidden."""
    run = futures()
    hide("scenario", "X")
    assert [r.id for r in asking.runs_of(seen_by(PLANNER), "futures")] == [run]


FAULTS: dict[str, tuple[Exception, list[dict[str, str]], str]] = {
    "option": (
        InvalidValue("by", 7, Wanted("1 to {most} months", most=3)),
        [{"code": "invalid-value", "field": "by", "value": "7", "wanted": "1 to 3 months"}],
        "1 à 3 mois",
    ),
    "nothing given": (
        InvalidValue("area", None, Wanted("an area: {code} is read per area", code="A25")),
        [{"code": "invalid-value", "field": "area", "value": "", "wanted": "an area: A25 is read per area"}],
        "A25",
    ),
    "input": (
        InputFaults(
            (
                Finding(
                    code="too-little-history", kind="mission", entry=MISSION, where="/srv/secret/area_months.csv:1"
                ),
                Finding(code="invalid-value", severity="warning"),
            )
        ),
        [{"code": "too-little-history", "kind": "mission", "entry": MISSION, "where": ""}],
        "Historique trop court",
    ),
    "no such": (
        NotFound("definition", "D1", ("R25", "A25")),
        [{"code": "unknown-reference", "kind": "definition", "value": "D1"}],
        "D1",
    ),
}


@ON_SQLITE
@pytest.mark.parametrize(("error", "told", "french"), FAULTS.values(), ids=list(FAULTS))
def test_why_a_run_failed_is_told_in_the_readers_language(
    mission: str, monkeypatch: pytest.MonkeyPatch, error: Exception, told: list[dict[str, str]], french: str
) -> None:
    """As findings, which doors turn into sentences; never a place on the machine."""
    run = failing(monkeypatch, error)

    found = asking.why_failed(seen_by(PLANNER), asking.run_of(seen_by(PLANNER), run, "futures"))
    assert [f.model_dump(include=set(told[0])) for f in found] == told
    assert [f.severity for f in found] == ["error"]
    assert french in Wording("fr").finding(found[0])
    assert "/srv" not in str(kept(run))


@pytest.mark.parametrize(
    "error", [Unreadable("/srv/secret/priors.yaml", "no such file"), OSError("/srv/secret"), ValueError("EV counts 7")],
    ids=lambda e: type(e).__name__,
)  # fmt: skip
def test_of_a_fault_of_ours_only_the_reference_is_told(
    mission: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """What went wrong stands in the log of those who run the installation."""
    run = asking.run_of(seen_by(PLANNER), failing(monkeypatch, error), "futures")

    assert run.reference
    assert asking.why_failed(seen_by(PLANNER), run) == ()
    assert kept(run.id) is None


def test_why_a_run_failed_goes_with_whatever_it_may_speak_of(mission: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault names entries and says what they hold."""
    number = failing(monkeypatch, InputFaults((Finding(code="invalid-value", kind="source", entry="EV", value="7"),)))
    assert asking.why_failed(seen_by(PLANNER), asking.run_of(seen_by(PLANNER), number, "futures"))

    hide("source", "EV")
    run = asking.run_of(seen_by(PLANNER), number, "futures")
    assert (run.state, asking.why_failed(seen_by(PLANNER), run)) == ("failed", ())


def test_what_is_wrong_with_a_mission_as_a_whole_is_told_to_nobody_by_a_run(
    mission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults of entries that the reader does not see may be among it."""

    def faulty(*_: Any) -> View:
        raise InputFaults((Finding(code="invalid-value", kind="risk", entry="SECRET", value="7"),))

    number = asking.ask_futures(seen_by(PLANNER), plan="P", scenario=None, futures=100, horizon=3)
    monkeypatch.setattr("exitplan.usecases.board.view", faulty)
    worked()

    run = asking.run_of(seen_by(PLANNER), number, "futures")
    assert (run.state, asking.why_failed(seen_by(PLANNER), run), kept(number)) == ("failed", (), None)
    assert run.reference


@pytest.mark.parametrize("result", [None, {"error": "EV: 7 given, 8 wanted"}], ids=["redacted", "older"])
def test_a_failure_that_says_nothing_of_what_it_speaks_is_not_told(
    mission: str, monkeypatch: pytest.MonkeyPatch, result: Any
) -> None:
    """Nobody can say whether the reader may still be told."""
    from exitplan.store.models import Run

    number = failing(monkeypatch, InvalidValue("by", 7, Wanted("1 to {most} months", most=3)))
    Run.objects.filter(pk=number).update(result=result)

    assert asking.why_failed(seen_by(PLANNER), asking.run_of(seen_by(PLANNER), number, "futures")) == ()


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> int:
    """Futures that a planner asked for and that could not be drawn."""

    def fails(*asked: Any) -> None:
        raise error

    monkeypatch.setattr(Study, "futures", fails)
    return futures()


def kept(run: int) -> Any:
    """What is kept of what a run brought."""
    from exitplan.store import runs

    return runs.result(MISSION, run)
