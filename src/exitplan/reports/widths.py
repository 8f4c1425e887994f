"""How wide the columns of a table on paper are: no word is broken, and no date torn, as long as the page has room for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exitplan.reports.page import Table

LETTERS = ((" .,:;'’|!()[]iIjlftr/-\u00a0\u202f", 0.31), ("cksvxyzJ", 0.51), ("mMwW%@–", 0.87))
"""Widths of letters in ems, as in Arial, which is wider than what the PDF is set in."""

CAPITAL, OTHER, BOLD = 0.71, 0.56, 1.08
"""Widths of other capitals and of all other letters; how much wider a heading is, being bold."""

MARK = 1.4
"""Ems that the sign before the words of a cell takes."""

SLACK = 0.2
"""Ems added to what words need, because letters are measured by their sort alone."""

LONGEST = 10.0
"""Ems up to which a word is not broken."""

WHOLE = (16, 13, 0)
"""Letters up to which a cell stands on one line, so that no date is torn; tried in turn."""

SCALES = (1.0, 0.92, 0.84)
"""Sizes of type, against the usual one; tried in turn."""

ROOM = 0.8
"""Share of the page that words may claim for themselves, so that columns of long texts keep theirs."""

BREAKS = re.compile(r"[ \t\n\u200b]|(?<=[-/])")
"""Where a line may end. Spaces that hold things together are no such place."""


@dataclass(frozen=True)
class Fit:
    """Widths of the columns of a table in points, together no more than the page has, and the size of its type."""

    widths: tuple[float, ...]
    scale: float


def fitted(data: Table, width: float, *, size: float, padding: float) -> Fit:
    """
    Each column has its share of the page, but no less than its longest word needs, as long as the others can spare it.

    Where words claim too much of the page, the table is set in smaller type.

    Parameters
    ----------
    width
        Width of the page's text in points.
    size
        Size of the type of a cell in points.
    padding
        Space to the left and right of a cell's words together, in points.
    """
    shares = [column.width for column in data.columns]
    for scale in SCALES:
        for letters in WHOLE:
            least = [need * size * scale + padding for need in _needs(data, letters)]
            if sum(least) <= ROOM * width:
                return Fit(_shared(shares, least, width), scale)
    if sum(least) <= width:
        return Fit(_shared(shares, least, width), SCALES[-1])
    return Fit(tuple(width * need / sum(least) for need in least), SCALES[-1])


def length(text: str) -> float:
    """Width of a text on one line, in ems."""
    return sum(next((wide for few, wide in LETTERS if letter in few), CAPITAL if letter.isupper() else OTHER) for letter in text)  # fmt: skip


def _needs(data: Table, whole: int) -> list[float]:
    """Ems that each column needs for its longest word, or for its cells of no more than so many letters."""
    found = []
    for at, column in enumerate(data.columns):
        needs = [BOLD * _word(column.title)]
        for row in data.rows:
            cell = row[at]
            said = length(cell.text) if len(cell.text) <= whole else _word(cell.text)
            needs.append(said + (MARK if cell.mark else 0))
        found.append(min(max(needs) + SLACK, LONGEST))
    return found


def _word(text: str) -> float:
    return max((length(word) for word in BREAKS.split(text) if word), default=0.0)


def _shared(shares: Sequence[float], least: Sequence[float], width: float) -> tuple[float, ...]:
    held: set[int] = set()
    while True:
        rest = width - sum(least[at] for at in held)
        free = sum(share for at, share in enumerate(shares) if at not in held)
        wide = [least[at] if at in held else rest * share / free for at, share in enumerate(shares)]
        narrow = {at for at, wanted in enumerate(wide) if at not in held and wanted < least[at]}
        if not narrow:
            return tuple(wide)
        held |= narrow
