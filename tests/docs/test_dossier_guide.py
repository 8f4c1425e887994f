"""What the guide shows of a dossier is what the program takes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from exitplan.domain.condition import leaves
from exitplan.domain.kinds import Gate, Mission, Site
from exitplan.importers.dossier_files import FILE_NAMES
from exitplan.importers.mapping import WorkbookMapping
from exitplan.importers.new_dossier import EVERYDAY
from exitplan.importers.safe_yaml import read_yaml

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"


def blocks(name: str) -> list[str]:
    """The YAML examples of a page."""
    return re.findall(r"```yaml\n(.*?)```", (GUIDE / name).read_text("utf-8"), re.DOTALL)


def test_the_example_entry_is_a_sound_site():
    """Comments and all."""
    entry, *_ = blocks("dossier.md")

    assert Site.model_validate(read_yaml(entry).value[0]).steps[0].days == 45


def test_the_example_rule_is_a_rule():
    """With each kind of leaf the page speaks of."""
    _, rule, _ = blocks("dossier.md")
    gate = Gate.model_validate({"code": "G", "title": "Gate", **read_yaml(rule).value})

    assert len(leaves(gate.rule)) == 5


def test_the_example_mapping_is_a_mapping():
    """With one guess left open."""
    (text,) = blocks("workbook.md")
    mapping = WorkbookMapping.model_validate(read_yaml(text).value)

    assert mapping.sheets[0].columns["Colour"] == "?"


def test_the_files_named_are_the_files_read():
    """Every file of the table exists, and the everyday kinds are the ones a new dossier begins with."""
    page = (GUIDE / "dossier.md").read_text("utf-8")

    assert set(re.findall(r"`([a-z_]+\.(?:yaml|csv|geojson))`", page)) <= set(FILE_NAMES)
    assert all(kind.replace("handover", "hand-over") in page for kind in EVERYDAY)


def test_the_example_definition_is_one_that_a_mission_may_have():
    """And the one that is shown first."""
    *_, own = blocks("dossier.md")
    given = {
        "code": "M",
        "title": "M",
        "acronym": "M",
        "host": ("XAA",),
        "host_name": "Host",
        "started": date(2003, 1, 1),
    }
    made = Mission.model_validate({**given, **read_yaml(own).value})

    assert (made.definitions[0].threshold, made.definitions[0].window) == (10, 3)
    assert made.definition(made.renewed_violence) == made.definitions[0]
