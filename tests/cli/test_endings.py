"""How commands end: faults 1, bad use 2, our bug 3, stopped 130; and what people are told."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from exitplan.usecases import check as check_case
from exitplan.usecases.new import begin
from exitplan.usecases.schemas import schema

SECRET = "value-of-a-local-variable"


@pytest.fixture
def faulty(tmp_path):
    """A dossier with two planted faults in two files."""
    folder = tmp_path / "faulty"
    begin(folder)
    sites = folder / "sites.yaml"
    sites.write_text(re.sub(r"(?m)^(\s+)area: .*$", r"\1area: NOWHERE", sites.read_text("utf-8"), count=1), "utf-8")
    gates = folder / "gates.yaml"
    gates.write_text(re.sub(r"(?m)^(\s*- )code: .*$", r"\1code: bad code", gates.read_text("utf-8"), count=1), "utf-8")
    return folder


@pytest.mark.parametrize("command", ["check", "status", "schedule", "risks"])
def test_faults_end_with_one_and_all_are_named(run, faulty, command):
    """Every fault at once, with file and line, and no trace."""
    done = run(command, faulty)

    assert done.exit_code == 1
    assert "sites.yaml:" in done.stdout
    assert "gates.yaml:" in done.stdout
    assert "NOWHERE" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["check", "status"])
def test_faults_as_json_are_the_result_of_check(run, faulty, command):
    """With --json the findings come as JSON of the promised shape, still with exit code 1."""
    done = run(command, faulty, "--json")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema("check"))

    assert done.exit_code == 1
    assert answer["result"]["errors"] >= 2
    assert {"unknown-reference", "bad-code"} <= {finding["code"] for finding in answer["result"]["findings"]}


def test_faults_are_told_in_french(run, faulty):
    """What was wanted is translated, although it was worded in the table."""
    shown = run("check", faulty, "--lang", "fr").stdout

    assert "Référence inconnue" in shown
    assert "attendu" in shown
    assert "wanted" not in shown
    assert "the code of" not in shown


def test_an_unmet_gate_is_no_fault(run):
    """A status full of unmet gates ends with 0."""
    assert run("status", "kasanda").exit_code == 0


@pytest.mark.parametrize(
    "typed",
    [
        ("status",),
        ("status", "kasanda", "--on", "30.6.2026"),
        ("status", "kasanda", "--on", "2026-02-31"),
        ("status", "kasanda", "--horizon", "0"),
        ("status", "kasanda", "--horizon", "many"),
        ("futures", "kasanda", "--seed", "-1"),
        ("futures", "kasanda", "--futures", "0"),
        ("status", "kasanda", "--lang", "de"),
        ("status", "kasanda", "--colour"),
        ("status", "kasanda", "--plan", "NO-SUCH-PLAN"),
        ("status", "kasanda", "--scenario", "NO-SUCH-SCENARIO"),
        ("status", "no-such-mission"),
        ("schema", "no-such-kind"),
        ("import", "gossip", __file__, "--mission", "kasanda"),
        ("import", "ucdp", "no-such-file.csv", "--mission", "kasanda"),
        ("import", "ucdp", __file__, "--mission", "kasanda"),
        ("demo", "--mission", "no-such-mission"),
        ("leave",),
    ],
)
def test_bad_use_ends_with_two(run, typed):
    """A wrong word is told apart from a faulty dossier, in a few lines on standard error."""
    done = run(*typed)

    assert done.exit_code == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert 0 < len(done.stderr.splitlines()) < 15


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (("status", "no-such-mission"), ("kasanda", "liberia-2015", "sierra-leone-2002")),
        (("status", "kasanda", "--plan", "NO-SUCH-PLAN"), ("P-CONDITIONS",)),
        (("schema", "no-such-kind"), ("gate", "status", "measurements")),
    ],
)
def test_an_unknown_name_lists_the_known_ones(run, typed, named):
    """Whoever mistypes a name sees the names there are."""
    told = "".join(run(*typed).stderr.split())

    assert all(name in told for name in named)


def test_a_file_that_is_no_dossier_is_a_fault(run, tmp_path):
    """A file of another kind is named, and what would do."""
    (tmp_path / "notes.txt").write_text("hello", "utf-8")
    done = run("check", tmp_path / "notes.txt")

    assert done.exit_code == 1
    assert ".zip" in done.stderr


def test_a_folder_that_is_taken_is_left_alone(run, tmp_path):
    """`new` never overwrites."""
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    done = run("new", tmp_path)

    assert done.exit_code == 1
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["mine.txt"]


def test_our_bug_ends_with_three_one_line_and_a_reference(run, monkeypatch, tmp_path):
    """The reader gets one line; the log has where it happened, and none of the values it happened with."""

    def crash(mission, *, on):
        secret = SECRET
        raise RuntimeError("planted") if secret else None

    monkeypatch.setattr(check_case, "check", crash)
    done = run("check", "kasanda")
    reference = re.search(r"reference (\d{8}-\d{6}-[0-9a-f]{6})\.", " ".join(done.stderr.split()))

    assert done.exit_code == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert reference
    log = (tmp_path / "home" / "logs" / f"{reference[1]}.log").read_text("utf-8")
    assert "RuntimeError: planted" in log
    assert "in crash" in log
    assert SECRET not in log


def test_a_bug_without_a_place_for_the_log_still_ends_with_three(run, monkeypatch, tmp_path):
    """A full or read-only disk does not hide the reference."""
    (tmp_path / "home").write_text("a file where a folder should be", "utf-8")
    monkeypatch.setattr(check_case, "check", lambda mission, *, on: 1 / 0)
    done = run("check", "kasanda")

    assert done.exit_code == 3
    assert "reference" in done.stderr


def test_ctrl_c_ends_with_130(run, monkeypatch):
    """Stopping is no fault: one line and the code that shells expect."""

    def stopped(mission, *, on):
        raise KeyboardInterrupt

    monkeypatch.setattr(check_case, "check", stopped)
    done = run("check", "kasanda")

    assert done.exit_code == 130
    assert "Stopped" in done.stderr


def test_control_characters_of_a_dossier_do_not_reach_the_screen(run, tmp_path):
    """A title cannot move the cursor or recolour the terminal."""
    folder = tmp_path / "coloured"
    begin(folder)
    mission = folder / "mission.yaml"
    text = re.sub(r"(?m)^  title: .*$", r'  title: "\\e[31mRed mission"', mission.read_text("utf-8"), count=1)
    mission.write_text(text, "utf-8")
    done = run("check", folder)

    assert "Red mission" in done.stdout
    assert "\x1b" not in done.stdout
