"""Why two plans differ, on paper: a waterfall that ends at the difference, a tornado, and what it must not be taken for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exitplan.reports import build_brief, render_html
from exitplan.reports.charts.difference import tornado, waterfall
from exitplan.reports.content.difference import difference_section
from exitplan.reports.documents.difference import difference_document
from exitplan.wording import Wording
from tests.reports.differences import explained, found
from tests.reports.sample import material

EN = Wording("en")


@pytest.mark.parametrize("measure", ["deaths", "chance"])
def test_the_waterfall_shows_what_differs_and_the_table_the_rest(measure):
    """Each share with its error; the last row is the whole."""
    figure = waterfall(found(measure), EN)
    rows = [[cell.text for cell in row] for row in figure.table.rows]

    assert "reach of the mission" in figure.svg
    assert "withdrawal shock" not in figure.svg
    assert ["withdrawal shock", "does not differ"] in rows
    assert rows[-1][1] == ("+10.0 ± 0.5" if measure == "deaths" else "+10.0 ± 0.5 points")
    assert all("±" in said for _, said in rows if said != "does not differ")


def test_the_tornado_has_the_widest_first_with_both_ends_and_indices():
    """Largest swing on top, in its table the ends and the Sobol indices with their errors."""
    figure = tornado(found(), EN)
    first = [cell.text for cell in figure.table.rows[0]]

    assert figure.svg.index("causal credibility") < figure.svg.index("people that halve")
    assert first == ["causal credibility", "0.25 – 0.75", "+2.0 ± 0.2; +8.0 ± 0.2", "40% ± 10%", "50% ± 10%"]


def test_pictures_of_one_page_have_names_of_their_own():
    """Deaths and chance on one page do not take each other's clippings."""
    keys = [chart(found(measure), EN).key for chart in (waterfall, tornado) for measure in ("deaths", "chance")]

    assert len(set(keys)) == 4


def test_the_document_informs_and_recommends_neither():
    """On every page, and it is never an open paper: it holds chances."""
    document = difference_document(material(), explained())
    page = render_html(document)

    assert "recommend neither plan" in document.foot
    assert "Why P-1 and P-2 differ" in page
    assert page.count("<svg") == 4
    assert "No flip" in page
    assert "open" not in document.classification.lower()


def test_plans_that_are_equal_get_a_sentence_and_no_picture():
    """There is nothing to share out."""
    equal = found().model_copy(update={"verdict": "equal"})
    document = difference_document(material(), explained().model_copy(update={"explained": (equal,)}))

    assert document.figures == ()
    assert "equal in every future" in render_html(document)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_brief_has_the_section_where_it_was_asked_for(lang):
    """After the futures; without the question there is none."""
    asked = replace(material(lang), explained=explained())
    keys = [section.key for section in build_brief(asked).sections]

    assert keys[keys.index("futures") + 1] == "difference"
    assert difference_section(material(lang)) is None
    assert "difference" not in [section.key for section in build_brief(material(lang)).sections]
