"""A mission's own Word template, filled: what stands between double braces gives way to texts, tables, pictures and sections.

A template comes from outside, so it is looked through before anything reads it: no macro, no link to anything outside, no
field that fetches, no bomb.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.domain.findings import Finding, Wanted, shown
from exitplan.reports.docx import NEVER, Writer, clean, clocks_blocks, packed
from exitplan.reports.page import Block, Document, Figure, Section, Table

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}")

PARTS_LIMIT = 2000
"""Files inside a template."""
BYTES_LIMIT = 64 << 20
"""Bytes that a template may unpack to."""
RATIO_LIMIT = 200
"""Times that one file inside may grow; pictures and XML grow ten to thirty times, a bomb a thousand times."""
RATIO_FREE = 1 << 20
"""Bytes below which the ratio does not matter."""

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE = re.compile(r"vba|activex|macro", re.IGNORECASE)
FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b")
"""Fields with which Word would ask something outside for content."""


@dataclass(frozen=True)
class _Spot:
    """A paragraph with a placeholder, where it stands in words, and whether blocks may stand there."""

    paragraph: Any
    place: str
    blocks: bool


def fill_template(template: bytes, document: Document, *, name: str = "template.docx") -> bytes:
    """
    A Word template with a document put in; equal templates and documents give equal bytes.

    Parameters
    ----------
    template
        A `.docx`. A placeholder may stand in the text, in tables, in heads and feet, however Word has cut it up.
    document
        Where texts, tables, figures and sections come from.
    name
        Name of the file, for what is said of it.

    Raises
    ------
    Unreadable
        When the file is no Word document, holds macros, asks for something from outside, or unpacks to too much.
    InputFaults
        With every placeholder that means nothing, or stands where it cannot, and its place.
    """
    _look_through(template, name)
    try:
        word = docx.Document(io.BytesIO(template))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as fault:
        raise Unreadable(name, Wanted("a Word document wanted")) from fault
    texts, blocks = text_values(document), block_values(document)
    spots = [*_spots(word)]
    faults = [fault for spot in spots for fault in _faults(spot, texts, blocks, name)]
    if faults:
        raise InputFaults(tuple(faults))
    writer = Writer(word, document)
    whole = writer.width
    for spot in spots:
        said = _words(spot.paragraph)
        alone = PLACEHOLDER.fullmatch(said.strip())
        if alone and alone[1] in blocks:
            writer.width = _room(spot.paragraph, whole)
            _put(word, spot.paragraph, writer, blocks[alone[1]])
        else:
            _say(spot.paragraph, texts)
    told = word.core_properties
    told.author = told.last_modified_by = clean(document.acronym)[:255]
    told.created = told.modified = NEVER
    told.last_printed = NEVER
    return packed(word)


def text_values(document: Document) -> dict[str, str]:
    """What placeholders of the text say, by name."""
    return {
        "title": document.title,
        "mission.title": document.mission,
        "mission.acronym": document.acronym,
        "day": document.day,
        "classification": document.classification,
        "banner": document.banner,
        "headline": document.front.headline if document.front else document.lead,
        "foot": document.foot,
    }


def block_values(document: Document) -> dict[str, tuple[Block | Section, ...]]:
    """What placeholders that stand alone put in their place, by name."""
    found: dict[str, tuple[Block | Section, ...]] = {}
    if document.front:
        found["clocks"] = clocks_blocks(document)
        found["gates"] = (document.front.gates,)
    for section in document.sections:
        found[f"section:{section.key}"] = (section,)
        tables = [block for block in section.blocks if isinstance(block, Table)]
        figures = [block for block in section.blocks if isinstance(block, Figure)]
        for kind, pieces in (("table", tables), ("figure", figures)):
            for number, piece in enumerate(pieces, start=1):
                unfolded = piece.model_copy(update={"folded": False}) if isinstance(piece, Table) else piece
                found[f"{kind}:{section.key}.{number}"] = (unfolded,)
                if number == 1:
                    found[f"{kind}:{section.key}"] = (unfolded,)
    return found


def _look_through(template: bytes, name: str) -> None:
    """Refuse what must not be opened. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            members = archive.infolist()
            _not_a_bomb(members, name)
            names = {member.filename for member in members}
            if "[Content_Types].xml" not in names or len(names) != len(members):
                raise Unreadable(name, Wanted("a Word document wanted"))
            if active := sorted(part for part in names if ACTIVE.search(part)):
                raise Unreadable(
                    name, Wanted("holds macros or controls ({parts}); save it without", parts=", ".join(active[:3]))
                )
            types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            if "macroEnabled" in types:
                raise Unreadable(name, Wanted("a document with macros; save it as .docx"))
            if MAIN not in types:
                raise Unreadable(name, Wanted("a Word document (.docx) wanted"))
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _innocent(archive.read(member), member.filename, name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zipfile.LargeZipFile) as fault:
        raise Unreadable(name, Wanted("a Word document wanted")) from fault


def _not_a_bomb(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > PARTS_LIMIT:
        raise Unreadable(name, Wanted("holds more than {most} files", most=PARTS_LIMIT))
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(name, Wanted("encrypted; take the password off first"))
    grown = [m for m in members if m.file_size > RATIO_FREE and m.file_size > RATIO_LIMIT * max(1, m.compress_size)]
    if grown or sum(member.file_size for member in members) > BYTES_LIMIT:
        raise Unreadable(
            name,
            Wanted("unpacks to more than {times} times its size or {most} bytes", times=RATIO_LIMIT, most=BYTES_LIMIT),
        )


def _innocent(content: bytes, part: str, name: str) -> None:
    """Refuse a part that declares entities, points outside, or has fields that fetch. Raises Unreadable."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable(name, Wanted("{part} declares entities, which no Word document does", part=part))
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as fault:
        raise Unreadable(name, Wanted("{part} is damaged", part=part)) from fault
    if part.endswith(".rels"):
        for relation in root:
            if relation.get("TargetMode") == "External":
                said = f"{relation.get('Type', '').rpartition('/')[2]} {shown(relation.get('Target', ''))}"
                wanted = Wanted(
                    "{part} points outside ({said}); take the link off and save it again", part=part, said=said
                )
                raise Unreadable(name, wanted)
    codes = [element.text or "" for element in root.iter(qn("w:instrText"))]
    codes += [element.get(qn("w:instr"), "") for element in root.iter(qn("w:fldSimple"))]
    if fetching := FETCHES.search(" ".join(codes)):
        raise Unreadable(
            name, Wanted("{part} has a field that fetches from outside ({field})", part=part, field=fetching[0])
        )


def _spots(word: WordFile) -> Iterator[_Spot]:
    """Paragraphs with braces: in the text and its tables, then in heads and feet, each once."""
    body = word.element.body
    yield from _in(body, "document.xml", blocks=True)
    seen: set[str] = set()
    for section in word.sections:
        frames = (section.header, section.first_page_header, section.even_page_header)
        frames += (section.footer, section.first_page_footer, section.even_page_footer)
        for frame in frames:
            name = "" if frame.is_linked_to_previous else str(frame.part.partname).rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                yield from _in(frame._element, name, blocks=False)


def _in(root: Any, part: str, *, blocks: bool) -> Iterator[_Spot]:
    for number, paragraph in enumerate([*root.iter(qn("w:p"))], start=1):
        if BRACES.search(_words(paragraph)):
            inside = any(True for _ in paragraph.iterancestors(qn("w:txbxContent")))
            yield _Spot(paragraph, f"{part} ¶ {number}", blocks and not inside)


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, without those of a box that is anchored in it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def _words(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in _texts(paragraph))


def _faults(
    spot: _Spot, texts: Mapping[str, str], blocks: Mapping[str, tuple[Block | Section, ...]], name: str
) -> Iterator[Finding]:
    """Every placeholder of a paragraph that means nothing, or stands where it cannot."""
    said = _words(spot.paragraph)

    def fault(value: str, wanted: Wanted) -> Finding:
        return Finding(code="unknown-placeholder", field=spot.place, value=shown(value), wanted=wanted, where=name)

    for found in PLACEHOLDER.finditer(said):
        key = found[1]
        if key in texts:
            continue
        if key not in blocks:
            keys = ", ".join(key.partition(":")[2] for key in blocks if key.startswith("section:"))
            names = ", ".join([*texts, *(key for key in blocks if ":" not in key)])
            wanted = Wanted("one of {names}, or section:, table: or figure: with one of {keys}", names=names, keys=keys)
            yield fault(found[0], wanted)
        elif not spot.blocks:
            yield fault(found[0], Wanted("a text; tables and sections stand in the text itself"))
        elif said.strip() != found[0]:
            yield fault(found[0], Wanted("a paragraph of its own"))
    if BRACES.search(PLACEHOLDER.sub("", said)):
        yield fault(said, Wanted("braces that open and close in one paragraph"))


def _say(paragraph: Any, texts: Mapping[str, str]) -> None:
    """Put texts in the place of placeholders, which Word may have cut into several pieces; the first piece's look is kept."""
    pieces = _texts(paragraph)
    # From the end, so that places before stay right, and a text that holds braces itself is never taken for a placeholder.
    for found in reversed([*PLACEHOLDER.finditer(_words(paragraph))]):
        _replace(pieces, found.start(), found.end(), clean(texts[found[1]]))


def _replace(pieces: list[Any], start: int, end: int, text: str) -> None:
    at, first = 0, True
    for piece in pieces:
        held = piece.text or ""
        low, high = max(start, at), min(end, at + len(held))
        if low < high:
            piece.text = held[: low - at] + (text if first else "") + held[high - at :]
            piece.set(qn("xml:space"), "preserve")
            first = False
        at += len(held)


def _put(word: WordFile, paragraph: Any, writer: Writer, pieces: tuple[Block | Section, ...]) -> None:
    """Put blocks in the place of a paragraph: they are written at the end and moved."""
    body = word.element.body
    standing = [*body]  # held, so that no element is forgotten and its identity given to another
    before = set(map(id, standing))
    for piece in pieces:
        if isinstance(piece, Section):
            for block in piece.blocks:
                writer.block(block, annexed=False)
        else:
            writer.block(piece, annexed=False)
    for element in [element for element in body if id(element) not in before]:
        paragraph.addprevious(element)
    parent = paragraph.getparent()
    last_of_cell = (
        parent.tag == qn("w:tc") and paragraph.getnext() is None and paragraph.getprevious().tag == qn("w:tbl")
    )
    holds_section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    if last_of_cell or holds_section:  # a cell ends with a paragraph, and a section with the one that holds its page
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)
    else:
        parent.remove(paragraph)


def _room(paragraph: Any, whole: int) -> int:
    """Width for blocks in the place of a paragraph, in twentieths of a point: that of its cell, else of the text."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    told = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if cell is not None else None
    if told is not None and told.get(qn("w:type")) == "dxa" and (told.get(qn("w:w")) or "").isdigit():
        return max(1000, int(told.get(qn("w:w"))) - 220)
    return whole
