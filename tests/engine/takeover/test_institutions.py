"""Institutions and training: limit cases of when a need is met, and courses that are counted once."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Institution, Mission
from exitplan.engine.takeover.institutions import courses, institutions, months_until, trades

ON = date(2026, 6, 30)


def institution(code: str = "N1", **more: Any) -> Institution:
    given = {"code": code, "title": code, "trade": "police", "strength": 80, "need": 100, "strength_date": "2026-06-01"}
    return Institution.model_validate(given | more)


def dossier(*several: Institution) -> Dossier:
    mission = Mission(code="M", title="M", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    return Dossier(mission, {"institution": several})


def test_a_need_is_met_in_the_first_month_that_reaches_it() -> None:
    """Three courses: met at once, after two months, never within the six looked ahead."""
    people = np.array(
        [[100, 80, 80], [90, 90, 80], [90, 100, 80], [90, 90, 80], [90, 90, 80], [90, 90, 80], [90, 90, 99]]
    )
    found = months_until(people, 100, ON)

    assert (found.early, found.middle, found.late, found.horizon) == ("2026-06", "2026-08", None, 6)


def test_a_need_that_is_met_stays_no_question() -> None:
    """All three ends of the interval are this month."""
    assert months_until(np.full((13, 50), 100.0), 100, ON).late == "2026-06"


def test_more_recruits_meet_the_need_sooner() -> None:
    """And without any, with people lost every year, never."""
    held = dossier(
        institution("FAST", intake_month=10, verification="independently_verified"),
        institution("NONE", verification="independently_verified"),
    )
    lines = {i.code: i for i in institutions(held, ON, courses(held, ON, horizon=36))}

    fast, none = lines["FAST"].met, lines["NONE"].met
    assert fast is not None
    assert none is not None
    assert none.middle is None
    assert fast.early is not None
    assert fast.middle is not None
    assert fast.early <= fast.middle


def test_courses_are_planned_under_way_or_over() -> None:
    """Only those under way are people in training; graduates stand as a band around size and share."""
    held = institution(
        pass_share=0.8,
        cohorts=[
            {"start": "2025-01-01", "months": 6, "size": 10},
            {"start": "2026-03-01", "months": 6, "size": 20, "women": 5},
            {"start": "2026-09-01", "months": 6, "size": 40, "pass_share": 1.0},
        ],
    )
    (line,) = institutions(dossier(held), ON)

    assert [c.state for c in line.cohorts] == ["over", "running", "planned"]
    assert [c.ends for c in line.cohorts] == ["2025-07", "2026-09", "2027-03"]
    assert line.in_training == 20
    assert line.cohorts[1].graduates.low < line.cohorts[1].graduates.value == 16 < line.cohorts[1].graduates.high < 20
    assert line.cohorts[2].graduates.low == line.cohorts[2].graduates.high == 40
    assert line.met is None, "no month is named that was not drawn"


def test_mentors_stand_against_what_is_needed() -> None:
    """Two for each hundred of eighty, where three are needed."""
    (line,) = institutions(dossier(institution(mentors_per_100=2, mentors_needed_per_100=3)), ON)
    assert (line.mentors, line.mentors_needed) == (pytest.approx(1.6), pytest.approx(2.4))
    assert institutions(dossier(institution()), ON)[0].mentors_needed is None


def test_a_trade_hides_no_gap_behind_plenty_elsewhere() -> None:
    """Gaps add up, women are a share of those known, the least verified count names the trade's."""
    held = dossier(
        institution("N1", strength=150, women=0.2, verification="jointly_assessed"),
        institution("N2", strength=50, women=0.4),
        institution("N3", strength=90, strength_date=None),
        institution("N4", trade="justice", strength=100),
    )
    lines = trades(institutions(held, ON))
    police = lines[0]

    assert [t.trade for t in lines] == ["police", "justice"]
    assert (police.gap, police.short, police.institutions) == (60, 2, 3)
    assert (police.women, police.women_known) == (pytest.approx(0.25), 2)
    assert (police.verification, police.counted) == ("self_reported", None)
    assert (lines[1].gap, lines[1].women) == (0, None)
