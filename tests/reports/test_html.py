"""The brief as one HTML file."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest

from exitplan.reports import build_brief, render_html
from tests.reports.sample import dossier, gate, material, status

HOSTILE = '<script>alert(1)</script>"\' onload=x #panic("boom") $x$ *b* =1+1 {{ 7*7 }} \\u0041'


class Outline(HTMLParser):
    """Tags with their attributes, and tags that were left open."""

    VOID = frozenset({"meta", "br", "path", "line", "rect", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open, tag
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    """The page taken apart."""
    found = Outline()
    found.feed(page)
    return found


def test_the_page_asks_for_nothing_from_outside(page):
    """It opens on a laptop without a network, and runs no script."""
    found = outline(page)
    asked = [(t, a) for t, a in found.tags for n in a if n in ("src", "srcset", "data", "action", "xlink:href")]
    links = [a["href"] for _, a in found.tags if a.get("href")]

    assert asked == []
    assert all(link.startswith("#") for link in links)
    assert not [t for t, _ in found.tags if t in ("script", "link", "iframe", "img", "object", "embed", "base")]
    assert "url(http" not in page
    assert "@import" not in page
    assert not [n for _, a in found.tags for n in a if n.startswith("on")]


def test_the_page_is_well_formed_and_every_link_leads_somewhere(page):
    """Every tag is closed, every name is used once, every reference meets its target."""
    found = outline(page)
    names = [a["id"] for _, a in found.tags if a.get("id")]
    wanted = [a["href"][1:] for _, a in found.tags if a.get("href")]
    wanted += [a["aria-labelledby"] for _, a in found.tags if a.get("aria-labelledby")]
    wanted += re.findall(r"url\(#([^)]+)\)", page)

    assert found.open == []
    assert len(names) == len(set(names))
    assert set(wanted) <= set(names)


def test_the_page_can_be_read_without_eyes(page):
    """Language, one main heading, no heading level left out, table heads with their scope, a name for each picture."""
    found = outline(page)
    levels = [int(t[1]) for t, _ in found.tags if re.fullmatch("h[1-6]", t)]

    assert dict(found.tags[0][1]) == {"lang": "en"}
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(a.get("scope") in ("row", "col") for t, a in found.tags if t == "th")
    assert page.count("<svg ") == page.count('<svg role="img" aria-labelledby=') == page.count("<title id=")


def test_every_figure_is_followed_by_its_table(page, brief):
    """One table for each picture, beside those of their own."""
    assert page.count("<figure ") == len(brief.figures)
    assert all(re.search(rf'<figure id="{f.key}">.*?<table>.*?</figure>', page, re.DOTALL) for f in brief.figures)


def test_no_line_ends_within_an_interval(page):
    """Where a cell holds figures in brackets, they stand in a span that is not broken, and nothing else does."""
    broken = re.findall(r"<t[dh][^>]*>[^<]*\([-\d.,%–]+\)", page)
    assert broken == []
    assert '73% <span class="whole">(63–83%)</span>' in page
    assert ".whole { white-space: nowrap; }" in page


@pytest.mark.slow
def test_text_of_the_dossier_never_becomes_markup():
    """Whatever stands in a title, a unit or a name is shown as it was typed, in tables and in pictures."""
    hostile = gate("G1", "unmet", exit_gate=True).model_copy(update={"title": HOSTILE})
    site = status().sites[0].model_copy(update={"title": HOSTILE})
    found = status((hostile,)).model_copy(update={"sites": (site,)})
    page = render_html(build_brief(material(dossier=dossier(title=HOSTILE), status=found)))

    assert "<script" not in page
    assert "alert(1)" in page
    assert "{{ 7*7 }}" in page
    assert outline(page).open == []
    assert not [n for _, a in outline(page).tags for n in a if n.startswith("on")]


@pytest.mark.slow
def test_the_same_brief_gives_the_same_bytes(page):
    """Made again from the beginning, pictures included."""
    assert render_html(build_brief(material())) == page


def test_one_page_holds_page_one_alone(brief, page):
    """Same first page, no parts behind it."""
    one = render_html(brief, one_page=True)

    assert "part-map" not in one
    assert one.split("<nav")[0].split("</main>")[0].strip() == page.split("<nav")[0].strip()


def test_banner_classification_and_language_are_on_the_page(page, brief_fr):
    """Wherever it is opened, it says what it is."""
    french = render_html(brief_fr)

    assert 'class="banner">Fictional' in page
    assert "Classification: restricted" in page
    assert '<html lang="fr">' in french


def test_unmet_gates_come_before_clocks_decisions_and_dissent(page):
    """The order of page one."""
    places = [
        page.index(f"<h2>{words}</h2>") for words in ("What is not met", "Two clocks", "Decisions wanted", "Dissent")
    ]

    assert places == sorted(places)
