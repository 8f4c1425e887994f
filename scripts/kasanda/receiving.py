"""What Kasanda adds about who takes over: signed answers, budget lines, courses, consultations, needs without anybody, survey groups."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from exitplan.domain.kinds import Function
from scripts.kasanda import measures, parties, planning, work
from scripts.kasanda.common import CIVIL, TRANSITION, Fields, chance, entry
from scripts.kasanda.country import COUNTRY

# function: day, partner that signed, conditions or reasons, cost when it was answered where that has changed since
_SIGNED: dict[str, tuple[str, str | None, str, float | None]] = {
    "F-EOD": ("2026-05-20", None, "", None),
    "F-JUS": ("2025-11-12", None, "", 6.5e6),
    "F-SEC": ("2026-04-08", None, "Supply and medical evacuation are paid for two years, and the grazing routes are marked before the east is handed over.", None),
    "F-ADM": ("2026-03-17", "P-AGENCIES", "Each field office is paid for before it opens; no office opens on a promise.", None),
}  # fmt: skip


def functions() -> list[Fields]:
    """The functions with what their receivers signed; one was answered at another cost than stands there now."""
    out = []
    for fields in work.functions():
        if (signed := _SIGNED.get(fields["code"])) is not None:
            day, partner, words, cost = signed
            fields = {**fields, "answered_on": day, "answered_by": partner, "conditions": words}
            answered = {**fields, **({"cost_year": cost} if cost else {})}
            fields["answered_terms"] = Function.model_validate(answered).terms
        out.append(fields)
    return out


# share certified, share paid from abroad, mentors needed for each 100, by the kind of institution in its code
_TRAINED = {
    "POL": (0.52, 0.34, 3.0),
    "ARMY": (0.6, 0.41, 2.5),
    "COURT": (0.7, 0.12, 1.5),
    "ADM": (0.75, 0.2, 1.0),
    "PRISON": (0.44, 0.18, 3.0),
}


def institutions() -> list[Fields]:
    """The institutions with courses under way and planned, certification, mentors needed and pay from abroad."""
    return [_trained(fields) for fields in work.institutions()]


def _trained(fields: Fields) -> Fields:
    kind = fields["code"].split("-")[1]
    if kind not in _TRAINED:
        return fields
    certified, abroad, mentors = _TRAINED[kind]
    stream = chance("training", fields["code"])
    size = max(6, round(fields["intake_month"] * 4))
    months = fields["course_months"]
    ready = 1 - (fields["attrition_year"] - 0.11) / 0.08
    running, planned = ("2026-04-06", "2026-09-07") if months > 3 else ("2026-05-04", "2026-09-07")
    cohorts = [
        {"title": f"2026/{number}", "start": start, "months": months, "size": size, "women": round(size * share)}
        for number, start, share in ((1, running, fields["women"] + 0.03), (2, planned, fields["women"] + 0.06))
    ]
    if kind == "COURT":
        cohorts = cohorts[:1]
    return {
        **fields,
        "certified": round(min(0.98, certified + 0.2 * ready + stream.uniform(-0.04, 0.04)), 2),
        "externally_paid": round(max(0.0, abroad - 0.1 * ready + stream.uniform(-0.03, 0.03)), 2),
        "mentors_needed_per_100": mentors,
        "cohorts": cohorts,
    }


PAID = 0.5
"""Share of the budget laws of two years that is paid out after the first."""

# code, titles, function, amount, first and last day, how firm, conditions
_BUDGET = (
    ("QB-SEC-27", "Budget laws 2025/26 and 2026/27: army", "Lois de finances 2025/26 et 2026/27 : armée", "F-SEC", 62.0e6, "2025-07-01", "2027-06-30", "signed", ""),
    ("QB-SEC-28", "Medium-term budget 2027/28: army", "Cadre budgétaire 2027/28 : armée", "F-SEC", 31.0e6, "2027-07-01", "2028-06-30", "announced", "Revenue as planned."),
    ("QB-POL-27", "Budget laws 2025/26 and 2026/27: police", "Lois de finances 2025/26 et 2026/27 : police", "F-POL", 88.0e6, "2025-07-01", "2027-06-30", "signed", ""),
    ("QB-POL-28", "Medium-term budget 2027/28: police", "Cadre budgétaire 2027/28 : police", "F-POL", 20.0e6, "2027-07-01", "2028-06-30", "announced", "Revenue as planned."),
    ("QB-EOD-27", "Budget laws 2025/26 and 2026/27: explosive hazards", "Lois de finances 2025/26 et 2026/27 : engins explosifs", "F-EOD", 3.2e6, "2025-07-01", "2027-06-30", "signed", ""),
    ("QB-COR-27", "Budget laws 2025/26 and 2026/27: prisons", "Lois de finances 2025/26 et 2026/27 : prisons", "F-COR", 4.6e6, "2025-07-01", "2027-06-30", "signed", ""),
    ("QB-JUS-27", "Budget laws 2025/26 and 2026/27: courts", "Lois de finances 2025/26 et 2026/27 : tribunaux", "F-JUS", 11.2e6, "2025-07-01", "2027-06-30", "signed", ""),
    ("QB-JUS-28", "Medium-term budget 2027/28: courts", "Cadre budgétaire 2027/28 : tribunaux", "F-JUS", 5.6e6, "2027-07-01", "2028-06-30", "announced", "Revenue as planned."),
)  # fmt: skip


def commitments() -> list[Fields]:
    """The commitments, and what the country's own budget gives each function."""
    return parties.commitments() + [
        entry(code, title, title_fr, TRANSITION, partner="P-HOST", type="money", function=function, amount=amount,
              delivered=round(amount * PAID) if status == "signed" else 0.0, unit="USD",
              start=start, end=end, status=status, conditions=conditions)
        for code, title, title_fr, function, amount, start, end, status, conditions in _BUDGET
    ]  # fmt: skip


# code, area, titles, day, channel, women, men, young, what was said, needs named there
_CONSULTATIONS = (
    ("CN-DRE", "DRE", "Hill villages of Drenshe", "Villages des collines de Drenché", "2025-09-15", "open meeting", 64, 71, 38,
     "People want to go home and will not go before somebody sleeps there. The convoy day is the only market day.", ("W01", "W02", "W03")),
    ("CN-SIV", "SIV", "Traders and farmers at the crossing", "Commerçants et paysans du poste frontière", "2025-09-15", "open meeting", 41, 88, 27,
     "At night a toll is taken at the crossing. Women asked to be heard apart from men.", ("W04", "W05", "W06")),
    ("CN-KES", "KES", "Herders and farmers of Kesholi", "Éleveurs et paysans de Kécholi", "2025-09-15", "two meetings, one for each side", 37, 95, 41,
     "Both sides name the same weeks of trouble and ask for marked paths before the rains.", ("W07", "W08", "W09")),
    ("CN-ORU", "ORU", "Women of Orumbeya", "Femmes d'Oroumbéya", "2025-09-15", "women alone", 112, 0, 46,
     "Reporting to the police is answered with laughter. A desk for women is wanted at each post.", ("W10", "W11", "W12")),
    ("CN-TEL", "TEL", "River villages and children's clubs", "Villages du fleuve et clubs d'enfants", "2025-09-15", "boat visits", 29, 33, 58,
     "The posts stand empty. The bridge is mined on both banks.", ("W13", "W14")),
    ("CN-NAL", "NAL", "Farmers of the wet plain", "Paysans de la plaine humide", "2026-02-10", "radio and telephone", 3, 52, 11,
     "The plain is cut off for four months. Births at night have no help. The radio hour is held when women are in the fields.", ("W15", "W25")),
    ("CN-VOR", "VOR", "Market and youth of Vorenna", "Marché et jeunesse de Vorenne", "2026-03-04", "open meeting", 140, 122, 97,
     "Light in the market is asked for before patrols. The young ask to be registered where they live.", ("W16", "W17", "W26")),
    ("CN-PARLIAMENT", None, "Parliament and parties", "Parlement et partis", "2025-10-20", "hearing", 22, 61, 9,
     "What others pay for, others can stop: the army first.", ("W21", "W22", "W23", "W24")),
)  # fmt: skip


def consultations() -> list[Fields]:
    """Days on which people were asked, with who took part."""
    return [
        entry(code, title, title_fr, CIVIL, area=f"XKA-{area}" if area else COUNTRY, date=day, channel=channel, women=women, men=men,
              young=young, said=said, sources=["SRC-CONSULTATION"])
        for code, area, title, title_fr, day, channel, women, men, young, said, _ in _CONSULTATIONS
    ]  # fmt: skip


# area, group, titles, their own words, day, programmes: needs that are no function of the mission's
_MORE_NEEDS = (
    ("NAL", "mothers", "A midwife at night", "Une sage-femme la nuit", "The clinic sleeps when we do not.", "2026-02-10", ["PR-HEALTH"]),
    ("VOR", "market women", "Light in the market", "De la lumière au marché", "Where there is light there is a witness.", "2026-03-04", []),
    ("TEL", "youth", "A school above the flood", "Une école hors des crues", "The water comes to class before we do.", "2026-03-18", []),
    ("SIV", "elders", "A list of who is missing", "La liste des disparus", "We do not know for whom to mourn.", "2026-04-22", []),
)  # fmt: skip

_PROGRAMMES = {"W02": ["PR-RETURN"], "W07": ["PR-GRAZING"], "W15": ["PR-ROADS"], "W19": ["PR-PRISON"]}


def needs() -> list[Fields]:
    """The needs with the consultation they come from, and four more, three of which nobody serves."""
    heard = {need: code for code, *_, named in _CONSULTATIONS for need in named}
    more = [
        entry(f"W{number}", title, title_fr, CIVIL, level="community", area=f"XKA-{area}", group=group, priority=4, asked_on=day,
              statement=words, programmes=programmes, sources=["SRC-CONSULTATION"])
        for number, (area, group, title, title_fr, words, day, programmes) in enumerate(_MORE_NEEDS, start=25)
    ]  # fmt: skip
    known = [
        {**fields, **({"programmes": _PROGRAMMES[fields["code"]]} if fields["code"] in _PROGRAMMES else {})}
        for fields in work.needs()
    ]
    return [
        {**fields, **({"consultation": heard[fields["code"]]} if fields["code"] in heard else {})}
        for fields in (*known, *more)
    ]


SAMPLE = {"total": 420, "sex=female": 214, "sex=male": 206, "age=18-29": 168, "age=30-49": 151, "age=50+": 101}
"""Adults asked in each area and group."""

AGES = ("18-29", "30-49", "50+")
LAST_SURVEY = "2026-05-31"


def mission() -> Fields:
    """The mission, which breaks surveys down by age as well."""
    fields = planning.mission()
    return {**fields, "dimensions": {**fields["dimensions"], "age": list(AGES)}}


def indicators() -> list[Fields]:
    """The indicators; the two of the household survey say how many were asked."""
    return [
        {**fields, "survey": True, "sample": SAMPLE} if fields["code"].startswith("I-PEOPLE-") else fields
        for fields in measures.indicators()
    ]


def measurements() -> str:
    """Every measured value, and the last survey of each area by age, without an interval of its own."""
    known = measures.measurements()
    ages = []
    for line in known.splitlines():
        code, version, day, area, group, value, *_ = line.split(",")
        if code.startswith("I-PEOPLE-") and day == LAST_SURVEY and area and not group:
            stream = chance("ages", code, area)
            for age, apart in zip(AGES, (-5.0, 0.5, 4.5), strict=True):
                found = min(95.0, max(5.0, float(value) + apart + stream.uniform(-2, 2)))
                ages.append(
                    f"{code},{version},{day},{area},age={age},{found:.1f},,,%,SRC-SURVEY,survey,independently_verified,medium,,"
                )
    return known + "\n".join(ages) + "\n"
