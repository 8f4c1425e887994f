"""
Makes `library/surroundings.csv`: conflict in the countries around each country, and refugees, at the end of every year.

    python -m scripts.build_surroundings [--data ../shared/data] [--to src/exitplan/library/surroundings.csv]

Neighbours are States with a common land border in that year, by their mainlands: `borders.csv` beside this script, two UCDP
country numbers and the years between which they were neighbours, where that changed. Those facts were written down by country,
both ways, and held against the neighbours that GeoNames lists. The same data give the same bytes. Columns:
docs/methods/relapse.md.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import polars as pl

from exitplan.engine.binary.logistic import Floats
from exitplan.engine.relapse.years import CountryYears, memory
from exitplan.importers.conflict_years import read_conflict_years
from exitplan.importers.surroundings import COLUMNS
from exitplan.usecases.exit_backtest import FILES, country_years

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "exitplan" / "library" / "surroundings.csv"
BORDERS = Path(__file__).resolve().parent / "borders.csv"
REFUGEES = "covariates/unhcr_displacement_country_year.csv.gz"
NUMBERS = "views_forecasts/views_country_ids.csv"

HALF_LIFE = 4.0
"""Years, as of a country's own violence."""
OTHER_NUMBERS = {"SRB": 345, "XKX": 347}
"""UCDP's numbers where they are not those of the list of countries."""


def borders() -> list[tuple[int, int, int, int]]:
    """Two numbers, the first and the last year in which they were neighbours."""
    with BORDERS.open(encoding="utf-8", newline="") as lines:
        return [
            (int(row["one"]), int(row["other"]), int(row["since"] or 0), int(row["until"] or 9999))
            for row in csv.DictReader(lines)
        ]


def around(of: CountryYears, values: Floats) -> Floats:
    """Sum of values over the neighbours of each country in each year, both of them States then."""
    at = {number: row for row, number in enumerate(of.countries)}
    years = np.arange(of.years) + of.first
    total = np.zeros(values.shape)
    for one, other, since, until in borders():
        a, b = at[one], at[other]
        both = of.counted[a] & of.counted[b] & (since <= years) & (years <= until)
        total[a] += np.where(both, values[b], 0.0)
        total[b] += np.where(both, values[a], 0.0)
    return total


def codes(data: Path) -> dict[int, str]:
    """Number of a State to its ISO code, the newest State of each code."""
    rows = pl.read_csv(data / NUMBERS).sort("gweyear", "gwcode")
    newest = dict(rows.select("iso3", "gwcode").iter_rows()) | OTHER_NUMBERS
    return {number: code for code, number in newest.items()}


def surroundings(data: Path) -> str:
    """The file's text."""
    of = country_years(read_conflict_years(*(data / name for name in FILES)))
    conflict = around(of, of.conflict.astype(np.float64)) > 0
    violence = memory(np.log1p(around(of, of.all_kinds)), HALF_LIFE)
    iso3 = codes(data)
    row, column = np.nonzero(of.counted)
    made = pl.DataFrame(
        {
            "gwno": np.array(of.countries)[row],
            "iso3": [iso3.get(of.countries[at], "") for at in row],
            "year": column + of.first,
            "conflict": conflict[row, column].astype(np.int64),
            "violence": violence[row, column].round(3),
        }
    )
    refugees = pl.read_csv(data / REFUGEES).select(
        "iso3", pl.col("year").cast(pl.Int64), hosted="refugees_hosted", fled="refugees_from"
    )
    # UNHCR lists a country's years with refugees; of a code that it never lists it says nothing.
    listed = pl.col("iso3").is_in(refugees["iso3"].unique().to_list())
    return (
        made.join(refugees, on=("iso3", "year"), how="left", maintain_order="left")
        .with_columns(pl.when(listed).then(pl.col(name).fill_null(0).cast(pl.Int64)) for name in ("hosted", "fled"))
        .select(COLUMNS)
        .write_csv(line_terminator="\n")
    )


def main() -> None:
    """Read the data and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args()
    asked.to.write_text(surroundings(asked.data), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
