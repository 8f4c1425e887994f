"""The one rule tree: Kleene's laws, vetoes, and the rule that a gate never averages."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from exitplan.domain.condition import (
    RANK,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    CriterionLeaf,
    Not,
    Veto,
    depth,
    judge,
    leaves,
    walk,
)
from exitplan.domain.kinds import Gate
from tests.domain.trees import CODES, STATES, leaf, leaf_states, leaf_trees, monotone_trees, trees, verdicts

ORDER = sorted(STATES, key=lambda s: RANK[s])


def state(tree, states):
    """The state of a tree, given the states of its criteria."""
    return judge(tree, verdicts(states)).state


@st.composite
def gates(draw):
    """A gate with named criteria, a rule, or both."""
    rule = draw(st.none() | trees())
    criteria = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=0 if rule is not None else 1).map(tuple))
    return Gate(code="G", title="G", criteria=criteria, rule=rule)


@given(gates(), leaf_states())
@example(
    Gate(code="G", title="G", criteria=("C1",), rule=AnyOf(any=(leaf("C2"), leaf("C3")))), dict.fromkeys(CODES, "met")
)
def test_a_gate_with_one_unmet_or_unknown_criterion_is_never_open(gate, states):
    """Whatever the rule says of the others: every criterion a gate names, listed or inside its rule, must be met."""
    named = [states[code] for code in gate.named_criteria]

    if any(s != "met" for s in named):
        assert state(gate.condition, states) != "met"


def test_a_gate_whose_criteria_are_all_met_is_open():
    """The property above is not kept by never opening anything."""
    gate = Gate(code="G", title="G", criteria=("C1", "C2"), rule=AtLeast(at_least=1, of=(leaf("C1"), leaf("C3"))))

    assert state(gate.condition, dict.fromkeys(CODES, "met")) == "met"


@given(gates(), leaf_states())
def test_a_gate_that_is_not_open_shows_a_part_that_is_not_met(gate, states):
    """The first ground shown is never a met one while the gate is shut."""
    verdict = judge(gate.condition, verdicts(states))

    if verdict.state != "met" and verdict.parts:
        assert verdict.parts[0].state != "met"


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        ("met", "met", "met", "met"),
        ("met", "unknown", "unknown", "met"),
        ("met", "unmet", "unmet", "met"),
        ("unknown", "unknown", "unknown", "unknown"),
        ("unknown", "unmet", "unmet", "unknown"),
        ("unmet", "unmet", "unmet", "unmet"),
    ],
)
def test_all_and_any_follow_the_strong_tables_of_kleene(a, b, both, either):
    """Kleene (1952), section 64."""
    for states in ({"C1": a, "C2": b}, {"C1": b, "C2": a}):
        assert state(AllOf(all=(leaf("C1"), leaf("C2"))), states) == both
        assert state(AnyOf(any=(leaf("C1"), leaf("C2"))), states) == either


@given(trees().filter(lambda t: not any(isinstance(n, Veto) for n in walk(t))), leaf_states())
def test_two_nots_cancel(tree, states):
    """Negation mirrors and nothing else."""
    assert state(Not(not_=Not(not_=tree)), states) == state(tree, states)


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=4), leaf_states())
def test_de_morgan_holds(codes, states):
    """Not all is any not; not any is all not."""
    parts = tuple(leaf(c) for c in codes)
    mirrored = tuple(Not(not_=p) for p in parts)

    assert state(Not(not_=AllOf(all=parts)), states) == state(AnyOf(any=mirrored), states)
    assert state(Not(not_=AnyOf(any=parts)), states) == state(AllOf(all=mirrored), states)


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=5), leaf_states())
def test_at_least_one_is_any_and_at_least_all_is_all(codes, states):
    """The two ends of counting."""
    parts = tuple(leaf(c) for c in codes)

    assert state(AtLeast(at_least=1, of=parts), states) == state(AnyOf(any=parts), states)
    assert state(AtLeast(at_least=len(parts), of=parts), states) == state(AllOf(all=parts), states)


@given(monotone_trees(), leaf_states(), st.sampled_from(CODES))
def test_raising_a_leaf_never_lowers_a_tree_without_veto_and_not(tree, states, code):
    """More met is never worse."""
    better = ORDER[min(ORDER.index(states[code]) + 1, 2)]

    assert RANK[state(tree, states | {code: better})] >= RANK[state(tree, states)]


@given(trees(), leaf_states())
def test_a_known_result_does_not_change_when_an_unknown_becomes_known(tree, states):
    """Unknown means undecided, not a third truth: what is decided without it stays decided."""
    decided = state(tree, states)
    unknown = [code for code in CODES if states[code] == "unknown"]

    if decided != "unknown":
        for code in unknown:
            for settled in ("met", "unmet"):
                assert state(tree, states | {code: settled}) == decided


@given(monotone_trees(), leaf_trees(), leaf_states())
def test_a_veto_that_is_met_blocks_wherever_it_stands(tree, bar, states):
    """Even under an any whose other part is met."""
    vetoed = AnyOf(any=(tree, AllOf(all=(tree, Veto(veto=bar)))))
    barred = states[bar.criterion]

    if barred == "met":
        assert state(vetoed, states) == "unmet"
    if barred == "unknown":
        assert state(vetoed, states) != "met"
    if barred == "unmet":
        assert state(vetoed, states) == state(tree, states)


def test_a_tree_of_nothing_but_a_veto_is_met_when_it_does_not_bar():
    """A veto alone is a condition too."""
    assert state(Veto(veto=leaf("C1")), {"C1": "unmet"}) == "met"
    assert state(AllOf(all=(Veto(veto=leaf("C1")),)), {"C1": "met"}) == "unmet"


@given(trees())
def test_a_tree_survives_the_trip_to_a_file(tree):
    """What is written is what is read."""
    adapter = TypeAdapter(Condition)

    assert adapter.validate_json(adapter.dump_json(tree, by_alias=True, exclude_defaults=True)) == tree


@given(trees())
def test_depth_counts_levels(tree):
    """A leaf is one level, and nothing is deeper than it has nodes."""
    assert 1 <= depth(tree) <= len(list(walk(tree)))
    assert all(isinstance(found, CriterionLeaf) for found in leaves(tree))


@pytest.mark.parametrize(
    "given_tree",
    [
        {},  # nothing
        {"all": []},  # no part
        {"criterion": "c 1"},  # not a code
        {"at_least": 3, "of": [{"criterion": "C1"}]},  # more than there are
        {"at_least": 1, "of": [{"veto": {"criterion": "C1"}}]},  # a veto does not count
        {"at_least": 0, "of": [{"criterion": "C1"}]},  # none
        {"not": {"all": [{"veto": {"criterion": "C1"}}]}},  # a veto inside a not
        {"indicator": "I1"},  # no bar
        {"indicator": "I1", "min": 5, "max": 4},  # no value meets both
        {"indicator": "I1", "min": float("nan")},  # not a number
        {"indicator": "I1", "min": 5, "window_months": 0},  # no month
        {"events": "deaths"},  # no bar
        {"events": "deaths", "max": 5, "min": 1},  # two bars
        {"events": "wounded", "max": 5},  # not counted
        {"on_or_after": "2020-02-30"},  # not a day
        {"on_or_after": "2020-03-01", "on_or_before": "2020-02-01"},  # no day meets both
        {"risk": "R1"},  # no bar
        {"risk": "R1", "at_most": "enormous"},  # not a level
        {"site": "S1", "states": []},  # no state
        {"handover": "H1", "states": ["sold"]},  # not a state
        {"likelihood_of": "R1", "min": 6},  # off the scale
        {"criterion": "C1", "weight": 2},  # nothing is weighted
    ],
)
def test_a_condition_that_makes_no_sense_cannot_exist(given_tree):
    """Refused where it is read, not when it is judged."""
    with pytest.raises(ValidationError):
        TypeAdapter(Condition).validate_python(given_tree)
