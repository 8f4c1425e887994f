"""
Build the figures of the past exits in `library/cases` from the data beside the repository, and state the outcomes they give.

    .venv/bin/python scripts/build_cases.py ../shared/data

Every value is a sum or a value of a public data set that the register of sources names; no event leaves it. Running it again on
the same data gives the same bytes. Facts, claims and kinds of exit are written by hand in the YAML files; this script changes
nothing in them but `figures` (the digest of the table) and `outcome` (what the rules give).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path

import polars as pl

from exitplan.domain.cases import Case
from exitplan.domain.months import month_index, month_text
from exitplan.engine.cases.outcomes import outcome, stated
from exitplan.importers.cases import BUNDLED, COLUMNS, REGISTER, read_cases
from exitplan.importers.safe_yaml import dump_yaml, read_yaml
from exitplan.usecases.cases import cases
from exitplan.wording import Wording

COUNTRY = {
    "NAM": ("Namibia", 565), "SLV": ("El Salvador", 92), "KHM": ("Cambodia (Kampuchea)", 811), "MOZ": ("Mozambique", 541),
    "HRV": ("Croatia", 344), "RWA": ("Rwanda", 517), "AGO": ("Angola", 540), "SLE": ("Sierra Leone", 451),
    "TLS": ("East Timor", 860), "BDI": ("Burundi", 516), "TCD": ("Chad", 483), "CAF": ("Central African Republic", 482),
    "AFG": ("Afghanistan", 700), "CIV": ("Ivory Coast", 437), "HTI": ("Haiti", 41), "LBR": ("Liberia", 450),
    "SDN": ("Sudan", 625), "MLI": ("Mali", 432), "COD": ("DR Congo (Zaire)", 490),
}  # fmt: skip
"""UCDP's name and the Gleditsch-Ward and Correlates of War number of each host country."""
MISSIONS = {
    "BNUB": ("ONUB", "BINUB", "BNUB"), "MINUJUSTH": ("MINUSTAH", "MINUJUSTH"), "MONUSCO-SK": ("MONUSCO",), "ISAF": (),
}  # fmt: skip
"""Names of missions in the data where they are not the case's code."""
AREAS = {"Sud-Kivu": ("COD", "Sud-Kivu")}
AROUND = 60
"""Months before and after the last departure for which violence is shown month by month."""
STRENGTH = 120
"""Months before the last departure for which strength is shown."""
LATEST = "2024-07"
"""Month around which a case without a last departure is shown."""
TYPES = {"1": "state_based", "2": "non_state", "3": "one_sided"}

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide" / "cases.md"
MARK, END = "<!-- cases: made by scripts/build_cases.py -->", "<!-- cases: end -->"

Row = tuple[str, str, str, float, str]


class Data:
    """The data sets, read once."""

    def __init__(self, folder: Path) -> None:
        def read(name: str) -> pl.DataFrame:
            return pl.read_csv(folder / name, infer_schema_length=0)

        self.country_year = read("ucdp_country_year_25_1/ucdp_organized_violence_country_year_25_1.csv.gz")
        self.africa = read("ucdp_country_month/views_africa_country_month_1990_2020.csv.gz")
        self.months = read("ucdp_country_month/ucdp_country_month_2010_2024.csv.gz")
        self.areas = read("ucdp_ged_21_1_precise/ged211_precise_hosts_adm1_month.csv.gz")
        self.kathman = read("un_strength/kathman_mission_month_1990_2019.csv.gz")
        self.us = read("afghanistan_isaf/us_troops_afghanistan_reports.csv")
        self.maps = read("geo_pko/geopko_v21_locations_by_map.csv.gz")
        self.map_years = read("geo_pko/geopko_v23_locations_by_year.csv.gz")
        self.unhcr = read("covariates/unhcr_displacement_country_year.csv.gz")
        self.vdem = read("covariates/vdem_v12_selected.csv.gz")
        self.population = read("covariates/wb_gdp_population_1985_2024.csv.gz")
        self.fatalities = read("un_fatalities/un_peacekeeper_fatalities.csv.gz")


def main(folder: Path) -> None:
    """Write every table, then every digest and outcome."""
    data = Data(folder)
    for case in read_cases().cases:
        rows = sorted(_rows(case, data))
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((series, area, period, _plain(value), source) for series, area, period, value, source in rows)
        (BUNDLED / f"{case.code}.csv").write_text(text.getvalue(), encoding="utf-8")
    library = read_cases()
    for case in library.cases:
        path = BUNDLED / f"{case.code}.yaml"
        body = read_yaml(path.read_text(encoding="utf-8")).value
        table = (BUNDLED / f"{case.code}.csv").read_bytes()
        result = outcome(case, library.of(case.code))
        body["figures"] = sha256(table).hexdigest()
        body["outcome"] = stated(result).model_dump(mode="json")
        path.write_text(dump_yaml(body), encoding="utf-8")
        print(f"{case.code:12} {result.band:10} {result.reason}")
    write_table()
    register = BUNDLED / REGISTER
    register.write_text(dump_yaml(read_yaml(register.read_text(encoding="utf-8")).value), encoding="utf-8")


def table_of_cases() -> str:
    """The table of docs/guide/cases.md, as the figures give it."""
    w = Wording("en")
    lines = ["| exit | code | last departure | band | what decided it |", "| --- | --- | --- | --- | --- |"]
    for line in cases().cases:
        words = (
            line.title, f"`{line.code}`", line.departure or "has not come", w.code("case_band", line.outcome.band),
            w.code("case_reason", line.outcome.reason),
        )  # fmt: skip
        lines.append(f"| {' | '.join(words)} |")
    return "\n".join(lines)


def write_table() -> None:
    """Put the table into the guide, between its marks."""
    head, _, rest = GUIDE.read_text(encoding="utf-8").partition(MARK)
    GUIDE.write_text(f"{head}{MARK}\n\n{table_of_cases()}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _rows(case: Case, data: Data) -> Iterator[Row]:
    left = f"{case.left:%Y-%m}" if case.left else LATEST
    missions = MISSIONS.get(case.code, (case.code,))
    if case.areas:
        yield from _area_months(case, data, left)
    else:
        yield from _country_years(case, data)
        yield from _country_months(case, data, left)
    yield from _strength(case, data, missions, left)
    yield from _sites(data, missions)
    yield from _displaced(case, data, int(left[:4]))
    yield from _coups(case, data, int(left[:4]))
    yield from _population(case, data, int(left[:4]))
    if case.left and missions:
        yield from _malicious(data, missions, left)


def _country_years(case: Case, data: Data) -> Iterator[Row]:
    columns = {
        "state_based": "sb_total_deaths_best_cy", "non_state": "ns_total_deaths_best_cy", "one_sided": "os_total_deaths_best_cy",
    }  # fmt: skip
    for iso3 in case.hosts:
        found = data.country_year.filter(pl.col("country_cy") == COUNTRY[iso3][0])
        for row in found.iter_rows(named=True):
            for series, column in columns.items():
                yield series, iso3, row["year_cy"], float(row[column]), "UCDP-CY-25.1"


def _country_months(case: Case, data: Data, left: str) -> Iterator[Row]:
    for iso3 in case.hosts:
        typed = set()
        for row in data.africa.filter(pl.col("iso3") == iso3).iter_rows(named=True):
            if abs(month_index(row["month"]) - month_index(left)) <= AROUND:
                typed.add(row["month"])
                for series, column in zip(TYPES.values(), ("ged_best_sb", "ged_best_ns", "ged_best_os"), strict=True):
                    yield series, iso3, row["month"], float(row[column]), "VIEWS-CM-2020"
        for row in data.months.filter(pl.col("iso3") == iso3).iter_rows(named=True):
            if abs(month_index(row["month"]) - month_index(left)) <= AROUND and row["month"] not in typed:
                yield "deaths_all", iso3, row["month"], float(row["fatalities"]), "UCDP-CM-2024"


def _area_months(case: Case, data: Data, left: str) -> Iterator[Row]:
    """Sums by area: months without an event have no row in the data and stand as zero up to the end of the data set."""
    for area in case.areas:
        iso3, name = AREAS[area]
        found = data.areas.filter((pl.col("adm1_iso3") == iso3) & (pl.col("adm1_name") == name))
        sums: Counter[tuple[str, str]] = Counter()
        for row in found.iter_rows(named=True):
            sums[TYPES[row["type_of_violence"]], row["month"]] += round(float(row["best"]))
        for month in range(max(month_index("1989-01"), month_index(left) - AROUND - 24), month_index("2020-12") + 1):
            for series in TYPES.values():
                yield series, area, month_text(month), float(sums[series, month_text(month)]), "UCDP-GED-21.1"


def _strength(case: Case, data: Data, missions: tuple[str, ...], left: str) -> Iterator[Row]:
    if case.code == "ISAF":
        quarters = {"March": "03", "June": "06", "September": "09", "December": "12"}
        for row in data.us.iter_rows(named=True):
            if row["year"] >= "2001" and row["source"] and float(row["troops_all"] or 0):
                yield (
                    "us_troops",
                    "ISAF",
                    f"{row['year']}-{quarters[row['month']]}",
                    float(row["troops_all"]),
                    "TROOPDATA",
                )
    first = month_index(left) - STRENGTH
    for mission in missions:
        for row in data.kathman.filter(pl.col("mission") == mission).iter_rows(named=True):
            month = f"{int(float(row['year'])):04}-{int(float(row['month'])):02}"
            if month_index(month) < first and case.code != "BNUB":
                continue
            for series, column in (("troops", "troop"), ("police", "police"), ("observers", "militaryobservers")):
                if row[column] not in (None, "", "NA") and float(row[column]) >= 0:
                    yield series, mission, month, float(row[column]), "KATHMAN-2019"


def _sites(data: Data, missions: tuple[str, ...]) -> Iterator[Row]:
    for mission in missions:
        found = data.maps.filter(pl.col("mission") == mission).with_columns(
            (pl.col("year") + "-" + pl.col("month").str.zfill(2)).alias("when")
        )
        counted = (
            found.group_by("when", "source")
            .agg(pl.col("location").n_unique())
            .group_by("when")
            .agg(pl.col("location").max())
        )
        for when, sites in counted.iter_rows():
            yield "sites", mission, when, float(sites), "GEOPKO-2.1"
        years = data.map_years.filter(pl.col("mission") == mission).group_by("year").agg(pl.col("location").n_unique())
        for year, sites in years.iter_rows():
            yield "sites", mission, str(int(float(year))), float(sites), "GEOPKO-2.3"


def _displaced(case: Case, data: Data, left: int) -> Iterator[Row]:
    found = data.unhcr.filter(pl.col("iso3").is_in(case.hosts))
    for row in found.iter_rows(named=True):
        if left - 3 <= int(row["year"]) <= left + 5 and int(row["year"]) <= 2024:
            yield "refugees", row["iso3"], row["year"], float(row["refugees_from"]), "UNHCR-2025"
            yield "idps", row["iso3"], row["year"], float(row["idps"]), "UNHCR-2025"


def _coups(case: Case, data: Data, left: int) -> Iterator[Row]:
    for iso3 in case.hosts:
        for row in data.vdem.filter(pl.col("COWcode") == f"{COUNTRY[iso3][1]}.0").iter_rows(named=True):
            if row["e_pt_coup"] not in (None, "", "NA") and left - 1 <= int(row["year"]) <= left + 6:
                yield "coups", iso3, row["year"], float(row["e_pt_coup"]), "VDEM-12"


def _population(case: Case, data: Data, left: int) -> Iterator[Row]:
    for row in data.population.filter(pl.col("iso3").is_in(case.hosts)).iter_rows(named=True):
        if row["population"] and left - 12 <= int(row["year"]) <= left:
            yield "population", row["iso3"], row["year"], float(row["population"]), "WB-POP"


def _malicious(data: Data, missions: tuple[str, ...], left: str) -> Iterator[Row]:
    """Deaths by malicious act in the twelve months to the last departure, as one sum: single deaths are not told by month."""
    found = data.fatalities.filter(
        pl.col("mission_acronym").is_in(missions) & pl.col("type_of_incident").str.starts_with("Malicious")
    )
    last = month_index(left)
    deaths = sum(last - 12 < month_index(day[:7]) <= last for day in found["incident_date"].to_list())
    yield "malicious_deaths", missions[-1], left, float(deaths), "UN-FATALITIES-2025"


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
