"""What the papers say of frameworks is what the library holds: each norm, whether its text was read, and the numbers of the advice."""

from __future__ import annotations

import re
from pathlib import Path

from exitplan.domain.kinds import Norm
from exitplan.importers.norms import FRAMEWORKS, library_frameworks, quality_words
from exitplan.importers.safe_yaml import read_yaml
from exitplan.wording.codes import CODES

DOCS = Path(__file__).resolve().parents[2] / "docs"
METHOD = (DOCS / "methods" / "frameworks.md").read_text("utf-8")
ROW = re.compile(
    r"^\| ([A-Z0-9.-]+) \| ([^|]+) \| ([^|]+) \| (verified|unverified) \| (yes|no: people judge it) \|$", re.M
)


def test_the_list_of_norms_is_the_library():
    """Code, number, title, whether the text was read, and whether a machine can look: nothing more, nothing less."""
    held = [
        (
            norm.code,
            norm.number or "–",
            norm.title,
            "verified" if norm.verified else "unverified",
            "yes" if norm.check else "no: people judge it",
        )
        for one in library_frameworks()
        for norm in one.norms
    ]

    assert [tuple(row) for row in ROW.findall(METHOD)] == held


def test_every_framework_is_named_with_its_file():
    """So that a reader finds the content."""
    for path in FRAMEWORKS.glob("*.yaml"):
        assert f"`library/frameworks/{path.name}`" in METHOD


def test_every_piece_of_advice_and_both_numbers_are_explained():
    """The words of the screen are the words of the page."""
    words = quality_words()

    assert all(f"| {said} |" in METHOD for said in CODES["advice"].values())
    assert (
        f"more than {words.indicators_a_benchmark} for one benchmark, or more than {words.indicators_in_all} in all"
        in METHOD
    )


def test_every_state_of_a_supported_force_is_explained():
    """In the order in which they are shown."""
    places = [METHOD.index(f"| {said} |") for said in CODES["force_state"].values()]

    assert places == sorted(places)


def test_the_example_norm_is_a_norm():
    """With its check."""
    (example,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "guide" / "frameworks.md").read_text("utf-8"), re.DOTALL)
    norm = Norm.model_validate(read_yaml(example).value[0])

    assert norm.check is not None
