"""Commands about what is learned and what is told: lessons, communications, the after-action report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    command(app, "lessons")(lessons)
    command(app, "communications")(communications)
    command(app, "after-action")(after_action)


def lessons(
    mission: options.Mission,
    offered_for: Annotated[
        str,
        typer.Option(
            "--for", metavar="KIND:CODE", help="Only those that apply to an entry, with why.", show_default=False
        ),
    ] = "",
    search: Annotated[
        str, typer.Option("--search", metavar="WORDS", help="Only those that hold all words.", show_default=False)
    ] = "",
    state: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar="STATE",
            help="Only own ones in this state: found, advised, under_way, overdue, done; may be given again.",
            show_default=False,
        ),
    ] = None,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Lessons of the mission and of past exits: all, by their words, or those that apply to one entry.

    Example: exitplan lessons kasanda --for gate:G-POL-UMB
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.lessons import lessons as asked
    from exitplan.usecases.lessons import state_named
    from exitplan.usecases.sections import lessons_found

    states = tuple(state_named(name) for name in state or ())
    done = asked(mission, on=on, offered_for=offered_for or None, words=search, states=states)
    show_answer(lang, done, lambda w: (lessons_found(done, w),), as_json=as_json)


def communications(
    mission: options.Mission,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Who is told what about each hand-over, and when; hand-overs nobody is told about first; rumours and their answers.

    Example: exitplan communications kasanda
    """
    from exitplan.cli.section_view import show_answer
    from exitplan.usecases.communications import communications as asked
    from exitplan.usecases.sections import communications_found

    done = asked(mission, on=on)
    show_answer(lang, done, lambda w: (communications_found(done, w),), as_json=as_json)


def after_action(
    mission: options.Mission,
    phase: Annotated[
        str | None, typer.Option("--phase", metavar="CODE", help="Phase looked back on.", show_default="the whole time")
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(
            "--decision", metavar="CODE", help="Decision looked back on, with what it names.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            dir_okay=False,
            help="Write it: .html, .md or .pdf.",
            show_default="the screen",
        ),
    ] = None,
    on: options.On = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Look back on a phase or a decision: what was planned, what happened, why, what to keep, what to change.

    Example: exitplan after-action kasanda --phase PH1 -o phase-1.html
    """
    from exitplan.cli.screen import Screen
    from exitplan.cli.section_view import show_sections
    from exitplan.cli.status_view import show_title
    from exitplan.usecases.after_action import after_action as asked
    from exitplan.usecases.after_action import sections_of, write
    from exitplan.usecases.answers import as_json as written

    done = asked(mission, on=on, phase=phase, decision=decision)
    screen = Screen(lang)
    if out is not None:
        write(done, out, screen.w)
        screen.line(str(out))
        return
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_sections(screen, sections_of(done, screen.w))
