"""The funding cliff: closed forms, and what plenty in one place must never hide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Commitment, Function, Handover, Mission, Partner, Programme
from exitplan.engine.takeover.funding import funding

ON = date(2026, 6, 30)


def dossier(
    *commitments: Commitment, functions: tuple[Function, ...] = (), programmes: tuple[Programme, ...] = ()
) -> Dossier:
    """A mission whose functions cost 12 million a year each."""
    mission = Mission(code="M", title="M", acronym="M", host=("XKA",), host_name="K", started=date(2020, 1, 1))
    held = functions or (function("F1"), function("F2"))
    return Dossier(
        mission,
        {
            "function": held,
            "partner": (Partner(code="P1", title="P1", type="state"), Partner(code="P2", title="P2", type="state")),
            "handover": (Handover(code="H1", title="H1", function=held[0].code),),
            "commitment": commitments,
            "programme": programmes,
        },
    )


def function(code: str, **more: Any) -> Function:
    return Function(**{"code": code, "title": code, "trade": "police", "cost_year": 12e6, **more})


def promise(code: str = "K1", **more: Any) -> Commitment:
    """12 million for F1 over the twelve months from July 2026: a million a month."""
    given = {
        "code": code,
        "title": code,
        "partner": "P1",
        "type": "money",
        "amount": 12e6,
        "unit": "USD",
        "function": "F1",
    }
    given |= {"start": date(2026, 7, 1), "end": date(2027, 6, 30), "status": "signed", **more}
    return Commitment.model_validate(given)


def programme(**more: Any) -> Programme:
    given = {"code": "PR1", "title": "PR1", "partner": "P2", "function": "F1", "budget": 24e6, "funded": 0.5}
    return Programme.model_validate(given | {"start": date(2026, 7, 1), "end": date(2027, 6, 30)} | more)


def covers(found: Dossier, code: str = "F1", **more: Any) -> dict[str, str]:
    lines = {f.code: f for f in funding(found, ON, **more).functions}
    return {m.month: m.cover for m in lines[code].months}


def test_money_is_spread_over_its_months_and_ends_where_the_promise_ends() -> None:
    """12 million over twelve months is a million a month from the first to the last of them, and nothing after."""
    months = {m.month: m for m in funding(dossier(promise()), ON).months}

    assert months["2026-06"].firm == 0
    assert months["2026-07"].firm == months["2027-06"].firm == pytest.approx(1e6)
    assert months["2027-07"].firm == 0
    assert months["2026-07"].need == pytest.approx(2e6)
    assert len(months) == 36


def test_a_function_says_when_it_is_covered_and_how_surely() -> None:
    """Signed money covers, then announced money, then a part of it, then none."""
    found = covers(
        dossier(
            promise(),
            promise("K2", status="announced", start=date(2027, 7, 1), end=date(2027, 12, 31), amount=6e6),
            promise("K3", status="pledged", start=date(2028, 1, 1), end=date(2028, 6, 30), amount=3e6),
        )
    )

    assert [found[m] for m in ("2026-06", "2026-07", "2027-07", "2028-01", "2028-07")] == [
        "none",
        "firm",
        "announced",
        "part",
        "none",
    ]


def test_the_first_month_that_is_not_covered_is_named() -> None:
    """By signed money, by any, and after the calendar has ended."""
    held = dossier(
        promise(start=date(2026, 6, 1), end=date(2027, 5, 31)),
        promise("K2", status="announced", start=date(2027, 6, 1), end=date(2028, 5, 31)),
    )
    line = next(f for f in funding(held, ON, end=date(2026, 12, 31)).functions if f.code == "F1")
    bare = next(f for f in funding(held, ON, end=date(2026, 12, 31)).functions if f.code == "F2")

    assert (line.first_not_firm, line.first_uncovered, line.first_after) == ("2027-06", "2028-06", "2028-06")
    assert (bare.first_not_firm, bare.first_uncovered, bare.first_after) == ("2026-06", "2026-06", "2027-01")
    assert funding(held, ON).functions[0].first_after is None, "without an end there is no month after it"


def test_plenty_for_one_function_covers_no_other() -> None:
    """Three times the cost of the first leaves the second as bare as it was."""
    month = next(m for m in funding(dossier(promise(amount=36e6)), ON).months if m.month == "2026-07")

    assert month.firm > month.need
    assert month.uncovered == pytest.approx(1e6)


def test_a_programme_and_a_commitment_of_one_partner_may_be_the_same_money() -> None:
    """The larger counts; of two partners both do."""

    def at(held: Dossier) -> tuple[float, float]:
        found = next(f for f in funding(held, ON).functions if f.code == "F1")
        month = next(m for m in found.months if m.month == "2026-07")
        return month.firm, month.announced

    same = programme(partner="P1", budget=36e6)
    assert at(dossier(promise(), programmes=(same,))) == pytest.approx((1.5e6, 0))
    assert at(
        dossier(promise(status="announced"), programmes=(programme(partner="P1", budget=12e6),))
    ) == pytest.approx((5e5, 5e5))
    assert at(dossier(promise(), programmes=(programme(),))) == pytest.approx((2e6, 0))


def test_money_for_no_function_covers_none_and_is_told_apart() -> None:
    """It may come to nobody who needs it."""
    found = funding(dossier(promise(function=None)), ON)

    assert {f.months[1].cover for f in found.functions} == {"none"}
    assert found.months[1].untied == pytest.approx(1e6)
    assert found.months[1].uncovered == pytest.approx(2e6)


def test_a_commitment_to_a_hand_over_serves_its_function() -> None:
    """The hand-over says which function it is."""
    assert covers(dossier(promise(function=None, handover="H1")))["2026-07"] == "firm"


@pytest.mark.parametrize(
    "more",
    [
        {"status": "withdrawn"},
        {"unit": "EUR"},
        {"type": "training"},
        {"end": date(2026, 7, 1), "start": date(2020, 1, 1)},
    ],
    ids=["withdrawn", "another currency", "not money", "nearly over"],
)
def test_what_is_no_money_in_hand_is_not_counted(more: dict[str, Any]) -> None:
    """Withdrawn, in another currency, in kind, or spent before."""
    assert covers(dossier(promise(**more)))["2026-08"] == "none"


def test_what_counts_nowhere_is_named() -> None:
    """A commitment in another currency, and a function without a cost."""
    found = funding(dossier(promise(unit="EUR"), functions=(function("F1"), function("F9", cost_year=None))), ON)

    assert found.other_currency == ("K1",)
    assert found.without_cost == ("F9",)
    assert [f.code for f in found.functions] == ["F1", "F9"]
    assert {m.cover for m in found.functions[1].months} == {"unknown"}
    assert found.months[0].need == pytest.approx(1e6)


def test_a_function_that_ends_with_the_mission_needs_no_money() -> None:
    """Money promised for it is for no function that stays."""
    found = funding(dossier(promise(), functions=(function("F1", destination="discontinue"), function("F2"))), ON)

    assert [f.code for f in found.functions] == ["F2"]
    assert found.months[1].untied == pytest.approx(1e6)


@given(
    amounts=st.lists(st.floats(min_value=0, max_value=1e9), min_size=1, max_size=5),
    firm=st.lists(st.booleans(), min_size=5, max_size=5),
    months=st.integers(min_value=1, max_value=60),
)
def test_parts_add_up_and_more_money_never_uncovers(amounts: list[float], firm: list[bool], months: int) -> None:
    """Totals are sums of functions, nothing is negative, and another promise leaves no month less covered."""
    every = [
        promise(
            f"K{i}",
            amount=a,
            status="signed" if firm[i] else "announced",
            function=("F1", "F2")[i % 2],
            partner=("P1", "P2")[i % 2],
        )
        for i, a in enumerate(amounts)
    ]
    found, less = funding(dossier(*every), ON, months=months), funding(dossier(*every[:-1]), ON, months=months)

    for at, month in enumerate(found.months):
        assert month.firm == pytest.approx(sum(f.months[at].firm for f in found.functions))
        assert min(month.firm, month.uncovered) >= 0
        assert month.announced >= -1e-6
        assert month.uncovered <= less.months[at].uncovered + 1e-6
        assert month.uncovered >= month.need - month.firm - month.announced - 0.05
