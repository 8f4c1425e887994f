"""Past exits: the list, one of them, whether all that is said of them is in step, and those like a mission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command, default

Code = Annotated[str, typer.Argument(metavar="CASE", help="Code of a past exit, such as UNAMSIL.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    past = typer.Typer(
        rich_markup_mode=None,
        help=(
            "Past exits with their outcome by rule; the list where no command is named.\n\n"
            "Example: exitplan cases show UNAMSIL"
        ),
    )
    default(past)(listing)
    for name, run in (("show", show), ("verify", verify), ("similar", similar)):
        command(past, name)(run)
    app.add_typer(past, name="cases", short_help="Past exits, their outcome by rule, and those like a mission.")


def listing(context: typer.Context, as_json: options.Json = False, lang: options.Lang = "en") -> None:
    """
    Past exits with their outcome by rule; the list where no command is named.

    Example: exitplan cases show UNAMSIL
    """
    if context.invoked_subcommand is not None:
        return
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.usecases import cases
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    if as_json:
        screen.raw(written(cases.answer_about("cases", cases.cases())))
        return
    show_sections(screen, [cases.list_section(screen.w)])


def show(code: Code, as_json: options.Json = False, lang: options.Lang = "en") -> None:
    """
    One past exit: outcome by rule with value, threshold, horizon and source; claims beside evidence; facts and figures.

    Example: exitplan cases show ISAF
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.usecases import cases
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    shown = cases.case_shown(code)
    if as_json:
        screen.raw(written(cases.answer_about("case", shown)))
        return
    screen.heading(f"{shown.case.code}  {shown.case.name(lang)}")
    for name, words in cases.case_facts(code, screen.w):
        screen.line(f"{name}{screen.w.colon}{words}", indent=2)
    show_sections(screen, cases.case_sections(code, screen.w))


def verify(
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", metavar="DIR", help="Cases to look at.", show_default="those that come along", exists=True
        ),
    ] = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Recompute every outcome from the figures and hold it against what is stated; ask for a source of every fact.

    Example: exitplan cases verify
    """
    from exitplan.cli.endings import FAULTS
    from exitplan.cli.findings import show_findings
    from exitplan.cli.screen import Screen
    from exitplan.usecases import cases
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    found = cases.verify_cases(folder)
    if as_json:
        screen.raw(written(cases.answer_about("cases-verify", found)))
    else:
        w = screen.w
        show_findings(screen, found.findings)
        screen.line(
            w(
                "{cases} past exits, {facts} places with a source, {figures} figures, {sources} sources.",
                cases=w.number(found.cases),
                facts=w.number(found.facts),
                figures=w.number(found.figures),
                sources=w.number(found.sources),
            )
        )
    if found.findings:
        raise typer.Exit(FAULTS)


def similar(
    mission: options.Mission,
    on: options.On = None,
    plan: options.Plan = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Past exits like a mission: why, what differs, what followed, and base rates with their intervals.

    Example: exitplan cases similar kasanda
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.cli.status_view import show_title
    from exitplan.usecases import cases
    from exitplan.usecases.answers import as_json as written

    done = cases.similar(mission, on=on, plan=plan)
    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_sections(screen, [cases.similar_section(mission, screen.w, on=on, plan=plan)])
