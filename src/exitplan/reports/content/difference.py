"""Why two plans differ: what adds up to the difference, how it acts, and which assumptions it hangs on."""

from __future__ import annotations

from exitplan.domain.results.explain import DifferenceExplained, ExplainResult
from exitplan.reports.charts.difference import tornado, waterfall
from exitplan.reports.content.material import Material
from exitplan.reports.page import Block, Items, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording
from exitplan.wording.differences import amount, both, by_kappa, measured, ranking


def difference_section(m: Material) -> Section | None:
    """The difference between two plans as a section of the brief; none where nobody asked for it."""
    result, w = m.explained, m.w
    if result is None:
        return None
    title = w("Why {plan} and {against} differ", plan=result.plan, against=result.against)
    inside = (block for found in result.explained for block in difference_blocks(w, result, found))
    note = w("These figures inform a decision; they recommend neither plan, and do not recommend leaving.")
    blocks = (
        Paragraph(text=note, tone="note"),
        Paragraph(text=difference_lead(w, result)),
        *inside,
        rests_on(w, result),
    )
    return Section(key="difference", title=title, blocks=blocks)


def difference_blocks(w: Wording, result: ExplainResult, found: DifferenceExplained) -> tuple[Block, ...]:
    """One number: under both plans, by what differs, by how it acts, by causal credibility, by assumption."""
    blocks: list[Block] = [
        Paragraph(text=f"{measured(w, found)}{w.colon}{both(w, found, result.plan, result.against)}", tone="lead")
    ]
    if found.verdict == "equal":
        return (*blocks, Paragraph(text=ranking(w, found)))
    return (
        *blocks,
        waterfall(found, w),
        Table(
            caption=w("How the difference acts"),
            columns=columns((w("Through"), 3), w("Part of the difference"), numbers=(1,)),
            rows=tuple(row(w.code("path", p.path), amount(w, p.added, found.measure)) for p in found.paths),
        ),
        Paragraph(text=by_kappa(w, found)),
        Paragraph(text=ranking(w, found)),
        tornado(found, w),
    )


def difference_lead(w: Wording, result: ExplainResult) -> str:
    """How it was worked out."""
    return w(
        "{n} futures of {months} months with the same luck under both plans, from data up to {origin}, in scenario {scenario}. "
        "Differences are those of the model alone: about two fifths of a pooled figure is what has been, which no plan changes.",
        n=w.number(result.futures),
        months=result.horizon,
        origin=w.month(result.origin),
        scenario=result.scenario,
    )


def rests_on(w: Wording, result: ExplainResult) -> Items:
    """What must be known before anybody relies on it."""
    return Items(items=tuple(w.code("assumption", code) for code in result.assumptions))
