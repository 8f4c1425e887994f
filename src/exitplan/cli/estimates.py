"""Commands that look ahead: capacity, futures, schedule, site-risk, risks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for run in (capacity, futures, schedule, site_risk, risks):
        command(app, run.__name__.replace("_", "-"))(run)


def capacity(
    mission: options.Mission,
    on: options.On = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    What the national institutions can carry, month by month.

    Example: exitplan capacity liberia-2015 --horizon 36
    """
    from exitplan.cli import estimates_view as view
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.capacity import capacity as asked

    done = asked(mission, on=on, scenario=scenario, seed=seed, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    view.show_capacity(screen, done.dossier, done.result)
    show_assumptions(screen, done.result.assumptions)


def futures(
    mission: options.Mission,
    on: options.On = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    futures: options.Futures = options.FUTURES,
    error: options.Error = None,
    horizon: options.Horizon = options.HORIZON,
    cluster: options.Cluster = None,
    workers: options.Workers = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Simulated futures of armed violence in every area, under a plan and a scenario.

    Example: exitplan futures sierra-leone-2002 --horizon 24 --seed 7
    """
    from exitplan.cli import estimates_view as view
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.futures import futures as asked

    screen = Screen(lang)
    with screen.working(screen.w("Simulating futures")) as progress:
        done = asked(
            mission,
            on=on,
            plan=plan,
            scenario=scenario,
            seed=seed,
            futures=futures,
            error=error,
            horizon=horizon,
            progress=progress,
            cluster=cluster,
            workers=workers,
        )
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    view.show_futures(screen, done.dossier, done.result)
    show_assumptions(screen, done.result.assumptions)


def schedule(
    mission: options.Mission,
    on: options.On = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    The earliest feasible month of every hand-over and closure, and what binds each.

    Example: exitplan schedule kasanda --plan P-CONDITIONS
    """
    from exitplan.cli import estimates_view as view
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.schedule import schedule as asked

    done = asked(mission, on=on, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    view.show_schedule(screen, done.result)
    show_assumptions(screen, done.result.assumptions)


def site_risk(
    mission: options.Mission,
    events: Annotated[
        list[Path] | None,
        typer.Option(
            "--events",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Events in the columns of UCDP GED; may be given again. Read, not kept.",
            show_default="those in the dossier's folder events",
        ),
    ] = None,
    on: options.On = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    The chance of violence near each open site in the months after it closes.

    Example: exitplan site-risk my-mission --events ged.csv
    """
    from exitplan.cli import estimates_view as view
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.site_risk import site_risk as asked

    done = asked(mission, events=events or (), on=on, plan=plan, scenario=scenario, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    view.show_site_risk(screen, done.result)
    show_assumptions(screen, done.result.assumptions)


def risks(
    mission: options.Mission,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    The risk register on the mission's own scales: top risks of each lens, triggers that fired, work overdue.

    Example: exitplan risks liberia-2015
    """
    from exitplan.cli import estimates_view as view
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.risks import risks as asked

    done = asked(mission, on=on)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    view.show_risks(screen, done.result)
    show_assumptions(screen, ())
