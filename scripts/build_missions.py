"""
Makes the files of the two real missions that come from data: areas, boundaries, area-months, measurements, sites, units.

    python -m scripts.build_missions [--data ../shared/data] [--to src/exitplan/library/missions]

Everything else in those folders is written by hand and left alone. The same data give the same bytes. No event row, no
day after the vantage day and no person's name enters. Sources and licences are in each folder's `sources.yaml`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.missions.folder import yaml_text
from scripts.missions.places import area_entries, boundaries_text
from scripts.missions.presence import site_entries, unit_entries
from scripts.missions.series import area_months, measurements
from scripts.missions.settings import JOBS, Job

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "src" / "exitplan" / "library" / "missions"
DATA = ROOT.parent / "shared" / "data"


def derived(data: Path, job: Job) -> dict[str, str]:
    """Every derived file of a mission, by name."""
    return {
        "areas.geojson": boundaries_text(data, job),
        "areas.yaml": yaml_text(
            area_entries(data, job), "First-level areas, their neighbours and what lies across the border."
        ),
        "area_months.csv": area_months(data, job).csv_text(),
        "measurements.csv": measurements(data, job).csv_text(),
        "sites.yaml": yaml_text(
            site_entries(data, job),
            "Places and sizes from the deployment map; what is a planning assumption is said in each note\n"
            "and set in scripts/missions/presence.py.",
        ),
        "units.yaml": yaml_text(
            unit_entries(data, job), "Sizes are the map's estimates: 650 a battalion, 150 a company, 35 a platoon."
        ),
    }


def main() -> None:
    """Write the derived files of both missions."""
    parser = argparse.ArgumentParser(description="Make the derived files of the missions that come along.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the real data")
    parser.add_argument("--to", type=Path, default=LIBRARY, help="folder that holds a folder for each mission")
    given = parser.parse_args()
    for job in JOBS:
        folder = given.to / job.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in derived(given.data, job).items():
            (folder / name).write_text(text, "utf-8", newline="\n")
            print(f"{job.folder}/{name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
