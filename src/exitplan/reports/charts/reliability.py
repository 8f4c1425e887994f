"""How forecast chances and what happened agree: reliability, and the places of what happened in the forecasts."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from exitplan.domain.results.backtests import ReliabilityBin
from exitplan.reports.charts.drawing import DEEP, INK, LIGHT, MUTED, WIDTH, Spec, layered, svg_of, values
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording

WIDE, HIGH = WIDTH - 90, 230


def reliability(key: str, title: str, bins: Sequence[ReliabilityBin], w: Wording) -> Figure:
    """
    Share that happened against the mean forecast, one point for each bin of forecasts, larger where there were more.

    On the diagonal a chance of 20 % comes true 20 times in 100.
    """
    chart = _diagram(bins, w)
    worst = max(bins, key=lambda b: abs(b.forecast - b.observed))
    alt_text = w(
        "Farthest from the diagonal: {n} forecasts of {forecast} on average, of which {observed} came true.",
        n=w.number(worst.cases),
        forecast=w.share(worst.forecast, 1),
        observed=w.share(worst.observed, 1),
    )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(chart, key, alt_text, w),
        table=Table(
            caption=w("Reliability: what was forecast beside what happened"),
            columns=columns(
                (w("Forecast between"), 2.0),
                (w("Forecasts"), 1.0),
                (w("Mean forecast"), 1.2),
                (w("Happened"), 1.2),
                numbers=range(1, 4),
            ),
            rows=tuple(
                row(
                    f"{w.share(b.low)}–{w.share(b.high)}",
                    w.number(b.cases),
                    w.share(b.forecast, 1),
                    w.share(b.observed, 1),
                )
                for b in bins
            ),
            folded=True,
        ),
        note=w("On the diagonal, forecasts come true as often as they say; above it more often, below it less."),
    )


def _diagram(bins: Sequence[ReliabilityBin], w: Wording) -> Spec:
    axis = alt.Axis(format="%", tickCount=5)
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("forecast:Q", title=w("mean forecast"), scale=scale, axis=axis)
    y = alt.Y("observed:Q", title=w("share that happened"), scale=scale, axis=axis)
    even = alt.Chart(values([{"forecast": 0, "observed": 0}, {"forecast": 1, "observed": 1}]))
    data = values({"forecast": b.forecast, "observed": b.observed, "cases": b.cases} for b in bins)
    points = (
        alt.Chart(data)
        .mark_circle(color=DEEP, opacity=0.9)
        .encode(
            x=x,
            y=y,
            size=alt.Size("cases:Q", legend=None, scale=alt.Scale(type="sqrt", range=[25, 260])),
        )
    )
    line = alt.Chart(data).mark_line(color=DEEP, strokeWidth=1).encode(x=x, y=y)
    return layered(
        even.mark_line(color=MUTED, strokeDash=[4, 3]).encode(x=x, y=y), line, points, width=WIDE, height=HIGH
    )


def places(key: str, title: str, shares: Sequence[float], w: Wording) -> Figure:
    """Share of what happened in each tenth of the forecast distributions: even where forecasts are calibrated."""
    even = 1 / len(shares)
    data = values({"tenth": i + 1, "share": share} for i, share in enumerate(shares))
    x = alt.X("tenth:O", title=w("tenth of the forecast distribution"), axis=alt.Axis(labelAngle=0))
    y = alt.Y(
        "share:Q", title=w("share of cases"), axis=alt.Axis(format="%", tickCount=4), scale=alt.Scale(domainMin=0)
    )
    bars = alt.Chart(data).mark_bar(color=LIGHT, stroke=DEEP, strokeWidth=0.8).encode(x=x, y=y)
    rule = alt.Chart(values([{"share": even}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(y=y)
    alt_text = w(
        "Between {low} and {high} of the cases in each tenth; {even} where forecasts are calibrated.",
        low=w.share(min(shares), 1),
        high=w.share(max(shares), 1),
        even=w.share(even, 1),
    )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(layered(bars, rule, width=WIDE, height=HIGH * 0.5), key, alt_text, w),
        table=Table(
            caption=title,
            columns=columns(w("Tenth"), w("Share of cases"), numbers=range(2)),
            rows=tuple(row(w.number(i + 1), w.share(share, 1)) for i, share in enumerate(shares)),
            folded=True,
        ),
        note=w("Dashed: calibrated. Full ends: what happened lay outside the forecasts too often."),
    )
