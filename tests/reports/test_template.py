"""A Word template that is filled, and templates that must not be opened."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest

from exitplan.domain.errors import InputFaults, Unreadable
from exitplan.reports import build_brief
from exitplan.reports.page import Document
from exitplan.reports.template import fill_template
from tests.reports.papers import paper_material


@pytest.fixture(scope="module")
def document() -> Document:
    """The sample's brief, which has every placeholder."""
    return build_brief(paper_material())


def saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def filled(template: bytes, document: Document) -> Any:
    return docx.Document(io.BytesIO(fill_template(template, document)))


@pytest.mark.slow
def test_a_placeholder_is_found_however_word_has_cut_it_up(document: Document) -> None:
    """Over runs, in a table, in the head and in the foot; what stands around it stays, and so does its look."""
    word = docx.Document()
    line = word.add_paragraph("On ")
    line.add_run("{{mis").bold = True
    line.add_run("sion.ti")
    line.add_run("tle}} and {{ mission.acronym }}.")
    word.add_table(1, 1).cell(0, 0).text = "{{day}}"
    word.sections[0].header.paragraphs[0].text = "{{classification}}"
    word.sections[0].footer.paragraphs[0].text = "x {{banner}}"
    made = filled(saved(word), document)
    assert made.paragraphs[0].text == f"On {document.mission} and {document.acronym}."
    assert made.paragraphs[0].runs[1].bold
    assert made.paragraphs[0].runs[1].text == document.mission
    assert made.tables[0].cell(0, 0).text == document.day
    assert made.sections[0].header.paragraphs[0].text == document.classification
    assert made.sections[0].footer.paragraphs[0].text == f"x {document.banner}"


def test_tables_sections_and_clocks_stand_where_they_were_asked_for(document: Document) -> None:
    """In their order, between what the template says, and inside a cell."""
    word = docx.Document()
    for text in ("first", "{{gates}}", "second", "{{clocks}}", "{{section:risks}}", "{{table:benchmarks}}", "last"):
        word.add_paragraph(text)
    word.add_table(1, 1).cell(0, 0).text = "{{table:benchmarks}}"
    made = filled(saved(word), document)
    assert "{{" not in made.element.xml
    texts = [p.text for p in made.paragraphs]
    assert (
        texts.index("first") < texts.index(document.front.gates.caption) < texts.index("second") < texts.index("last")
    )  # type: ignore[union-attr]
    heads = [table.cell(0, 0).text for table in made.tables]
    assert document.front.gates.columns[0].title in heads  # type: ignore[union-attr]
    assert made.tables[-1].cell(0, 0).tables[0].cell(0, 0).text
    assert len(made.inline_shapes) >= 2


def test_every_placeholder_that_means_nothing_is_named_at_once_with_its_place(document: Document) -> None:
    """Unknown ones, blocks inside a sentence or in the head, and braces that never close."""
    word = docx.Document()
    word.add_paragraph("{{nothing}}")
    word.add_paragraph("see {{section:risks}} here")
    word.add_paragraph("{{title")
    word.sections[0].header.paragraphs[0].text = "{{clocks}}"
    with pytest.raises(InputFaults) as refused:
        fill_template(saved(word), document, name="ours.docx")
    found = [(f.field, f.value, f.where) for f in refused.value.findings]
    assert found == [
        ("document.xml ¶ 1", "{{nothing}}", "ours.docx"),
        ("document.xml ¶ 2", "{{section:risks}}", "ours.docx"),
        ("document.xml ¶ 3", "{{title", "ours.docx"),
        ("header1.xml ¶ 1", "{{clocks}}", "ours.docx"),
    ]


def test_a_text_with_braces_is_no_placeholder(document: Document) -> None:
    """What a mission wrote is never read as a command."""
    word = docx.Document()
    word.add_paragraph("{{mission.title}}{{day}}")
    hostile = document.model_copy(update={"mission": "{{nothing}} {{day}}"})
    assert filled(saved(word), hostile).paragraphs[0].text == f"{{{{nothing}}}} {{{{day}}}}{document.day}"


def test_equal_templates_give_equal_bytes_and_name_nobody(document: Document) -> None:
    """The person who made the template is not in the file."""
    word = docx.Document()
    word.core_properties.author = word.core_properties.last_modified_by = "Jane Doe"
    word.add_paragraph("{{section:gates}}")
    template = saved(word)
    made = fill_template(template, document)
    assert made == fill_template(template, document)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any(b"Jane Doe" in archive.read(name) for name in archive.namelist())


def changed(**members: bytes) -> bytes:
    """A plain template with members put in or in the place of others; `__` for a slash and `_DOT_` for a point."""
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in members.items()}
    with (
        zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            made.writestr(name, named.pop(name, given.read(name)))
        for name, content in named.items():
            made.writestr(name, content)
    return out.getvalue()


def outside(kind: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://x.example/" '
        'TargetMode="External"/></Relationships>'
    ).encode()


MACRO_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
FIELD = b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:instrText>DDEAUTO c "x"</w:instrText></w:p>'


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (b"", "Word document"),
        (b"PK\x03\x04 cut off", "Word document"),
        (b"{\\rtf1}", "Word document"),
        (changed(word__vbaProject_DOT_bin=b"x"), "macros"),
        (changed(word__activeX__activeX1_DOT_xml=b"<a/>"), "controls"),
        (changed(**{"[Content_Types]_DOT_xml": MACRO_TYPES}), "macros"),
        (changed(word___rels__settings_DOT_xml_DOT_rels=outside("attachedTemplate")), "points outside"),
        (changed(word___rels__footer9_DOT_xml_DOT_rels=outside("image")), "points outside"),
        (changed(word__extra_DOT_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
        (changed(word__extra_DOT_xml=b"<a>"), "damaged"),
        (changed(word__extra_DOT_xml=FIELD), "fetches"),
        (changed(word__media__zeros_DOT_png=b"\0" * (8 << 20)), "unpacks"),
        (changed(**{f"word__x{n}_DOT_bin": b"" for n in range(2100)}), "files"),
    ],
    ids=["empty", "cut", "rtf", "vba", "activex", "docm", "attached", "image", "entities", "broken", "field", "bomb", "many"],
)  # fmt: skip
def test_a_template_that_must_not_be_opened_is_refused_with_the_reason(
    template: bytes, told: str, document: Document
) -> None:
    """Before anything of it is read by a library."""
    with pytest.raises(Unreadable) as refused:
        fill_template(template, document)
    assert told in str(refused.value)
