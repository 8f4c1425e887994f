"""How documents name their sources, and say a text in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from exitplan.domain.entry import Entry
from exitplan.domain.kinds import Partner, Source
from exitplan.reports.content.material import Material
from exitplan.wording import Wording


def cited(m: Material) -> dict[str, str]:
    """How each source of the dossier is cited, by its code."""
    return {source.code: citation(source, m.on, m.w) for source in m.dossier.of(Source)}


def citation(source: Source, on: date, w: Wording) -> str:
    """A source as a note names it: title, document, publisher, day; and whether it came after the day of the document."""
    said = [source.name(w.lang)]
    said += [text for text in (source.document, source.publisher) if text and text not in said[0]]
    if source.published:
        day = w.date(source.published)
        said.append(w("{day}, after the day of this document", day=day) if source.published > on else day)
    if source.url:
        said.append(source.url)
    assumed = f" ({w.code('basis', source.basis)})" if source.basis == "assumption" else ""
    return f"{', '.join(said)}{assumed}."


def sources_of(m: Material, *entries: Entry | None, more: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Codes of the sources that some entries rest on, and of others named, as far as the dossier holds them, each once."""
    named = [code for entry in entries if entry for code in entry.sources] + [code for code in more if code]
    return tuple(code for code in dict.fromkeys(named) if m.dossier.get(Source, code))


def told(entry: Entry, field: str, lang: str) -> str:
    """A text of an entry in the reader's language, where it has one."""
    return str((getattr(entry, f"{field}_{lang}", None) if lang != "en" else None) or getattr(entry, field))


def partner(m: Material, code: str | None) -> str:
    """Name of a partner; a dash where there is none."""
    found = m.dossier.get(Partner, code)
    return found.name(m.lang) if found else code or "–"
