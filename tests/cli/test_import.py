"""`exitplan import` on the screen: an account people can act on."""

from __future__ import annotations

import json

import jsonschema
import pytest

from exitplan.usecases.new import begin
from exitplan.usecases.schemas import schema

ROWS = (
    "id,type_of_violence,date_start,latitude,longitude,low,best,high,where_prec,country\n"
    "1,1,2016-03-03,-28.0,-20.5,2,3,5,1,Exemplia\n"
    "2,1,2016-04-03,-28.0,-20.5,2,-3,5,1,Exemplia\n"
)


@pytest.fixture
def folder(tmp_path):
    """A dossier just begun."""
    begin(tmp_path / "dossier")
    return tmp_path / "dossier"


@pytest.fixture
def events(tmp_path):
    """One sound event and one with negative deaths, before the months that the starter dossier covers."""
    (tmp_path / "events.csv").write_text(ROWS, "utf-8")
    return tmp_path / "events.csv"


def test_the_account_names_what_was_refused(run, folder, events):
    """How many rows, and for each refused one its line, field, value and what was wanted."""
    done = run("import", "ucdp", events, "--mission", folder, "--dry-run")

    assert done.exit_code == 0, done.stderr
    assert "2 rows read: 1 kept" in done.stdout
    assert "1 refused" in done.stdout
    assert "-3" in done.stdout
    assert "a count of deaths, 0 or more" in " ".join(done.stdout.split())
    assert "Nothing was written." in done.stdout


def test_the_account_in_french(run, folder, events):
    """What was wanted of a row is translated too."""
    shown = " ".join(run("import", "ucdp", events, "--mission", folder, "--dry-run", "--lang", "fr").stdout.split())

    assert "2 lignes lues" in shown
    assert "un nombre de décès, 0 ou plus" in shown
    assert "Rien n'a été écrit." in shown


def test_the_account_as_json(run, folder, events):
    """Of the promised shape, every row accounted for."""
    answer = json.loads(run("import", "ucdp", events, "--mission", folder, "--dry-run", "--json").stdout)
    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema("import"))

    assert (answer["result"]["read"], answer["result"]["kept"], answer["result"]["refused_rows"]) == (2, 1, 1)
    assert str(events.parent) not in json.dumps(answer)


def test_an_import_is_written(run, folder, events):
    """Without --dry-run the counts are in the dossier, and the dossier is sound."""
    done = run("import", "ucdp", events, "--mission", folder, "--covers-to", "2016-06")

    assert done.exit_code == 0, done.stdout + done.stderr
    assert "NORTH,2016-03,1,1,2,3,5,UCDP" in (folder / "area_months.csv").read_text("utf-8")
    assert run("check", folder).exit_code == 0


def test_a_file_that_is_no_table_is_told(run, folder, tmp_path):
    """One line names the file and what is wrong with it."""
    (tmp_path / "empty.csv").write_text("", "utf-8")
    done = run("import", "ucdp", tmp_path / "empty.csv", "--mission", folder)

    assert done.exit_code == 1
    assert "empty.csv" in done.stderr
    assert "Traceback" not in done.stderr
