"""Risks: the matrix, what is highest for each lens, what is overdue, which triggers have fired."""

from __future__ import annotations

from exitplan.domain.results.risk import RiskLine
from exitplan.domain.states import RISK_LEVELS
from exitplan.reports.charts import risk_matrix
from exitplan.reports.charts.risks import LENSES
from exitplan.reports.content.material import Material, clipped, joined
from exitplan.reports.page import Block, Cell, Paragraph, Section, Table, columns, row

TOP = 5


def risks_section(m: Material) -> Section:
    """The register on the mission's own matrix; civilians, personnel and objectives are never mixed."""
    w, risks = m.w, m.risks
    if risks is None or not risks.risks:
        return Section(
            key="risks", title=w("Risks"), blocks=(Paragraph(text=w("The dossier holds no risk."), tone="note"),)
        )
    lines = {r.code: r for r in risks.risks}
    blocks: list[Block] = [risk_matrix(risks, m.dossier.mission.risk_matrix, w)]
    for lens in LENSES:
        top = [lines[code] for code in risks.top.get(lens, ()) if code in lines][:TOP]
        if top:
            blocks.append(_top(m, w("Highest risks: {lens}", lens=w.code("lens", lens)), top))
    blocks += [_triggers(m), _overdue(m)]
    left = [
        (w("Open risks without an owner"), risks.without_owner),
        (w("Risks rated high or very high without a treatment"), risks.without_treatment),
    ]
    for words, codes in left:
        if codes:
            blocks.append(Paragraph(text=f"{words}{w.colon}{joined(codes, 20, w)}.", tone="warning"))
    return Section(key="risks", title=w("Risks"), blocks=tuple(blocks))


def _top(m: Material, caption: str, lines: list[RiskLine]) -> Table:
    w = m.w
    return Table(
        caption=caption,
        columns=columns(
            (w("Risk"), 2.4),
            (w("Because of – this may happen – and lead to"), 4),
            (w("Level after controls"), 1.3),
            (w("A quarter earlier"), 1.2),
            (w("Owner"), 1.6),
            (w("Treatments"), 1.4),
        ),
        rows=tuple(
            row(
                f"{r.code} {r.name(m.lang)}",
                clipped(" – ".join(t for t in (r.cause, r.event, r.impact_text) if t), 220) or "–",
                Cell(text=w.code("risk_level", r.residual), mark=r.residual if r.residual in RISK_LEVELS else "")
                if r.residual
                else "–",
                w.code("risk_level", r.previous) if r.previous else "–",
                r.owner or w("nobody named"),
                _treated(m, r),
            )
            for r in lines
        ),
    )


def _treated(m: Material, risk: RiskLine) -> Cell:
    late = sum(t.overdue_days > 0 for t in risk.treatments)
    said = m.w("{done} of {all} done", done=sum(t.done is not None for t in risk.treatments), all=len(risk.treatments))
    if not risk.treatments:
        return Cell(text=m.w("none"), mark="late")
    return Cell(text=f"{said}, {m.w('{n} overdue', n=late)}", mark="late") if late else Cell(text=said)


def _triggers(m: Material) -> Table:
    w = m.w
    risks = m.risks
    return Table(
        caption=w("Triggers that have fired, or cannot be judged"),
        columns=columns(
            (w("Trigger"), 2.6),
            (w("State"), 1.3),
            (w("Agreed first steps"), 4),
            (w("Within, days"), 1),
            (w("Rehearsed"), 1.2),
            numbers=(3,),
        ),
        rows=tuple(
            row(
                f"{t.code} {(t.title_fr if m.lang == 'fr' else None) or t.title}",
                Cell(text=w.code("trigger_state", t.state), mark="late" if t.state == "met" else "unknown"),
                clipped(w.semicolon.join(t.response), 200) or "–",
                w.number(t.within_days),
                w.date(t.rehearsed, short=True) if t.rehearsed else w("never"),
            )
            for t in (risks.triggers if risks else ())
        ),
        empty=w("No trigger has fired."),
    )


def _overdue(m: Material) -> Table:
    w = m.w
    overdue = m.risks.overdue if m.risks else ()
    return Table(
        caption=w("Treatments overdue"),
        columns=columns(
            (w("Treatment"), 3),
            (w("Response"), 1.2),
            (w("Owner"), 2),
            (w("Due"), 1.2),
            (w("Days late"), 1),
            numbers=(4,),
        ),
        rows=tuple(
            row(
                f"{t.code} {t.name(m.lang)}",
                w.code("response", t.response),
                t.owner or w("nobody named"),
                w.date(t.due, short=True),
                w.number(t.overdue_days),
            )
            for t in sorted(overdue, key=lambda t: -t.overdue_days)
        ),
        empty=w("No treatment is overdue."),
        folded=len(overdue) > 12,
    )
