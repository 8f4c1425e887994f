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
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.takeover import takeover as asked

    done = asked(mission, on=on, scenario=scenario, seed=seed, horizon=horizon)
    show_answer(lang, done, done.sections, as_json=as_json, assumptions=done.result.assumptions)
