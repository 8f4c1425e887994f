"""`exitplan backtest …`: how well the models would have done on what has happened since."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the group, and its commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="How well the models would have done in the past.\n\nExample: exitplan backtest watch --out watches.csv",
    )
    command(group, "watch")(watch)
    app.add_typer(group, name="backtest", short_help="How well the models would have done in the past.")


def watch(
    history: Annotated[
        Path | None,
        typer.Option(
            "--history", metavar="FILE", help="CSV with iso3, month, deaths.", show_default="the one that comes along"
        ),
    ] = None,
    baseline: Annotated[
        int, typer.Option("--baseline", min=12, max=120, metavar="MONTHS", help="Months the alarms are fitted on.")
    ] = 12,
    seed: options.Seed = options.SEED,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Also leave every single watch there, as CSV.", show_default=False),
    ] = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    How often the alarms of the watch were false, missed an onset of violence or came late, on past months.

    Example: exitplan backtest watch --out watches.csv
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.usecases.alarm_rates import alarm_rates
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.sections import alarm_rates_section

    result, answer = alarm_rates(history, baseline=baseline, seed=seed, out=out)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(answer))
        return
    show_sections(screen, (alarm_rates_section(result, screen.w),))
