"""How long a file of the size of UCDP GED takes from CSV to area-months, against a bare read of the same columns.

The file is made here, seeded, 400,000 rows of 49 columns (about 260 MB) in a temporary folder; the areas are 500 polygons of
about 375 points each. Both sides run in one process, in turn, on the same warm file; the faster of a few runs counts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import shapely

from exitplan.importers.events import Setting
from exitplan.importers.hosts import Host
from exitplan.importers.placement import Areas
from exitplan.importers.ucdp import COLUMNS as READ
from exitplan.importers.ucdp import read_ucdp

ROWS = 400_000
PLACES = 120_000
"""Distinct coordinates: three events in ten have a place of their own, as in real country files."""
GRID = (25, 20)
SIDE_DEGREES = 0.8
CORNER = (8.0, -12.0)
SIDE_POINTS = 94
COARSE_SHARE = 0.08
SPAN_DAYS = 13_000

GED_HEADER = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
    "source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
GED_COLUMNS = GED_HEADER.split()
WORDS = 'forces fighters village road attack army camp, river near clashes "front" été south'


@dataclass(frozen=True)
class Timed:
    """Seconds on the clock and on the processors."""

    wall: float
    cpu: float


def areas(rng: np.random.Generator) -> Areas:
    """A grid of polygons whose shared borders are ragged, each with about 4 x `SIDE_POINTS` points."""
    columns, rows = GRID
    step = SIDE_DEGREES / SIDE_POINTS

    def side(x: float, y: float, dx: int, dy: int, wiggle: np.ndarray) -> np.ndarray:
        along = np.arange(SIDE_POINTS) * step
        return np.column_stack((x + dx * along + dy * wiggle, y + dy * along + dx * wiggle))

    def wiggle() -> np.ndarray:
        ragged = rng.normal(0, step / 3, SIDE_POINTS)
        ragged[0] = 0
        return ragged

    level = {(c, r): wiggle() for c in range(columns) for r in range(rows + 1)}
    upright = {(c, r): wiggle() for c in range(columns + 1) for r in range(rows)}
    shapes = {}
    for c in range(columns):
        for r in range(rows):
            west, south = CORNER[0] + c * SIDE_DEGREES, CORNER[1] + r * SIDE_DEGREES
            east, north = west + SIDE_DEGREES, south + SIDE_DEGREES
            ring = np.concatenate(
                (
                    side(west, south, 1, 0, level[c, r]),
                    side(east, south, 0, 1, upright[c + 1, r]),
                    [(east, north)],
                    side(west, north, 1, 0, level[c, r + 1])[::-1],
                    side(west, south, 0, 1, upright[c, r])[::-1],
                )
            )
            shapes[f"A{c * rows + r:03d}"] = shapely.make_valid(shapely.Polygon(ring))
    return Areas.of(shapes)


def write_file(path: Path, rng: np.random.Generator) -> None:
    """A file in the layout of GED: quoted texts with commas and doubled quotes, accents, times after the days."""
    places_x = rng.uniform(CORNER[0], CORNER[0] + GRID[0] * SIDE_DEGREES, PLACES).round(5)
    places_y = rng.uniform(CORNER[1], CORNER[1] + GRID[1] * SIDE_DEGREES, PLACES).round(5)
    # Violence is uneven in space and comes in waves, so that an area-month with events has about three of each type,
    # as in the file of host countries.
    column = ((places_x - CORNER[0]) / SIDE_DEGREES).astype(int)
    area = column * GRID[1] + ((places_y - CORNER[1]) / SIDE_DEGREES).astype(int)
    weights = rng.lognormal(0, 1.5, GRID[0] * GRID[1] + GRID[1])[area]
    place = np.concatenate((np.arange(PLACES), rng.choice(PLACES, ROWS - PLACES, p=weights / weights.sum())))
    wave = rng.integers(0, SPAN_DAYS, GRID[0] * GRID[1] + GRID[1])[area[place]]
    days = np.datetime64("1989-01-01") + np.clip(wave + rng.normal(0, 500, ROWS), 0, SPAN_DAYS).astype(int)
    order = np.argsort(days, kind="stable")
    place, days = place[order], days[order]
    low = rng.geometric(0.3, ROWS) - 1
    best = low + rng.geometric(0.5, ROWS) - 1
    words = np.array(WORDS.split())
    sentences = np.array([" ".join(rng.choice(words, 11)) for _ in range(2000)])
    names = np.array([" ".join(rng.choice(words, 3)).replace('"', "") for _ in range(400)])

    def texts(of: np.ndarray) -> pl.Series:
        return pl.Series(of[rng.integers(0, len(of), ROWS)])

    def numbers(top: int) -> pl.Series:
        return pl.Series(rng.integers(0, top, ROWS))

    when = pl.Series(days).cast(pl.Date).dt.strftime("%Y-%m-%d 00:00:00.000")
    known = {
        "id": pl.Series(rng.permutation(ROWS) + 1),
        "year": pl.Series(days.astype("datetime64[Y]").astype(int) + 1970),
        "type_of_violence": pl.Series(rng.choice([1, 2, 3], ROWS, p=[0.6, 0.15, 0.25])),
        "where_prec": pl.Series(
            np.where(rng.random(ROWS) < COARSE_SHARE, rng.integers(4, 7, ROWS), rng.integers(1, 4, ROWS))
        ),
        "latitude": pl.Series(places_y[place]),
        "longitude": pl.Series(places_x[place]),
        "country": pl.Series(["Exampleland"] * ROWS),
        "date_start": when,
        "date_end": when,
        "best": pl.Series(best),
        "high": pl.Series(best + rng.geometric(0.5, ROWS) - 1),
        "low": pl.Series(low),
    }
    long = {"source_article", "source_original", "where_description", "source_headline"}
    named = {
        "conflict_name",
        "dyad_name",
        "side_a",
        "side_b",
        "where_coordinates",
        "adm_1",
        "adm_2",
        "region",
        "source_office",
    }
    frame = pl.DataFrame(
        {
            column: known[column]
            if column in known
            else texts(sentences)
            if column in long
            else texts(names)
            if column in named
            else numbers(99_999)
            for column in GED_COLUMNS
        }
    )
    frame.write_csv(path)


def bare_read(path: Path) -> pl.DataFrame:
    """What polars needs to read the same columns with their types given, and nothing else."""
    whole = dict.fromkeys(("id", "type_of_violence", "where_prec", "low", "best", "high"), pl.Int64)
    types = whole | dict.fromkeys(("latitude", "longitude"), pl.Float64)
    columns = [column for column in READ if column in GED_COLUMNS]
    return pl.read_csv(path, columns=columns, schema_overrides={c: types.get(c, pl.String) for c in GED_COLUMNS})


def timed(work: Callable[[], object]) -> Timed:
    """One run."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Timed(time.perf_counter() - wall, time.process_time() - cpu)


def main(runs: int = 3) -> dict[str, float]:
    """Print both times and their ratio; the ratio is also handed back, as `ingest_ratio`."""
    rng = np.random.default_rng(20)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ged.csv"
        write_file(path, rng)
        polygons = areas(rng)
        setting = Setting(polygons, Host.of(["XEX"], ["Exampleland"]), date(2026, 1, 1), "UCDP")
        megabytes = path.stat().st_size / 1e6
        report = read_ucdp(path, setting).report
        pairs = [(timed(lambda: bare_read(path)), timed(lambda: read_ucdp(path, setting))) for _ in range(runs)]
    bare = min((pair[0] for pair in pairs), key=lambda t: t.wall)
    whole = min((pair[1] for pair in pairs), key=lambda t: t.wall)
    ratio = whole.wall / bare.wall
    print(
        f"Import of {report.read:,} x {len(GED_COLUMNS)} ({megabytes:.0f} MB), {len(polygons.codes)} polygons: kept {report.kept:,}"
    )
    print(f"  bare polars read   {bare.wall:6.2f} s   {bare.cpu:6.2f} CPU-s")
    print(f"  to area-months     {whole.wall:6.2f} s   {whole.cpu:6.2f} CPU-s")
    print(f"  ratio              {ratio:6.2f}     {whole.cpu / bare.cpu:6.2f} (CPU)   wanted under 3")
    return {"ingest_ratio": ratio, "ingest_cpu_ratio": whole.cpu / bare.cpu}


if __name__ == "__main__":
    main()
