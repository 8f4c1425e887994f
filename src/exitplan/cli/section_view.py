"""A section of a report on the screen: the same words and tables as on a page and on paper; a picture by its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text

from exitplan.cli.screen import GAP, Cell, Screen, longest_word

if TYPE_CHECKING:
    from exitplan.usecases.answers import Answered
    from exitplan.usecases.sections import Block, Section, Table
    from exitplan.wording import Wording

SIGNS: dict[str, tuple[str, str]] = {
    "met": ("✓", "green"),
    "done": ("✓", "green"),
    "unmet": ("✗", "bold red"),
    "very_high": ("▲", "bold red"),
    "high": ("▲", "red"),
    "unknown": ("?", "yellow"),
    "late": ("!", "yellow"),
}
"""Sign and style of a marked cell; the words beside it say the same."""

EMPTY = ("", "–")
"""Cells that say nothing."""

SHOWN = 12
"""Rows of a long table that are shown; the whole of it is in the JSON and in every document."""

TONES = {"lead": "bold", "warning": "bold red", "note": "dim"}


def show_answer(
    lang: str,
    done: Answered[Any],
    sections: Callable[[Wording], Iterable[Section]],
    *,
    as_json: bool,
    assumptions: tuple[str, ...] | None = None,
) -> None:
    """
    An answer as JSON, or else its title and its sections.

    Parameters
    ----------
    assumptions
        What its figures take for granted, shown below with what they are for; None where it holds no estimate.
    """
    from exitplan.cli.status_view import show_assumptions, show_title
    from exitplan.usecases.answers import as_json as written

    screen = Screen(lang)
    if as_json:
        screen.raw(written(done.answer))
        return
    show_title(screen, done.dossier, done.answer.on)
    show_sections(screen, sections(screen.w))
    if assumptions is not None:
        show_assumptions(screen, assumptions)


def show_sections(screen: Screen, sections: Iterable[Section]) -> None:
    """Sections in their order, each under its title."""
    for section in sections:
        screen.heading(section.title)
        for block in section.blocks:
            _show(screen, block)


def _show(screen: Screen, block: Block) -> None:
    if block.kind == "paragraph":
        screen.line(block.text, TONES.get(block.tone, ""))
    elif block.kind == "items":
        for item in block.items:
            screen.line(f"• {item}", indent=2)
    elif block.kind == "figure":
        _table(screen, block.table, block.title)
        for said in (block.source, block.note):
            if said:
                screen.line(said, "dim", indent=2)
    else:
        _table(screen, block, block.caption)


def _table(screen: Screen, table: Table, title: str) -> None:
    screen.heading(title)
    if not table.rows:
        screen.line(table.empty or screen.w("None."), indent=2)
        return
    titles = [column.title for column in table.columns]
    shown = table.rows[:SHOWN] if table.folded else table.rows
    cells = [[_cell(cell.text, cell.mark) for cell in row] for row in shown]
    if _needed(titles, cells) > screen.width:
        _records(screen, titles, cells)
    else:
        screen.table([(column.title, "right" if column.number else "left") for column in table.columns], cells, keep=0)
    left = len(table.rows) - len(shown)
    if left:
        told = screen.w.count("{n} more row; --json holds all.", "{n} more rows; --json holds all.", left)
        screen.line(told, "dim", indent=2)
    if table.note:
        screen.line(table.note, "dim", indent=2)


def _needed(titles: list[str], rows: list[list[Cell]]) -> int:
    """Letters that a table needs across, so that no word is broken."""
    columns = zip(titles, *rows, strict=True)
    return sum(longest_word([Text(str(cell)) for cell in column]) + GAP for column in columns) - GAP


def _records(screen: Screen, titles: list[str], rows: list[list[Cell]]) -> None:
    """A table too wide for the screen, row by row: its name, and below it what there is to say."""
    for first, *others in rows:
        screen.line(str(first), "bold")
        said = [
            f"{title}{screen.w.colon}{cell}"
            for title, cell in zip(titles[1:], others, strict=True)
            if str(cell) not in EMPTY
        ]
        screen.line(" · ".join(said) or screen.w("None."), indent=2)


def _cell(text: str, mark: str) -> Cell:
    sign, style = SIGNS.get(mark, ("", ""))
    return Text(f"{sign} {text}", style=style) if sign else text
