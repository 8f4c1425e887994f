"""Writing a dossier folder: whole or not at all, nothing lost that stands beside it, and the formats of earlier versions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from exitplan.domain.dossier import FORMAT, Dossier
from exitplan.domain.errors import NotFound, Unreadable
from exitplan.importers import dossier_folder, upgrades
from exitplan.importers.dossier_files import FILE_NAMES, files_of
from exitplan.importers.dossier_folder import read_folder, write_folder
from exitplan.importers.library import bundled_missions, bundled_path
from exitplan.importers.new_dossier import EVERYDAY, start_dossier, starter_files
from exitplan.importers.upgrades import oldest, upgraded


@pytest.fixture
def starter(tmp_path: Path) -> Dossier:
    """The dossier a new mission begins with."""
    start_dossier(tmp_path / "starter")
    dossier = read_folder(tmp_path / "starter").dossier
    assert dossier is not None
    return dossier


def names(folder: Path) -> set[str]:
    """Everything in a folder, hidden things included."""
    return {path.name for path in folder.iterdir()}


def test_a_new_dossier_is_sound_and_has_the_everyday_kinds(starter):
    """No fault and no doubt; eight kinds, and what they need to be counted with."""
    assert starter.findings == ()
    assert {kind for kind in EVERYDAY if not starter.entries.get(kind)} == set()
    assert len(starter.entries) <= len(EVERYDAY) + 3
    assert all(entry.basis == "fictional" for entry in starter.everything())


def test_a_new_dossier_explains_itself(tmp_path):
    """Every YAML file begins with a comment."""
    assert all(text.startswith(b"# ") for name, text in starter_files().items() if name.endswith(".yaml"))


def test_a_new_dossier_overwrites_nothing(tmp_path):
    """Not even a folder with one foreign file in it."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    with pytest.raises(Unreadable, match="not empty"):
        start_dossier(tmp_path / "mine")

    assert names(tmp_path / "mine") == {"letter.txt"}


def test_only_what_there_is_has_a_file(starter, tmp_path):
    """Kinds without entries and empty tables leave none; every file name is one that is read."""
    write_folder(Dossier(mission=starter.mission), tmp_path / "bare")

    assert names(tmp_path / "bare") == {"mission.yaml"}
    assert set(files_of(starter)) <= set(FILE_NAMES)


def test_a_dossier_gives_way_only_when_asked(starter, tmp_path):
    """A second writing needs `replace`; the first stays as it was."""
    write_folder(starter, tmp_path / "d")
    before = (tmp_path / "d" / "mission.yaml").read_bytes()
    with pytest.raises(Unreadable, match="a dossier already"):
        write_folder(Dossier(mission=starter.mission.model_copy(update={"title": "Other"})), tmp_path / "d")

    assert (tmp_path / "d" / "mission.yaml").read_bytes() == before


def test_what_stands_beside_a_dossier_is_kept(starter, tmp_path):
    """Events, notes and hidden files outlive a replacement; files of kinds that are gone do not."""
    write_folder(starter, tmp_path / "d")
    (tmp_path / "d" / "events").mkdir()
    (tmp_path / "d" / "events" / "ged.csv").write_text("id\n1\n")
    (tmp_path / "d" / "README.md").write_text("notes")
    write_folder(Dossier(mission=starter.mission), tmp_path / "d", replace=True)

    assert names(tmp_path / "d") == {"mission.yaml", "events", "README.md"}
    assert (tmp_path / "d" / "events" / "ged.csv").read_text() == "id\n1\n"
    assert names(tmp_path) == {"starter", "d"}


@pytest.mark.parametrize("asked", [True, False])
def test_a_folder_of_something_else_is_never_touched(starter, tmp_path, asked):
    """Not even with `replace`."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.doc").write_text("years of work")
    with pytest.raises(Unreadable, match="no dossier"):
        write_folder(starter, tmp_path / "home", replace=asked)

    assert names(tmp_path / "home") == {"thesis.doc"}


def test_a_file_or_a_link_in_the_place_of_the_folder_is_refused(starter, tmp_path):
    """The writing never leads elsewhere."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "starter")
    for name in ("file", "link"):
        with pytest.raises(Unreadable, match="not a folder"):
            write_folder(starter, tmp_path / name, replace=True)


@pytest.mark.parametrize("broken_at", ["write_bytes", "rename"])
def test_a_writing_that_breaks_off_leaves_the_old_dossier(starter, tmp_path, monkeypatch, broken_at):
    """A full disk while files are written, or while the new folder takes its place."""
    write_folder(starter, tmp_path / "d")
    before = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    changed = replace(starter, mission=starter.mission.model_copy(update={"title": "Other"}))
    right = getattr(Path, broken_at)
    calls = []

    def breaks(self, *given):
        calls.append(self)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return right(self, *given)

    monkeypatch.setattr(Path, broken_at, breaks)
    with pytest.raises(Unreadable, match="No space left"):
        write_folder(changed, tmp_path / "d", replace=True)
    monkeypatch.undo()

    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == before
    assert names(tmp_path) == {"starter", "d"}


def test_comments_and_order_of_files_do_not_change_what_a_dossier_says(starter, tmp_path):
    """The starter dossier is full of comments; written plainly it is the same dossier."""
    write_folder(starter, tmp_path / "plain")

    assert read_folder(tmp_path / "plain").dossier.digest == starter.digest
    assert b"#" not in (tmp_path / "plain" / "sites.yaml").read_bytes()


def test_a_table_with_quoted_line_breaks_still_knows_its_lines(starter, tmp_path):
    """The fault stands on line 4, where a spreadsheet shows it too."""
    table = 'indicator,date,value,note\nPOSTS,2026-01-31,70,"two\nlines"\nPOSTS,2026-02-28,much,\n'
    (tmp_path / "starter" / "measurements.csv").write_text(table)

    assert [(f.code, f.where) for f in read_folder(tmp_path / "starter").findings] == [
        ("refused-row", "measurements.csv:4")
    ]


def test_codes_used_twice_are_both_kept_so_that_it_shows(tmp_path):
    """The cross-check can only count what is there."""
    start_dossier(tmp_path / "d")
    with (tmp_path / "d" / "areas.yaml").open("a") as file:
        file.write("\n- {code: NORTH, title: Again, basis: fictional}\n")
    draft = read_folder(tmp_path / "d")

    assert [f.code for f in draft.everything] == ["duplicate-code"]
    assert len(draft.dossier.entries["area"]) == 3


# Formats


def test_an_older_format_is_read_through_its_upgraders():
    """Made-up format -1 called a title a name; format 0 wrote it in capitals."""
    steps = {
        -1: lambda kind, body: {**{k: v for k, v in body.items() if k != "name"}, "title": body["name"]},
        0: lambda kind, body: {**body, "title": body["title"].capitalize()},
    }
    given = {"code": "A", "name": "NORTH"}

    assert upgraded("area", given, -1, steps) == {"code": "A", "title": "North"}
    assert given == {"code": "A", "name": "NORTH"}
    assert upgraded("area", {"title": "X"}, FORMAT, steps) == {"title": "X"}
    assert oldest(steps) == -1


def test_a_folder_of_an_older_format_is_read(tmp_path, monkeypatch):
    """The number in mission.yaml decides for every file."""
    monkeypatch.setattr(
        upgrades.upgraded, "__defaults__", ({0: lambda kind, body: {**body, "basis": body.get("basis", "fictional")}},)
    )
    monkeypatch.setattr(upgrades.oldest, "__defaults__", ({0: None},))
    start_dossier(tmp_path / "d")
    mission = tmp_path / "d" / "mission.yaml"
    mission.write_text(mission.read_text().replace("format: 1", "format: 0"))
    areas = tmp_path / "d" / "areas.yaml"
    areas.write_text(areas.read_text().replace("  basis: fictional\n", ""))
    draft = read_folder(tmp_path / "d")

    assert draft.everything == ()
    assert {area.basis for area in draft.dossier.entries["area"]} == {"fictional"}


@pytest.mark.parametrize(
    ("number", "hint"), [("2", "newer version"), ("-1", "format 1"), ("1.0", "format 1"), ("true", "format 1")]
)
def test_a_format_that_is_not_known_is_named(tmp_path, number, hint):
    """A dossier of a newer version says so."""
    start_dossier(tmp_path / "d")
    mission = tmp_path / "d" / "mission.yaml"
    mission.write_text(mission.read_text().replace("format: 1 ", f"format: {number} "))
    (finding,) = read_folder(tmp_path / "d").everything

    assert (finding.code, finding.field) == ("unknown-format", "format")
    assert hint in finding.wanted


# The library


def test_every_mission_that_comes_along_is_sound():
    """No fault in any; doubts are the planner's business."""
    for name in bundled_missions():
        draft = read_folder(bundled_path(name))
        assert [f for f in draft.everything if f.severity == "error"] == [], name


def test_an_unknown_mission_is_answered_with_those_there_are():
    """So that nobody has to guess the name."""
    with pytest.raises(NotFound, match="kasanda"):
        bundled_path("atlantis")


def test_a_folder_with_thousands_of_files_is_said_in_one_finding(tmp_path, monkeypatch):
    """Somebody pointed at the wrong folder."""
    monkeypatch.setattr(dossier_folder, "ENTRIES_LIMIT", 30)
    start_dossier(tmp_path / "d")
    for n in range(40):
        (tmp_path / "d" / f"zz{n}.md").write_text("")

    assert [f.code for f in read_folder(tmp_path / "d").everything] == ["too-many-files"]
