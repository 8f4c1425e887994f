"""
Which past exits are like the mission at hand, why, and how often things happened after them.

Distance is Gower's [1]_ over the variables known for both; an unknown variable is counted as unknown and never as zero. Base rates
carry the interval of Wilson [2]_.

.. [1] Gower, J. C. (1971). A general coefficient of similarity and some of its properties. Biometrics 27(4), 857-871.
.. [2] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
   Statistical Association 22(158), 209-212.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from exitplan.domain.cases import Case, Dimension
from exitplan.domain.results.cases import BaseRate, CaseOutcome, CaseProfile, SimilarCase, SimilarResult

ALIKE = 0.25
"""Part of the range up to which two values agree."""
FEWEST = 3
"""Variables known for both below which two exits are not compared."""
NEAREST = 5
"""Cases that the base rates of similar cases count."""
Z80 = 1.2815515655446004
"""Quantile of the normal distribution for a two-sided interval of 80 %."""

CATEGORIES = ("region", "exit", "weight", "active")
NUMBERS: Mapping[str, Callable[[float], float]] = {
    "per_100k": math.log1p,
    "deaths_24m": math.log1p,
    "drawdown": math.log1p,
}
"""Numeric variables on the scale on which they are compared: ratios count, not differences."""
VARIABLES = (*CATEGORIES, *NUMBERS)

EVENTS: Mapping[str, tuple[Dimension, int]] = {
    "r1-2": ("R1", 2),
    "r1-5": ("R1", 5),
    "r2-5": ("R2", 5),
    "r6-2": ("R6", 2),
}
"""What base rates count: a dimension over a horizon."""

Known = tuple[Case, CaseProfile, CaseOutcome]


def similar(here: CaseProfile, cases: Sequence[Known], *, without: Sequence[str] = ()) -> SimilarResult:
    """
    Past exits, nearest first, with base rates.

    Parameters
    ----------
    without
        Codes of cases that are the mission at hand itself, or that had not happened yet on the day looked from.
    """
    left = [known for known in cases if known[0].code not in without]
    ranges = _ranges([here, *(profile for _, profile, _ in left)])
    compared, too_little = [], []
    for case, profile, outcome in left:
        parts = _parts(here, profile, ranges)
        known = {name: part for name, part in parts.items() if part is not None}
        if len(known) < FEWEST:
            too_little.append(case.code)
            continue
        compared.append(
            SimilarCase(
                code=case.code,
                title=case.title,
                title_fr=case.title_fr,
                distance=sum(known.values()) / len(known),
                known=len(known),
                agree=tuple(name for name, part in known.items() if part <= ALIKE),
                differ=tuple(name for name, part in known.items() if part > ALIKE),
                unknown=tuple(name for name, part in parts.items() if part is None),
                profile=profile,
                outcome=outcome,
            )
        )
    compared.sort(key=lambda found: (found.distance, -found.known, found.code))
    near = [found.outcome for found in compared[:NEAREST]]
    return SimilarResult(
        profile=here,
        similar=tuple(compared),
        later=tuple(without),
        too_little=tuple(too_little),
        used=len(near),
        rates=(*_rates("all", [outcome for _, _, outcome in left]), *_rates("similar", near)),
    )


def wilson(hits: int, n: int, z: float = Z80) -> tuple[float, float]:
    """
    Wilson's interval of a share, as low and high end between 0 and 1; the whole range where `n` is 0.

    Parameters
    ----------
    hits, n
        How often it happened among how many.
    z
        Quantile of the normal distribution; 80 % by default.
    """
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _rates(of: str, outcomes: Sequence[CaseOutcome]) -> list[BaseRate]:
    made = []
    for event, (dimension, horizon) in EVENTS.items():
        states = [outcome.of(dimension, horizon).state for outcome in outcomes]
        made.append(_rate(of, event, [s == "adverse" for s in states if s in ("adverse", "clear")], len(states)))
    bands = [outcome.band for outcome in outcomes]
    made.append(
        _rate(
            of,
            "not-held",
            [b == "failed" for b in bands if b not in ("too_early", "not_coded", "contested")],
            len(bands),
        )
    )
    return made


def _rate(of: str, event: str, judged: Sequence[bool], asked: int) -> BaseRate:
    low, high = wilson(sum(judged), len(judged))
    return BaseRate(
        of=of,
        event=event,
        adverse=sum(judged),
        cases=len(judged),
        open=asked - len(judged),
        rate=sum(judged) / len(judged) if judged else None,
        low=low,
        high=high,
    )


def _ranges(profiles: Sequence[CaseProfile]) -> dict[str, float]:
    made = {}
    for name, scale in NUMBERS.items():
        values = [scale(value) for profile in profiles if (value := getattr(profile, name)) is not None]
        made[name] = max(values) - min(values) if values else 0.0
    return made


def _parts(here: CaseProfile, there: CaseProfile, ranges: Mapping[str, float]) -> dict[str, float | None]:
    """Each variable's part of the distance, from 0 to 1; None where it is not known for both."""
    parts: dict[str, float | None] = {}
    for name in VARIABLES:
        one, other = getattr(here, name), getattr(there, name)
        if one is None or other is None:
            parts[name] = None
        elif name in CATEGORIES:
            parts[name] = float(one != other)
        else:
            scale = NUMBERS[name]
            parts[name] = abs(scale(one) - scale(other)) / ranges[name] if ranges[name] else 0.0
    return parts
