"""What is kept under watch, who responds to what, and what goes on after the mission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "watch")(watch)
    command(app, "triggers")(triggers)
    command(app, "after")(after)
    command(app, "hindsight")(hindsight)
    command(app, "archive")(archive)


def watch(
    mission: options.Mission,
    on: options.On = None,
    seed: options.Seed = options.SEED,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    What is kept under watch after the exit: triggered first, early warnings, reviews, what the plan lacks.

    Example: exitplan watch kasanda
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.sections import watch_sections
    from exitplan.usecases.watch import watch as asked

    done, study = asked(mission, on=on, seed=seed)
    show_answer(lang, done, lambda w: watch_sections(study, w), as_json=as_json)


def triggers(
    mission: options.Mission,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Every agreed trigger of watches, contingency plans, plans, risks and scenarios: its state, and who then does what.

    Example: exitplan triggers kasanda
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.sections import triggers_sections
    from exitplan.usecases.watch import triggers as asked

    done, study = asked(mission, on=on)
    show_answer(lang, done, lambda w: triggers_sections(study, w), as_json=as_json)


def after(
    mission: options.Mission,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    What goes on after the mission: functions after transfer, needs, programmes and what works, context, dates kept or not.

    Example: exitplan after kasanda
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.sections import after_sections
    from exitplan.usecases.watch import after as asked

    done, study = asked(mission, on=on)
    show_answer(lang, done, lambda w: after_sections(study, w), as_json=as_json)


def hindsight(
    mission: Annotated[
        str, typer.Argument(metavar="MISSION", help="db:CODE, a mission of the database.", show_default=False)
    ],
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Ranges of kept forecasts against the deaths recorded since; forecasts are kept in the database alone.

    Example: exitplan hindsight db:KASANDA
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.hindsight import hindsight as asked
    from exitplan.usecases.sections import hindsight_found

    done = asked(mission, on=on)
    show_answer(lang, done, lambda w: (hindsight_found(done, w),), as_json=as_json)


def archive(
    mission: options.Mission,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="FILE", dir_okay=False, help="File to be written.", show_default=False),
    ],
    on: options.On = None,
    lang: options.Lang = "en",
) -> None:
    """
    Pack what a successor inherits: the dossier, a brief, the watch, contents, checksums and a letter on top.

    Example: exitplan archive kasanda -o kasanda-archive.zip
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.archive import archive as packed

    screen = Screen(lang)
    with screen.working(screen.w("Packing the archive")):
        packed(mission, out, on=on, lang=lang)
    screen.line(screen.w("Written: {path}", path=str(out)))
