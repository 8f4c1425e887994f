"""Arguments and options that several commands share, each declared once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from exitplan.wording import Wording


def _day(text: str) -> date:
    """A day typed as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} given, a day as YYYY-MM-DD wanted") from None


def _words(asked: typer.Context) -> Wording:
    """Sentences in the language asked for, which is read before any other option."""
    from exitplan.wording import Wording

    return Wording(asked.params.get("lang", "en"))


def place(asked: typer.Context, file: Path | None) -> Path | None:
    """A file that can be written, or bad use before the work begins and not after it."""
    if file is not None:
        folder = next(some for some in file.absolute().parents if some.exists())
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            w = _words(asked)
            raise typer.BadParameter(w("nothing can be written in {folder}", folder=folder))
    return file


def page(asked: typer.Context, file: Path | None) -> Path | None:
    """The same for a page."""
    if file is not None and file.suffix.lower() != ".html":
        w = _words(asked)
        raise typer.BadParameter(w("a file that ends in .html wanted"))
    return place(asked, file)


Mission = Annotated[
    str,
    typer.Argument(
        metavar="MISSION",
        help="A dossier folder, a bundle (.zip), a workbook (.xlsx), db:CODE for one of the database, or the name of "
        "a bundled mission such as liberia-2015.",
        show_default=False,
    ),
]
On = Annotated[
    date | None,
    typer.Option(
        "--on", parser=_day, metavar="DATE", help="Day to look from.", show_default="the mission's, else today"
    ),
]
Since = Annotated[
    date | None,
    typer.Option(
        "--since", parser=_day, metavar="DATE", help="Also say what changed since this day.", show_default=False
    ),
]
Plan = Annotated[
    str | None, typer.Option("--plan", metavar="CODE", help="Plan looked at.", show_default="the mission's")
]
Scenario = Annotated[
    str | None,
    typer.Option("--scenario", metavar="CODE", help="Scenario it is tried in.", show_default="the mission's"),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Equal seeds give equal results.")]
Futures = Annotated[int, typer.Option("--futures", min=32, max=10_000_000, help="Simulated futures.")]
Error = Annotated[
    float | None,
    typer.Option(
        "--error",
        min=0.0001,
        max=0.5,
        metavar="SHARE",
        help="Stop when the simulation error of every chance is within this; --futures is then the most.",
        show_default=False,
    ),
]
Horizon = Annotated[int, typer.Option("--horizon", min=1, max=120, metavar="MONTHS", help="Months looked ahead.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Have the workers of a Dask scheduler count.",
        show_default="this process",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=256, help="Count in so many processes here.", show_default="this process"),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON and nothing else.")]
Lang = Annotated[Literal["en", "fr"], typer.Option("--lang", is_eager=True, help="Language of what is shown.")]

SEED = 1
FUTURES = 5000
HORIZON = 24
