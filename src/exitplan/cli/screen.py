"""What people see: headings, lines and tables in the reader's language, readable without colour and on 80 columns."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from exitplan.domain.fields import State
from exitplan.wording import Wording

SYMBOLS: dict[str, str] = {"met": "✓", "unmet": "✗", "unknown": "?"}
STYLES: dict[str, str] = {"met": "green", "unmet": "bold red", "unknown": "yellow"}

GAP = 3
"""Blanks between two columns."""

BETWEEN_WORDS = re.compile(r"[^\S\u00a0\u202f]+")
"""White space at which a line may end; not the narrow kind inside `82 %`."""
LONGEST_WORD = 26
"""Letters up to which a word of a table is never broken."""

Cell = str | Text
Column = str | tuple[str, Literal["left", "right"]]
Progress = Callable[[int, int], None]


def clean(text: str) -> str:
    """Text of a dossier without control characters, which could otherwise move the cursor or recolour the screen."""
    return "".join(c if c == "\n" or c.isprintable() or c == "\u00a0" else " " for c in text)


def longest_word(texts: Sequence[Text]) -> int:
    """Letters of the longest word that a column must not break."""
    words = [cell_len(word) for text in texts for word in BETWEEN_WORDS.split(text.plain)]
    return min(max(words, default=1), LONGEST_WORD)


def fitted(least: Sequence[int], wanted: Sequence[int], width: int) -> list[int]:
    """
    Widths of columns that fit a screen: each as wide as it wants where all fit, else what is over its least shared out.

    Where not even the least fits, nobody gets more than that.
    """
    room = width - GAP * (len(wanted) - 1)
    if sum(wanted) <= room:
        return list(wanted)
    widths = [min(a, b) for a, b in zip(least, wanted, strict=True)]
    over = room - sum(widths)
    while over > 0:
        short = [at for at, wish in enumerate(wanted) if widths[at] < wish]
        for at in short:  # the narrowest first, so that short texts are whole before long ones take the rest
            if over > 0:
                widths[at] += 1
                over -= 1
    return widths


class Screen:
    """
    The reader's screen.

    Parameters
    ----------
    lang
        `en` or `fr`.
    """

    def __init__(self, lang: str = "en") -> None:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        self.w = Wording(lang)
        self.lang = lang
        self._out = Console(markup=False, emoji=False, highlight=False)
        self._err = Console(stderr=True, markup=False, emoji=False, highlight=False)

    @property
    def width(self) -> int:
        """Letters on one line."""
        return self._out.width

    def heading(self, text: str) -> None:
        """A heading with a blank line before it."""
        self._show(Text("\n" + clean(text), style="bold"))

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, wrapped to the width of the screen; a blank line where there is no text."""
        from rich.padding import Padding

        if not text:
            self.raw("\n")
            return
        self._show(Padding(Text(clean(text), style=style), (0, 0, 0, indent), expand=False))

    def aside(self, text: str) -> None:
        """A line beside the result, on standard error."""
        self._err.print(Text(clean(text)))

    def state(self, state: State, family: str = "state") -> Text:
        """A state as symbol and word; the colour only repeats them."""
        return Text(f"{SYMBOLS[state]} {self.w.code(family, state)}", style=STYLES[state])

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        keep: int = 1,
        below: int = 0,
    ) -> None:
        """
        A table; says so where there is nothing to show.

        Parameters
        ----------
        columns
            Headings; as (heading, `right`) for numbers.
        keep
            How many of the first columns are never wrapped.
        below
            How many of the last columns go under the one before them where the screen is too narrow for all.
        """
        if not rows:
            self.line(self.w("None."), indent=2)
            return
        heads = [(column, "left") if isinstance(column, str) else column for column in columns]
        cells = [[Text(clean(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows]
        texts = [[Text(title), *(row[at] for row in cells)] for at, (title, _) in enumerate(heads)]
        stacked = below if sum(max(text.cell_len for text in column) + GAP for column in texts) > self._out.width else 0
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        # No word is broken while there is another one to wrap.
        least = [longest_word(column) for column in texts]
        widths = [] if keep or stacked else fitted(least, [max(t.cell_len for t in c) for c in texts], self._out.width)
        for at, (title, side) in enumerate(heads[: len(heads) - stacked]):
            table.add_column(
                title,
                justify="right" if side == "right" else "left",
                no_wrap=at < keep,
                overflow="fold",
                min_width=least[at],
                width=widths[at] if widths else None,
            )
        under = [title for title, _ in heads[len(heads) - stacked :]]
        for row in cells:
            table.add_row(
                *row[: -stacked - 1], self._stacked(row[-stacked - 1], under, row[-stacked:]) if stacked else row[-1]
            )
        self._show(table)

    def _stacked(self, top: Text, headings: Sequence[str], cells: Sequence[Text]) -> RenderableType:
        """A cell with others below it, each under its heading; empty ones are left out."""
        from rich.console import Group
        from rich.padding import Padding

        said = [
            Text(f"{title}{self.w.colon}").append_text(cell)
            for title, cell in zip(headings, cells, strict=True)
            if cell
        ]
        return Group(top, *(Padding(text, (0, 0, 0, 2)) for text in said))

    def _show(self, shown: RenderableType) -> None:
        """Print without the blanks that fill lines up: they would be copied and compared along."""
        with self._out.capture() as captured:
            self._out.print(shown)
        self.raw("".join(f"{line.rstrip(' ')}\n" for line in captured.get().splitlines()))

    def raw(self, text: str) -> None:
        """Text exactly as it is, such as JSON."""
        sys.stdout.write(text)

    @contextmanager
    def working(self, what: str) -> Iterator[Progress]:
        """
        Show on standard error that something is under way, with a bar once its size is known.

        Yields
        ------
        Progress
            To be called with (done, in all).
        """
        if not self._err.is_terminal:
            self.aside(f"{what} …")
            yield lambda done, whole: None
            return
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        parts = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        with Bar(*parts, console=self._err, transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, whole: bar.update(task, completed=done, total=whole)
