"""Money after the exit: what the functions cost by month, and who has promised to pay until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from exitplan.domain.months import month_index
from exitplan.reports.charts.drawing import (
    DEEP,
    INK,
    LIGHT,
    OCHRE,
    WIDTH,
    columns_of,
    layered,
    month_axis,
    rule_at,
    svg_of,
    values,
)
from exitplan.reports.page import Figure, Table, columns, row
from exitplan.wording import Wording


@dataclass(frozen=True)
class MoneyMonth:
    """Money of one month, in the mission's currency."""

    month: str
    firm: float
    announced: float
    need: float


def funding(months: Sequence[MoneyMonth], currency: str, deadline: str | None, w: Wording) -> Figure:
    """Funding by month, firm and merely announced, against the cost of the functions: where the bars end, the cliff begins."""
    words = {"firm": w("signed or delivered"), "announced": w("announced or pledged")}
    first, last = month_index(months[0].month), month_index(months[-1].month)
    x = month_axis(first, last, w)
    parts = {words[kind]: [getattr(m, kind) / 1e6 for m in months] for kind in words}
    axis_title = w("million {currency} a month", currency=currency)
    bars = columns_of([month_index(m.month) for m in months], parts, (DEEP, LIGHT), x, axis_title)
    layers: list[Any] = [bars]
    if any(m.need for m in months):
        layers.append(
            alt.Chart(values({"month": month_index(m.month), "money": m.need / 1e6} for m in months))
            .mark_line(interpolate="step", color=OCHRE, strokeWidth=2, strokeDash=[7, 3])
            .encode(x="month:Q", y="money:Q")
        )
    if deadline and first <= month_index(deadline) <= last:
        layers += rule_at(month_index(deadline), w("calendar ends"), tone=INK)
    chart = layered(*layers, width=WIDTH - 80, height=150)
    end = months[-1]
    alt_text = w(
        "Funding by month: {first} million in {from_}, {last} million in {to}, against a cost of {need} million a month.",
        first=w.number((months[0].firm + months[0].announced) / 1e6, 1),
        from_=w.month(months[0].month),
        last=w.number((end.firm + end.announced) / 1e6, 1),
        to=w.month(end.month),
        need=w.number(end.need / 1e6, 1),
    )
    return Figure(
        key="funding",
        title=w("Funding of functions after the mission, by month"),
        alt=alt_text,
        svg=svg_of(chart, "funding", alt_text, w),
        table=Table(
            caption=w("Funding of functions after the mission, million {currency} a month", currency=currency),
            columns=columns(
                w("Month"), *(w.capital(t) for t in words.values()), w("Cost"), w("Not covered"), numbers=(1, 2, 3, 4)
            ),
            rows=tuple(
                row(
                    w.month(m.month, short=True),
                    *(
                        w.number(v / 1e6, 2)
                        for v in (m.firm, m.announced, m.need, max(0.0, m.need - m.firm - m.announced))
                    ),
                )
                for m in months[::3]
            ),
            folded=True,
        ),
        note=w(
            "Amounts are spread evenly over the months of each commitment and programme. "
            "Dashed: cost of the functions. Table: every third month."
        ),
    )
