"""Typing an entry: what is wrong with it so far, and what a writer who does not see all of it leaves untouched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from exitplan.domain.dossier import body
from exitplan.domain.entry import Entry, references
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import Reader
from exitplan.importers.draft import entry_of
from exitplan.importers.safe_yaml import dump_yaml, read_yaml
from exitplan.importers.schema_faults import faults_of
from exitplan.usecases.board import View, board
from exitplan.usecases.writing import Body, Written, save_entry


@dataclass(frozen=True)
class Collision:
    """Somebody else changed the entry first: what it says now, as the reader may see it; None where it is gone."""

    theirs: Body | None
    version: int


def save(
    reader: Reader, mission: str, kind: str, typed: Mapping[str, Any], *, version: int, why: str, at: datetime
) -> Written | Collision:
    """Write an entry, or say with what it collides; raises whatever else `save_entry` does."""
    from exitplan.store.errors import Stale

    try:
        return save_entry(reader, mission, kind, typed, version=version, why=why, at=at)
    except Stale as stale:
        return Collision(stale.theirs, stale.theirs_version)


def bodies(seen: View, kind: str) -> dict[str, Body]:
    """Every entry of a kind that the reader may see, by code, as its form shows it: sound ones first, then drafts."""
    entries: Iterable[Entry] = (seen.dossier.mission,) if kind == "mission" else seen.dossier.entries.get(kind, ())
    found = {e.code: {"code": e.code, "title": e.title, **body(e)} for e in entries if seen.knows(kind, e.code)}
    return {**found, **{code: dict(draft) for (k, code), draft in seen.unsound.items() if k == kind}}


def partly_hidden(seen: View, kind: str, code: str, shown_to_them: Mapping[str, Any]) -> frozenset[str]:
    """Fields of an entry that hold something the reader may not see as it is: a form leaves them alone."""
    whole = board(seen.mission).dossier
    entry = next((e for e in whole.everything() if (e.kind, e.code) == (kind, code)), None)
    if entry is None:
        return frozenset()
    full = {"code": entry.code, "title": entry.title, **body(entry)}
    return frozenset(n for n in full.keys() | shown_to_them.keys() if full.get(n) != shown_to_them.get(n))


def put_back(typed: Mapping[str, Any], hidden: Iterable[str], shown_to_them: Mapping[str, Any]) -> Body:
    """What was typed, with the fields that the form left alone as the reader was shown them."""
    kept = {name: shown_to_them[name] for name in hidden if name in shown_to_them}
    return {**{name: value for name, value in typed.items() if name not in kept}, **kept}


def findings_of(seen: View, kind: str, typed: Mapping[str, Any], hidden: Iterable[str] = ()) -> tuple[Finding, ...]:
    """
    What is wrong with an entry by itself and with what it names; cross-checks with others follow once it is saved.

    Fields that the writer is not shown as they are (`hidden`) are not spoken of.
    """
    unspoken = frozenset(hidden)
    code = str(typed.get("code") or "")
    try:
        entry = entry_of(KINDS[kind], dict(typed))
    except ValidationError as error:
        return tuple(
            Finding(code=f.code, kind=kind, entry=code[:60], field=f.field, value=f.value, wanted=f.wanted)
            for f in faults_of(error, KINDS[kind])
            if not (f.path and f.path[0] in unspoken)
        )
    return tuple(
        Finding(
            code="unknown-reference",
            kind=kind,
            entry=code,
            field=path,
            value=shown(named),
            wanted=Wanted("the code of an entry that exists"),
        )
        for path, wanted, named in references(entry)
        if path.replace("[", ".").split(".")[0] not in unspoken
        and not seen.knows(wanted, named)
        and (wanted, named) != (kind, code)
    )


def read_value(text: str) -> Any:
    """A part of an entry typed as YAML; None for nothing, the text itself where it cannot be read, so that nothing is lost."""
    if not text.strip():
        return None
    read = read_yaml(text)
    return text if read.refused or read.faults else read.value


def written_value(value: Any) -> str:
    """A part of an entry as YAML to type on; a text that is no part of a tree as it is."""
    if value is None or value in ({}, []):
        return ""
    return dump_yaml(value) if isinstance(value, dict | list) else str(value)
