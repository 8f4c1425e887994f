"""All commands together."""

from __future__ import annotations

import typer

from exitplan.cli import (
    backtesting,
    cases,
    documenting,
    dossiers,
    estimates,
    explaining,
    frameworks,
    keeping,
    learning,
    papers,
    partnering,
    readiness,
    serving,
    takeover,
    watching,
)

app = typer.Typer(
    name="exitplan",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Plan, monitor and decide the exit of a peacekeeping mission. Informs a decision; does not recommend leaving.\n\n"
        "Try first: exitplan status liberia-2015"
    ),
)
GROUPS = (
    dossiers,
    readiness,
    estimates,
    explaining,
    takeover,
    partnering,
    watching,
    backtesting,
    learning,
    cases,
    frameworks,
    documenting,
    papers,
    serving,
    keeping,
)
for group in GROUPS:
    group.register(app)
