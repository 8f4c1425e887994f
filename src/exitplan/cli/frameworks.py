"""`exitplan frameworks`: norms and gaps, on the screen or as a document. `exitplan lint`: advice on benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "frameworks")(frameworks)
    command(app, "lint")(lint)


def frameworks(
    mission: options.Mission,
    framework: Annotated[
        str | None,
        typer.Option("--framework", metavar="CODE", help="One framework, such as SRES-2594.", show_default="all"),
    ] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Only what is not met, or only partly.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", dir_okay=False, help="Write a .pdf or .html instead.", show_default=False
        ),
    ] = None,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Where the mission stands against each norm of the frameworks it is held to: what is not met first, with its grounds.

    Example: exitplan frameworks kasanda --gaps
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.cli.status_view import show_title
    from exitplan.usecases import frameworks as norms
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    if out is not None:
        if framework or gaps:
            raise typer.BadParameter(screen.w("a document holds the whole analysis: leave out --framework and --gaps"))
        with screen.working(screen.w("Writing the gap analysis")):
            done = norms.write(mission, out, on=on, lang=lang)
        screen.line(str(done.path))
        return
    if as_json:
        screen.raw(written(norms.frameworks(mission, on=on, framework=framework, gaps=gaps).answer))
        return
    asked, sections = norms.on_screen(mission, on=on, framework=framework, gaps=gaps, w=screen.w)
    show_title(screen, asked.dossier, asked.on.isoformat())
    show_sections(screen, sections)


def lint(
    mission: options.Mission,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Advice on how benchmarks are made: vague words, no baseline, output told as outcome, too many indicators. Blocks nothing.

    Example: exitplan lint liberia-2015
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.cli.status_view import show_title
    from exitplan.usecases import frameworks as norms
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    if as_json:
        screen.raw(written(norms.lint(mission, on=on).answer))
        return
    asked, sections = norms.lint_on_screen(mission, on=on, w=screen.w)
    show_title(screen, asked.dossier, asked.on.isoformat())
    show_sections(screen, sections)
