"""Consent and access in Kasanda by date; parts, checks and objectives of its partners; what backs the help that comes from afar."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (  # fmt: skip
    CIVIL,
    DEFENCE,
    FORCE,
    INTERIOR,
    JUSTICE,
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

# title, title_fr, type, direction, date, due, until, what it is about, statement
_SIGNALS: tuple[tuple[str, str, str, str, str, str | None, str | None, Fields, str], ...] = (
    ("Flight clearance for the north-east", "Autorisation de vol pour le nord-est", "clearance", "hinders", "2026-04-07", "2026-04-28", None,
     {"area": "XKA-TEL", "institution": "N-ARMY-TEL"}, "The army's air cell answers that flights wait for a new procedure."),
    ("Clearance of the Sivareth convoy", "Autorisation du convoi du Sivareth", "clearance", "hinders", "2026-06-12", "2026-07-10", None,
     {"site": "S-SIV", "area": "XKA-SIV"}, "Asked for forty vehicles; the answer is due in July."),
    ("Clearance for trucks to Vorenna Port", "Autorisation des camions vers Vorenna Port", "clearance", "hinders", "2025-08-04", "2025-08-18", "2025-09-30",
     {"site": "S-LOG", "partner": "P-HOST"}, "Given after the customs desk was told to count the mission's papers as valid."),
    ("Visas of the forensic team", "Visas de l'équipe médico-légale", "visa", "hinders", "2026-03-02", "2026-03-23", None,
     {"partner": "P-HOST"}, "Nine files lie with the immigration service; no reason was given."),
    ("Visas of police trainers", "Visas des formateurs de police", "visa", "hinders", "2025-10-06", "2025-10-27", "2025-12-15",
     {"partner": "P-BIREYA"}, "Eighteen of forty given; the others came with the next rotation."),
    ("Road to Kolun closed", "Route de Kolun fermée", "movement", "hinders", "2026-05-19", None, None,
     {"area": "XKA-DRE", "institution": "N-ARMY-DRE"}, "The battalion says that the road stays shut until its own operation ends."),
    ("Checkpoints on the eastern road", "Barrages sur la route de l'Est", "movement", "hinders", "2025-11-03", None, "2025-12-20",
     {"area": "XKA-KES", "partner": "P-ELDERS"}, "Lifted after the council of elders had been heard."),
    ("Border open to transit again", "Frontière rouverte au transit", "movement", "supports", "2026-04-17", None, "2026-08-31",
     {"partner": "P-VELMORA", "agreement": "AG-TRANSIT"}, "Transit runs under the present agreement until it ends."),
    ("Search of a mission convoy", "Fouille d'un convoi de la mission", "breach", "hinders", "2025-07-22", None, "2025-08-05",
     {"agreement": "AG-STATUS", "partner": "P-HOST"}, "The ministry regretted the search and issued an order."),
    ("Second search of a convoy", "Deuxième fouille d'un convoi", "breach", "hinders", "2026-05-30", None, None,
     {"agreement": "AG-STATUS", "partner": "P-HOST"}, "The order of August has not been repeated to the new commander."),
    ("Cattle driven before the agreed day", "Troupeaux conduits avant la date convenue", "breach", "hinders", "2026-02-11", None, "2026-05-28",
     {"agreement": "AG-GRAZING-25", "area": "XKA-KES"}, "Mended by the agreement of May 2026."),
    ("Armed group outside the accord", "Groupe armé hors de l'accord", "spoiler", "hinders", "2025-12-09", None, None,
     {"area": "XKA-DRE"}, "It states that it will not hand in arms while the hill villages are empty."),
    ("Market levy by former fighters", "Taxe de marché par d'anciens combattants", "spoiler", "hinders", "2025-09-14", None, "2026-03-31",
     {"area": "XKA-SIV"}, "Ended when the work programme reached the market."),
    ("Host consents to an observer office", "Le pays hôte accepte un bureau d'observation", "consent", "supports", "2026-06-03", None, None,
     {"partner": "P-HOST"}, "Recorded at the joint committee: two years, no armed personnel."),
    ("No answer on the reserve company", "Pas de réponse sur la compagnie de réserve", "consent", "hinders", "2026-01-20", "2026-05-31", None,
     {"partner": "P-HOST"}, "The question was put in January; the ministry says that parliament has to be asked."),
    ("Velmora asks for border posts first", "Velmora demande d'abord des postes frontière", "consent", "hinders", "2026-04-17", None, None,
     {"partner": "P-VELMORA"}, "No company may cross before posts stand."),
    ("Host wants the date kept", "Le pays hôte veut que la date soit tenue", "political_will", "supports", "2025-11-28", None, None,
     {"partner": "P-HOST"}, "The joint committee confirmed 30 June 2027."),
    ("Host asks for pay support", "Le pays hôte demande un appui à la solde", "political_will", "neutral", "2026-05-10", None, None,
     {"partner": "P-HOST"}, "Supports the date; asks who pays the police afterwards."),
    ("Aldrune asks for routes before troops leave", "Aldrune demande des couloirs avant le départ", "political_will", "hinders", "2025-06-16", None, "2026-05-28",
     {"partner": "P-ALDRUNE"}, "Stated in the border commission."),
    ("Aldrune signs on grazing routes", "Aldrune signe sur les couloirs", "political_will", "supports", "2026-05-28", None, None,
     {"partner": "P-ALDRUNE", "agreement": "AG-GRAZING"}, "Signed with the host and the council of elders."),
    ("Calvessa will not stay past March 2028", "La Calvessa ne restera pas après mars 2028", "political_will", "neutral", "2026-06-11", None, None,
     {"partner": "P-CALVESSA"}, "Letter: ready until the results are settled, not longer."),
    ("Thalnor wants its battalion home", "Thalnor veut le retour de son bataillon", "political_will", "hinders", "2026-03-22", None, None,
     {"partner": "P-THALNOR"}, "June 2027 at the latest, whatever the gates say."),
    ("Community puts the office on its agenda", "La Communauté inscrit le bureau à l'ordre du jour", "political_will", "supports", "2026-06-19", None, None,
     {"partner": "P-COMMUNITY"}, "Decision of its council in November."),
    ("Bank waits for the budget report", "La banque attend le rapport budgétaire", "political_will", "hinders", "2026-05-12", None, None,
     {"partner": "P-BANK"}, "No budget support before the report of 2025/26."),
    ("Elders want to be heard", "Les anciens veulent être entendus", "political_will", "neutral", "2026-04-24", None, None,
     {"partner": "P-ELDERS"}, "Agree to closures announced three months ahead."),
)  # fmt: skip


def signals() -> list[Fields]:
    """Signs of consent, access and political will, each with its day."""
    owners = {"clearance": SUPPORT, "visa": SUPPORT, "movement": FORCE, "breach": "Legal Affairs Office"}
    return [
        entry(f"SG{number:02d}", title, title_fr, owners.get(type_, POLITICAL), type=type_, direction=direction, date=date, due=due, until=until,
              statement=statement, sources=["SRC-RECORDS"],
              classification="restricted" if type_ in ("spoiler", "political_will") else "open", **about)
        for number, (title, title_fr, type_, direction, date, due, until, about, statement) in enumerate(_SIGNALS, start=1)
    ]  # fmt: skip


OBJECTIVES: dict[str, list[str]] = {
    "P-HOST": ["O-POLITICAL", "O-SECURITY"],
    "P-COMMUNITY": ["O-POLITICAL"],
    "P-BIREYA": ["O-SECURITY"],
    "P-CALVESSA": ["O-SECURITY"],
    "P-RIGHTS": ["O-POLITICAL"],
    "P-WOMEN": ["O-POLITICAL"],
}
"""Parts of the end state that each partner shares; nobody has taken up the third yet."""

_OFFICES = {"POL": (POLICE, INTERIOR), "SEC": (FORCE, DEFENCE), "JUS": (JUSTICE, "Ministry of Justice of Kasanda"),
            "COR": (JUSTICE, "Ministry of Justice of Kasanda"), "ADM": (CIVIL, LOCAL_GOVERNMENT), "PRO": (PROTECTION, TRANSITION),
            "EOD": (MINES, DEFENCE)}  # fmt: skip

_HELPERS = {
    "POL": "P-BIREYA",
    "SEC": "P-THALNOR",
    "JUS": "P-BANK",
    "COR": "P-BANK",
    "ADM": "P-AGENCIES",
    "PRO": "P-WOMEN",
    "EOD": "P-THALNOR",
}

_WITHOUT_ANSWERABLE = ("H-POL-TEL", "H-JUS-VOR", "H-COR-UMB", "H-ADM-VOR")
"""Hand-overs that have begun with nobody who answers for them."""


def roles(code: str, state: str) -> list[Fields]:
    """Parts in a hand-over: the ministry answers, the mission's component works with a partner, others are asked or told."""
    key = code.split("-")[1]
    if key not in _OFFICES or (state == "proposed" and not code.endswith("DRE")):
        return []
    office, ministry = _OFFICES[key]
    parts = [
        {"role": "responsible", "office": office},
        {"role": "consulted", "partner": _HELPERS[key]},
        {"role": "informed", "partner": "P-ELDERS" if code[-3:] in ("KES", "DRE", "SIV") else "P-RIGHTS"},
    ]
    return parts if code in _WITHOUT_ANSWERABLE else [{"role": "accountable", "office": ministry}, *parts]


_CHECKS: dict[str, tuple[tuple[str, str, str, str | None, str], ...]] = {
    "H-POL-QUE": (
        ("interoperability", "radio", "tested", "2026-05-20", "Both networks heard each other from every post."),
        ("interoperability", "language", "agreed", "2026-04-14", "Two liaison officers speak both languages."),
        ("command", "command", "agreed", "2026-05-06", "The provincial commissioner commands; the mission advises."),
    ),
    "H-POL-IVA": (
        ("interoperability", "radio", "tested", "2026-03-11", ""),
        ("interoperability", "procedures", "failed", "2026-06-02", "Custody records are kept in two forms that do not match."),
        ("command", "liaison", "open", None, "No liaison officer for the night."),
    ),
    "H-POL-ORU": (
        ("interoperability", "radio", "open", None, "Encryption keys have not been exchanged."),
        ("command", "command", "open", None, "Who commands at joint checkpoints is not settled."),
    ),
    "H-SEC-NAL": (
        ("interoperability", "medical", "failed", "2026-05-27", "Evacuation took five hours; two were agreed."),
        ("interoperability", "radio", "tested", "2026-04-22", ""),
        ("command", "rules_of_engagement", "agreed", "2026-03-30", "The army's own rules hold after the transfer."),
        ("command", "intelligence_sharing", "open", None, "Joint cell agreed, not yet staffed."),
    ),
    "H-SEC-IVA": (
        ("interoperability", "logistics", "open", None, "Fuel of the battalion beyond thirty days."),
        ("command", "command", "agreed", "2026-06-10", ""),
    ),
    "H-PRO-VOR": (("interoperability", "procedures", "tested", "2026-06-15", "Three alarms answered within two hours."),),
    "H-EOD": (
        ("interoperability", "procedures", "tested", "2026-02-18", "Same standards for clearance and marking."),
        ("command", "liaison", "agreed", "2026-03-04", ""),
    ),
}  # fmt: skip


def checks(code: str) -> list[Fields]:
    """Checks of working together and of command in a hand-over."""
    return [
        {"kind": kind, "topic": topic, "status": status, "date": date, "note": note}
        for kind, topic, status, date, note in _CHECKS.get(code, ())
    ]


BACKING: dict[str, Fields] = {
    "Quick-reaction company from Calvessa": {"lift": "yes", "consent": "asked"},
    "Quick-reaction police unit from Bireya": {
        "lift": "no", "consent": "given", "mandate": "Exchange of letters with the host, May 2026", "reach_hours": 72},
    "Police advisers who stay in Drenshe": {"lift": "yes", "consent": "given", "mandate": "Exchange of letters with the host, May 2026"},
}  # fmt: skip
"""What stands behind commitments to come or to stay, by title."""
