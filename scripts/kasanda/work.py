"""Who carries the work in Kasanda: eight functions, the institutions that take them over, needs, and the hand-overs."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from scripts.kasanda.common import (
    CIVIL,
    COUNTERPART,
    DEFENCE,
    ELECTIONS,
    FORCE,
    INTERIOR,
    JUSTICE,
    JUSTICE_MINISTRY,
    LOCAL_GOVERNMENT,
    MINES,
    POLICE,
    PROTECTION,
    Fields,
    chance,
    entry,
)
from scripts.kasanda.country import COUNTRY, PLACE, PLACES, Place
from scripts.kasanda.signals import checks, roles

# code, title, title_fr, owner, trade, destination, partner, cost, funded, acceptance, weight, gap
_FUNCTIONS = (
    ("F-SEC", "Area security", "Sécurité des zones", FORCE, "military", "national", None, 31e6, 22e6, "with_conditions", 0.4,
     "Supply, night movement and medical evacuation still rest on contractors."),
    ("F-POL", "Public order and daily policing", "Ordre public et police quotidienne", POLICE, "police", "national", None, 46e6, 35e6, "yes", 0.4,
     "Certification in the east and north-east; fuel; trust of women."),
    ("F-JUS", "Courts and prosecution", "Tribunaux et poursuites", JUSTICE, "justice", "national", None, 9e6, 5.5e6, "yes", 0.12,
     "Prosecutors for seven courts; transport of witnesses."),
    ("F-COR", "Security of prisons", "Sécurité des prisons", JUSTICE, "corrections", "national", None, 4.2e6, 1.6e6, "with_conditions", 0.08,
     "Perimeters of three prisons; guards for night shifts."),
    ("F-ADM", "Support to district administration", "Appui à l'administration des districts", CIVIL, "administration", "country_team",
     "P-AGENCIES", 7.5e6, 3.1e6, "with_conditions", None, "Money after June 2027 for four agencies' field offices."),
    ("F-PRO", "Protection networks and early warning", "Réseaux de protection et alerte précoce", PROTECTION, "protection", "partner",
     "P-WOMEN", 3.8e6, 1.2e6, "asked", None, "Radios, and pay for 240 community liaison assistants."),
    ("F-EOD", "Answer to explosive hazards", "Traitement des engins explosifs", MINES, "other", "national", None, 2.6e6, 2.0e6, "yes", None,
     "Two of six teams and the armoured vehicles."),
    ("F-ELE", "Transport and security of elections", "Transport et sécurité des élections", ELECTIONS, "civil_support", "undecided",
     None, 5.0e6, 0.0, "not_asked", None, "Nobody has been asked who flies ballots after the mission."),
)  # fmt: skip


def functions() -> list[Fields]:
    """The eight functions with what they cost and who has said yes."""
    return [
        entry(
            code, title, title_fr, owner, trade=trade, destination=destination, receiver_partner=partner, cost_year=cost,
            funded_year=funded, gap=gap, acceptance=acceptance, weight=weight, sources=["SRC-STRATEGY"],
        )
        for code, title, title_fr, owner, trade, destination, partner, cost, funded, acceptance, weight, gap in _FUNCTIONS
    ]  # fmt: skip


# key, English and French name, trade, function, owner, people needed for each 1,000 inhabitants
_BODIES = (
    ("POL", "Provincial police", "Police provinciale", "police", "F-POL", INTERIOR, 1.72),
    ("ARMY", "Army battalion", "Bataillon de l'armée", "military", "F-SEC", DEFENCE, 1.45),
    ("COURT", "Courts and prosecution", "Tribunaux et parquet", "justice", "F-JUS", JUSTICE_MINISTRY, 0.11),
    (
        "ADM",
        "District administration",
        "Administration des districts",
        "administration",
        "F-ADM",
        LOCAL_GOVERNMENT,
        0.32,
    ),
)

PRISONS: tuple[str, ...] = ("VOR", "UMB", "NAL", "IVA", "ORU", "KES")


def _readiness(place: Place) -> float:
    """How far an area is, 0 to 1, from the month in which its police pass their bars."""
    return min(1.0, max(0.0, (100 - place.ready) / 76))


def institutions() -> list[Fields]:
    """National institutions area by area, and four that work for the whole country."""
    out = []
    for place in PLACES:
        ahead = _readiness(place)
        for key, title, title_fr, trade, function, owner, per_thousand in _BODIES:
            stream = chance("institution", place.code, key)
            need = max(20, round(place.population / 1000 * per_thousand))
            checked = "self_reported" if place.code in ("XKA-SIV", "XKA-DRE") else "jointly_assessed"
            out.append(
                entry(
                    f"N-{key}-{place.code[-3:]}", f"{title} of {place.name}", f"{title_fr} : {place.name_fr}", owner,
                    trade=trade, function=function, area=place.code, need=need,
                    strength=round(need * (0.48 + 0.5 * ahead + stream.uniform(-0.04, 0.04))),
                    strength_date="2026-05-31", verification="independently_verified" if key == "POL" and ahead > 0.3 else checked,
                    women=round({"POL": 0.14, "ARMY": 0.05, "COURT": 0.27, "ADM": 0.25}[key] + 0.06 * ahead, 2),
                    intake_month=round(need * 0.022, 1), course_months={"POL": 6, "ARMY": 5, "COURT": 12, "ADM": 3}[key],
                    pass_share=0.86, attrition_year=round(0.19 - 0.08 * ahead, 2), paid_on_time=round(0.82 + 0.15 * ahead, 2),
                    quality=round(0.32 + 0.48 * ahead + stream.uniform(-0.03, 0.03), 2), quality_ceiling=0.9,
                    mentors_per_100=round(1.0 + 2.0 * (1 - ahead), 1) if key in ("POL", "ARMY") else 0.5,
                    classification="restricted" if key == "ARMY" else "open",
                    released_to=[COUNTERPART] if key == "ARMY" else [], sources=["SRC-MUSTER" if key == "POL" else "SRC-RECORDS"],
                )
            )  # fmt: skip
        if place.code[-3:] in PRISONS:
            out.append(
                entry(
                    f"N-PRISON-{place.code[-3:]}", f"Prison of {place.name}", f"Prison : {place.name_fr}", JUSTICE_MINISTRY,
                    trade="corrections", function="F-COR", area=place.code, strength=round(60 + 50 * ahead), strength_date="2026-04-30",
                    verification="self_reported", need=120, women=0.21, intake_month=3, course_months=4, pass_share=0.9,
                    attrition_year=0.14, paid_on_time=0.9, quality=round(0.35 + 0.35 * ahead, 2), quality_ceiling=0.85,
                    mentors_per_100=2, sources=["SRC-RECORDS"],
                )
            )  # fmt: skip
    national = (
        ("N-EOD", "National Explosive Hazard Service", "Service national des engins explosifs", "other", "F-EOD", DEFENCE, 148, 220),
        ("N-ELECTION", "National Electoral Commission", "Commission électorale nationale", "civil_support", "F-ELE",
         "National Electoral Commission of Kasanda", 640, 700),
        ("N-OVERSIGHT", "Police Oversight Board", "Autorité de contrôle de la police", "police", "F-POL",
         "Police Oversight Board of Kasanda", 38, 60),
        ("N-ENVIRONMENT", "National Environment Office", "Office national de l'environnement", "administration", None,
         "National Environment Office of Kasanda", 24, 40),
    )  # fmt: skip
    out += [
        entry(code, title, title_fr, owner, trade=trade, function=function, area=None, strength=strength, strength_date="2026-03-31", need=need,
              women=0.3, intake_month=2, quality=0.6, mentors_per_100=2, sources=["SRC-RECORDS"])
        for code, title, title_fr, trade, function, owner, strength, need in national
    ]  # fmt: skip
    return out


# area, level, function, group, English title, French title, in their own words
_NEEDS = (
    ("DRE", "F-SEC", "women", "Safe roads to market", "Des routes sûres vers le marché", "We go to market in a convoy or we do not go."),
    ("DRE", "F-PRO", "displaced people", "Return to the hill villages", "Retour dans les villages des collines", "We will go home when someone sleeps there before us."),
    ("DRE", "F-JUS", "youth", "A court that comes to us", "Un tribunal qui vient à nous", "The judge has not been here since the rains of last year."),
    ("SIV", "F-POL", "traders", "Police at the crossing", "La police au poste frontière", "At night there is nobody at the crossing but those who take a toll."),
    ("SIV", "F-POL", "women", "Women in uniform at the post", "Des femmes en uniforme au poste", "I will not tell a young man with a gun what happened."),
    ("SIV", "F-ADM", "farmers", "Land papers", "Des titres de propriété", "Whoever holds the paper holds the field."),
    ("KES", "F-SEC", "herders", "Agreed grazing routes", "Des couloirs de pâturage convenus", "The cattle do not know the law; mark the path."),
    ("KES", "F-PRO", "farmers", "Warning before the dry season", "Une alerte avant la saison sèche", "We know the week in which trouble comes."),
    ("KES", "F-JUS", "youth", "Trials, not waiting", "Des jugements, pas d'attente", "My brother has waited three years to be heard."),
    ("ORU", "F-POL", "women", "A police that listens", "Une police à l'écoute", "They laughed when I came to report."),
    ("ORU", "F-ADM", "teachers", "Salaries paid in the district", "Des salaires payés dans le district", "Two days' walk for a month's pay."),
    ("ORU", "F-COR", "families of detainees", "A prison with water", "Une prison avec de l'eau", "We carry the water ourselves."),
    ("TEL", "F-POL", "river villages", "Posts along the river", "Des postes le long du fleuve", "The post has a roof and no police."),
    ("TEL", "F-EOD", "children's clubs", "Clear the old bridge", "Déminer le vieux pont", "The red signs have been there longer than I have been alive."),
    ("NAL", "F-ADM", "farmers", "A road that holds in the rains", "Une route praticable sous les pluies", "Four months a year we are an island."),
    ("VOR", "F-POL", "market women", "Night patrols on foot", "Des patrouilles de nuit à pied", "A car drives past; a patrol stays."),
    ("VOR", "F-ELE", "youth", "Vote near home", "Voter près de chez soi", "Register us where we live, not where we fled from."),
    ("QUE", "F-JUS", "herders", "A judge for cattle cases", "Un juge pour les affaires de bétail", "Every feud here began as a theft."),
    ("IVA", "F-COR", "neighbours of the prison", "A wall that stands", "Un mur qui tient", "In the rains the wall comes down and they walk out."),
    ("PAL", "F-ADM", "fishers", "A harbour office", "Un bureau du port", "We pay the tax; we would like the receipt."),
    (None, "F-SEC", "parliament", "An army paid at home", "Une armée payée par le pays", "What others pay for, others can stop."),
    (None, "F-ELE", "parties", "Elections without borrowed aircraft", "Des élections sans avions prêtés", "The ballot should not need a passport."),
    (None, "F-PRO", "women's network", "Networks that are paid", "Des réseaux rémunérés", "Warning is work."),
    (None, "F-JUS", "bar association", "Prosecutors in every province", "Des procureurs dans chaque province", "Without a prosecutor a court is a room."),
)  # fmt: skip


def needs() -> list[Fields]:
    """Priorities named in consultations, in the words of those who named them."""
    return [
        entry(
            f"W{number:02d}", title, title_fr, CIVIL, level="community" if area else "national",
            area=f"XKA-{area}" if area else COUNTRY, group=group, function=function,
            priority=1 + sum(1 for earlier in _NEEDS[: number - 1] if earlier[0] == area),
            asked_on="2025-09-15" if area else "2025-10-20", statement=words, sources=["SRC-CONSULTATION"],
        )
        for number, (area, function, group, title, title_fr, words) in enumerate(_NEEDS, start=1)
    ]  # fmt: skip


# (state, baseline, forecast, actual) of each hand-over that has left the first state or has agreed dates of its own
_STATES: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "H-POL-HAL": ("confirmed", "2023-12-15", None, "2024-02-12"),
    "H-POL-PAL": ("confirmed", "2024-03-31", None, "2024-07-01"),
    "H-POL-UMB": ("monitored", "2024-09-30", None, "2025-03-10"),
    "H-POL-NAL": ("transferred", "2025-06-30", None, "2025-12-04"),
    "H-POL-IVA": ("trial", "2025-12-31", "2026-10-01", None),
    "H-POL-QUE": ("approved", "2026-03-31", "2026-09-15", None),
    "H-POL-VOR": ("approved", "2026-06-30", "2026-12-20", None),
    "H-POL-ORU": ("remedial", "2026-03-31", "2026-12-15", None),
    "H-POL-TEL": ("self_assessed", "2026-06-30", "2027-01-15", None),
    "H-POL-KES": ("self_assessed", "2026-06-30", "2027-04-15", None),
    "H-POL-SIV": ("reversed", "2025-03-31", "2027-08-15", None),
    "H-POL-DRE": ("proposed", "2026-09-30", "2027-10-15", None),
    "H-SEC-HAL": ("confirmed", "2024-06-30", None, "2024-09-20"),
    "H-SEC-PAL": ("monitored", "2024-12-31", None, "2025-04-15"),
    "H-SEC-UMB": ("transferred", "2025-09-30", None, "2025-12-10"),
    "H-SEC-NAL": ("approved", "2026-03-31", "2026-08-31", None),
    "H-SEC-IVA": ("self_assessed", "2026-06-30", "2026-12-31", None),
    "H-SEC-QUE": ("self_assessed", "2026-09-30", "2027-01-31", None),
    "H-JUS-UMB": ("monitored", "2025-03-31", None, "2025-06-18"),
    "H-JUS-NAL": ("transferred", "2025-12-31", None, "2026-03-16"),
    "H-JUS-IVA": ("remedial", "2026-06-30", "2026-11-30", None),
    "H-JUS-VOR": ("jointly_assessed", "2026-06-30", "2026-12-31", None),
    "H-ADM-UMB": ("confirmed", "2024-12-31", None, "2024-12-18"),
    "H-ADM-NAL": ("transferred", "2025-12-31", None, "2026-01-27"),
    "H-ADM-IVA": ("jointly_assessed", "2026-03-31", "2026-08-31", None),
    "H-ADM-QUE": ("approved", "2026-06-30", "2026-08-31", None),
    "H-ADM-VOR": ("self_assessed", "2026-09-30", "2026-12-31", None),
    "H-PRO-HAL": ("confirmed", "2024-12-31", None, "2024-11-05"),
    "H-PRO-PAL": ("monitored", "2025-06-30", None, "2025-07-08"),
    "H-PRO-UMB": ("transferred", "2025-12-31", None, "2026-01-14"),
    "H-PRO-VOR": ("approved", "2026-06-30", "2026-09-30", None),
    "H-COR-UMB": ("self_assessed", "2025-12-31", "2026-12-31", None),
    "H-COR-IVA": ("remedial", "2026-03-31", "2026-12-31", None),
    "H-COR-NAL": ("jointly_assessed", "2026-06-30", "2026-12-31", None),
    "H-EOD": ("jointly_assessed", "2026-06-30", "2026-12-31", None),
    "H-ELE": ("self_assessed", "2026-12-31", "2027-02-28", None),
}

# function: first word of the title in both languages, months of work, months on trial, cost, loads a month
_SHAPES: dict[str, tuple[str, str, int, int, float, tuple[tuple[str, float], ...]]] = {
    "POL": ("Policing", "Police", 2, 2, 240e3, (("JOINT-TEAMS", 1), ("MENTORS", 12))),
    "SEC": ("Area security", "Sécurité", 2, 2, 310e3, (("JOINT-TEAMS", 1), ("CONVOYS", 2))),
    "JUS": ("Courts and prosecution", "Tribunaux et parquet", 2, 0, 120e3, (("JOINT-TEAMS", 0.5),)),
    "COR": ("Security of the prison", "Sécurité de la prison", 3, 2, 180e3, (("JOINT-TEAMS", 0.5), ("MENTORS", 6))),
    "ADM": ("Support to administration", "Appui à l'administration", 1, 0, 90e3, ()),
    "PRO": ("Protection networks", "Réseaux de protection", 2, 0, 110e3, (("HELICOPTER-HOURS", 4),)),
}

_REMEDIAL: dict[str, tuple[str, ...]] = {
    "H-POL-ORU": ("Open women's desks at six posts", "Repeat the household survey among women in September 2026"),
    "H-POL-SIV": (
        "Recruit and vet to real strength",
        "Publish the muster by post",
        "New joint assessment not before June 2027",
    ),
    "H-JUS-IVA": ("Second prosecutor for the southern circuit",),
    "H-COR-IVA": ("Finish the perimeter wall before the rains", "Night shift of at least twelve guards"),
}


def _codes(key: str) -> list[str]:
    """Areas in which a function is handed over."""
    every = [place.code[-3:] for place in PLACES]
    chain = [tail for tail in every if tail not in ("HAL", "PAL")]
    return {"POL": every, "SEC": every, "JUS": chain, "ADM": chain, "PRO": every, "COR": list(PRISONS)}[key]


def _handover(key: str, place: Place) -> Fields:
    """One function passed on in one area."""
    tail = place.code[-3:]
    code = f"H-{key}-{tail}"
    title, title_fr, work, trial, cost, loads = _SHAPES[key]
    gates = {
        "POL": f"G-POL-{tail}",
        "SEC": f"G-SEC-{tail}",
        "JUS": f"G-CHAIN-{tail}",
        "ADM": f"G-CHAIN-{tail}",
        "COR": "G-COR",
    }
    gate = gates.get(key, f"G-PRO-{place.sector.upper()}")
    after = {
        "SEC": [f"H-POL-{tail}"],
        "PRO": [f"H-SEC-{tail}"] if tail in ("DRE", "SIV", "KES", "TEL") else [],
        "COR": [f"H-JUS-{tail}"],
    }
    state, baseline, forecast, actual = _STATES.get(code, ("proposed", None, None, None))
    if baseline is None:
        baseline = "2027-03-31" if place.ready > 60 else "2026-12-31"
    receiver = {
        "POL": f"N-POL-{tail}",
        "SEC": f"N-ARMY-{tail}",
        "JUS": f"N-COURT-{tail}",
        "ADM": f"N-ADM-{tail}",
        "COR": f"N-PRISON-{tail}",
    }
    partner = {"PRO": "P-WOMEN" if place.sector in ("west", "south") else "P-FIELDAID"}
    owner = {"POL": POLICE, "SEC": FORCE, "JUS": JUSTICE, "COR": JUSTICE, "ADM": CIVIL, "PRO": PROTECTION}[key]
    done = state in ("transferred", "monitored", "confirmed")
    answer = (
        "yes"
        if done or state in ("approved", "trial")
        else {"PRO": "asked", "COR": "with_conditions"}.get(key, "asked")
    )
    return entry(
        code, f"{title}, {place.name}", f"{title_fr}, {place.name_fr}", owner, function=f"F-{key}", area=place.code,
        receiver=receiver.get(key), receiver_partner=partner.get(key), state=state, gates=[gate], after=after.get(key, []),
        months=work, trial_months=trial if place.ready > 30 else 0, cost=cost * (1.4 if place.ready > 60 else 1.0),
        loads=[{"resource": resource, "amount": amount} for resource, amount in loads],
        transfer={"baseline": baseline, "forecast": forecast, "actual": actual}, remedial=list(_REMEDIAL.get(code, ())),
        reversals=[{"date": "2025-11-28", "why": "The biometric muster found one officer in five missing; two posts had been given up.",
                    "back_to": "reversed"}] if code == "H-POL-SIV" else [],
        acceptance=answer, conditions="Guards are paid until December 2027." if answer == "with_conditions" else "",
        roles=roles(code, state), checks=checks(code), classification="restricted" if key == "SEC" and not done else "open",
        released_to=[COUNTERPART] if key == "SEC" and not done else [],
    )  # fmt: skip


def handovers() -> list[Fields]:
    """Functions by areas, and two for the country as a whole."""
    out = [_handover(key, PLACE[f"XKA-{tail}"]) for key in _SHAPES for tail in _codes(key)]
    for code, title, title_fr, owner, function, receiver, gate, months, cost, loads in (
        ("H-EOD", "Answer to explosive hazards, nationwide", "Traitement des engins explosifs, tout le pays", MINES, "F-EOD", "N-EOD", "G-EOD",
         3, 420e3, [{"resource": "MENTORS", "amount": 8}]),
        ("H-ELE", "Transport and security of elections, nationwide", "Transport et sécurité des élections, tout le pays", ELECTIONS, "F-ELE",
         "N-ELECTION", "G-ELE", 2, 260e3, [{"resource": "HELICOPTER-HOURS", "amount": 20}]),
    ):  # fmt: skip
        state, baseline, forecast, actual = _STATES[code]
        out.append(
            entry(
                code, title, title_fr, owner, function=function, receiver=receiver, state=state, gates=[gate], months=months, cost=cost,
                loads=loads, transfer={"baseline": baseline, "forecast": forecast, "actual": actual}, acceptance="asked",
                roles=roles(code, state), checks=checks(code),
            )
        )  # fmt: skip
    return out
