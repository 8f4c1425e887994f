"""Commands that leave documents behind: the brief, and the demonstration."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "brief")(brief)
    command(app, "demo")(demo)


def brief(
    mission: options.Mission,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            file_okay=False,
            callback=options.place,
            help="Where to write.",
            show_default=False,
        ),
    ],
    on: options.On = None,
    since: options.Since = None,
    one_page: Annotated[bool, typer.Option("--one-page", help="The first page alone.")] = False,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    seed: options.Seed = options.SEED,
    futures: options.Futures = options.FUTURES,
    horizon: options.Horizon = options.HORIZON,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="CODE", help="Another plan: also say why the two differ.", show_default=False
        ),
    ] = None,
    lang: options.Lang = "en",
) -> None:
    """
    Write the decision brief: brief.html (opens offline), brief.pdf and brief.json.

    Example: exitplan brief liberia-2015 -o briefing --since 2014-09-30 --lang fr
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.brief import brief as written

    screen = Screen(lang)
    with screen.working(screen.w("Writing the brief")) as progress:
        done = written(
            mission,
            out,
            on=on,
            since=since,
            one_page=one_page,
            plan=plan,
            scenario=scenario,
            seed=seed,
            futures=futures,
            horizon=horizon,
            lang=lang,
            against=against,
            progress=progress,
        )
    for path in done.paths:
        screen.line(str(path))


def demo(
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="DIR", file_okay=False, callback=options.place, help="Where to leave the briefs."
        ),
    ] = Path("exitplan-demo"),
    missions: Annotated[
        list[str] | None,
        typer.Option(
            "--mission", metavar="NAME", help="Bundled mission; may be given again.", show_default="both real ones"
        ),
    ] = None,
    lang: options.Lang = "en",
) -> None:
    """
    Plan both real missions that come along, leave a brief of each, and a database of all three to open in a browser.

    Example: exitplan demo --lang fr
    """
    from exitplan.cli import status_view as view
    from exitplan.cli.estimates_view import show_futures
    from exitplan.cli.screen import Screen
    from exitplan.usecases.demo import REAL, demonstrate, furnish

    screen, w = Screen(lang), Screen(lang).w
    for name in missions or REAL:
        with screen.working(w("Planning {mission}", mission=name)) as progress:
            shown = demonstrate(name, out, lang=lang, progress=progress)
        screen.line()
        view.show_title(screen, shown.study.dossier, shown.study.on.isoformat())
        view.show_clocks(screen, shown.status.clocks)
        view.show_gates(screen, shown.study.dossier, shown.status)
        if shown.futures is not None:
            show_futures(screen, shown.study.dossier, shown.futures)
        screen.heading(w("Brief"))
        for path in shown.paths:
            screen.line(str(path), indent=2)
    house = furnish(out, datetime.now(UTC))
    screen.heading(w("In the browser"))
    screen.line(f"EXITPLAN_HOME={house.home} {sys.argv[0]} serve", indent=2)
    screen.line(
        w("Sign in as {people}; password: {password}", people=", ".join(house.people), password=house.password),
        indent=2,
    )
    screen.line()
    screen.line(w("Informs a decision; does not recommend leaving."), "italic")
