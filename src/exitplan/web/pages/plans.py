"""Plans: every way to leave beside the others, and one of them with its sequence, what binds it and what it breaks."""

from __future__ import annotations

from django.http import HttpResponse

from exitplan.domain.kinds import Plan, Scenario
from exitplan.web import cells
from exitplan.web.access import Asked
from exitplan.web.sections import pieces
from exitplan.web.tables import Cell, Column, Row, Table, table_page


def plans(asked: Asked) -> HttpResponse:
    """Every plan with the end of its feasible sequence under one scenario."""
    scenario = asked_scenario(asked)
    table = Table(
        "plans",
        asked.w("Plans"),
        (
            Column("plan", asked.w("Plan"), wide=True),
            Column("drive", asked.w("Goes")),
            Column("start", asked.w("First month")),
            Column("end", asked.w("Meant to end")),
            Column("feasible", asked.w("Feasible end")),
            Column("late", asked.w("Months late"), number=True),
            Column("stuck", asked.w("Steps without a month"), number=True),
            Column("breaches", asked.w("Limits broken"), number=True),
        ),
        tuple(_row(asked, plan, scenario) for plan in asked.view.dossier.of(Plan)),
        empty=asked.w(
            "No plan is shown to you yet. A plan names the order and the months in which the mission leaves."
        ),
    )
    return table_page(
        asked,
        "plans.html",
        table,
        scenarios=scenario_choices(asked, scenario),
        chances=asked.may("see_chances"),
        may_edit=asked.may("edit", "plan"),
    )


def plan(asked: Asked) -> HttpResponse:
    """One plan: summary, breaches, hand-overs and closures month by month, strength against ceilings, use of limits."""
    from exitplan.usecases import asking, pictures
    from exitplan.usecases.looking import look

    dossier = asked.view.dossier
    shown = dossier.find(Plan, asked.path["code"])
    scenario = asked_scenario(asked)
    seen = look(asked.view, plan=shown.code, scenario=scenario)
    made, tables = pieces(asked, pictures.sequence(seen, asked.w))
    runs = asking.runs_of(asked.view, "futures") if asked.may("see_chances") else ()
    return table_page(
        asked,
        "plan.html",
        *tables,
        plan=shown,
        pieces=made,
        scenarios=scenario_choices(asked, scenario),
        scenario=scenario,
        schedule=seen.schedule,
        all_fields=cells.entry_address(asked.mission, "plan", shown.code),
        runs=[run for run in runs if run.options.get("plan") == shown.code][:5],
        chances=asked.may("see_chances"),
        may_run=asked.may("run"),
    )


def asked_scenario(asked: Asked) -> str | None:
    """The scenario chosen in the address; None for the mission's default."""
    wanted = asked.request.GET.get("scenario") or None
    return asked.view.dossier.find(Scenario, wanted).code if wanted else None


def scenario_choices(asked: Asked, chosen: str | None) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is chosen, of every scenario the reader sees; the default first, with no code."""
    dossier = asked.view.dossier
    default = dossier.scenario(None)
    rest = [(s.code, s.name(asked.w.lang), s.code == chosen) for s in dossier.of(Scenario) if s.code != default.code]
    return [("", default.name(asked.w.lang), chosen in (None, default.code)), *rest]


def _row(asked: Asked, plan: Plan, scenario: str | None) -> Row:
    from exitplan.usecases.looking import look

    w = asked.w
    schedule = look(asked.view, plan=plan.code, scenario=scenario).schedule
    stuck = sum(step.state == "not_feasible" for step in schedule.steps)
    late = schedule.late_months
    name = cells.named(asked, plan)
    query = f"?scenario={scenario}" if scenario else ""
    default = asked.view.dossier.mission.default_plan == plan.code
    return (
        Cell(name.text, value=plan.code, href=name.href + query, small=w("the plan in force") if default else ""),
        Cell(w.code("drive", plan.drive)),
        cells.month(asked, plan.start),
        cells.month(asked, plan.end),
        cells.month(asked, schedule.end)
        if schedule.end
        else Cell(w("none found"), value="", mark="unmet" if stuck else ""),
        cells.number(asked, max(late, 0) if late is not None else None, mark="late" if late and late > 0 else ""),
        cells.number(asked, stuck, mark="unmet" if stuck else ""),
        cells.number(asked, len(schedule.breaches), mark="unmet" if schedule.breaches else ""),
    )
