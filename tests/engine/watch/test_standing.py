"""What stands under watch: triggered first, unknown never silent, reviews by their day, faults of the plan named."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Area, Contingency, Indicator, Mandate, Mission, Plan, Source, Watch
from exitplan.domain.months import last_day, month_index, month_text
from exitplan.domain.tables import AreaMonths, MeasurementTable
from exitplan.engine.watch.standing import triggers, watch

EXIT = date(2014, 12, 31)
ON = date(2015, 12, 31)
FIRST, LAST = month_index("2010-01"), month_index("2015-12")
QUIET = {"events": "deaths", "min": 25}


def _dossier(
    *watches: Watch, deaths: dict[str, int] | None = None, abroad: dict[str, int] | None = None, **parts: Any
) -> Dossier:
    """A country of two areas with deaths in some months of the north, and an indicator beyond the border."""
    rows = [
        {
            "area": "N",
            "month": month,
            "type_of_violence": 1,
            "events": 1,
            "low": n,
            "best": n,
            "high": n,
            "source": "EV",
        }
        for month, n in (deaths or {}).items()
    ]
    measured = [
        {
            "indicator": "NEXT",
            "version": "1",
            "date": last_day(month_index(month)).isoformat(),
            "value": str(n),
            "unit": "deaths",
        }
        for month, n in (abroad or {}).items()
    ]
    return Dossier(
        mission=Mission(
            code="M",
            title="M",
            acronym="M",
            host=("XKA",),
            host_name="Kasanda",
            basis="fictional",
            started=date(2010, 1, 1),
        ),
        entries={
            "area": (Area(code="N", title="North"), Area(code="S", title="South")),
            "source": (
                Source(code="EV", title="Events", covers_from="2010-01", covers_to=parts.pop("covers_to", "2015-12")),
            ),
            "mandate": (
                Mandate(
                    code="MA",
                    title="Final",
                    authority="A",
                    adopted=date(2014, 1, 1),
                    start=date(2014, 1, 1),
                    end=EXIT,
                    final=True,
                ),
            ),
            "indicator": (
                Indicator.model_validate(
                    {
                        "code": "NEXT",
                        "title": "Deaths next door",
                        "unit": "deaths",
                        "better": "lower",
                        "fresh_months": 3,
                        "versions": [{"version": 1, "start": "2010-01-01", "definition": "Deaths."}],
                    }
                ),
            ),
            "watch": watches,
            **parts,
        },
        measurements=MeasurementTable.parse(pl.DataFrame(measured)).table if measured else MeasurementTable.empty(),
        area_months=AreaMonths.of(pl.DataFrame(rows)) if rows else AreaMonths.empty(),
    )


def _watch(code: str = "W", **fields: Any) -> Watch:
    return Watch.model_validate(
        {"code": code, "title": code, "trigger": QUIET, "response": "Meet", "successor_owner": "Office", **fields}
    )


def test_a_met_trigger_stands_before_unknown_and_quiet():
    """The order of the result is the order of need."""
    unknown = {"indicator": "NEXT", "min": 5}
    found = watch(
        _dossier(
            _watch("A"), _watch("B", trigger=unknown), _watch("C", trigger={**QUIET, "min": 3}), deaths={"2015-11": 4}
        ),
        ON,
    )
    assert [(line.code, line.state) for line in found.watches] == [("C", "triggered"), ("B", "unknown"), ("A", "quiet")]
    assert (found.triggered, found.unknown) == (1, 1)


def test_early_warning_fires_after_the_exit_against_the_months_before_it():
    """A quiet year before the exit, eight deaths in one month after it: an alarm in that month, below the trigger."""
    line = watch(_dossier(_watch(alarm="cusum", area="N"), deaths={"2015-11": 8}), ON).watches[0]
    early = line.early[0]
    assert (line.state, line.trigger.state) == ("triggered", "unmet")
    assert (early.state, early.alarm_month, early.rehearsal) == ("alarm", "2015-11", False)
    assert (early.baseline_from, early.baseline_to, early.watched_from) == ("2014-01", "2014-12", "2015-01")
    assert [m.month for m in early.months if m.over] == ["2015-11"]


def test_an_alarm_stands_for_three_months():
    """What was over the line in the spring is history by winter, and still in the months of the picture."""
    early = watch(_dossier(_watch(alarm="cusum"), deaths={"2015-04": 9}), ON).watches[0].early[0]
    assert early.state == "quiet"
    assert [m.month for m in early.months if m.over] == ["2015-04"]


def test_before_the_exit_the_early_warning_is_a_rehearsal():
    """On the last twelve months."""
    early = watch(_dossier(_watch(alarm="score"), deaths={"2014-05": 30}), date(2014, 6, 30)).watches[0].early[0]
    assert (early.rehearsal, early.watched_from, early.state) == (True, "2013-07", "alarm")


def test_neighbours_stand_in_the_same_watch():
    """The area beyond the border raises the watch, and is named."""
    months = {month_text(t): 0 for t in range(month_index("2013-01"), LAST + 1)} | {"2015-12": 40}
    fields = {"alarm": "cusum", "abroad": [{"country": "XVE", "place": "Marches", "indicator": "NEXT"}]}
    line = watch(_dossier(_watch(**fields), abroad=months), ON).watches[0]
    assert [(e.place, e.abroad, e.state) for e in line.early] == [("", False, "quiet"), ("XVE", True, "alarm")]
    assert line.state == "triggered"


@pytest.mark.parametrize(
    ("abroad", "reason"),
    [
        ({}, "no-data"),
        ({month_text(t): 0 for t in range(FIRST, LAST - 6)}, "stale"),
        ({month_text(t): 0 for t in range(FIRST, LAST + 1) if t != LAST - 3}, "gaps"),
        ({month_text(t): 0 for t in range(LAST - 14, LAST + 1)}, "too-short"),
    ],
)
def test_an_early_warning_without_its_months_is_unknown_and_says_why(abroad, reason):
    """Never quiet."""
    fields = {"alarm": "score", "abroad": [{"country": "XVE", "indicator": "NEXT"}]}
    line = watch(_dossier(_watch(**fields), abroad=abroad), ON).watches[0]
    assert (line.early[1].state, line.early[1].reason, line.state) == ("unknown", reason, "unknown")


def test_a_place_without_a_series_and_a_country_without_data_are_unknown():
    """No indicator named; no source that covers the months."""
    line = watch(_dossier(_watch(alarm="cusum", abroad=[{"country": "XVE"}])), ON).watches[0]
    assert line.early[1].reason == "no-series"
    old = watch(_dossier(_watch(alarm="cusum"), covers_to="2014-12"), ON).watches[0]
    assert old.early[0].reason == "stale"


def test_a_baseline_set_by_hand_needs_no_window():
    """A mean that somebody answers for."""
    early = watch(_dossier(_watch(alarm="cusum", baseline={"mean": 40})), ON).watches[0].early[0]
    assert (early.state, early.baseline_mean, early.baseline_from) == ("quiet", 40.0, None)


def test_reviews_count_from_the_exit_and_are_overdue_until_held():
    """Three months after: held in time. Six: overdue by days. Twelve and later: to come."""
    found = watch(_dossier(_watch(reviewed=["2015-03-20"])), date(2015, 7, 10))
    points = found.watches[0].reviews
    assert [(p.months, p.day.isoformat()) for p in points] == [
        (3, "2015-03-31"),
        (6, "2015-06-30"),
        (12, "2015-12-31"),
        (24, "2016-12-31"),
        (60, "2019-12-31"),
    ]
    assert points[0].done == date(2015, 3, 20)
    assert [p.overdue_days for p in points] == [0, 10, 0, 0, 0]
    assert (found.overdue, found.next_review) == (1, date(2015, 12, 31))


def test_what_the_plan_lacks_is_a_fault():
    """No successor, no response."""
    assert watch(_dossier(_watch(successor_owner="", response="")), ON).watches[0].faults == (
        "no-successor",
        "no-response",
    )


def test_without_watches_there_is_an_empty_result():
    """Nothing triggered, nothing unknown."""
    found = watch(_dossier(), ON)
    assert (found.watches, found.triggered, found.exit) == ((), 0, EXIT)


def test_every_trigger_is_listed_with_who_responds():
    """Watches by their successor, contingencies with their steps and days, plans by their pause."""
    contingency = Contingency.model_validate(
        {
            "code": "CO",
            "title": "CO",
            "owner": "Head",
            "trigger": {**QUIET, "min": 3},
            "response": ["Call", "Move"],
            "within_days": 2,
        }
    )
    plan = Plan.model_validate(
        {"code": "P", "title": "P", "owner": "Planner", "drive": "conditions", "start": "2014-01", "pause": QUIET}
    )
    found = triggers(_dossier(_watch(), contingency=(contingency,), plan=(plan,), deaths={"2015-11": 4}), ON).triggers
    assert [(t.kind, t.code, t.state, t.who) for t in found] == [
        ("contingency", "CO", "met", "Head"),
        ("watch", "W", "unmet", "Office"),
        ("plan", "P", "unmet", "Planner"),
    ]
    assert (found[0].response, found[0].within_days) == (("Call", "Move"), 2)
