"""The command that explains a difference: why two plans differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    command(app, "explain")(explain)


def explain(
    mission: options.Mission,
    against: Annotated[
        str, typer.Option("--against", metavar="CODE", help="Plan it is put against.", show_default=False)
    ],
    plan: options.Plan = None,
    on: options.On = None,
    scenario: options.Scenario = None,
    definition: Annotated[
        str | None,
        typer.Option(
            "--definition",
            metavar="CODE",
            help="R25, R1000, A25, AX, or one of the mission's own.",
            show_default="the mission's",
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            "--area", metavar="CODE", help="Area that it is read for, where it is read by area.", show_default=False
        ),
    ] = None,
    by: Annotated[
        int | None,
        typer.Option(
            "--by", min=1, max=120, metavar="MONTHS", help="Months within which it is met.", show_default="the horizon"
        ),
    ] = None,
    seed: options.Seed = options.SEED,
    futures: options.Futures = options.FUTURES,
    horizon: options.Horizon = options.HORIZON,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            dir_okay=False,
            callback=options.page,
            help="Also write a page with charts (.html).",
            show_default=False,
        ),
    ] = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Why two plans differ: by what, through what, and which assumptions that hangs on.

    Example: exitplan explain kasanda --plan P-CALENDAR --against P-SLOWER --definition R25 --by 24
    """
    from exitplan.cli.explaining_view import show_explained
    from exitplan.cli.screen import Screen
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.explain import explain as asked

    screen = Screen(lang)
    with screen.working(screen.w("Explaining the difference")) as progress:
        done = asked(
            mission,
            against=against,
            on=on,
            plan=plan,
            scenario=scenario,
            definition=definition,
            area=area,
            by=by,
            seed=seed,
            futures=futures,
            horizon=horizon,
            out=out,
            lang=lang,
            progress=progress,
        )
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_explained(screen, done.result)
    show_assumptions(screen, done.result.assumptions)
    if out is not None:
        screen.line(str(out))
