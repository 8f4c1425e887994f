"""The map: where violence was recorded, where it may come back, and where the mission stands."""

from __future__ import annotations

import itertools

from exitplan.domain.facts import facts_on
from exitplan.domain.kinds import Area, Site
from exitplan.domain.months import month_text
from exitplan.domain.states import SITE_DONE
from exitplan.reports.charts import Shade, area_maps
from exitplan.reports.content.material import Material
from exitplan.reports.page import Block, Paragraph, Section

DEATHS = (0, 1, 6, 26, 101)
CHANCES = (0.0, 0.05, 0.15, 0.30, 0.50)
AREA_DEFINITION = "A25"
MONTHS = 12


def map_section(m: Material) -> Section:
    """One or two maps with the note of non-endorsement; a sentence where there are no boundaries."""
    w, dossier = m.w, m.dossier
    blocks: list[Block] = []
    shades = [s for s in (_recorded(m), _chance(m)) if s is not None]
    areas = [a for a in dossier.of(Area) if a.level != "country"]
    if not any(a.code in dossier.boundaries for a in areas) or not shades:
        blocks.append(
            Paragraph(
                text=w("There is no map: the dossier holds no boundaries of its areas, or nothing to show on them."),
                tone="note",
            )
        )
    else:
        blocks.append(
            area_maps(
                shades,
                areas,
                dossier.boundaries,
                tuple(dossier.boundary_note.get("undetermined", ())),
                [s for s in dossier.of(Site) if s.state not in SITE_DONE],
                w,
                note=map_note(m),
                source=boundary_source(m),
            )
        )
    return Section(key="map", title=w("Map"), blocks=tuple(blocks))


def map_note(m: Material) -> str:
    """The mission's note of non-endorsement in the reader's language."""
    mission = m.dossier.mission
    return (mission.map_note_fr if m.lang == "fr" else None) or mission.map_note


def boundary_source(m: Material) -> str:
    """Source and date of the lines, and of what is shown on them."""
    note = m.dossier.boundary_note.get("metadata", {})
    said = [str(note[k]) for k in ("source", "date") if note.get(k)]
    extra = (note.get("note_fr") if m.lang == "fr" else None) or note.get("note")
    lines = m.w("boundaries: {source}", source=", ".join(said) or m.w("source not stated"))
    return m.w.semicolon.join(p for p in (lines, str(extra).rstrip(".") if extra else "", m.violence_source) if p)


def _recorded(m: Material) -> Shade | None:
    covered = facts_on(m.dossier, m.on).coverage
    if covered is None:
        return None
    first, last = max(covered[0], covered[1] - MONTHS + 1), covered[1]
    types = m.dossier.mission.violence_types
    counted = {
        a.code: m.dossier.area_months.total("deaths", first=first, last=last, area=a.code, types=types)
        for a in m.dossier.of(Area)
        if a.level != "country"
    }
    w = m.w
    return Shade(
        title=w(
            "Deaths recorded, {first} – {last}",
            first=w.month(month_text(first), short=True),
            last=w.month(month_text(last), short=True),
        ),
        unit=w("deaths"),
        classes={code: sum(n >= least for least in DEATHS) - 1 for code, n in counted.items()},
        figures={code: w.number(n) for code, n in counted.items()},
        legend=(w("none"), "1–5", "6–25", "26–100", w("over {n}", n=100)),
    )


def _chance(m: Material) -> Shade | None:
    if m.futures is None:
        return None
    found = {
        r.scope: r
        for r in m.futures.renewed
        if r.definition == AREA_DEFINITION and r.scope != "country" and r.by_months == MONTHS
    }
    if not found:
        return None
    w = m.w
    return Shade(
        title=w(
            "Chance of renewed armed violence (definition {code}) within {n} months", code=AREA_DEFINITION, n=MONTHS
        ),
        unit=w("chance"),
        classes={code: sum(r.probability >= least for least in CHANCES) - 1 for code, r in found.items()},
        figures={code: w.chances(r.low, r.high) for code, r in found.items()},
        legend=(
            w("under {share}", share=w.share(0.05)),
            *(f"{w.number(low * 100)}–{w.share(high)}" for low, high in itertools.pairwise(CHANCES)),
            w("over {n}", n=w.share(CHANCES[-1])),
        ),
    )
