"""Futures: what may happen under the plan, as bands with base rate, definition and track record."""

from __future__ import annotations

from exitplan.domain.results.stability import OutsideChance, Renewed
from exitplan.reports.charts import chances, fan_areas, fan_country, regimes
from exitplan.reports.content.cases import beside_futures
from exitplan.reports.content.material import Material
from exitplan.reports.page import Block, Items, Paragraph, Section, Table, columns, row
from exitplan.wording import Wording
from exitplan.wording.definitions import definition_said
from exitplan.wording.outside import rests_on

AREA_DEFINITION = "A25"
AREA_MONTHS = 12
AREAS_SHOWN = 16


def futures_section(m: Material) -> Section:
    """Fans of deaths, chances of renewed armed violence, and how well the model did on the mission's own past."""
    w, futures = m.w, m.futures
    if futures is None:
        said = w("No futures were drawn: the dossier holds too little recorded violence, or no plan.")
        return Section(key="futures", title=w("Futures"), blocks=(Paragraph(text=said, tone="note"),))
    blocks: list[Block] = [
        Paragraph(
            text=w(
                "{n} futures of {months} months were drawn from data up to {origin}, under plan {plan} and scenario {scenario}.",
                n=w.number(futures.futures),
                months=futures.horizon,
                origin=w.month(futures.origin),
                plan=futures.plan,
                scenario=futures.scenario,
            )
        ),
        Paragraph(
            text=w(
                "These figures inform a decision; they do not recommend leaving. Compare plans on the column “model alone”."
            ),
            tone="note",
        ),
    ]
    if futures.country:
        blocks.append(fan_country(futures, w, m.violence_source))
    if futures.regimes:
        blocks.append(regimes(futures, w))
    country = sorted(
        (r for r in futures.renewed if r.scope == "country"),
        key=lambda r: (r.definition != m.dossier.mission.renewed_violence, r.definition, r.by_months),
    )
    if country:
        title = w("Chance of renewed armed violence in the country, by definition and months")
        blocks.append(chances("chance-country", title, [(_within(m, r, r.definition), r) for r in country], w))
        if m.past is not None:
            blocks.append(beside_futures(m.past, w))
    if futures.outside:
        blocks.append(_outside(futures.outside, w))
    areas = sorted(
        (
            r
            for r in futures.renewed
            if r.scope != "country" and r.definition == AREA_DEFINITION and r.by_months == AREA_MONTHS
        ),
        key=lambda r: (-r.probability, r.scope),
    )
    if areas:
        title = w(
            "Chance of renewed armed violence (definition {code}) by area, within {n} months",
            code=AREA_DEFINITION,
            n=AREA_MONTHS,
        )
        blocks.append(chances("chance-areas", title, [(m.where(r.scope), r) for r in areas[:AREAS_SHOWN]], w))
    used = list(dict.fromkeys(r.definition for r in (*country, *areas)))
    if used:
        blocks.append(Items(items=tuple(definition_said(w, m.dossier.mission, code) for code in used)))
    caveats = list(dict.fromkeys(c for r in futures.renewed for c in r.caveats))
    if caveats:
        blocks.append(Items(items=tuple(w.capital(w.code("caveat", c)) for c in caveats)))
    if futures.areas:
        blocks.append(fan_areas(futures, m.areas, w, m.violence_source))
    blocks.append(_track_record(m))
    return Section(key="futures", title=w("Futures"), blocks=tuple(blocks))


def _outside(chances: tuple[OutsideChance, ...], w: Wording) -> Table:
    """What other countries' years after or beside violence say, beside the futures."""
    by = {(c.what, c.within_years): c for c in chances}
    spans = tuple(dict.fromkeys(c.within_years for c in chances))

    def said(c: OutsideChance) -> str:
        return w("{chance} ({span})", chance=w.chance(c.probability), span=w.chances(c.low, c.high))

    return Table(
        caption=w(
            "Outside view: countries with a record like that of this one to {month}", month=w.month(chances[0].after)
        ),
        columns=columns(
            w("Within"),
            w("25 state-based deaths in a year"),
            w("1,000 state-based deaths in a year"),
            numbers=range(1, 3),
        ),
        rows=tuple(
            row(w.count("one year", "{n} years", n), said(by["conflict", n]), said(by["war", n])) for n in spans
        ),
        note=" ".join(
            (
                rests_on(w, chances[0]),
                w(
                    "It knows no plan, and does not react to one. Brackets: 90% interval of the coefficients. Its back-test "
                    "on past exits stands in the track record."
                ),
            )
        ),
    )


def _within(m: Material, r: Renewed, name: str) -> str:
    return m.w("{code} within {n} months", code=name, n=r.by_months)


def _track_record(m: Material) -> Table:
    w = m.w
    record = m.futures.track_record if m.futures else {}
    return Table(
        caption=w("Track record of the model on this mission’s own past"),
        columns=columns((w("Score"), 3), w("Value"), numbers=(1,)),
        rows=tuple(
            row(
                w(
                    "Mean ignorance, bits (lower is better): {forecaster}",
                    forecaster=w.code("forecaster", name.partition(":")[2]),
                )
                if name.startswith("ignorance:")
                else w("Share of months inside the 80% interval")
                if name == "covered_80"
                else w("Area-months tested")
                if name == "cases"
                else w.code("score", name),
                w.share(value) if name == "covered_80" else w.number(value),
            )
            for name, value in record.items()
        ),
        note=w(
            "The shipped priors were learned on months after these forecasts too, and where the mission’s country is among those "
            "learned from, on its own: the test flatters the model. The track record of the methods leaves each country out."
        )
        if record
        else "",
        empty=w(
            "The history is too short for a test on the mission’s own past. Treat the figures above with more doubt."
        ),
    )
