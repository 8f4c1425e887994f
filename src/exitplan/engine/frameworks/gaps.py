"""
`exitplan frameworks`: coverage of each framework and its gaps. Norms are counted, never averaged; what is not met comes first.

A norm has up to two answers: what its machine check finds, and what people judged. Both are shown. Together they are never
better than the check: a judgement of "met" does not hide a check that fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import references
from exitplan.domain.kinds import Decision, Framework, FrameworkCheck, Norm
from exitplan.domain.results.frameworks import FrameworkLine, FrameworksResult, Judged, NormLine, NormState, Outcome
from exitplan.domain.results.quality import Advice
from exitplan.engine.frameworks.checks import Looked, outcome
from exitplan.engine.frameworks.diligence import cases, forces

ORDER: tuple[NormState, ...] = get_args(NormState)
SHORT_OF_MET = ("not_met", "partly_met")


def frameworks(
    dossier: Dossier,
    on: date,
    *,
    library: Sequence[tuple[Framework, Sequence[Norm]]],
    advice: Sequence[Advice] = (),
    hidden: Iterable[str] = (),
) -> FrameworksResult:
    """
    Where a mission stands against every framework, the mission's own last.

    Parameters
    ----------
    library
        Frameworks that come along, each with its norms.
    advice
        Advice on benchmarks, which some checks ask about.
    hidden
        Kinds of entry of which the reader does not see everything.
    """
    lines, known = forces(dossier, on), cases(dossier, on)
    looked = Looked(dossier, on, tuple(advice), lines, known, frozenset(hidden))
    own = [(f, [n for n in dossier.of(Norm) if n.framework == f.code]) for f in dossier.of(Framework)]
    judged = _judgements(dossier, on)
    taken: set[str] = set()
    found = []
    for sets, mine in ((library, False), (own, True)):
        for framework, norms in sets:
            told = [_norm(framework, norm, looked, judged, taken) for norm in norms]
            if told or mine:
                found.append(_framework(framework, told, on, own=mine))
    found.sort(key=lambda f: f.hindsight)
    every = [n for f in found if not f.hindsight for n in f.norms]
    return FrameworksResult(
        frameworks=tuple(found),
        counts=_counts(every),
        forces=lines,
        cases=known,
        unknown=tuple(c.code for c in dossier.of(FrameworkCheck) if c.code not in taken),
    )


def together(check: Outcome | None, judged: NormState | None) -> NormState:
    """
    Check and judgement as one state.

    Where both exist the worse of the two holds, except that people may say that a norm does not apply.
    """
    found: NormState = check.state if check else "not_checked"
    if judged is None or judged == "not_checked":
        return found
    if judged == "not_applicable" or found in ("not_applicable", "not_checked", "not_shown"):
        return judged
    return min(found, judged, key=ORDER.index)


def _judgements(dossier: Dossier, on: date) -> list[FrameworkCheck]:
    """Framework checks made by the day, the latest first; those without a day come last."""
    made = [c for c in dossier.of(FrameworkCheck) if c.checked is None or c.checked <= on]
    return sorted(made, key=lambda c: c.checked or date.min, reverse=True)


def _norm(framework: Framework, norm: Norm, looked: Looked, checks: list[FrameworkCheck], taken: set[str]) -> NormLine:
    mine = [c for c in checks if _speaks_of(c, framework, norm)]
    taken |= {c.code for c in mine}
    found = outcome(norm.check, looked) if norm.check else None
    judged = mine[0].status if mine else None
    state = together(found, judged)
    evidence = {e for c in mine for e in c.evidence}
    return NormLine(
        code=norm.code,
        title=norm.title,
        title_fr=norm.title_fr,
        framework=framework.code,
        number=norm.number,
        asks=norm.asks,
        asks_fr=norm.asks_fr,
        topic=norm.topic,
        document=norm.document or framework.symbol,
        verified=norm.verified,
        read_in=norm.read_in,
        shown_by=norm.shown_by,
        state=state,
        check=found,
        judged=tuple(_judged(c) for c in mine),
        differs=found is not None and found.state in SHORT_OF_MET and judged in ("met", "partly_met")
        and ORDER.index(judged) > ORDER.index(found.state),
        decisions=_decisions(looked.dossier, evidence),
    )  # fmt: skip


def _speaks_of(check: FrameworkCheck, framework: Framework, norm: Norm) -> bool:
    """Whether a check judges a norm: by its code, or by the framework's symbol or title and the norm's number."""
    if check.norm_ref is not None:
        return str(check.norm_ref) == norm.code
    names = (framework.symbol, framework.title)
    return norm.number != "" and check.norm == norm.number and check.framework in names


def _judged(c: FrameworkCheck) -> Judged:
    return Judged(
        code=c.code,
        title=c.title,
        title_fr=c.title_fr,
        state=c.status,
        owner=c.owner,
        checked=c.checked,
        evidence=c.evidence,
        note=c.note,
    )


def _decisions(dossier: Dossier, evidence: set[str]) -> tuple[str, ...]:
    """Decisions that are evidence themselves, or that name an entry which is."""
    return tuple(
        d.code
        for d in dossier.of(Decision)
        if f"decision:{d.code}" in evidence or any(f"{kind}:{code}" in evidence for _, kind, code in references(d))
    )


def _framework(framework: Framework, norms: list[NormLine], on: date, *, own: bool) -> FrameworkLine:
    return FrameworkLine(
        code=framework.code,
        title=framework.title,
        title_fr=framework.title_fr,
        symbol=framework.symbol,
        published=framework.published,
        own=own,
        hindsight=framework.published is not None and framework.published > on,
        counts=_counts(norms),
        verified=sum(n.verified for n in norms),
        norms=tuple(sorted(norms, key=lambda n: ORDER.index(n.state))),
    )


def _counts(norms: Iterable[NormLine]) -> dict[NormState, int]:
    found = Counter(n.state for n in norms)
    return {state: found[state] for state in ORDER}
