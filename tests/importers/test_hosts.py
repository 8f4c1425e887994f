"""Names of host countries in event sources."""

import csv
from datetime import date

import polars as pl
import pytest

from exitplan.importers.hosts import NAMES, Host


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("COD", "DR Congo (Zaire)"),
        ("COD", "Democratic Republic of Congo"),
        ("CIV", "Ivory Coast"),
        ("BIH", "Bosnia-Herzegovina"),
        ("TLS", "East Timor"),
        ("LBR", "liberia"),
        ("LBR", "LBR"),
        ("XKA", "Kasanda"),
    ],
)
def test_a_host_is_known_under_the_names_of_each_source(iso3, name):
    """UCDP, ACLED and the mission's own."""
    assert Host.of([iso3], ["Kasanda"]).is_named(pl.Series([name, "Elsewhere"])).to_list() == [True, False]


def test_a_country_that_is_not_given_counts_as_the_host():
    """Extracts of one country often leave it out."""
    assert Host.of(["LBR"]).is_named(pl.Series([None, "", " "], dtype=pl.String)).all()


def test_the_former_state_is_known_until_its_last_day():
    """South Sudan was part of Sudan until 8 July 2011."""
    rows = pl.DataFrame(
        {"country": ["Sudan", "Sudan", "Chad"], "date_start": [date(2011, 7, 8), date(2011, 7, 9), date(2000, 1, 1)]}
    )

    assert rows.select(m=Host.of(["SSD"]).was_named())["m"].to_list() == [True, False, False]


def test_the_table_of_names_is_sound():
    """One meaning a name, codes of three capital letters, days that are days."""
    with NAMES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    own = [row["name"].casefold() for row in rows if not row["until"]]

    assert len(rows) > 200
    assert len(own) == len(set(own))
    assert all(len(row["iso3"]) == 3 and row["iso3"].isupper() for row in rows)
    assert all(date.fromisoformat(row["until"]) for row in rows if row["until"])


def test_every_country_of_the_event_data_has_a_name(shared_data):
    """A country that is missing here would turn its events into those of another."""
    names = set()
    for part in ("hosts", "other"):
        path = shared_data / "ucdp_ged_21_1_precise" / f"ged211_precise_{part}.csv.gz"
        names |= set(pl.read_csv(path, columns=["country"])["country"])
    with NAMES.open(encoding="utf-8", newline="") as lines:
        known = {row["name"] for row in csv.DictReader(lines)}

    assert names - known == set()
