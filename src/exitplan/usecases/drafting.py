"""Typing an entry: what is wrong with it so far, and what a writer who does not see all of it leaves untouched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from exitplan.domain.dossier import body
from exitplan.domain.entry import Entry, references
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.domain.kinds import KINDS
from exitplan.importers.draft import entry_of
from exitplan.importers.safe_yaml import dump_yaml, read_yaml
from exitplan.importers.schema_faults import faults_of
from exitplan.usecases.board import View, board

ALWAYS = ("code", "title")
"""Fields that every stored body has, at their default or not."""


def shown_body(seen: View, kind: str, code: str) -> dict[str, Any] | None:
    """The content of an entry as the reader may see it, sound or as it was typed; None when they may not, or there is none."""
    if (kind, code) in seen.unsound:
        return dict(seen.unsound[kind, code])
    if kind == "mission":
        entry: Entry | None = seen.dossier.mission if seen.dossier.mission.code == code else None
    else:
        entry = next((e for e in seen.dossier.entries.get(kind, ()) if e.code == code), None)
    if entry is None or not seen.knows(kind, code):
        return None
    return {**{name: getattr(entry, name) for name in ALWAYS}, **body(entry)}


def kept_fields(seen: View, kind: str, code: str) -> Mapping[str, Any]:
    """
    Fields of an entry that hold something the reader may not see, as they lie in the store.

    A form leaves them out and a save puts them back, so that nobody wipes out what they were never shown.
    """
    visible = shown_body(seen, kind, code)
    if visible is None:
        return {}
    whole = board(seen.mission)
    stored = whole.draft.dossier
    if stored is None or (kind, code) in whole.unsound:
        return {}
    entry = stored.mission if kind == "mission" else next((e for e in stored.of(KINDS[kind]) if e.code == code), None)
    if entry is None:
        return {}
    full = {**{name: getattr(entry, name) for name in ALWAYS}, **body(entry)}
    return {name: full.get(name) for name in full.keys() | visible.keys() if full.get(name) != visible.get(name)}


def with_kept(typed: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with the fields put back that the writer was not shown."""
    merged = {**typed, **kept}
    return {name: value for name, value in merged.items() if name not in kept or value is not None}


def findings_of(
    seen: View, kind: str, typed: Mapping[str, Any], kept: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """
    What is wrong with an entry by itself and with what it names; cross-checks with others follow once it is saved.

    Fields that the writer is not shown (`kept`) are never spoken of.
    """
    kept = kept or {}
    code = str(typed.get("code") or "")
    try:
        entry = entry_of(KINDS[kind], with_kept(typed, kept))
    except ValidationError as error:
        return tuple(
            Finding(code=f.code, kind=kind, entry=code[:60], field=f.field, value=f.value, wanted=f.wanted)
            for f in faults_of(error, KINDS[kind])
            if f.path[:1] not in {(name,) for name in kept}
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
        if path.split(".")[0].split("[")[0] not in kept
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
