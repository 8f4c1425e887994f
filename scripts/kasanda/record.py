"""What is kept on record in Kasanda: decisions, the watch after the exit, lessons and sources."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (
    BENCHMARKS,
    COUNTERPART,
    FORCE,
    HEAD,
    POLICE,
    POLITICAL,
    PROTECTION,
    SUPPORT,
    TRANSITION,
    VIOLENCE_FROM,
    VIOLENCE_TO,
    Fields,
    entry,
)


def sources() -> list[Fields]:
    """Invented documents and data sets on which the dossier rests."""
    rows: tuple[tuple[str, str, str, str, str, str | None, str], ...] = (
        ("SRC-MANDATE", "Mandate texts (fictional)", "Textes du mandat (fictifs)", "Mandating authority", "Mandates 1 to 4", "2025-06-26", "official"),
        ("SRC-STRATEGY", "Joint transition plan (fictional)", "Plan conjoint de transition (fictif)", "Joint Transition Secretariat", "JTP/2024", "2024-12-09", "official"),
        ("SRC-CENSUS", "Census of 2019 with projection (fictional)", "Recensement de 2019 avec projection (fictif)", "National Statistics Office of Kasanda", "Census 2019", "2020-11-30", "official"),
        ("SRC-RECORDS", "Monthly returns of offices (fictional)", "Rapports mensuels des services (fictifs)", "Offices of the mission and of ministries", "Returns", None, "own_records"),
        ("SRC-PAYROLL", "Payroll of police and army (fictional)", "Solde de la police et de l'armée (fictive)", "Ministry of Finance of Kasanda", "Payroll", None, "official"),
        ("SRC-MUSTER", "Biometric muster 2025 (fictional)", "Recensement biométrique 2025 (fictif)", "Joint Technical Team", "Muster 2025", "2025-07-18", "own_records"),
        ("SRC-JOINT", "Joint assessments (fictional)", "Évaluations conjointes (fictives)", "Joint Technical Team", "Field reports", None, "own_records"),
        ("SRC-SURVEY", "Household survey, quarterly (fictional)", "Enquête trimestrielle auprès des ménages (fictive)", "National Statistics Office of Kasanda", "Survey", None, "research"),
        ("SRC-BUDGET", "Budget reports (fictional)", "Rapports budgétaires (fictifs)", "Ministry of Finance of Kasanda", "Budget reports", None, "official"),
        ("SRC-CLUSTER", "Displacement tracking (fictional)", "Suivi des déplacements (fictif)", "Agency for Displaced People", "Tracking", None, "official"),
        ("SRC-CONSULTATION", "Community consultations 2025 (fictional)", "Consultations communautaires 2025 (fictives)", "Civil Affairs Section", "Consultations 2025", "2025-12-01", "own_records"),
        ("SRC-SITES", "List of sites (fictional)", "Liste des sites (fictive)", "Mission Support Centre", "Sites 2026", "2026-06-01", "own_records"),
        ("SRC-EVENTS", "Armed violence by area and month (simulated)", "Violence armée par zone et par mois (simulée)", "scripts/make_kasanda.py", "Simulated counts", None, "unrated"),
    )  # fmt: skip
    return [
        entry(
            code, title, title_fr, BENCHMARKS, publisher=publisher, document=document, published=published, reliability=reliability,
            licence="Apache-2.0", covers_from=VIOLENCE_FROM if code == "SRC-EVENTS" else None,
            covers_to=VIOLENCE_TO if code == "SRC-EVENTS" else None,
        )
        for code, title, title_fr, publisher, document, published, reliability in rows
    ]  # fmt: skip


def _option(code: str, title: str, title_fr: str, plan: str | None = None) -> Fields:
    return {"code": code, "title": title, "title_fr": title_fr, "plan": plan}


def decisions() -> list[Fields]:
    """Four decisions wanted, four taken (two against a dissenting view), one withdrawn."""
    return [
        entry(
            "D-ORU",
            "Policing in Orumbeya before the elections",
            "Police en Oroumbéya avant les élections",
            POLICE,
            question="One of four criteria is short: women's trust. Is policing handed over in September, on trial, or after the survey is repeated?",
            question_fr="Un critère sur quatre n'est pas atteint : la confiance des femmes. Faut-il remettre la police en septembre, à l'essai, ou après une nouvelle enquête ?",
            due="2026-07-31",
            decider="Head of Mission and Minister of the Interior",
            gates=["G-POL-ORU"],
            handovers=["H-POL-ORU"],
            options=[
                _option("NOW", "Hand over in September", "Remettre en septembre"),
                _option("TRIAL", "Start a trial with women's desks", "Commencer un essai avec bureaux d'accueil"),
                _option("WAIT", "Wait for the repeated survey", "Attendre la nouvelle enquête"),
            ],
            dissent="Three criteria out of four are met; one survey question should not hold up a province.",
            dissent_fr="Trois critères sur quatre sont atteints ; une question d'enquête ne devrait pas retenir une province.",
            dissent_by="Ministry of the Interior of Kasanda",
        ),
        entry(
            "D-EAST",
            "North and east after the rains",
            "Nord et est après les pluies",
            TRANSITION,
            question="The conditions of the east will not be met by June 2027. Is the calendar kept, is more time asked for, or are parts kept open?",
            question_fr="Les conditions de l'est ne seront pas réunies en juin 2027. Faut-il tenir le calendrier, demander du temps ou garder une partie ouverte ?",
            due="2026-09-15",
            decider="Head of Mission, for the mandating authority",
            gates=["G-SEC-DRE", "G-SEC-SIV", "G-EXIT-SECURITY"],
            phase="PH3",
            options=[
                _option("CALENDAR", "Keep the mandated calendar", "Tenir le calendrier du mandat", "P-CALENDAR"),
                _option(
                    "CONDITIONS",
                    "Ask for time until conditions are met",
                    "Demander du temps jusqu'aux conditions",
                    "P-CONDITIONS",
                ),
                _option(
                    "SPLIT",
                    "Calendar in the west, conditions in the east",
                    "Calendrier à l'ouest, conditions à l'est",
                    "P-SLOWER",
                ),
            ],
            dissent="A second date that slips will cost more consent than it buys security.",
            dissent_fr="Une seconde échéance manquée coûtera plus de consentement qu'elle n'apportera de sécurité.",
            dissent_by=POLITICAL,
            classification="restricted",
            released_to=[COUNTERPART],
        ),
        entry(
            "D-IVA",
            "Sector headquarters South waits for its sites",
            "Le QG de secteur sud attend ses sites",
            SUPPORT,
            question="Ivandar cannot close before Camp Quessar and Camp Orumbessa, which it supplies. Are they supplied from the port, or does Ivandar stay until spring?",
            question_fr="Ivandar ne peut fermer avant les camps de Quessar et d'Orumbessa, qu'il ravitaille. Faut-il les ravitailler depuis le port ou garder Ivandar jusqu'au printemps ?",
            due="2026-08-15",
            decider="Chief of Mission Support",
            sites=["S-IVA", "S-QUE", "S-ORU"],
            options=[
                _option("PORT", "Supply from the port", "Ravitailler depuis le port"),
                _option("STAY", "Keep Ivandar until both are closed", "Garder Ivandar jusqu'aux deux fermetures"),
            ],
        ),
        entry(
            "D-MONEY",
            "What is asked of partners for 2027 to 2029",
            "Ce qui est demandé aux partenaires pour 2027-2029",
            TRANSITION,
            question="Pledges cover about half of what the functions cost after June 2027. Which functions are asked for first?",
            question_fr="Les promesses couvrent environ la moitié du coût des fonctions après juin 2027. Lesquelles demander d'abord ?",
            due="2026-10-15",
            decider="Joint Transition Committee",
            gates=["G-EXIT-MONEY"],
            options=[
                _option("POLICE", "Police pay and fuel", "Solde et carburant de la police"),
                _option("DISTRICTS", "District offices and networks", "Bureaux de district et réseaux"),
                _option("SHARED", "Half to each", "Moitié-moitié"),
            ],
        ),
        entry(
            "D-SIV",
            "Policing in Sivareth taken back",
            "Police du Sivareth reprise",
            POLICE,
            status="taken",
            date="2025-11-28",
            question="The muster found one officer in five missing. Does the hand-over stand?",
            question_fr="Le recensement a montré qu'un agent sur cinq manquait. La remise tient-elle ?",
            decider="Head of Mission and Minister of the Interior",
            options=[
                _option("STAND", "Let it stand with more mentors", "Maintenir avec plus de mentors"),
                _option("BACK", "Take it back", "Reprendre"),
            ],
            chosen="BACK",
            why="Two posts had been given up and people asked for patrols.",
            dissent="To take it back in public will make every later hand-over harder.",
            dissent_fr="La reprendre en public rendra chaque remise ultérieure plus difficile.",
            dissent_by=POLITICAL,
            gates=["G-POL-SIV"],
            handovers=["H-POL-SIV"],
        ),
        entry(
            "D-NAL",
            "Security of Nalvasi may be handed over",
            "La sécurité du Nalvassi peut être remise",
            TRANSITION,
            status="taken",
            date="2026-06-12",
            question="The gate is open. Does work on the hand-over begin?",
            question_fr="Le point de passage est ouvert. Les travaux de remise commencent-ils ?",
            decider="Joint Transition Committee",
            options=[
                _option("BEGIN", "Begin", "Commencer"),
                _option("HOLD", "Hold until after the elections", "Attendre les élections"),
            ],
            chosen="BEGIN",
            why="Four months lie before the elections and the battalion is in place.",
            gates=["G-SEC-NAL"],
            handovers=["H-SEC-NAL"],
        ),
        entry(
            "D-UMB",
            "Sector West closed",
            "Secteur ouest fermé",
            SUPPORT,
            status="taken",
            date="2025-09-30",
            question="Is the sector headquarters at Umbrassa closed by the end of the year?",
            question_fr="Le QG de secteur d'Umbrassa est-il fermé avant la fin de l'année ?",
            decider="Head of Mission",
            options=[
                _option("CLOSE", "Close", "Fermer"),
                _option("REDUCE", "Keep a small office", "Garder un petit bureau"),
            ],
            chosen="CLOSE",
            why="Policing and security had been carried by national forces for nine months.",
            dissent="Tuvanne was looted; guards should have been named first.",
            dissent_fr="Tuvanne a été pillé ; les gardes auraient dû être désignés d'abord.",
            dissent_by="Civil Affairs Section",
            sites=["S-UMB", "S-SEL"],
        ),
        entry(
            "D-CALENDAR",
            "Calendar of the final mandate",
            "Calendrier du dernier mandat",
            HEAD,
            status="taken",
            date="2025-07-21",
            question="Which plan does the mission work to?",
            question_fr="Selon quel plan la mission travaille-t-elle ?",
            decider="Head of Mission",
            options=[
                _option("CALENDAR", "Mandated calendar", "Calendrier du mandat", "P-CALENDAR"),
                _option("CONDITIONS", "Conditions first", "Les conditions d'abord", "P-CONDITIONS"),
            ],
            chosen="CALENDAR",
            why="The mandate says final; a review is due in January 2027.",
        ),
        entry(
            "D-VEHICLES",
            "Gift of light vehicles",
            "Cession des véhicules légers",
            SUPPORT,
            status="withdrawn",
            question="Are light vehicles given rather than sold?",
            question_fr="Les véhicules légers sont-ils donnés plutôt que vendus ?",
            due="2026-04-30",
            decider="Chief of Mission Support",
            follows="D-CALENDAR",
        ),
    ]


def watches() -> list[Fields]:
    """What is kept under watch after the mission, with the office that will do it."""
    rows: tuple[tuple[str, str, str | None, str | None, str | None, Fields, str, str], ...] = (
        ("Violence in Drenshe", "Violence au Drenché", "XKA-DRE", None, None, {"events": "deaths", "area": "XKA-DRE", "min": 25, "window_months": 12}, "Committee meets in three days", "Observer office of the Community"),
        ("Violence in Sivareth", "Violence au Sivareth", "XKA-SIV", None, None, {"events": "deaths", "area": "XKA-SIV", "min": 25, "window_months": 12}, "Committee meets in three days", "Observer office of the Community"),
        ("Violence in the country", "Violence dans le pays", None, None, None, {"events": "deaths", "types": [1], "min": 25, "window_months": 12}, "Mandating authority informed", "Country Team of Agencies"),
        ("Grazing conflict in Kesholi", "Transhumance au Kécholi", "XKA-KES", None, None, {"events": "events", "area": "XKA-KES", "types": [2], "min": 3, "window_months": 3}, "Grazing committee meets", "Council of Elders of the East"),
        ("Salaries", "Soldes", None, "F-POL", "I-PAY-ONTIME", {"indicator": "I-PAY-ONTIME", "max": 80, "persist_months": 2}, "Partners called together", "Ministry of Finance of Kasanda"),
        ("Police posts in Halmeru", "Postes de police en Halmérou", "XKA-HAL", "F-POL", "I-POL-POSTS", {"indicator": "I-POL-POSTS", "area": "XKA-HAL", "max": 65}, "Visit in ten days", "Police Oversight Board of Kasanda"),
        ("Police posts in Nalvasi", "Postes de police au Nalvassi", "XKA-NAL", "F-POL", "I-POL-POSTS", {"indicator": "I-POL-POSTS", "area": "XKA-NAL", "max": 65}, "Visit in ten days", "Police Oversight Board of Kasanda"),
        ("Women's trust in the police", "Confiance des femmes dans la police", None, "F-POL", "I-PEOPLE-TRUST", {"indicator": "I-PEOPLE-TRUST", "group": "sex=female", "max": 45}, "Women's network consulted", "National Statistics Office of Kasanda"),
        ("Escapes", "Évasions", None, "F-COR", "I-COR-ESCAPE", {"indicator": "I-COR-ESCAPE", "min": 8}, "Joint inquiry", "Ministry of Justice of Kasanda"),
        ("Courts", "Tribunaux", None, "F-JUS", "I-JUS-COURTS", {"indicator": "I-JUS-COURTS", "max": 60, "window_months": 3}, "Ministry reports", "Bar Association of Kasanda"),
        ("Alerts answered", "Alertes traitées", None, "F-PRO", "I-PRO-ALERT", {"indicator": "I-PRO-ALERT", "max": 65, "window_months": 3}, "Networks consulted", "Human Rights Field Office"),
        ("Former sites in use", "Anciens sites utilisés", "XKA-HAL", None, None, {"site": "S-TUV", "states": ["misused"]}, "Visit and report", "Ministry of Local Government of Kasanda"),
    )  # fmt: skip
    kept: dict[str, Fields] = {
        "Violence in Drenshe": {"alarm": "cusum", "abroad": [
            {"country": "XVE", "place": "marches of Velmora", "place_fr": "marches de Velmora", "indicator": "I-VELMORA-DEATHS"}]},
        "Violence in Sivareth": {"alarm": "score"},
        "Violence in the country": {"alarm": "cusum", "abroad": [{"country": "XAL", "indicator": "I-ALDRUNE-DEATHS"}]},
        "Grazing conflict in Kesholi": {"alarm": "score", "counted": "events"},
    }  # fmt: skip
    return [
        entry(f"WA{number:02d}", title, title_fr, PROTECTION if area else BENCHMARKS, area=area, function=function, indicator=indicator, trigger=trigger,
              response=response, successor_owner=successor, **kept.get(title, {}))
        for number, (title, title_fr, area, function, indicator, trigger, response, successor) in enumerate(rows, start=1)
    ]  # fmt: skip


_LEARNED: dict[int, Fields] = {
    1: {"type": "problem", "trades": ["police"], "phase": "PH1", "decision": "D-SIV", "tags": ["strength", "payroll"],
        "action_fr": "Appel nominal chaque trimestre.", "action_owner": POLICE, "due": "2025-12-31", "about": ["handover:H-POL-SIV", "gate:G-POL-SIV"]},
    2: {"type": "problem", "phase": "PH1", "tags": ["guard", "looting"], "about": ["site:S-TUV"], "action": "Guards named in every protocol of phase 2.",
        "action_fr": "Gardes désignées dans chaque protocole de la phase 2.", "action_owner": SUPPORT, "due": "2026-05-31"},
    3: {"type": "practice", "trades": ["police"], "phase": "PH1", "tags": ["trial"], "action_fr": "Essais d'au moins trois mois.",
        "about": ["handover:H-POL-UMB"]},
    4: {"type": "gap", "phase": "PH1", "about": ["site:S-UMB"], "action": "Supply lines drawn for all sites of the north.",
        "action_fr": "Ravitaillement tracé pour tous les sites du nord.", "action_owner": FORCE, "due": "2026-09-30"},
    5: {"type": "practice", "action_fr": "Convenu avec les anciens.", "tags": ["rumour"]},
    6: {"type": "practice", "action_fr": "Versions conservées."},
    7: {"type": "gap", "phase": "PH1", "tags": ["clearance"]},
    8: {"type": "problem", "action_fr": "Fait depuis 2022."},
    9: {"type": "gap", "trades": ["justice", "police", "corrections"], "phase": "PH1", "about": ["handover:H-JUS-NAL"]},
    10: {"type": "problem", "phase": "PH1", "action_fr": "Contrats de transport avancés."},
}  # fmt: skip
"""What else is on record of a lesson: where it was learned, and who acts by when."""


def lessons() -> list[Fields]:
    """What was found on the way, and whether anybody acted."""
    rows: tuple[tuple[str, str, str, str, str, str, str, str | None, tuple[str, ...]], ...] = (
        ("Strength on the payroll is not strength at the post", "L'effectif sur la solde n'est pas l'effectif au poste",
         "The hand-over in Sivareth rested on payroll figures; a fifth of the names were not there.", "La remise du Sivareth reposait sur la solde ; un cinquième des noms n'existait pas.",
         "Count people, by post, before a joint assessment.", "Compter les personnes, poste par poste, avant l'évaluation conjointe.", "Muster each quarter.", "2025-12-15", ("handover", "gate")),
        ("Name the guard before the flag comes down", "Désigner la garde avant d'abaisser le drapeau",
         "Tuvanne was stripped within two weeks.", "Tuvanne a été dépouillé en deux semaines.", "No protocol without a named guard.", "Pas de protocole sans garde désignée.", "", None, ("site",)),
        ("A trial period finds what an inspection misses", "Un essai révèle ce qu'une inspection manque",
         "In Umbraye fuel ran out in the second month of the trial.", "En Oumbraye, le carburant a manqué au deuxième mois d'essai.", "Plan trials across a pay day and a festival.",
         "Prévoir un essai couvrant une paie et une fête.", "Trials of three months or more.", "2025-02-01", ("handover",)),
        ("A hub leaves last", "La base part la dernière", "Umbrassa stayed open two months for one team site.", "Umbrassa est resté ouvert deux mois pour une seule base d'équipe.",
         "Draw the supply lines before the dates.", "Tracer le ravitaillement avant les dates.", "", None, ("site", "plan")),
        ("Tell people early and more than once", "Prévenir tôt et plusieurs fois", "In Pallomare people heard of the closure from a market rumour.",
         "En Pallomare, la population a appris la fermeture par la rumeur.", "Three months' notice.", "Préavis de trois mois.", "Agreed with elders.", "2026-06-12", ("communication", "site")),
        ("An indicator that falls is not a reason to drop it", "Un indicateur qui baisse n'est pas une raison de l'abandonner", "District ratings were ended in the month they fell.",
         "L'évaluation des districts a cessé le mois où elle baissait.", "Record who ends an indicator, and why.", "Consigner qui met fin à un indicateur, et pourquoi.", "Versions kept.", "2024-09-01", ("indicator",)),
        ("Inspectors are a bottleneck", "Les inspecteurs sont un goulet", "Clearance certificates took eleven weeks in 2025.", "Les quitus ont pris onze semaines en 2025.",
         "Pay for inspectors before closing camps.", "Financer des inspecteurs avant de fermer.", "", None, ("site", "resource")),
        ("Women were asked last", "Les femmes ont été consultées en dernier", "Trust of women was not measured before 2022.", "La confiance des femmes n'était pas mesurée avant 2022.",
         "Break every survey down by sex.", "Ventiler chaque enquête par sexe.", "Done since 2022.", "2022-03-01", ("indicator", "criterion")),
        ("Courts follow police too late", "Les tribunaux suivent la police trop tard", "People arrested in Nalvasi waited for a judge for months.", "Au Nalvassi, les personnes arrêtées attendaient un juge pendant des mois.",
         "Hand over the chain as one.", "Remettre la chaîne d'un seul tenant.", "", None, ("handover", "gate")),
        ("Rains decide", "Les pluies décident", "Four of six late closures fell into the rains.", "Quatre fermetures tardives sur six sont tombées sous les pluies.",
         "Move heavy cargo before November.", "Déplacer le fret lourd avant novembre.", "Shipping contracts brought forward.", "2026-05-01", ("plan", "blackout")),
    )  # fmt: skip
    return [
        entry(f"LE{number:02d}", title, title_fr, TRANSITION, finding=finding, finding_fr=finding_fr, recommendation=advice, recommendation_fr=advice_fr,
              **{"action": action, "done": done, "case": "Kasanda (fictional)", "applies_to": list(applies)} | _LEARNED[number])
        for number, (title, title_fr, finding, finding_fr, advice, advice_fr, action, done, applies) in enumerate(rows, start=1)
    ]  # fmt: skip
