"""Leaving by conditions: the calendar is its limit case, and every gate does what it says."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import Fitted, fit
from exitplan.engine.stability.futures import Draws, deaths_of, draw, draw_blocks
from exitplan.engine.stability.panel import Panel
from exitplan.engine.stability.policy import Policy
from exitplan.engine.stability.tally import Tally

AREAS, MONTHS = 5, 24
CHAIN = {"u1": -0.3, "u2": 0.0, "psi": 0.3, "L01": -2.0, "L10": -1.5, "L12": -2.0, "L21": -1.5}


def level(mission: float, support: float = 0.0) -> Presence:
    """The same presence in every month."""
    shape = (AREAS, MONTHS + 1)
    return Presence(mission=np.full(shape, mission), host=np.full(shape, 0.1), support=np.full(shape, support))


STAY, LEFT = level(0.8), level(0.0, 0.2)


def policy(**more) -> Policy:
    """Everybody may leave from the first month on, whatever happens."""
    usual = {
        "left": LEFT,
        "earliest": np.ones(AREAS, dtype=np.int64),
        "calm": np.zeros(AREAS, dtype=np.int64),
        "bar": np.full(AREAS, np.inf),
        "slots": AREAS,
    }
    return Policy(**{**usual, **more})


@pytest.fixture
def moving(lively, priors) -> Fitted:
    """A model with doubt about its parameters, in a country that moves."""
    found = fit(lively, priors)
    mean = found.mean.copy()
    for name, value in CHAIN.items():
        mean[found.names.index(name)] = value
    return replace(found, mean=mean, regime=np.array([0.4, 0.4, 0.2]))


def same(a: Tally, b: Tally, apart: tuple[str, ...] = ("leaving",)) -> bool:
    """Whether two tallies agree in every bit, apart from some counts."""
    pairs = [(getattr(a, f.name), getattr(b, f.name)) for f in fields(Tally) if f.name not in apart]
    return all(
        all(np.array_equal(x, y) for x, y in zip(p, q, strict=True)) if isinstance(p, tuple) else np.array_equal(p, q)
        for p, q in pairs
    )


@pytest.mark.slow
@pytest.mark.parametrize("month", [1, 7, MONTHS, MONTHS + 1])
@pytest.mark.parametrize("kappa", [None, 1.0])
def test_without_a_bar_a_policy_is_the_calendar_in_every_bit(moving, lively, month, kappa):
    """Leaving in the first month from t on is leaving in month t, shock and regimes included; beyond the horizon never."""
    gates = policy(earliest=np.full(AREAS, month))
    stay = replace(STAY, people=np.array([3.0, 1.0, 2.0, 5.0, 4.0]), switches=np.linspace(-0.5, 0.5, MONTHS))
    draws = Draws(seed=1, futures=4000)
    by_gates = draw(moving, lively, stay, draws, kappa, gates)
    assert same(by_gates, draw(moving, lively, gates.when_left(stay, month), draws, kappa))
    assert by_gates.leaving[:, month - 1].tolist() == [by_gates.futures] * AREAS


def test_areas_leave_when_their_own_months_were_calm(moving, lively):
    """Future by future, rebuilt from its deaths: calm months, observed ones too, slots and order."""
    gates = policy(
        earliest=np.array([1, 4, 1, 9, 2]), calm=np.array([3, 4, 2, 3, 6]), bar=np.array([0.0, 2.0, 9.0, 0.0, 5.0]),
        slots=1, order=(2, 0, 4, 3, 1),
    )  # fmt: skip
    draws = Draws(seed=2, futures=640)
    deaths = deaths_of(moving, lively, STAY, draws, 1.0, gates)
    expected = np.zeros((AREAS, MONTHS + 1), dtype=np.int64)
    for future in deaths:
        run = np.concatenate([lively.deaths, future], axis=1)
        left: dict[int, int] = {}
        for t in range(MONTHS):
            seen = run[:, : lively.months + t]
            able = [
                i for i in gates.order
                if i not in left and t + 1 >= gates.earliest[i] and np.all(seen[i, -gates.calm[i] :] <= gates.bar[i])
            ]  # fmt: skip
            left |= dict.fromkeys(able[: gates.slots], t)
        for i in range(AREAS):
            expected[i, left.get(i, MONTHS)] += 1
    tally = draw(moving, lively, STAY, draws, 1.0, gates)
    assert np.array_equal(tally.leaving, expected)
    assert np.count_nonzero(expected) > 40
    assert np.array_equal(tally.deaths[:AREAS, :-1], deaths.sum(axis=0))


def test_a_crisis_holds_everybody_back(moving, lively):
    """In a crisis without end nobody leaves where the policy pauses, and everybody where it does not."""
    stuck = moving.mean.copy()
    stuck[moving.names.index("L21")] = -50.0
    crisis = replace(moving, mean=stuck, regime=np.array([0.0, 0.0, 1.0]))
    draws = Draws(seed=1, futures=640)
    paused, going = (draw(crisis, lively, STAY, draws, 0.0, policy(pause=p)).leaving for p in (True, False))
    assert paused[:, MONTHS].tolist() == [640] * AREAS
    assert going[:, 0].tolist() == [640] * AREAS


def test_without_causal_credibility_no_policy_matters(moving, lively):
    """kappa = 0: whoever leaves when, deaths are those of staying."""
    gates, draws = policy(calm=np.full(AREAS, 2), bar=np.zeros(AREAS), slots=1), Draws(seed=1, futures=2000)
    assert same(draw(moving, lively, STAY, draws, 0.0, gates), draw(moving, lively, STAY, draws, 0.0))


def test_a_policy_is_the_same_on_any_threads_and_in_any_parts(moving, lively):
    """Months of leaving included."""
    gates = policy(calm=np.full(AREAS, 2), bar=np.ones(AREAS), slots=2, pause=True)
    one, two = (draw(moving, lively, STAY, Draws(seed=3, futures=9000, threads=n), None, gates) for n in (1, 2))
    draws = Draws(seed=3, futures=9000)
    parts = [
        draw_blocks(moving, lively, STAY, draws, None, gates, first=a, blocks=b) for a, b in ((100, 182), (0, 100))
    ]
    assert same(one, two, ())
    assert same(one, parts[0] + parts[1], ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"earliest": np.zeros(AREAS)},  # the origin
        {"earliest": np.ones(AREAS - 1)},  # other areas
        {"calm": np.full(AREAS, -1)},  # fewer than none
        {"bar": np.full(AREAS, np.nan)},  # no number
        {"slots": 0},  # nobody ever
        {"order": (0, 1, 2, 3, 3)},  # one twice
    ],
)
def test_policies_that_make_no_sense_are_refused(wrong):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(InvalidValue, match=next(iter(wrong))):
        policy(**wrong)


def test_a_policy_for_other_months_is_refused(moving, lively):
    """Both presences have to speak of the same areas and months."""
    with pytest.raises(InvalidValue, match="left"):
        draw(moving, lively, Presence.unchanged(AREAS, MONTHS + 1), Draws(seed=1, futures=64), None, policy())


def test_a_policy_looks_ten_years_ahead_at_most():
    """A table grows with the square of the horizon."""
    with pytest.raises(InvalidValue, match="120"):
        policy(left=Presence.unchanged(AREAS, 121))


def test_calm_months_before_the_origin_count():
    """From the last loud month on; all of them where none was loud."""
    deaths = np.zeros((AREAS, 36))
    deaths[0, -1], deaths[1, -4], deaths[2, 0] = 5, 5, 5
    panel = Panel(areas=tuple("ABCDE"), start=0, deaths=deaths)
    assert policy(bar=np.full(AREAS, 4.0)).streak(panel).tolist() == [0, 3, 35, 36, 36]
    assert policy().streak(panel).tolist() == [36] * AREAS


def moved(model: Fitted, regime: tuple[float, float, float], **logits: float) -> Fitted:
    """The model in a country that begins in a regime and moves as these logits say."""
    mean = model.mean.copy()
    for name, value in logits.items():
        mean[model.names.index(name)] = value
    return replace(model, mean=mean, root=np.zeros_like(model.root), regime=np.array(regime))


@pytest.mark.parametrize(
    ("regime", "logits", "month"),
    [
        ((0.0, 1.0, 0.0), {"L10": -50.0, "L12": -50.0}, 1),  # tense for ever
        ((0.0, 0.0, 1.0), {"L21": 50.0, "L10": -50.0, "L12": -50.0}, 2),  # a crisis that ends with the first month
        ((0.0, 1.0, 0.0), {"L10": -50.0, "L12": 50.0, "L21": -50.0}, 1),  # one that begins with it
    ],
)
def test_a_pause_asks_for_the_month_before_and_for_a_crisis_alone(moving, lively, regime, logits, month):
    """Tension holds nobody back; what the month itself brings was not known when it was decided."""
    tally = draw(moved(moving, regime, **logits), lively, STAY, Draws(seed=1, futures=640), 0.0, policy(pause=True))
    assert tally.leaving[:, month - 1].tolist() == [640] * AREAS
