"""Norms of a mission's own: what their checks look at exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

from exitplan.domain.checks.fault import fault
from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import KINDS, Norm
from exitplan.domain.norms import EntryTest, EveryOf, NormCheck, SomeOf, parts_of


def check_norms(dossier: Dossier) -> Iterator[Finding]:
    """Kinds and fields that a norm's check names are there to be looked at."""
    for norm in dossier.of(Norm):
        for value, wanted in unknown_words(norm):
            yield fault(dossier, norm, "not-a-choice", "check", value, wanted)


def unknown_words(norm: Norm) -> Iterator[tuple[str, str]]:
    """Kinds and fields that a norm names and that do not exist, each with what was wanted."""
    for kind in norm.shown_by:
        if kind not in KINDS:
            yield kind, _kind_wanted()
    if norm.check is not None:
        for part in parts_of(norm.check):
            yield from _unknown(part)


def _unknown(part: NormCheck) -> Iterator[tuple[str, str]]:
    if not isinstance(part, EveryOf | SomeOf):
        return
    kind = part.every if isinstance(part, EveryOf) else part.some
    tests = [part.has, part.where] if isinstance(part, EveryOf) else [part.has]
    if kind not in KINDS:
        yield kind, _kind_wanted()
        return
    for test in tests:
        if test is None:
            continue
        for name in _fields(test):
            if name.partition(".")[0] not in KINDS[kind].model_fields:
                yield name, Wanted("a field of a {kind}, such as {fields}", kind=kind, fields=_some(KINDS[kind]))
        for name, words in test.values.items():
            allowed = choices(KINDS[kind], name)
            for word in words if allowed else ():
                if word not in allowed:
                    yield word, Wanted("one of {choices}", choices=", ".join(allowed))
        for other in (*test.names, *test.named_by):
            if other not in KINDS:
                yield other, _kind_wanted()


def choices(model: type[Entry], field: str) -> tuple[str, ...]:
    """The closed choice of codes of a field; empty where it holds anything else."""
    info = model.model_fields.get(field)
    inner = info.annotation if info else None
    for one in (inner, *get_args(inner)):
        if get_origin(one) is Literal:
            return tuple(str(choice) for choice in get_args(one))
    return ()


def _fields(test: EntryTest) -> tuple[str, ...]:
    return (*test.filled, *test.values, *((test.lead.field,) if test.lead else ()))


def _some(model: type[Entry]) -> str:
    return ", ".join(list(model.model_fields)[:3] + [n for n in model.model_fields if n not in Entry.model_fields][:3])


def _kind_wanted() -> Wanted:
    return Wanted("a kind of entry, such as {kinds}", kinds="gate, handover, risk")
