"""`exitplan site-risk` as it is typed: named files, a dossier's own folder of events, and what it refuses."""

from __future__ import annotations

import json
import shutil

import jsonschema
import pytest

from exitplan.importers.library import bundled_path
from exitplan.usecases.schemas import schema

HEAD = "id,date_start,latitude,longitude,where_prec\n"
ROWS = "".join(f"secret-{n},{2009 + n // 12}-{n % 12 + 1:02}-15,6.3,-10.8,1\n" for n in range(80))


@pytest.fixture
def events(tmp_path):
    file = tmp_path / "ged.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    return file


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_site_with_its_chances_in_eighty_columns(run, events, lang):
    """In either language, ending on the sentence that it recommends nothing."""
    done = run("site-risk", "liberia-2015", "--events", events, "--lang", lang)

    assert done.exit_code == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "S-MONROVIA" in done.stdout
    assert "829" in done.stdout


def test_json_is_what_the_schema_says_and_holds_no_event(run, events):
    """Counts and chances leave the machine's own events, their rows never do."""
    done = run("site-risk", "liberia-2015", "--events", events, "--json")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema("site-risk"))

    assert answer["result"]["origin"] == "2015-08"
    assert "secret" not in done.stdout
    assert str(events) not in done.stdout


def test_a_dossiers_own_folder_of_events_is_read_where_none_is_named(run, events, tmp_path):
    """With the same answer as when they are named; other files there are left alone."""
    mission = tmp_path / "liberia"
    shutil.copytree(bundled_path("liberia-2015"), mission)
    (mission / "events").mkdir()
    shutil.copy(events, mission / "events" / "ged.csv")
    (mission / "events" / "notes.txt").write_text("not a table", "utf-8")

    assert run("site-risk", mission, "--json").stdout == run("site-risk", mission, "--events", events, "--json").stdout


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("liberia-2015",), 2, "--events"),
        (("nowhere-2015",), 2, "nowhere-2015"),
        (("liberia-2015", "--events", "nowhere.csv"), 2, "nowhere.csv"),
        (("liberia-2015", "--events", "GED", "--plan", "P-NOWHERE"), 2, "P-NOWHERE"),
        (("liberia-2015", "--events", "GED", "--on", "2009-01-15"), 1, "an event before 2009-01"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_line(run, events, typed, code, said):
    """Bad use ends with 2, faults of the input with 1."""
    done = run("site-risk", *(events if word == "GED" else word for word in typed))

    assert done.exit_code == code
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stdout + done.stderr


def test_every_fault_of_the_events_is_named(run, tmp_path):
    """Line, value and what was wanted, all at once."""
    file = tmp_path / "bad.csv"
    file.write_text(HEAD + "1,2009-13-01,6,-10,1\n2,2010-01-01,96,-10,1\n", "utf-8")
    done = run("site-risk", "liberia-2015", "--events", file)

    assert done.exit_code == 1
    assert "2009-13-01" in done.stdout
    assert "96" in done.stdout


def test_an_event_of_1905_does_not_make_a_short_record_long(run, tmp_path):
    """Two years of events are a short record, and say so; one slip of the pen must not take the warning away."""
    file, short = tmp_path / "ged.csv", "site-risk-short-record"
    rows = HEAD + "".join(f"{n},2014-{n % 12 + 1:02}-15,6.3,-10.8,1\n" for n in range(20))
    file.write_text(rows, "utf-8")
    assert (
        short
        in json.loads(run("site-risk", "liberia-2015", "--events", file, "--json").stdout)["result"]["assumptions"]
    )
    file.write_text(rows + "20,1905-03-15,6.3,-10.8,1\n", "utf-8")
    done = run("site-risk", "liberia-2015", "--events", file)
    assert done.exit_code == 1
    assert "1905-03-15" in done.stdout
    assert "1946-01-01" in done.stdout


def test_files_of_one_content_are_refused(run, events):
    """The same file named twice would count every event twice."""
    done = run("site-risk", "liberia-2015", "--events", events, "--events", events)
    assert done.exit_code == 1
    assert "each file once" in " ".join(done.stdout.split())


def test_a_folder_of_events_with_a_header_alone_gives_no_chance(run, tmp_path):
    """A chance from no event would be a guess."""
    file = tmp_path / "ged.csv"
    file.write_text(HEAD, "utf-8")
    done = run("site-risk", "liberia-2015", "--events", file)
    assert done.exit_code == 1
    assert "one row or more wanted" in done.stderr
