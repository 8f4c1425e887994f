"""Futures of a plan under a scenario: asked for, watched while they are drawn, looked at, and put beside those of another plan."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Plan
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.pages.plans import scenario_choices
from exitplan.web.pages.runs import RunPages
from exitplan.web.sections import pictured, pieces
from exitplan.web.tables import Cell, Column, Table, table_page
from exitplan.wording.definitions import definition_said

RUNS = RunPages("futures", "futures")
FUTURES = (1000, 5000, 20_000)
MONTHS = (12, 24, 36, 60)


def futures(asked: Asked) -> HttpResponse:
    """Runs that were asked for, and the form to ask for another."""
    from exitplan.usecases import asking

    runs = asking.runs_of(asked.view, RUNS.task)
    dossier = asked.view.dossier
    default = dossier.plan(None).code if dossier.of(Plan) else ""
    table = Table(
        "runs",
        asked.w("Futures drawn"),
        (
            Column("run", asked.w("Run"), number=True),
            Column("plan", asked.w("Plan")),
            Column("scenario", asked.w("Scenario")),
            Column("state", asked.w("State")),
            Column("n", asked.w("Futures"), number=True),
            Column("months", asked.w("Months"), number=True),
            Column("by", asked.w("Asked by")),
            Column("on", asked.w("Asked on")),
            Column("stale", asked.w("Rests on")),
        ),
        tuple(
            (
                Cell(str(run.id), value=run.id, href=RUNS.at(asked, run.id)),
                cells.reference(asked, "plan", run.options["plan"]),
                cells.reference(asked, "scenario", run.options["scenario"]),
                cells.state(asked, "run_state", run.state),
                cells.number(asked, run.options["futures"]),
                cells.number(asked, run.options["horizon"]),
                Cell(run.asked_by),
                cells.day(asked, run.asked),
                Cell(rests_on(asked, run.revision, run.state), value=run.revision),
            )
            for run in runs
        ),
        empty=asked.w("No futures have been drawn yet. Choose a plan and a scenario above.")
        if dossier.of(Plan)
        else asked.w("No futures have been drawn yet."),
    )
    return table_page(
        asked,
        "futures.html",
        table,
        plans=[(p.code, p.name(asked.w.lang), p.code == default) for p in dossier.of(Plan)],
        scenarios=scenario_choices(asked, None),
        done=[run for run in runs if run.state == "done"],
        numbers=FUTURES,
        months=MONTHS,
        may_run=asked.may("run"),
    )


def ask(asked: Asked) -> HttpResponse:
    """Ask for futures, then watch them."""
    from exitplan.usecases import asking

    posted = asked.request.POST
    run = asking.ask_futures(
        asked.view,
        plan=posted.get("plan", ""),
        scenario=posted.get("scenario") or None,
        futures=whole_number(posted.get("futures"), "futures", 5000),
        horizon=whole_number(posted.get("horizon"), "horizon", 24),
        seed=whole_number(posted.get("seed"), "seed", 1),
    )
    return redirect(RUNS.at(asked, run))


def run(asked: Asked) -> HttpResponse:
    """One run: its progress while it goes on, what it brought when it is done."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    number = asked.path["run"]
    found = asking.run_of(asked.view, number, RUNS.task)
    plan = asked.view.dossier.get(Plan, found.options["plan"])
    context = RUNS.context(asked, found)
    context |= {"plan": plan.name(asked.w.lang) if plan else found.options["plan"]}
    context |= {"same": found.revision == asked.view.revision}
    if found.state != "done":
        return asked.page("futures_run.html", pieces=(), tables={}, **context)
    drawn = asking.drawn(asked.view, number)
    seen = look(asked.view, plan=drawn.futures.plan, scenario=found.options["scenario"])
    made, tables = pieces(asked, pictures.futures(seen, drawn, asked.w))
    others = [r for r in asking.runs_of(asked.view, RUNS.task) if r.state == "done" and r.id != number]
    return table_page(asked, "futures_run.html", *tables, pieces=made, others=others, **context)


def compare(asked: Asked) -> HttpResponse:
    """Two runs side by side: deaths month by month, and the chance of renewed armed violence."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    w = asked.w
    wanted = [whole_number(asked.request.GET.get(name), name, 0) for name in ("a", "b")]
    found = [asking.drawn(asked.view, number) for number in wanted]
    names = {f"{d.futures.plan} × {d.futures.scenario} ({w('run {id}', id=d.run.id)})": d.futures for d in found}
    columns, tables = [], []
    top = max(pictures.highest(futures) for futures in names.values())
    for name, drawn in zip(names, found, strict=False):
        seen = look(asked.view, plan=drawn.futures.plan, scenario=drawn.run.options["scenario"])
        figure = pictures.fans(seen, drawn, w, top=top)
        made, table = pictured(asked, figure.model_copy(update={"key": f"{figure.key}-{drawn.run.id}"}))
        columns.append((name, drawn, made))
        tables.append(table)
    definition = asked.view.dossier.mission.renewed_violence
    title = w("Chance of renewed armed violence in the country (definition {code})", code=definition)
    chance = pictures.chances(title, "chances", names, definition, w)
    below = ()
    if chance is not None:
        made, table = pictured(asked, chance)
        below = (made,)
        tables.append(table)
    return table_page(
        asked,
        "futures_compare.html",
        *tables,
        columns=columns,
        pieces=below,
        definition=definition_said(w, asked.view.dossier.mission, definition),
        same=len({d.run.revision for d in found}) == 1,
    )


def rests_on(asked: Asked, revision: int, state: str) -> str:
    """How far the mission has moved on since a run."""
    if state == "queued":
        return "–"
    if revision == asked.view.revision:
        return asked.w("the mission as it stands")
    return asked.w.count("{n} change ago", "{n} changes ago", asked.view.revision - revision)


def whole_number(text: str | None, field: str, otherwise: int) -> int:
    """A whole number of a form. Raises InvalidValue."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidValue(field, text[:20], Wanted("a whole number"))
    return int(text)
