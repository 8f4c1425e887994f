"""The frameworks that come along: sound, in both languages, in our own words, and honest about what was read."""

from __future__ import annotations

import re

import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.kinds import KINDS
from exitplan.domain.norms import parts_of
from exitplan.importers.norms import FRAMEWORKS, library_frameworks, quality_words, read_norm_set

NAMES = {
    "benchmarking-guide-2010",
    "closure-guide-2018",
    "hrddp",
    "iso-31000",
    "planning-directive-2019",
    "sdg-16",
    "sprst-2010-2",
    "sres-2594",
    "un-transition-policy-2013",
    "wps-and-protection",
}
EVERY = [norm for held in library_frameworks() for norm in held.norms]

FILE = """
framework: {code: FW, title: Framework}
norms:
  - {code: N1, title: Norm, framework: FW, asks: Something., topic: planning}
"""


def test_the_frameworks_are_the_ones_promised():
    """Each a file of its own."""
    assert {path.stem for path in FRAMEWORKS.glob("*.yaml")} == NAMES


def test_codes_are_used_once_across_all_frameworks():
    """A check names a norm by its code alone."""
    codes = [norm.code for norm in EVERY]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("norm", EVERY, ids=lambda n: n.code)
def test_a_norm_speaks_both_languages_and_says_what_can_show_it(norm):
    """Title and words in English and French, kinds that exist, and a document that can be looked up."""
    framework = next(held.framework for held in library_frameworks() if norm in held.norms)

    assert norm.title_fr
    assert norm.asks_fr
    assert norm.asks_fr != norm.asks
    assert norm.shown_by
    assert set(norm.shown_by) <= set(KINDS)
    assert norm.document or framework.symbol


@pytest.mark.parametrize("norm", EVERY, ids=lambda n: n.code)
def test_no_paragraph_is_claimed_whose_text_was_not_read(norm):
    """Unverified norms name the document, or the principle, phase or clause by which its structure is known, never a paragraph."""
    if norm.verified:
        assert norm.number
        assert norm.read_in
    else:
        structure = r"(Principle \d|Phase \d|\d+(\.\d+)+(, \d+(\.\d+)+)*)?"
        assert re.fullmatch(structure, norm.number), norm.number


def test_most_norms_can_be_looked_at_by_a_machine_and_some_only_by_people():
    """Both kinds are there, so that a machine check never looks like the whole of it."""
    looked = [norm for norm in EVERY if norm.check]

    assert 0.6 < len(looked) / len(EVERY) < 0.95
    assert {type(part).__name__ for norm in looked for part in parts_of(norm.check)} == {
        "AllChecks", "AnyCheck", "EveryOf", "SomeOf", "FreeOf", "ForcesThat",
    }  # fmt: skip


def test_every_word_list_has_both_languages_and_says_where_it_comes_from():
    """Assumptions are called so."""
    words = quality_words()

    for lists in (words.vague, words.output):
        assert {one.language for one in lists} == {"en", "fr"}
        assert all(one.source for one in lists)
    assert words.source


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE.replace("framework: FW,", "framework: XX,"), "XX"),
        (FILE + "  - {code: N1, title: Again, framework: FW, asks: x, topic: planning}\n", "N1"),
        (FILE.replace("topic: planning", "topic: weather"), "weather"),
        (FILE.replace("topic: planning", "topic: planning, verified: true"), "number"),
        (FILE.replace("topic: planning", "topic: planning, check: {every: gaet, has: {filled: [owner]}}"), "gaet"),
        (FILE.replace("topic: planning", "topic: planning, check: {some: gate, has: {filled: [ownr]}}"), "ownr"),
        (FILE.replace("topic: planning", "topic: planning, check: {every: gate}"), "has"),
        (FILE.replace("topic: planning", "topic: planning, check: a gate has an owner"), "check"),
        ("framework: {code: FW, title: F}\nnorms: []\n", "norms"),
        ("norms: {}\n", "framework"),
    ],
    ids=lambda t: t[-60:].strip(),
)
def test_a_faulty_framework_is_refused_with_what_is_wrong(tmp_path, text, said):
    """Each fault names its value or its field."""
    path = tmp_path / "faulty.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaults) as refused:
        read_norm_set(path)

    assert any(said in f"{f.entry} {f.field} {f.value} {f.wanted}" for f in refused.value.findings)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: [", b"x" * 1_000_001], ids=["bytes", "not YAML", "too long"])
def test_what_is_no_yaml_is_refused(tmp_path, content):
    """Without a crash."""
    path = tmp_path / "faulty.yaml"
    path.write_bytes(content)
    with pytest.raises((Unreadable, InputFaults)):
        read_norm_set(path)


def test_a_sound_file_is_read(tmp_path):
    """The file that the faults above were planted in."""
    path = tmp_path / "sound.yaml"
    path.write_text(FILE, encoding="utf-8")

    assert read_norm_set(path).norms[0].code == "N1"
