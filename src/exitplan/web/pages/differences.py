"""Why two plans differ: asked for, watched while it is worked out, looked at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.kinds import Plan
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.pages.futures import FUTURES, MONTHS, rests_on, whole_number
from exitplan.web.pages.plans import scenario_choices
from exitplan.web.pages.runs import RunPages
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Table, table_page

RUNS = RunPages("explain", "differences")


def differences(asked: Asked) -> HttpResponse:
    """Differences that were asked for, and the form to ask for another."""
    from exitplan.usecases import asking

    dossier = asked.view.dossier
    default = dossier.plan(None).code if dossier.of(Plan) else ""
    table = Table(
        "runs",
        asked.w("Differences explained"),
        (
            Column("run", asked.w("Run"), number=True),
            Column("plan", asked.w("Plan")),
            Column("against", asked.w("Put against")),
            Column("scenario", asked.w("Scenario")),
            Column("state", asked.w("State")),
            Column("by", asked.w("Asked by")),
            Column("on", asked.w("Asked on")),
            Column("stale", asked.w("Rests on")),
        ),
        tuple(
            (
                Cell(str(run.id), value=run.id, href=RUNS.at(asked, run.id)),
                cells.reference(asked, "plan", run.options["plan"]),
                cells.reference(asked, "plan", run.options["against"]),
                cells.reference(asked, "scenario", run.options["scenario"]),
                cells.state(asked, "run_state", run.state),
                Cell(run.asked_by),
                cells.day(asked, run.asked),
                Cell(rests_on(asked, run.revision, run.state), value=run.revision),
            )
            for run in asking.runs_of(asked.view, RUNS.task)
        ),
        empty=asked.w("No difference has been explained yet."),
    )
    return table_page(
        asked,
        "differences.html",
        table,
        plans=[(p.code, p.name(asked.w.lang), p.code == default) for p in dossier.of(Plan)],
        scenarios=scenario_choices(asked, None),
        numbers=FUTURES,
        months=MONTHS,
        may_run=asked.may("run"),
    )


def ask(asked: Asked) -> HttpResponse:
    """Ask why two plans differ, then watch it being worked out."""
    from exitplan.usecases import asking

    posted = asked.request.POST
    run = asking.ask_difference(
        asked.view,
        plan=posted.get("plan", ""),
        against=posted.get("against", ""),
        scenario=posted.get("scenario") or None,
        futures=whole_number(posted.get("futures"), "futures", 5000),
        horizon=whole_number(posted.get("horizon"), "horizon", 24),
        seed=whole_number(posted.get("seed"), "seed", 1),
    )
    return redirect(RUNS.at(asked, run))


def run(asked: Asked) -> HttpResponse:
    """One run: its progress while it goes on, what it found when it is done."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    number = asked.path["run"]
    found = asking.run_of(asked.view, number, RUNS.task)
    context = RUNS.context(asked, found)
    context |= {"plan": found.options["plan"], "against": found.options["against"]}
    context |= {"same": found.revision == asked.view.revision}
    if found.state != "done":
        return asked.page("difference_run.html", pieces=(), tables={}, **context)
    explained = asking.explained(asked.view, number)
    seen = look(asked.view, plan=explained.result.plan, scenario=found.options["scenario"])
    made, tables = pieces(asked, pictures.difference(seen, explained, asked.w))
    return table_page(asked, "difference_run.html", *tables, pieces=made, **context)
