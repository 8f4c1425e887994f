"""YAML read with care: what values mean, where they stand, and what is refused."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from exitplan.importers.safe_yaml import DEPTH_LIMIT, NODES_LIMIT, dump_yaml, lines_of, read_yaml
from tests.importers.random_dossiers import TEXTS

SCALARS = st.one_of(
    TEXTS, st.booleans(), st.none(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(TEXTS, inside, max_size=3)),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=3))
def test_what_is_written_is_read_back_equal(values):
    """Any texts, numbers and nesting, strange line breaks and control characters included."""
    assert read_yaml(dump_yaml(values)).value == (values or [])


@given(st.lists(st.dictionaries(TEXTS, SCALARS, max_size=3), min_size=1, max_size=3))
def test_another_reader_reads_the_same_apart_from_days(values):
    """PyYAML's own safe loader understands what is written, although it has its own idea of days."""

    class Plain(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012
            k: [r for r in v if not r[0].endswith("timestamp")]
            for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    assert yaml.load(dump_yaml(values), Loader=Plain) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("y", "y"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("2015-09-30", "2015-09-30"),
        ("2015-09", "2015-09"),
        ("12:30", "12:30"),
        ("0", 0),
        ("-7", -7),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.inf", -math.inf),
        ("'5'", "5"),
        ('"true"', "true"),
        ("9" * 41, "9" * 41),
    ],
)
def test_plain_words_mean_what_the_core_schema_says(text, value):
    """Country codes are no booleans, days no numbers, codes with leading zeros no counts."""
    (read,) = read_yaml(f"- {text}").value

    assert (read, type(read)) == (value, type(value))


def test_a_nan_is_left_to_the_field_that_gets_it():
    """The reader hands it on; the schema refuses it with the field's name."""
    assert math.isnan(read_yaml("- .nan").value[0])


TEXT = """\
# comment
- code: A
  steps:
  - {code: x, days: 3}
  - code: y

    days: 4
- code: B
  note: |
    two
    lines
"""


def test_every_value_has_its_line():
    """Outermost items at once, inner values when asked for."""
    wanted = {(0,), (0, "steps", 0, "days"), (0, "steps", 1, "days"), (1,), (1, "note"), (1, "nothing")}

    assert read_yaml(TEXT).lines == (2, 8)
    assert lines_of(TEXT, wanted) == {
        (0,): 2,
        (0, "steps", 0, "days"): 4,
        (0, "steps", 1, "days"): 7,
        (1,): 8,
        (1, "note"): 9,
    }


@given(st.lists(VALUES, max_size=3))
def test_lines_are_found_for_every_path(values):
    """Each path of a value has a line, and lines never run backwards."""
    paths = []

    def walk(value, path):
        if path:
            paths.append(path)
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in items:
            walk(item, (*path, key))

    walk(values, ())
    found = lines_of(dump_yaml(values), set(paths))

    assert set(found) == set(paths)
    in_order = [found[path] for path in paths]
    assert in_order == sorted(in_order)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- &a 1\n- *a", "alias", 1),
        ("- 1\n- *a", "alias", 2),
        ("a: &x {b: 1}\nc:\n  <<: *x", "alias", 1),
        ("- [\n", "not-yaml", 2),
        ("- 1\n---\n- 2", "not-yaml", 2),
        ("a: 1\n\tb: 2", "not-yaml", 2),
        ("? [a, b]\n: 1", "not-yaml", 1),
        ("- \x01", "not-yaml", 0),
        ("[" * (DEPTH_LIMIT + 1), "too-deep", 1),
        ("- 1\n" * (NODES_LIMIT + 1), "too-large", NODES_LIMIT),
    ],
)
def test_what_no_dossier_needs_stops_the_reading(text, code, line):
    """One fault with its line, and no value."""
    read = read_yaml(text)

    assert read.refused
    assert read.value is None
    assert [(f.code, f.line) for f in read.faults] == [(code, line)]


def test_keys_used_twice_and_tags_are_all_named():
    """The first value of a key stays; reading goes on."""
    read = read_yaml("- a: 1\n  b: !!str 2\n  a: 3\n- !python/none c\n")

    assert read.value == [{"a": 1, "b": "2"}, "c"]
    assert [(f.code, f.line) for f in read.faults] == [("tag", 2), ("duplicate-key", 3), ("tag", 4)]


def test_a_billion_laughs_take_no_memory():
    """Nine levels of nine aliases each would be 387 million texts; the first anchor ends it."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )

    assert [f.code for f in read_yaml(bomb).faults] == ["alias"]


def test_texts_of_several_lines_stand_as_blocks():
    """People can read and mend them."""
    assert dump_yaml([{"note": "one\ntwo\n"}]) == "- note: |\n    one\n    two\n"
