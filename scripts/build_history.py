"""
Makes `library/history/deaths_by_month.csv`: deaths from organised violence by country and month, where peace operations were.

    python -m scripts.build_history [--data ../shared/data] [--to src/exitplan/library/history/deaths_by_month.csv]

Monthly sums of UCDP's best estimates and nothing finer. African hosts: 1990-01 to 2009-12 by kind of violence from the VIEWS
covariates, then all kinds together to 2024-12; other hosts 2010-01 to 2024-12. The kinds are kept up to 2020-08 where their
sum is the total of the other file. The same data give the same bytes. Sources: `library/history/README.md`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "exitplan" / "library" / "history" / "deaths_by_month.csv"

HOSTS = (
    "AFG", "AGO", "BDI", "BIH", "CAF", "CIV", "COD", "CYP", "ERI", "ETH", "GEO", "GTM", "HRV", "HTI", "IRQ", "KHM", "LBN", "LBR", "MAR",
    "MKD", "MLI", "MOZ", "NAM", "RWA", "SDN", "SLE", "SLV", "SOM", "SSD", "SYR", "TCD", "TJK", "TLS", "UGA", "XKX",
)  # fmt: skip
"""
Countries inside which a United Nations peacekeeping operation, or ISAF, was deployed at some time from 1990 to 2024. Left
out are countries that only held observers of a line between two states: they say nothing about the country's own months.
"""

NEW_SERIES = "2010-01"


def history(data: Path) -> str:
    """The file's text."""
    folder = data / "ucdp_country_month"
    africa = pl.read_csv(folder / "views_africa_country_month_1990_2020.csv.gz", infer_schema_length=None).select(
        "iso3",
        "month",
        state_based=pl.col("ged_best_sb").cast(pl.Int64),
        non_state=pl.col("ged_best_ns").cast(pl.Int64),
        one_sided=pl.col("ged_best_os").cast(pl.Int64),
    )
    total = pl.read_csv(folder / "ucdp_country_month_2010_2024.csv.gz").select("iso3", "month", deaths="fatalities")
    kinds = ("state_based", "non_state", "one_sided")
    known = africa.with_columns(summed=pl.sum_horizontal(kinds))
    old = known.filter(pl.col("month") < NEW_SERIES).with_columns(deaths="summed")
    new = total.join(known, on=("iso3", "month"), how="left").with_columns(
        pl.when(pl.col("summed") == pl.col("deaths")).then(pl.col(kind)).alias(kind) for kind in kinds
    )
    columns = ("iso3", "month", "deaths", *kinds)
    whole = pl.concat([old.select(columns), new.filter(pl.col("month") >= NEW_SERIES).select(columns)]).filter(
        pl.col("iso3").is_in(HOSTS)
    )
    ends = (pl.col("month") == pl.col("month").min().over("iso3")) | (
        pl.col("month") == pl.col("month").max().over("iso3")
    )
    return whole.filter((pl.col("deaths") > 0) | ends).sort("iso3", "month").write_csv(line_terminator="\n")


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Make the monthly histories that alarms are tried on.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the real data")
    parser.add_argument("--to", type=Path, default=TARGET, help="file to write")
    given = parser.parse_args()
    text = history(given.data)
    given.to.parent.mkdir(parents=True, exist_ok=True)
    given.to.write_text(text, "utf-8", newline="\n")
    print(f"{given.to.name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
