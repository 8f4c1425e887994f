"""What is asked of the measurements: benchmarks, their criteria, the gates that guard each step, and the ratings given."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from collections.abc import Iterator

from scripts.kasanda.common import (
    BENCHMARKS,
    CIVIL,
    COUNTERPART,
    DEFENCE,
    ELECTIONS,
    FORCE,
    HEAD,
    INTERIOR,
    JUSTICE,
    JUSTICE_MINISTRY,
    LOCAL_GOVERNMENT,
    MINES,
    POLICE,
    POLITICAL,
    PROTECTION,
    SUPPORT,
    TRANSITION,
    Fields,
    entry,
)
from scripts.kasanda.country import PLACE, PLACES, Place
from scripts.kasanda.measures import value_at_start

# code, title, title_fr, objective, owner, due, statement, statement_fr, external
_BENCHMARKS = (
    ("B1", "Police carry public order alone", "La police assure seule l'ordre public", "O-SECURITY", POLICE, "2026-12-31",
     "In every area a vetted police keeps public order without the mission and is trusted by women and men.",
     "Dans chaque zone, une police vérifiée maintient l'ordre public sans la mission et a la confiance des femmes et des hommes."),
    ("B2", "Army and border forces can sustain themselves", "Armée et forces frontalières se soutiennent seules", "O-SECURITY", FORCE, "2027-03-31",
     "The army is paid, supplied and present at the borders without outside contractors.",
     "L'armée est payée, ravitaillée et présente aux frontières sans prestataires extérieurs."),
    ("B3", "Courts sit and prisons hold", "Les tribunaux siègent et les prisons tiennent", "O-SECURITY", JUSTICE, "2027-03-31",
     "Courts sit as planned, fewer than half of those in prison await trial, and prisons are safe.",
     "Les tribunaux siègent comme prévu, moins de la moitié des détenus attendent leur jugement et les prisons sont sûres."),
    ("B4", "The state is present in the districts", "L'État est présent dans les districts", "O-POLITICAL", CIVIL, "2026-12-31",
     "District officers are at their posts and pay for basic services from domestic revenue.",
     "Les agents de l'État sont à leur poste et financent les services de base sur recettes intérieures."),
    ("B5", "Civilians are protected by their own institutions", "Les civils sont protégés par leurs institutions", "O-SECURITY", PROTECTION, "2027-06-30",
     "Alerts are answered by national authorities, and people displaced by violence go home.",
     "Les autorités nationales répondent aux alertes et les déplacés rentrent chez eux."),
    ("B6", "The Vorenna Accord is carried out", "L'Accord de Vorenne est appliqué", "O-POLITICAL", POLITICAL, "2027-06-30",
     "The provisions on power sharing, land and former fighters have been carried out.",
     "Les dispositions sur le partage du pouvoir, la terre et les anciens combattants ont été appliquées."),
    ("B7", "National elections are run by national bodies", "Les élections sont conduites par les institutions nationales", "O-POLITICAL", ELECTIONS, "2026-11-30",
     "The national commission runs the elections of October 2026 with registered voters of both sexes.",
     "La commission nationale conduit les élections d'octobre 2026, avec des électeurs et électrices inscrits."),
    ("B8", "Security is paid for at home", "La sécurité est financée par le pays", "O-DEVELOPMENT", TRANSITION, "2027-06-30",
     "Salaries arrive on time and most of the security budget is paid from national revenue.",
     "Les soldes arrivent à temps et l'essentiel du budget de sécurité vient des recettes nationales."),
    ("B9", "Explosive hazards are cleared by national teams", "Les engins explosifs sont traités par des équipes nationales", "O-SECURITY", MINES, "2026-12-31",
     "National teams answer every report of an explosive hazard.",
     "Des équipes nationales répondent à chaque signalement d'engin explosif."),
    ("B10", "Violence stays low", "La violence reste faible", "O-SECURITY", POLITICAL, "2027-06-30",
     "Armed violence stays below the agreed level in every area for a year.",
     "La violence armée reste sous le seuil convenu dans chaque zone pendant un an."),
    ("B11", "Former fighters earn a living", "Les anciens combattants ont un revenu", "O-DEVELOPMENT", "Reintegration Commission of Kasanda", "2026-12-31",
     "Women and men who laid down arms have an income a year later.",
     "Les femmes et les hommes ayant déposé les armes ont un revenu un an après."),
    ("B12", "Mission closes its sites in good order", "La mission ferme ses sites en bon ordre", "O-POLITICAL", SUPPORT, "2027-06-30",
     "Every site is cleaned, certified and in use after it is handed over.",
     "Chaque site est dépollué, certifié et utilisé après sa remise."),
)  # fmt: skip


def benchmarks() -> list[Fields]:
    """Twelve benchmarks; the last describes the mission's own output and says so."""
    return [
        entry(
            code, title, title_fr, owner, objective=objective, due=due, statement=statement, statement_fr=statement_fr,
            external=code != "B12", sources=["SRC-STRATEGY"],
        )
        for code, title, title_fr, objective, owner, due, statement, statement_fr in _BENCHMARKS
    ]  # fmt: skip


DEATHS_BAR: dict[str, int] = {"XKA-DRE": 15, "XKA-SIV": 10, "XKA-KES": 10, "XKA-TEL": 10}
"""Deaths in twelve months up to which an area counts as calm; five where not named."""

CHAIN_AREAS: tuple[str, ...] = tuple(place.code for place in PLACES if place.code not in ("XKA-HAL", "XKA-PAL"))
"""Areas where courts and administration are still to be handed over or have been under this plan."""


def _area_criteria(place: Place) -> Iterator[Fields]:
    """The criteria of one area: four for its police, three for violence, courts and administration."""
    tail, name, fr = place.code[-3:], place.name, place.name_fr
    start = {series: f"{value_at_start(series, place):.1f}" for series in ("I-POL-CERT", "I-POL-ALONE", "I-POL-POSTS")}
    common = {"area": place.code, "baseline_date": "2021-06-30"}

    def bar(series: str, minimum: float, **more: object) -> Fields:
        return {"indicator": series, "area": place.code, "min": minimum, **more}

    yield entry(
        f"C-CERT-{tail}", f"Four in five officers certified in {name}", f"Quatre agents sur cinq certifiés : {fr}", POLICE,
        benchmark="B1", function="F-POL", condition=bar("I-POL-CERT", 80, verification="jointly_assessed"),
        baseline=float(start["I-POL-CERT"]), due="2026-12-31", **common,
    )  # fmt: skip
    yield entry(
        f"C-ALONE-{tail}", f"Three in four incidents handled alone in {name}", f"Trois incidents sur quatre gérés seuls : {fr}", POLICE,
        benchmark="B1", function="F-POL", condition=bar("I-POL-ALONE", 75, window_months=3),
        baseline=float(start["I-POL-ALONE"]), due="2026-12-31", **common,
    )  # fmt: skip
    yield entry(
        f"C-POSTS-{tail}", f"Police posts staffed in {name}", f"Postes de police tenus : {fr}", INTERIOR,
        benchmark="B1", function="F-POL", condition=bar("I-POL-POSTS", 70, persist_months=2),
        baseline=float(start["I-POL-POSTS"]), due="2026-12-31", **common,
    )  # fmt: skip
    yield entry(
        f"C-TRUST-{tail}", f"Police trusted by the people of {name}, women among them",
        f"Police ayant la confiance de la population, femmes comprises : {fr}", BENCHMARKS,
        benchmark="B1", function="F-POL",
        condition={"all": [bar("I-PEOPLE-TRUST", 55), bar("I-PEOPLE-TRUST", 50, group="sex=female")]},
        due="2026-12-31", area=place.code,
    )  # fmt: skip
    yield entry(
        f"C-CALM-{tail}", f"Twelve calm months in {name}", f"Douze mois calmes : {fr}", POLITICAL,
        benchmark="B10", function="F-SEC",
        condition={"events": "deaths", "area": place.code, "max": DEATHS_BAR.get(place.code, 5), "window_months": 12},
        due="2027-06-30", area=place.code,
    )  # fmt: skip
    if place.code in CHAIN_AREAS:
        yield entry(
            f"C-COURT-{tail}", f"Courts sit as planned in {name}", f"Tribunaux siégeant comme prévu : {fr}", JUSTICE_MINISTRY,
            benchmark="B3", function="F-JUS", condition=bar("I-JUS-COURTS", 75, window_months=3), due="2027-03-31", area=place.code,
        )  # fmt: skip
        yield entry(
            f"C-ADMIN-{tail}", f"District officers at work in {name}", f"Agents de l'État au travail : {fr}", LOCAL_GOVERNMENT,
            benchmark="B4", function="F-ADM", condition=bar("I-ADM-POST", 80), due="2026-12-31", area=place.code,
        )  # fmt: skip


def _country(series: str, **bar: object) -> Fields:
    return {"indicator": series, **bar}


# code, title, title_fr, owner, benchmark, function, condition, due
_COUNTRY_CRITERIA = (
    ("C-STRENGTH", "15,000 police on a verified payroll", "15 000 policiers sur une solde vérifiée", INTERIOR, "B1", "F-POL",
     _country("I-POL-STRENGTH", min=15_000, verification="independently_verified"), "2026-12-31"),
    ("C-WOMEN", "Police force with one woman in five", "Police comptant une femme sur cinq", INTERIOR, "B1", "F-POL",
     _country("I-POL-STRENGTH", min=3_000, group="sex=female"), "2027-06-30"),
    ("C-RESPONSE", "Police arrive within 45 minutes", "La police arrive en 45 minutes", POLICE, "B1", "F-POL",
     _country("I-POL-RESP", max=45, window_months=3), "2027-03-31"),
    ("C-COMPLAINT", "Complaints are answered", "Les plaintes sont traitées", "Police Oversight Board of Kasanda", "B1", "F-POL",
     {"all": [_country("I-POL-COMPLAINT", min=60, window_months=3), _country("I-POL-COMPLAINT", min=55, window_months=3, group="sex=female")]},
     "2026-12-31"),
    ("C-ARMY", "13,500 soldiers at muster", "13 500 militaires au recensement", DEFENCE, "B2", "F-SEC",
     _country("I-ARMY-STRENGTH", min=13_500, verification="independently_verified"), "2026-12-31"),
    ("C-SUPPLY", "Army supplies itself", "L'armée se ravitaille seule", DEFENCE, "B2", "F-SEC",
     _country("I-ARMY-SUPPLY", min=70, persist_months=3), "2027-03-31"),
    ("C-BORDER", "Border posts work round the clock", "Postes frontière ouverts en permanence", INTERIOR, "B2", "F-SEC",
     _country("I-BORDER", min=75, window_months=3), "2027-03-31"),
    ("C-PRETRIAL", "Fewer than half await trial", "Moins de la moitié en attente de jugement", JUSTICE, "B3", "F-JUS",
     _country("I-JUS-PRETRIAL", max=45), "2027-03-31"),
    ("C-OCCUPANCY", "Prisons hold no more than 140 in 100 places", "Au plus 140 détenus pour 100 places", JUSTICE, "B3", "F-COR",
     _country("I-COR-OCCUPANCY", max=140), "2026-12-31"),
    ("C-ESCAPE", "Escapes are rare", "Les évasions sont rares", JUSTICE, "B3", "F-COR",
     _country("I-COR-ESCAPE", max=3, window_months=3), "2026-12-31"),
    ("C-PRISON", "Two of three: few await trial, prisons not overfull, escapes rare", "Deux sur trois : peu de prévenus, prisons non surpeuplées, évasions rares",
     JUSTICE, "B3", "F-COR", {"at_least": 2, "of": [{"criterion": "C-PRETRIAL"}, {"criterion": "C-OCCUPANCY"}, {"criterion": "C-ESCAPE"}]}, "2027-03-31"),
    ("C-HEALTH", "Seven in ten health posts work", "Sept postes de santé sur dix fonctionnent", "Ministry of Health of Kasanda", "B4", "F-ADM",
     _country("I-ADM-HEALTH", min=70), "2026-12-31"),
    ("C-REVENUE", "Revenue comes in as planned", "Les recettes suivent le plan", "Ministry of Finance of Kasanda", "B4", "F-ADM",
     _country("I-ADM-REVENUE", min=85), "2026-12-31"),
    ("C-COUNCIL", "Women hold three in ten council seats", "Les femmes occupent trois sièges sur dix", LOCAL_GOVERNMENT, "B4", "F-ADM",
     _country("I-COUNCIL-WOMEN", min=30), "2027-06-30"),
    ("C-ALERT", "Four in five alerts answered", "Quatre alertes sur cinq traitées", PROTECTION, "B5", "F-PRO",
     _country("I-PRO-ALERT", min=80, persist_months=3), "2026-12-31"),
    ("C-SERVICE", "Survivors reach a service", "Les victimes sont prises en charge", PROTECTION, "B5", "F-PRO",
     _country("I-PRO-SERVICE", min=60, group="sex=female"), "2027-03-31"),
    ("C-DISPLACED", "Fewer than 200,000 displaced", "Moins de 200 000 déplacés", "Country Team of Agencies, Displacement Cluster", "B5", "F-PRO",
     _country("I-DISPLACED", max=200), "2027-06-30"),
    ("C-ACCORD", "Three in four provisions carried out", "Trois dispositions sur quatre appliquées", POLITICAL, "B6", None,
     _country("I-ACCORD", min=75), "2027-06-30"),
    ("C-VOTERS", "Voters registered, women as well as men", "Électeurs et électrices inscrits", "National Electoral Commission of Kasanda", "B7", "F-ELE",
     {"all": [_country("I-VOTERS", min=85), _country("I-VOTERS", min=80, group="sex=female")]}, "2026-09-30"),
    ("C-PAY", "Nine in ten salaries on time", "Neuf soldes sur dix à temps", "Ministry of Finance of Kasanda", "B8", None,
     _country("I-PAY-ONTIME", min=90, persist_months=3), "2026-12-31"),
    ("C-BUDGET", "Most of the security budget paid at home", "Budget de sécurité financé pour l'essentiel par le pays", "Ministry of Finance of Kasanda", "B8", None,
     _country("I-BUDGET-EXT", max=30), "2027-06-30"),
    ("C-ESCORT", "Authorities rarely ask for escorts", "Les autorités demandent rarement une escorte", MINES, "B9", "F-EOD",
     _country("I-POL-ESCORT", max=60, window_months=3), "2026-12-31"),
    ("C-INCOME", "Former fighters earn a living, women as well as men", "Anciens combattants et combattantes ayant un revenu", "Reintegration Commission of Kasanda", "B11", None,
     {"all": [_country("I-DDR-INCOME", min=60, window_months=3), _country("I-DDR-INCOME", min=55, window_months=3, group="sex=female")]},
     "2026-12-31"),
    ("C-SITES", "No closed site stands misused", "Aucun site remis n'est détourné", SUPPORT, "B12", None,
     {"not": {"site": "S-TUV", "states": ["misused"]}}, "2027-06-30"),
)  # fmt: skip


def criteria() -> list[Fields]:
    """Every criterion: those of the country first, then area by area."""
    out = []
    for code, title, title_fr, owner, benchmark, function, condition, due in _COUNTRY_CRITERIA:
        out.append(
            entry(
                code, title, title_fr, owner, benchmark=benchmark, function=function, condition=condition, due=due,
                sources=["SRC-STRATEGY"], classification="restricted" if code == "C-SUPPLY" else "open",
                released_to=[COUNTERPART] if code == "C-SUPPLY" else [],
            )
        )  # fmt: skip
    for place in PLACES:
        out += _area_criteria(place)
    return out


def _gate_of_area(place: Place) -> Iterator[Fields]:
    """The gates of one area: police, security, and the chain of courts and administration."""
    tail, name, fr = place.code[-3:], place.name, place.name_fr
    yield entry(
        f"G-POL-{tail}", f"Police of {name} can take over", f"La police peut prendre la relève : {fr}", TRANSITION,
        criteria=[f"C-{kind}-{tail}" for kind in ("CERT", "ALONE", "POSTS", "TRUST")], function="F-POL", area=place.code,
        sources=["SRC-STRATEGY"],
    )  # fmt: skip
    parts: list[Fields] = [{"handover": f"H-POL-{tail}", "states": ["transferred", "monitored", "confirmed"]}]
    if place.abroad:
        parts.append(
            {
                "any": [
                    {"indicator": "I-BORDER", "min": 75, "window_months": 3},
                    {"risk": "R-BORDER", "at_most": "medium"},
                ]
            }
        )
    if tail in ("SIV", "DRE", "KES"):
        parts.append({"veto": {"risk": "R-SPOILER", "at_least": "very_high"}})
    yield entry(
        f"G-SEC-{tail}", f"Security of {name} can be left to national forces", f"La sécurité peut être confiée aux forces nationales : {fr}",
        TRANSITION, criteria=[f"C-CALM-{tail}"], rule={"all": parts} if len(parts) > 1 else parts[0], function="F-SEC", area=place.code,
        sources=["SRC-STRATEGY"],
    )  # fmt: skip
    if place.code in CHAIN_AREAS:
        yield entry(
            f"G-CHAIN-{tail}", f"Courts and administration work in {name}", f"Tribunaux et administration fonctionnent : {fr}", TRANSITION,
            criteria=[f"C-COURT-{tail}", f"C-ADMIN-{tail}"], area=place.code,
        )  # fmt: skip


SECTORS: dict[str, tuple[str, str]] = {
    "north": ("the north", "le nord"),
    "east": ("the east", "l'est"),
    "south": ("the south", "le sud"),
    "west": ("the west", "l'ouest"),
}


def _gate_of_sector(sector: str) -> Fields:
    """Protection networks of a sector: two of three, none of them by average, and no veto from the protection risk."""
    places = [place for place in PLACES if place.sector == sector]
    worst = max(places, key=lambda place: place.ready)
    return entry(
        f"G-PRO-{sector.upper()}",
        f"Protection networks of {SECTORS[sector][0]} stand on their own",
        f"Les réseaux de protection tiennent seuls dans {SECTORS[sector][1]}",
        PROTECTION,
        rule={
            "at_least": 2,
            "of": [
                {"indicator": "I-PRO-ALERT", "min": 80, "persist_months": 3},
                {"indicator": "I-PEOPLE-SAFE", "area": worst.code, "min": 50, "group": "sex=female"},
                {"not": {"events": "deaths", "types": [3], "area": worst.code, "min": 3, "window_months": 6}},
                {"veto": {"risk": "R-REPRISAL", "at_least": "very_high"}},
            ],
        },
        function="F-PRO",
    )


def gates() -> list[Fields]:
    """Every gate: areas, sectors, functions, sites, phases and the mission's exit."""
    out = [gate for place in PLACES for gate in _gate_of_area(place)]
    out += [_gate_of_sector(sector) for sector in SECTORS]
    out += [
        entry(
            "G-COR",
            "Prisons can be run without the mission",
            "Les prisons peuvent être gérées sans la mission",
            JUSTICE,
            criteria=["C-PRISON"],
            function="F-COR",
        ),
        entry(
            "G-EOD",
            "National teams can answer explosive hazards",
            "Les équipes nationales peuvent traiter les engins explosifs",
            MINES,
            criteria=["C-ESCORT"],
            rule={"risk": "R-EOD", "at_most": "medium"},
            function="F-EOD",
        ),
        entry(
            "G-ELE",
            "Elections have been held and settled",
            "Les élections ont eu lieu et sont closes",
            ELECTIONS,
            criteria=["C-VOTERS"],
            rule={"all": [{"on_or_after": "2026-12-15"}, {"not": {"likelihood_of": "R-ELECTION", "min": 5}}]},
            function="F-ELE",
        ),
        entry(
            "G-SITE-IVA",
            "The first sector headquarters was handed over in good order",
            "Le premier quartier général de secteur a été remis en bon ordre",
            SUPPORT,
            rule={"site": "S-UMB", "states": ["handed_over", "checked"]},
            site="S-IVA",
        ),
        entry(
            "G-SITE-DRE",
            "Camp Drensharra can be left",
            "Le camp de Drensharra peut être quitté",
            FORCE,
            criteria=["C-CALM-DRE"],
            rule={"risk": "R-PROTECT-DRE", "at_most": "high"},
            site="S-DRE",
            classification="restricted",
            released_to=[COUNTERPART],
        ),
        entry(
            "G-SITE-SIV",
            "Camp Sivar can be left",
            "Le camp de Sivar peut être quitté",
            FORCE,
            rule={
                "all": [
                    {"events": "deaths", "area": "XKA-SIV", "max": 15, "window_months": 12},
                    {"veto": {"events": "deaths", "area": "XKA-SIV", "min": 10, "window_months": 3}},
                ]
            },
            site="S-SIV",
        ),
        entry(
            "G-SITE-ORU",
            "Camp Orumbessa has a user for the time after",
            "Le camp d'Orumbessa a un repreneur",
            CIVIL,
            rule={"handover": "H-POL-ORU", "states": ["approved", "trial", "transferred", "monitored", "confirmed"]},
            site="S-ORU",
        ),
        entry(
            "G-PH1",
            "West and south are handed over",
            "L'ouest et le sud sont remis",
            TRANSITION,
            rule={
                "all": [
                    {"handover": f"H-POL-{tail}", "states": ["transferred", "monitored", "confirmed"]}
                    for tail in ("HAL", "UMB", "PAL")
                ]
            },
            phase="PH1",
        ),
        entry(
            "G-PH2",
            "Elections are over and the centre is handed over",
            "Les élections sont closes et le centre est remis",
            TRANSITION,
            rule={
                "all": [
                    {"handover": f"H-POL-{tail}", "states": ["transferred", "monitored", "confirmed"]}
                    for tail in ("NAL", "IVA", "QUE")
                ]
                + [{"on_or_after": "2026-12-15"}]
            },
            phase="PH2",
        ),
        entry(
            "G-PH3",
            "North and east are handed over",
            "Le nord et l'est sont remis",
            TRANSITION,
            rule={
                "at_least": 4,
                "of": [
                    {"handover": f"H-SEC-{tail}", "states": ["transferred", "monitored", "confirmed"]}
                    for tail in ("TEL", "ORU", "KES", "SIV", "DRE")
                ],
            },
            phase="PH3",
        ),
        entry(
            "G-EXIT-SECURITY",
            "National forces can carry security",
            "Les forces nationales peuvent assurer la sécurité",
            HEAD,
            criteria=["C-STRENGTH", "C-ARMY", "C-SUPPLY", "C-CALM-DRE", "C-CALM-SIV", "C-CALM-KES"],
        ),
        entry(
            "G-EXIT-POLITICS",
            "The political ground holds",
            "Le socle politique tient",
            HEAD,
            criteria=["C-ACCORD", "C-VOTERS"],
            rule={
                "all": [{"on_or_after": "2026-12-15"}, {"veto": {"risk": "R-CONSTITUTION", "at_least": "very_high"}}]
            },
        ),
        entry(
            "G-EXIT-MONEY",
            "What remains is paid for",
            "Ce qui reste est financé",
            HEAD,
            criteria=["C-PAY", "C-REVENUE"],
        ),
        entry(
            "G-HOME-BUDGET",
            "Security no longer rests on partners' money",
            "La sécurité ne repose plus sur l'argent des partenaires",
            TRANSITION,
            criteria=["C-BUDGET"],
            phase="PH4",
        ),
        entry(
            "G-EXIT-PEOPLE",
            "People are protected and come home",
            "La population est protégée et rentre",
            HEAD,
            criteria=["C-ALERT", "C-DISPLACED", "C-PRETRIAL"],
        ),
    ]
    return out


# handover, party, date, rating, receipt, rationale, reservation
_RATINGS = (
    ("H-POL-NAL", "self", "2025-06-15", "met", "noted", "All four bars were passed in May 2025.", ""),
    ("H-POL-NAL", "joint", "2025-08-20", "met", "agreed", "Visited eleven of twelve posts.", ""),
    ("H-POL-IVA", "self", "2025-10-10", "met", "noted", "Certification complete but for nine officers.", ""),
    (
        "H-POL-IVA",
        "joint",
        "2025-12-18",
        "met",
        "agreed_with_reservation",
        "Bars passed; trial of six months advised.",
        "A trial of three months is enough: the province has been calm for three years.",
    ),
    ("H-POL-QUE", "self", "2026-02-11", "met", "noted", "Bars passed in January.", ""),
    (
        "H-POL-QUE",
        "joint",
        "2026-05-06",
        "met",
        "agreed",
        "Trust of women just above its bar; fuel funded to December.",
        "",
    ),
    (
        "H-POL-VOR",
        "self",
        "2026-03-02",
        "met",
        "noted",
        "The capital's police say they are ready for the elections.",
        "",
    ),
    ("H-POL-VOR", "joint", "2026-06-10", "met", "agreed", "Crowd control seen in two exercises.", ""),
    ("H-POL-ORU", "self", "2026-01-20", "met", "noted", "Three of four bars passed.", ""),
    (
        "H-POL-ORU",
        "joint",
        "2026-04-14",
        "partly_met",
        "agreed_with_reservation",
        "Women's trust lies below its bar.",
        "One survey question should not hold up a province; the other bars were passed.",
    ),
    ("H-POL-TEL", "self", "2026-05-30", "partly_met", "noted", "Posts along the river could not be visited.", ""),
    ("H-POL-KES", "self", "2026-04-22", "partly_met", "none", "Certification will take another six months.", ""),
    ("H-POL-SIV", "self", "2024-12-05", "met", "noted", "Bars passed on the payroll figures of 2024.", ""),
    (
        "H-POL-SIV",
        "joint",
        "2025-03-19",
        "met",
        "agreed",
        "Based on payroll strength; the muster was still under way.",
        "",
    ),
    (
        "H-POL-SIV",
        "joint",
        "2025-11-28",
        "not_met",
        "agreed",
        "One officer in five was never there. Hand-over taken back.",
        "",
    ),
    ("H-SEC-UMB", "joint", "2025-09-30", "met", "agreed", "Army company holds the coast road.", ""),
    ("H-SEC-NAL", "joint", "2026-06-02", "met", "agreed", "Battalion in place and paid.", ""),
    ("H-SEC-IVA", "self", "2026-05-12", "met", "noted", "Battalion in place.", ""),
    ("H-SEC-QUE", "self", "2026-06-01", "partly_met", "noted", "Company at half strength until September.", ""),
    ("H-JUS-NAL", "joint", "2025-11-11", "met", "agreed", "Both courts sit; archive still in the camp.", ""),
    ("H-JUS-IVA", "joint", "2026-03-25", "partly_met", "agreed", "One prosecutor for two courts.", ""),
    ("H-ADM-QUE", "joint", "2026-04-30", "met", "agreed", "Officers at post in eight of nine districts.", ""),
    ("H-PRO-UMB", "joint", "2025-12-01", "met", "agreed", "Networks answer alerts without the mission.", ""),
    ("H-COR-IVA", "mission", "2026-02-15", "partly_met", "noted", "Guards trained, perimeter unfinished.", ""),
    ("H-EOD", "joint", "2026-05-20", "partly_met", "agreed", "Four of six teams certified.", ""),
    ("H-ELE", "mission", "2026-06-15", "partly_met", "noted", "Ballot transport still rests on mission aircraft.", ""),
)

# benchmark, party, date, rating, receipt, rationale, reservation
_VIEWS = (
    ("B1", "self", "2026-06-05", "met", "noted", "Ten of twelve areas have a police that can stand alone.", ""),
    (
        "B1",
        "mission",
        "2026-06-12",
        "partly_met",
        "agreed_with_reservation",
        "Seven of twelve areas pass all four bars.",
        "The count leaves out Orumbeya, where one survey question is in doubt.",
    ),
    ("B2", "self", "2026-06-05", "partly_met", "noted", "Supply contracts end in March 2027.", ""),
    ("B2", "mission", "2026-06-12", "not_met", "noted", "Half of the battalions still depend on contractors.", ""),
    (
        "B3",
        "joint",
        "2026-05-28",
        "partly_met",
        "agreed",
        "Courts sit in the west and centre; prisons report late.",
        "",
    ),
    ("B5", "joint", "2026-05-28", "partly_met", "agreed", "Alerts are answered; Drenshe is not safe at night.", ""),
    ("B6", "joint", "2026-06-20", "partly_met", "agreed", "Land provisions wait for the new parliament.", ""),
    ("B8", "self", "2026-06-05", "met", "noted", "Salaries have arrived on time since January.", ""),
    (
        "B8",
        "mission",
        "2026-06-12",
        "not_met",
        "agreed_with_reservation",
        "No budget report since June 2025.",
        "The report was delayed by the change of accounting system, not withheld.",
    ),
    (
        "B10",
        "mission",
        "2026-06-25",
        "not_met",
        "noted",
        "About twenty deaths in Drenshe in twelve months, with a bar of fifteen.",
        "",
    ),
    ("B12", "mission", "2026-06-25", "not_met", "noted", "Tuvanne was looted and is not in use.", ""),
)


def assessments() -> list[Fields]:
    """Ratings by the national side, the mission and both, with receipts and reservations."""
    party_en = {"self": "Self-assessment", "mission": "Mission assessment", "joint": "Joint assessment"}
    party_fr = {"self": "Auto-évaluation", "mission": "Évaluation de la mission", "joint": "Évaluation conjointe"}
    out = []
    for number, (what, party, date, rating, receipt, why, reservation) in enumerate((*_RATINGS, *_VIEWS), start=1):
        target = {"handover": what} if what.startswith("H-") else {"benchmark": what}
        owner = {"self": INTERIOR, "mission": BENCHMARKS, "joint": "Joint Technical Team"}[party]
        area = PLACE.get("XKA-" + what[-3:]) if what.startswith("H-") else None
        about, about_fr = (area.name, area.name_fr) if area else (what, what)
        out.append(
            entry(
                f"A{number:02d}", f"{party_en[party]}, {about}, {date}", f"{party_fr[party]}, {about_fr}, {date}", owner,
                party=party, date=date, rating=rating, rationale=why, receipt=receipt, reservation=reservation,
                confidence="low" if what.endswith("SIV") else "medium", sources=["SRC-JOINT"] if party == "joint" else [], **target,
            )
        )  # fmt: skip
    return out
