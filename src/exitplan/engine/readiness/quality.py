"""
`exitplan lint`: how benchmarks are made, not whether they are met. Every rule is a plain look at the dossier; nothing is scored.

References
----------
.. [1] United Nations (2010). Monitoring Peace Consolidation: United Nations Practitioners' Guide to Benchmarking.
.. [2] International Peace Institute (2014). Creating Benchmarks in Peacekeeping Operations: Realistic, Measurable, Flexible.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from exitplan.domain.condition import CriterionLeaf, EventsLeaf, HiddenLeaf, IndicatorLeaf, leaves
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import Benchmark, Criterion, Indicator
from exitplan.domain.months import month_of
from exitplan.domain.norms import AdviceCode
from exitplan.domain.quality import QualityWords, WordList
from exitplan.domain.release import STAND_IN
from exitplan.domain.results.quality import Advice, QualityResult


def quality(dossier: Dossier, on: date, words: QualityWords) -> QualityResult:
    """
    Advice on every benchmark with its criteria and their indicators.

    Parameters
    ----------
    on
        Day looked from: a date still to come must leave time for a value.
    words
        Vague words, words of output, and the numbers above which indicators are too many.
    """
    criteria: dict[str, list[Criterion]] = {}
    for criterion in dossier.of(Criterion):
        criteria.setdefault(criterion.benchmark, []).append(criterion)
    measured = set(dossier.measurements.frame["indicator"].unique().to_list())
    benchmarks = dossier.of(Benchmark)
    advice: list[Advice] = []
    used: set[str] = set()
    for benchmark in benchmarks:
        own = criteria.get(benchmark.code, [])
        advice += _benchmark(dossier, benchmark, own, words)
        for criterion in own:
            if not criterion.code.startswith(STAND_IN):
                advice += _criterion(dossier, benchmark, criterion, on, measured)
        used |= _indicators(own)
    advice += _indicator_advice(dossier, used, measured)
    if len(used) > words.indicators_in_all:
        most = words.indicators_in_all
        advice.append(_advice(dossier.mission, "too-many-indicators", number=len(used), most=most))
    return QualityResult(
        words=words.version,
        benchmarks=len(benchmarks),
        indicators=len(used),
        advice=tuple(advice),
        counts=dict(sorted(Counter(a.advice for a in advice).items())),
    )


def _advice(entry: Entry, code: AdviceCode, field: str = "", benchmark: str = "", **found: object) -> Advice:
    return Advice.model_validate(
        {
            "code": entry.code,
            "title": entry.title,
            "title_fr": entry.title_fr,
            "advice": code,
            "kind": entry.kind,
            "field": field,
            "benchmark": benchmark or (entry.code if isinstance(entry, Benchmark) else ""),
            **found,
        }
    )


def _benchmark(dossier: Dossier, b: Benchmark, own: list[Criterion], words: QualityWords) -> Iterator[Advice]:
    if not b.owner:
        yield _advice(b, "no-owner", "owner")
    if not own:
        yield _advice(b, "no-target")
    if b.due is None and not any(c.due for c in own):
        yield _advice(b, "no-date", "due")
    for field, text, lang in (("statement", b.statement, "en"), ("statement_fr", b.statement_fr or "", "fr")):
        if word := _found(text, words.vague, lang):
            yield _advice(b, "vague-word", field, word=word)
        if b.external and (word := _found(text, words.output, lang)):
            yield _advice(b, "output-as-outcome", field, word=word)
    if not b.external:
        yield _advice(b, "own-output", "external")
    else:
        levels = {i.level for code in _indicators(own) if (i := dossier.get(Indicator, code))}
        if levels == {"output"} and _only_indicators(own):
            yield _advice(b, "output-as-outcome")
    many = len(_indicators(own))
    if many > words.indicators_a_benchmark:
        yield _advice(b, "too-many-indicators", number=many, most=words.indicators_a_benchmark)


def _criterion(dossier: Dossier, b: Benchmark, c: Criterion, on: date, measured: set[str]) -> Iterator[Advice]:
    if not (c.owner or b.owner):
        yield _advice(c, "no-owner", "owner", b.code)
    codes = _indicators([c])
    subjects = {leaf.indicator for leaf in leaves(c.condition) if isinstance(leaf, IndicatorLeaf)}
    subjects |= {"events" for leaf in leaves(c.condition) if isinstance(leaf, EventsLeaf)}
    if len(subjects) > 1:
        yield _advice(c, "compound", "condition", b.code, number=len(subjects))
    if codes and c.baseline is None and not codes <= measured:
        yield _advice(c, "no-baseline", "baseline", b.code)
    due = c.due or b.due
    if due is None:
        return
    for leaf in leaves(c.condition):
        indicator = dossier.get(Indicator, leaf.indicator) if isinstance(leaf, IndicatorLeaf) else None
        if indicator is None or not isinstance(leaf, IndicatorLeaf):
            continue
        version = indicator.version_on(due)
        if version is None:
            yield _advice(c, "not-measurable-by-date", "due", b.code, word=indicator.code, number=0, most=0)
            return
        months = month_of(due) - month_of(version.start) + 1
        needed = max(leaf.persist_months, leaf.window_months, indicator.every_months)
        late = due >= on and indicator.code not in measured and month_of(due) - month_of(on) < indicator.every_months
        if months < needed or late:
            there = month_of(due) - month_of(on) if late else months
            yield _advice(
                c, "not-measurable-by-date", "due", b.code, word=indicator.code, number=needed, most=max(0, there)
            )
            return


def _indicator_advice(dossier: Dossier, used: set[str], measured: set[str]) -> Iterator[Advice]:
    for indicator in dossier.of(Indicator):
        if indicator.code not in used:
            continue
        if not (indicator.method or indicator.sources or indicator.code in measured):
            yield _advice(indicator, "no-data-source", "method")
        if indicator.every_months > indicator.fresh_months:
            yield _advice(
                indicator,
                "rhythm-slower-than-freshness",
                "fresh_months",
                number=indicator.every_months,
                most=indicator.fresh_months,
            )


def _indicators(criteria: Iterable[Criterion]) -> set[str]:
    """Indicators that criteria rest on, without those of other criteria that they name."""
    return {leaf.indicator for c in criteria for leaf in leaves(c.condition) if isinstance(leaf, IndicatorLeaf)}


def _only_indicators(criteria: Iterable[Criterion]) -> bool:
    """Whether criteria rest on indicators alone."""
    rest = (leaf for c in criteria for leaf in leaves(c.condition))
    return all(isinstance(leaf, IndicatorLeaf | HiddenLeaf | CriterionLeaf) for leaf in rest)


def _found(text: str, lists: Iterable[WordList], lang: str) -> str:
    """The first word of a list that a text holds, as it stands there; empty where none does."""
    for words in lists:
        if words.language != lang:
            continue
        for word in words.words:
            if hit := re.search(rf"(?<!\w){re.escape(word)}\w*", text.casefold()):
                return text[hit.start() : hit.end()]
    return ""
