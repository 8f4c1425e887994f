"""Sites against the map, and their closure steps against themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.geometry import contains, distance
from exitplan.domain.kinds import Site
from exitplan.domain.kinds.places import steps_in_order

COAST_DEGREES = 0.2
"""How far outside every boundary a site may lie (about 22 km): simplified lines cut off capes, islands and river banks."""


def check_site_places(dossier: Dossier) -> Iterator[Finding]:
    """A site lies in its area; one outside every area is a fault, one across a simplified line a doubt."""
    if not dossier.boundaries:
        return
    for site in dossier.of(Site):
        own = dossier.boundaries.get(site.area)
        if own is not None and contains(own, site.longitude, site.latitude):
            continue
        gaps = {code: distance(g, site.longitude, site.latitude) for code, g in dossier.boundaries.items()}
        nearest = min(gaps, key=lambda code: gaps[code])
        place = f"{site.latitude:.4f}, {site.longitude:.4f}"
        if gaps[nearest] > COAST_DEGREES:
            swapped = any(contains(g, site.latitude, site.longitude) for g in dossier.boundaries.values())
            wanted = (
                Wanted("a point inside an area: latitude and longitude look swapped")
                if swapped
                else Wanted("a point inside an area")
            )
            yield fault(dossier, site, "outside-every-area", "latitude", place, wanted)
        elif own is not None and gaps[site.area] > COAST_DEGREES:
            yield fault(
                dossier,
                site,
                "in-another-area",
                "area",
                site.area,
                Wanted("{nearest}, where {place} lies", nearest=nearest, place=place),
                "warning",
            )


def check_closure_steps(dossier: Dossier) -> Iterator[Finding]:
    """The closure steps of a site have their own codes, wait only for steps that exist, and come to an end."""
    for site in dossier.of(Site):
        codes = Counter(step.code for step in site.steps)
        for code, times in codes.items():
            if times > 1:
                yield fault(dossier, site, "duplicate-code", "steps", code, Wanted("each step code once in a site"))
        for step in site.steps:
            for before in step.after:
                if before not in codes:
                    yield fault(
                        dossier,
                        site,
                        "unknown-reference",
                        f"steps.{step.code}.after",
                        before,
                        Wanted("the code of a step of this site"),
                    )
            done_early = [b for b in site.steps if b.code in step.after and b.done is None and step.done is not None]
            for before_step in done_early:
                wanted = Wanted("{step} to be done first", step=before_step.code)
                yield fault(dossier, site, "done-out-of-order", f"steps.{step.code}.done", step.done, wanted, "warning")
        if steps_in_order(site) is None and all(before in codes for step in site.steps for before in step.after):
            yield fault(dossier, site, "circle", "steps", ", ".join(codes), Wanted("steps in an order that ends"))
