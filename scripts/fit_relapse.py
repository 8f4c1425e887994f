"""
Makes `library/priors/relapse.yaml` and `relapse_own.yaml`: chances of armed conflict in the years after a year, fitted on all
countries after violence or beside it; the second from the country's own record alone.

    python -m scripts.fit_relapse [--data ../shared/data] [--to src/exitplan/library/priors]
    python -m scripts.fit_relapse --choose      compare choices of variables on countries left out; exits are not looked at
    python -m scripts.fit_relapse --short       compare readings of the years before a short record, in the same way

The settings below were frozen on the day that is the version. The same data give the same bytes. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import shipped
from exitplan.engine.relapse.backtest import compared, short_records
from exitplan.engine.relapse.training import OUTCOMES, Outcome, taught
from exitplan.engine.relapse.years import CountryYears
from exitplan.engine.stability.scores import brier
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.risk_models import RELAPSE, RELAPSE_OWN
from exitplan.importers.surroundings import read_surroundings
from exitplan.usecases.exit_backtest import FILES, country_years
from scripts.risk_file import fit_or_compare

VERSION = "2026-11-29"
OWN = ("quiet", "conflict", "memory_20", "violence_4", "deaths")
VARIABLES = (*OWN, "neighbours_4", "hosted", "fled")
RIDGE, BALANCE = 10.0, 1.0
KNOWN = (5, 10, 20)
"""Years known in the comparison of short records."""
CANDIDATES = (
    ("conflict",),
    ("quiet",),
    ("quiet", "memory_10"),
    ("quiet", "memory_20"),
    ("quiet", "conflict", "memory_20"),
    ("quiet", "memory_10", "violence_1"),
    ("quiet", "memory_10", "violence_4"),
    ("quiet", "conflict", "memory_20", "violence_4"),
    OWN,
    (*OWN, "neighbours_4"),
    (*OWN, "hosted", "fled"),
    VARIABLES,
)
EVENTS = (
    "Fitted on UCDP/PRIO Armed Conflict Dataset 22.1, 1946-2021 (Gleditsch et al. 2002, Journal of Peace Research 39(5); Davies "
    "et al. 2022, Journal of Peace Research 59(4)) and UCDP Organized violence by country and year 25.1, 1989-2024 (Davies et "
    "al. 2025, Journal of Peace Research 62(4)), CC BY 4.0: countries within 20 years of violence, or beside a country in conflict, "
    "1990-2019"
)
SOURCE = f"{EVENTS}; refugees: UNHCR, refugee population statistics, CC BY 4.0"
CHOSEN = (
    "Variables: the best of the choices that docs/methods/relapse.md lists, on country-years, each country forecast without "
    "itself. Exits took no part in the choice, but had been scored with earlier choices before; that page says when. Ridge and "
    "balance were set beforehand."
)


def years(data: Path) -> CountryYears:
    """The country-years of a data folder, and what lay around them."""
    return country_years(read_conflict_years(*(data / name for name in FILES)), read_surroundings())


def model(data: Path, variables: tuple[str, ...] = VARIABLES) -> RiskModel:
    """The parameters as they ship."""
    of, fitted = years(data), []
    for outcome in OUTCOMES:
        learnt = taught(of, outcome, variables)
        fitted.append(shipped(learnt.fitted(None, ridge=RIDGE, balance=BALANCE), outcome.code, len(learnt.country)))
    return RiskModel(
        version=VERSION,
        mark="measured",
        source=EVENTS if variables == OWN else SOURCE,
        chosen=CHOSEN,
        learned_from=f"{of.first}-01",
        learned_to=f"{of.first + of.years - 1}-12",
        variables=variables,
        ridge=RIDGE,
        balance=BALANCE,
        outcomes=tuple(fitted),
    )


def compare(data: Path) -> None:
    """Print the score of each choice of variables."""
    scores = compared(years(data), CANDIDATES, ridge=RIDGE, balance=BALANCE)
    for names, score in sorted(scores.items(), key=lambda item: item[1]):
        print(f"{score:.4f}  {', '.join(names)}")


def short_rows(data: Path) -> list[tuple[str, ...]]:
    """
    Brier score and mean forecast when the years before a short record are taken as calm, and as not known; what happened.

    By outcome and years known, of all lessons and of those without conflict in the years known.
    """
    of, rows = years(data), []
    for outcome in (Outcome("conflict", 5), Outcome("war", 5)):
        for known in KNOWN:
            learnt, chances = short_records(of, outcome, VARIABLES, known, ridge=RIDGE, balance=BALANCE)
            calm = ~of.last(learnt.country, learnt.year, known, whole=False).conflict.any(axis=1)
            for what, some in (("all", np.ones(calm.size, dtype=bool)), ("calm", calm)):
                happened = learnt.happened[some]
                said = [
                    f"{brier(p[some], happened).mean():.3f}, {100 * p[some].mean():.1f} %" for p in chances.values()
                ]
                rows.append(
                    (f"`{outcome.code}`", str(known), what, str(happened.size), *said, f"{100 * happened.mean():.1f} %")
                )
    return rows


def compare_short(data: Path) -> None:
    """Print what becomes of forecasts from short records."""
    for row in short_rows(data):
        print("| " + " | ".join(row) + " |")


MADE = {RELAPSE.name: model, RELAPSE_OWN.name: partial(model, variables=OWN)}
HEAD = """\
# Chances of armed conflict after exits. Made by scripts/fit_relapse.py; variables as in docs/methods/relapse.md.
# mark: measured (fitted by us on real conflicts). sd: standard errors from a sandwich over countries.
"""

if __name__ == "__main__":
    fit_or_compare(__doc__, MADE, HEAD, choose=compare, short=compare_short)
