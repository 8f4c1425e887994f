"""The page of the back-test of area-months: its marks say what its figures say."""

from __future__ import annotations

import pytest

from exitplan.reports.content.area_scores import SHOWN, area_scores_section
from exitplan.reports.page import Figure, Table
from exitplan.wording import Wording
from scripts.area_record import kept

FOUND, EN = kept(), Wording("en")


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    """Tables of the page made of the result on record, by the first words of their captions."""
    blocks = area_scores_section(FOUND, EN).blocks
    return {b.caption.split(",")[0].split(":")[0]: b for b in blocks if isinstance(b, Table)}


def test_a_country_is_marked_where_a_benchmark_was_better(tables):
    """In each of the three scores of the headline's countries: marked where a failure is listed, and nowhere else."""
    failed = {(f.mission, f.score) for f in FOUND.failures}
    headline = {m.mission for m in FOUND.missions if m.headline}
    seen = {
        (row[0].text, score)
        for row in tables["By country"].rows
        if row[0].text in headline
        for score, cell in zip(("ignorance", "log_crps", "crps"), row[2:5], strict=True)
        if cell.mark
    }
    assert seen == failed
    assert 0 < len(failed) < 3 * len(headline)
    assert len(tables["Failures"].rows) == len(FOUND.failures)


def test_the_star_stands_at_the_best_single_benchmark_of_each_score(tables):
    """Once in each column that has one, in its row."""
    codes = list(dict.fromkeys(s.against for s in FOUND.skills))
    rows = tables["How much lower the pool's scores are"].rows
    for column, score in enumerate(SHOWN, 1):
        starred = [code for code, row in zip(codes, rows, strict=True) if row[column].text.endswith("*")]
        assert starred == ([FOUND.best[score]] if score in FOUND.best else [])
    skill = next(s for s in FOUND.skills if (s.against, s.score) == (codes[1], "crps"))
    assert rows[1][3].text.startswith(EN.share(skill.skill.value, 1))


def test_pictures_and_lead_tell_the_record(tables):
    """Reliability of both chances and the histogram of ranks are drawn; the lead has the headline's figures."""
    blocks = area_scores_section(FOUND, EN).blocks
    assert [b.key for b in blocks if isinstance(b, Figure)] == ["reliability-any", "reliability-large", "pit"]
    best = next(s for s in FOUND.skills if (s.score, s.against) == ("ignorance", FOUND.best["ignorance"]))
    assert EN.share(best.skill.value, 1) in blocks[0].text
    assert EN.share(FOUND.covered_80, 1) in blocks[0].text


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "1,200 rows of events, with 42 deaths, lie in no area"), ("fr", "avec 42 morts, ne sont dans aucune zone")],
)
def test_rows_that_are_left_out_are_told_where_there_are_any(lang, said):
    """On the screen and on the page, which are made of the same blocks; the record has none."""
    found = FOUND.model_copy(update={"left_out_rows": 1200, "left_out_deaths": 42})
    texts = [getattr(block, "text", "") for block in area_scores_section(found, Wording(lang)).blocks]
    assert any(said in text for text in texts)
    assert len(texts) == len(area_scores_section(FOUND, EN).blocks) + 1
