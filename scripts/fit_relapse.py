"""
Makes `library/priors/relapse.yaml`: chances of armed conflict in the years after a year, fitted on all countries after violence.

    python -m scripts.fit_relapse [--data ../shared/data] [--to src/exitplan/library/priors/relapse.yaml]
    python -m scripts.fit_relapse --choose      compare choices of variables on countries left out; exits are not looked at
    python -m scripts.fit_relapse --short       compare readings of the years before a short record, in the same way

The settings below were frozen on the day that is the version. The same data give the same bytes. Method page:
docs/methods/relapse.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import yaml

from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import shipped
from exitplan.engine.relapse.backtest import compared, short_records
from exitplan.engine.relapse.training import OUTCOMES, Outcome, taught
from exitplan.engine.relapse.years import CountryYears
from exitplan.engine.stability.scores import brier
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.usecases.exit_backtest import FILES, country_years

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "exitplan" / "library" / "priors" / "relapse.yaml"

VERSION = "2026-11-29"
VARIABLES = ("quiet", "conflict", "memory_20", "violence_4", "deaths")
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


def model(of: CountryYears) -> RiskModel:
    """The parameters as they ship."""
    fitted = []
    for outcome in OUTCOMES:
        data = taught(of, outcome, VARIABLES)
        fitted.append(shipped(data.fitted(None, ridge=RIDGE, balance=BALANCE), outcome.code, len(data.country)))
    return RiskModel(
        version=VERSION,
        mark="measured",
        source=SOURCE,
        chosen=CHOSEN,
        variables=VARIABLES,
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


def short_rows(of: CountryYears) -> list[tuple[str, ...]]:
    """
    Brier score and mean forecast when the years before a short record are taken as calm, and as not known; what happened.

    By outcome and years known, of all lessons and of those without conflict in the years known.
    """
    rows = []
    for outcome in (Outcome("conflict", 5), Outcome("war", 5)):
        for years in KNOWN:
            data, chances = short_records(of, outcome, VARIABLES, years, ridge=RIDGE, balance=BALANCE)
            calm = ~of.last(data.country, data.year, years, whole=False).conflict.any(axis=1)
            for what, some in (("all", np.ones(calm.size, dtype=bool)), ("calm", calm)):
                happened = data.happened[some]
                said = [
                    f"{brier(p[some], happened).mean():.3f}, {100 * p[some].mean():.1f} %" for p in chances.values()
                ]
                rows.append(
                    (f"`{outcome.code}`", str(years), what, str(happened.size), *said, f"{100 * happened.mean():.1f} %")
                )
    return rows


def main() -> None:
    """Read the data and write the file, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--to", type=Path, default=TARGET)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    of = country_years(read_conflict_years(*(asked.data / name for name in FILES)))
    if asked.choose:
        for names, score in sorted(compared(of, CANDIDATES, ridge=RIDGE, balance=BALANCE).items(), key=lambda i: i[1]):
            print(f"{score:.4f}  {', '.join(names)}")
    elif asked.short:
        for row in short_rows(of):
            print("| " + " | ".join(row) + " |")
    else:
        asked.to.write_text(written(model(of)), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
