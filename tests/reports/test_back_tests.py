"""Back-tests as pages: what cannot be given is said, never left to look like a figure."""

from __future__ import annotations

import json

import numpy as np
import pytest

from exitplan.domain.results.base import Band
from exitplan.domain.results.country import CountryBacktestResult
from exitplan.engine.country.comparison import POOL, group, score
from exitplan.reports.content.area_scores import RECALIBRATED, area_scores_section
from exitplan.reports.content.country_scores import country_scores_section
from exitplan.reports.page import Section
from exitplan.wording import Wording
from scripts.area_record import kept, tables

NONE = "No interval can be given"


@pytest.fixture
def w() -> Wording:
    """English."""
    return Wording("en")


def _said(section: Section) -> str:
    return json.dumps(section.model_dump(mode="json"), ensure_ascii=False)


def test_areas_are_told_with_their_skills(w):
    """The record that is kept has every skill with its interval, nothing skipped, and no last step."""
    found = kept()
    said = _said(area_scores_section(found, w))
    best = next(s for s in found.skills if (s.against, s.score) == (found.best["ignorance"], "ignorance"))
    assert w.share(best.skill.value, 1) + " (ignorance, " in said
    assert NONE not in said
    assert "left out of that cell" not in said
    assert "Recalibrated" not in said


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_areas_bear_missing_skills(lang):
    """A skill that could not be had, or stands nowhere, is a dash; those skipped are counted; the record's tables as well."""
    found = kept()
    none = found.model_copy(
        update={
            "skills": tuple(s.model_copy(update={"skill": None, "missions": 0, "skipped": 12}) for s in found.skills)
        }
    )
    w = Wording(lang)
    said = _said(area_scores_section(none, w))
    assert w.share(None) in said
    assert {"en": "left out of that cell: 12 at most", "fr": "manque dans cette case : 12 au plus"}[lang] in said
    assert "| –" in tables(none)
    assert _said(area_scores_section(found.model_copy(update={"skills": found.skills[:1]}), w))


def test_areas_say_where_one_country_gives_no_interval(w):
    """A skill of level 0 has no brackets."""
    found = kept()
    alone = Band(value=0.2, low=0.2, high=0.2, level=0.0)
    skills = tuple(s.model_copy(update={"skill": alone, "missions": 1, "won": 1}) for s in found.skills)
    said = _said(area_scores_section(found.model_copy(update={"skills": skills}), w))
    assert NONE in said
    assert "20.0%, 1" in said
    assert "20.0% [" not in said


def test_areas_compare_with_the_last_step_where_it_was_asked_for(w):
    """Its cover, and by how much the pool as it is does better; it is no benchmark to lose against."""
    found = kept()
    missions = tuple(
        m.model_copy(
            update={
                "scores": (
                    *m.scores,
                    m.scores[0].model_copy(update={"forecaster": RECALIBRATED, "covered_80": 0.777, "ignorance": 0.0}),
                )
            }
        )
        for m in found.missions
    )
    skills = tuple(s.model_copy(update={"against": RECALIBRATED}) for s in found.skills if s.against == "zero")
    asked = found.model_copy(update={"missions": missions, "skills": (*found.skills, *skills)})
    section = area_scores_section(asked, w)
    said = _said(section)
    skill = next(s for s in skills if s.score == "crps").skill.value
    assert "intervals of 80% hold 77.7%. Scores of the pool as it is are lower than recalibrated by" in said
    assert f"and {w.share(skill, 1)} (CRPS)." in said
    by_country = [b for b in area_scores_section(found, w).blocks if getattr(b, "caption", "").startswith("By country")]
    assert by_country
    assert all(table in section.blocks for table in by_country)
    assert "`recalibrated`" not in tables(asked.model_copy(update={"skills": found.skills}))


def _countries(*codes: str):
    happened = np.arange(4.0)
    drawn = {POOL: np.tile(happened + 1, (20, 1)), "zero": np.zeros((20, 4))}
    scored = score(drawn, happened, np.array(codes), np.arange(24000, 24004))
    return CountryBacktestResult(
        trial="file",
        frozen="2026-11-29",
        origins=("1999-12",),
        horizon=4,
        skipped=0,
        draws=20,
        countries=len(set(codes)),
        filled=0,
        ended=0,
        unknown=0,
        groups=(group("given", scored, draws=20, seed=1),),
    )


def test_one_country_has_no_interval_and_the_page_says_so(w):
    """Two countries have one."""
    assert NONE in _said(country_scores_section(_countries("A", "A", "A", "A"), w))
    assert NONE not in _said(country_scores_section(_countries("A", "A", "B", "B"), w))
