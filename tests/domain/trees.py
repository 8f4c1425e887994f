"""Random condition trees over named criteria, and random states of their leaves."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from exitplan.domain.condition import AllOf, AnyOf, AtLeast, CriterionLeaf, Not, Verdict, Veto

CODES = ("C1", "C2", "C3", "C4", "C5")
STATES = ("met", "unknown", "unmet")


def leaf(code: str) -> CriterionLeaf:
    """The leaf of one criterion."""
    return CriterionLeaf(criterion=code)


def leaf_trees() -> st.SearchStrategy[Any]:
    """Any single leaf."""
    return st.sampled_from(CODES).map(leaf)


def _groups(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(parts, min_size=1, max_size=4).map(tuple)

    @st.composite
    def at_least(draw: st.DrawFn) -> AtLeast:
        chosen = draw(lists.filter(lambda given: any(not isinstance(p, Veto) for p in given)))
        counted = sum(not isinstance(p, Veto) for p in chosen)
        return AtLeast(at_least=draw(st.integers(1, counted)), of=chosen)

    return st.one_of(lists.map(lambda p: AllOf(all=p)), lists.map(lambda p: AnyOf(any=p)), at_least())


def monotone_trees() -> st.SearchStrategy[Any]:
    """Trees of all, any and at_least: no veto, no not."""
    return st.recursive(leaf_trees(), _groups, max_leaves=12)


def trees() -> st.SearchStrategy[Any]:
    """Any tree; no veto stands inside a not, because none may."""
    plain = st.recursive(
        leaf_trees(), lambda parts: st.one_of(_groups(parts), parts.map(lambda p: Not(not_=p))), max_leaves=8
    )
    return st.recursive(
        plain, lambda parts: st.one_of(_groups(parts), parts.map(lambda p: Veto(veto=p))), max_leaves=12
    )


def leaf_states() -> st.SearchStrategy[dict[str, str]]:
    """A state for every criterion."""
    return st.fixed_dictionaries({code: st.sampled_from(STATES) for code in CODES})


def verdicts(states: dict[str, str]) -> Any:
    """The verdict of a leaf, given the states of the criteria."""
    return lambda leaf: Verdict(state=states[leaf.criterion], about=f"criterion:{leaf.criterion}")
