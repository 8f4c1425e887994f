"""Futures of a plan under a scenario: asked for, watched while they are drawn, looked at, and put beside those of another plan."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import Plan
from exitplan.web.access import Asked
from exitplan.web.pages.drawing import form, numbers, runs_table, whole_number
from exitplan.web.pages.runs import RunPages
from exitplan.web.sections import pictured, pieces
from exitplan.web.tables import table_page
from exitplan.wording.definitions import definition_said

RUNS = RunPages("futures", "futures")


def futures(asked: Asked) -> HttpResponse:
    """Runs that were asked for, and the form to ask for another."""
    from exitplan.usecases import asking

    runs = asking.runs_of(asked.view, RUNS.task)
    table = runs_table(
        asked,
        RUNS,
        runs,
        asked.w("Futures drawn"),
        asked.w("No futures have been drawn yet. Choose a plan and a scenario above.")
        if asked.view.dossier.of(Plan)
        else asked.w("No futures have been drawn yet."),
        two=False,
    )
    done = [run for run in runs if run.state == "done"]
    return table_page(asked, "futures.html", table, done=done, **form(asked))


def ask(asked: Asked) -> HttpResponse:
    """Ask for futures, then watch them."""
    from exitplan.usecases import asking

    run = asking.ask_futures(asked.view, plan=asked.request.POST.get("plan", ""), **numbers(asked))
    return redirect(RUNS.at(asked, run))


def run(asked: Asked) -> HttpResponse:
    """One run: its progress while it goes on, what it brought when it is done and as long as that may be shown."""
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
    try:
        drawn = asking.drawn(asked.view, number)
    except NotFound:
        return asked.page("futures_run.html", status=404, taken=True, pieces=(), tables={}, **context)
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
