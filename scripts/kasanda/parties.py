"""The parties around Kasanda's exit: who they are, what they promised, signed, asked for, pay for and were told."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (
    CIVIL,
    COMMUNICATION,
    FORCE,
    HEAD,
    POLITICAL,
    PROTECTION,
    SUPPORT,
    TRANSITION,
    Fields,
    entry,
)
from scripts.kasanda.signals import BACKING, OBJECTIVES

# code, title, title_fr, type, iso3, influence, channel, stance
_PARTNERS: tuple[tuple[str, str, str, str, str | None, str, str, str], ...] = (
    ("P-HOST", "Government of Kasanda", "Gouvernement du Kasanda", "host", "XKA", "high", HEAD, "Wants the mission to leave by 30 June 2027 and support to the police to go on."),
    ("P-VELMORA", "Republic of Velmora", "République de Velmora", "state", "XVE", "high", POLITICAL, "Supports the exit; asks for border posts first."),
    ("P-ALDRUNE", "Kingdom of Aldrune", "Royaume d'Aldrune", "state", "XAL", "medium", POLITICAL, "Asks that grazing routes be agreed before troops leave the east."),
    ("P-CALVESSA", "Republic of Calvessa", "République de Calvessa", "state", "XCS", "high", FORCE, "Ready to stay until the results are settled, not longer than March 2028."),
    ("P-THALNOR", "Federation of Thalnor", "Fédération de Thalnor", "state", "XTH", "medium", FORCE, "Wants its battalion home by June 2027."),
    ("P-BIREYA", "Republic of Bireya", "République de Bireya", "state", "XBI", "medium", FORCE, "Offers a hospital and trainers after the exit."),
    ("P-COMMUNITY", "Community of Middle Ocean States", "Communauté des États de l'océan médian", "regional_organisation", None, "high", POLITICAL,
     "Considers a small observer office for two years."),
    ("P-AGENCIES", "Country Team of Agencies", "Équipe pays des organismes", "un_entity", None, "high", TRANSITION, "Can take on district support where it is paid for."),
    ("P-RIGHTS", "Human Rights Field Office", "Bureau de terrain des droits humains", "un_entity", None, "medium", PROTECTION, "Stays with twelve people until 2029."),
    ("P-DISPLACED", "Agency for Displaced People", "Agence pour les personnes déplacées", "un_entity", None, "medium", CIVIL, "Warns against return to the hill villages this year."),
    ("P-BANK", "Middle Ocean Reconstruction Bank", "Banque de reconstruction de l'océan médian", "financial_institution", None, "high", TRANSITION,
     "Lends for roads and courts, not for salaries."),
    ("P-WOMEN", "Women's Peace Network of Kasanda", "Réseau des femmes pour la paix du Kasanda", "ngo", None, "medium", PROTECTION, "Will run warning networks if they are paid."),
    ("P-FIELDAID", "Field Aid Union", "Union d'aide de terrain", "ngo", None, "low", CIVIL, "Works in the north and east; leaves where roads are unsafe."),
    ("P-ELDERS", "Council of Elders of the East", "Conseil des anciens de l'Est", "other", None, "medium", CIVIL, "Asks to be heard before each closure."),
    ("P-BAR", "Bar Association of Kasanda", "Barreau du Kasanda", "ngo", None, "low", "Justice and Corrections Section", "Offers free defence in mobile courts."),
)  # fmt: skip


def partners() -> list[Fields]:
    """Fifteen parties: one host, five states, a regional body, three agencies, a bank, three organisations and a council."""
    return [
        entry(code, title, title_fr, channel, type=type_, iso3=iso3, influence=influence, channel=channel, stance=stance,
              objectives=OBJECTIVES.get(code, []), classification="restricted" if type_ == "state" else "open", sources=["SRC-RECORDS"])
        for code, title, title_fr, type_, iso3, influence, channel, stance in _PARTNERS
    ]  # fmt: skip


# partner, title, title_fr, type, amount, delivered, unit, start, end, status, conditions, more
_COMMITMENTS: tuple[tuple[str, str, str, str, float, float, str, str, str, str, str, Fields], ...] = (
    ("P-CALVESSA", "Quick-reaction company from Calvessa", "Compagnie de réaction rapide de Calvessa", "quick_reaction", 220, 0, "persons", "2027-07-01", "2028-03-31",
     "announced", "Consent of the host and of Velmora.", {"function": "F-SEC", "reach_hours": 36}),
    ("P-CALVESSA", "Helicopters until the last site is closed", "Hélicoptères jusqu'au dernier site", "lift", 3, 3, "helicopters", "2025-07-01", "2027-05-31", "signed", "", {}),
    ("P-THALNOR", "Battalion until June 2027", "Bataillon jusqu'en juin 2027", "troops", 850, 850, "persons", "2025-07-01", "2027-06-30", "delivered", "", {"area": "XKA-SIV"}),
    ("P-THALNOR", "Army supply advisers", "Conseillers logistiques de l'armée", "advisers", 24, 9, "persons", "2026-01-01", "2027-12-31", "signed", "", {"function": "F-SEC"}),
    ("P-BIREYA", "Police trainers", "Formateurs de police", "training", 40, 18, "persons", "2026-01-01", "2028-06-30", "signed", "Only where a joint assessment has been held.",
     {"function": "F-POL"}),
    ("P-BIREYA", "Hospital left to the district of Keshara", "Hôpital laissé au district de Keshara", "equipment", 1, 0, "hospitals", "2027-05-01", "2027-12-31", "pledged", "",
     {"area": "XKA-KES"}),
    ("P-VELMORA", "Border commission and joint patrols", "Commission frontalière et patrouilles conjointes", "intelligence", 12, 4, "meetings", "2026-01-01", "2027-12-31", "pledged", "",
     {"area": "XKA-SIV"}),
    ("P-VELMORA", "Police vehicles", "Véhicules de police", "equipment", 120, 0, "vehicles", "2026-03-01", "2026-12-31", "withdrawn", "", {"function": "F-POL"}),
    ("P-ALDRUNE", "Marking of grazing routes", "Balisage des couloirs de pâturage", "money", 900e3, 350e3, "USD", "2026-01-01", "2026-12-31", "signed", "", {"area": "XKA-KES"}),
    ("P-COMMUNITY", "Observer office for two years", "Bureau d'observation de deux ans", "advisers", 60, 0, "persons", "2027-07-01", "2029-06-30", "announced",
     "Decision of its council in November 2026.", {}),
    ("P-COMMUNITY", "Election observers", "Observateurs électoraux", "advisers", 180, 0, "persons", "2026-09-15", "2026-12-15", "pledged", "", {"function": "F-ELE"}),
    ("P-AGENCIES", "Four field offices in districts", "Quatre bureaux de district", "money", 6.2e6, 1.9e6, "USD", "2026-07-01", "2028-06-30", "pledged", "If the transition fund is replenished.",
     {"function": "F-ADM"}),
    ("P-AGENCIES", "Transition fund", "Fonds de transition", "money", 24e6, 9.5e6, "USD", "2025-07-01", "2027-06-30", "signed", "", {}),
    ("P-BANK", "Court houses in the south and east", "Palais de justice du sud et de l'est", "money", 14e6, 4.2e6, "USD", "2025-01-01", "2028-12-31", "signed", "Land title clear.",
     {"function": "F-JUS"}),
    ("P-BANK", "Budget support tied to revenue", "Appui budgétaire lié aux recettes", "money", 30e6, 0, "USD", "2026-07-01", "2028-06-30", "pledged", "Budget report of 2025/26 published.", {}),
    ("P-WOMEN", "Warning networks in the west and south", "Réseaux d'alerte à l'ouest et au sud", "training", 130, 55, "assistants", "2026-01-01", "2027-12-31", "signed", "Paid for.",
     {"function": "F-PRO"}),
    ("P-FIELDAID", "Warning networks in the north and east", "Réseaux d'alerte au nord et à l'est", "training", 110, 20, "assistants", "2026-04-01", "2027-06-30", "pledged", "Roads open.",
     {"function": "F-PRO", "handover": "H-PRO-TEL"}),
    ("P-RIGHTS", "Monitoring after the exit", "Suivi après le départ", "advisers", 12, 7, "persons", "2026-01-01", "2029-12-31", "signed", "", {"function": "F-PRO"}),
    ("P-DISPLACED", "Return grants", "Primes de retour", "money", 5.5e6, 1.1e6, "USD", "2026-01-01", "2027-12-31", "signed", "Visits before return.", {"area": "XKA-DRE"}),
    ("P-HOST", "Salaries of 3,000 more police", "Soldes de 3 000 policiers de plus", "money", 7.4e6, 2.2e6, "USD", "2026-01-01", "2027-12-31", "pledged", "Revenue as planned.",
     {"function": "F-POL"}),
    ("P-HOST", "Guards for closed sites", "Gardes des sites fermés", "police", 300, 110, "persons", "2025-01-01", "2027-12-31", "signed", "", {}),
    ("P-BAR", "Defenders for mobile courts", "Défenseurs pour les tribunaux itinérants", "advisers", 30, 14, "persons", "2026-01-01", "2027-12-31", "signed", "", {"function": "F-JUS"}),
    ("P-BIREYA", "Quick-reaction police unit from Bireya", "Unité de police de réaction rapide de Bireya", "quick_reaction", 80, 0, "persons", "2027-07-01", "2028-06-30", "signed",
     "Not outside the capital.", {"function": "F-POL", "area": "XKA-VOR"}),
    ("P-BIREYA", "Police advisers who stay in Drenshe", "Conseillers de police qui restent au Drenché", "advisers", 20, 0, "persons", "2027-07-01", "2028-09-30", "signed", "",
     {"function": "F-POL", "area": "XKA-DRE"}),
)  # fmt: skip


def commitments() -> list[Fields]:
    """What was promised, and how much of it has come."""
    return [
        entry(
            f"Q{number:02d}", title, title_fr, TRANSITION, partner=partner, type=type_, amount=amount, delivered=delivered, unit=unit, start=start,
            end=end, status=status, conditions=conditions, classification="restricted" if type_ in ("quick_reaction", "intelligence") else "open",
            **more, **BACKING.get(title, {}),
        )
        for number, (partner, title, title_fr, type_, amount, delivered, unit, start, end, status, conditions, more) in
        enumerate(_COMMITMENTS, start=1)
    ]  # fmt: skip


def agreements() -> list[Fields]:
    """Signed texts and the days on which they end."""
    rows: tuple[tuple[str, str, str, list[str], str, str | None, str | None, int, str | None], ...] = (
        ("AG-STATUS", "Status-of-forces agreement", "Accord sur le statut des forces", ["P-HOST"], "status of forces", "2017-02-27", "2027-06-30", 120, None),
        ("AG-ACCORD", "Vorenna Accord", "Accord de Vorenne", ["P-HOST", "P-COMMUNITY"], "peace accord", "2021-03-18", None, 90, None),
        ("AG-PLAN", "Joint transition plan", "Plan conjoint de transition", ["P-HOST", "P-AGENCIES"], "transition plan", "2024-12-09", "2027-06-30", 90, None),
        ("AG-LAND", "Land use at Vorenna Port", "Occupation du terrain de Vorenna Port", ["P-HOST"], "site lease", "2018-01-15", "2026-12-31", 120, None),
        ("AG-TRANSIT", "Transit through Velmora", "Transit par Velmora", ["P-VELMORA"], "transit", "2022-09-01", "2026-08-31", 120, None),
        ("AG-GRAZING", "Grazing agreement", "Accord de pâturage", ["P-HOST", "P-ALDRUNE", "P-ELDERS"], "local agreement", "2026-05-28", "2027-05-31", 60, "AG-GRAZING-25"),
        ("AG-GRAZING-25", "Grazing agreement of 2025", "Accord de pâturage de 2025", ["P-HOST", "P-ELDERS"], "local agreement", "2025-05-14", "2026-05-31", 60, None),
        ("AG-SITES", "Framework for the transfer of sites", "Cadre de transfert des sites", ["P-HOST"], "site transfer", "2024-08-20", "2027-12-31", 90, None),
        ("AG-AVIATION", "Overflight and rescue flights", "Survol et vols sanitaires", ["P-HOST", "P-CALVESSA"], "aviation", "2023-03-03", "2027-03-02", 90, None),
    )  # fmt: skip
    return [
        entry(code, title, title_fr, "Legal Affairs Office", parties=parties, type=type_, signed=signed, expires=expires, renewal_days=days,
              replaces=replaces)
        for code, title, title_fr, parties, type_, signed, expires, days, replaces in rows
    ]  # fmt: skip


def engagements() -> list[Fields]:
    """Contacts with the parties."""
    rows = (
        ("P-HOST", "2026-06-03", "joint committee", "Calendar confirmed; the government counts ten areas ready, the mission seven."),
        ("P-HOST", "2026-05-06", "joint committee", "Hand-over of policing in Quessarre approved."),
        ("P-HOST", "2025-11-28", "joint committee", "Hand-over of policing in Sivareth taken back by agreement."),
        ("P-VELMORA", "2026-04-17", "border commission", "Posts first, patrols after; transit agreement to be renewed."),
        ("P-ALDRUNE", "2026-05-28", "signing", "Grazing agreement signed."),
        ("P-CALVESSA", "2026-06-11", "letter", "Reserve after the exit depends on consent of two states."),
        ("P-THALNOR", "2026-03-22", "visit", "Battalion leaves in June 2027 at the latest."),
        ("P-BIREYA", "2026-02-09", "visit", "Hospital offered to the district."),
        ("P-COMMUNITY", "2026-06-19", "council", "Observer office on the agenda for November."),
        ("P-AGENCIES", "2026-06-08", "working group", "Two of four field offices have money past June 2027."),
        ("P-BANK", "2026-05-12", "meeting", "Budget support waits for the budget report."),
        ("P-WOMEN", "2026-05-19", "consultation", "Networks ask for pay and for radios."),
        ("P-DISPLACED", "2026-06-16", "letter", "No return to the hill villages before a visit."),
        ("P-ELDERS", "2026-04-24", "visit", "Asked to be told of closures three months ahead."),
        ("P-FIELDAID", "2026-03-30", "meeting", "Telkarra networks need a vehicle that crosses the ford."),
    )  # fmt: skip
    names = {row[0]: (row[1], row[2]) for row in _PARTNERS}
    return [
        entry(f"E{number:02d}", f"{names[partner][0]}, {date}", f"{names[partner][1]}, {date}", POLITICAL, partner=partner, date=date, channel=channel,
              summary=summary, classification="restricted")
        for number, (partner, date, channel, summary) in enumerate(rows, start=1)
    ]  # fmt: skip


def requests() -> list[Fields]:
    """Expectations that wait for an answer, or have had one."""
    rows: tuple[tuple[str, str, str, str, str | None, str | None, str], ...] = (
        ("P-HOST", "Hand over policing in Orumbeya before the elections", "Remettre la police d'Oroumbéya avant les élections", "2026-04-20", "2026-07-31", None, "open"),
        ("P-HOST", "Gift of all light vehicles", "Cession de tous les véhicules légers", "2026-02-01", "2026-04-30", "2026-04-28", "declined"),
        ("P-HOST", "Support to police pay until 2029", "Appui à la solde de la police jusqu'en 2029", "2026-05-10", "2026-10-31", None, "open"),
        ("P-VELMORA", "Border posts before any closure in the north", "Postes frontière avant toute fermeture au nord", "2026-04-17", "2026-06-15", None, "open"),
        ("P-CALVESSA", "Dates for the helicopters", "Dates pour les hélicoptères", "2026-06-11", "2026-08-15", None, "open"),
        ("P-ELDERS", "Notice of closures three months ahead", "Préavis de trois mois avant fermeture", "2026-04-24", "2026-06-30", "2026-06-12", "accepted"),
        ("P-WOMEN", "Seat at the joint technical team", "Siège à l'équipe technique conjointe", "2025-09-15", "2025-12-31", "2025-12-10", "accepted"),
        ("P-AGENCIES", "Share of vehicles and buildings", "Part des véhicules et bâtiments", "2026-03-05", "2026-09-30", None, "open"),
        ("P-BANK", "Budget report of 2025/26", "Rapport budgétaire 2025/26", "2025-12-01", "2026-03-31", None, "open"),
        ("P-THALNOR", "Leave Sivareth in April 2027", "Quitter le Sivareth en avril 2027", "2026-03-22", None, None, "withdrawn"),
    )  # fmt: skip
    return [
        entry(
            f"RQ{number:02d}",
            title,
            title_fr,
            HEAD,
            partner=partner,
            asked=asked,
            due=due,
            answered=answered,
            status=status,
            text=title + ".",
        )
        for number, (partner, title, title_fr, asked, due, answered, status) in enumerate(rows, start=1)
    ]


PROGRAMME_TYPES: dict[str, str] = {
    **dict.fromkeys(("PR-COURTS", "PR-ROADS", "PR-HEALTH", "PR-RETURN", "PR-PRISON", "PR-GRAZING"), "reconstruction"),
    **dict.fromkeys(("PR-OFFICES", "PR-REVENUE"), "governance"),
    **dict.fromkeys(("PR-POLICE", "PR-CLEAR"), "training"),
    "PR-BORDER": "exercise",
}
COVERED: dict[str, float] = {
    "PR-COURTS": 0.6, "PR-POLICE": 0.5, "PR-OFFICES": 0.1, "PR-NETWORKS": 0.0, "PR-ROADS": 0.35, "PR-HEALTH": 0.4, "PR-CLEAR": 0.2, "PR-REVENUE": 1.0,
}  # fmt: skip
"""Share of each programme's recurrent cost that somebody has agreed to pay; the others have not been asked."""
NAMED_NEEDS: dict[str, list[str]] = {"PR-ROADS": ["W15"], "PR-GRAZING": ["W07"], "PR-RETURN": ["W02"]}
"""Needs that a programme answers though it supports no function."""
RESULTS: dict[str, Fields] = {
    "court houses in use": {"built": 7, "title_fr": "palais de justice en service"},
    "courses held a year": {"title_fr": "cours tenus dans l'année"},
    "offices open": {"built": 3, "title_fr": "bureaux ouverts"},
    "networks that answer": {"built": 52, "title_fr": "réseaux qui répondent"},
    "kilometres passable all year": {"built": 205, "title_fr": "kilomètres praticables toute l'année"},
    "health posts working": {"built": 7, "title_fr": "postes de santé en service"},
    "households housed": {"built": 2600, "title_fr": "ménages logés"},
    "people with an income": {"title_fr": "personnes ayant un revenu"},
    "wells working": {"built": 18, "title_fr": "puits en service"},
    "prisons with a sound wall": {"built": 3, "title_fr": "prisons dotées d'un mur solide"},
    "teams certified": {"built": 6, "title_fr": "équipes certifiées"},
    "customs posts connected": {"built": 12, "title_fr": "postes de douane raccordés"},
    "exercises held with partners": {"title_fr": "exercices tenus avec les partenaires"},
}
"""What was built, beside what works, and the results' names in French."""


def programmes() -> list[Fields]:
    """What goes on after the mission, and what runs out with it."""
    rows: tuple[tuple[str, str, str, str, list[str], str | None, str, str, str, float, float, float, list[Fields], str], ...] = (
        ("PR-COURTS", "Court houses", "Palais de justice", "P-BANK", ["XKA-QUE", "XKA-IVA", "XKA-KES", "XKA-ORU"], "F-JUS", "justice", "2025-01-01", "2028-12-31", 14e6, 0.8, 1.1e6,
         [{"title": "court houses in use", "target": 9, "working": 4}], "16.3"),
        ("PR-POLICE", "Police schools", "Écoles de police", "P-BIREYA", ["XKA-VOR", "XKA-IVA"], "F-POL", "police", "2024-07-01", "2028-06-30", 8e6, 0.7, 1.6e6,
         [{"title": "courses held a year", "target": 12, "working": 8, "unit": "courses"}], "16.a"),
        ("PR-OFFICES", "District field offices", "Bureaux de district", "P-AGENCIES", ["XKA-ORU", "XKA-KES", "XKA-TEL", "XKA-DRE"], "F-ADM", "administration", "2026-07-01", "2028-06-30",
         6.2e6, 0.31, 2.4e6, [{"title": "offices open", "target": 4, "working": 1, "unit": "offices"}], "16.6"),
        ("PR-NETWORKS", "Protection networks", "Réseaux de protection", "P-WOMEN", ["XKA-HAL", "XKA-PAL", "XKA-UMB", "XKA-VOR"], "F-PRO", "protection", "2025-07-01", "2027-12-31", 3.1e6, 0.45,
         1.4e6, [{"title": "networks that answer", "target": 60, "working": 34, "unit": "networks"}], "16.1"),
        ("PR-ROADS", "Roads that hold in the rains", "Routes praticables sous les pluies", "P-BANK", ["XKA-NAL", "XKA-TEL"], None, "roads", "2024-01-01", "2028-12-31", 41e6, 0.9, 3.0e6,
         [{"title": "kilometres passable all year", "target": 310, "working": 140, "unit": "km"}], "9.1"),
        ("PR-HEALTH", "Health posts in former sites", "Postes de santé dans d'anciens sites", "P-AGENCIES", ["XKA-HAL", "XKA-UMB", "XKA-NAL"], None, "health", "2025-01-01", "2027-06-30",
         2.2e6, 0.6, 0.7e6, [{"title": "health posts working", "target": 8, "working": 3}], "3.8"),
        ("PR-RETURN", "Return and housing", "Retour et logement", "P-DISPLACED", ["XKA-DRE", "XKA-SIV", "XKA-KES"], None, "housing", "2025-07-01", "2027-12-31", 9e6, 0.5, 0.0,
         [{"title": "households housed", "target": 6400, "working": 1900, "unit": "households"}], "11.1"),
        ("PR-WORK", "Work for former fighters", "Emploi des anciens combattants", "P-AGENCIES", ["XKA-SIV", "XKA-DRE", "XKA-TEL"], None, "livelihoods", "2024-07-01", "2027-06-30", 7.5e6, 0.85, 0.0,
         [{"title": "people with an income", "target": 5200, "working": 3050, "unit": "persons"}], "8.5"),
        ("PR-GRAZING", "Grazing routes and wells", "Couloirs et puits", "P-ALDRUNE", ["XKA-KES", "XKA-QUE"], None, "land", "2026-01-01", "2027-12-31", 1.8e6, 0.7, 0.2e6,
         [{"title": "wells working", "target": 26, "working": 11, "unit": "wells"}], "15.3"),
        ("PR-PRISON", "Safe prisons", "Prisons sûres", "P-BANK", ["XKA-IVA", "XKA-NAL", "XKA-KES"], "F-COR", "corrections", "2025-07-01", "2027-12-31", 4.4e6, 0.4, 1.6e6,
         [{"title": "prisons with a sound wall", "target": 6, "working": 3}], "16.3"),
        ("PR-CLEAR", "National clearance teams", "Équipes nationales de déminage", "P-THALNOR", ["XKA-TEL", "XKA-SIV"], "F-EOD", "clearance", "2025-01-01", "2027-12-31", 3.6e6, 0.9, 2.6e6,
         [{"title": "teams certified", "target": 6, "working": 4, "unit": "teams"}], "16.1"),
        ("PR-REVENUE", "Customs and revenue", "Douanes et recettes", "P-BANK", ["XKA-VOR", "XKA-PAL"], None, "revenue", "2025-01-01", "2027-12-31", 5.2e6, 1.0, 0.9e6,
         [{"title": "customs posts connected", "target": 14, "working": 10, "unit": "posts"}], "17.1"),
        ("PR-BORDER", "Joint border exercise", "Exercice frontalier conjoint", "P-VELMORA", ["XKA-TEL", "XKA-SIV"], "F-POL", "borders", "2026-03-01", "2028-02-29", 0.6e6, 0.5, 0.0,
         [{"title": "exercises held with partners", "target": 4, "working": 1, "unit": "exercises"}], "16.a"),
    )  # fmt: skip
    return [
        entry(code, title, title_fr, TRANSITION, partner=partner, areas=areas, function=function, sector=sector, start=start, end=end, budget=budget,
              funded=funded, recurrent_year=recurrent, recurrent_covered=COVERED.get(code), type=PROGRAMME_TYPES.get(code, "support"), needs=NAMED_NEEDS.get(code, []),
              results=[{**result, **RESULTS.get(result["title"], {})} for result in results], sdg=sdg)
        for code, title, title_fr, partner, areas, function, sector, start, end, budget, funded, recurrent, results, sdg in rows
    ]  # fmt: skip


_TOLD: dict[int, Fields] = {
    1: {"reaches": "people_concerned", "languages": ["French", "Kasandi", "Orum", "Telka"], "message_fr": "La police, les tribunaux et les agences restent ; la mission part pas à pas."},
    2: {"reaches": "people_concerned", "languages": ["Kasandi"], "message_fr": "Appelez d'abord la police nationale ; la mission reste comme conseillère."},
    3: {"reaches": "people_concerned", "languages": ["Kasandi", "French"], "message_fr": "Pendant six mois, la police travaille seule et la mission observe."},
    4: {"reaches": "people_concerned", "languages": ["Kasandi"], "message_fr": "Des postes étaient vides ; la mission revient jusqu'à ce qu'ils soient pourvus."},
    5: {"reaches": "public", "languages": ["French"], "message_fr": "À partir de septembre, la police nationale répond en premier."},
    6: {"reaches": "people_concerned", "languages": [], "message_fr": "Six nouveaux bureaux tenus par des policières."},
    7: {"reaches": "authorities", "languages": ["Telka"], "message_fr": "Les dates sont données trois mois à l'avance."},
    8: {"reaches": "authorities", "languages": ["French"], "message_fr": "La mission transporte les bulletins et ne prend pas parti."},
    9: {"reaches": "staff", "languages": ["French", "Kasandi"], "message_fr": "Les contrats finissent avec les sites ; la formation est ouverte à tous."},
    10: {"reaches": "partners", "languages": ["English"], "message_fr": "Ordre et dates par unité."},
    11: {"reaches": "partners", "languages": ["English", "French"], "message_fr": "Quels points de passage restent fermés, et pourquoi."},
    12: {"reaches": "people_concerned", "languages": ["Kasandi", "French"], "message_fr": "Après les résultats, la police nationale répond en premier."},
}  # fmt: skip
"""Whom each message reaches, and in which languages."""


def communications() -> list[Fields]:
    """Who is told what, when."""
    rows: tuple[tuple[str, str, str, str, str, str, str | None, str | None], ...] = (
        ("What stays after the mission", "Ce qui reste après la mission", "people of all areas", "The police, the courts and the agencies stay; the mission leaves step by step.",
         "2026-02-02", "radio in four languages", None, "2026-02-02"),
        ("Police of Nalvasti takes over", "La police de Nalvasti prend la relève", "people of Nalvasi", "Call the national police first; the mission stays as an adviser.", "2025-12-04", "market meetings",
         "H-POL-NAL", "2025-12-04"),
        ("Trial period in Ivandule", "Période d'essai en Ivandoule", "people of Ivandule", "For six months the police work alone and the mission watches.", "2026-04-01", "radio", "H-POL-IVA", "2026-04-03"),
        ("Why Sivareth was taken back", "Pourquoi la remise du Sivareth a été annulée", "people of Sivareth", "Posts stood empty; the mission is back until they are filled.", "2025-12-01", "radio",
         "H-POL-SIV", "2025-12-05"),
        ("Police of Quessarre takes over", "La police de Quessarre prend la relève", "people of Quessarre", "From September the national police answer first.", "2026-08-20", "market meetings", "H-POL-QUE", None),
        ("Women's desks in Orumbeya", "Bureaux d'accueil en Oroumbéya", "women of Orumbeya", "Six new desks with women officers.", "2026-09-01", "women's groups", "H-POL-ORU", None),
        ("Notice of closures", "Avis de fermeture", "elders of the east", "Dates are given three months ahead.", "2026-06-30", "letter", None, None),
        ("Elections and the mission", "Les élections et la mission", "parties", "The mission carries ballots and takes no side.", "2026-06-01", "joint committee", None, None),
        ("Notice to national staff", "Préavis au personnel national", "national staff", "Contracts end with the sites; training is open to all.", "2026-03-01", "town hall", None, "2026-03-04"),
        ("Order of units to go home", "Ordre de rapatriement des unités", "contributors", "Order and dates by unit.", "2026-07-10", "meeting of contributors", None, None),
        ("What is still unmet", "Ce qui reste à atteindre", "mandating authority", "Which gates are shut and why.", "2026-11-15", "report", None, None),
        ("Capital's police", "La police de la capitale", "people of Vorenna", "After the results the national police answer first.", "2026-12-18", "radio", "H-POL-VOR", None),
    )  # fmt: skip
    return [
        entry(f"CM{number:02d}", title, title_fr, SUPPORT if "staff" in audience else COMMUNICATION, audience=audience, message=message, date=date,
              channel=channel, handover=handover, done=done, **_TOLD[number])
        for number, (title, title_fr, audience, message, date, channel, handover, done) in enumerate(rows, start=1)
    ] + _rumours()  # fmt: skip


def _rumours() -> list[Fields]:
    """What was heard, and what it was answered with; two still wait."""
    rows: tuple[tuple[str, str, str, str, str, str, str | None, str, str, str | None], ...] = (
        ("The mission sells its camps", "La mission vend ses camps", "people of Ivandule", "Soldiers sell the sector headquarters to traders.", "Des soldats vendraient le quartier général de secteur à des commerçants.",
         "2026-04-20", "H-POL-IVA", "Nothing is sold; the district takes it over, and its council says for what.", "Rien n'est vendu ; le district le reprend, et son conseil dit pour quoi.", "2026-04-24"),
        ("Arms are given out in Orumbeya", "Des armes seraient distribuées en Oroumbéya", "youth of Orumbeya", "Whoever joins the police gets a weapon and keeps it.", "Qui rejoint la police reçoit une arme et la garde.",
         "2026-06-11", "H-POL-ORU", "", "", None),
        ("The radio goes silent", "La radio va se taire", "people of all areas", "The station in four languages ends with the mission.", "La station en quatre langues finirait avec la mission.",
         "2026-06-22", None, "", "", None),
    )  # fmt: skip
    return [
        entry(f"RU{number:02d}", title, title_fr, COMMUNICATION, type="rumour", audience=audience, message=said, message_fr=said_fr, date=date,
              handover=handover, answer=answer, answer_fr=answer_fr, answered=answered)
        for number, (title, title_fr, audience, said, said_fr, date, handover, answer, answer_fr, answered) in enumerate(rows, start=1)
    ]  # fmt: skip
