"""Matrices of partners: what each stands behind, and which part each has in a hand-over. Letters and figures carry the meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from exitplan.reports.charts.drawing import (
    APART,
    DEEP,
    GRID,
    INK,
    LIGHT,
    MUTED,
    OCHRE,
    PALE,
    PAPER,
    WIDTH,
    Spec,
    layered,
    renamed,
    short,
    step,
    svg_of,
    values,
)
from exitplan.wording import Wording

BOX = 24
MOST_ROWS = 24
"""Rows of a matrix that are drawn, the worst first; the table holds them all."""
MOST_COLUMNS = 18
LONGEST = 34
"""Letters of a row's name."""
TILTED = 24
"""Letters of a column's name, which stands at a slant."""

TONES = {"firm": DEEP, "soft": PALE, "accountable": DEEP, "responsible": LIGHT, "other": PAPER, "gap": OCHRE}
INKS = {"firm": PAPER, "soft": INK, "accountable": PAPER, "responsible": INK, "other": INK, "gap": PAPER}


@dataclass(frozen=True)
class Box:
    """One cell of a matrix: what stands in it, and how firm it is."""

    row: str
    column: str
    text: str
    tone: str


def matrix(
    key: str, boxes: Sequence[Box], rows: Sequence[str], columns: Sequence[str], alt_text: str, w: Wording
) -> str:
    """
    A matrix as SVG; boxes outside the rows and columns drawn are left out.

    Parameters
    ----------
    rows, columns
        Names in their order, at most `MOST_ROWS` and `MOST_COLUMNS` of them; a name stands for one row or column.
    """
    shown_rows, shown_columns = list(rows[:MOST_ROWS]), list(columns[:MOST_COLUMNS])
    down = {name: short(name, LONGEST) for name in shown_rows}
    across = {name: short(name, TILTED) for name in shown_columns}
    data = values(
        {"row": b.row, "column": b.column, "text": b.text, "tone": b.tone}
        for b in boxes
        if b.row in down and b.column in across
    )
    size = min(BOX * 2, max(BOX, (WIDTH - 260) / max(1, len(shown_columns))))
    x = alt.X(
        "column:N",
        scale=alt.Scale(domain=shown_columns),
        title=None,
        axis=alt.Axis(
            orient="top", labelAngle=-45, labelExpr=renamed(across), domain=False, ticks=False, labelLimit=170
        ),
    )
    y = alt.Y(
        "row:N",
        scale=alt.Scale(domain=shown_rows),
        title=None,
        axis=alt.Axis(labelExpr=renamed(down), domain=False, ticks=False, labelFontSize=10, labelLimit=250),
    )
    whole = [{"row": r, "column": c} for r in shown_rows for c in shown_columns]
    empty = alt.Chart(values(whole)).mark_rect(color=PAPER, stroke=GRID, strokeWidth=0.7).encode(x=x, y=y)
    base = alt.Chart(data)
    squares = base.mark_rect(stroke=MUTED, strokeWidth=0.7).encode(x=x, y=y, color=_by(TONES))
    letters = base.mark_text(fontSize=11, fontWeight="bold").encode(x=x, y=y, text="text:N", color=_by(INKS))
    drawn: Spec = layered(empty, squares, letters, width=step(size), height=step(BOX), resolve=APART)
    return svg_of(drawn, key, alt_text, w)


def _by(tones: Mapping[str, str]) -> alt.Color:
    return alt.Color("tone:N", scale=alt.Scale(domain=list(tones), range=list(tones.values())), legend=None)
