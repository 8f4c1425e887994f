"""UCDP GED: real files against an independent count, planted faults by line, and the account of every row."""

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import date

import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import Unreadable
from exitplan.importers.boundaries import read_boundaries
from exitplan.importers.events import Setting
from exitplan.importers.hosts import Host
from exitplan.importers.placement import Areas
from exitplan.importers.ucdp import read_ucdp

TODAY = date(2024, 1, 1)
LAND = Setting(
    Areas.of({"EAST": shapely.box(20, 5, 21, 6), "WEST": shapely.box(19, 5, 20, 6)}),
    Host(frozenset({"here"})),
    TODAY,
    "UCDP",
)
GED_COLUMNS = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
GOOD = {
    "id": "1",
    "type_of_violence": "1",
    "where_prec": "1",
    "latitude": "5.5",
    "longitude": "20.5",
    "country": "Here",
    "date_start": "2011-08-18 00:00:00.000",
    "date_end": "2011-08-18 00:00:00.000",
    "low": "1",
    "best": "2",
    "high": "3",
    "source_headline": 'A "quoted" headline, with commas',
}


def text_of(rows, columns=GED_COLUMNS, separator=","):
    """Rows, each a change to `GOOD`, as a GED file with ids counted from 1."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns.split(","), delimiter=separator, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**GOOD, "id": str(number), **row} for number, row in enumerate(rows, start=1))
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    """Import a text or bytes."""

    def imported(content, setting=LAND):
        path = tmp_path / "ged.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_ucdp(path, setting)

    return imported


def adds_up(report):
    """Whether every row of the file is in one heap and one only."""
    return report.read == report.kept + report.unplaced + report.other_country + report.refused_rows


def independent_panel(path, areas, country, *, day):
    """Events and best estimates by area, month and type, one row and one polygon at a time."""
    events, deaths = Counter(), Counter()
    heaps = Counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            heaps["read"] += 1
            if row["country"] != country:
                heaps["other"] += 1
                continue
            point = shapely.Point(float(row["longitude"]), float(row["latitude"]))
            area = None
            if int(row.get("where_prec") or 1) <= 3:
                area = next((code for code in sorted(areas) if areas[code].intersects(point)), None)
                if area is None:
                    distance, code = min((areas[code].distance(point), code) for code in sorted(areas))
                    area = code if distance <= 0.1 else None
            if area is None:
                heaps["unplaced"] += 1
                continue
            heaps["kept"] += 1
            key = area, row[day][:7], int(row["type_of_violence"])
            events[key] += 1
            deaths[key] += int(row["best"])
    return events, deaths, heaps


@pytest.mark.parametrize(
    ("iso3", "country", "file", "day"),
    [
        ("CAF", "Central African Republic", "ucdp_ged_23_1_caf/ged231_caf.csv.gz", "date_start"),
        ("SSD", "South Sudan", "ucdp_ged_22_1_ssd/ged221_ssd.csv.gz", "date_start"),
        ("LBR", "Liberia", "ucdp_ged_21_1_precise/ged211_precise_hosts.csv.gz", "date"),
        ("SLE", "Sierra Leone", "ucdp_ged_21_1_precise/ged211_precise_hosts.csv.gz", "date"),
    ],
)
def test_real_events_are_counted_as_by_hand(shared_data, iso3, country, file, day):
    """Every area, month and type of violence, and every heap of rows."""
    boundaries, _ = read_boundaries(shared_data / "admin1" / f"{iso3}.geojson", code="adm1_id")
    setting = Setting(Areas.of(boundaries.shapes), Host.of([iso3]), TODAY, "UCDP")

    imported = read_ucdp(shared_data / file, setting)

    events, deaths, heaps = independent_panel(shared_data / file, boundaries.shapes, country, day=day)
    panel = imported.area_months.frame
    keys = panel.select("area", "month", "type_of_violence").rows()
    assert dict(zip(keys, panel["events"], strict=True)) == events
    assert dict(zip(keys, panel["best"], strict=True)) == deaths
    report = imported.report
    assert (report.read, report.kept, report.unplaced, report.other_country) == (
        heaps["read"],
        heaps["kept"],
        heaps["unplaced"],
        heaps["other"],
    )
    assert report.refused == ()
    assert len(imported.events) == report.kept + report.unplaced


def test_the_panel_of_another_hand_comes_out(shared_data):
    """The sums that came with the data, which took the nearest unit within half a degree; countries whose borders stayed."""
    folder = shared_data / "ucdp_ged_21_1_precise"
    given = pl.read_csv(folder / "ged211_precise_hosts_adm1_month.csv.gz")
    for iso3 in ("CAF", "COD", "HTI", "LBR", "RWA", "SLE"):
        boundaries, _ = read_boundaries(shared_data / "admin1" / f"{iso3}.geojson", code="adm1_id")
        areas = Areas.of(boundaries.shapes)
        setting = Setting(areas, Host.of([iso3]), TODAY, "UCDP", tolerance=0.5)
        panel = read_ucdp(folder / "ged211_precise_hosts.csv.gz", setting).area_months.frame
        wanted = given.filter(pl.col("adm1_iso3") == iso3).rename({"adm1_id": "area"})

        columns = ["area", "month", "type_of_violence", "events", "best"]
        assert sorted(panel.select(columns).rows()) == sorted(wanted.select(columns).rows()), iso3


FAULTS = [
    ({"id": ""}, "id", "an identifier"),
    ({"id": "x" * 200}, "id", "an identifier"),
    ({"type_of_violence": "4"}, "type_of_violence", "1 state-based"),
    ({"type_of_violence": "state"}, "type_of_violence", "1 state-based"),
    ({"where_prec": "9"}, "where_prec", "precision from 1 to 7"),
    ({"latitude": ""}, "latitude", "degrees from -90 to 90"),
    ({"latitude": "nan"}, "latitude", "degrees from -90 to 90"),
    ({"latitude": "-91"}, "latitude", "look swapped"),
    ({"latitude": "120.5", "longitude": "5.5"}, "latitude", "look swapped"),
    ({"latitude": "20.5", "longitude": "5.5"}, "latitude", "look swapped"),
    ({"latitude": "999"}, "latitude", "degrees from -90 to 90"),
    ({"longitude": "181"}, "longitude", "degrees from -180 to 180"),
    ({"longitude": "inf"}, "longitude", "degrees from -180 to 180"),
    ({"longitude": "20°30'"}, "longitude", "degrees from -180 to 180"),
    ({"date_start": ""}, "date_start", "a day as YYYY-MM-DD"),
    ({"date_start": "2011-02-30"}, "date_start", "a day as YYYY-MM-DD"),
    ({"date_start": "03/04/2011"}, "date_start", "a day as YYYY-MM-DD"),
    ({"date_start": "2024-01-02", "date_end": ""}, "date_start", "not after 2024-01-01"),
    ({"date_end": "2024-01-02"}, "date_end", "not after 2024-01-01"),
    ({"date_end": "2011-08-17"}, "date_end", "on or after the start"),
    ({"low": "-1"}, "low", "0 or more"),
    ({"best": "-2"}, "best", "0 or more"),
    ({"high": "many"}, "high", "0 or more"),
    ({"best": "2.5"}, "best", "0 or more"),
    ({"best": ""}, "best", "0 or more"),
    ({"best": "1e30"}, "best", "0 or more"),
    ({"country": "=HYPERLINK(1)"}, "country", "the name of a country"),
]


@pytest.mark.parametrize(("change", "field", "reason"), FAULTS, ids=[f"{f}-{n}" for n, (_, f, _) in enumerate(FAULTS)])
def test_a_fault_is_refused_by_line_field_and_reason(read, change, field, reason):
    """The rows around it are kept."""
    report = read(text_of([{}, change, {}])).report

    fault = next(r for r in report.refused if r.field == field)
    assert fault.line == 3
    assert reason in fault.reason
    assert report.kept == 2
    assert report.refused_rows == 1
    assert adds_up(report)


def test_all_faults_come_at_once(read):
    """In the order of their lines, true also after a text with newlines."""
    rows = [{"source_headline": "two\nlines"}, *(change for change, _, _ in FAULTS)]

    report = read(text_of(rows)).report

    assert {r.line for r in report.refused} == set(range(4, 4 + len(FAULTS)))
    assert [r.line for r in report.refused] == sorted(r.line for r in report.refused)
    assert report.kept == 1
    assert adds_up(report)


def test_a_double_is_refused_and_says_whether_it_differs(read):
    """The first of each identifier is kept, if it is sound."""
    text = text_of([{"id": "7", "low": "-1"}, {"id": "7"}, {"id": "7"}, {"id": "7", "best": "3"}, {"id": "8"}])

    report = read(text).report

    assert [(r.line, r.field) for r in report.refused] == [(2, "low"), (4, "id"), (5, "id")]
    assert "equals that of line 3" in report.refused[1].reason
    assert "differs from that of line 3" in report.refused[2].reason
    assert report.kept == 2


def test_bounds_that_leave_out_the_best_estimate_are_widened_and_counted(read):
    """Published data have them; the best estimate itself is not touched."""
    imported = read(text_of([{"low": "7", "best": "6", "high": "7"}, {"low": "7", "best": "7", "high": "6"}, {}]))

    assert imported.events.frame.sort("id").select("low", "best", "high").rows() == [(6, 6, 7), (7, 7, 7), (1, 2, 3)]
    assert "bounds_widened:2" in imported.report.notes


def test_events_known_to_a_region_or_country_are_kept_apart(read):
    """They stay among the events, without area, and enter no count."""
    imported = read(text_of([{"where_prec": str(precision)} for precision in range(1, 8)]))

    assert (imported.report.kept, imported.report.unplaced) == (3, 4)
    assert imported.area_months.frame["events"].sum() == 3
    assert imported.events.frame.filter(pl.col("area") == "")["where_prec"].sort().to_list() == [4, 5, 6, 7]


def test_events_of_other_countries_are_only_counted(read):
    """Even where coarse boundaries would take them in."""
    imported = read(text_of([{"country": "There"}, {}]))

    assert (imported.report.kept, imported.report.other_country) == (1, 1)
    assert len(imported.events) == 1


DRESSES = {
    "plain": lambda text: text.encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "cp1252": lambda text: text.encode("cp1252"),
    "utf-16": lambda text: text.encode("utf-16"),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "windows": lambda text: text.replace("\n", "\r\n").encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": lambda text: _zipped(text),
    "tags": lambda text: text.replace(
        "\n", "\n" + ",".join("#x" for _ in text.split("\n")[0].split(",")) + "\n", 1
    ).encode(),
}


def _zipped(text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("GEDEvent_v25_1.csv", text)
    return content.getvalue()


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
def test_the_same_events_come_out_of_every_dress(read, dress):
    """Marks, encodings, separators and packing change the notes and the digest, not the events."""
    rows = [{"source_headline": "Côte", "side_a": "é"}, {"best": "3", "source_headline": ""}]

    imported = read(dress(text_of(rows)))

    assert imported.events == read(text_of(rows)).events
    assert imported.report.kept == 2
    assert adds_up(imported.report)


def test_coordinates_with_decimal_commas_are_read(read):
    """Spreadsheets of half the world write them so, between semicolons."""
    imported = read(text_of([{"latitude": "5,5", "longitude": "20,5"}], separator=";"))

    assert imported.report.kept == 1
    assert "decimal_commas" in imported.report.notes


@pytest.mark.parametrize(
    "columns",
    [
        "id,type_of_violence,date,latitude,longitude,low,best,high",
        "id,type_of_violence,date_start,latitude,longitude,low,best,high",
        "high,best,low,longitude,latitude,date_start,type_of_violence,id,country",
        GED_COLUMNS,
    ],
)
def test_narrow_and_wide_layouts_are_read_in_any_order(read, columns):
    """What a narrow extract lacks is noted."""
    imported = read(text_of([{"date": "2011-08-18"}], columns=columns))

    assert imported.area_months.frame.rows() == [("EAST", "2011-08", 1, 1, 1, 2, 3, "UCDP")]
    assert ("no_precision_column" in imported.report.notes) == ("where_prec" not in columns)
    assert ("no_country_column" in imported.report.notes) == ("country" not in columns)


def test_a_file_without_the_columns_is_refused_whole(read):
    """Naming all that lack."""
    with pytest.raises(Unreadable, match="low, best, high wanted"):
        read("id,type_of_violence,date,latitude,longitude\n1,1,2011-01-01,5,20\n")


def test_an_empty_file_gives_an_empty_panel(read):
    """A header alone is no fault."""
    imported = read(text_of([]))

    assert imported.report.read == 0
    assert len(imported.area_months) == 0


def test_the_report_names_the_file_and_not_its_folder(read):
    """So that it can be kept and shown."""
    report = json.loads(read(text_of([{}])).report.model_dump_json())

    assert report["file"] == "ged.csv"
    assert len(report["sha256"]) == 64


ODD = st.sampled_from(["", "1", "-1", "5.5", "20.5", "200", "x", "nan", "2011-01-01", "2031-01-01", 'a"b', "é\n"])
CHANGES = st.dictionaries(st.sampled_from(sorted(GOOD)), ODD, max_size=3)


@pytest.mark.slow
@given(changes=st.lists(CHANGES, max_size=15), junk=st.text(alphabet='a,"\n\0', max_size=8))
def test_every_row_is_accounted_for_whatever_it_holds(tmp_path_factory, changes, junk):
    """read = kept + unplaced + other_country + refused, on every file that opens."""
    path = tmp_path_factory.mktemp("ged") / "ged.csv"
    path.write_text(text_of(changes) + junk, "utf-8")

    imported = read_ucdp(path, LAND)

    report = imported.report
    assert adds_up(report)
    assert report.refused_rows == len({r.line for r in report.refused})
    assert len(imported.events) == report.kept + report.unplaced
    assert imported.area_months.frame["events"].sum() == report.kept
