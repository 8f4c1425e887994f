"""What may go wrong in Kasanda: forty risks, what holds them back, what is being done, and what is ready."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (
    CIVIL,
    COMMUNICATION,
    ELECTIONS,
    FORCE,
    HEAD,
    JUSTICE,
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
)

# code, title, title_fr, lens, owner, likelihood now and before, impact, where (field, code), cause, event, impact
_RISKS: tuple[tuple[str, str, str, str, str, tuple[int, ...], int, tuple[str, str] | None, str, str, str], ...] = (
    ("R-SPOILER", "Splinter group attacks areas being left", "Le groupe dissident attaque les zones quittées", "civilians", POLITICAL, (3, 4, 4), 5,
     ("area", "XKA-DRE"), "the splinter group is outside the Accord", "it attacks villages once patrols thin out", "people are killed and flee"),
    ("R-REPRISAL", "Reprisals against those who worked with the mission", "Représailles contre les collaborateurs de la mission", "civilians",
     PROTECTION, (2, 3), 4, None, "lists of liaison assistants are known locally", "they are threatened or attacked", "warning networks fall silent"),
    ("R-PROTECT-DRE", "No protection around Camp Drensharra", "Absence de protection autour du camp de Drensharra", "civilians", PROTECTION, (4, 4), 5,
     ("site", "S-DRE"), "31,000 people sleep within reach of the camp", "the camp closes before the army can patrol", "they lose the only safe place in the district"),
    ("R-GRAZING", "Grazing conflict flares up again", "Reprise du conflit de transhumance", "civilians", CIVIL, (3, 3, 3), 4, ("area", "XKA-KES"),
     "routes are agreed but not marked", "herds enter fields in the dry season", "raids and counter-raids begin"),
    ("R-BORDER", "War next door spills over", "Débordement de la guerre voisine", "civilians", POLITICAL, (2, 3), 4, ("area", "XKA-SIV"),
     "fighting goes on in the marches of Velmora", "armed men cross the border", "the north is unsafe and refugees arrive"),
    ("R-WOMEN", "Violence against women rises after hand-over", "Hausse des violences contre les femmes après la remise", "civilians", PROTECTION, (3, 3), 4,
     ("handover", "H-POL-ORU"), "women's desks are few", "reports are turned away", "violence goes unpunished"),
    ("R-RETURN", "Forced return of displaced people", "Retour forcé de déplacés", "civilians", CIVIL, (2, 3), 4, ("area", "XKA-DRE"),
     "camps are to close before the elections", "people are told to go home", "they return to unsafe villages"),
    ("R-VIGILANTE", "Village guards take over policing", "Des gardes villageoises se substituent à la police", "civilians", POLICE, (3, 4), 3,
     ("area", "XKA-SIV"), "posts were given up", "village guards judge and punish", "abuses and feuds"),
    ("R-MINES", "Explosive hazards on return roads", "Engins explosifs sur les routes du retour", "civilians", MINES, (3, 3), 4, ("area", "XKA-TEL"),
     "roads have not been surveyed", "people return along them", "deaths and injuries"),
    ("R-PRISON", "Mass escape from prison", "Évasion massive", "civilians", JUSTICE, (3, 3), 4, ("handover", "H-COR-IVA"), "walls and night shifts are weak",
     "prisoners break out", "armed men are back in the field"),
    ("R-ABUSE", "Abuse by forces that take over", "Exactions des forces de relève", "civilians", PROTECTION, (2, 3), 4, ("function", "F-SEC"),
     "vetting in two battalions is incomplete", "soldiers abuse people at checkpoints", "trust is lost"),
    ("R-HEALTH", "Clinics close with the camps", "Fermeture des cliniques avec les camps", "civilians", CIVIL, (3, 3), 3, ("site", "S-KES"),
     "people use the mission's hospital", "it leaves before the district's opens", "no surgery within a day's travel"),
    ("R-HATE", "Campaign speech sets groups against each other", "Discours de haine pendant la campagne", "civilians", COMMUNICATION, (3, 4), 3, None,
     "the campaign runs along old lines", "leaders call for expulsion", "attacks on neighbours"),
    ("R-CONVOY", "Attack on a leaving convoy", "Attaque d'un convoi de départ", "personnel", SECURITY, (3, 3), 5, ("site", "S-DRE"),
     "there is one road out of Drenshe", "a convoy is ambushed", "deaths, and cargo lost"),
    ("R-ISOLATED", "Small site cut off in the rains", "Petit site isolé sous les pluies", "personnel", FORCE, (3, 3), 3, ("site", "S-TAN"),
     "the ford is closed from December", "supply and rescue fail", "people are stranded"),
    ("R-AIR", "No rescue by air after the helicopters leave", "Plus d'évacuation aérienne après le départ des hélicoptères", "personnel", FORCE, (3, 4), 4,
     ("site", "S-AIR-S"), "the unit leaves before the last site", "wounded cannot be flown out", "deaths that could be avoided"),
    ("R-CROWD", "Crowd enters a camp on its last day", "Une foule entre dans un camp le dernier jour", "personnel", SECURITY, (3, 3), 3, ("site", "S-NAL"),
     "expectations about goods are high", "a crowd breaks through the gate", "injuries and looting"),
    ("R-STAFF", "National staff threatened over their dismissal", "Menaces liées aux licenciements de personnel national", "personnel", SUPPORT, (3, 3), 2, None,
     "940 people lose their jobs in a year", "supervisors are threatened", "work stops"),
    ("R-EOD", "Accident in clearance by new teams", "Accident de déminage des nouvelles équipes", "personnel", MINES, (2, 2), 5, ("function", "F-EOD"),
     "two teams are not certified", "they are sent out all the same", "deaths in the teams"),
    ("R-FUEL", "Fuel fire at the logistics base", "Incendie de carburant à la base logistique", "personnel", SUPPORT, (1, 2), 5, ("site", "S-LOG"),
     "stocks are drawn together", "a fire breaks out", "deaths, and the exit stops"),
    ("R-FATIGUE", "Units stay past their rotation", "Unités maintenues au-delà de leur relève", "personnel", FORCE, (3, 3), 3, None,
     "dates shift", "units stay on without relief", "discipline suffers"),
    ("R-DISEASE", "Outbreak in camps", "Épidémie dans les camps", "personnel", SUPPORT, (2, 2), 4, None, "people are crowded into fewer sites", "illness spreads", "movement stops"),
    ("R-ELECTION", "Elections are delayed or disputed", "Élections reportées ou contestées", "objective", ELECTIONS, (3, 3, 4), 4, ("gate", "G-ELE"),
     "the voters' roll is late in four provinces", "a result is not accepted", "the centre cannot be handed over"),
    ("R-CONSENT", "Host asks for early departure", "Le pays hôte demande un départ anticipé", "objective", HEAD, (2, 3), 5, None,
     "the mission is an issue of the campaign", "the new government sets a date", "six months instead of what conditions need"),
    ("R-CASH", "Contributions arrive late", "Retard des contributions", "objective", SUPPORT, (4, 4), 4, None, "two contributors are in arrears", "cash runs out in October",
     "units leave before their gates open"),
    ("R-CLIFF", "No money for what remains after June 2027", "Pas de financement après juin 2027", "objective", TRANSITION, (4, 4, 5), 4, ("function", "F-ADM"),
     "pledges cover half of the cost", "support to districts and networks ends", "functions are handed to nobody"),
    ("R-PAY", "Police and army go unpaid", "Police et armée impayées", "objective", TRANSITION, (3, 2), 5, ("function", "F-POL"), "partners pay part of the salaries until 2027",
     "payments stop", "posts are abandoned"),
    ("R-MUTINY", "Units of the army refuse orders", "Mutinerie dans l'armée", "objective", FORCE, (2, 2), 5, ("function", "F-SEC"), "promotion and pay are disputed", "a battalion mutinies",
     "the security hand-over collapses"),
    ("R-GHOST", "Strength on paper is not there", "Effectifs fictifs", "objective", POLICE, (4, 5, 4), 4, ("handover", "H-POL-SIV"), "commanders draw pay for absent officers",
     "posts stand empty", "a hand-over has to be taken back"),
    ("R-LOOT", "Sites looted after hand-over", "Pillage de sites remis", "objective", SUPPORT, (3, 4), 3, ("site", "S-TUV"), "no guard was named", "buildings are stripped",
     "the district loses what it was promised"),
    ("R-HUB", "Sector hub held up by its team sites", "Base de secteur retardée par ses sites", "objective", SUPPORT, (3, 4), 3, ("site", "S-IVA"),
     "Camp Orumbessa and Camp Quessar are supplied from Ivandar", "they close late", "the sector headquarters stays open and costs money"),
    ("R-ENVIRONMENT", "Clearance certificates come late", "Quitus environnementaux tardifs", "objective", SUPPORT, (4, 4), 3, ("site", "S-NAL"), "24 people inspect for the whole country",
     "inspections queue up", "closures slip by months"),
    ("R-RAINS", "Rains close the roads early", "Pluies précoces", "objective", SUPPORT, (3, 3), 3, ("area", "XKA-TEL"), "the fords close in November", "convoys stop", "four months are lost"),
    ("R-SHIP", "No ship when it is needed", "Pas de navire disponible", "objective", SUPPORT, (3, 3), 3, ("site", "S-LOG"), "one berth takes heavy cargo", "a ship is late", "units wait on the quay"),
    ("R-RECEIVER", "Receivers do not take up sites", "Sites non occupés par les repreneurs", "objective", CIVIL, (3, 3), 3, ("site", "S-ORU"), "no user has signed", "the camp stands empty", "looting"),
    ("R-CONSTITUTION", "Change of the constitution breaks the Accord", "Révision constitutionnelle contraire à l'Accord", "objective", POLITICAL, (2, 2), 5, ("gate", "G-EXIT-POLITICS"),
     "a bill removes power sharing", "a signatory leaves the government", "the settlement fails"),
    ("R-DATA", "Reports stop as offices close", "Arrêt des rapports à la fermeture des bureaux", "objective", TRANSITION, (4, 4), 2, ("gate", "G-HOME-BUDGET"),
     "field offices close before their successors open", "data go stale", "gates cannot be judged"),
    ("R-ARCHIVE", "Records are lost", "Perte d'archives", "objective", SUPPORT, (3, 3), 2, None, "no receiver is agreed", "files are shipped unsorted", "cases cannot be followed up"),
    ("R-RUMOUR", "Rumour that the mission arms one side", "Rumeur d'armement d'un camp par la mission", "objective", COMMUNICATION, (3, 3), 2, None, "convoys move at night",
     "a rumour spreads", "roads are blocked"),
    ("R-LAND", "Owners claim closed sites", "Revendications foncières sur les sites", "objective", SUPPORT, (3, 2), 2, ("site", "S-QUE"), "titles were lost in the war", "claims are brought",
     "deeds cannot be signed"),
)  # fmt: skip

_CLOSED: tuple[str, ...] = ("R-LAND",)

_OFFICES: dict[str, str] = {"civilians": PROTECTION, "personnel": SECURITY, "objective": TRANSITION}


PLANNERS = ["planner", "risk_officer"]
"""Roles that plan with what is confidential; for the others a gate that rests on it says that something is not shown."""


def risks() -> list[Fields]:
    """Forty risks in three lenses, with the scores they had before."""
    days = ("2025-06-15", "2025-12-10", "2026-06-10")
    out = []
    for code, title, title_fr, lens, owner, likelihoods, impact, where, cause, event, effect in _RISKS:
        sensitive = code in ("R-CONSENT", "R-MUTINY", "R-CONSTITUTION")
        out.append(
            entry(
                code, title, title_fr, owner, lens=lens, cause=f"Because {cause}", event=event, impact=effect,
                scores=[{"on": day, "likelihood": likelihood, "impact": impact} for day, likelihood in
                        zip(days[-len(likelihoods):], likelihoods, strict=True)],
                status="closed" if code in _CLOSED else "open",
                review_due="2026-05-31" if code in ("R-HATE", "R-SHIP", "R-ARCHIVE") else "2026-09-30",
                violence={"R-SPOILER": 0.6, "R-BORDER": 0.7, "R-GRAZING": 0.4, "R-MUTINY": 0.6, "R-PAY": 0.3, "R-CONSENT": 0.2}.get(code, 0.0),
                trigger=_TRIGGERS.get(code), classification="confidential" if sensitive else "restricted" if lens == "personnel" else "open",
                **({"released_to": PLANNERS} if sensitive else {}),
                **({where[0]: where[1]} if where else {}),
            )
        )  # fmt: skip
    return out


_TRIGGERS: dict[str, Fields] = {
    "R-SPOILER": {"events": "deaths", "area": "XKA-DRE", "types": [1, 3], "min": 15, "window_months": 3},
    "R-GRAZING": {"events": "events", "area": "XKA-KES", "types": [2], "min": 3, "window_months": 3},
    "R-BORDER": {"events": "deaths", "area": "XKA-SIV", "types": [1], "min": 20, "window_months": 3},
    "R-PAY": {"indicator": "I-PAY-ONTIME", "max": 75},
    "R-PRISON": {"indicator": "I-COR-ESCAPE", "min": 8},
    "R-GHOST": {"not": {"criterion": "C-STRENGTH"}},
    "R-LOOT": {"site": "S-TUV", "states": ["misused"]},
}

# risk, title, title_fr, effectiveness, last tested
_CONTROLS: tuple[tuple[str, str, str, int, str | None], ...] = (
    ("R-SPOILER", "Patrols by day and night from Camp Drensharra", "Patrouilles de jour et de nuit depuis Drensharra", 3, "2026-05-20"),
    ("R-SPOILER", "Talks through elders", "Pourparlers par les anciens", 4, None),
    ("R-REPRISAL", "Names of liaison assistants kept apart", "Noms des assistants de liaison protégés", 2, "2026-03-11"),
    ("R-PROTECT-DRE", "Quick-reaction company within two hours", "Compagnie de réaction rapide à deux heures", 2, "2026-02-14"),
    ("R-GRAZING", "Joint grazing committee", "Comité conjoint de transhumance", 2, "2026-05-28"),
    ("R-BORDER", "Liaison officers with Velmora", "Officiers de liaison avec Velmora", 3, "2026-01-30"),
    ("R-BORDER", "Border posts of the Hither March", "Postes de la Marche citérieure", 3, "2026-04-12"),
    ("R-WOMEN", "Women's desks at nine posts", "Bureaux d'accueil des femmes dans neuf postes", 3, "2026-04-02"),
    ("R-RETURN", "Go-and-see visits before return", "Visites préalables au retour", 2, "2026-03-30"),
    ("R-VIGILANTE", "Codes of conduct with village guards", "Codes de conduite avec les gardes villageoises", 4, None),
    ("R-MINES", "Signs and school lessons on explosive hazards", "Signalisation et leçons à l'école", 2, "2026-02-25"),
    ("R-PRISON", "Outer ring of formed police", "Ceinture extérieure de police constituée", 2, "2026-04-18"),
    ("R-ABUSE", "Vetting and a complaints line", "Vérification et ligne de plaintes", 3, "2025-11-15"),
    ("R-HEALTH", "Referral agreement with the district hospital", "Convention d'orientation avec l'hôpital de district", 3, "2026-05-05"),
    ("R-HATE", "Media monitoring with the press council", "Veille médias avec le conseil de la presse", 3, "2026-06-01"),
    ("R-CONVOY", "Route clearance and air watch", "Ouverture de route et surveillance aérienne", 2, "2026-05-11"),
    ("R-ISOLATED", "Ninety days of stock before the rains", "Quatre-vingt-dix jours de stock avant les pluies", 1, "2025-11-20"),
    ("R-AIR", "Standby contract with a commercial carrier", "Contrat de réserve avec un transporteur", 4, None),
    ("R-CROWD", "Talks with the community before each closure", "Dialogue communautaire avant chaque fermeture", 2, "2026-02-18"),
    ("R-STAFF", "Notice, training and references", "Préavis, formation et attestations", 2, "2026-03-01"),
    ("R-EOD", "Only certified teams are tasked", "Seules les équipes certifiées sont engagées", 1, "2026-04-22"),
    ("R-FUEL", "Two stores instead of one, fire crew on site", "Deux dépôts au lieu d'un, pompiers sur place", 2, "2026-01-19"),
    ("R-FATIGUE", "Rotation dates fixed with contributors", "Dates de relève fixées avec les contributeurs", 3, "2025-10-10"),
    ("R-DISEASE", "Medical checks before transfer", "Contrôles médicaux avant transfert", 2, "2026-03-09"),
    ("R-ELECTION", "Technical support to the commission", "Appui technique à la commission", 3, "2026-05-30"),
    ("R-ELECTION", "Joint committee of parties", "Comité conjoint des partis", 3, "2026-06-08"),
    ("R-CONSENT", "Monthly meeting with the government", "Réunion mensuelle avec le gouvernement", 3, "2026-06-03"),
    ("R-CASH", "Spending plan in three steps", "Plan de dépenses en trois paliers", 3, "2026-05-15"),
    ("R-CLIFF", "Transition fund", "Fonds de transition", 4, "2026-04-30"),
    ("R-PAY", "Payroll paid through banks", "Solde versée par les banques", 2, "2026-05-31"),
    ("R-MUTINY", "Dialogue on promotion in the army", "Dialogue sur l'avancement dans l'armée", 3, None),
    ("R-GHOST", "Biometric muster each quarter", "Recensement biométrique trimestriel", 2, "2026-04-15"),
    ("R-LOOT", "Guard named before the protocol is signed", "Garde désignée avant signature du protocole", 3, "2026-02-20"),
    ("R-HUB", "Supply of Quessar from the port instead", "Ravitaillement de Quessar depuis le port", 3, None),
    ("R-ENVIRONMENT", "Checklists filled before the inspection", "Listes de contrôle remplies avant l'inspection", 3, "2026-03-28"),
    ("R-RAINS", "Heavy cargo moved before November", "Fret lourd déplacé avant novembre", 2, "2025-12-05"),
    ("R-SHIP", "Second port surveyed", "Second port reconnu", 3, "2026-01-12"),
    ("R-RECEIVER", "End-use agreement before notice is given", "Accord d'usage avant notification", 3, "2026-04-08"),
    ("R-CONSTITUTION", "Good offices with signatories", "Bons offices auprès des signataires", 3, "2026-06-12"),
    ("R-DATA", "Reporting line moved to the country team first", "Chaîne de rapport confiée d'abord à l'équipe pays", 4, None),
    ("R-ARCHIVE", "Records officer at every closing site", "Archiviste sur chaque site en fermeture", 3, "2026-02-02"),
    ("R-RUMOUR", "Radio answers within a day", "Réponse radio en un jour", 2, "2026-05-22"),
)  # fmt: skip


def controls() -> list[Fields]:
    """What is in place against the risks."""
    owners = {row[0]: row[4] for row in _RISKS}
    return [
        entry(f"K{number:02d}", title, title_fr, owners[risk], risk=risk, effectiveness=effectiveness, tested=tested)
        for number, (risk, title, title_fr, effectiveness, tested) in enumerate(_CONTROLS, start=1)
    ]


# risk, title, title_fr, response, due, done, likelihood after, impact after, activity
_TREATMENTS: tuple[tuple[str, str, str, str, str, str | None, int | None, int | None, str | None], ...] = (
    ("R-SPOILER", "Confidence steps agreed with the group's neighbours", "Mesures de confiance avec les voisins du groupe", "mitigate", "2026-12-31", None, 3, 5, "X030"),
    ("R-SPOILER", "Second army company in Drenshe", "Deuxième compagnie de l'armée au Drenché", "mitigate", "2026-05-31", None, 3, 4, None),
    ("R-REPRISAL", "Safe contacts for liaison assistants", "Contacts sûrs pour les assistants", "mitigate", "2026-09-30", None, 2, 4, "X041"),
    ("R-PROTECT-DRE", "Police post inside the old camp", "Poste de police dans l'ancien camp", "mitigate", "2026-11-30", None, 3, 4, "X043"),
    ("R-GRAZING", "Mark grazing routes", "Baliser les couloirs de pâturage", "mitigate", "2026-04-30", None, 2, 4, "X029"),
    ("R-BORDER", "Joint border commission", "Commission frontalière conjointe", "mitigate", "2026-10-31", None, 2, 4, "X023"),
    ("R-WOMEN", "Six more women's desks", "Six bureaux d'accueil de plus", "mitigate", "2026-08-31", None, 2, 4, "X031"),
    ("R-RETURN", "No camp closes before the visit report", "Aucun camp fermé avant le rapport de visite", "avoid", "2026-09-15", None, 1, 4, "X044"),
    ("R-VIGILANTE", "Recruit village guards into the police after vetting", "Intégrer les gardes villageoises après vérification", "mitigate", "2026-06-15", None, 2, 3, "X034"),
    ("R-MINES", "Survey three return roads", "Reconnaître trois routes de retour", "mitigate", "2026-07-31", None, 2, 4, "X040"),
    ("R-PRISON", "Finish the wall at Ivandar", "Achever le mur d'Ivandar", "mitigate", "2026-06-15", None, 2, 3, "X036"),
    ("R-ABUSE", "Finish vetting of two battalions", "Achever la vérification de deux bataillons", "mitigate", "2026-09-30", None, 2, 4, None),
    ("R-HEALTH", "Equip the district hospital of Keshara", "Équiper l'hôpital de district de Keshara", "transfer", "2027-03-31", None, 2, 3, None),
    ("R-HATE", "Code of conduct for candidates", "Code de conduite des candidats", "mitigate", "2026-05-31", None, 2, 3, None),
    ("R-CONVOY", "Agree a second route through Orumbeya", "Convenir d'une seconde route par l'Oroumbéya", "mitigate", "2026-10-31", None, 2, 5, None),
    ("R-ISOLATED", "Close Tannivar before December", "Fermer Tannivar avant décembre", "avoid", "2026-11-30", None, 1, 3, None),
    ("R-AIR", "Sign the carrier contract", "Signer le contrat de transport", "transfer", "2026-06-20", None, 2, 4, None),
    ("R-CROWD", "Goods leave before the last week", "Les biens partent avant la dernière semaine", "avoid", "2026-10-15", None, 2, 3, None),
    ("R-STAFF", "Job fair with employers", "Forum de l'emploi", "mitigate", "2026-09-30", None, 2, 2, "X047"),
    ("R-EOD", "Certify two teams", "Certifier deux équipes", "mitigate", "2026-10-31", None, 1, 5, "X038"),
    ("R-FUEL", "Reduce stock to twenty days", "Ramener le stock à vingt jours", "mitigate", "2026-12-31", None, 1, 4, None),
    ("R-FATIGUE", "Early notice to contributors", "Préavis anticipé aux contributeurs", "mitigate", "2026-08-31", None, 2, 3, None),
    ("R-DISEASE", "Water plant for Ushmele", "Station d'eau pour Ushmele", "mitigate", "2026-03-31", "2026-04-20", 2, 3, None),
    ("R-ELECTION", "Registration drive in four provinces", "Campagne d'inscription dans quatre provinces", "mitigate", "2026-08-15", None, 3, 4, "X012"),
    ("R-ELECTION", "Panel of judges for disputes", "Collège de juges pour le contentieux", "mitigate", "2026-09-30", None, 3, 3, "X017"),
    ("R-CONSENT", "Shared calendar with the parties", "Calendrier partagé avec les partis", "mitigate", "2026-09-15", None, 2, 5, None),
    ("R-CASH", "Advance from reserves", "Avance sur réserves", "transfer", "2026-08-31", None, 3, 4, None),
    ("R-CLIFF", "Partners' meeting", "Réunion des partenaires", "mitigate", "2027-02-28", None, 3, 4, "X025"),
    ("R-CLIFF", "Law on domestic financing", "Loi sur le financement national", "mitigate", "2026-12-31", None, 3, 3, "X026"),
    ("R-PAY", "Clean the payroll", "Assainir la solde", "mitigate", "2026-03-31", None, 2, 4, "X007"),
    ("R-MUTINY", "Promotion board with outside members", "Commission d'avancement ouverte", "mitigate", "2026-11-30", None, 2, 4, None),
    ("R-GHOST", "Publish strength by post", "Publier l'effectif par poste", "mitigate", "2026-05-15", None, 2, 4, "X034"),
    ("R-LOOT", "Guard plan for each site", "Plan de garde par site", "mitigate", "2025-12-31", None, 2, 3, "X010"),
    ("R-HUB", "Move the supply of the south-east to the port", "Ravitailler le sud-est depuis le port", "mitigate", "2026-10-31", None, 2, 3, None),
    ("R-ENVIRONMENT", "Ten inspectors paid by the transition fund", "Dix inspecteurs payés par le fonds", "mitigate", "2026-06-01", None, 3, 2, None),
    ("R-RAINS", "Bridge at the northern ford", "Pont au gué du nord", "mitigate", "2026-10-31", None, 2, 3, None),
    ("R-SHIP", "Contract for two ships", "Contrat pour deux navires", "mitigate", "2026-07-15", None, 2, 3, "X049"),
    ("R-RECEIVER", "Offer Camp Orumbessa to the police school", "Proposer le camp d'Orumbessa à l'école de police", "mitigate", "2026-09-30", None, 2, 3, None),
    ("R-CONSTITUTION", "Good offices before the bill is tabled", "Bons offices avant le dépôt du projet", "mitigate", "2026-10-15", None, 2, 4, None),
    ("R-DATA", "Country team reports for Telkarra", "L'équipe pays fait rapport pour le Telkarra", "transfer", "2026-04-30", None, 2, 2, "X033"),
    ("R-ARCHIVE", "Agreement with the national archive", "Accord avec les archives nationales", "transfer", "2026-12-31", None, 2, 2, "X048"),
    ("R-RUMOUR", "Rumour line", "Ligne de veille des rumeurs", "mitigate", "2026-06-15", None, 2, 2, "X051"),
    ("R-LAND", "Land titles checked", "Titres fonciers vérifiés", "mitigate", "2026-01-31", "2026-02-10", 2, 2, None),
    ("R-REPRISAL", "Move twelve assistants who ask for it", "Déplacer douze assistants qui le demandent", "accept", "2026-12-31", None, None, None, None),
)  # fmt: skip


def treatments() -> list[Fields]:
    """Work against the risks; some of it is overdue."""
    lenses = {row[0]: row[3] for row in _RISKS}
    owners = {row[0]: row[4] for row in _RISKS}
    out = []
    for number, (risk, title, title_fr, response, due, done, likelihood, impact, activity) in enumerate(
        _TREATMENTS, start=1
    ):
        helper = chance("treatment", number).random() < 0.2
        out.append(
            entry(
                f"T{number:02d}", title, title_fr, _OFFICES[lenses[risk]] if helper else owners[risk], risk=risk, response=response, due=due,
                done=done, likelihood_after=likelihood, impact_after=impact, activity=activity,
            )
        )  # fmt: skip
    return out


def contingencies() -> list[Fields]:
    """What is agreed for ten things that may happen."""
    rows: tuple[tuple[str, str, str, str, Fields, Fields, tuple[str, ...], int, str | None], ...] = (
        ("Attack on a village in Drenshe", "Attaque d'un village au Drenché", FORCE, {"risk": "R-SPOILER"}, _TRIGGERS["R-SPOILER"],
         ("Quick-reaction company moves", "Open the camp to people who flee", "Army asked to take the road", "Closure of Camp Drensharra put on hold"), 1, "2026-02-14"),
        ("Grazing conflict", "Conflit de transhumance", CIVIL, {"risk": "R-GRAZING"}, _TRIGGERS["R-GRAZING"],
         ("Grazing committee meets", "Joint patrols on marked routes", "Protection networks on alert"), 3, "2026-04-24"),
        ("War next door", "Guerre chez le voisin", POLITICAL, {"scenario": "SC-BORDER", "risk": "R-BORDER"}, _TRIGGERS["R-BORDER"],
         ("Hand-overs in the north pause", "Border posts reinforced", "Mandating authority informed"), 7, None),
        ("Salaries stop", "Arrêt des soldes", TRANSITION, {"scenario": "SC-FORCES", "risk": "R-PAY"}, _TRIGGERS["R-PAY"],
         ("Partners asked to advance one month", "Commanders and police chiefs meet", "Mentors stay at the posts"), 5, "2025-10-02"),
        ("Prison break", "Évasion massive", JUSTICE, {"risk": "R-PRISON"}, _TRIGGERS["R-PRISON"],
         ("Formed police ring the prison", "Warn witnesses", "Joint inquiry in ten days"), 1, "2026-04-18"),
        ("Request to leave at short notice", "Demande de départ à court préavis", HEAD, {"scenario": "SC-SHORT", "risk": "R-CONSENT"},
         {"likelihood_of": "R-CONSENT", "min": 4},
         ("Departure cell meets daily", "Civilians in small sites move first", "Archives and weapons first on the ships", "List of what will be left is agreed"), 2, None),
        ("Cash runs out", "Rupture de trésorerie", SUPPORT, {"scenario": "SC-MONEY", "risk": "R-CASH"}, {"likelihood_of": "R-CASH", "min": 5},
         ("Freeze contracts", "Order of units to go home reviewed", "Authority told what will not be done"), 14, "2025-11-12"),
        ("Disputed result", "Résultat contesté", POLITICAL, {"risk": "R-ELECTION"}, {"all": [{"on_or_after": "2026-10-18"}, {"likelihood_of": "R-ELECTION", "min": 5}]},
         ("Good offices with signatories", "Reserve stays in the capital", "Hand-over of the capital put on hold"), 1, None),
        ("Looted site", "Site pillé", SUPPORT, {"risk": "R-LOOT"}, {"any": [{"site": "S-TUV", "states": ["misused"]}, {"site": "S-PAL", "states": ["misused"]}]},
         ("Guard company sent", "Loss recorded and reported", "Closures without a named guard stop"), 2, "2025-03-20"),
        ("Data gone dark", "Données interrompues", TRANSITION, {"risk": "R-DATA"},
         {"at_least": 2, "of": [{"not": {"criterion": "C-OCCUPANCY"}}, {"not": {"criterion": "C-BUDGET"}}, {"not": {"criterion": "C-HEALTH"}}]},
         ("Visit in place of the report", "Gate stays shut until seen"), 30, None),
    )  # fmt: skip
    return [
        entry(f"Y{number:02d}", title, title_fr, owner, trigger=trigger, response=list(response), within_days=days, rehearsed=rehearsed,
              **({"classification": "confidential", "released_to": PLANNERS} if "SC-SHORT" in about.values() else {"classification": "restricted"}), **about)
        for number, (title, title_fr, owner, about, trigger, response, days, rehearsed) in enumerate(rows, start=1)
    ]  # fmt: skip
