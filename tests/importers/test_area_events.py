"""Events with their areas become deaths by area and month."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.importers.area_events import read_area_events
from exitplan.importers.protocols import read_area_protocol

EVENTS = "id,adm1_id,date,best\n1,X-1,1990-03-09,4\n2,X-1,1990-03-20,1\n3,Y-1,1991-12-31,7\n4,Z-9,1980-01-01,9\n"
AREAS = "iso3,adm1_id,adm1_name,lat,lon\nXXX,X-1,One,1.5,2\nXXX,X-2,Two,1,3\nYYY,Y-1,Three,0,0\n"


@pytest.fixture
def read(tmp_path):
    """Read two texts as files."""

    def of(events=EVENTS, areas=AREAS, pack=False):
        paths = tmp_path / "events.csv", tmp_path / "areas.csv"
        paths[0].write_bytes(gzip.compress(events.encode()) if pack else events.encode())
        paths[1].write_text(areas, encoding="utf-8")
        return read_area_events(*paths, today=date(2024, 6, 15)).by_country

    return of


def test_deaths_are_summed_by_area_and_month(read):
    """January 1990 to December 1991 for both countries; an area without an event has zeros; other areas are left out."""
    found = read()
    assert list(found) == ["XXX", "YYY"]
    x = found["XXX"]
    assert (x.areas, x.start, x.deaths.shape) == (("X-1", "X-2"), 1990 * 12, (2, 24))
    assert x.deaths[0, 2] == 5
    assert x.deaths.sum() == 5
    assert found["YYY"].deaths[0, 23] == 7
    assert list(x.latitude) == [1.5, 1.0]


def test_monthly_sums_and_packed_files_are_read_alike(read):
    """`month` in place of `date`, gzip in place of plain."""
    monthly = "adm1_id,month,best\nX-1,1990-03,5\nY-1,1991-12,7\n"
    plain, packed = read(), read(monthly, pack=True)
    assert all((plain[c].deaths == packed[c].deaths).all() for c in plain)


@pytest.mark.parametrize(
    ("events", "areas", "field"),
    [
        (EVENTS.replace("1990-03-09", "09/03/1990"), AREAS, "month"),
        (EVENTS.replace("09,4", "09,-4"), AREAS, "deaths"),
        (EVENTS.replace("09,4", "09,many"), AREAS, "deaths"),
        (EVENTS.replace("1,X-1,", "1,,", 1), AREAS, "area"),
        (EVENTS, AREAS.replace("X-2", "X-1"), "area"),
        (EVENTS, AREAS.replace("XXX,X-2", "Xx,X-2"), "country"),
        (EVENTS, AREAS.replace("1.5", "91"), "latitude"),
        (EVENTS, AREAS.replace(",3\n", ",far\n"), "longitude"),
        (EVENTS, "iso3,adm1_id,lat,lon\nQQQ,Q-1,0,0\n", "area"),
    ],
)
def test_faults_are_named_with_their_field(read, events, areas, field):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InputFaults) as raised:
        read(events, areas)
    assert field in {f.field for f in raised.value.findings}


def test_faults_of_both_files_come_at_once(read):
    """One of the events, one of the areas, each with its line."""
    with pytest.raises(InputFaults) as raised:
        read(EVENTS.replace("09,4", "09,-4"), AREAS.replace("1.5", "91"))
    assert {f.where for f in raised.value.findings} == {"events.csv:2", "areas.csv:2"}


@pytest.mark.parametrize(("events", "areas"), [("a,b\n1,2\n", AREAS), (EVENTS, "a,b\n1,2\n")])
def test_files_without_their_columns_are_refused(read, events, areas):
    """Not rows with faults, but no such file."""
    with pytest.raises(Unreadable):
        read(events, areas)


def test_the_shipped_protocol_rolls_yearly_origins():
    """December 1997 to December 2019, and a headline of twelve hosts."""
    protocol = read_area_protocol()
    assert len(protocol.origins) == 23
    assert protocol.origins[0] == 1997 * 12 + 11
    assert len(protocol.headline) == 12


def test_a_day_with_its_time_is_read_and_rubbish_is_not(read):
    """UCDP writes days with a time; other letters behind a month or a day are a fault, and so is the 40th."""
    assert read(EVENTS.replace("1990-03-09", "1990-03-09 00:00:00.000"))["XXX"].deaths[0, 2] == 5
    for wrong in ("1990-03-09x", "1990-033", "1990-03-09-1", "1990-03 or so", "1990-03-40"):
        with pytest.raises(InputFaults) as raised:
            read(EVENTS.replace("1990-03-09", wrong))
        assert [(f.field, f.where) for f in raised.value.findings] == [("month", "events.csv:2")]


@pytest.mark.parametrize(
    ("old", "new", "field", "line"),
    [
        ("1990-03-09", "1990-02-30", "month", 2),  # no day of the calendar
        ("1990-03-09", "2105-01-01", "month", 2),  # a hundred quiet years to come
        ("1990-03-09", "2024-07", "month", 2),  # the month after today's
        ("1990-03-09", "1905-01", "month", 2),  # quiet decades that nobody recorded
        ("09,4", "09,1e300", "deaths", 2),  # more than people
        ("09,4", "09,2.5", "deaths", 2),  # half a death
        ("09,4", "09,", "deaths", 2),  # nobody counted
    ],
)
def test_what_cannot_have_happened_is_refused(read, old, new, field, line):
    """Once in a file of good rows."""
    with pytest.raises(InputFaults) as raised:
        read(EVENTS.replace(old, new))
    assert [(f.field, f.where) for f in raised.value.findings] == [(field, f"events.csv:{line}")]


def test_a_blank_beside_a_code_is_no_other_area(read):
    """In either file."""
    plain = read()
    for found in (read(EVENTS.replace("X-1,", " X-1 ,")), read(areas=AREAS.replace("XXX,X-1,", "XXX ,X-1 ,"))):
        assert list(found) == list(plain)
        assert found["XXX"].areas == plain["XXX"].areas
        assert (found["XXX"].deaths == plain["XXX"].deaths).all()
    with pytest.raises(InputFaults):
        read(areas=AREAS.replace("X-2", "X-1 "))


@pytest.mark.parametrize(
    ("events", "areas"), [(EVENTS.splitlines()[0] + "\n", AREAS), (EVENTS, AREAS.splitlines()[0] + "\n")]
)
def test_a_header_alone_is_no_file(read, events, areas):
    """Neither events nor areas."""
    with pytest.raises(Unreadable, match="one row or more wanted"):
        read(events, areas)
