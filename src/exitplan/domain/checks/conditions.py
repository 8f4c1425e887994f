"""Condition trees: readable, aimed at something that exists, and able to be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exitplan.domain.checks.fault import fault
from exitplan.domain.condition import (
    MAX_DEPTH,
    AllOf,
    AnyOf,
    AtLeast,
    CriterionLeaf,
    DateLeaf,
    HandoverLeaf,
    IndicatorLeaf,
    Not,
    SiteLeaf,
    Veto,
    depth,
    leaves,
    parts_of,
)
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import (
    Contingency,
    Criterion,
    Gate,
    Handover,
    Indicator,
    Milestone,
    Plan,
    Risk,
    Scenario,
    Site,
    Watch,
)
from exitplan.domain.states import HANDOVER_DONE, SITE_DONE


def conditions(dossier: Dossier) -> Iterator[tuple[Entry, str, Any]]:
    """Every condition tree of the dossier, as (entry, field, tree)."""
    for model, field in (
        (Criterion, "condition"),
        (Gate, "rule"),
        (Milestone, "condition"),
        (Plan, "pause"),
        (Scenario, "trigger"),
        (Risk, "trigger"),
        (Contingency, "trigger"),
        (Watch, "trigger"),
    ):
        for entry in dossier.of(model):
            tree = getattr(entry, field)
            if tree is not None:
                yield entry, field, tree


def check_tree_depth(dossier: Dossier) -> Iterator[Finding]:
    """A reader can follow every tree."""
    for entry, field, tree in conditions(dossier):
        if (levels := depth(tree)) > MAX_DEPTH:
            yield fault(
                dossier, entry, "too-deep", field, f"{levels} levels", Wanted("at most {most} levels", most=MAX_DEPTH)
            )


def check_bars(dossier: Dossier) -> Iterator[Finding]:
    """Every bar on an indicator can be reached: inside its range, and its indicator still in use."""
    for entry, field, tree in conditions(dossier):
        for leaf in leaves(tree):
            indicator = dossier.get(Indicator, leaf.indicator) if isinstance(leaf, IndicatorLeaf) else None
            if indicator is None:
                continue
            for side, bar in (("min", leaf.min), ("max", leaf.max)):
                outside = bar is not None and (
                    (indicator.low is not None and bar < indicator.low)
                    or (indicator.high is not None and bar > indicator.high)
                )
                if outside:
                    wanted = Wanted(
                        "from {low} to {high}, the range of {indicator}",
                        low=indicator.low,
                        high=indicator.high,
                        indicator=indicator.code,
                    )
                    yield fault(dossier, entry, "bar-out-of-range", f"{field}.{side}", bar, wanted)


def check_targets(dossier: Dossier) -> Iterator[Finding]:
    """A criterion's target lies on the better side of its baseline, in the direction its indicator improves."""
    for criterion in dossier.of(Criterion):
        leaf = criterion.condition
        indicator = dossier.get(Indicator, leaf.indicator) if isinstance(leaf, IndicatorLeaf) else None
        if indicator is None or not isinstance(leaf, IndicatorLeaf):
            continue
        rising = indicator.better == "higher"
        target = leaf.min if rising else leaf.max
        if target is None:
            wanted = (
                Wanted("a `min`: {indicator} is better when higher", indicator=indicator.code)
                if rising
                else Wanted("a `max`: {indicator} is better when lower", indicator=indicator.code)
            )
            yield fault(
                dossier, criterion, "bar-against-direction", "condition", leaf.max if rising else leaf.min, wanted
            )
        elif criterion.baseline is not None and (
            target < criterion.baseline if rising else target > criterion.baseline
        ):
            wanted = (
                Wanted(
                    "a target at or above the baseline {baseline:g}: {indicator} is better when higher",
                    baseline=criterion.baseline,
                    indicator=indicator.code,
                )
                if rising
                else Wanted(
                    "a target at or below the baseline {baseline:g}: {indicator} is better when lower",
                    baseline=criterion.baseline,
                    indicator=indicator.code,
                )
            )
            yield fault(dossier, criterion, "target-behind-baseline", "condition", target, wanted)


def check_gates_can_open(dossier: Dossier) -> Iterator[Finding]:
    """A gate does not contradict itself, alone or with what waits for it."""
    for gate in dossier.of(Gate):
        tree = gate.condition
        for why, value in _contradictions(dossier, gate, tree):
            yield fault(dossier, gate, "never-opens", "rule", value, why)
        if gate.rule is not None:
            for leaf in _optional(gate.rule, False):
                wanted = Wanted("criteria of a gate always all count: put alternatives inside one criterion")
                yield fault(
                    dossier, gate, "criterion-as-alternative", "rule", f"criterion {leaf.criterion}", wanted, "warning"
                )
    tasks: tuple[Handover | Site, ...] = (*dossier.of(Handover), *dossier.of(Site))
    for task in tasks:
        for code in task.gates:
            guard = dossier.get(Gate, code)
            if guard and any(_waits_for(leaf, task) for leaf in _required(guard.condition)):
                wanted = Wanted("a gate that does not wait for the {kind} it guards", kind=task.kind)
                yield fault(dossier, task, "never-opens", "gates", code, wanted)


def _waits_for(leaf: Any, task: Handover | Site) -> bool:
    """Whether a leaf can only be met once the task is done."""
    match leaf:
        case HandoverLeaf(handover=code, states=states):
            return isinstance(task, Handover) and code == task.code and set(states) <= {*HANDOVER_DONE, "trial"}
        case SiteLeaf(site=code, states=states):
            return isinstance(task, Site) and code == task.code and set(states) <= set(SITE_DONE)
        case _:
            return False


def _required(tree: Any) -> Iterator[Any]:
    """Leaves that must hold whatever else holds: those reached through `all` (and groups that need every part) alone."""
    match tree:
        case AllOf(all=parts):
            pass
        case AnyOf(any=parts) if len(parts) == 1:
            pass
        case AtLeast(of=parts, at_least=k) if k == len(parts):
            pass
        case AnyOf() | AtLeast() | Not() | Veto():
            return
        case _:
            yield tree
            return
    for part in parts:
        yield from _required(part)


def _optional(tree: Any, inside: bool) -> Iterator[CriterionLeaf]:
    """Criteria that stand under `any` or `at_least`."""
    if isinstance(tree, CriterionLeaf) and inside:
        yield tree
    for part in parts_of(tree):
        yield from _optional(part, inside or isinstance(tree, AnyOf | AtLeast))


def _barred(tree: Any) -> Iterator[Any]:
    """Leaves that must not hold: directly under a `veto` or a `not` that is itself required."""
    match tree:
        case Veto(veto=part) | Not(not_=part) if not parts_of(part):
            yield part
        case AllOf(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                if isinstance(tree, AllOf) or isinstance(part, Veto):
                    yield from _barred(part)


def _contradictions(dossier: Dossier, gate: Gate, tree: AllOf) -> Iterator[tuple[str, str]]:
    required, barred = list(_required(tree)), list(_barred(tree))
    for leaf in required:
        if leaf in barred:
            yield Wanted("a rule that does not both ask for and bar the same thing"), str(leaf)
    for code in gate.named_criteria:
        if any(isinstance(leaf, CriterionLeaf) and leaf.criterion == code for leaf in barred):
            yield Wanted("no veto or not on a criterion: every criterion a gate names must be met"), f"criterion {code}"
    floors: dict[tuple[str, str | None, str], float] = {}
    roofs: dict[tuple[str, str | None, str], float] = {}
    inside = [*required, *(leaf for code in gate.named_criteria for leaf in _criterion_leaves(dossier, code))]
    for leaf in inside:
        if isinstance(leaf, IndicatorLeaf) and leaf.window_months == 1:
            key = (leaf.indicator, leaf.area, leaf.group)
            floors[key] = max(floors.get(key, float("-inf")), leaf.min if leaf.min is not None else float("-inf"))
            roofs[key] = min(roofs.get(key, float("inf")), leaf.max if leaf.max is not None else float("inf"))
    for key, floor in floors.items():
        if floor > roofs[key]:
            yield Wanted("bars that one value can meet"), f"{key[0]} at least {floor:g} and at most {roofs[key]:g}"
    starts = [leaf.on_or_after for leaf in inside if isinstance(leaf, DateLeaf) and leaf.on_or_after]
    ends = [leaf.on_or_before for leaf in inside if isinstance(leaf, DateLeaf) and leaf.on_or_before]
    if starts and ends and max(starts) > min(ends):
        yield Wanted("dates that one day can meet"), f"on or after {max(starts)} and on or before {min(ends)}"
    states: dict[tuple[str, str], set[str]] = {}
    for leaf in inside:
        if isinstance(leaf, SiteLeaf | HandoverLeaf):
            name = ("site", leaf.site) if isinstance(leaf, SiteLeaf) else ("handover", leaf.handover)
            states[name] = states.get(name, set(leaf.states)) & set(leaf.states)
    for (kind, code), left in states.items():
        if not left:
            yield Wanted("states that can hold together"), f"{kind} {code}"


def _criterion_leaves(dossier: Dossier, code: str) -> Iterator[Any]:
    criterion = dossier.get(Criterion, code)
    if criterion is not None:
        yield from _required(criterion.condition)
