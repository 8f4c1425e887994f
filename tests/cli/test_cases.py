"""Past exits in the terminal: shown, verified with an exit code, compared with every mission that comes along."""

from __future__ import annotations

import json
import shutil

import jsonschema
import pytest

from exitplan.importers.cases import BUNDLED
from exitplan.usecases.cases import library
from exitplan.usecases.schemas import schema
from tests.cli.conftest import MISSIONS

CODES = tuple(case.code for case in library().cases)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("typed", [(), ("verify",), ("show", "ISAF"), ("show", "MONUSCO-SK"), ("show", "untag")])
def test_the_commands_show_past_exits_in_both_languages(run, typed, lang):
    """At most 80 columns, exit code 0, a code in any case."""
    done = run("cases", *typed, "--lang", lang)

    assert done.exit_code == 0, done.stdout + done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_every_case_can_be_shown_and_its_json_is_what_the_schema_says(run, code):
    """Nineteen cases, none of which breaks a door."""
    done = run("cases", "show", code, "--json")
    answer = json.loads(done.stdout)

    jsonschema.validate(answer["result"], schema("case"))
    assert answer["result"]["line"]["outcome"]["band"] == answer["result"]["case"]["outcome"]["band"]


@pytest.mark.parametrize(("typed", "name"), [((), "cases"), (("verify",), "cases-verify")])
def test_the_list_and_the_verification_as_json(run, typed, name):
    """One object, as for every command."""
    answer = json.loads(run("cases", *typed, "--json").stdout)

    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema(name))


@pytest.mark.parametrize("mission", [*MISSIONS, "begun"])
def test_similar_exits_of_every_mission(run, begun, mission):
    """Also a mission of which little is known gets an answer, not a fault."""
    given = begun if mission == "begun" else mission

    assert run("cases", "similar", given).exit_code == 0
    answer = json.loads(run("cases", "similar", given, "--json").stdout)
    jsonschema.validate(answer["result"], schema("cases-similar"))


@pytest.mark.slow
def test_verify_ends_with_a_fault_that_it_names(run, tmp_path):
    """Exit code 1, in words and as JSON."""
    folder = shutil.copytree(BUNDLED, tmp_path / "cases")
    table = folder / "UNMIL.csv"
    table.write_text(table.read_text("utf-8").replace("state_based,LBR,2020,0", "state_based,LBR,2020,1200"), "utf-8")

    done = run("cases", "verify", "--folder", folder)
    told = json.loads(run("cases", "verify", "--folder", folder, "--json").stdout)

    assert done.exit_code == 1
    assert "UNMIL" in done.stdout
    assert {"figures-altered", "outcome-not-as-stated"} == {f["code"] for f in told["result"]["findings"]}


def test_an_unknown_case_names_those_there_are(run):
    """Bad use, exit code 2."""
    done = run("cases", "show", "UNEF")

    assert done.exit_code == 2
    assert "UNAMSIL" in done.stderr
