"""The brief as PDF."""

from __future__ import annotations

import re

import pytest

from exitplan.reports import build_brief, render_pdf
from tests.reports.sample import bare_material, dossier, gate, material, status

HOSTILE = '#import "x.typ" #panic("boom") $x$ *b* _i_ ] } // @ref <label> \\ `raw` ~'


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_pdf_has_all_pages_and_is_tagged_for_screen_readers(brief):
    """PDF/UA asks for a title, a language, tags and words for every picture; Typst refuses to write it without."""
    pdf = render_pdf(brief)

    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) > 5
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_one_page_is_one_page(lang):
    """With the sample, and with a mission of which nothing is known."""
    assert pages(render_pdf(build_brief(material(lang)), one_page=True)) == 1
    assert pages(render_pdf(build_brief(bare_material(lang)), one_page=True)) == 1


@pytest.mark.slow
def test_one_page_stays_one_page_with_as_many_long_texts_as_it_can_hold():
    """Names of three hundred letters in every gate make the type smaller, not the page longer."""
    long = "A gate whose name goes on and on, " * 8
    gates = tuple(gate(f"G{n}", "unmet", exit_gate=True).model_copy(update={"title": long}) for n in range(12))

    assert pages(render_pdf(build_brief(material(status=status(gates))), one_page=True)) == 1


@pytest.mark.slow
def test_text_of_the_dossier_is_never_run_as_markup():
    """A title that would stop Typst, were it run, is set as it stands."""
    hostile = gate("G1", "unmet", exit_gate=True).model_copy(update={"title": HOSTILE})
    found = dossier(title=HOSTILE)
    named = found.mission.model_copy(update={"acronym": "#panic(1)"})
    pdf = render_pdf(
        build_brief(material(dossier=type(found)(mission=named, entries=found.entries), status=status((hostile,))))
    )

    assert b"#panic\\(1\\)" in pdf or b"#panic(1)" in pdf


@pytest.mark.slow
def test_the_same_brief_gives_the_same_bytes(brief):
    """Made again from the beginning, pictures included; no clock is asked."""
    assert render_pdf(build_brief(material())) == render_pdf(brief)
