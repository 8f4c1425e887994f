"""The command about partners: parts in hand-overs, what they cover, what can come from afar, consent and access."""

from __future__ import annotations

from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command

Silent = Annotated[
    int | None,
    typer.Option(
        "--silent",
        min=1,
        max=3650,
        metavar="DAYS",
        help="Days without contact from which on a partner counts as silent.",
        show_default="90",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    command(app, "partners")(partners)


def partners(
    mission: options.Mission,
    on: options.On = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    silent: Silent = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Who does what in each hand-over, what partners cover, reach from afar, consent and access.

    Example: exitplan partners kasanda --silent 60
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.partners import partners as asked

    done = asked(mission, on=on, plan=plan, scenario=scenario, silent=silent)
    show_answer(lang, done.answered, done.sections, as_json=as_json, assumptions=())
