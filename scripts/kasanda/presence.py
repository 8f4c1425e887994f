"""Where the mission stands in Kasanda: forty sites with what must happen before they close, its units and its goods."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import CONTRIBUTORS, COUNTERPART, FORCE, INTERIOR, POLICE, SUPPORT, Fields, chance, entry
from scripts.kasanda.country import PLACE, spot

# code, place name, area, type, military, police, civilian, hub, state, (baseline, forecast, actual)
SITES: tuple[tuple[str, str, str, str, int, int, int, str | None, str, tuple[str | None, str | None, str | None]], ...] = (
    ("S-HQ", "Vorenna", "VOR", "headquarters", 260, 75, 420, None, "open", ("2027-06-15", None, None)),
    ("S-LOG", "Vorenna Port", "VOR", "logistics_base", 310, 10, 165, None, "open", ("2027-06-30", None, None)),
    ("S-AIR-V", "Vorenna", "VOR", "airfield", 95, 5, 60, "S-LOG", "open", ("2027-06-15", None, None)),
    ("S-LIR", "Lirrane", "VOR", "camp", 230, 0, 14, "S-LOG", "open", ("2027-03-31", None, None)),
    ("S-PP-LIR", "Lirrane", "VOR", "police_post", 0, 42, 5, "S-LIR", "open", ("2026-12-31", "2027-01-31", None)),
    ("S-PP-VE", "Vorenna East", "VOR", "police_post", 0, 58, 6, "S-HQ", "open", ("2026-12-31", "2027-01-31", None)),
    ("S-HAL", "Halmessa", "HAL", "camp", 0, 0, 0, None, "checked", ("2024-09-30", None, "2024-10-24")),
    ("S-TUV", "Tuvanne", "HAL", "team_site", 0, 0, 0, None, "misused", ("2024-12-31", None, "2025-01-30")),
    ("S-PP-HAL", "Halmessa", "HAL", "police_post", 0, 0, 0, None, "checked", ("2024-03-31", None, "2024-04-15")),
    ("S-UMB", "Umbrassa", "UMB", "sector_headquarters", 0, 0, 0, None, "handed_over", ("2025-12-31", None, "2026-02-20")),
    ("S-SEL", "Selquay", "UMB", "team_site", 0, 0, 0, None, "checked", ("2025-04-30", None, "2025-05-22")),
    ("S-PP-UMB", "Umbrassa", "UMB", "police_post", 0, 18, 2, "S-LOG", "notified", ("2026-06-30", "2026-08-31", None)),
    ("S-TEL", "Ushmele", "TEL", "sector_headquarters", 410, 32, 48, "S-LOG", "open", ("2027-05-31", None, None)),
    ("S-VAR", "Varduleth", "TEL", "camp", 290, 0, 12, "S-TEL", "open", ("2027-01-31", None, None)),
    ("S-TFD", "Telkar Ford", "TEL", "team_site", 85, 0, 3, "S-VAR", "open", ("2026-12-31", None, None)),
    ("S-NAL", "Nalvasti", "NAL", "camp", 310, 0, 18, "S-TEL", "closing", ("2026-06-30", "2026-10-31", None)),
    ("S-PIR", "Pirrenholt", "NAL", "team_site", 12, 0, 1, "S-NAL", "cleared", ("2026-04-30", "2026-07-31", None)),
    ("S-PP-NAL", "Mesquara", "NAL", "police_post", 0, 28, 3, "S-NAL", "notified", ("2026-06-30", "2026-08-31", None)),
    ("S-SIV", "Sivar", "SIV", "camp", 440, 20, 22, "S-TEL", "open", ("2027-05-31", None, None)),
    ("S-AIR-S", "Sivar", "SIV", "airfield", 110, 0, 28, "S-TEL", "open", ("2027-05-31", None, None)),
    ("S-DTH", "Dretholm", "SIV", "team_site", 85, 0, 3, "S-SIV", "open", ("2027-02-28", None, None)),
    ("S-ASH", "Ashkelune", "SIV", "team_site", 82, 0, 3, "S-SIV", "open", ("2027-02-28", None, None)),
    ("S-PP-SIV", "Sivar", "SIV", "police_post", 0, 90, 6, "S-SIV", "open", ("2027-03-31", None, None)),
    ("S-DRE", "Drensharra", "DRE", "camp", 480, 24, 24, "S-KES", "open", ("2027-05-31", None, None)),
    ("S-KOL", "Kolvett", "DRE", "team_site", 95, 0, 3, "S-DRE", "open", ("2027-02-28", None, None)),
    ("S-UMZ", "Umzarra", "DRE", "team_site", 92, 0, 3, "S-DRE", "open", ("2027-02-28", None, None)),
    ("S-TAN", "Tannivar", "DRE", "team_site", 80, 0, 3, "S-DRE", "open", ("2027-02-28", None, None)),
    ("S-ORU", "Orumbessa", "ORU", "camp", 340, 20, 18, "S-IVA", "open", ("2026-12-31", "2027-02-28", None)),
    ("S-CAL", "Callivane", "ORU", "team_site", 78, 0, 3, "S-ORU", "open", ("2026-10-31", "2026-12-31", None)),
    ("S-PP-ORU", "Orumbessa", "ORU", "police_post", 0, 70, 5, "S-ORU", "open", ("2026-12-31", "2027-02-28", None)),
    ("S-KES", "Keshara", "KES", "sector_headquarters", 390, 34, 46, "S-LOG", "open", ("2027-05-31", None, None)),
    ("S-BOL", "Bolvanne", "KES", "camp", 280, 0, 12, "S-KES", "open", ("2027-03-31", None, None)),
    ("S-IMM", "Immarsh", "KES", "team_site", 80, 0, 3, "S-BOL", "open", ("2027-01-31", None, None)),
    ("S-PP-KES", "Keshara", "KES", "police_post", 0, 76, 6, "S-KES", "open", ("2027-03-31", None, None)),
    ("S-IVA", "Ivandar", "IVA", "sector_headquarters", 270, 28, 40, "S-LOG", "open", ("2026-12-31", "2027-03-31", None)),
    ("S-RUV", "Ruveshe", "IVA", "team_site", 38, 0, 2, "S-IVA", "closing", ("2026-07-31", "2026-09-30", None)),
    ("S-QUE", "Quessar", "QUE", "camp", 300, 0, 14, "S-IVA", "open", ("2026-12-31", "2027-02-28", None)),
    ("S-MAL", "Maldriche", "QUE", "team_site", 74, 0, 3, "S-QUE", "open", ("2026-11-30", "2026-12-31", None)),
    ("S-PP-QUE", "Estovane", "QUE", "police_post", 0, 48, 4, "S-QUE", "open", ("2026-10-31", "2026-12-31", None)),
    ("S-PAL", "Pallomar", "PAL", "camp", 0, 0, 0, None, "checked", ("2025-05-31", None, "2025-06-26")),
)  # fmt: skip

_TYPES: dict[str, tuple[str, str, str]] = {
    "headquarters": (
        "Mission headquarters {}",
        "Quartier général de la mission, {}",
        "Offices for the Ministry of Planning",
    ),
    "sector_headquarters": (
        "Sector headquarters {}",
        "Quartier général de secteur, {}",
        "Provincial administration and training school",
    ),
    "camp": ("Camp {}", "Camp {de}", "Army and police training ground"),
    "team_site": ("Team site {}", "Base d'équipe {de}", "Health post and school"),
    "police_post": ("Police post {}", "Poste de police {de}", "National police post"),
    "logistics_base": ("Logistics base {}", "Base logistique de {}", "Customs yard of the port"),
    "airfield": ("Airfield {}", "Aérodrome {de}", "Civil airfield"),
}

# code, title, title_fr, days at a camp, steps before it, owner, certificate, issuer, only at large sites
_STEPS = (
    ("proposal", "Closure proposal and protection risk assessment", "Proposition de clôture et évaluation des risques de protection", 30, (),
     "Protection Advisory Unit", "", "", False),
    ("receiver", "Receiving force seen ready", "Force de relève jugée prête", 30, ("proposal",), FORCE, "", "", True),
    ("community", "Community told and end use agreed in writing", "Communauté informée et usage convenu par écrit", 30, ("proposal",),
     "Civil Affairs Section", "end-use agreement", "Provincial administration", False),
    ("title", "Landlord and title cleared", "Propriétaire et titre réglés", 30, ("community",), "Legal Affairs Office", "", "", True),
    ("environment", "Environmental close-out and clean-up", "Bilan environnemental et dépollution", 60, ("community",), "Environment Unit", "", "", False),
    ("ordnance", "Ranges and stores cleared of ammunition", "Champs de tir et dépôts débarrassés des munitions", 30, ("receiver",),
     "Explosive Hazard Section", "range clearance", "National Explosive Hazard Service", True),
    ("inventory", "Inventory and disposal groups approved", "Inventaire et groupes de cession approuvés", 30, ("community",), SUPPORT, "", "", False),
    ("equipment", "Contingent equipment inspected and shipped", "Matériel des contingents inspecté et expédié", 45, ("inventory",),
     "Movement Control Section", "", "", True),
    ("contracts", "Contracts ended", "Contrats résiliés", 60, ("proposal",), "Procurement Section", "", "", True),
    ("archive", "Records and communications taken out", "Archives et transmissions retirées", 15, ("inventory",), "Records Unit", "", "", False),
    ("staff", "Notice and support to national staff", "Préavis et appui au personnel national", 60, ("proposal",), "Human Resources Section", "", "", True),
    ("guards", "Guards for nights 1 to 90 named", "Gardes des nuits 1 à 90 désignés", 15, ("community",), "Mission Security Section", "", "", False),
    ("inspection", "Joint inspection and environmental clearance", "Inspection conjointe et quitus environnemental", 15,
     ("environment", "inventory"), "Environment Unit", "environmental clearance", "National Environment Office", False),
    ("protocol", "Hand-over protocol and deed signed", "Protocole de remise et acte signés", 10, ("inspection", "guards", "archive"),
     "Legal Affairs Office", "hand-over protocol", "Provincial administration", False),
    ("flag", "Flag lowered, last convoy leaves", "Drapeau abaissé, départ du dernier convoi", 3, ("protocol",), FORCE, "", "", False),
)  # fmt: skip

# days, money and cargo by type: days factor, running cost a month, closing cost, containers, vehicles
_SIZES: dict[str, tuple[float, float, float, int, int]] = {
    "headquarters": (1.2, 690e3, 2.4e6, 420, 260),
    "logistics_base": (1.2, 520e3, 2.9e6, 760, 310),
    "sector_headquarters": (1.2, 330e3, 1.1e6, 260, 150),
    "airfield": (1.2, 290e3, 0.9e6, 90, 45),
    "camp": (1.0, 210e3, 0.62e6, 150, 85),
    "team_site": (0.6, 48e3, 0.12e6, 18, 14),
    "police_post": (0.4, 26e3, 0.05e6, 6, 9),
}

_DONE_UP_TO: dict[str, tuple[str, ...]] = {
    "S-NAL": ("proposal", "receiver", "community", "title", "contracts", "inventory", "staff"),
    "S-RUV": ("proposal", "community", "inventory"),
    "S-PIR": ("proposal", "community", "environment", "inventory", "archive", "guards", "inspection"),
    "S-PP-UMB": ("proposal",),
    "S-PP-NAL": ("proposal", "community"),
    "S-IVA": ("proposal", "receiver"),
    "S-QUE": ("proposal",),
}

_RECEIVERS = {"police_post": "N-POL", "camp": "N-ARMY"} | dict.fromkeys(
    ("headquarters", "logistics_base", "sector_headquarters", "airfield", "team_site"), "N-ADM"
)

_LARGE = ("headquarters", "logistics_base", "sector_headquarters", "airfield", "camp")


def _steps(code: str, type_: str) -> list[Fields]:
    """The closure steps of one site: all fifteen at a large one, nine at a small one."""
    factor = _SIZES[type_][0]
    kept = [step for step in _STEPS if type_ in _LARGE or not step[8]]
    names = {step[0] for step in kept}
    done = _DONE_UP_TO.get(code, ())
    out = []
    for number, (name, title, title_fr, days, after, owner, certificate, issuer, _) in enumerate(kept):
        step: Fields = {
            "code": name, "title": title, "title_fr": title_fr, "days": max(2, round(days * factor)),
            "after": [before for before in after if before in names], "owner": owner, "certificate": certificate, "issuer": issuer,
        }  # fmt: skip
        if name == "flag" and type_ in _LARGE:
            step["after"] = ["protocol", "equipment", "contracts", "staff", "ordnance", "title"]
        if name in done:
            step["done"] = f"2026-{2 + min(number, 8) // 2:02d}-{10 + number:02d}"
        out.append(step)
    return out


def _de(town: str) -> str:
    """The town with its French preposition: `de Sivar`, `d'Ivandar`."""
    return f"d'{town}" if town[0] in "AEIOUÉ" else f"de {town}"


def sites() -> list[Fields]:
    """Forty sites; six are already in other hands, one of them looted."""
    out = []
    seen: dict[str, int] = {}
    for code, town, tail, type_, military, police, civilian, hub, state, (baseline, forecast, actual) in SITES:
        place = PLACE[f"XKA-{tail}"]
        number = seen.get(tail, 0)
        seen[tail] = number + 1
        longitude, latitude = spot(place, number)
        title, title_fr, use = _TYPES[type_]
        _, running, closing, containers, vehicles = _SIZES[type_]
        gone = actual is not None
        stream = chance("site", code)
        crowd = {"team_site": 22_000, "police_post": 35_000}.get(type_, 90_000)
        if gone or type_ == "logistics_base":
            after = []
        elif type_ == "headquarters":
            after = ["H-SEC-SIV", "H-SEC-DRE", "H-ELE"]
        else:
            after = [f"H-POL-{tail}" if type_ == "police_post" else f"H-SEC-{tail}"]
        gates = {
            "S-IVA": ["G-SITE-IVA"],
            "S-DRE": ["G-SITE-DRE"],
            "S-SIV": ["G-SITE-SIV"],
            "S-ORU": ["G-SITE-ORU"],
        }.get(code, [])
        share = (military + police) / 450
        loads = [] if gone else [
            {"resource": "CONVOYS", "amount": round({"team_site": 2, "police_post": 1}.get(type_, 4 + 6 * share), 0)},
            {"resource": "ENGINEER-TEAMS", "amount": {"team_site": 0.5, "police_post": 0.25}.get(type_, 1.0)},
            {"resource": "ENVIRONMENT-TEAMS", "amount": {"team_site": 0.5, "police_post": 0.25}.get(type_, 1.0)},
        ]  # fmt: skip
        no_user = code in ("S-ORU", "S-VAR", "S-BOL", "S-TAN")
        out.append(
            entry(
                code, title.format(town), title_fr.format(town, de=_de(town)), SUPPORT, area=place.code, type=type_, latitude=latitude, longitude=longitude,
                opened="2017-05-01" if number < 2 else "2018-02-01", military=military, police=police, civilian=civilian,
                population_around=round(crowd * stream.uniform(0.7, 1.5), -3), containers=0 if gone else containers,
                vehicles=0 if gone else vehicles, hub=hub, after=after, gates=gates,
                receiver=None if no_user else f"{_RECEIVERS[type_]}-{tail}",
                end_use="" if no_user else use, guard="" if no_user else INTERIOR if type_ == "police_post" else "Provincial guard company",
                running_cost_month=0 if gone else round(running * stream.uniform(0.85, 1.2), -3), closing_cost=0 if gone else closing,
                loads=loads, state=state, closure={"baseline": baseline, "forecast": forecast, "actual": actual},
                steps=[] if gone else _steps(code, type_),
                classification="restricted", released_to=[COUNTERPART, *CONTRIBUTORS], sources=["SRC-SITES"],
                note="Roof, fence and generators taken by unknown persons in February 2025; no guard had been named." if state == "misused" else "",
            )
        )  # fmt: skip
    return out


# code, title, title_fr, site, type, people, contributor, vehicles, containers, baseline, forecast, actual
_UNITS = (
    ("U-CAL-1", "Calvessa Battalion 1", "Bataillon de Calvessa n° 1", "S-DRE", "infantry", 850, "P-CALVESSA", 92, 120, "2027-05-31", None, None),
    ("U-CAL-2", "Calvessa Battalion 2", "Bataillon de Calvessa n° 2", "S-NAL", "infantry", 500, "P-CALVESSA", 70, 90, "2026-07-31", "2026-11-30", None),
    ("U-THA-1", "Thalnor Battalion", "Bataillon de Thalnor", "S-SIV", "infantry", 850, "P-THALNOR", 88, 115, "2027-05-31", None, None),
    ("U-BIR-1", "Bireya Battalion", "Bataillon de Bireya", "S-ORU", "infantry", 620, "P-BIREYA", 66, 80, "2027-01-31", "2027-03-31", None),
    ("U-BIR-2", "Bireya Mechanised Company", "Compagnie mécanisée de Bireya", "S-BOL", "infantry", 340, "P-BIREYA", 48, 40, "2027-03-31", None, None),
    ("U-CAL-3", "Calvessa Reserve Company", "Compagnie de réserve de Calvessa", "S-LIR", "infantry", 240, "P-CALVESSA", 34, 30, "2027-04-30", None, None),
    ("U-ENG", "Thalnor Engineer Company", "Compagnie du génie de Thalnor", "S-LOG", "engineers", 220, "P-THALNOR", 96, 140, "2027-06-15", None, None),
    ("U-AVN", "Calvessa Helicopter Unit", "Unité d'hélicoptères de Calvessa", "S-AIR-S", "aviation", 110, "P-CALVESSA", 22, 35, "2027-05-31", None, None),
    ("U-MED", "Bireya Hospital Level II", "Hôpital de niveau II de Bireya", "S-KES", "medical", 80, "P-BIREYA", 14, 45, "2027-05-31", None, None),
    ("U-SIG", "Thalnor Signals Company", "Compagnie des transmissions de Thalnor", "S-HQ", "signals", 130, "P-THALNOR", 30, 38, "2027-06-15", None, None),
    ("U-LOG", "Calvessa Transport Company", "Compagnie de transport de Calvessa", "S-LOG", "logistics", 180, "P-CALVESSA", 120, 60, "2027-06-30", None, None),
    ("U-FPU-1", "Formed Police Unit 1 (Calvessa)", "Unité de police constituée n° 1 (Calvessa)", "S-PP-VE", "formed_police", 140, "P-CALVESSA", 32, 30, "2027-01-31", None, None),
    ("U-FPU-2", "Formed Police Unit 2 (Bireya)", "Unité de police constituée n° 2 (Bireya)", "S-PP-SIV", "formed_police", 160, "P-BIREYA", 30, 28, "2027-03-31", None, None),
    ("U-FPU-3", "Formed Police Unit 3 (Thalnor)", "Unité de police constituée n° 3 (Thalnor)", "S-PP-KES", "formed_police", 140, "P-THALNOR", 28, 26, "2027-03-31", None, None),
    ("U-IPO", "Individual police officers", "Policiers hors unités constituées", "S-HQ", "police", 238, None, 70, 0, "2027-06-15", None, None),
    ("U-OBS", "Military observers", "Observateurs militaires", "S-HQ", "observers", 96, None, 48, 0, "2027-05-31", None, None),
    ("U-CAL-4", "Calvessa Northern Battalion", "Bataillon du nord de Calvessa", "S-TEL", "infantry", 760, "P-CALVESSA", 84, 110, "2027-04-30", None, None),
    ("U-THA-2", "Thalnor Southern Company Group", "Groupement du sud de Thalnor", "S-QUE", "infantry", 340, "P-THALNOR", 46, 52, "2027-01-31", "2027-02-28", None),
    ("U-WEST", "Bireya Western Battalion", "Bataillon de l'ouest de Bireya", None, "infantry", 520, "P-BIREYA", 74, 96, "2025-12-31", None, "2026-01-22"),
    ("U-SOUTH", "Thalnor Coastal Company", "Compagnie côtière de Thalnor", None, "infantry", 180, "P-THALNOR", 30, 36, "2025-06-30", None, "2025-06-12"),
)  # fmt: skip


def units() -> list[Fields]:
    """Twenty contingents; two have gone home."""
    return [
        entry(
            code, title, title_fr, POLICE if type_ in ("formed_police", "police") else FORCE, site=site, type=type_, personnel=personnel,
            contributor=contributor, vehicles=vehicles, containers=containers,
            repatriation={"baseline": baseline, "forecast": forecast, "actual": actual},
            classification="restricted", released_to=[*CONTRIBUTORS],
        )
        for code, title, title_fr, site, type_, personnel, contributor, vehicles, containers, baseline, forecast, actual in _UNITS
    ]  # fmt: skip


# key, title, title_fr, group, disposition, value of the lot at a camp, pieces
_LOTS = (
    ("GEN", "Generators and power plant", "Groupes électrogènes", "I", "redeploy", 480e3, 14),
    ("CAB", "Prefabricated buildings", "Bâtiments préfabriqués", "V", "gift_government", 610e3, 60),
    ("VEH", "Light vehicles", "Véhicules légers", "III", "commercial_sale", 350e3, 22),
)


def asset_lots() -> list[Fields]:
    """Goods by site and way out: what was sold, given, destroyed or lost is kept as well."""
    out = []
    for code, town, _, type_, *_, dates in SITES:
        if type_ in ("police_post",) or dates[2] is not None:
            continue
        for key, title, title_fr, group, disposition, value, pieces in _LOTS[: 3 if type_ in _LARGE else 1]:
            stream = chance("lot", code, key)
            size = stream.uniform(0.7, 1.3) * (0.2 if type_ == "team_site" else 1.0)
            decided = code in ("S-NAL", "S-RUV", "S-PIR", "S-IVA", "S-PP-UMB") or key != "VEH"
            out.append(
                entry(
                    f"L-{code[2:]}-{key}", f"{title}, {town}", f"{title_fr}, {town}", SUPPORT, site=code, group=group,
                    disposition=disposition if decided else "undecided", value=round(value * size, -3), items=max(1, round(pieces * size)),
                    due="2026-06-15" if code in ("S-RUV", "S-NAL") and key == "GEN" else "2027-05-31",
                    done="2026-06-02" if code == "S-PIR" else None, classification="restricted",
                )
            )  # fmt: skip
    past = (
        ("L-HAL-CAB", "Prefabricated buildings, Halmessa", "Bâtiments préfabriqués, Halmessa", "S-HAL", "V", "gift_government", 540e3, 52, "2024-10-24"),
        ("L-TUV-ALL", "Buildings and generators, Tuvanne", "Bâtiments et groupes électrogènes, Tuvanne", "S-TUV", "V", "lost_or_looted", 130e3, 17, "2025-02-11"),
        ("L-UMB-CAB", "Prefabricated buildings, Umbrassa", "Bâtiments préfabriqués, Umbrassa", "S-UMB", "V", "gift_government", 870e3, 88, "2026-02-20"),
        ("L-UMB-TYR", "Worn tyres and batteries, Umbrassa", "Pneus et batteries usagés, Umbrassa", "S-UMB", "IV", "destroy", 9e3, 640, "2026-01-30"),
        ("L-SEL-GEN", "Generator, Selquay", "Groupe électrogène, Selquay", "S-SEL", "II", "reserve", 31e3, 1, "2025-05-15"),
        ("L-PAL-VEH", "Light vehicles, Pallomar", "Véhicules légers, Pallomar", "S-PAL", "III", "sell_agency", 210e3, 16, "2025-06-20"),
        ("L-PAL-CLI", "Clinic equipment, Pallomar", "Matériel de clinique, Pallomar", "S-PAL", "II", "transfer_un", 74e3, 33, "2025-06-20"),
        ("L-KOL-BAR", "Barriers and wire, Kolvett", "Barrières et barbelés, Kolvett", "S-KOL", "IV", "abandoned_under_duress", 12e3, 400, "2026-03-18"),
    )  # fmt: skip
    out += [
        entry(
            code,
            title,
            title_fr,
            SUPPORT,
            site=site,
            group=group,
            disposition=disposition,
            value=value,
            items=items,
            due=done,
            done=done,
        )
        for code, title, title_fr, site, group, disposition, value, items, done in past
    ]
    return out
