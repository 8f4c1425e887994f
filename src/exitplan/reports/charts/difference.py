"""Why two plans differ: what adds up to the difference, and how far it swings with each assumption."""

from __future__ import annotations

import altair as alt

from exitplan.domain.results.explain import DifferenceExplained, Estimate
from exitplan.reports.charts.drawing import DEEP, INK, LIGHT, MIDDLE, MUTED, OCHRE, WIDTH, layered, step, svg_of, values
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording
from exitplan.wording.differences import amount, measured, value

MOST = 12


def waterfall(found: DifferenceExplained, w: Wording) -> Figure:
    """What the plans differ in, one after the other, up to the whole difference; the whisker is one Monte Carlo error."""
    scale = _scale(found)
    steps, foot = [], 0.0
    for share in found.channels:
        if share.differs:
            steps.append((w.code("channel", share.channel), foot, foot + share.added.value, share.added))
            foot += share.added.value
    whole = w("the whole difference")
    steps.append((whole, 0.0, found.difference.value, found.difference))
    data = values(
        {
            "row": name,
            "from": scale * start,
            "to": scale * end,
            "low": scale * (end - share.error),
            "high": scale * (end + share.error),
            "tone": "whole" if name == whole else "more" if share.value > 0 else "less",
        }
        for name, start, end, share in steps
    )
    y = alt.Y("row:N", sort=[s[0] for s in steps], title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=230))
    x = alt.X("from:Q", title=w.code("measure", found.measure), axis=alt.Axis(tickCount=6))
    tone = alt.Color(
        "tone:N",
        scale=alt.Scale(domain=["more", "less", "whole"], range=[OCHRE, LIGHT, MIDDLE]),
        legend=None,
    )
    bars = alt.Chart(data).mark_bar(height=13, stroke=INK, strokeWidth=0.5).encode(x=x, x2="to:Q", y=y, color=tone)
    whiskers = alt.Chart(data).mark_rule(color=INK, strokeWidth=1.4).encode(x="low:Q", x2="high:Q", y=y)
    title = w("{what}: what the difference adds up from", what=measured(w, found))
    key = f"difference-{found.measure}"
    alt_text = f"{title}{w.colon}" + "; ".join(
        f"{name} {amount(w, share, found.measure)}" for name, _, _, share in steps
    )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(layered(bars, whiskers, _zero(), width=WIDTH - 280, height=step(24)), key, alt_text, w),
        table=Table(
            caption=title,
            columns=columns((w("In what the plans differ"), 3), w("Adds to the difference"), numbers=(1,)),
            rows=(
                *(
                    row(
                        w.code("channel", s.channel),
                        amount(w, s.added, found.measure) if s.differs else w("does not differ"),
                    )
                    for s in found.channels
                ),
                row(whole, amount(w, found.difference, found.measure)),
            ),
        ),
        note=w("Shapley values: the mean of what each adds over all orders. ±: one Monte Carlo standard error."),
    )


def tornado(found: DifferenceExplained, w: Wording) -> Figure:
    """How far the shown difference swings when one assumption goes from its 10 % to its 90 % point, the others as they are."""
    scale = _scale(found)
    swings = found.swings[:MOST]
    names = [w.code("belief", s.code) for s in swings]
    data = values(
        {
            "row": name,
            "low": scale * s.at_low.value,
            "high": scale * s.at_high.value,
            "from": value(w, s.code, s.low),
            "to": value(w, s.code, s.high),
        }
        for name, s in zip(names, swings, strict=True)
    )
    y = alt.Y("row:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=250))
    x = alt.X("low:Q", title=w.code("measure", found.measure), axis=alt.Axis(tickCount=6))
    bar = alt.Chart(data).mark_bar(height=11, color=LIGHT, stroke=DEEP, strokeWidth=0.8).encode(x=x, x2="high:Q", y=y)
    at_low = (
        alt.Chart(data).mark_point(shape="circle", color=INK, filled=False, size=40, opacity=1).encode(x="low:Q", y=y)
    )
    at_high = (
        alt.Chart(data).mark_point(shape="circle", color=INK, filled=True, size=40, opacity=1).encode(x="high:Q", y=y)
    )
    middle = (
        alt.Chart(values([{"x": scale * found.shown.value}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="x:Q")
    )
    title = w("{what}: which assumptions the shown difference hangs on", what=measured(w, found))
    key = f"tornado-{found.measure}"
    alt_text = f"{title}{w.colon}" + "; ".join(
        f"{name} {amount(w, s.at_low, found.measure)} – {amount(w, s.at_high, found.measure)}"
        for name, s in zip(names, swings, strict=True)
    )
    return Figure(
        key=key,
        title=title,
        alt=alt_text,
        svg=svg_of(
            layered(bar, at_low, at_high, middle, _zero(), width=WIDTH - 300, height=step(22)), key, alt_text, w
        ),
        table=Table(
            caption=title,
            columns=columns(
                (w("Assumption"), 2.6),
                w("From – to"),
                (w("Difference there"), 2.2),
                w("Alone"),
                w("With others"),
                numbers=(1, 2, 3, 4),
            ),
            rows=tuple(
                row(
                    w.code("belief", s.code),
                    f"{value(w, s.code, s.low)} – {value(w, s.code, s.high)}",
                    f"{amount(w, s.at_low, found.measure)}; {amount(w, s.at_high, found.measure)}",
                    _share(w, s.first),
                    _share(w, s.total),
                )
                for s in found.swings
            ),
            note=w(
                "Alone, with others: share of the variance of the shown difference (Sobol indices of first and total order), ± bootstrap error."
            ),
        ),
        note=w(
            "Hollow: at the 10% point of what is believed; full: at the 90% point; dashed: as shown, the model’s part of a pooled figure."
        ),
    )


def _scale(found: DifferenceExplained) -> float:
    return 100.0 if found.measure == "chance" else 1.0


def _zero() -> alt.Chart:
    return alt.Chart(values([{"x": 0}])).mark_rule(color=MUTED, strokeWidth=1).encode(x="x:Q")


def _share(w: Wording, share: Estimate) -> str:
    return f"{w.share(share.value)} ± {w.share(share.error)}"
