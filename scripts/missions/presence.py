"""The mission's sites and contingents, from the deployment map that hung on the wall on the vantage day."""

from __future__ import annotations

import math
import re
import unicodedata
from pathlib import Path
from typing import Any

import polars as pl

from scripts.missions.folder import Row
from scripts.missions.series import strength
from scripts.missions.settings import Job

MAPS = Path("geo_pko") / "geopko_v21_locations_by_map.csv.gz"

# Planning assumptions by type of site: lead-time factor, fixed running cost a month, closing cost, convoys a month of closing.
SIZES: dict[str, tuple[float, float, float, int]] = {
    "headquarters": (1.6, 400e3, 2.0e6, 6),
    "sector_headquarters": (1.2, 150e3, 600e3, 4),
    "camp": (1.0, 60e3, 250e3, 3),
    "team_site": (0.6, 20e3, 60e3, 1),
    "police_post": (0.4, 10e3, 25e3, 1),
    "airfield": (0.8, 40e3, 150e3, 2),
}
CONTAINERS_A_HEAD = 0.4
VEHICLES_A_HEAD = 0.25
SMALL = ("team_site", "police_post")

# code, title, title in French, days at a camp, steps before it, certificate, signed by, also at small sites
STEPS: tuple[tuple[str, str, str, int, tuple[str, ...], str, str, bool], ...] = (
    ("proposal", "Closure proposal and protection risk assessment", "Proposition de fermeture et analyse des risques de protection",
     14, (), "", "", True),
    ("receiver", "Receiving force seen ready", "Force de relève jugée prête", 21, ("proposal",), "", "", False),
    ("community", "Community consulted, civilian end use agreed", "Communauté consultée, usage civil convenu",
     21, ("proposal",), "end-use agreement", "County or provincial authority", True),
    ("environment", "Environmental close-out and clean-up", "Bilan environnemental et remise en état", 45, ("community",), "", "", True),
    ("ordnance", "Ranges and ammunition stores cleared", "Champs de tir et dépôts de munitions dépollués", 30, ("receiver",), "", "", False),
    ("inventory", "Inventory and disposal groups approved", "Inventaire et groupes de cession approuvés", 30, ("proposal",), "", "", True),
    ("equipment", "Contingent equipment inspected and shipped", "Matériel des contingents inspecté et expédié", 45, ("inventory",), "", "", False),
    ("guard", "Guards for nights 1 to 90 named", "Gardes des nuits 1 à 90 désignés", 14, ("community",), "", "", True),
    ("inspection", "Joint inspection", "Inspection conjointe", 14, ("environment", "inventory"),
     "environmental clearance", "National environment authority", True),
    ("protocol", "Hand-over protocol signed", "Protocole de remise signé", 7, ("inspection", "guard"), "hand-over protocol", "Government", True),
    ("flag", "Last convoy leaves", "Départ du dernier convoi", 3, ("protocol", "equipment", "ordnance"), "", "", True),
)  # fmt: skip

# Words of the map legend for the part of a contingent that is not infantry, most telling first.
OTHER_UNITS = {
    "avia": "aviation",
    "eng": "engineers",
    "med": "medical",
    "sig": "signals",
    "trans": "logistics",
    "maint": "logistics",
}


def _deployed(data: Path, job: Job) -> pl.DataFrame:
    year, month = job.map_month
    rows = pl.read_csv(data / MAPS, infer_schema_length=None)
    return rows.filter((pl.col("mission") == job.mission) & (pl.col("year") == year) & (pl.col("month") == month)).sort(
        "adm1_id", "location"
    )


def _opened(data: Path, job: Job) -> dict[str, str]:
    """First day of the month of the first map that shows each location."""
    rows = pl.read_csv(data / MAPS, infer_schema_length=None).filter(pl.col("mission") == job.mission)
    first = rows.group_by("location").agg((pl.col("year") * 100 + pl.col("month")).min())
    begun = job.started.isoformat()
    return {place: max(f"{ym // 100}-{ym % 100:02d}-01", begun) for place, ym in first.iter_rows()}


def _code(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", "-", plain.upper()).strip("-")


def _shared(weights: list[float], total: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    exact = [total * w / sum(weights) for w in weights]
    whole = [math.floor(x) for x in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole


def _contributors(row: dict[str, Any]) -> dict[str, int | None]:
    """Troops by contributing state at one location; None where the map shows no size."""
    parts = (part.split(":") for part in (row["tcc"] or "").split(";") if part)
    return {state: None if number == "unknown" else int(number) for state, number in parts}


def _formed_units(row: dict[str, Any], job: Job) -> int:
    """Formed police units at one location: contingents of unknown size, which these maps show for police units alone."""
    return sum(size is None for size in _contributors(row).values()) if job.formed_police_unit else 0


def _type(row: dict[str, Any]) -> str:
    if row["hq"] == 3:
        return "headquarters"
    if row["hq"]:
        return "sector_headquarters"
    if not row["no_troops"]:
        return "airfield" if "Airport" in row["location"] else "police_post"
    return "camp" if row["no_troops"] >= 300 else "team_site"


def _kilometres(a: dict[str, Any], b: dict[str, Any]) -> float:
    east = (a["longitude"] - b["longitude"]) * math.cos(math.radians(a["latitude"]))
    return 111.2 * math.hypot(a["latitude"] - b["latitude"], east)


def _hub(row: dict[str, Any], rows: list[dict[str, Any]]) -> str | None:
    """The nearest sector headquarters; for those the mission's own."""
    if row["hq"] == 3:
        return None
    wanted = [r for r in rows if (r["hq"] == 3 if row["hq"] else r["hq"])]
    return str(min(wanted, key=lambda r: _kilometres(row, r))["code"])


def _named(data: Path, job: Job) -> list[dict[str, Any]]:
    """The rows of the map, with code, name, scaled military and shared-out police."""
    rows = _deployed(data, job).to_dicts()
    _, military, police, _ = strength(data, job).row(-1)
    shares = _shared([float(r["no_troops"] or 0) for r in rows], military)
    formed = [_formed_units(r, job) * job.formed_police_unit for r in rows]
    advisers = police - sum(formed)
    if job.formed_police_unit:
        each = advisers // sum(r["unpol"] for r in rows)
        alone = [each * r["unpol"] for r in rows]
    else:
        alone = [0 for _ in rows]
    head = next(i for i, r in enumerate(rows) if r["hq"] == 3)
    alone[head] += advisers - sum(alone)
    for row, soldiers, units, single in zip(rows, shares, formed, alone, strict=True):
        row["title"] = job.site_names.get(row["location"], row["location"])
        row["code"] = f"S-{_code(row['title'])}"
        row["military"], row["police"] = soldiers, units + single
    return rows


def site_entries(data: Path, job: Job) -> list[dict[str, Any]]:
    """
    The sites of the last deployment map on or before the vantage day.

    Military numbers are the map's unit-size estimates, scaled so that the sites add up to the strength reported for the
    month. Police, hubs, cargo, costs and closure steps are planning assumptions; the note of each site says so.
    """
    rows = _named(data, job)
    opened = _opened(data, job)
    reported = strength(data, job).row(-1)
    shown = sum(r["no_troops"] or 0 for r in rows)
    entries = []
    for row in rows:
        type_ = _type(row)
        factor, running, closing, convoys = SIZES[type_]
        place = job.places[row["adm1_id"]]
        tail = place.code.split("-", 1)[1]
        people = row["military"] + row["police"]
        size = "no size shown" if row["no_troops_unknown"] else f"{row['no_troops']} troops by unit size"
        note = (
            f"Fact: place and type of presence ({row['source']}; {size}). Computed: military = map estimate x "
            f"{reported[1]:,} reported / {shown:,} on the map. Assumption: police, hub, cargo, costs, receiver, guard, "
            "order and closure steps. Civilian staff not known."
        )
        entries.append(
            {
                "code": row["code"],
                "title": row["title"],
                "title_fr": row["title"],
                "owner": job.steps_owner,
                "basis": "fact",
                "sources": ("GEO-PKO", "UN-STRENGTH"),
                "note": note,
                "area": place.code,
                "type": type_,
                "latitude": round(row["latitude"], 4),
                "longitude": round(row["longitude"], 4),
                "opened": opened[row["location"]],
                "military": row["military"],
                "police": row["police"],
                "containers": round(CONTAINERS_A_HEAD * people),
                "vehicles": round(VEHICLES_A_HEAD * people),
                "hub": _hub(row, rows),
                "after": () if row["hq"] == 3 else (f"H-ORDER-{tail}",),
                "receiver": f"{job.receiver}{tail}",
                "end_use": "To be agreed with the community",
                "guard": "To be named",
                "running_cost_month": running + round(job.cost_per_person * people, -3),
                "closing_cost": closing,
                "loads": (Row(resource="CONVOYS", amount=convoys), Row(resource="CLOSURE-TEAMS", amount=1)),
                "steps": [_step(step, factor, type_, job) for step in STEPS if step[-1] or type_ not in SMALL],
            }
        )
    return entries


def _step(step: tuple[Any, ...], factor: float, type_: str, job: Job) -> Row:
    code, title, title_fr, days, after, certificate, issuer, _ = step
    here = {s[0] for s in STEPS if s[-1] or type_ not in SMALL}
    whole = Row(code=code, title=title, title_fr=title_fr, days=max(2, round(days * factor)))
    if before := tuple(name for name in after if name in here):
        whole["after"] = before
    whole["owner"] = job.steps_owner
    if certificate:
        whole |= {"certificate": certificate, "issuer": issuer}
    return whole


def unit_entries(data: Path, job: Job) -> list[dict[str, Any]]:
    """Infantry and other parts of each location whose size the map shows; the contributor where there is only one."""
    entries = []
    for row in _named(data, job):
        states = _contributors(row)
        by = next(iter(states)) if len(states) == 1 else None
        infantry, rest = row["inf_no"] or 0, (row["no_troops"] or 0) - (row["inf_no"] or 0)
        words = set((row["units"] or "").split(";"))
        other = next((kind for word, kind in OTHER_UNITS.items() if word in words), "logistics")
        parts = [
            ("INF", "infantry", infantry, "Infantry", "Infanterie"),
            ("SUP", other, rest, "Support unit", "Unité d'appui"),
        ]
        for tail, kind, people, title, title_fr in parts:
            if people > 0:
                entries.append(
                    {
                        "code": f"U-{row['code'][2:]}-{tail}",
                        "title": f"{title}, {row['title']}",
                        "title_fr": f"{title_fr}, {row['title']}",
                        "owner": f"Force Headquarters, {job.mission}",
                        "basis": "fact",
                        "sources": ("GEO-PKO",),
                        "site": row["code"],
                        "type": kind,
                        "personnel": people,
                        "contributor": f"P-{_code(by)}" if by else None,
                    }
                )
    return entries
