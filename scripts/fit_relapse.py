"""
Makes `library/priors/relapse.yaml` and `relapse_own.yaml`: chances of armed conflict in the years after a year, fitted on all
countries after violence or beside it; the second from the country's own record alone.

    python -m scripts.fit_relapse [--data ../shared/data] [--to src/exitplan/library/priors]
    python -m scripts.fit_relapse --choose      compare choices of variables on countries left out; exits are not looked at

The settings below were frozen on the day that is the version. The same data give the same bytes. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml

from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import shipped
from exitplan.engine.relapse.backtest import compared
from exitplan.engine.relapse.training import OUTCOMES, taught
from exitplan.engine.relapse.years import CountryYears
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.risk_models import PRIORS, RELAPSE, RELAPSE_OWN
from exitplan.importers.surroundings import read_surroundings
from exitplan.usecases.exit_backtest import FILES, country_years

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

VERSION = "2026-11-29"
OWN = ("quiet", "conflict", "memory_20", "violence_4", "deaths")
VARIABLES = (*OWN, "neighbours_4", "hosted", "fled")
FILES_MADE = {RELAPSE.name: VARIABLES, RELAPSE_OWN.name: OWN}
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
    OWN,
    (*OWN, "neighbours_4"),
    (*OWN, "hosted", "fled"),
    VARIABLES,
)
SOURCE = (
    "Fitted on UCDP/PRIO Armed Conflict Dataset 22.1, 1946-2021 (Gleditsch et al. 2002, Journal of Peace Research 39(5); Davies "
    "et al. 2022, Journal of Peace Research 59(4)) and UCDP Organized violence by country and year 25.1, 1989-2024 (Davies et "
    "al. 2025, Journal of Peace Research 62(4)), CC BY 4.0: countries within 20 years of violence, or beside a country in conflict, "
    "1990-2019; refugees: UNHCR, refugee population statistics, CC BY 4.0"
)
CHOSEN = (
    "Variables: the best of the choices that docs/methods/relapse.md lists, on country-years, each country forecast without "
    "itself; no exit was looked at for it. Ridge and balance were set beforehand."
)


def model(of: CountryYears, variables: tuple[str, ...]) -> RiskModel:
    """The parameters as they ship."""
    fitted = []
    for outcome in OUTCOMES:
        data = taught(of, outcome, variables)
        fitted.append(shipped(data.fitted(None, ridge=RIDGE, balance=BALANCE), outcome.code, len(data.country)))
    return RiskModel(
        version=VERSION,
        mark="measured",
        source=SOURCE,
        chosen=CHOSEN,
        variables=variables,
        ridge=RIDGE,
        balance=BALANCE,
        outcomes=tuple(fitted),
    )


HEAD = """\
# Chances of armed conflict after exits. Made by scripts/fit_relapse.py; variables as in docs/methods/relapse.md.
# mark: measured (fitted by us on real conflicts). sd: standard errors from a sandwich over countries.
"""


def written(found: RiskModel) -> str:
    """The text of the file."""
    body = found.model_dump(mode="json")
    return HEAD + yaml.safe_dump(body, sort_keys=False, width=120, default_flow_style=None, allow_unicode=True)


def main() -> None:
    """Read the data and write the files, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--to", type=Path, default=PRIORS)
    parser.add_argument("--choose", action="store_true")
    asked = parser.parse_args()
    of = country_years(read_conflict_years(*(asked.data / name for name in FILES)), read_surroundings())
    if asked.choose:
        for names, score in sorted(compared(of, CANDIDATES, ridge=RIDGE, balance=BALANCE).items(), key=lambda i: i[1]):
            print(f"{score:.4f}  {', '.join(names)}")
    else:
        for name, variables in FILES_MADE.items():
            (asked.to / name).write_text(written(model(of, variables)), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
