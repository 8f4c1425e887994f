"""`exitplan backtest …`: how well the models would have done on what has happened since."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command

if TYPE_CHECKING:
    from exitplan.cli.screen import Screen
    from exitplan.domain.results.base import Answer
    from exitplan.usecases.sections import Section


def register(app: typer.Typer) -> None:
    """Add the group, and its commands."""
    group = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="How well the models would have done in the past.\n\nExample: exitplan backtest watch --out watches.csv",
    )
    command(group, "areas")(areas)
    command(group, "country")(country)
    command(group, "watch")(watch)
    command(group, "sites")(sites)
    command(group, "exits")(exits)
    app.add_typer(group, name="backtest", short_help="How well the models would have done in the past.")


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="Folder of the public data.",
        show_default="$EXITPLAN_DATA, else ../shared/data",
    ),
]


Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        dir_okay=False,
        callback=options.place,
        help="Also leave every single case there, as CSV; packed if it ends in .gz.",
        show_default=False,
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE",
        dir_okay=False,
        callback=options.page,
        help="Also write a page with charts (.html).",
        show_default=False,
    ),
]


def _own_or_public(screen: Screen, files: Iterable[object], data: Path | None) -> None:
    """Bad use where files of one's own and the folder of the public data are both given: one of them would go unread."""
    if data is not None and any(files):
        raise typer.BadParameter(screen.w("either files of your own or --data, not both"))


def _shown(screen: Screen, answer: Answer, section: Section, report: Path | None, as_json: bool) -> None:
    """What was found, on the screen or as JSON, and on a page where one is wanted."""
    from exitplan.cli.section_view import show_sections
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.sections import write_backtest_report

    if report is not None:
        write_backtest_report(report, section, answer.manifest, screen.w)
    if as_json:
        screen.raw(written(answer))
        return
    show_sections(screen, (section,))
    if report is not None:
        screen.line(str(report))


def areas(
    events: Annotated[
        Path | None,
        typer.Option(
            "--events",
            metavar="FILE",
            help="CSV of events or monthly sums: adm1_id, month or date, best.",
            show_default="those of the data folder",
        ),
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option(
            "--areas",
            metavar="FILE",
            help="CSV of their areas: iso3, adm1_id, lat, lon.",
            show_default="those of the data folder",
        ),
    ] = None,
    data: Data = None,
    seed: options.Seed = options.SEED,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, metavar="N", help="Processes; the result does not depend on it.")
    ] = 1,
    recalibrated: Annotated[
        bool,
        typer.Option(
            "--recalibrated",
            help="Also score the pool after a last step learned from other countries' forecasts that have come due.",
        ),
    ] = False,
    out: Out = None,
    report: Report = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Deaths by area and month, forecast with what other countries teach, against benchmarks and what happened.

    Takes about a quarter of an hour on one core for all host countries. --out has the mean and quantiles of each area-month.

    Example: exitplan backtest areas --data ../shared/data --workers 2
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.area_backtest import areas_backtest
    from exitplan.usecases.sections import area_scores_section

    screen = Screen(lang)
    _own_or_public(screen, (events, areas), data)
    with screen.working(screen.w("Forecasting from each origin")) as progress:
        result, answer = areas_backtest(
            events,
            areas,
            data=data,
            seed=seed,
            workers=workers,
            recalibrated=recalibrated,
            out=out,
            progress=progress,
        )
    _shown(screen, answer, area_scores_section(result, screen.w), report, as_json)


def sites(
    episodes: Annotated[
        Path | None,
        typer.Option(
            "--episodes",
            metavar="FILE",
            help="CSV of site episodes (Geo-PKO): site_id, latitude, longitude, closed_est and what else is known.",
            show_default="those of the data folder, each mission left out",
        ),
    ] = None,
    events: Annotated[
        list[Path] | None,
        typer.Option(
            "--events",
            metavar="FILE",
            help="CSV of located events (UCDP GED) around these sites; may be given several times.",
            show_default="those of the data folder",
        ),
    ] = None,
    data: Data = None,
    seed: options.Seed = options.SEED,
    out: Out = None,
    report: Report = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    The chance of violence near each closed site, and how good such chances were on past closures.

    With both files: forecasts with the parameters that come along, from events before each closure alone. Without: a test on
    the public data, each mission forecast without its countries.

    Example: exitplan backtest sites --episodes closed.csv --events events.csv --out chances.csv
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.sections import sites_section
    from exitplan.usecases.site_backtest import sites_backtest

    screen = Screen(lang)
    _own_or_public(screen, (episodes, events), data)
    result, answer = sites_backtest(episodes, tuple(events or ()), data=data, seed=seed, out=out)
    _shown(screen, answer, sites_section(result, screen.w), report, as_json)


def exits(
    data: Data = None,
    seed: options.Seed = options.SEED,
    out: Out = None,
    report: Report = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    The chance of armed conflict after each past exit, forecast without its country, and what happened.

    Example: exitplan backtest exits --data ../shared/data --out exits.csv
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.exit_backtest import exits_backtest
    from exitplan.usecases.sections import exits_section

    result, answer = exits_backtest(data=data, seed=seed, out=out)
    screen = Screen(lang)
    _shown(screen, answer, exits_section(result, screen.w), report, as_json)


def country(
    history: Annotated[
        Path | None,
        typer.Option(
            "--history",
            metavar="FILE",
            help="CSV or CSV.gz with iso3, month, deaths.",
            show_default="the one that comes along",
        ),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--origin", metavar="YYYY-MM", help="Last month known, with --history.", show_default=False),
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option(
            "--horizon", min=1, max=120, metavar="MONTHS", help="Months ahead, with --history.", show_default="12"
        ),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=1, max=100_000, help="Draws of each month.")] = 1000,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            metavar="FOLDER",
            help="Folder with views_forecasts and ucdp_country_month: against VIEWS' official benchmarks.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    seed: options.Seed = options.SEED,
    report: Report = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Deaths by country and month, forecast from past deaths alone, against benchmarks and what happened.

    From one month of a file, the draws in --out; with --data, the windows of VIEWS' competition; otherwise year by year on the
    months that come along.

    Example: exitplan backtest country --history deaths.csv --origin 2017-10 --horizon 14 --out draws.csv
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.country_backtest import forecast_country, rolling_country, views_country
    from exitplan.usecases.sections import country_scores_section

    screen = Screen(lang)
    _own_or_public(screen, (history,), data)
    if (history is None) != (origin is None) or (history is None and (out, horizon) != (None, None)):
        raise typer.BadParameter(
            screen.w("--history and --origin go together, and --horizon and --out go with them alone")
        )
    if history is not None and origin is not None:
        result, answer = forecast_country(
            history, origin=origin, horizon=horizon or 12, draws=draws, seed=seed, out=out
        )
    else:
        with screen.working(screen.w("Forecasting from each origin")) as progress:
            if data is not None:
                result, answer = views_country(data, draws=draws, seed=seed, progress=progress)
            else:
                result, answer = rolling_country(draws=draws, seed=seed, progress=progress)
    _shown(screen, answer, country_scores_section(result, screen.w), report, as_json)


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
    out: Out = None,
    report: Report = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    How often the alarms of the watch were false, missed an onset of violence or came late, on past months.

    Example: exitplan backtest watch --out watches.csv
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.alarm_rates import alarm_rates
    from exitplan.usecases.sections import rates_section

    result, answer = alarm_rates(history, baseline=baseline, seed=seed, out=out)
    screen = Screen(lang)
    _shown(screen, answer, rates_section(result, screen.w), report, as_json)
