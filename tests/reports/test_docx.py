"""Word files: read again as archives of XML, as Word would read them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from lxml import etree

from exitplan.reports import build_brief, render_html
from exitplan.reports.documents import annex, fact_sheet, transition_plan
from exitplan.reports.docx import render_docx
from exitplan.reports.page import Cell, Column, Document, Paragraph, Section, Table
from tests.reports.papers import paper_material
from tests.reports.sample import bare_material

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def plan() -> Document:
    """The sample's transition plan."""
    return transition_plan(paper_material())


@pytest.fixture(scope="module")
def plan_file(plan: Document) -> bytes:
    """The same as a Word file."""
    return render_docx(plan)


def part(file: bytes, name: str) -> Any:
    """One part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def words(root: Any) -> str:
    return "".join(t.text or "" for t in root.iter(f"{W}t"))


@pytest.mark.slow
def test_every_part_is_sound_and_every_relation_leads_somewhere(plan_file: bytes) -> None:
    """No part is broken XML, none points outside, and each target is in the file with a type."""
    with zipfile.ZipFile(io.BytesIO(plan_file)) as archive:
        names = set(archive.namelist())
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        for name in (n for n in names if n.endswith(".rels")):
            base = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
            for relation in etree.fromstring(archive.read(name)):
                assert relation.get("TargetMode") != "External"
                target = relation.get("Target")
                path = target.lstrip("/") if target.startswith("/") else f"{base}/{target}".lstrip("/")
                while "/../" in path:
                    path = re.sub(r"[^/]+/\.\./", "", path, count=1)
                assert path in names, (name, target)
        for name in names - {"[Content_Types].xml"}:
            assert f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types, name
        assert not any("thumbnail" in name for name in names)


def test_headings_are_headings_and_tables_repeat_theirs(plan: Document, plan_file: bytes) -> None:
    """A reader can move by headings; on each page of a table its heading row stands, and no row is torn."""
    word = docx.Document(io.BytesIO(plan_file))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[: len(plan.sections)] == [f"{n}. {s.title}" for n, s in enumerate(plan.sections, 1)]
    assert word.tables
    for table in word.tables:
        first = table.rows[0]._tr
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(
            row._tr.find(f"{W}trPr/{W}cantSplit") is not None
            for row in table.rows
            if max(map(len, (c.text for c in row.cells))) < 900
        )
        assert table._tbl.tblPr.find(f"{W}tblCaption") is not None
        widths = [int(c.get(f"{W}w")) for c in table._tbl.tblGrid]
        assert len(widths) == len(table.columns)
        assert sum(widths) <= 9900


def test_every_picture_is_there_in_words(plan: Document, plan_file: bytes) -> None:
    """Whoever cannot see a picture hears what it shows."""
    body = part(plan_file, "word/document.xml")
    told = [
        e.get("descr")
        for e in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    ]
    assert told == [figure.alt for figure in plan.figures]


def test_names_inside_the_file_are_given_once(plan_file: bytes) -> None:
    """Word refuses a file in which two bookmarks share a number, or links lead to none."""
    body = part(plan_file, "word/document.xml")
    starts = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkStart")]
    names = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    assert len(set(starts)) == len(starts) == len([*body.iter(f"{W}bookmarkEnd")])
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= names
    kinds = [c.get(f"{W}fldCharType") for c in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_notes_are_footnotes_numbered_as_in_every_other_format(plan: Document, plan_file: bytes) -> None:
    """The first mark of a source carries its note; later ones repeat its number."""
    notes = part(plan_file, "word/footnotes.xml")
    said = [words(note).strip() for note in notes if int(note.get(f"{W}id")) > 0]
    assert said == [note.text for note in plan.notes]
    assert [note.number for note in plan.notes] == list(range(1, len(plan.notes) + 1))
    body = part(plan_file, "word/document.xml")
    assert [int(r.get(f"{W}id")) for r in body.iter(f"{W}footnoteReference")] == [note.number for note in plan.notes]
    again = [i.text for i in body.iter(f"{W}instrText") if "NOTEREF" in (i.text or "")]
    assert again
    assert all(re.fullmatch(r" NOTEREF _note\d+ \\h ", code) for code in again)
    page = render_html(plan)
    assert re.findall(r'<li id="note-(\d+)">', page) == [str(note.number) for note in plan.notes]


@pytest.mark.slow
def test_notes_are_numbered_in_the_order_of_paper() -> None:
    """A long table stands in the annex, so that its sources come after those of what follows it in the text."""

    def table(code: str, *, folded: bool) -> Table:
        cell = Cell(text=code, sources=(code, "SAME"))
        return Table(caption=code, columns=(Column(title="x"),), rows=((cell,),), folded=folded)

    blocks = (Paragraph(text="a", sources=("A",)), table("LONG", folded=True), table("SHORT", folded=False))
    base = transition_plan(paper_material())
    found = base.model_copy(
        update={"sections": (Section(key="s", title="S", blocks=blocks),), "cited": {"A": "The a."}}
    )
    assert [(n.number, n.code) for n in found.notes] == [(1, "A"), (2, "SHORT"), (3, "SAME"), (4, "LONG")]
    assert found.notes[0].text == "The a."
    notes = part(render_docx(found), "word/footnotes.xml")
    assert [words(n).strip() for n in notes if int(n.get(f"{W}id")) > 0] == ["The a.", "SHORT", "SAME", "LONG"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_file_says_its_language_and_names_nobody(lang: str) -> None:
    """A screen reader speaks the right tongue; the author is the mission, and no clock is in the file."""
    file = render_docx(annex(paper_material(lang)))
    word = docx.Document(io.BytesIO(file))
    told = word.core_properties
    assert told.language == {"en": "en-GB", "fr": "fr-FR"}[lang]
    assert (told.author, told.last_modified_by, told.comments) == ("NOW", "NOW", "")
    assert told.created == told.modified
    assert told.created.year == 2000
    tongue = word.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert tongue.get(f"{W}val") == told.language
    page = word.sections[0]
    assert page.page_width > page.page_height
    head = " ".join(p.text for p in page.header.paragraphs)
    assert "Fictional" in head or "Fictif" in head or "fictif" in head.lower()
    assert {"PAGE", "NUMPAGES"} <= {(i.text or "").strip() for i in page.footer._element.iter(f"{W}instrText")}


@pytest.mark.slow
@pytest.mark.parametrize("make", [annex, fact_sheet, build_brief])
def test_equal_documents_give_equal_bytes(make: Any) -> None:
    """Whatever the clock says."""
    assert render_docx(make(paper_material())) == render_docx(make(paper_material()))


@pytest.mark.parametrize("make", [transition_plan, annex, fact_sheet, build_brief])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_empty_mission_gives_a_document(make: Any, lang: str) -> None:
    """Every part says that there is nothing, instead of failing."""
    assert words(part(render_docx(make(bare_material(lang))), "word/document.xml"))


def test_texts_stay_texts(plan_file: bytes) -> None:
    """What would be markup, a formula or a placeholder elsewhere stands as it is; what XML cannot hold becomes a blank."""
    said = words(part(plan_file, "word/document.xml"))
    assert '=HYPERLINK("x") <script>&' in said
    assert "{{mission.title}} #set text" in said
    assert "\x07" not in said


@pytest.mark.slow
def test_two_hundred_rows_stand_in_the_annex_with_every_cell() -> None:
    """Nothing is cut from a long table."""
    rows = tuple((Cell(text=f"row {n}"), Cell(text="x", sources=("SRC-V",))) for n in range(200))
    long = Table(caption="Long", columns=(Column(title="a"), Column(title="b")), rows=rows, folded=True)
    base = transition_plan(paper_material())
    file = render_docx(base.model_copy(update={"sections": (Section(key="s", title="S", blocks=(long,)),)}))
    word = docx.Document(io.BytesIO(file))
    assert [cell.text for cell in word.tables[-1].columns[0].cells] == ["a", *(f"row {n}" for n in range(200))]


@pytest.mark.slow
def test_no_note_hangs_on_a_dash() -> None:
    """A party without a stated position has its sources at its name: a note below nothing says nothing."""
    plan = transition_plan(paper_material())
    cells = [cell for s in plan.sections for b in s.blocks if isinstance(b, Table) for row in b.rows for cell in row]

    assert any(cell.sources for cell in cells)
    assert not [cell for cell in cells if cell.sources and cell.text == "–"]
