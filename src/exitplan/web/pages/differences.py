"""Why two plans differ: asked for, watched while it is worked out, looked at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import NotFound
from exitplan.web.access import Asked
from exitplan.web.pages.drawing import form, numbers, runs_table
from exitplan.web.pages.runs import RunPages
from exitplan.web.sections import pieces
from exitplan.web.tables import table_page

RUNS = RunPages("explain", "differences")


def differences(asked: Asked) -> HttpResponse:
    """Differences that were asked for, and the form to ask for another."""
    from exitplan.usecases import asking

    runs = asking.runs_of(asked.view, RUNS.task)
    empty = asked.w("No difference has been explained yet.")
    table = runs_table(asked, RUNS, runs, asked.w("Differences explained"), empty, two=True)
    return table_page(asked, "differences.html", table, **form(asked))


def ask(asked: Asked) -> HttpResponse:
    """Ask why two plans differ, then watch it being worked out."""
    from exitplan.usecases import asking

    plan, against = (asked.request.POST.get(name, "") for name in ("plan", "against"))
    run = asking.ask_difference(asked.view, plan=plan, against=against, **numbers(asked))
    return redirect(RUNS.at(asked, run))


def run(asked: Asked) -> HttpResponse:
    """One run: its progress while it goes on, what it found when it is done and as long as that may be shown."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    number = asked.path["run"]
    found = asking.run_of(asked.view, number, RUNS.task)
    context = RUNS.context(asked, found)
    context |= {"plan": found.options["plan"], "against": found.options["against"]}
    context |= {"same": found.revision == asked.view.revision}
    if found.state != "done":
        return asked.page("difference_run.html", pieces=(), tables={}, **context)
    try:
        explained = asking.explained(asked.view, number)
    except NotFound:
        return asked.page("difference_run.html", status=404, taken=True, pieces=(), tables={}, **context)
    seen = look(asked.view, plan=explained.result.plan, scenario=found.options["scenario"])
    made, tables = pieces(asked, pictures.difference(seen, explained, asked.w))
    return table_page(asked, "difference_run.html", *tables, pieces=made, **context)
