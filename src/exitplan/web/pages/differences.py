"""Why two plans differ: asked for, watched while it is worked out, looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import Area
from exitplan.web.access import Asked
from exitplan.web.pages.drawing import form, numbers, runs_table, whole_number
from exitplan.web.pages.runs import RunPages
from exitplan.web.sections import pieces
from exitplan.web.tables import table_page
from exitplan.wording.definitions import definition_said

RUNS = RunPages("explain", "differences")


def differences(asked: Asked) -> HttpResponse:
    """Differences that were asked for, and the form to ask for another."""
    from exitplan.usecases import asking

    runs = asking.runs_of(asked.view, RUNS.task)
    empty = asked.w("No difference has been explained yet.")
    table = runs_table(asked, RUNS, runs, asked.w("Differences explained"), empty, two=True)
    return table_page(asked, "differences.html", table, **form(asked), **_choices(asked))


def ask(asked: Asked) -> HttpResponse:
    """Ask why two plans differ, then watch it being worked out."""
    from exitplan.usecases import asking

    posted, given = asked.request.POST, numbers(asked)
    plan, against = (posted.get(name, "") for name in ("plan", "against"))
    definition, area = (posted.get(name) or None for name in ("definition", "area"))
    by = whole_number(posted.get("by"), "by", given["horizon"])
    run = asking.ask_difference(
        asked.view, plan=plan, against=against, definition=definition, area=area, by=by, **given
    )
    return redirect(RUNS.at(asked, run))


def run(asked: Asked) -> HttpResponse:
    """One run: its progress while it goes on, what it found when it is done and as long as that may be shown."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    number = asked.path["run"]
    found = asking.run_of(asked.view, number, RUNS.task)
    context = RUNS.context(asked, found)
    context |= {"plan": found.options["plan"], "against": found.options["against"]}
    context |= {"same": found.revision == asked.view.revision, "question": _question(asked, found.options)}
    if found.state != "done":
        return asked.page("difference_run.html", pieces=(), tables={}, **context)
    try:
        explained = asking.explained(asked.view, number)
    except NotFound:
        return asked.page("difference_run.html", status=404, taken=True, pieces=(), tables={}, **context)
    seen = look(asked.view, plan=explained.result.plan, scenario=found.options["scenario"])
    made, tables = pieces(asked, pictures.difference(seen, explained, asked.w))
    return table_page(asked, "difference_run.html", *tables, pieces=made, **context)


def _choices(asked: Asked) -> dict[str, Any]:
    """Definitions and areas that the form offers. Where the main definition is read per area, the first one is chosen."""
    from exitplan.usecases import asking

    dossier, offered = asked.view.dossier, asking.questions(asked.view)
    return {
        "definitions": [
            (code, definition_said(asked.w, dossier.mission, code), code == offered.main)
            for code in offered.definitions
        ],
        "areas": [
            (code, dossier.find(Area, code).name(asked.w.lang), offered.per_area and place == 0)
            for place, code in enumerate(offered.areas)
        ],
    }


def _question(asked: Asked, options: dict[str, Any]) -> dict[str, Any]:
    """Whose chance is explained, where, and within how many months; nothing of a run that older versions asked for."""
    if not options.get("definition"):
        return {}
    area = asked.view.dossier.get(Area, options["area"])
    return {
        "definition": definition_said(asked.w, asked.view.dossier.mission, options["definition"]),
        "area": area.name(asked.w.lang) if area else "",
        "by": asked.w.number(options["by"]),
    }
