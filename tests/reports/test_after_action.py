"""The after-action report: the same content on the screen, as Markdown, HTML and PDF, and no text that becomes markup."""

from __future__ import annotations

import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.usecases.after_action import after_action, after_action_of, document, sections_of
from exitplan.wording import Wording


@pytest.fixture(scope="module")
def phase():
    """The first phase of kasanda."""
    return after_action("kasanda", phase="PH1")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_markdown_holds_every_row(phase, lang):
    """As many lines of tables as there are rows and heads, each with as many cells as its table has columns."""
    w = Wording(lang)
    text = document(phase, "md", w).decode()
    tables = [b for s in sections_of(phase, w) for b in s.blocks if b.kind == "table" and b.rows]
    lines = [line for line in text.splitlines() if line.startswith("|")]

    assert len(lines) == sum(len(t.rows) + 2 for t in tables)
    assert all(s.title in text for s in sections_of(phase, w))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_html_and_pdf_are_whole(phase, lang):
    """A page that asks for nothing from outside, and a file that begins as a PDF does; equal twice."""
    w = Wording(lang)
    page = document(phase, "html", w).decode()

    assert f'<html lang="{lang}">' in page
    assert "http" not in page.split("<main", 1)[1]
    assert document(phase, "pdf", w).startswith(b"%PDF")
    assert document(phase, "html", w).decode() == page


def test_texts_never_become_markup():
    """A title of signs stays a title of signs."""
    from tests.domain.samples import added, changed, sound

    dossier = added(sound(), "lessons", code="L1", title="<b>*x*</b> | [y](z) # `q`", finding="F.", type="problem")
    dossier = changed(dossier, "decisions", "D1", status="taken", date="2020-05-01", why="<script>")
    done = after_action_of(dossier)
    markdown, page = (document(done, form, Wording("en")).decode() for form in ("md", "html"))

    assert r"\<b\>\*x\*\</b\> \| \[y\](z) \# \`q\`" in markdown
    assert "<script>" not in page
    assert "<b>*x*" not in page


def test_another_form_is_refused(phase):
    """With the forms there are."""
    with pytest.raises(InvalidValue, match=r"\.html"):
        document(phase, "docx", Wording("en"))


def test_one_thing_is_looked_back_on():
    """A phase or a decision."""
    with pytest.raises(InvalidValue):
        after_action("kasanda", phase="PH1", decision="D-SIV")
