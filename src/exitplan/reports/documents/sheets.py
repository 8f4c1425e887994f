"""What sheets of a workbook share: where an entry's sources are named, and what stands on the last two sheets."""

from __future__ import annotations

from exitplan.domain.kinds import Source
from exitplan.reports.content.material import Material
from exitplan.reports.content.record import change_value
from exitplan.reports.xlsx import Sheet, SheetColumn, Value


def changes_sheet(m: Material, kinds: frozenset[str]) -> Sheet:
    """What changed since the last report, for entries of some kinds."""
    w = m.w
    rows: list[tuple[Value, ...]] = [
        (
            w.capital(w.code("kind", c.kind)),
            c.code,
            (c.title_fr if m.lang == "fr" else None) or c.title,
            w.code("change", c.what),
            change_value(m, c, c.before),
            change_value(m, c, c.after),
            c.date or "",
            {True: w("harder"), False: w("easier"), None: ""}[c.worse],
        )
        for c in m.status.changes
        if c.kind in kinds
    ]
    return Sheet(
        title=w("What changed"),
        columns=(
            SheetColumn(w("Kind"), 14),
            SheetColumn(w("Code"), 16),
            SheetColumn(w("Title"), 44),
            SheetColumn(w("What changed"), 18),
            SheetColumn(w("Before"), 16),
            SheetColumn(w("Now"), 16),
            SheetColumn(w("When"), 14),
            SheetColumn(w("Exit becomes"), 14),
        ),
        rows=tuple(rows),
        empty=w("Nothing changed.")
        if m.status.since
        else w("No earlier day was asked for; name one to see what changed since then."),
    )


def sources_sheet(m: Material) -> Sheet:
    """Every source by its code."""
    w = m.w
    rows: list[tuple[Value, ...]] = [
        (
            s.code,
            s.name(m.lang),
            s.publisher,
            s.document,
            s.published,
            w.code("reliability", s.reliability),
            s.url,
            s.licence,
        )
        for s in m.dossier.of(Source)
    ]
    return Sheet(
        title=w("Sources"),
        columns=(
            SheetColumn(w("Code"), 18),
            SheetColumn(w("Source"), 50),
            SheetColumn(w("Publisher"), 28),
            SheetColumn(w("Document"), 28),
            SheetColumn(w("Published"), 13),
            SheetColumn(w("Kind"), 16),
            SheetColumn(w("Address"), 40),
            SheetColumn(w("Licence"), 18),
        ),
        rows=tuple(rows),
        empty=w("The dossier names no source."),
    )


def notes_sheet(m: Material, title: str, classification: str, said: tuple[str, ...]) -> Sheet:
    """What the workbook is, of which day, and who may have it."""
    w, mission = m.w, m.dossier.mission
    rows: list[tuple[Value, ...]] = [
        (w("Document"), title),
        (w("Mission"), f"{mission.name(m.lang)} ({mission.acronym})"),
        (w("Day"), m.on),
        (w("Compared with"), w.date(m.status.since) if m.status.since else w("no earlier day")),
        (w("Classification"), classification),
        (w("Released to"), w("nobody outside those who may see every row of it; a release needs a do-no-harm note")),
        (w("Inputs (SHA-256)"), m.manifest.inputs),
    ]
    if mission.fictional:
        rows.append((w("Fictional"), w("Fictional: this country, its people and its figures are invented.")))
    rows += [(w("Note"), text) for text in said]
    return Sheet(title=w("Notes"), columns=(SheetColumn(w("What"), 24), SheetColumn(w("Value"), 100)), rows=tuple(rows))
