"""English words of the codes of back-tests of chances."""

from __future__ import annotations

CHANCE_CODES: dict[str, dict[str, str]] = {
    "chance_forecaster": {
        "model": "the model",
        "base-rate": "one common rate",
        "any-before": "any event within 50 km in the 24 months before",
        "logistic": "logistic regression on the events of these 24 months",
        "own-record": "the model on the country’s own record alone",
        "active-or-quiet": "conflict in the last two years known",
    },
    "chance_outcome": {
        "event-50km-24m": "an event within 50 km in 24 months",
        "event-50km-12m": "an event within 50 km in 12 months",
        "event-25km-24m": "an event within 25 km in 24 months",
        "event-25km-12m": "an event within 25 km in 12 months",
        "conflict-1y": "conflict within one year",
        "conflict-2y": "conflict within two years",
        "conflict-3y": "conflict within three years",
        "conflict-5y": "conflict within five years",
        "war-1y": "war (1,000 deaths in a year) within one year",
        "war-2y": "war within two years",
        "war-3y": "war within three years",
        "war-5y": "war within five years",
    },
    "backtest_mode": {
        "shipped": "parameters that come along",
        "left-out": "each mission left out",
    },
    "exits_part": {
        "relapse": "exits from countries with armed conflict on record before",
        "all": "all exits, those included where a conflict would be the first",
        "year-before": "exits of the first kind once more, from what was known at the end of the year before the exit",
        "every": "all exits, and operations on a line or border between States, which no other part counts",
    },
}
