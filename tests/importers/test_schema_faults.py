"""What pydantic says, in words a planner knows, at the place where it stands in the file."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from exitplan.domain.kinds import KINDS, Gate, Indicator, Mission, Plan, Site
from exitplan.importers.dossier_folder import read_folder
from exitplan.importers.new_dossier import start_dossier
from exitplan.importers.schema_faults import FAULTS_LIMIT, dotted, faults_of
from tests.importers.random_dossiers import bodies

JUNK = st.sampled_from(
    [
        None,
        [],
        {},
        [[]],
        "x" * 20_001,
        "",
        "2015",
        -1,
        10**20,
        1e300,
        math.nan,
        math.inf,
        True,
        3.5,
        ["x", 3],
        {"a": 1},
        {"all": [{"not": 3}]},
    ]
)


def told(model: type, body: Any) -> list[tuple[str, str, str, str]]:
    """Code, field, value and wanted of every fault of a body."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(body)
    return [(f.code, f.field, f.value, f.wanted) for f in faults_of(caught.value, model)]


@given(st.data())
def test_every_fault_of_every_kind_has_words_of_its_own(data):
    """Junk in any field of any kind: no jargon, no long value, and a path that exists in what was given."""
    model = data.draw(st.sampled_from(list(KINDS.values())))
    body = data.draw(bodies(model))
    body[data.draw(st.sampled_from([info.alias or name for name, info in model.model_fields.items()]))] = data.draw(
        JUNK
    )
    try:
        model.model_validate(body)
    except ValidationError as error:
        for fault in faults_of(error, model):
            assert fault.code != "schema", fault
            assert "should" not in fault.wanted.casefold()
            assert fault.wanted
            assert len(fault.value) < 130
            here: Any = body
            for step in fault.path[:-1]:
                here = here[step]


def test_the_names_of_union_members_are_no_part_of_the_path():
    """Deep in a rule, the field is what the file says: rule.all[1].not.min."""
    rule = {"all": [{"criterion": "C"}, {"not": {"likelihood_of": "R", "min": 9}}]}

    assert told(Gate, {"code": "G", "title": "t", "rule": rule}) == [
        ("out-of-range", "rule.all[1].not.min", "9", "at most 5")
    ]


def test_a_list_is_not_called_short_because_its_items_are_faulty():
    """One fault of the item, and none of the list; a list that is short is still called so."""
    body = {"code": "I", "title": "t", "unit": "u", "better": "higher"}
    version = {"version": 0, "start": "2020-01-01", "definition": "d"}

    assert told(Indicator, {**body, "versions": [version]}) == [
        ("out-of-range", "versions[0].version", "0", "at least 1")
    ]
    assert told(Indicator, {**body, "versions": []}) == [("too-few", "versions", "a list of 0", "at least 1")]


def test_a_rule_between_fields_shows_the_fields_it_speaks_of():
    """Not the title and the code that everybody has, but the two that contradict each other."""
    ((code, field, value, wanted),) = told(
        Plan,
        {"code": "P", "title": "t", "drive": "calendar", "start": "2026-01", "steps": [{"site": "A", "unit": "B"}]},
    )

    assert (code, field, value) == ("inconsistent", "steps[0]", "site: A, unit: B")
    assert wanted == "exactly one of handover, site and unit"


def test_a_misspelt_field_is_answered_with_the_likely_ones():
    """And one that is like nothing with all there are."""
    body = {"code": "S", "title": "t", "area": "A", "latitude": 1, "longitude": 2}

    assert told(Site, {**body, "latitud": 3})[0][3] == "one of latitude, longitude"
    assert "running_cost_month" in told(Site, {**body, "qqq": 3})[0][3]


def test_an_entry_that_is_wrong_everywhere_is_one_fault():
    """Beyond a bound nothing is taken apart any more."""
    body = {"code": "M", "title": "t", "released_to": [1] * (FAULTS_LIMIT + 1)}

    assert [(code, field) for code, field, _, _ in told(Mission, body)] == [("too-many-faults", "")]


def test_paths_are_written_as_people_write_them():
    """Dots, brackets, and no key longer than a line."""
    assert dotted(("steps", 2, "days")) == "steps[2].days"
    assert len(dotted(("dimensions", "x" * 10_000))) < 80


def test_an_entry_with_a_fault_of_its_own_still_has_its_references_looked_up(tmp_path):
    """A planner mends a gate once, not twice: its broken rule, and the criterion that does not exist."""
    start_dossier(tmp_path / "d")
    gates = tmp_path / "d" / "gates.yaml"
    gates.write_text(
        gates.read_text() + "- {code: G-BAD, title: t, criteria: [NOPE], rule: {date: soon}, phase: [1]}\n"
    )
    found = {(f.code, f.entry, f.field) for f in read_folder(tmp_path / "d").everything}

    assert ("not-a-condition", "G-BAD", "rule") in found
    assert ("unknown-reference", "G-BAD", "criteria[0]") in found
    assert not any(field == "phase" and code == "unknown-reference" for code, _, field in found)
