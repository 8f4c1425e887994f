"""Programmes, needs, functions, context and dates are counted as they are defined, on entries that can be read by eye."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import KINDS, Mission
from exitplan.domain.tables import MeasurementTable
from exitplan.engine.watch.after import after

ON = date(2015, 6, 30)
VERSION = {"versions": [{"version": 1, "start": "2010-01-01", "definition": "D"}], "unit": "%", "better": "higher"}


def _dossier(*rows: tuple[str, str, float, str], **entries: list[dict[str, Any]]) -> Dossier:
    """A dossier of entries by kind, each titled by its code; rows are (indicator, day, value, verification)."""
    made = {
        k: tuple(KINDS[k].model_validate({"title": e["code"], **e}) for e in several) for k, several in entries.items()
    }
    texts = pl.DataFrame(
        [
            {"indicator": i, "version": "1", "date": d, "value": str(v), "unit": "%", "verification": how}
            for i, d, v, how in rows
        ]
    )
    return Dossier(
        mission=Mission(
            code="M", title="M", acronym="M", host=("XKA",), host_name="K", basis="fictional", started=date(2010, 1, 1)
        ),
        entries=made,
        measurements=MeasurementTable.parse(texts).table if rows else MeasurementTable.empty(),
    )


def _programme(code: str, **fields: Any) -> dict[str, Any]:
    return {"code": code, "start": "2014-01-01", "end": "2016-12-31", **fields}


def test_a_programme_answers_needs_of_its_function_where_it_works_or_those_it_names():
    """Its area, everywhere, the country's; not another area or function; named ones always."""
    found = after(
        _dossier(
            area=[{"code": "N"}, {"code": "S"}, {"code": "ALL", "level": "country"}],
            function=[{"code": "F", "trade": "police"}, {"code": "G", "trade": "justice"}],
            need=[
                {"code": "HERE", "level": "community", "area": "N", "function": "F"},
                {"code": "THERE", "level": "community", "area": "S", "function": "F"},
                {"code": "NATION", "level": "national", "area": "ALL", "function": "F"},
                {"code": "OTHER", "level": "community", "area": "N", "function": "G"},
                {"code": "NAMED", "level": "community", "area": "S"},
            ],
            programme=[_programme("P", function="F", areas=["N"], needs=["NAMED"])],
        ),
        ON,
    )
    assert {n.code: bool(n.programmes) for n in found.needs} == {
        "THERE": False, "OTHER": False, "HERE": True, "NATION": True, "NAMED": True,
    }  # fmt: skip
    assert [bool(n.programmes) for n in found.needs] == [False, False, True, True, True], "unmatched first"
    assert set(found.programmes[0].needs) == {"HERE", "NATION", "NAMED"}


def test_a_function_says_everything_that_does_not_hold_it():
    """Taken back, not accepted, not funded, unmet, nobody measured jointly for a year."""
    found = after(
        _dossier(
            ("I", "2014-01-31", 50, "jointly_assessed"),
            ("I", "2015-05-31", 50, "self_reported"),
            function=[
                {"code": "BAD", "trade": "police", "cost_year": 10, "funded_year": 4, "acceptance": "no"},
                {"code": "GOOD", "trade": "justice", "acceptance": "yes"},
            ],
            handover=[
                {"code": "H1", "function": "BAD", "state": "reversed"},
                {"code": "H2", "function": "BAD", "state": "confirmed"},
            ],
            indicator=[{"code": "I", **VERSION}],
            benchmark=[{"code": "B", "statement": "S"}],
            criterion=[{"code": "C", "benchmark": "B", "function": "BAD", "condition": {"indicator": "I", "min": 80}}],
        ),
        ON,
    )
    bad, good = found.tasks
    assert (bad.code, bad.transferred, bad.handovers, bad.funded) == ("BAD", 1, 2, 0.4)
    assert bad.faults == ("taken-back", "not-accepted", "not-funded", "criterion-unmet", "no-joint-measurement")
    assert bad.last_joint == date(2014, 1, 31)
    assert good.faults == ("no-joint-measurement",)


def test_context_shows_values_dates_and_what_nobody_recorded():
    """The last value with that of a year earlier; a date that passed undone is marked; missing topics are named."""
    found = after(
        _dossier(
            ("V", "2014-05-31", 40, "self_reported"),
            ("V", "2015-05-31", 60, "self_reported"),
            indicator=[
                {"code": "V", "context": "displacement", **VERSION},
                {"code": "E", "context": "budget", **VERSION},
            ],
            milestone=[{"code": "VOTE", "due": "2015-06-01", "context": "elections"}],
        ),
        ON,
    )
    lines = {c.code: c for c in found.context}
    assert (lines["V"].value, lines["V"].before, lines["V"].stale) == (60, 40, False)
    assert (lines["E"].value, lines["E"].stale) == (None, True)
    assert (lines["VOTE"].done, lines["VOTE"].stale) == (False, True)
    assert found.context_missing == ("prices",)


def test_dates_against_the_first_plan_by_phase():
    """Done late, late and not done, ahead; what is dated after the day has not happened."""
    found = after(
        _dossier(
            phase=[{"code": "P1", "order": 1, "start": "2014-01-01", "end": "2015-12-31"}],
            function=[{"code": "F", "trade": "police"}],
            handover=[
                {"code": "DONE", "function": "F", "transfer": {"baseline": "2015-01-01", "actual": "2015-01-31"}},
                {"code": "LATE", "function": "F", "transfer": {"baseline": "2015-03-01", "forecast": "2015-05-01"}},
                {"code": "AHEAD", "function": "F", "transfer": {"baseline": "2015-09-01", "actual": "2015-09-02"}},
            ],
            milestone=[{"code": "MS", "phase": "P1", "due": "2015-01-11", "done": "2015-01-01"}],
        ),
        ON,
    )
    assert {s.code: (s.state, s.slip_days) for s in found.slips} == {
        "DONE": ("done", 30), "LATE": ("late", 121), "AHEAD": ("ahead", None), "MS": ("done", -10),
    }  # fmt: skip
    assert found.slips[0].code == "LATE"
    assert [(p.code, p.steps, p.done, p.late, p.median_slip_days) for p in found.phases] == [("P1", 4, 2, 1, 10.0)]


def test_an_empty_dossier_has_nothing_to_say():
    """And says no more than what is missing."""
    found = after(_dossier(), ON)
    assert (found.programmes, found.needs, found.tasks, found.slips, found.phases) == ((), (), (), (), ())
    assert found.context_missing == ("elections", "prices", "displacement", "budget")
