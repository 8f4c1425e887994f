"""The risk register as a workbook: risks, treatments, contingency plans, what changed, sources, notes."""

from __future__ import annotations

from exitplan.domain.kinds import Contingency, Risk
from exitplan.domain.results.risk import RiskLine
from exitplan.reports.content import cover
from exitplan.reports.content.material import Material
from exitplan.reports.documents.sheets import changes_sheet, notes_sheet, sources_sheet
from exitplan.reports.xlsx import Book, Sheet, SheetColumn, Value


def risk_register(m: Material) -> Book:
    """The register; one lens is never mixed with another, and the worst of each stands first."""
    w = m.w
    title = w("Risk register")
    face = cover(m, title)
    said = (
        w("Civilians, personnel and the objective are three lenses; no sum over them is made."),
        w(
            "Levels are those of the mission's own matrix, version {scale}.",
            scale=m.dossier.mission.risk_matrix.version,
        ),
    )
    return Book(
        title=f"{title} – {face['acronym']} – {face['day']}",
        mission=face["acronym"],
        lang=m.lang,
        banner=" · ".join(text for text in (face["classification"], face["banner"]) if text),
        sheets=(
            _risks(m),
            _treatments(m),
            _contingencies(m),
            changes_sheet(m, frozenset({"risk", "treatment"})),
            sources_sheet(m),
            notes_sheet(m, title, face["classification"], said),
        ),
    )


def _lines(m: Material) -> tuple[RiskLine, ...]:
    return m.risks.risks if m.risks else ()


def _risks(m: Material) -> Sheet:
    w, dossier = m.w, m.dossier
    rows: list[tuple[Value, ...]] = []
    for r in _lines(m):
        entry = dossier.get(Risk, r.code)
        rows.append(
            (
                r.code,
                r.name(m.lang),
                w.code("lens", r.lens),
                r.cause,
                r.event,
                r.impact_text,
                r.likelihood,
                r.impact,
                w.code("risk_level", r.inherent) if r.inherent else "",
                r.control,
                r.residual_likelihood,
                w.code("risk_level", r.residual) if r.residual else "",
                w.code("risk_level", r.previous) if r.previous else "",
                r.scored_on,
                entry.review_due if entry else None,
                r.owner or w("nobody named"),
                w.code("trigger_state", r.trigger) if r.trigger else "",
                len(r.treatments),
                sum(t.overdue_days > 0 for t in r.treatments),
                ", ".join(r.contingencies),
                ", ".join(w.about(c) for c in r.concerns),
                ", ".join(entry.sources) if entry else "",
            )
        )
    return Sheet(
        title=w("Risks"),
        columns=(
            SheetColumn(w("Code"), 14),
            SheetColumn(w("Risk"), 34),
            SheetColumn(w("Lens"), 14),
            SheetColumn(w("Because of"), 38),
            SheetColumn(w("this may happen"), 38),
            SheetColumn(w("and lead to"), 38),
            SheetColumn(w("Likelihood, 1 to 5"), 12),
            SheetColumn(w("Impact, 1 to 5"), 12),
            SheetColumn(w("Level before controls"), 14),
            SheetColumn(w("Best control, 1 effective to 5"), 14),
            SheetColumn(w("Likelihood after controls"), 14),
            SheetColumn(w("Level after controls"), 14),
            SheetColumn(w("A quarter earlier"), 14),
            SheetColumn(w("Scored on"), 13),
            SheetColumn(w("Review due"), 13),
            SheetColumn(w("Owner"), 30),
            SheetColumn(w("Trigger"), 16),
            SheetColumn(w("Treatments"), 12),
            SheetColumn(w("Overdue"), 10),
            SheetColumn(w("Contingency plans"), 20),
            SheetColumn(w("Concerns"), 28),
            SheetColumn(w("Sources"), 20),
        ),
        rows=tuple(rows),
        kept=2,
        empty=w("No risk is on record."),
    )


def _treatments(m: Material) -> Sheet:
    w = m.w
    rows: list[tuple[Value, ...]] = [
        (
            t.code,
            t.name(m.lang),
            r.code,
            w.code("response", t.response),
            t.owner or w("nobody named"),
            t.due,
            t.done,
            t.overdue_days or None,
        )
        for r in _lines(m)
        for t in r.treatments
    ]
    return Sheet(
        title=w("Treatments"),
        columns=(
            SheetColumn(w("Code"), 16),
            SheetColumn(w("Treatment"), 50),
            SheetColumn(w("Risk"), 14),
            SheetColumn(w("Response"), 14),
            SheetColumn(w("Owner"), 32),
            SheetColumn(w("Due"), 13),
            SheetColumn(w("Done"), 13),
            SheetColumn(w("Days late"), 10),
        ),
        rows=tuple(rows),
        empty=w("No treatment is on record."),
    )


def _contingencies(m: Material) -> Sheet:
    w = m.w
    rows: list[tuple[Value, ...]] = [
        (
            c.code,
            c.name(m.lang),
            c.risk or c.scenario or "",
            "\n".join(f"{n}. {step}" for n, step in enumerate(c.response, start=1)),
            c.within_days,
            c.rehearsed,
            c.owner or w("nobody named"),
        )
        for c in m.dossier.of(Contingency)
    ]
    return Sheet(
        title=w("Contingency plans"),
        columns=(
            SheetColumn(w("Code"), 16),
            SheetColumn(w("Plan"), 40),
            SheetColumn(w("Answers"), 16),
            SheetColumn(w("Agreed first steps"), 70),
            SheetColumn(w("Within, days"), 12),
            SheetColumn(w("Rehearsed"), 13),
            SheetColumn(w("Owner"), 30),
        ),
        rows=tuple(rows),
        empty=w("No contingency plan has been made."),
    )
