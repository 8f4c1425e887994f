"""Every command on every mission: it ends well, says something, and its JSON is what its schema promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from exitplan.engine.stability.futures import PIECE
from exitplan.engine.stability.tally import LANES
from exitplan.usecases.answers import schema_name
from exitplan.usecases.schemas import schema
from tests.cli.conftest import MISSIONS

EVERY = [*(pytest.param(mission, marks=pytest.mark.slow) for mission in MISSIONS), "begun"]
"""The missions that come along take long together; a dossier just begun does not."""

QUICK = (
    "check",
    "status",
    "capacity",
    "schedule",
    "risks",
    "partners",
    "takeover",
    "watch",
    "triggers",
    "after",
    "lessons",
    "communications",
    "after-action",
    "frameworks",
    "lint",
)
FEW = ("--futures", 64, "--horizon", 6)


def _mission(name, begun):
    return begun if name == "begun" else name


def _validated(text, command):
    answer = json.loads(text)
    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema(f"{command}-result"))
    assert answer["schema"] == schema_name(command)
    return answer


@pytest.mark.parametrize("mission", [pytest.param("kasanda", marks=pytest.mark.slow), "begun"])
@pytest.mark.parametrize("command", QUICK)
def test_a_command_shows_a_mission(run, begun, command, mission):
    """People see a text of at most 80 columns and an exit code of 0."""
    done = run(command, _mission(mission, begun))

    assert done.exit_code == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in done.stdout.splitlines())


@pytest.mark.parametrize("mission", EVERY)
@pytest.mark.parametrize("command", QUICK)
def test_json_is_what_the_schema_says(run, begun, command, mission):
    """The JSON of a command validates against the schema that `exitplan schema` prints, and keys are sorted."""
    done = run(command, _mission(mission, begun), "--json")
    answer = _validated(done.stdout, command)

    assert done.stdout == json.dumps(answer, sort_keys=True, ensure_ascii=False, indent=2) + "\n"
    assert len(answer["manifest"]["inputs"]) == 64


@pytest.mark.slow
@pytest.mark.parametrize("mission", MISSIONS)
def test_futures_of_the_bundled_missions(run, mission):
    """Futures are drawn for every bundled mission, as text and as JSON of the promised shape."""
    done = run("futures", mission, *FEW, "--json")

    assert _validated(done.stdout, "futures")["result"]["renewed"]
    assert "Simulating futures" in done.stderr


def test_futures_of_a_dossier_just_begun(run, begun):
    """The starter dossier has history enough for futures, shown with definition and base rate."""
    done = run("futures", begun, *FEW)

    assert done.exit_code == 0, done.stderr
    assert "R25: 25 or more deaths" in done.stdout
    assert "past base rate" in done.stdout
    assert "does not recommend leaving" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", ["status", "schedule", "futures", "risks", "capacity"])
def test_equal_commands_give_equal_bytes(run, begun, command):
    """The same command with the same seed prints the same JSON twice."""
    options = FEW if command == "futures" else ()

    assert run(command, begun, *options, "--json").stdout == run(command, begun, *options, "--json").stdout


def test_the_number_of_threads_changes_nothing(run, begun, monkeypatch):
    """Futures on one thread and on two are the same to the last byte; two pieces of blocks in each of four histories."""
    many = 4 * (PIECE + 1) * LANES
    printed = []
    for threads in ("1", "2"):
        monkeypatch.setenv("NUMBA_NUM_THREADS", threads)
        printed.append(run("futures", begun, "--futures", many, "--horizon", 6, "--json").stdout)

    assert printed[0] == printed[1]
    assert "NUMBA" not in printed[0]


def test_an_error_asked_for_stops_the_drawing_and_is_on_record(run, begun):
    """Fewer futures than the most, no chance beyond the error, both numbers in the manifest."""
    done = run("futures", begun, "--futures", 20_000, "--horizon", 6, "--error", 0.02, "--json")
    answer = _validated(done.stdout, "futures")

    # Four histories that may have been, each looked at for the first time after 64 blocks of 32.
    assert answer["result"]["futures"] == 4 * 2048
    assert max(r["error"] for r in answer["result"]["renewed"]) <= 0.02
    assert answer["manifest"]["options"] | {"error": 0.02, "futures": 20_000} == answer["manifest"]["options"]


@pytest.mark.slow
def test_another_seed_gives_other_futures(run, begun):
    """The seed matters: a result that ignored it would pass every test of equality."""
    first, second = (json.loads(run("futures", begun, *FEW, "--seed", s, "--json").stdout) for s in (1, 2))

    assert first["result"] != second["result"]
    assert (first["manifest"]["seed"], second["manifest"]["seed"]) == (1, 2)


def test_a_later_day_and_changes_since_an_earlier_one(run, begun):
    """`--on` and `--since` reach the result."""
    answer = json.loads(run("status", "kasanda", "--on", "2026-03-31", "--since", "2025-03-31", "--json").stdout)

    assert answer["on"] == "2026-03-31"
    assert answer["result"]["since"] == "2025-03-31"
    assert answer["result"]["changes"]


def test_gates_that_are_not_open_come_first_with_what_they_fail_on(run):
    """One unmet criterion is shown before anything that is open."""
    shown = run("status", "kasanda").stdout

    assert shown.index("✗ not open") < shown.index("Open:")
    assert "wanted" in shown[shown.index("✗ not open") : shown.index("Open:")]


@pytest.mark.slow
def test_a_fictional_mission_says_so(run):
    """Whoever sees Kasanda sees that it is invented."""
    for command in ("status", "schedule", "risks", "capacity"):
        assert "Fictional: the country" in run(command, "kasanda").stdout


def test_the_missions_that_come_along_are_listed(run):
    """All three, by the names that commands take."""
    listed = run("missions").stdout

    assert all(name in listed for name in MISSIONS)


def test_french_is_french(run):
    """Headings, states and the caution are in French, and none of the English ones is left."""
    shown = run("status", "liberia-2015", "--lang", "fr").stdout

    assert "Points de passage" in shown
    assert "ne recommande pas le départ" in " ".join(shown.split())
    assert not any(word in shown for word in ("not met", "Gates", "Hand-overs", "wanted", "Assumptions"))


def test_schemas_are_listed_and_printed(run):
    """Without a name every name is listed; each prints a schema that is one."""
    listed = run("schema").stdout
    for name in ("area", "gate", "measurements", "status", "answer", "brief"):
        assert name in listed
        printed = json.loads(run("schema", name).stdout)
        jsonschema.Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize("suffix", [".zip", ".xlsx", ""])
def test_a_dossier_leaves_and_returns(run, begun, tmp_path, suffix):
    """Bundle, workbook and folder hold the same dossier: its digest does not change on the way."""
    out = tmp_path / f"copy{suffix}"
    written = run("export", begun, "-o", out)
    digests = [json.loads(run("check", m, "--json").stdout)["manifest"]["inputs"] for m in (begun, out)]

    assert written.exit_code == 0, written.stderr
    assert digests[0] == digests[1]


@pytest.mark.slow
def test_a_brief_is_three_files(run, begun, tmp_path):
    """HTML, PDF and JSON; the JSON validates, and writing again gives the same bytes."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        done = run("brief", begun, "-o", folder, *FEW)
        assert done.exit_code == 0, done.stderr
    _validated((folders[0] / "brief.json").read_text("utf-8"), "brief")

    for name in ("brief.html", "brief.pdf", "brief.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert (folders[0] / "brief.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_the_demo_leaves_a_brief_and_a_database(tmp_path):
    """As a person runs it: a summary, the brief, and a database with all three missions that the printed line opens."""

    def exitplan(*typed, home=tmp_path / "home"):
        return subprocess.run(
            [sys.executable, "-m", "exitplan.cli", *typed],
            cwd=tmp_path,
            env={**os.environ, "EXITPLAN_HOME": str(home)},
            capture_output=True,
            text=True,
        )

    done = exitplan("demo", "--mission", "liberia-2015", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    assert "Deux horloges" in done.stdout
    assert (tmp_path / "exitplan-demo" / "liberia-2015" / "brief.pdf").is_file()
    assert "EXITPLAN_HOME=exitplan-demo/house" in done.stdout

    verified = exitplan("verify", home=tmp_path / "exitplan-demo" / "house")
    assert verified.returncode == 0, verified.stderr
    assert all(code in verified.stdout for code in ("KASANDA", "LIBERIA-2015", "SIERRA-LEONE-2002"))

    again = exitplan("demo", "--mission", "liberia-2015")
    assert again.returncode == 0, again.stderr
