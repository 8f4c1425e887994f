"""The result of `exitplan futures`, from a dossier."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.domain.months import month_text
from exitplan.engine.stability.definitions import R25, custom
from exitplan.engine.stability.forecast import base_rate, forecast
from exitplan.engine.stability.futures import PIECE
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.tally import LANES
from tests.engine.stability import dossiers as d

OPTIONS = {"plan": d.PLAN, "scenario": d.AS_PLANNED, "on": d.ON, "horizon": 24, "futures": 960, "seed": 1}
LEAVE = {"CAMP": d.LAST + 3, "POST": d.LAST + 3}


@pytest.fixture(scope="module")
def result(priors):
    """Everybody leaves in the third month."""
    return forecast(d.dossier(), priors, closings=LEAVE, **OPTIONS)


def test_it_speaks_of_every_area_month_and_definition(result):
    """Three areas, 24 months; two country definitions and two for each area, at three marks."""
    assert result.origin == "2015-08"
    assert [a.area for a in result.areas] == ["N", "S", "E"]
    assert [m.month for m in result.country] == [month_text(d.LAST + t) for t in range(1, 25)]
    assert len(result.renewed) == (2 + 2 * 3) * 3
    assert all(len(a.recent) == 36 for a in result.areas)
    assert result.futures == 960


def test_its_numbers_are_in_order(result, priors):
    """Quantiles rise, probabilities lie in their intervals and grow with time."""
    for place in (result.country, *(a.months for a in result.areas)):
        for m in place:
            assert 0 <= m.p05 <= m.p10 <= m.p25 <= m.p50 <= m.p75 <= m.p90 <= m.p95
            assert 0 <= m.any <= 1
            assert m.error > 0
    for r in result.renewed:
        assert 0 <= r.low <= r.probability <= r.high <= 1
        share = priors.pool.model
        assert r.probability == pytest.approx(share * r.model + (1 - share) * r.own_past, abs=2e-6)
    by = {(r.definition, r.scope, r.by_months): r.probability for r in result.renewed}
    for (definition, scope, months), p in by.items():
        if months > 6:
            assert p >= by[definition, scope, {12: 6, 24: 12}[months]]


def test_the_regime_of_the_country_is_told_for_every_month(result):
    """Shares of the model's futures; they sum to one, and a lively history is not surely settled."""
    assert [m.month for m in result.regimes] == [m.month for m in result.country]
    assert all(m.settled + m.tense + m.crisis == pytest.approx(1, abs=2e-6) for m in result.regimes)
    assert any(m.settled < 1 for m in result.regimes)


def test_the_missions_own_definitions_are_asked_like_the_named_ones(priors):
    """One of the mission's own that says what A25 says has its chances; another is read for the country on its own types."""
    own = [
        {"code": "MINE", "title": "As A25", "scope": "area", "threshold": 25},
        {"code": "ONE", "title": "Five one-sided deaths", "threshold": 5, "window": 3, "types": [3]},
    ]
    found = forecast(d.dossier(definitions=own), priors, closings={}, **(OPTIONS | {"track": False})).renewed
    by = {(r.definition, r.scope, r.by_months): r for r in found}
    for scope in ("N", "S", "E"):
        assert by["MINE", scope, 24].probability == by["A25", scope, 24].probability
        assert by["MINE", scope, 24].base_rate == by["A25", scope, 24].base_rate
    assert 0 < by["ONE", "country", 24].probability <= 1
    assert [r.definition for r in found][-3:] == ["ONE"] * 3


def test_state_based_definitions_are_tested_on_state_based_deaths(priors):
    """R25 does not carry the caveat of other types, though the mission counts all; fewer deaths, no higher base rate."""
    all_types = {"code": "ALL", "title": "As R25, of all types", "threshold": 25, "window": 12, "types": [1, 2, 3]}
    found = forecast(d.dossier(definitions=[all_types]), priors, closings={}, **(OPTIONS | {"track": False})).renewed
    r25, every = ([r for r in found if r.definition == code] for code in ("R25", "ALL"))
    assert len(r25) == len(every) == 3
    assert all("other-violence-types" not in r.caveats for r in r25)
    assert all(a.base_rate <= b.base_rate for a, b in zip(r25, every, strict=True))
    assert any(a.base_rate < b.base_rate for a, b in zip(r25, every, strict=True))


def test_equal_inputs_give_equal_bytes_on_one_and_two_threads(priors, result):
    """JSON, byte by byte; so many futures that both threads have work in each of the histories drawn."""
    many = OPTIONS | {"futures": 4 * (PIECE + 1) * LANES, "track": False}
    one, two = (forecast(d.dossier(), priors, closings=LEAVE, threads=n, **many) for n in (1, 2))
    assert one.model_dump_json() == two.model_dump_json()
    assert forecast(d.dossier(), priors, closings=LEAVE, **OPTIONS).model_dump_json() == result.model_dump_json()


def test_without_causal_credibility_two_plans_have_one_result(priors):
    """kappa = 0: staying and leaving differ in nothing."""
    options = OPTIONS | {"kappa": 0.0, "track": False}
    stay = forecast(d.dossier(), priors, closings={}, **options)
    assert stay.kappa == "0"
    assert stay == forecast(d.dossier(), priors, closings=LEAVE, **options)


@pytest.mark.parametrize(("horizon", "marks"), [(1, 0), (6, 1), (60, 3)])
def test_any_horizon_within_reach_works(priors, horizon, marks):
    """One month has no mark to report; sixty have all three."""
    found = forecast(
        d.dossier(), priors, closings=LEAVE, **OPTIONS | {"horizon": horizon, "track": False, "futures": 32}
    )
    assert len(found.country) == horizon
    assert len(found.renewed) == (2 + 2 * 3) * marks


@pytest.mark.parametrize(
    ("option", "value"), [("horizon", 0), ("horizon", 601), ("futures", 0), ("seed", -1), ("kappa", 1.5)]
)
def test_options_outside_their_range_are_refused(priors, option, value):
    """Each names itself."""
    with pytest.raises(InvalidValue):
        forecast(d.dossier(), priors, closings={}, **OPTIONS | {"track": False, option: value})


def test_one_area_is_enough(priors):
    """A country that is its own area, without neighbours or sites."""
    whole = d.dossier()
    alone = replace(
        whole, entries={**whole.entries, "area": (d.NORTH.model_copy(update={"parent": None}),), "site": ()}
    )
    found = forecast(alone, priors, closings={}, **OPTIONS | {"track": False})
    assert [a.area for a in found.areas] == ["N"]


def test_progress_runs_once_from_start_to_end(priors):
    """Two runs are told as one whole."""
    seen: list[tuple[int, int]] = []
    options = OPTIONS | {"track": False, "progress": lambda done, total: seen.append((done, total))}
    forecast(d.dossier(), priors, closings={}, **options)
    assert seen == [(30, 60), (60, 60)]


def test_the_track_record_is_the_missions_own(result):
    """Five origins, three areas, twelve months."""
    assert result.track_record["cases"] == 180
    assert {"ignorance:pooled", "ignorance:last-value", "ignorance:own-12"} <= set(result.track_record)


def test_base_rates_count_past_months():
    """One bad month of 30 in 36: its twelve windows are seen within six months from 17 of 19 starts."""
    deaths = [[0.0] * 18 + [30.0] + [0.0] * 17]
    panel = Panel(areas=("A",), start=0, deaths=deaths)  # type: ignore[arg-type]
    share, starts = base_rate(panel, R25, 0, 6)
    assert starts == 19
    assert share == pytest.approx(17 / 19)
    assert base_rate(panel, custom("L", scope="area", threshold=31), 0, 6) == (0.0, 19)
    assert base_rate(panel, R25, 0, 30) == (None, 0)
