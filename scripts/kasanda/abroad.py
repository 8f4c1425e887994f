"""What is counted beyond Kasanda's borders: deaths in two invented neighbouring countries, month by month."""

from __future__ import annotations

from exitplan.domain.months import last_day, month_index
from scripts.kasanda.common import COUNTERPART, MEASURED_FROM, MEASURED_TO, POLITICAL, Fields, chance, entry, months

SOURCE = "SRC-EVENTS"

PLACES: tuple[tuple[str, str, str, str, str, float, dict[str, int]], ...] = (
    (
        "I-VELMORA-DEATHS",
        "Deaths from armed violence in the marches of Velmora",
        "Décès dus à la violence armée dans les marches de Velmora",
        "Deaths from armed violence of all kinds within 100 km of the border, best estimate of the month.",
        "Décès dus à la violence armée de toutes sortes à moins de 100 km de la frontière, meilleure estimation du mois.",
        0.5,
        {"2026-02": 9, "2026-03": 14, "2026-04": 6, "2026-05": 11},
    ),
    (
        "I-ALDRUNE-DEATHS",
        "Deaths from armed violence in Aldrune",
        "Décès dus à la violence armée en Aldrune",
        "Deaths from armed violence of all kinds in the whole country, best estimate of the month.",
        "Décès dus à la violence armée de toutes sortes dans tout le pays, meilleure estimation du mois.",
        0.3,
        {},
    ),
)
"""Code, titles, definitions, deaths a month in ordinary times, and the months that were not ordinary."""


def indicators() -> list[Fields]:
    """One indicator for each place beyond the border."""
    return [
        entry(
            code,
            title,
            title_fr,
            POLITICAL,
            sources=[SOURCE],
            unit="deaths",
            better="lower",
            level="context",
            context="neighbours",
            low=0,
            fresh_months=3,
            method="Counted from the event list, month by month.",
            released_to=[COUNTERPART],
            versions=[{"version": 1, "start": "2021-06-01", "definition": definition, "definition_fr": definition_fr}],
        )
        for code, title, title_fr, definition, definition_fr, _, _ in PLACES
    ]


def rows() -> list[str]:
    """The values as lines of the measurements file; none is missing."""
    lines = []
    for code, _, _, _, _, ordinary, told in PLACES:
        stream = chance("abroad", code)
        for month in months(MEASURED_FROM, MEASURED_TO):
            drawn = sum(stream.random() < ordinary / 6 for _ in range(6))
            day = last_day(month_index(month)).isoformat()
            lines.append(f"{code},1,{day},,,{told.get(month, drawn)},,,deaths,{SOURCE},counted,self_reported,medium,,")
    return lines
