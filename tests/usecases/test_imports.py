"""Bringing files into a dossier folder: every row accounted for, whole or not at all."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from exitplan.domain.errors import InputFaults, InvalidValue, NotFound
from exitplan.domain.kinds import Source
from exitplan.usecases.export import export
from exitplan.usecases.imports import HEADINGS_FILE, bring_in
from exitplan.usecases.new import begin
from exitplan.usecases.open_mission import open_mission

HEADER = "id,type_of_violence,date_start,latitude,longitude,low,best,high,where_prec,country\n"
EVENTS = (
    "1,1,2026-07-03,-28.0,-20.5,2,3,5,1,Exemplia\n"  # in the north
    "2,3,2026-07-20,-28.5,-21.0,1,1,1,2,Exemplia\n"  # in the north
    "3,1,2026-08-11,-30.0,-20.0,0,7,9,1,Exemplia\n"  # in the south
    "4,1,2026-08-12,-30.0,-20.0,4,4,4,6,Exemplia\n"  # known to the country only
    "5,1,2026-08-12,10.0,10.0,4,4,4,1,Elsewhere\n"  # another country
    "6,1,2026-08-13,-30.0,-20.0,4,-4,4,1,Exemplia\n"  # negative deaths
)


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    """A dossier just begun, looked at from the end of August 2026."""
    begun = tmp_path / "dossier"
    begin(begun)
    mission = begun / "mission.yaml"
    mission.write_text(mission.read_text("utf-8").replace("as_of: 2026-06-30", "as_of: 2026-08-31"), "utf-8")
    return begun


@pytest.fixture
def events(tmp_path):
    """Six events: three to be kept, one of no place, one of another country, one refused."""
    file = tmp_path / "events.csv"
    file.write_text(HEADER + EVENTS, "utf-8")
    return file


def test_events_are_counted_into_area_months(folder, events):
    """Kept events stand in area_months.csv, under a source entry that says which months it covers."""
    report = bring_in("ucdp", events, folder).result
    dossier = open_mission(str(folder))
    rows = [row for row in dossier.area_months.frame.to_dicts() if row["source"] == "UCDP"]

    assert (report.read, report.kept, report.unplaced, report.other_country, report.refused_rows) == (6, 3, 1, 1, 1)
    assert [(r["area"], r["month"], r["type_of_violence"], r["best"]) for r in rows] == [
        ("NORTH", "2026-07", 1, 3),
        ("NORTH", "2026-07", 3, 1),
        ("SOUTH", "2026-08", 1, 7),
    ]
    source = dossier.find(Source, "UCDP")
    assert (source.covers_from, source.covers_to, source.basis) == ("2026-07", "2026-08", "fact")


def test_events_stay_on_this_machine(folder, events, tmp_path):
    """The events themselves lie in the local folder, which no bundle takes along."""
    bring_in("ucdp", events, folder)
    export(str(folder), tmp_path / "out.zip")
    export(str(folder), tmp_path / "copy")

    assert (folder / "events" / "UCDP.csv").is_file()
    assert not (tmp_path / "copy" / "events").exists()


def test_comments_in_other_files_stay(folder, events):
    """Only the files that change are written anew."""
    before = _snapshot(folder)
    bring_in("ucdp", events, folder)
    after = _snapshot(folder)

    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"area_months.csv", "sources.yaml", "events/UCDP.csv"}


@pytest.mark.parametrize("what", ["ucdp", "measurements", "boundaries"])
def test_a_dry_run_writes_nothing(folder, events, tmp_path, what):
    """The account is the same, the folder untouched."""
    files = {"ucdp": events, "measurements": folder / "measurements.csv", "boundaries": folder / "areas.geojson"}
    before = _snapshot(folder)
    report = bring_in(what, files[what], folder, dry_run=True).result

    assert report.dry_run
    assert report.read == report.kept + report.unplaced + report.other_country + report.refused_rows > 0
    assert _snapshot(folder) == before


def test_reading_the_same_events_again_changes_nothing(folder, events):
    """The months of a source are replaced, never added twice."""
    bring_in("ucdp", events, folder)
    once = _snapshot(folder)
    bring_in("ucdp", events, folder)

    assert _snapshot(folder) == once


def test_months_that_another_source_counts_are_refused(folder, events):
    """The same deaths never count twice; nothing is written."""
    before = _snapshot(folder)
    with pytest.raises(InputFaults) as caught:
        bring_in("ucdp", events, folder, covers=("2026-01", None))

    assert [(f.code, f.field) for f in caught.value.findings] == [("two-values", "month")]
    assert "COUNTS" in caught.value.findings[0].wanted
    assert _snapshot(folder) == before


def test_a_gap_between_covered_months_is_refused(folder, tmp_path):
    """Months that no file speaks of would otherwise count as quiet."""
    for name, month in (("first", "2026-07"), ("second", "2026-08")):
        (tmp_path / f"{name}.csv").write_text(HEADER + f"1,1,{month}-03,-28,-20,1,1,1,1,Exemplia\n", "utf-8")
    bring_in("ucdp", tmp_path / "second.csv", folder, covers=("2026-08", "2026-08"))
    source = (folder / "sources.yaml").read_text("utf-8")
    (folder / "sources.yaml").write_text(source.replace("2026-08", "2026-10"), "utf-8")
    with pytest.raises((InvalidValue, InputFaults)):
        bring_in("ucdp", tmp_path / "first.csv", folder)


def test_measurements_are_added_and_headings_remembered(folder, tmp_path):
    """A sender's headings are given once; rows that are there already are named and not added again."""
    file, mapping = tmp_path / "visits.csv", tmp_path / "headings.json"
    file.write_text("Day;Where;Posts\n2026-07-31;NORTH;61,5\n2026-07-31;SOUTH;72\n", "utf-8")
    columns = {"date": "Day", "area": "Where", "value": "Posts"}
    constants = {"indicator": "POSTS", "source": "VISITS"}
    mapping.write_text(json.dumps({"columns": columns, "constants": constants}), "utf-8")
    before = len(open_mission(str(folder)).measurements)
    first = bring_in("measurements", file, folder, mapping=mapping).result
    again = bring_in("measurements", file, folder).result
    dossier = open_mission(str(folder))

    assert (first.read, first.kept, first.refused_rows) == (2, 2, 0)
    assert (folder / HEADINGS_FILE).is_file()
    assert "already_there:2" in again.notes
    assert len(dossier.measurements) == before + 2
    assert dossier.measurements.readings("POSTS", area="NORTH")[-1].value == 61.5


def test_measurements_of_an_unknown_indicator_are_refused_whole(folder, tmp_path):
    """What would make the dossier faulty is not written."""
    file = tmp_path / "visits.csv"
    file.write_text("indicator,date,area,value\nNO-SUCH,2026-07-31,NORTH,61\n", "utf-8")
    before = _snapshot(folder)
    with pytest.raises(InputFaults) as caught:
        bring_in("measurements", file, folder)

    assert caught.value.findings[0].code == "unknown-reference"
    assert _snapshot(folder) == before


@pytest.mark.parametrize("text", ["not json", "[1, 2]", '{"columns": 3}'])
def test_a_mapping_that_cannot_be_read_is_bad_use(folder, tmp_path, text):
    """Named as the option it is."""
    (tmp_path / "m.json").write_text(text, "utf-8")
    with pytest.raises(InvalidValue, match="--mapping"):
        bring_in("measurements", folder / "measurements.csv", folder, mapping=tmp_path / "m.json")


def test_boundaries_of_unknown_areas_are_refused(folder, tmp_path):
    """Every unknown area is named at once."""
    body = json.loads((folder / "areas.geojson").read_text("utf-8"))
    for feature in body["features"]:
        feature["properties"]["code"] = f"NEW-{feature['properties']['code']}"
    (tmp_path / "b.geojson").write_text(json.dumps(body), "utf-8")
    with pytest.raises(InputFaults) as caught:
        bring_in("boundaries", tmp_path / "b.geojson", folder)

    assert {f.entry for f in caught.value.findings} == {"NEW-NORTH", "NEW-SOUTH"}


def test_boundaries_come_in_under_another_property(folder, tmp_path):
    """The property that holds the code may have any name."""
    body = json.loads((folder / "areas.geojson").read_text("utf-8"))
    for feature in body["features"]:
        feature["properties"] = {"unit": feature["properties"]["code"]}
        feature["geometry"]["coordinates"][0] = [[x - 0.5, y] for x, y in feature["geometry"]["coordinates"][0]]
    (tmp_path / "b.geojson").write_text(json.dumps(body), "utf-8")
    report = bring_in("boundaries", tmp_path / "b.geojson", folder, code_property="unit").result

    assert report.kept == 2
    assert open_mission(str(folder)).boundaries["NORTH"]["coordinates"][0][0][0] in (-22.5, -19.5)


def test_a_workbook_of_ours_comes_back(folder, tmp_path):
    """What people changed in an exported workbook changes in the folder, and nothing else does."""
    import openpyxl

    export(str(folder), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    sheet = book["sites"]
    title = next(cell.column for cell in sheet[1] if cell.value == "title")
    sheet.cell(2, title).value = "A new name"
    book.save(tmp_path / "book.xlsx")
    before = open_mission(str(folder))
    report = bring_in("workbook", tmp_path / "book.xlsx", folder).result
    after = open_mission(str(folder))

    assert report.refused_rows == 0
    assert after.entries["site"][0].title == "A new name"
    assert after.entries["gate"] == before.entries["gate"]
    assert len(after.measurements) == len(before.measurements)


def test_a_planners_own_workbook_gets_a_mapping_to_settle(folder, tmp_path):
    """What headings mean is guessed once, left in the folder, and asked about before anything is read."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Camps"
    book.active.append(["Code", "Camp name", "Colour of the roof"])
    book.active.append(["HILL", "Hill camp", "red"])
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(InputFaults):
        bring_in("workbook", tmp_path / "own.xlsx", folder)

    assert "?" in (folder / ".workbook.yaml").read_text("utf-8")
    assert "HILL" not in {site.code for site in open_mission(str(folder)).entries["site"]}


def test_an_interrupted_import_leaves_the_folder_as_it_was(folder, events, monkeypatch):
    """A crash on the last step loses nothing and leaves no half of anything."""
    before = _snapshot(folder)

    def fails(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(Exception, match="space"):
        bring_in("ucdp", events, folder)

    monkeypatch.undo()
    assert _snapshot(folder) == before


def test_only_a_folder_of_ones_own_takes_data(tmp_path, events):
    """A bundled mission is never changed, a bundle neither, and a wrong path is told."""
    (tmp_path / "bundle.zip").write_bytes(b"")
    for mission in (Path("kasanda"), tmp_path / "bundle.zip"):
        with pytest.raises(InvalidValue, match="--mission"):
            bring_in("ucdp", events, mission)
    with pytest.raises(NotFound):
        bring_in("ucdp", events, tmp_path / "nowhere")


def test_every_row_of_a_real_file_is_accounted_for(shared_data, tmp_path):
    """UCDP GED of all hosts into Sierra Leone: as many rows as a plain loop finds, those of other countries kept apart."""
    folder = tmp_path / "sle"
    export("sierra-leone-2002", folder)
    (folder / "area_months.csv").unlink()
    file = shared_data / "ucdp_ged_21_1_precise" / "ged211_precise_hosts.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        countries = Counter(row["country"] for row in csv.DictReader(lines))
    report = bring_in("ucdp", file, folder, source="GED", covers=("1991-01", "2002-08"), dry_run=True).result

    assert report.read == sum(countries.values())
    assert report.read == report.kept + report.unplaced + report.other_country + report.refused_rows
    assert report.kept + report.unplaced + report.refused_rows >= countries["Sierra Leone"] > 0
    assert report.other_country <= report.read - countries["Sierra Leone"]
