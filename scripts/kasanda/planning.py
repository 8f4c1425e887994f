"""The time line of Kasanda's exit: mandate, phases, activities, three plans, their limits, and five scenarios."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (
    AS_OF,
    BENCHMARKS,
    CIVIL,
    COMMUNICATION,
    CONTRIBUTORS,
    COUNTERPART,
    ELECTIONS,
    FORCE,
    HEAD,
    JUSTICE,
    MANDATE_END,
    MINES,
    POLICE,
    POLITICAL,
    PROTECTION,
    SECURITY,
    SUPPORT,
    TRANSITION,
    Fields,
    chance,
    entry,
    later,
)
from scripts.kasanda.country import PLACES
from scripts.kasanda.presence import SITES
from scripts.kasanda.work import handovers


def mission() -> Fields:
    """The mission itself."""
    return entry(
        "KASANDA",
        "Integrated Mission in Kasanda (fictional)",
        "Mission intégrée au Kasanda (fictive)",
        HEAD,
        acronym="IMKA",
        host=["XKA"],
        host_name="Kasanda (fictional)",
        host_name_fr="Kasanda (fictif)",
        started="2017-03-01",
        as_of=AS_OF,
        default_plan="P-CONDITIONS",
        default_scenario="SC-TRACK",
        exit_gates=["G-EXIT-SECURITY", "G-EXIT-POLITICS", "G-EXIT-MONEY", "G-EXIT-PEOPLE"],
        mandate="M4",
        currency="USD",
        fiscal_year_start=7,
        dimensions={"sex": ["female", "male"]},
        violence_types=[1, 2, 3],
        definitions=[
            {
                "code": "K50",
                "title": "50 deaths or more from organised violence of any type in the country within 6 months",
                "title_fr": "Au moins 50 morts dus à la violence organisée de tout type dans le pays en 6 mois",
                "threshold": 50,
                "window": 6,
            }
        ],
        renewed_violence="R25",
        neighbours=["XVE", "XAL"],
        population=sum(place.population for place in PLACES),
        map_note="Kasanda is an invented country drawn over open water. No real boundary, place or people is meant.",
        map_note_fr="Le Kasanda est un pays inventé, dessiné sur la haute mer. Aucune frontière, aucun lieu ni aucune population réels ne sont visés.",
        sources=["SRC-MANDATE"],
        note="Everything in this dossier is invented, to show and to test every kind of entry.",
    )


def mandates() -> list[Fields]:
    """Four mandates, the last one final."""
    tasks = ("Protect civilians under threat", "Support the police until it carries public order alone", "Support the courts and prisons",
             "Help the state return to the districts", "Support the Vorenna Accord and the elections")  # fmt: skip
    rows = (
        ("M1", "Founding mandate", "Mandat fondateur", "Mandate 1 (2017), fictional", "2017-02-14", "2017-03-01", "2021-06-30", tasks, False),
        ("M2", "Mandate after the Accord", "Mandat après l'Accord", "Mandate 2 (2021), fictional", "2021-06-22", "2021-07-01", "2024-06-30", tasks, False),
        ("M3", "Mandate for the transition", "Mandat de transition", "Mandate 3 (2024), fictional", "2024-06-25", "2024-07-01", "2025-06-30", tasks, False),
        ("M4", "Final mandate", "Dernier mandat", "Mandate 4 (2025), fictional", "2025-06-26", "2025-07-01", MANDATE_END,
         (*tasks[:3], "Hand over functions, areas and sites by 30 June 2027"), True),
    )  # fmt: skip
    return [
        entry(
            code, title, title_fr, HEAD, authority=authority, adopted=adopted, start=start, end=end, tasks=list(given), final=final,
            replaces=f"M{int(code[1]) - 1}" if code != "M1" else None, sources=["SRC-MANDATE"],
        )
        for code, title, title_fr, authority, adopted, start, end, given, final in rows
    ]  # fmt: skip


def objectives() -> list[Fields]:
    """The end state in its three parts."""
    return [
        entry(
            "O-POLITICAL",
            "A settlement that holds",
            "Un règlement qui tient",
            POLITICAL,
            dimension="political",
            end_state="The parties to the Vorenna Accord settle disputes in parliament and in councils in which women sit.",
        ),
        entry(
            "O-SECURITY",
            "Security in national hands",
            "Une sécurité assurée par le pays",
            TRANSITION,
            dimension="security",
            end_state="National police, army and courts keep people safe in all twelve areas without the mission.",
        ),
        entry(
            "O-DEVELOPMENT",
            "A state that pays its way",
            "Un État qui se finance",
            TRANSITION,
            dimension="development",
            end_state="Salaries and basic services are paid from national revenue, and those who laid down arms earn a living.",
        ),
    ]


def phases() -> list[Fields]:
    """Four phases."""
    rows = (
        ("PH1", "Phase 1: west and south", "Phase 1 : ouest et sud", 1, "2024-07-01", "2026-06-30", ["G-PH1"]),
        ("PH2", "Phase 2: elections and the centre", "Phase 2 : élections et centre", 2, "2026-07-01", "2026-12-31", ["G-PH2"]),
        ("PH3", "Phase 3: north and east", "Phase 3 : nord et est", 3, "2027-01-01", "2027-04-30", ["G-PH3"]),
        ("PH4", "Phase 4: last sites and departure", "Phase 4 : derniers sites et départ", 4, "2027-05-01", MANDATE_END,
         ["G-EXIT-SECURITY", "G-EXIT-POLITICS", "G-EXIT-MONEY", "G-EXIT-PEOPLE", "G-HOME-BUDGET"]),
    )  # fmt: skip
    return [
        entry(code, title, title_fr, TRANSITION, order=order, start=start, end=end, gates=gates)
        for code, title, title_fr, order, start, end, gates in rows
    ]


def milestones() -> list[Fields]:
    """Dated points, some of them measured."""
    rows: tuple[tuple[str, str, str, str, str, str | None, Fields | None, str], ...] = (
        ("MS01", "Joint transition plan signed", "Plan conjoint de transition signé", "PH1", "2024-11-30", "2024-12-09", None, TRANSITION),
        ("MS02", "Baseline of benchmarks frozen", "Situation de référence arrêtée", "PH1", "2024-12-31", "2025-01-15", None, BENCHMARKS),
        ("MS03", "Environmental baseline of every site renewed", "Référence environnementale de chaque site mise à jour", "PH1", "2025-06-30", "2025-08-02", None, SUPPORT),
        ("MS04", "Biometric muster of the police complete", "Recensement biométrique de la police achevé", "PH1", "2025-06-30", "2025-07-18", None, POLICE),
        ("MS05", "Receivers of all functions named", "Repreneurs de toutes les fonctions désignés", "PH1", "2025-12-31", None, None, TRANSITION),
        ("MS06", "West handed over", "Ouest remis", "PH1", "2026-03-31", "2026-02-20", {"site": "S-UMB", "states": ["handed_over", "checked"]}, TRANSITION),
        ("MS07", "Voters' roll closed", "Liste électorale close", "PH2", "2026-08-31", None, {"indicator": "I-VOTERS", "min": 85}, ELECTIONS),
        ("MS08", "Elections held", "Élections tenues", "PH2", "2026-10-18", None, None, ELECTIONS),
        ("MS09", "Results settled", "Résultats proclamés", "PH2", "2026-12-15", None, {"on_or_after": "2026-12-15"}, ELECTIONS),
        ("MS10", "Three more areas in national hands", "Trois zones de plus aux mains du pays", "PH2", "2026-12-31", None,
         {"all": [{"handover": f"H-SEC-{tail}", "states": ["transferred", "monitored", "confirmed"]} for tail in ("NAL", "IVA", "QUE")]}, FORCE),
        ("MS11", "Council of the mandate reviews the exit", "Examen du départ par l'autorité mandante", "PH2", "2027-01-31", None, None, HEAD),
        ("MS12", "Sector South closed", "Secteur sud fermé", "PH3", "2027-03-31", None, {"site": "S-IVA", "states": ["handed_over", "checked"]}, SUPPORT),
        ("MS13", "Army supplies itself", "L'armée se ravitaille seule", "PH3", "2027-03-31", None, {"criterion": "C-SUPPLY"}, FORCE),
        ("MS14", "North and east handed over", "Nord et est remis", "PH3", "2027-04-30", None,
         {"at_least": 4, "of": [{"handover": f"H-SEC-{tail}", "states": ["transferred", "monitored", "confirmed"]} for tail in ("TEL", "ORU", "KES", "SIV", "DRE")]}, FORCE),
        ("MS15", "Money for what remains is pledged", "Financement de la suite promis", "PH4", "2027-05-31", None, None, TRANSITION),
        ("MS16", "Last convoy leaves", "Départ du dernier convoi", "PH4", MANDATE_END, None, None, SUPPORT),
    )  # fmt: skip
    return [
        entry(
            code,
            title,
            title_fr,
            owner,
            phase=phase,
            due=due,
            done=done,
            condition=condition,
            context="elections" if owner == ELECTIONS else None,
        )
        for code, title, title_fr, phase, due, done, condition, owner in rows
    ]


# title, title_fr, owner, start, due, done, progress, milestone, benchmark
_OWN_ACTIVITIES: tuple[tuple[str, str, str, str, str, str | None, float | None, str | None, str | None], ...] = (
    ("Draft the joint transition plan", "Rédiger le plan conjoint de transition", TRANSITION, "2024-07-01", "2024-11-15", "2024-11-29", None, "MS01", None),
    ("Name transition focal points in seven ministries", "Désigner des référents dans sept ministères", TRANSITION, "2024-07-15", "2024-10-31", "2024-10-20", None, "MS01", None),
    ("Freeze baselines and publish them", "Arrêter et publier les valeurs de référence", BENCHMARKS, "2024-10-01", "2024-12-31", "2025-01-15", None, "MS02", None),
    ("Map what other agencies can take on", "Recenser ce que les autres organismes peuvent reprendre", TRANSITION, "2025-01-15", "2025-06-30", "2025-09-05", None, "MS05", None),
    ("Renew environmental baselines of 34 sites", "Mettre à jour la référence environnementale de 34 sites", SUPPORT, "2025-01-01", "2025-06-30", "2025-08-02", None, "MS03", "B12"),
    ("Run the biometric muster", "Conduire le recensement biométrique", POLICE, "2025-01-10", "2025-06-30", "2025-07-18", None, "MS04", "B1"),
    ("Clean the police payroll", "Assainir la solde de la police", "Ministry of Finance of Kasanda", "2025-07-01", "2026-03-31", None, 0.8, "MS04", "B8"),
    ("Ask each receiver in writing", "Solliciter chaque repreneur par écrit", TRANSITION, "2025-07-01", "2025-12-31", None, 0.75, "MS05", None),
    ("Find who flies ballots after the mission", "Trouver qui transportera les bulletins", ELECTIONS, "2025-10-01", "2026-05-31", None, 0.2, "MS05", "B7"),
    ("Guard plan for every closed site", "Plan de garde de chaque site fermé", SECURITY, "2025-03-01", "2025-12-31", None, 0.6, "MS06", "B12"),
    ("Repair and reopen Tuvanne as a health post", "Réparer et rouvrir Tuvanne en poste de santé", CIVIL, "2025-06-01", "2026-03-31", None, 0.35, "MS06", "B12"),
    ("Register voters in the districts of return", "Inscrire les électeurs dans les districts de retour", ELECTIONS, "2026-02-01", "2026-08-15", None, 0.65, "MS07", "B7"),
    ("Women's registration drive", "Campagne d'inscription des femmes", ELECTIONS, "2026-03-01", "2026-08-15", None, 0.55, "MS07", "B7"),
    ("Train 9,000 police for the elections", "Former 9 000 policiers pour les élections", POLICE, "2026-04-01", "2026-09-30", None, 0.45, "MS08", "B7"),
    ("Joint operations room for the elections", "Salle d'opérations conjointe pour les élections", SECURITY, "2026-06-15", "2026-09-15", None, 0.1, "MS08", "B7"),
    ("Exercise without the mission's reserve", "Exercice sans la réserve de la mission", FORCE, "2026-08-01", "2026-09-20", None, None, "MS08", "B1"),
    ("Settle complaints about results", "Trancher le contentieux électoral", "National Electoral Commission of Kasanda", "2026-10-19", "2026-12-10", None, None, "MS09", "B7"),
    ("Report to the mandating authority", "Rapport à l'autorité mandante", HEAD, "2026-11-01", "2026-12-31", None, None, "MS11", None),
    ("Options for the time after June 2027", "Options pour l'après-juin 2027", POLITICAL, "2026-05-15", "2026-10-31", None, 0.3, "MS11", None),
    ("Army supply chain: fuel depots", "Chaîne logistique de l'armée : dépôts de carburant", FORCE, "2025-09-01", "2026-11-30", None, 0.4, "MS13", "B2"),
    ("Army supply chain: spare parts", "Chaîne logistique de l'armée : pièces", FORCE, "2025-09-01", "2027-01-31", None, 0.3, "MS13", "B2"),
    ("Army medical evacuation without contractors", "Évacuation médicale de l'armée sans prestataires", FORCE, "2026-01-01", "2026-06-15", None, 0.25, "MS13", "B2"),
    ("Border posts of the Hither March", "Postes frontière de la Marche citérieure", POLICE, "2025-11-01", "2027-02-28", None, 0.35, "MS14", "B2"),
    ("Border posts of Upper Aldrune", "Postes frontière du Haut-Aldrune", POLICE, "2026-03-01", "2027-03-31", None, 0.15, "MS14", "B2"),
    ("Partners' meeting on the years after", "Réunion des partenaires sur l'après-mission", TRANSITION, "2026-09-01", "2027-02-28", None, None, "MS15", "B8"),
    ("Law on domestic financing of security", "Loi sur le financement national de la sécurité", "Ministry of Finance of Kasanda", "2026-01-15", "2026-12-31", None, 0.3, "MS15", "B8"),
    ("Budget report since June 2025", "Rapport budgétaire depuis juin 2025", "Ministry of Finance of Kasanda", "2025-10-01", "2026-02-28", None, 0.5, "MS15", "B8"),
    ("Land commission in three provinces", "Commission foncière dans trois provinces", POLITICAL, "2025-07-01", "2026-12-31", None, 0.4, "MS11", "B6"),
    ("Grazing agreement before the dry season", "Accord de pâturage avant la saison sèche", CIVIL, "2026-02-15", "2026-05-31", "2026-05-28", None, None, "B10"),
    ("Talks with the splinter group", "Pourparlers avec le groupe dissident", POLITICAL, "2026-03-01", "2026-12-31", None, 0.2, None, "B10"),
    ("Six women's desks in Orumbeya", "Six bureaux d'accueil des femmes en Oroumbéya", POLICE, "2026-04-20", "2026-08-31", None, 0.5, None, "B1"),
    ("Repeat the survey among women in Orumbeya", "Refaire l'enquête auprès des femmes d'Oroumbéya", BENCHMARKS, "2026-08-01", "2026-09-30", None, None, None, "B1"),
    ("Visit the river posts of Telkarra", "Visiter les postes du fleuve au Telkarra", BENCHMARKS, "2026-02-01", "2026-04-30", None, 0.3, None, "B1"),
    ("Recruit to real strength in Sivareth", "Recruter à l'effectif réel au Sivareth", POLICE, "2026-01-01", "2027-06-30", None, 0.2, None, "B1"),
    ("Mobile court for Drenshe", "Tribunal itinérant pour le Drenché", JUSTICE, "2026-01-15", "2026-07-31", None, 0.4, None, "B3"),
    ("Perimeter wall of the prison of Ivandar", "Mur d'enceinte de la prison d'Ivandar", JUSTICE, "2025-11-01", "2026-06-15", None, 0.55, None, "B3"),
    ("Case files of pre-trial detainees reviewed", "Dossiers des prévenus réexaminés", JUSTICE, "2026-01-01", "2026-12-31", None, 0.5, None, "B3"),
    ("Certify two more clearance teams", "Certifier deux équipes de déminage de plus", MINES, "2026-03-01", "2026-10-31", None, 0.4, None, "B9"),
    ("Gift clearance vehicles with spare parts", "Céder les véhicules de déminage avec pièces", MINES, "2026-07-01", "2026-11-30", None, None, None, "B9"),
    ("Clear the old bridge at Telkar Ford", "Déminer le vieux pont de Telkar Ford", MINES, "2026-04-01", "2026-07-31", None, 0.6, None, "B9"),
    ("Pay for 240 liaison assistants", "Financer 240 assistants de liaison", PROTECTION, "2026-04-01", "2026-12-31", None, 0.15, None, "B5"),
    ("Radios for protection networks", "Radios pour les réseaux de protection", PROTECTION, "2026-02-01", "2026-09-30", None, 0.5, None, "B5"),
    ("Protection risk assessments of twelve sites", "Évaluations des risques de protection de douze sites", PROTECTION, "2026-03-01", "2026-08-31", None, 0.5, None, "B5"),
    ("Return plan for the hill villages", "Plan de retour dans les villages des collines", CIVIL, "2026-05-01", "2027-03-31", None, 0.1, None, "B5"),
    ("Work scheme for 2,400 former fighters", "Chantiers pour 2 400 anciens combattants", CIVIL, "2025-10-01", "2026-12-31", None, 0.5, None, "B11"),
    ("Loans for women who left armed groups", "Prêts pour les femmes ayant quitté les groupes armés", CIVIL, "2026-01-15", "2026-12-31", None, 0.35, None, "B11"),
    ("Training of national staff for other work", "Formation du personnel national à d'autres emplois", SUPPORT, "2025-09-01", "2027-04-30", None, 0.45, "MS16", None),
    ("Plan of archives and their receiver", "Plan des archives et leur dépositaire", SUPPORT, "2026-01-01", "2026-12-31", None, 0.3, "MS16", None),
    ("Shipping contracts for the dry season", "Contrats maritimes pour la saison sèche", SUPPORT, "2026-05-01", "2026-07-15", None, 0.6, "MS16", None),
    ("Radio series on what stays and what goes", "Série radio sur ce qui reste et ce qui part", COMMUNICATION, "2026-02-01", "2027-05-31", None, 0.35, None, None),
    ("Line for rumours in four languages", "Ligne de veille des rumeurs en quatre langues", COMMUNICATION, "2026-03-01", "2026-06-15", None, 0.7, None, None),
    ("Rehearse departure at short notice", "Répéter le départ sous court préavis", SECURITY, "2026-05-01", "2026-06-20", None, 0.0, None, None),
)  # fmt: skip


def activities() -> list[Fields]:
    """130 activities: 52 of the mission as a whole, the others prepare one hand-over each."""
    out = [
        entry(
            f"X{number:03d}", title, title_fr, owner, start=start, due=due, done=done, progress=progress, milestone=milestone,
            phase="PH1" if due < "2026-07" else "PH2" if due < "2027" else "PH3" if due < "2027-05" else "PH4", benchmark=benchmark,
        )
        for number, (title, title_fr, owner, start, due, done, progress, milestone, benchmark) in enumerate(_OWN_ACTIVITIES, start=1)
    ]  # fmt: skip
    works = (
        ("Joint visit: {}", "Visite conjointe : {}", -4),
        ("Training and kit: {}", "Formation et équipement : {}", -2),
    )
    for handover in handovers():
        if handover["code"].startswith("H-PRO") or len(out) == 130:
            continue
        transfer = handover["transfer"]
        done_on = transfer["actual"]
        due_month = (transfer["forecast"] or transfer["actual"] or transfer["baseline"])[:7]
        stream = chance("activity", handover["code"])
        for title, title_fr, lead in works:
            if len(out) == 130 or (done_on is not None and lead == -2):
                continue
            due = later(due_month, lead) + "-15"
            late = done_on is None and due <= AS_OF
            out.append(
                entry(
                    f"X{len(out) + 1:03d}", title.format(handover["title"]), title_fr.format(handover["title_fr"]), handover["owner"],
                    start=later(due[:7], -3) + "-01", due=due,
                    done=later(due[:7], stream.choice((0, 0, 1))) + "-12" if done_on is not None else None,
                    progress=None if done_on else round(stream.uniform(0.3, 0.8), 2) if late else 0.0 if due > "2026-10" else round(stream.uniform(0, 0.4), 2),
                    handover=handover["code"],
                )
            )  # fmt: skip
    return out


_HANDOVER_MONTHS: dict[str, str] = {
    "NAL": "2026-08", "IVA": "2026-09", "QUE": "2026-09", "VOR": "2026-12", "ORU": "2027-01", "TEL": "2027-02", "KES": "2027-03",
    "SIV": "2027-04", "DRE": "2027-05",
}  # fmt: skip
"""Months of the mandated calendar, by area."""


def plans() -> list[Fields]:
    """Three ways to leave: by the mandated calendar, by conditions, and slower with support that stays."""
    calendar: list[Fields] = []
    for handover in handovers():
        if handover["state"] in ("transferred", "monitored", "confirmed"):
            continue
        key = handover["code"].split("-")[1]
        base = _HANDOVER_MONTHS.get(handover["code"][-3:], "2026-12")
        month = later(base, {"POL": 0, "SEC": 1, "JUS": 0, "COR": 1, "ADM": 0, "PRO": 1, "EOD": 0, "ELE": 2}[key])
        calendar.append({"handover": handover["code"], "month": min(month, "2027-06")})
    calendar += [
        {"site": code, "month": dates[0][:7] if dates[0] and dates[0] > AS_OF else "2026-09"}
        for code, *_, dates in SITES
        if dates[2] is None
    ]
    support = [
        {"strength": 0.15, "start": "2027-07", "end": "2028-06", "half_life_months": 6.0},
        {"area": "XKA-DRE", "strength": 0.3, "start": "2027-07", "end": "2028-12", "half_life_months": 4.0},
    ]
    return [
        entry(
            "P-CALENDAR",
            "Mandated calendar",
            "Calendrier du mandat",
            TRANSITION,
            drive="calendar",
            start="2026-07",
            end="2027-06",
            steps=calendar,
            support=support[:1],
            note="Every step by 30 June 2027, whatever the gates say.",
            classification="restricted",
            released_to=[COUNTERPART],
        ),
        entry(
            "P-CONDITIONS",
            "Conditions first",
            "Les conditions d'abord",
            TRANSITION,
            drive="conditions",
            start="2026-07",
            support=support,
            gate_probability=0.5,
            closures_a_month=6,
            pause={"events": "deaths", "min": 120, "window_months": 3},
            note="Each step waits for its gates; leaving after the mandate needs a decision that has not been taken.",
            classification="restricted",
            released_to=[COUNTERPART],
        ),
        entry(
            "P-SLOWER",
            "Calendar in the west, conditions in the east",
            "Calendrier à l'ouest, conditions à l'est",
            TRANSITION,
            drive="conditions",
            start="2026-07",
            end="2028-06",
            steps=[
                {
                    "handover": f"H-{key}-{tail}",
                    "month": _HANDOVER_MONTHS[tail] if key == "POL" else later(_HANDOVER_MONTHS[tail], 1),
                }
                for tail in ("NAL", "IVA", "QUE")
                for key in ("POL", "SEC")
                if (key, tail) != ("POL", "NAL")
            ]
            + [{"site": code, "month": "2026-10"} for code in ("S-PIR", "S-RUV")]
            + [{"unit": "U-CAL-2", "month": "2026-11"}],
            stays=["S-HQ", "S-AIR-V", "S-LOG"],
            closures_a_month=4,
            support=[
                support[0],
                {**support[1], "commitment": "Q24"},
                {
                    "area": "XKA-SIV",
                    "strength": 0.25,
                    "start": "2027-07",
                    "end": "2028-12",
                    "half_life_months": 4.0,
                    "commitment": "Q01",
                },
            ],
            pause={
                "any": [
                    {"events": "deaths", "min": 60, "window_months": 3},
                    {"all": [{"on_or_after": "2026-10-01"}, {"on_or_before": "2026-12-14"}]},
                ]
            },
            gate_probability=0.55,
            classification="restricted",
            released_to=[COUNTERPART],
        ),
    ]


def resources() -> list[Fields]:
    """What closures and hand-overs use up, and what the rains of November to March leave of it."""
    rains = [("2026-11", "2027-03"), ("2027-11", "2028-03"), ("2028-11", "2029-03")]
    rows: tuple[tuple[str, str, str, str, str, float, float | None], ...] = (
        ("CONVOYS", "Road convoys with escort", "Convois routiers escortés", "convoys", SUPPORT, 130, 80),
        ("ENGINEER-TEAMS", "Engineer teams", "Équipes du génie", "teams", SUPPORT, 14, 12),
        ("ENVIRONMENT-TEAMS", "Environment teams", "Équipes environnement", "teams", SUPPORT, 14, 11),
        ("HELICOPTER-HOURS", "Helicopter hours", "Heures d'hélicoptère", "hours", FORCE, 120, 70),
        ("JOINT-TEAMS", "Joint assessment teams", "Équipes d'évaluation conjointes", "teams", TRANSITION, 7, 5),
        ("MENTORS", "Mentors of police and prison service", "Mentors de la police et des prisons", "mentors", POLICE, 80, None),
    )  # fmt: skip
    return [
        entry(
            code, title, title_fr, owner, unit=unit, capacity=capacity,
            exceptions=[{"start": start, "end": end, "amount": wet} for start, end in rains] if wet is not None else [],
        )
        for code, title, title_fr, unit, owner, capacity, wet in rows
    ]  # fmt: skip


def ceilings() -> list[Fields]:
    """Most people allowed by the final mandate, and the reserve that has to stay until the results are settled."""
    rows = (
        ("CE-1", "Ceiling of the final mandate", "Plafond du dernier mandat", "2025-07", "2026-12", "uniformed", 6500, None),
        ("CE-2", "Ceiling after the elections", "Plafond après les élections", "2027-01", "2027-03", "uniformed", 6000, None),
        ("CE-3", "Ceiling of the last quarter", "Plafond du dernier trimestre", "2027-04", "2027-06", "uniformed", 5000, None),
        ("CE-POLICE", "Police ceiling", "Plafond de la police", "2025-07", "2027-06", "police", 720, None),
        ("CE-RESERVE", "Reserve until results are settled", "Réserve jusqu'aux résultats", "2026-07", "2026-12", "military", None, 1800),
    )  # fmt: skip
    return [
        entry(
            code,
            title,
            title_fr,
            HEAD,
            start=start,
            end=end,
            people=people,
            most=most,
            least=least,
            sources=["SRC-MANDATE"],
        )
        for code, title, title_fr, start, end, people, most, least in rows
    ]


def budgets() -> list[Fields]:
    """Money by budget year; what lies past the mandate is a request."""
    rows = (
        ("BU-26", "Budget 2026/27, approved", "Budget 2026/27, approuvé", "2026-07", "2027-06", 92e6, ""),
        ("BU-27", "Budget 2027/28, requested", "Budget 2027/28, demandé", "2027-07", "2028-06", 72e6, "Not approved; no mandate covers it."),
        ("BU-28", "Liquidation 2028/29, estimate", "Liquidation 2028/29, estimation", "2028-07", "2029-06", 34e6, "Estimate of the Mission Support Centre."),
    )  # fmt: skip
    return [
        entry(code, title, title_fr, SUPPORT, start=start, end=end, amount=amount, note=note, classification="restricted",
              released_to=[*CONTRIBUTORS], sources=["SRC-BUDGET"])
        for code, title, title_fr, start, end, amount, note in rows
    ]  # fmt: skip


def blackouts() -> list[Fields]:
    """Elections stop hand-overs everywhere; the rains stop closures in the north and east."""
    wet = ["XKA-TEL", "XKA-SIV", "XKA-DRE", "XKA-KES"]
    rows: tuple[tuple[str, str, str, str, str, str, list[str]], ...] = (
        ("BL-ELECTION", "Elections", "Élections", "2026-10", "2026-11", "both", []),
        ("BL-RAIN-26", "Rains 2026/27", "Pluies 2026/27", "2026-12", "2027-01", "closures", wet),
        ("BL-RAIN-27", "Rains 2027/28", "Pluies 2027/28", "2027-12", "2028-01", "closures", wet),
        ("BL-RAIN-28", "Rains 2028/29", "Pluies 2028/29", "2028-12", "2029-01", "closures", wet),
        ("BL-GRAZING", "Grazing season in Kesholi", "Transhumance au Kécholi", "2027-01", "2027-02", "handovers", ["XKA-KES"]),
    )  # fmt: skip
    return [
        entry(code, title, title_fr, TRANSITION, start=start, end=end, stops=stops, areas=areas)
        for code, title, title_fr, start, end, stops, areas in rows
    ]


def scenarios() -> list[Fields]:
    """Five ways the world may turn."""
    return [
        entry(
            "SC-TRACK",
            "On track",
            "Comme prévu",
            POLITICAL,
            story="Elections are held and accepted; partners pay what they promised.",
            story_fr="Les élections ont lieu et sont acceptées ; les partenaires paient ce qu'ils ont promis.",
        ),
        entry(
            "SC-SHORT",
            "Short-notice withdrawal",
            "Retrait à court préavis",
            HEAD,
            start="2026-09",
            presence=0.6,
            resources=0.8,
            mandate_end="2027-02-28",
            story="The host asks the mission to leave within six months of the campaign.",
            story_fr="Le pays hôte demande le départ dans les six mois suivant la campagne.",
            trigger={"likelihood_of": "R-CONSENT", "min": 4},
            switches=["R-CONSENT"],
            classification="confidential",
            released_to=["planner", "risk_officer"],
        ),
        entry(
            "SC-MONEY",
            "A quarter less money",
            "Un quart de moyens en moins",
            SUPPORT,
            start="2026-10",
            presence=0.75,
            resources=0.75,
            money=0.75,
            support=0.6,
            story="Contributions arrive late; a quarter of uniformed people are sent home within nine months.",
            story_fr="Les contributions tardent ; un quart des effectifs en uniforme est rapatrié en neuf mois.",
            trigger={"likelihood_of": "R-CASH", "min": 4},
            switches=["R-CASH"],
        ),
        entry(
            "SC-BORDER",
            "War next door",
            "Guerre chez le voisin",
            POLITICAL,
            start="2026-11",
            violence=0.8,
            violence_areas=["XKA-SIV", "XKA-DRE", "XKA-TEL"],
            host_capacity=0.9,
            pause_months=4,
            story="Fighting in the marches of Velmora sends armed men and refugees across the northern border.",
            story_fr="Des combats dans les marches de Velmora poussent des hommes armés et des réfugiés à travers la frontière nord.",
            trigger={
                "any": [
                    {"events": "deaths", "area": "XKA-SIV", "types": [1], "min": 20, "window_months": 3},
                    {"risk": "R-BORDER", "at_least": "very_high"},
                ]
            },
            switches=["R-BORDER", "R-SPOILER"],
        ),
        entry(
            "SC-FORCES",
            "Pay stops and units break away",
            "Soldes impayées et mutineries",
            FORCE,
            start="2027-01",
            host_capacity=0.7,
            violence=0.5,
            support=0.8,
            story="Salaries stop after the elections; two battalions refuse orders and a prison is opened.",
            story_fr="Les soldes cessent après les élections ; deux bataillons refusent d'obéir et une prison est ouverte.",
            trigger={"all": [{"not": {"criterion": "C-PAY"}}, {"likelihood_of": "R-MUTINY", "min": 3}]},
            switches=["R-MUTINY", "R-PAY"],
            classification="confidential",
            released_to=["planner", "risk_officer"],
        ),
    ]
