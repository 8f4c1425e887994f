"""The lessons that come along are whole and sourced; a library that is not is refused with every fault."""

from __future__ import annotations

import re

import pytest

from exitplan.domain.errors import InputFaults
from exitplan.importers.lessons import read_lessons

GOOD = (
    "{code: A, title: t, title_fr: t, case: UNX, known: 2010-01-01, type: gap, finding: f, finding_fr: f, "
    "recommendation: r, recommendation_fr: r, applies_to: [gate], sources: [{publisher: p, document: d}]}"
)

MIRRORS = re.compile(r"scribd|slideplayer|docslib|vdocument|issuu|readkong|globalsecurity|wikipedia|allafrica", re.I)


def test_every_lesson_names_its_document():
    """By its symbol or its publisher, never by a place that holds a copy; each in both languages."""
    found = read_lessons()
    assert 20 <= len(found) <= 40
    for lesson in found:
        assert not any(MIRRORS.search(f"{s.publisher} {s.document}") for s in lesson.sources), lesson.code
        assert lesson.finding != lesson.finding_fr
        assert lesson.recommendation != lesson.recommendation_fr
        assert all(
            s.published is None or s.published <= lesson.known for s in lesson.sources if len(lesson.sources) == 1
        )


def test_most_cases_of_past_exits_are_heard():
    """Exits that held and exits that did not."""
    cases = {lesson.case for lesson in read_lessons()}
    assert cases >= {"UNAMSIL", "UNMIL", "UNMIT", "UNMISET", "ISAF-RSM", "UNAMID", "MINUSMA", "MONUSCO-SK", "MINUSTAH", "BNUB", "UNOCI"}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "lessons: []",  # none
        f"lessons: [{GOOD}, {GOOD}]",  # a code twice
        f"lessons: [{GOOD.replace('sources: [{publisher: p, document: d}]', 'sources: []')}]",  # no source
        f"lessons: [{GOOD.replace(', sources: [{publisher: p, document: d}]', '')}]",  # no word of one
        f"lessons: [{GOOD.replace('publisher: p, ', '')}]",  # nobody published it
        f"lessons: [{GOOD.replace('document: d', 'document: ``'.replace('`', chr(34)))}]",  # an empty document
        f"lessons: [{GOOD.replace('[gate]', '[doors]')}]",  # no such kind
        f"lessons: [{GOOD.replace('[gate]', '[]')}]",  # speaks to nothing
        f"lessons: [{GOOD.replace('title_fr: t, ', '')}]",  # one language
        f"lessons: [{GOOD.replace('known: 2010-01-01, ', '')}]",  # known since when
        f"lessons: [{GOOD.replace('type: gap', 'type: bad')}]",  # no such type
        f"lessons: [{GOOD.replace('case: UNX', 'case: a case')}]",  # no code
        f"lessons: [{GOOD[:-1]}, trades: [cooks]}}]",  # no such work
        "just text",
        "",
    ],
)
def test_lessons_that_make_no_sense_are_refused(tmp_path, text):
    """Every row of the table is a way to be wrong."""
    path = tmp_path / "l.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaults):
        read_lessons(path)


def test_every_fault_is_told_at_once(tmp_path):
    """Two lessons without a source, two findings that name where."""
    path = tmp_path / "l.yaml"
    bare = GOOD.replace("sources: [{publisher: p, document: d}]", "sources: []")
    path.write_text(f"lessons: [{bare}, {bare.replace('code: A', 'code: B')}]", encoding="utf-8")
    with pytest.raises(InputFaults) as raised:
        read_lessons(path)
    assert {f.field for f in raised.value.findings} >= {"lessons.0.sources", "lessons.1.sources"} or len(
        raised.value.findings
    ) >= 2
