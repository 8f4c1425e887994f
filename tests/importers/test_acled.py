"""ACLED exports old and new: kinds of violence, precision, and what is not counted."""

import csv
import io
from datetime import date

import pytest
import shapely

from exitplan.domain.errors import Unreadable
from exitplan.importers.acled import read_acled
from exitplan.importers.events import Setting
from exitplan.importers.hosts import Host
from exitplan.importers.placement import Areas

LAND = Setting(Areas.of({"EAST": shapely.box(20, 5, 21, 6)}), Host(frozenset({"here"})), date(2024, 1, 1), "ACLED")
OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
)
NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
GOOD = {
    "event_date": "2022-06-30",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "country": "Here",
    "latitude": "5.5",
    "longitude": "20.5",
    "geo_precision": "1",
    "fatalities": "4",
}


@pytest.fixture
def read(tmp_path):
    """Import rows, each a change to `GOOD`, in one of the two layouts."""

    def imported(*rows, columns=NEW, separator=","):
        out = io.StringIO()
        writer = csv.DictWriter(out, columns.split(","), delimiter=separator, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(
            {**GOOD, "data_id": str(n), "event_id_cnty": f"HER{n}", **row} for n, row in enumerate(rows, start=1)
        )
        path = tmp_path / "acled.csv"
        path.write_text(out.getvalue(), "utf-8", newline="")
        return read_acled(path, LAND)

    return imported


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"inter1": "1", "inter2": "2"}, 1),
        ({"inter1": "State forces", "inter2": "Rebel group"}, 1),
        ({"inter1": "Rebel group", "inter2": "External/Other forces"}, 1),
        ({"inter1": "2", "inter2": "8"}, 1),
        ({"inter1": "3", "inter2": "4"}, 2),
        ({"inter1": "Political militia", "inter2": "Identity militia"}, 2),
        ({"event_type": "Explosions/Remote violence", "inter1": "1", "inter2": "2"}, 1),
        ({"event_type": "Explosions/Remote violence", "inter1": "2", "inter2": "7"}, 3),
        ({"event_type": "Explosions/Remote violence", "inter1": "2", "civilian_targeting": "Civilians targeted"}, 3),
        ({"event_type": "Violence against civilians", "inter1": "1", "inter2": "7"}, 3),
        ({"event_type": "Protests", "sub_event_type": "Excessive force against protesters"}, 3),
    ],
)
def test_each_form_of_armed_violence_has_one_of_three_kinds(read, row, kind):
    """By codes of actors in old exports and by their names in new ones."""
    imported = read(row)

    assert imported.area_months.frame.rows() == [("EAST", "2022-06", kind, 1, 4, 4, 4, "ACLED")]


@pytest.mark.parametrize("form", ["Protests", "Riots", "Strategic developments", "", "Something new"])
def test_what_is_no_armed_violence_is_refused_by_name(read, form):
    """Of the host by line; of other countries it is only counted."""
    report = read({}, {"event_type": form}, {"event_type": form, "country": "There"}).report

    assert [(r.line, r.field, r.value) for r in report.refused] == [(3, "event_type", form)]
    assert (report.read, report.kept, report.other_country, report.refused_rows) == (3, 1, 1, 1)


@pytest.mark.parametrize("columns", [OLD, NEW], ids=["old", "new"])
@pytest.mark.parametrize("day", ["2022-06-30", "30 June 2022", "30/06/2022"])
def test_both_layouts_and_their_days_are_read(read, columns, day):
    """The old layout has no `civilian_targeting` and writes months out."""
    report = read({"event_date": day, "inter1": "1"}, columns=columns).report

    assert report.kept == 1
    assert ("no_civilian_targeting_column" in report.notes) == (columns is OLD)


def test_events_of_regional_precision_are_unplaced(read):
    """ACLED's third degree puts them on a provincial capital."""
    report = read({"geo_precision": "1"}, {"geo_precision": "2"}, {"geo_precision": "3"}).report

    assert (report.kept, report.unplaced) == (2, 1)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"fatalities": "-1"}, "low"),
        ({"fatalities": ""}, "low"),
        ({"event_date": "2025-01-01"}, "date_start"),
        ({"latitude": "95"}, "latitude"),
        ({"event_id_cnty": "HER1"}, "id"),
        ({"geo_precision": "7x"}, "where_prec"),
    ],
)
def test_faults_are_refused_by_line(read, row, field):
    """As for UCDP."""
    report = read({}, row).report

    assert {(r.line) for r in report.refused} == {3}
    assert field in {r.field for r in report.refused}
    assert (report.read, report.kept, report.refused_rows) == (2, 1, 1)


def test_an_export_without_its_columns_is_refused_whole(read):
    """Naming all that lack."""
    with pytest.raises(Unreadable, match="event_type, fatalities wanted"):
        read(columns="event_id_cnty,event_date,country,latitude,longitude")


def test_the_published_sample_is_accounted_for(shared_data):
    """326 protests, riots and lootings: nothing is counted, and every row has its reason."""
    setting = Setting(Areas.of({"AR": shapely.box(-74, -56, -53, -21)}), Host.of(["ARG"]), date(2024, 1, 1), "ACLED")

    report = read_acled(shared_data / "acled_format" / "acledr_dummy_326.csv", setting).report

    assert (report.read, report.kept, report.refused_rows) == (326, 0, 326)
    assert {r.value for r in report.refused} == {"Protests", "Riots", "Strategic developments"}
