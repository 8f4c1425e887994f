"""What every part of Kasanda shares: the dates, the shape of an entry, months and seeded random numbers."""

from __future__ import annotations

import random
from typing import Any

from exitplan.domain.months import month_index, month_text

SEED = 2026
AS_OF = "2026-06-30"
MEASURED_FROM = "2021-06"
MEASURED_TO = "2026-05"
VIOLENCE_FROM = "2016-07"
VIOLENCE_TO = "2026-06"
MANDATE_END = "2027-06-30"

TRANSITION = "Joint Transition Secretariat"
POLICE = "Mission Police Component"
FORCE = "Force Headquarters"
SUPPORT = "Mission Support Centre"
JUSTICE = "Justice and Corrections Section"
CIVIL = "Civil Affairs Section"
PROTECTION = "Protection Advisory Unit"
POLITICAL = "Political Affairs Division"
MINES = "Explosive Hazard Section"
ELECTIONS = "Electoral Support Unit"
BENCHMARKS = "Benchmarks Cell"
SECURITY = "Mission Security Section"
HEAD = "Office of the Head of Mission"
COMMUNICATION = "Public Information Office"
INTERIOR = "Ministry of the Interior of Kasanda"
DEFENCE = "Ministry of Defence of Kasanda"
JUSTICE_MINISTRY = "Ministry of Justice of Kasanda"
LOCAL_GOVERNMENT = "Ministry of Local Government of Kasanda"

COUNTERPART = "national_counterpart"
"""The role in which the host country reads."""
CONTRIBUTORS = ("P-CALVESSA", "P-THALNOR", "P-BIREYA")
"""Partners whose soldiers and police serve in the mission."""

Fields = dict[str, Any]


def entry(code: str, title: str, title_fr: str, owner: str = "", **fields: Any) -> Fields:
    """One entry of the dossier, marked as invented."""
    return {"code": code, "title": title, "title_fr": title_fr, "owner": owner, "basis": "fictional", **fields}


def chance(*names: object) -> random.Random:
    """Random numbers of a named stream: the same names give the same numbers on every machine."""
    return random.Random("/".join(str(name) for name in (SEED, *names)))


def months(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included."""
    return [month_text(index) for index in range(month_index(first), month_index(last) + 1)]


def later(month: str, number: int) -> str:
    """The month a number of months later."""
    return month_text(month_index(month) + number)
