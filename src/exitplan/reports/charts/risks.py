"""The risk matrix as a heat map, one lens beside another and never mixed."""

from __future__ import annotations

import altair as alt

from exitplan.domain.kinds import RiskMatrix
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.states import RISK_LEVELS
from exitplan.reports.charts.drawing import (
    APART,
    INK,
    LEVEL_TONES,
    MUTED,
    PAPER,
    WIDTH,
    heading,
    layered,
    renamed,
    side_by_side,
    svg_of,
    values,
)
from exitplan.reports.page import Cell, Figure, Table, columns, row
from exitplan.wording import Wording

LENSES = ("civilians", "personnel", "objective")
INKS = {"low": INK, "medium": INK, "high": INK, "very_high": PAPER}


def risk_matrix(risks: RisksResult, matrix: RiskMatrix, w: Wording) -> Figure:
    """Number of open risks in each cell, by likelihood after controls and impact; darker is higher."""
    order: list[str] = list(RISK_LEVELS)
    pictures = []
    for lens in LENSES:
        held = {(c.likelihood, c.impact): len(c.risks) for c in risks.matrix if c.lens == lens}
        data = values(
            {
                "likelihood": likelihood,
                "impact": impact,
                "level": matrix.level(likelihood, impact),
                "n": str(held.get((likelihood, impact), "") or ""),
            }
            for likelihood in range(1, 6)
            for impact in range(1, 6)
        )
        x = alt.X("impact:O", title=w("impact"), axis=alt.Axis(labelAngle=0, domain=False, ticks=False))
        y = alt.Y(
            "likelihood:O",
            sort="descending",
            title=w("likelihood after controls") if lens == LENSES[0] else None,
            axis=alt.Axis(domain=False, ticks=False),
        )
        words = {level: w.code("risk_level", level) for level in order}
        legend = alt.Legend(title=None, orient="bottom", symbolStrokeColor=MUTED, labelExpr=renamed(words))
        boxes = (
            alt.Chart(data)
            .mark_rect(stroke=MUTED, strokeWidth=0.6)
            .encode(
                x=x,
                y=y,
                color=alt.Color(
                    "level:N",
                    scale=alt.Scale(domain=order, range=[LEVEL_TONES[o] for o in order]),
                    legend=legend if lens == LENSES[1] else None,
                ),
            )
        )
        counts = (
            alt.Chart(data)
            .mark_text(fontSize=13, fontWeight="bold")
            .encode(
                x=x,
                y=y,
                text="n:N",
                color=alt.Color("level:N", scale=alt.Scale(domain=order, range=[INKS[o] for o in order]), legend=None),
            )
        )
        pictures.append(
            layered(
                boxes,
                counts,
                width=(WIDTH - 110) / 3,
                height=135,
                title=heading(w.capital(w.code("lens", lens)), WIDTH / 3),
                resolve=APART,
            )
        )
    chart = side_by_side(pictures, across=3, column=16)
    counted = {level: sum(r.residual == level and r.status == "open" for r in risks.risks) for level in reversed(order)}
    alt_text = w(
        "Open risks by level after controls: {counts}.",
        counts=", ".join(f"{w.code('risk_level', level)} {n}" for level, n in counted.items()),
    )
    return Figure(
        key="risk-matrix",
        title=w("Open risks by likelihood after controls and impact"),
        alt=alt_text,
        svg=svg_of(chart, "risk-matrix", alt_text, w),
        table=Table(
            caption=w("Open risks in each cell of the matrix"),
            columns=columns(
                (w("Whose risk"), 2), w("Likelihood"), w("Impact"), (w("Level"), 1.4), (w("Risks"), 4), numbers=(1, 2)
            ),
            rows=tuple(
                row(
                    w.code("lens", c.lens),
                    f"{c.likelihood}",
                    f"{c.impact}",
                    Cell(text=w.code("risk_level", c.level), mark=c.level),
                    ", ".join(c.risks),
                )
                for c in sorted(
                    risks.matrix, key=lambda c: (LENSES.index(c.lens), -order.index(c.level), -c.likelihood, -c.impact)
                )
                if c.risks
            ),
            empty=w("No open risk has been scored."),
            folded=True,
        ),
        note=w(
            "Scales from 1 to 5: likelihood {likelihood}; impact {impact}.",
            likelihood=" – ".join(w.scale_name("likelihood", name) for name in risks.likelihood_names),
            impact=" – ".join(w.scale_name("impact", name) for name in risks.impact_names),
        ),
    )
