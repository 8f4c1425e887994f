"""`exitplan document`: the documents that a mission sends out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "document")(document)


def document(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="transition-plan, annex, fact-sheet, risk-register, benchmark-matrix, calendar or cpas.",
            show_default=False,
        ),
    ],
    mission: options.Mission,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            dir_okay=False,
            help="Where to write; its ending says the format, such as .docx, .pdf, .xlsx or .ics.",
            show_default=False,
        ),
    ],
    on: options.On = None,
    since: options.Since = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE.docx",
            dir_okay=False,
            help="A Word file of your own with placeholders such as {{section:risks}}.",
            show_default=False,
        ),
    ] = None,
    plan: options.Plan = None,
    scenario: options.Scenario = None,
    lang: options.Lang = "en",
) -> None:
    """
    Write a document of a mission: transition plan, annex to a report, fact sheet, register, matrix, calendar, data.

    Example: exitplan document annex liberia-2015 -o annex.docx --since 2015-06-30 --lang fr
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.papers import document as written

    screen = Screen(lang)
    with screen.working(screen.w("Writing the document")):
        path = written(
            kind, mission, out, on=on, since=since, plan=plan, scenario=scenario, lang=lang, template=template
        )
    screen.line(screen.w("Written: {path}", path=str(path)))
