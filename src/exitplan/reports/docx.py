"""A document as a Word file: real headings, tables with heading rows that repeat, footnotes, pictures with their words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

import docx
import vl_convert
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from exitplan.reports.page import Block, Cell, Document, Figure, Items, Note, Paragraph, Section, Table
from exitplan.reports.widths import fitted
from exitplan.reports.zipped import settled

FONT = "Arial"
INK, MUTED, DEEP, OCHRE = (RGBColor.from_string(tone) for tone in ("1B2530", "56616D", "123A5C", "B4590F"))
MARGIN = Mm(18)
EDGE = 635
"""Length of one twentieth of a point, in the units of Word's library."""

SIGNS = {
    "met": "✓", "done": "✓", "unmet": "✕", "unknown": "?", "late": "!",
    "low": "①", "medium": "②", "high": "③", "very_high": "④",
}  # fmt: skip
"""Signs before the words of a cell; the words beside them say the same."""

CELL, PADDING = 8.5, 6.0
"""Size of the words of a table, and the space to the left and right of them together, in points."""

TWENTIETHS = 20
"""Word measures columns in twentieths of a point."""

SMALL = 0.85
"""How much smaller a document is set that is meant to stay on one page."""

DOTS = 2
"""Points of a picture for each of its own, so that it stays sharp on paper."""

NEVER = datetime(2000, 1, 1)
"""What the file says of its making: no clock is asked, so that equal documents give equal bytes. The day is in the text."""

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""

TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ExitplanTable">
<w:name w:val="Exitplan Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
<w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="C9D0D6"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D0D6"/>
</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2530"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""

LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""


def render_docx(document: Document) -> bytes:
    """A document as a Word file; equal documents give equal bytes. Texts are texts, whatever they hold."""
    word = docx.Document()
    _bare(word, SMALL if document.fitted else 1.0)
    _page(word, document)
    _properties(word, document)
    writer = Writer(word, document)
    writer.text("Title", f"{document.title}{document.labels.colon}{document.mission} ({document.acronym})")
    writer.text("Subtitle", document.day)
    if document.lead:
        writer.paragraph(Paragraph(text=document.lead, tone="lead"))
    if document.front:
        writer.sections(front_sections(document), numbered=False)
    if not document.fitted:
        writer.contents()
    writer.sections(document.sections, numbered=not document.fitted)
    writer.annex()
    return packed(word)


def packed(word: WordFile) -> bytes:
    """A Word file as bytes, without the time of its packing."""
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def front_sections(document: Document) -> tuple[Section, ...]:
    """A first page as sections, for paper that flows."""
    front, words = document.front, document.labels
    if front is None:
        return ()
    asked: list[Block] = [
        block
        for number, a in enumerate(front.asked, start=1)
        for block in (
            Paragraph(text=f"{number}. {a.question}", tone="lead"),
            Paragraph(
                text=f"{words.options}{words.colon}{' · '.join(a.options) or '–'}. {words.due}{words.colon}{a.due}. "
                f"{words.decider}{words.colon}{a.decider}. {a.code}",
                tone="note",
            ),
        )
    ]
    dissent: list[Block] = [
        Paragraph(text=f"{words.quoted.replace('{text}', d.text)} ({d.by}, {d.about})") for d in front.dissent
    ]
    notes = [Paragraph(text=text, tone="note") for text in (front.asked_note, front.dissent_note)]
    return (
        Section(
            key="front-gates", title=words.gates, blocks=(Paragraph(text=front.headline, tone="lead"), front.gates)
        ),
        Section(key="front-clocks", title=words.clocks, blocks=clocks_blocks(document)),
        Section(key="front-asked", title=words.asked, blocks=(*asked, *(n for n in notes[:1] if n.text))),
        Section(key="front-dissent", title=words.dissent, blocks=(*dissent, *(n for n in notes[1:] if n.text))),
    )


def clocks_blocks(document: Document) -> tuple[Block, ...]:
    """The two clocks: the facts in words, and the picture."""
    front, words = document.front, document.labels
    if front is None:
        return ()
    facts = tuple(
        f"{fact.label}{words.colon}{fact.value}{f' ({fact.note})' if fact.note else ''}" for fact in front.facts
    )
    return (Items(items=facts), front.clocks)


class Writer:
    """
    Puts the pieces of a document at the end of a Word file.

    Parameters
    ----------
    word
        The file; a template of somebody else's as well: styles that it lacks are added, those it has are kept.
    """

    def __init__(self, word: WordFile, document: Document) -> None:
        self.word = word
        self.document = document
        self.words = document.labels
        self.notes: dict[str, Note] = {note.code: note for note in document.notes}
        self.cited: dict[str, int] = {}
        self.bookmarks = 1000
        self.width = text_width(word)
        add_styles(word, document.lang)
        numbered = word.styles["List Bullet"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        self.bullet = "" if numbered is not None else "• "

    def sections(self, sections: Iterable[Section], *, numbered: bool) -> None:
        """Sections in their order, each under its heading."""
        for number, section in enumerate(sections, start=1):
            title = f"{number}. {section.title}" if numbered else section.title
            heading = self.text("Heading 1", title)
            self._bookmark(heading, _anchor(section.key))
            for block in section.blocks:
                self.block(block)

    def block(self, block: Block, *, annexed: bool = True) -> None:
        """One piece; `annexed` leaves long tables to the annex."""
        if isinstance(block, Paragraph):
            self.paragraph(block)
        elif isinstance(block, Items):
            for item in block.items:
                self.text("List Bullet", f"{self.bullet}{item}")
        elif isinstance(block, Figure):
            self._figure(block, annexed=annexed)
        elif block.folded and block.rows and annexed:
            self._elsewhere(block)
        else:
            self.table(block)

    def paragraph(self, block: Paragraph) -> None:
        """A few sentences, in the style of their tone."""
        style = {"plain": "Normal", "lead": "Exitplan Lead", "note": "Exitplan Note", "warning": "Exitplan Warning"}
        self._marks(self.text(style[block.tone], block.text), block.sources)

    def text(self, style: str, text: str) -> WordParagraph:
        """A paragraph of plain text."""
        return self.word.add_paragraph(clean(text), style=style)

    def contents(self) -> None:
        """The sections as links; a field that Word can fill anew."""
        self.text("Exitplan Contents Heading", self.words.contents)
        last = len(self.document.sections)
        for number, section in enumerate(self.document.sections, start=1):
            line = self.text("Exitplan Contents", "")
            if number == 1:
                _field_part(line, "begin")
                _instruction(line, ' TOC \\o "1-1" \\n \\h ')
                _field_part(line, "separate")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _anchor(section.key))
            link.set(qn("w:history"), "1")
            run = line.add_run(clean(f"{number}. {section.title}"))
            link.append(run._r)
            line._p.append(link)
            if number == last:
                _field_part(line, "end")

    def annex(self) -> None:
        """Long tables, at the end."""
        tables = self.document.annexed
        if not tables:
            return
        heading = self.text("Heading 1", self.words.annex)
        heading.paragraph_format.page_break_before = True
        self._bookmark(heading, "annex")
        for table in tables:
            self.table(table)

    def table(self, data: Table, *, caption: bool = True) -> None:
        """A table with its caption; the heading row stands on each page, and no row is torn."""
        if caption:
            self.text("Exitplan Caption", data.caption)
        if not data.rows:
            self.text("Exitplan Note", data.empty or "–")
        else:
            self._grid(data)
        if data.note:
            self.text("Exitplan Note", data.note)
        elif data.rows:
            self.text("Exitplan Note", "").paragraph_format.space_after = Pt(0)

    def _grid(self, data: Table) -> None:
        grid = self.word.add_table(rows=1 + len(data.rows), cols=len(data.columns))
        grid.style = "Exitplan Table"
        grid.autofit = False
        fit = fitted(data, self.width / TWENTIETHS, size=CELL, padding=PADDING)
        widths = [int(width * TWENTIETHS) for width in fit.widths]
        for column, width in zip(grid._tbl.tblGrid.iterchildren(), widths, strict=True):
            column.set(qn("w:w"), str(width))
        look = grid._tbl.tblPr
        _set(look, "w:tblW", type="dxa", w=str(sum(widths)))
        _set(
            look,
            "w:tblLook",
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        )
        said = OxmlElement("w:tblCaption")
        said.set(qn("w:val"), clean(data.caption)[:250])
        look.append(said)
        heads = tuple(Cell(text=column.title) for column in data.columns)
        for place, (row, cells) in enumerate(zip(grid._tbl.tr_lst, (heads, *data.rows), strict=True)):
            kept = row.get_or_add_trPr()
            # A row stays together, unless it is so long that it could fill a page.
            if all(len(cell.text) <= 900 for cell in cells):
                kept.append(OxmlElement("w:cantSplit"))
            if place == 0:
                kept.append(OxmlElement("w:tblHeader"))
            for cell, content, column, width in zip(row.tc_lst, cells, data.columns, widths, strict=True):
                _set(cell.get_or_add_tcPr(), "w:tcW", type="dxa", w=str(width))
                self._cell(WordParagraph(cell.p_lst[0], grid), content, right=column.number, scale=fit.scale)  # type: ignore[arg-type]

    def _cell(self, line: WordParagraph, cell: Cell, *, right: bool, scale: float) -> None:
        line.style = self.word.styles["Exitplan Cell"]
        if right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if cell.mark:
            sign = line.add_run(f"{SIGNS[cell.mark]}\u00a0")
            sign.bold = True
        line.add_run(clean(softened(cell.text)))
        self._marks(line, cell.sources)
        if scale < 1:
            for run in line.runs:
                run.font.size = Pt(CELL * scale)

    def _figure(self, figure: Figure, *, annexed: bool) -> None:
        self.text("Exitplan Caption", figure.title)
        # The picture is drawn here, so that a page is never asked for anything from outside.
        picture = vl_convert.svg_to_png(figure.svg, scale=DOTS)
        line = self.text("Exitplan Picture", "")
        inside = line.add_run().add_picture(io.BytesIO(picture))
        wide = min(_native_width(figure.svg), self.width * EDGE)
        inside.height = int(inside.height * wide / inside.width)
        inside.width = wide
        about = inside._inline.docPr
        about.set("descr", clean(figure.alt))
        about.set("title", clean(figure.title))
        for said in (figure.note, f"{self.words.source}{self.words.colon}{figure.source}" if figure.source else ""):
            if said:
                self.text("Exitplan Note", said)
        if not figure.table.folded:
            self.table(figure.table, caption=figure.table.caption != figure.title)
        elif not annexed:
            self.table(figure.table)

    def _elsewhere(self, table: Table) -> None:
        """A pointer to a long table in the annex."""
        line = self.text("Normal", "")
        line.add_run(clean(table.caption)).bold = True
        line.add_run(clean(f"{self.words.colon}{len(table.rows)} {self.words.rows}, {self.words.annexed}."))

    def _marks(self, line: WordParagraph, codes: Iterable[str]) -> None:
        """Marks of notes: the note itself where a source is named first, its number from then on."""
        for at, code in enumerate(codes):
            if at:
                line.add_run(", ").font.superscript = True
            if code not in self.cited:
                self.cited[code] = len(self.cited) + 1
                mark = self._footnote(line, self.notes[code].text if code in self.notes else code)
                self._bookmark_run(line, mark, f"_note{self.cited[code]}")
            else:
                for step in ("begin", f" NOTEREF _note{self.cited[code]} \\h ", "separate"):
                    if step.startswith(" "):
                        _instruction(line, step)
                    else:
                        _field_part(line, step)
                line.add_run(str(self.cited[code])).font.superscript = True
                _field_part(line, "end")

    def _footnote(self, line: WordParagraph, text: str) -> Any:
        root = self._footnotes
        number = max([0, *(int(note.get(qn("w:id"))) for note in root)]) + 1
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="ExitplanFootnote"/></w:pPr>'
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
        )
        run = OxmlElement("w:r")
        said = OxmlElement("w:t")
        said.text = clean(text)
        run.append(said)
        note[0].append(run)
        root.append(note)
        mark = line.add_run()
        mark.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        mark._r.append(reference)
        return mark._r

    @cached_property
    def _footnotes(self) -> Any:
        """The root of the notes; the part is made where the file has none."""
        main = self.word.part
        standing = [rel for rel in main.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
        if standing:  # read by the library as bytes; from here on as something that grows
            old = standing[0].target_part
            part = XmlPart(old.partname, FOOTNOTES_TYPE, parse_xml(old.blob), main.package)
            standing[0]._target = part
        else:
            part = XmlPart(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, parse_xml(FOOTNOTES), main.package)
            main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
            self._name_separators()
        return part.element

    def _name_separators(self) -> None:
        """Word wants the lines above the notes named in the settings."""
        settings = self.word.settings.element
        named = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
        # The place that the schema asks for: before the compatibility settings.
        after = settings.find(qn("w:compat"))
        if after is not None:
            after.addprevious(named)
        else:
            settings.append(named)

    def _bookmark(self, line: WordParagraph, name: str) -> None:
        start, end = self._ends(name)
        line._p.insert(1 if line._p.pPr is not None else 0, start)
        line._p.append(end)

    def _bookmark_run(self, line: WordParagraph, run: Any, name: str) -> None:
        start, end = self._ends(name)
        run.addprevious(start)
        run.addnext(end)

    def _ends(self, name: str) -> tuple[Any, Any]:
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), name)
        return start, end


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return CONTROLS.sub(" ", text)


def softened(text: str) -> str:
    """Text whose very long words may be broken: hashes, long codes, addresses."""
    return " ".join(_joints(word) if len(word) > 20 else word for word in text.split(" "))


def _joints(word: str) -> str:
    if not re.search(r"[-_/.]", word):
        return "\u200b".join(word[at : at + 16] for at in range(0, len(word), 16))
    return re.sub(r"([-_/.])", "\\1\u200b", word)


def text_width(word: WordFile) -> int:
    """Width of the text block of the last section, in twentieths of a point."""
    page = word.sections[-1]
    wide = (page.page_width or Mm(210)) - (page.left_margin or MARGIN) - (page.right_margin or MARGIN)
    return int(wide / EDGE)


def add_styles(word: WordFile, lang: str) -> None:
    """The styles that the writer uses, where the file lacks them; those of a template stay as they are."""
    styles = word.styles
    known = {style.name for style in styles}
    for name in ("Heading 1", "List Bullet", "Title", "Subtitle"):
        if name not in known:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]

    def paragraph(name: str, size: float, colour: Any = None, **told: Any) -> None:
        if name in known:
            return
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        style.font.bold = told.pop("bold", None)
        for key, value in told.items():
            setattr(style.paragraph_format, key, value)

    paragraph("Exitplan Lead", 11, bold=True, space_after=Pt(6))
    paragraph("Exitplan Note", 8.5, MUTED, space_before=Pt(2), space_after=Pt(6))
    paragraph("Exitplan Warning", 10, OCHRE, space_after=Pt(6))
    paragraph("Exitplan Caption", 10, bold=True, space_before=Pt(9), space_after=Pt(3), keep_with_next=True)
    paragraph("Exitplan Cell", CELL, space_before=Pt(0), space_after=Pt(0), line_spacing=1.0)
    paragraph("Exitplan Picture", 10, space_after=Pt(3), keep_with_next=True)
    paragraph("Exitplan Contents Heading", 13, DEEP, bold=True, space_before=Pt(8), space_after=Pt(4))
    paragraph("Exitplan Contents", 10, space_after=Pt(2))
    paragraph("Exitplan Footnote", 8, MUTED, space_after=Pt(0))
    paragraph("Exitplan Frame", 8.5, MUTED, space_after=Pt(0))
    if "Exitplan Table" not in known:
        styles.element.append(parse_xml(TABLE_STYLE))


def _bare(word: WordFile, scale: float) -> None:
    """The library's own blank file in our type, without what it brings along unasked; `scale` makes everything smaller."""
    package = word.part.package
    for key, relation in [*package.rels.items()]:
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    styles = word.styles
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet"):
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for old in [*fonts.attrib]:
            del fonts.attrib[old]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    normal = styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10 * scale), INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5 * scale), 1.08 * scale
    for name, size in (("Title", 19), ("Subtitle", 11), ("Heading 1", 14)):
        font = styles[name].font
        font.size, font.color.rgb, font.bold, font.italic = Pt(size * scale), DEEP, name != "Subtitle", False
    heading = styles["Heading 1"].paragraph_format
    heading.space_before, heading.space_after, heading.keep_with_next = Pt(16 * scale * scale), Pt(5 * scale), True
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    bullet = styles["List Bullet"].paragraph_format
    bullet.space_after = Pt(2)


def _page(word: WordFile, document: Document) -> None:
    """A4 upright or across; classification and banner above, what the document is and the number of the page below."""
    page = word.sections[0]
    sides = (Mm(297), Mm(210)) if document.landscape else (Mm(210), Mm(297))
    page.page_width, page.page_height = sides
    page.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = MARGIN
    page.top_margin, page.bottom_margin = Mm(24), Mm(18)
    page.header_distance = page.footer_distance = Mm(9)
    add_styles(word, document.lang)
    wide = text_width(word)
    head = page.header.paragraphs[0]
    _frame(word, head, wide, document.classification.upper(), f"{document.acronym} · {document.day}")
    if document.banner:
        banner = page.header.add_paragraph(style="Exitplan Frame").add_run(clean(document.banner))
        banner.bold, banner.font.color.rgb = True, DEEP
    foot = page.footer.paragraphs[0]
    _frame(word, foot, wide, document.foot, f"{document.labels.page} ")
    for code, said in (("PAGE", f" {document.labels.of} "), ("NUMPAGES", "")):
        _field_part(foot, "begin")
        _instruction(foot, f" {code} ")
        _field_part(foot, "separate")
        foot.add_run("1")
        _field_part(foot, "end")
        if said:
            foot.add_run(said)


def _frame(word: WordFile, line: WordParagraph, wide: int, left: str, right: str) -> None:
    line.style = word.styles["Exitplan Frame"]
    tabs = line.paragraph_format.tab_stops
    tabs.add_tab_stop(wide * EDGE, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{clean(left)}\t{clean(right)}")


def _properties(word: WordFile, document: Document) -> None:
    """What the file says of itself: the mission, never a person."""
    told = word.core_properties
    told.title = clean(f"{document.title} – {document.acronym} – {document.day}")[:255]
    told.subject = clean(document.mission)[:255]
    told.author = told.last_modified_by = clean(document.acronym)[:255]
    told.comments, told.keywords, told.category = "", "", clean(document.classification)[:255]
    told.language = LANGUAGES.get(document.lang, document.lang)
    told.created = told.modified = NEVER
    told.revision = 1
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for tongue in defaults.iter(qn("w:lang")) if defaults is not None else ():
        tongue.set(qn("w:val"), LANGUAGES.get(document.lang, document.lang))


def _native_width(svg: str) -> int:
    """Width of a picture in Word's units, as it was drawn: a pixel is three quarters of a point."""
    found = re.search(r'width="([0-9.]+)"', svg)
    return int(float(found[1]) * 0.75 * EDGE * 20) if found else int(Mm(150))


def _anchor(key: str) -> str:
    return f"part_{re.sub(r'[^A-Za-z0-9]', '_', key)}"[:40]


def _set(parent: Any, tag: str, **values: str) -> None:
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    for name, value in values.items():
        found.set(qn(f"w:{name}"), value)


def _field_part(line: WordParagraph, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(part)


def _instruction(line: WordParagraph, code: str) -> None:
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = code
    line.add_run()._r.append(part)


__all__ = ["Writer", "clean", "clocks_blocks", "front_sections", "packed", "render_docx"]
