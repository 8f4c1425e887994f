"""
Makes `library/priors/relapse.yaml`: chances of armed conflict in the years after a year, fitted on all countries after violence.

    python -m scripts.fit_relapse [--data ../shared/data] [--to src/exitplan/library/priors/relapse.yaml]
    python -m scripts.fit_relapse --choose      compare choices of variables on countries left out; exits are not looked at

The settings below were frozen on the day that is the version. The same data give the same bytes. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

from pathlib import Path

from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import shipped
from exitplan.engine.relapse.backtest import compared
from exitplan.engine.relapse.training import OUTCOMES, taught
from exitplan.engine.relapse.years import CountryYears
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.usecases.exit_backtest import FILES, country_years
from scripts.risk_file import fit_or_compare

VERSION = "2026-11-29"
VARIABLES = ("quiet", "conflict", "memory_20", "violence_4", "deaths")
RIDGE, BALANCE = 10.0, 1.0
CANDIDATES = (
    ("conflict",),
    ("quiet",),
    ("quiet", "memory_10"),
    ("quiet", "memory_20"),
    ("quiet", "conflict", "memory_20"),
    ("quiet", "memory_10", "violence_1"),
    ("quiet", "memory_10", "violence_4"),
    ("quiet", "conflict", "memory_20", "violence_4"),
    VARIABLES,
)
SOURCE = (
    "Fitted on UCDP/PRIO Armed Conflict Dataset 22.1, 1946-2021 (Gleditsch et al. 2002, Journal of Peace Research 39(5); Davies "
    "et al. 2022, Journal of Peace Research 59(4)) and UCDP Organized violence by country and year 25.1, 1989-2024 (Davies et "
    "al. 2025, Journal of Peace Research 62(4)), CC BY 4.0: countries within 20 years of violence, 1990-2019"
)
CHOSEN = (
    "Variables: the best of nine choices on country-years, each country forecast without itself; no exit was looked at for "
    "it. Ridge and balance were set beforehand. See docs/methods/relapse.md for what else was tried."
)


def years(data: Path) -> CountryYears:
    """The country-years of a data folder."""
    return country_years(read_conflict_years(*(data / name for name in FILES)))


def model(data: Path) -> RiskModel:
    """The parameters as they ship."""
    of, fitted = years(data), []
    for outcome in OUTCOMES:
        data = taught(of, outcome, VARIABLES)
        fitted.append(shipped(data.fitted(None, ridge=RIDGE, balance=BALANCE), outcome.code, len(data.country)))
    return RiskModel(
        version=VERSION,
        mark="measured",
        source=SOURCE,
        chosen=CHOSEN,
        learned_from=f"{of.first}-01",
        learned_to=f"{of.first + of.years - 1}-12",
        variables=VARIABLES,
        ridge=RIDGE,
        balance=BALANCE,
        outcomes=tuple(fitted),
    )


def compare(data: Path) -> None:
    """Print the score of each choice of variables."""
    scores = compared(years(data), CANDIDATES, ridge=RIDGE, balance=BALANCE)
    for names, score in sorted(scores.items(), key=lambda item: item[1]):
        print(f"{score:.4f}  {', '.join(names)}")


HEAD = """\
# Chances of armed conflict after exits. Made by scripts/fit_relapse.py; variables as in docs/methods/relapse.md.
# mark: measured (fitted by us on real conflicts). sd: standard errors from a sandwich over countries.
"""

if __name__ == "__main__":
    fit_or_compare(__doc__, "relapse.yaml", HEAD, model, compare)
