"""`exitplan status`: both clocks, gates with what they fail on, benchmarks, hand-overs, sites, what is owed, what changed."""

from __future__ import annotations

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    command(app, "status")(status)


def status(
    mission: options.Mission,
    on: options.On = None,
    since: options.Since = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Where the mission stands on a day: what is not met comes first, the calendar and the conditions side by side.

    Example: exitplan status liberia-2015 --since 2014-09-30
    """
    from exitplan.cli import status_view as view
    from exitplan.cli.screen import Screen
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.status import status as asked

    done = asked(mission, on=on, since=since, plan=plan, scenario=scenario, seed=seed, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    view.show_title(screen, done.dossier, done.answer.on)
    view.show_clocks(screen, done.result.clocks)
    view.show_gates(screen, done.dossier, done.result)
    view.show_benchmarks(screen, done.result)
    view.show_work(screen, done.result)
    view.show_missing(screen, done.result)
    if since is not None:
        view.show_changes(screen, done.result)
    view.show_assumptions(screen, done.result.assumptions)
