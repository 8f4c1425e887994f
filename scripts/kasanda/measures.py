"""What is measured in Kasanda: thirty indicators and five years of values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from exitplan.domain.months import last_day, month_index
from scripts.kasanda.common import (
    BENCHMARKS,
    COUNTERPART,
    DEFENCE,
    INTERIOR,
    JUSTICE,
    JUSTICE_MINISTRY,
    LOCAL_GOVERNMENT,
    MEASURED_FROM,
    MEASURED_TO,
    POLICE,
    POLITICAL,
    PROTECTION,
    Fields,
    chance,
    entry,
    months,
)
from scripts.kasanda.country import PLACES, Place

RESPONSE_REDEFINED = "2024-01-01"
CONTROL_ENDED = "2024-07-01"


@dataclass(frozen=True)
class Series:
    """One indicator and the curve its invented values follow."""

    code: str
    title: str
    title_fr: str
    unit: str
    better: str
    start: float
    """Value long before any reform."""
    goal: float
    """Value it tends to."""
    bar: float
    """Value at which the mission's planners call it enough."""
    reached: int
    """Month (from June 2021) at which the country reaches the bar; an area reaches it with its own police."""
    owner: str
    definition: str
    definition_fr: str
    by_area: bool = False
    by_sex: bool = False
    women: float = 0.0
    """What women's value lies above or below the whole, as a share of it; for counts, the share of women."""
    women_goal: float = 0.0
    every: int = 1
    fresh: int = 6
    noise: float = 0.02
    level: str = "outcome"
    low: float | None = 0.0
    high: float | None = 100.0
    source: str = "SRC-RECORDS"
    method: str = "Monthly return of the reporting office, checked for completeness by the Benchmarks Cell."
    interval: float = 0.0
    """Half width of the interval, in the unit; surveys alone have one."""
    lag: int = 0
    """Months by which an area reaches the bar later than its police do."""


SERIES: tuple[Series, ...] = (
    Series(
        "I-POL-STRENGTH",
        "Police officers on the payroll",
        "Policiers inscrits sur la solde",
        "persons",
        "higher",
        7_200,
        17_500,
        15_000,
        62,
        INTERIOR,
        "Officers paid in the month, counted on the payroll; from 2025 checked against a biometric muster.",
        "Agents payés dans le mois, d'après la solde ; depuis 2025, vérifiés par un recensement biométrique.",
        by_area=True,
        by_sex=True,
        women=0.09,
        women_goal=0.24,
        high=None,
        source="SRC-PAYROLL",
        noise=0.006,
    ),
    Series(
        "I-POL-CERT",
        "Eligible police officers certified",
        "Policiers éligibles certifiés",
        "%",
        "higher",
        8,
        97,
        80,
        60,
        POLICE,
        "Share of eligible officers of the area who hold a final certificate after vetting and training.",
        "Part des agents éligibles de la zone titulaires d'un certificat définitif après vérification et formation.",
        by_area=True,
        noise=0.012,
        source="SRC-JOINT",
    ),
    Series(
        "I-POL-ALONE",
        "Public-order incidents handled without the mission",
        "Incidents d'ordre public gérés sans la mission",
        "%",
        "higher",
        12,
        93,
        75,
        60,
        POLICE,
        "Share of recorded public-order incidents to which the national police alone responded.",
        "Part des incidents d'ordre public auxquels la police nationale a répondu seule.",
        by_area=True,
        noise=0.03,
        source="SRC-JOINT",
    ),
    Series(
        "I-POL-POSTS",
        "Police posts staffed day and night",
        "Postes de police tenus jour et nuit",
        "%",
        "higher",
        15,
        92,
        70,
        60,
        INTERIOR,
        "Share of planned posts with a shift on duty at every spot check of the month.",
        "Part des postes prévus où une équipe était de service à chaque contrôle inopiné du mois.",
        by_area=True,
        noise=0.025,
        lag=-2,
    ),
    Series(
        "I-POL-RESP",
        "Median response time of the police",
        "Délai médian d'intervention de la police",
        "minutes",
        "lower",
        95,
        24,
        45,
        55,
        POLICE,
        "Median minutes from call to arrival, all calls.",
        "Médiane des minutes entre l'appel et l'arrivée, tous appels.",
        high=None,
        noise=0.04,
    ),
    Series(
        "I-POL-VEHICLE",
        "Police vehicles in working order",
        "Véhicules de police en état de marche",
        "%",
        "higher",
        35,
        84,
        75,
        68,
        INTERIOR,
        "Share of police vehicles that started and passed a road test on inspection day.",
        "Part des véhicules de police en état de rouler le jour de l'inspection.",
        every=3,
        noise=0.03,
    ),
    Series(
        "I-POL-COMPLAINT",
        "Complaints about police answered in 90 days",
        "Plaintes contre la police traitées en 90 jours",
        "%",
        "higher",
        12,
        82,
        60,
        58,
        "Police Oversight Board of Kasanda",
        "Share of complaints received three months earlier that were decided within 90 days.",
        "Part des plaintes reçues trois mois plus tôt et tranchées en 90 jours.",
        by_sex=True,
        women=-0.10,
        women_goal=-0.03,
        noise=0.03,
    ),
    Series(
        "I-POL-ESCORT",
        "Mission escorts asked for by the authorities",
        "Escortes de la mission demandées par les autorités",
        "escorts a month",
        "lower",
        260,
        10,
        60,
        57,
        POLICE,
        "Requests for armed escort received from national authorities and carried out.",
        "Demandes d'escorte armée reçues des autorités nationales et exécutées.",
        high=None,
        noise=0.06,
        level="output",
    ),
    Series(
        "I-ARMY-STRENGTH",
        "Soldiers counted at muster",
        "Militaires présents au recensement",
        "persons",
        "higher",
        9_500,
        14_800,
        13_500,
        50,
        DEFENCE,
        "Soldiers present at the monthly muster.",
        "Militaires présents au recensement mensuel.",
        by_sex=True,
        women=0.03,
        women_goal=0.09,
        high=None,
        source="SRC-PAYROLL",
        noise=0.008,
    ),
    Series(
        "I-ARMY-SUPPLY",
        "Army units supplied without contractors",
        "Unités de l'armée ravitaillées sans prestataires",
        "%",
        "higher",
        10,
        85,
        70,
        66,
        DEFENCE,
        "Share of battalions whose fuel, food and spares came through the army's own supply chain all month.",
        "Part des bataillons ravitaillés tout le mois par la seule chaîne de l'armée.",
        noise=0.03,
    ),
    Series(
        "I-PAY-ONTIME",
        "Security salaries paid on time",
        "Soldes des forces versées à temps",
        "%",
        "higher",
        45,
        97,
        90,
        60,
        "Ministry of Finance of Kasanda",
        "Share of police and army salaries paid by the fifth day of the month.",
        "Part des soldes de la police et de l'armée versées avant le cinq du mois.",
        noise=0.02,
        source="SRC-PAYROLL",
    ),
    Series(
        "I-BUDGET-EXT",
        "Security budget paid from abroad",
        "Budget de sécurité financé par l'étranger",
        "%",
        "lower",
        68,
        15,
        30,
        78,
        "Ministry of Finance of Kasanda",
        "Share of the police and army budget paid by partners in the quarter.",
        "Part du budget de la police et de l'armée payée par des partenaires dans le trimestre.",
        every=3,
        fresh=9,
        noise=0.03,
        source="SRC-BUDGET",
    ),
    Series(
        "I-BORDER",
        "Border posts working round the clock",
        "Postes frontière ouverts en permanence",
        "%",
        "higher",
        20,
        88,
        75,
        67,
        INTERIOR,
        "Share of the 36 planned border posts that were manned on all days of the month.",
        "Part des 36 postes frontière prévus tenus tous les jours du mois.",
        noise=0.025,
    ),
    Series(
        "I-JUS-COURTS",
        "Courts sitting as planned",
        "Tribunaux siégeant comme prévu",
        "%",
        "higher",
        22,
        94,
        75,
        60,
        JUSTICE_MINISTRY,
        "Share of planned sitting days on which the courts of the area sat.",
        "Part des jours d'audience prévus où les tribunaux de la zone ont siégé.",
        by_area=True,
        noise=0.03,
        lag=3,
    ),
    Series(
        "I-JUS-PRETRIAL",
        "Detainees awaiting trial",
        "Détenus en attente de jugement",
        "%",
        "lower",
        74,
        28,
        45,
        65,
        JUSTICE,
        "Share of all people in prison who have not been tried.",
        "Part des personnes détenues qui n'ont pas été jugées.",
        by_sex=True,
        women=-0.08,
        women_goal=-0.12,
        noise=0.015,
    ),
    Series(
        "I-COR-OCCUPANCY",
        "Prison occupancy",
        "Taux d'occupation des prisons",
        "% of places",
        "lower",
        210,
        105,
        140,
        54,
        JUSTICE,
        "People held per hundred places.",
        "Personnes détenues pour cent places.",
        high=400,
        noise=0.015,
    ),
    Series(
        "I-COR-ESCAPE",
        "Escapes from prison",
        "Évasions",
        "persons a month",
        "lower",
        14,
        1,
        3,
        48,
        JUSTICE,
        "People who escaped in the month and were not back within a day.",
        "Personnes évadées dans le mois et non reprises dans la journée.",
        high=None,
        noise=0.25,
    ),
    Series(
        "I-ADM-POST",
        "District officers at their post",
        "Agents de l'État présents à leur poste",
        "%",
        "higher",
        25,
        95,
        80,
        60,
        LOCAL_GOVERNMENT,
        "Share of district officers seen at their duty station at the monthly visit.",
        "Part des agents vus à leur poste lors de la visite mensuelle.",
        by_area=True,
        noise=0.025,
        lag=1,
    ),
    Series(
        "I-ADM-HEALTH",
        "Health posts with staff and medicine",
        "Postes de santé pourvus en personnel et en médicaments",
        "%",
        "higher",
        30,
        86,
        70,
        62,
        "Ministry of Health of Kasanda",
        "Share of health posts with a nurse present and ten basic medicines in stock.",
        "Part des postes de santé avec un infirmier présent et dix médicaments de base.",
        every=3,
        noise=0.03,
    ),
    Series(
        "I-ADM-REVENUE",
        "Domestic revenue against plan",
        "Recettes intérieures par rapport au plan",
        "%",
        "higher",
        55,
        98,
        85,
        50,
        "Ministry of Finance of Kasanda",
        "Revenue collected in the quarter as a share of the budget law's plan.",
        "Recettes perçues dans le trimestre en part du plan de la loi de finances.",
        every=3,
        fresh=9,
        high=150,
        noise=0.03,
        source="SRC-BUDGET",
    ),
    Series(
        "I-PEOPLE-SAFE",
        "People who feel safe walking at night",
        "Personnes se sentant en sécurité la nuit",
        "%",
        "higher",
        28,
        82,
        60,
        60,
        BENCHMARKS,
        "Share of adults who answer safe or very safe in the quarterly household survey.",
        "Part des adultes répondant « en sécurité » ou « très en sécurité » à l'enquête trimestrielle.",
        by_area=True,
        by_sex=True,
        women=-0.14,
        women_goal=-0.06,
        every=3,
        noise=0.025,
        interval=3.6,
        source="SRC-SURVEY",
        method="Household survey, 420 adults an area, face to face; interval from the sample.",
        lag=-1,
    ),
    Series(
        "I-PEOPLE-TRUST",
        "People who trust the police",
        "Personnes faisant confiance à la police",
        "%",
        "higher",
        22,
        80,
        55,
        60,
        BENCHMARKS,
        "Share of adults who say they would report a crime to the police.",
        "Part des adultes disant qu'ils signaleraient un délit à la police.",
        by_area=True,
        by_sex=True,
        women=-0.10,
        women_goal=-0.04,
        every=3,
        noise=0.02,
        interval=3.6,
        source="SRC-SURVEY",
        method="Household survey, 420 adults an area, face to face; interval from the sample.",
        lag=-4,
    ),
    Series(
        "I-PRO-ALERT",
        "Protection alerts answered in 72 hours",
        "Alertes de protection traitées en 72 heures",
        "%",
        "higher",
        35,
        92,
        80,
        58,
        PROTECTION,
        "Share of alerts from community networks to which an authority responded in 72 hours.",
        "Part des alertes des réseaux communautaires ayant reçu une réponse des autorités en 72 heures.",
        noise=0.02,
    ),
    Series(
        "I-PRO-SERVICE",
        "Survivors of violence reached by a service in 72 hours",
        "Victimes de violences prises en charge en 72 heures",
        "%",
        "higher",
        20,
        78,
        60,
        67,
        PROTECTION,
        "Share of survivors known to service providers who were seen in 72 hours; totals only, no case files.",
        "Part des victimes connues des services et reçues en 72 heures ; totaux seulement, aucun dossier.",
        by_sex=True,
        women=0.05,
        women_goal=0.04,
        noise=0.03,
    ),
    Series(
        "I-DISPLACED",
        "People displaced inside the country",
        "Personnes déplacées internes",
        "thousand persons",
        "lower",
        720,
        60,
        200,
        57,
        "Country Team of Agencies, Displacement Cluster",
        "People registered as displaced at the end of the month.",
        "Personnes enregistrées comme déplacées à la fin du mois.",
        by_area=True,
        high=None,
        noise=0.02,
        source="SRC-CLUSTER",
    ),
    Series(
        "I-DDR-INCOME",
        "Former fighters with an income after a year",
        "Anciens combattants ayant un revenu après un an",
        "%",
        "higher",
        24,
        76,
        60,
        60,
        "Reintegration Commission of Kasanda",
        "Share of former fighters enrolled a year ago who report a regular income.",
        "Part des anciens combattants inscrits un an plus tôt et déclarant un revenu régulier.",
        by_sex=True,
        women=-0.12,
        women_goal=-0.05,
        noise=0.025,
    ),
    Series(
        "I-ACCORD",
        "Provisions of the Vorenna Accord carried out",
        "Dispositions de l'Accord de Vorenne mises en œuvre",
        "%",
        "higher",
        18,
        88,
        75,
        67,
        POLITICAL,
        "Share of the Accord's 64 provisions that the Joint Commission has recorded as done.",
        "Part des 64 dispositions de l'Accord que la Commission conjointe a déclarées appliquées.",
        noise=0.008,
        source="SRC-JOINT",
    ),
    Series(
        "I-VOTERS",
        "Eligible voters registered",
        "Électeurs inscrits parmi les personnes en âge de voter",
        "%",
        "higher",
        41,
        93,
        85,
        59,
        "National Electoral Commission of Kasanda",
        "Registered voters as a share of people of voting age.",
        "Électeurs inscrits en part de la population en âge de voter.",
        by_sex=True,
        women=-0.09,
        women_goal=-0.02,
        noise=0.008,
    ),
    Series(
        "I-COUNCIL-WOMEN",
        "Women in district councils",
        "Femmes dans les conseils de district",
        "%",
        "higher",
        11,
        36,
        30,
        64,
        LOCAL_GOVERNMENT,
        "Share of council seats held by women.",
        "Part des sièges de conseil occupés par des femmes.",
        every=3,
        fresh=9,
        noise=0.01,
    ),
    Series(
        "I-CONTROL",
        "Districts rated under state control",
        "Districts classés sous contrôle de l'État",
        "%",
        "higher",
        48,
        82,
        75,
        80,
        POLITICAL,
        "Share of districts that a desk rating called under control.",
        "Part des districts qu'une évaluation de bureau classait sous contrôle.",
        noise=0.02,
        level="context",
    ),
)

BY_CODE: dict[str, Series] = {series.code: series for series in SERIES}

DISPLACED_SHARE: dict[str, float] = {
    "DRE": 0.22, "SIV": 0.20, "KES": 0.15, "TEL": 0.09, "ORU": 0.11, "QUE": 0.06,
    "NAL": 0.05, "VOR": 0.06, "IVA": 0.03, "UMB": 0.01, "HAL": 0.01, "PAL": 0.01,
}  # fmt: skip

STALE_FROM: dict[tuple[str, str], str] = {
    ("I-POL-POSTS", "XKA-TEL"): "2026-03",
    ("I-JUS-COURTS", "XKA-DRE"): "2026-01",
    ("I-ADM-POST", "XKA-DRE"): "2026-02",
    ("I-BUDGET-EXT", ""): "2025-06",
    ("I-COR-OCCUPANCY", ""): "2026-04",
    ("I-ADM-HEALTH", ""): "2025-12",
}
"""Months from which the reporting office has sent nothing: the last rows of these series are missing."""

SELF_REPORTED_ONLY: frozenset[str] = frozenset({"XKA-SIV", "XKA-DRE"})
"""Areas where the joint assessment team could not travel in the last half year."""

GHOSTS: dict[str, float] = {"XKA-SIV": 0.19, "XKA-DRE": 0.23, "XKA-KES": 0.08}
"""Share of names on the payroll that the biometric muster of 2025 did not find."""

SHIFTS: dict[tuple[str, str], float] = {
    ("I-PEOPLE-TRUST", "XKA-ORU"): 3,
    ("I-POL-CERT", "XKA-ORU"): -3,
    ("I-POL-ALONE", "XKA-ORU"): -4,
    ("I-POL-CERT", "XKA-TEL"): -6,
    ("I-POL-ALONE", "XKA-TEL"): -4,
    ("I-PEOPLE-TRUST", "XKA-TEL"): -3,
    ("I-JUS-COURTS", "XKA-IVA"): 6,
    ("I-JUS-COURTS", "XKA-KES"): -3,
    ("I-JUS-COURTS", "XKA-SIV"): -5,
    ("I-JUS-COURTS", "XKA-DRE"): -9,
    ("I-ADM-POST", "XKA-SIV"): -2,
    ("I-ADM-POST", "XKA-DRE"): -6,
    ("I-PEOPLE-TRUST", "XKA-DRE"): -5,
    ("I-POL-CERT", "XKA-DRE"): -4,
    ("I-POL-CERT", "XKA-SIV"): -1,
    ("I-POL-ALONE", "XKA-DRE"): -2,
    ("I-POL-POSTS", "XKA-DRE"): -1,
}
"""Months by which one series of an area runs late (or early), so that areas are held up by different things."""

WOMEN_HELD_BACK: dict[str, float] = {"XKA-ORU": -8.0}
"""Points by which women's trust lies below what its usual gap would say."""


def _value(series: Series, month: int, reached: float, start: float, goal: float, bar: float) -> float:
    """A logistic path from the start to the goal that passes the bar in a given month."""
    share = (bar - start) / (goal - start)
    offset = math.log(share / (1 - share))
    return start + (goal - start) / (1 + math.exp(-((month - reached) / 11.0 + offset)))


def _path(series: Series, place: Place | None) -> list[float]:
    """The value of every month in one area, or in the whole country."""
    key = place.code if place else ""
    stream = chance("measure", series.code, key)
    reached = series.reached if place is None else place.ready + series.lag + SHIFTS.get((series.code, key), 0)
    scale = 1.0
    if place and series.code == "I-DISPLACED":
        scale = DISPLACED_SHARE[key[-3:]]
    elif place and series.code == "I-POL-STRENGTH":
        scale = place.population / sum(other.population for other in PLACES)
    wobble, values = 0.0, []
    span = abs(series.goal - series.start)
    for month in range(len(months(MEASURED_FROM, MEASURED_TO))):
        wobble = 0.6 * wobble + stream.gauss(0.0, series.noise * span * 0.6)
        value = scale * (_value(series, month, reached, series.start, series.goal, series.bar) + wobble)
        if key in GHOSTS and series.code == "I-POL-STRENGTH" and month >= 43:
            value *= 1 - GHOSTS[key]
        if key in ("XKA-SIV", "XKA-DRE") and month >= 53 and series.unit == "%":
            value -= min(3.0, 1.0 * (month - 52))  # the flare-up of late 2025 undid part of the progress
        if series.code == "I-CONTROL" and month >= 30:
            value -= 1.4 * (month - 29)  # it was falling when it was ended
        low = 0.0 if series.low is None else series.low
        values.append(min(max(value, low), series.high if series.high is not None else value if value > low else low))
    return values


def value_at_start(code: str, place: Place) -> float:
    """The first value of a series in an area, as its baseline."""
    return _path(BY_CODE[code], place)[0]


def _women(series: Series, total: float, month: int, key: str) -> float:
    """Women's value beside the value of all: a count, or a share with its own gap."""
    moved = series.women + (series.women_goal - series.women) * month / 75
    if series.unit == "persons":
        return total * moved
    held = WOMEN_HELD_BACK.get(key, 0.0) if series.code == "I-PEOPLE-TRUST" else 0.0
    return min(max(total * (1 + moved) + held, 0.0), 100.0)


def _shown(series: Series, value: float) -> str:
    whole = series.unit in ("persons", "escorts a month", "persons a month")
    return str(round(value)) if whole else f"{value:.1f}"


def _rows(series: Series, place: Place | None) -> Iterator[str]:
    """The rows of one series in one area, oldest first."""
    key = place.code if place else ""
    stream = chance("gaps", series.code, key)
    path = _path(series, place)
    stale = STALE_FROM.get((series.code, key), "9999-99")
    for number, month in enumerate(months(MEASURED_FROM, MEASURED_TO)):
        due = (number + 1) % series.every == 0 if series.every > 1 else True
        missing = stream.random() < 0.03 and number < 57
        ended = series.code == "I-CONTROL" and month >= CONTROL_ENDED[:7]
        if not due or missing or ended or month >= stale:
            continue
        day = last_day(month_index(month)).isoformat()
        version = 2 if series.code == "I-POL-RESP" and month >= RESPONSE_REDEFINED[:7] else 1
        total = path[number] * (1.18 if version == 2 else 1.0)
        level, confidence, note = _quality(series, key, month)
        groups = [("", total)]
        if series.by_sex:
            women = _women(series, total, number, key)
            men = total - women if series.unit == "persons" else min(2 * total - women, 100.0)
            groups += [("sex=female", women), ("sex=male", men)]
        for group, value in groups:
            text = _shown(series, value)
            width = series.interval * (1.4 if group else 1.0)
            low, high = (f"{max(value - width, 0):.1f}", f"{min(value + width, 100):.1f}") if width else ("", "")
            if not group and key in GHOSTS and series.code == "I-POL-STRENGTH" and "2025-01" <= month <= "2025-06":
                claimed = _shown(series, value / (1 - GHOSTS[key]))
                yield f"{series.code},{version},{day},{key},,{claimed},,,{series.unit},SRC-PAYROLL,payroll,self_reported,low,,"
                yield (
                    f"{series.code},{version},{day},{key},,{text},,,{series.unit},SRC-MUSTER,biometric muster,"
                    "independently_verified,high,SRC-PAYROLL,Replaces the payroll figure after the muster of 2025."
                )
                continue
            how = {"SRC-SURVEY": "survey", "SRC-JOINT": "joint assessment", "SRC-PAYROLL": "payroll"}.get(
                series.source, "return"
            )
            yield (
                f"{series.code},{version},{day},{key},{group},{text},{low},{high},{series.unit},{series.source},{how},"
                f"{level},{confidence},,{note if not group else ''}"
            )


def _quality(series: Series, key: str, month: str) -> tuple[str, str, str]:
    """Verification, confidence and a note for one row."""
    if series.source == "SRC-SURVEY":
        return "independently_verified", "high", ""
    if key in SELF_REPORTED_ONLY and month >= "2026-02":
        return "self_reported", "low", "Joint team could not travel." if month == "2026-02" else ""
    if series.source == "SRC-JOINT":
        return "jointly_assessed", "medium", ""
    if series.source == "SRC-PAYROLL" and month >= "2025-01":
        return "independently_verified", "high", ""
    return "self_reported", "medium", ""


def measurements() -> str:
    """Every measured value as CSV text."""
    lines = [
        "indicator,version,date,area,group,value,low,high,unit,source,method,verification,confidence,replaces,note"
    ]
    for series in SERIES:
        for place in (None, *PLACES) if series.by_area else (None,):
            lines += _rows(series, place)
    return "\n".join(lines) + "\n"


CONTEXT: dict[str, str] = {
    "I-VOTERS": "elections",
    "I-DISPLACED": "displacement",
    "I-BUDGET-EXT": "budget",
    "I-ADM-REVENUE": "budget",
}
"""Indicators that tell about the country's surroundings, by what they tell."""


def indicators() -> list[Fields]:
    """The thirty indicators; one was redefined and one discontinued."""
    out = []
    for series in SERIES:
        first: Fields = {
            "version": 1,
            "start": "2021-06-01",
            "definition": series.definition,
            "definition_fr": series.definition_fr,
        }
        versions = [first]
        if series.code == "I-POL-RESP":
            first |= {
                "end": "2023-12-31",
                "definition": "Median minutes from call to arrival, calls inside towns.",
                "definition_fr": "Médiane des minutes entre l'appel et l'arrivée, appels en ville.",
            }
            versions.append(
                {
                    "version": 2,
                    "start": RESPONSE_REDEFINED,
                    "definition": series.definition,
                    "definition_fr": series.definition_fr,
                    "change": "redefined",
                    "why": "Calls from villages were left out until 2023. Values before and after cannot be compared.",
                }
            )
        if series.code == "I-CONTROL":
            first |= {"end": "2024-06-30"}
            versions.append(
                {
                    "version": 2,
                    "start": CONTROL_ENDED,
                    "definition": "No longer rated.",
                    "definition_fr": "N'est plus évalué.",
                    "change": "discontinued",
                    "why": "The desk rating could not be checked in the field. It was ended while it was falling; that is said here.",
                }
            )
        out.append(
            entry(
                series.code,
                series.title,
                series.title_fr,
                series.owner,
                unit=series.unit,
                better=series.better,
                level=series.level,
                context=CONTEXT.get(series.code),
                low=series.low,
                high=series.high,
                fresh_months=series.fresh,
                every_months=series.every,
                method=series.method,
                versions=versions,
                sources=[series.source],
                classification="restricted" if series.code in ("I-ARMY-STRENGTH", "I-ARMY-SUPPLY") else "open",
                released_to=[COUNTERPART] if series.code in ("I-ARMY-STRENGTH", "I-ARMY-SUPPLY") else [],
            )
        )
    return out
