"""Command: who takes over, with what money, institutions and needs."""

from __future__ import annotations

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    command(app, "takeover")(takeover)


def takeover(
    mission: options.Mission,
    on: options.On = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    horizon: options.Horizon = options.HORIZON,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Who takes over each function, with what answer and money, from which institutions, and what people say they need.

    Example: exitplan takeover kasanda --lang fr
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.takeover import takeover as asked

    done = asked(mission, on=on, scenario=scenario, seed=seed, horizon=horizon)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_sections(screen, done.sections(screen.w))
    show_assumptions(screen, done.result.assumptions)
