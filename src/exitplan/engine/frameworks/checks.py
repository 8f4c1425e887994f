"""What a norm's machine check finds in a dossier: which entries show the norm, which lack what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from exitplan.domain.condition import IndicatorLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry, references
from exitplan.domain.kinds import Criterion, Gate, Mandate
from exitplan.domain.months import months_later
from exitplan.domain.norms import (
    AllChecks,
    AnyCheck,
    EntryTest,
    EveryOf,
    ForceRule,
    ForcesThat,
    FreeOf,
    NormCheck,
    SomeOf,
    kinds_looked_at,
)
from exitplan.domain.release import STAND_IN
from exitplan.domain.results.frameworks import DiligenceLine, ForceLine, Ground, Lack, NormState, Outcome
from exitplan.domain.results.quality import Advice
from exitplan.engine.frameworks.diligence import STOPPED

BEST: tuple[NormState, ...] = ("not_met", "not_shown", "partly_met", "met")
"""From worst to best, where parts are compared."""


@dataclass(frozen=True)
class Looked:
    """
    A dossier as checks look at it.

    Parameters
    ----------
    hidden
        Kinds of which the reader does not see everything: what rests on them is not told where it could be otherwise.
    """

    dossier: Dossier
    on: date
    advice: tuple[Advice, ...] = ()
    forces: tuple[ForceLine, ...] = ()
    cases: tuple[DiligenceLine, ...] = ()
    hidden: frozenset[str] = frozenset()

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Entries of a kind, without nameless ones that stand in for others."""
        found = (self.dossier.mission,) if kind == "mission" else self.dossier.entries.get(kind, ())
        return tuple(e for e in found if not e.code.startswith(STAND_IN))

    @cached_property
    def named_by(self) -> dict[tuple[str, str], set[str]]:
        """Kinds that name an entry, by its kind and code."""
        found: dict[tuple[str, str], set[str]] = {}
        for entry in self.dossier.everything():
            for _, kind, code in references(entry):
                found.setdefault((kind, code), set()).add(entry.kind)
        return found

    @cached_property
    def end(self) -> date | None:
        """Last day of the mandate in force, else of the last one."""
        own = self.dossier.get(Mandate, self.dossier.mission.mandate)
        return own.end if own else max((m.end for m in self.dossier.of(Mandate)), default=None)


def outcome(check: NormCheck, looked: Looked) -> Outcome:
    """What a check finds."""
    match check:
        case EveryOf():
            found = _every(check, looked)
        case SomeOf():
            found = _some(check, looked)
        case FreeOf():
            found = _free_of(check, looked)
        case ForcesThat():
            found = _forces(check.forces, looked)
        case AllChecks():
            return _all([outcome(part, looked) for part in check.all])
        case AnyCheck():
            return max((outcome(part, looked) for part in check.any), key=_rank)
    if kinds_looked_at(check) & looked.hidden and _could_differ(check, found):
        return found.model_copy(update={"state": "not_shown", "missing": ()})
    return found


def _could_differ(check: NormCheck, found: Outcome) -> bool:
    """Whether entries that are not seen could change what was found."""
    if isinstance(check, SomeOf):
        return found.state != "met"
    return not found.lacking


def _rank(found: Outcome) -> int:
    return BEST.index(found.state) if found.state in BEST else -1


def _every(check: EveryOf, looked: Looked) -> Outcome:
    entries = [e for e in looked.of(check.every) if check.where is None or not list(_lacks(e, check.where, looked))]
    if not entries:
        missing = () if check.if_any else (Lack(lack="none", what=check.every, number=1, found=0),)
        return Outcome(state="not_applicable" if check.if_any else "not_met", missing=missing)
    grounds = [_ground(e, tuple(_lacks(e, check.has, looked))) for e in entries]
    shows = tuple(g for g in grounds if not g.lacks)
    lacking = tuple(g for g in grounds if g.lacks)
    return Outcome(state=_share(len(shows), len(grounds)), shows=shows, lacking=lacking)


def _some(check: SomeOf, looked: Looked) -> Outcome:
    entries = looked.of(check.some)
    passing = [e for e in entries if check.has is None or not list(_lacks(e, check.has, looked))]
    shows = tuple(_ground(e, ()) for e in passing)
    if len(passing) >= check.at_least:
        return Outcome(state="met", shows=shows)
    missing = (Lack(lack="none", what=check.some, number=check.at_least, found=len(passing)),)
    near = _nearest(entries, check.has, looked) if check.has is not None and not passing else ()
    return Outcome(state="partly_met" if passing else "not_met", shows=shows, lacking=near, missing=missing)


def _nearest(entries: tuple[Entry, ...], test: EntryTest, looked: Looked) -> tuple[Ground, ...]:
    """The entry that lacks least, where it has at least something of what is asked."""
    lacks = [(e, tuple(_lacks(e, test, looked))) for e in entries]
    asked = len(test.filled) + len(test.values) + sum(map(bool, (test.group, test.lead, test.names, test.named_by)))
    best = min(lacks, key=lambda pair: len(pair[1]), default=None)
    return (_ground(*best),) if best and len(best[1]) < asked else ()


def _free_of(check: FreeOf, looked: Looked) -> Outcome:
    entries = looked.of("benchmark")
    if not entries:
        return Outcome(state="not_met", missing=(Lack(lack="none", what="benchmark", number=1, found=0),))
    given: dict[str, list[Advice]] = {}
    wide: list[Lack] = []
    for advice in looked.advice:
        if advice.advice in check.free_of:
            if advice.kind == "mission":
                wide.append(Lack(lack="advice", what=advice.advice, number=advice.most, found=advice.number))
            for benchmark in _benchmarks_of(advice, looked):
                given.setdefault(benchmark, []).append(advice)
    shows: list[Ground] = []
    lacking: list[Ground] = []
    for entry in entries:
        codes = dict.fromkeys(a.advice for a in given.get(entry.code, ()))
        lacks = tuple(Lack(lack="advice", what=code) for code in codes)
        (lacking if lacks else shows).append(_ground(entry, lacks))
    state = _share(len(shows), len(entries))
    if wide and state == "met":
        state = "partly_met"
    return Outcome(state=state, shows=tuple(shows), lacking=tuple(lacking), missing=tuple(wide))


def _benchmarks_of(advice: Advice, looked: Looked) -> Iterable[str]:
    """Benchmarks that a piece of advice concerns."""
    if advice.benchmark:
        return (advice.benchmark,)
    if advice.kind != "indicator":
        return ()
    return {
        c.benchmark
        for c in looked.dossier.of(Criterion)
        if any(isinstance(leaf, IndicatorLeaf) and leaf.indicator == advice.code for leaf in leaves(c.condition))
    }


def _forces(rule: ForceRule, looked: Looked) -> Outcome:
    if not looked.forces:
        return Outcome(state="not_applicable")
    shows: list[Ground] = []
    lacking: list[Ground] = []
    lack = (Lack(lack="force", what=rule),)
    if rule == "have_case":
        for line in looked.forces:
            bare = bool(line.uncovered) or not line.cases
            (lacking if bare else shows).append(_line_ground(line.kind, line, lack if bare else ()))
    else:
        for case in looked.cases:
            fails = _fails(rule, case)
            (lacking if fails else shows).append(_line_ground("due_diligence", case, lack if fails else ()))
        if not looked.cases:
            return Outcome(state="not_met", missing=(Lack(lack="none", what="due_diligence", number=1, found=0),))
    state = _share(len(shows), len(shows) + len(lacking))
    if rule == "not_suspended" and lacking:
        state = "not_met"  # that other cases are in order makes up for nothing
    return Outcome(state=state, shows=tuple(shows), lacking=tuple(lacking))


def _fails(rule: ForceRule, case: DiligenceLine) -> bool:
    match rule:
        case "assessed":
            return case.risk is None
        case "measures_kept":
            return case.late_measures > 0 and case.status not in STOPPED
        case "reviewed":
            return case.status not in STOPPED and (case.review is None or case.review_late)
        case _:
            return case.loud


def _all(parts: list[Outcome]) -> Outcome:
    told = [p for p in parts if p.state != "not_applicable"]
    states = {p.state for p in told}
    if not told:
        state: NormState = "not_applicable"
    elif len(states) == 1:
        state = told[0].state
    elif states & {"not_met", "partly_met"}:
        state = "partly_met" if states & {"met", "partly_met"} else "not_met"
    else:
        state = "not_shown"
    return Outcome(
        state=state,
        shows=tuple(g for p in parts for g in p.shows),
        lacking=tuple(g for p in parts for g in p.lacking),
        missing=tuple(m for p in parts for m in p.missing),
    )


def _share(passing: int, of: int) -> NormState:
    return "met" if passing == of else "partly_met" if passing else "not_met"


def _lacks(entry: Entry, test: EntryTest, looked: Looked) -> Iterator[Lack]:
    """What an entry lacks of what a test asks."""
    for field in test.filled:
        if _value(entry, field) in (None, "", (), {}):
            yield Lack(lack="filled", what=field)
    for field, wanted in test.values.items():
        if _word(_value(entry, field)) not in wanted:
            yield Lack(lack="values", what=field)
    if test.group and not any(group.partition("=")[0] == test.group for group in _groups(entry, looked)):
        yield Lack(lack="group", what=test.group)
    if test.lead:
        held = _value(entry, test.lead.field)
        limit = months_later(looked.end, -test.lead.months) if looked.end else None
        if not isinstance(held, date) or limit is None or held > limit:
            yield Lack(lack="lead", what=test.lead.field, number=test.lead.months)
    if test.names and not {kind for _, kind, _ in references(entry)} & set(test.names):
        yield Lack(lack="names", what=",".join(test.names))
    if test.named_by and not looked.named_by.get((entry.kind, entry.code), set()) & set(test.named_by):
        yield Lack(lack="named_by", what=",".join(test.named_by))


def _value(entry: Entry, field: str) -> object:
    value: object = entry
    for name in field.split("."):
        value = getattr(value, name, None)
    return value


def _word(value: object) -> str:
    return str(value).casefold() if isinstance(value, bool) else str(value)


def _groups(entry: Entry, looked: Looked) -> Iterator[str]:
    """Groups by which the bars of a criterion, or of a gate's criteria, are broken down."""
    if isinstance(entry, Gate):
        for code in entry.named_criteria:
            criterion = looked.dossier.get(Criterion, code)
            if criterion is not None:
                yield from _groups(criterion, looked)
    elif isinstance(entry, Criterion):
        yield from (leaf.group for leaf in leaves(entry.condition) if isinstance(leaf, IndicatorLeaf))


def _ground(entry: Entry, lacks: tuple[Lack, ...]) -> Ground:
    return Ground(code=entry.code, title=entry.title, title_fr=entry.title_fr, kind=entry.kind, lacks=lacks)


def _line_ground(kind: str, line: ForceLine | DiligenceLine, lacks: tuple[Lack, ...]) -> Ground:
    return Ground(code=line.code, title=line.title, title_fr=line.title_fr, kind=kind, lacks=lacks)
