"""What a reader may not see is nowhere in what they get, and nothing that depends on it looks complete."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exitplan.domain.dossier import Dossier, body, canonical
from exitplan.domain.entry import Entry, references
from exitplan.domain.facts import Facts
from exitplan.domain.kinds import (
    Area,
    Benchmark,
    Commitment,
    Criterion,
    FrameworkCheck,
    Function,
    Gate,
    Handover,
    Indicator,
    Mission,
    Partner,
    Plan,
    Risk,
    Signal,
    Site,
    Source,
)
from exitplan.domain.raci import NOT_SHOWN, raci_gaps
from exitplan.domain.release import COARSE_DEGREES, release
from exitplan.domain.roles import ACTIONS, ALLOWED, CLASSIFIED, ROLES, STAFF, Reader, Role, may, may_see
from exitplan.domain.tables import AreaMonths, MeasurementTable

ON = date(2024, 6, 30)
SECRET = "Zanzara"


def dossier(**changes: Any) -> Dossier:
    """A mission in which a confidential criterion, risk, gate and indicator carry a word that must not get out."""
    hidden: dict[str, Any] = {"classification": "confidential", "owner": "Risk office"}
    entries: list[Entry] = [
        Area(code="A1", title="North"),
        Area(code="A2", title=f"{SECRET} valley", **hidden),
        Source(code="S1", title="Survey"),
        Source(code="S2", title=f"{SECRET} cell", **hidden),
        Indicator.model_validate(
            {"code": "I1", "title": "Posts", "unit": "posts", "better": "higher", "versions": [{"version": 1, "start": "2020-01-01", "definition": "d"}]}
        ),
        Indicator.model_validate(
            {"code": "I2", "title": SECRET, "unit": "x", "better": "higher", "versions": [{"version": 1, "start": "2020-01-01", "definition": "d"}], **hidden}
        ),
        Benchmark(code="B1", title="Police", statement="s"),
        Criterion.model_validate({"code": "C1", "title": "Posts open", "benchmark": "B1", "condition": {"indicator": "I1", "min": 5}}),
        Criterion.model_validate({"code": "C2", "title": SECRET, "benchmark": "B1", "condition": {"indicator": "I2", "min": 5}, **hidden}),
        Risk.model_validate({"code": "R1", "title": SECRET, "lens": "civilians", "scores": [{"on": "2023-01-01", "likelihood": 2, "impact": 2}], **hidden}),
        Gate.model_validate({"code": "G1", "title": "Both", "criteria": ["C1", "C2"]}),
        Gate.model_validate({"code": "G2", "title": "Rule", "criteria": ["C1"],
             "rule": {"any": [{"risk": "R1", "at_most": "high"}, {"on_or_after": "2020-01-01"}]}}),
        Gate.model_validate({"code": "G3", "title": SECRET, "criteria": ["C1"], **hidden}),
        Function(code="F1", title="Patrols", trade="police"),
        Handover(code="H1", title="Patrols, north", function="F1", area="A1", gates=("G1", "G3")),
        Handover(code="H2", title="Patrols, there", function="F1", area="A2"),
        Site(code="P1", title="Post", area="A1", latitude=7.123, longitude=-9.456, military=140),
        Site(code="P2", title="Far post", area="A2", latitude=7.1, longitude=-9.4),
        FrameworkCheck(code="FC1", title="Plans", framework="Guide", norm="1", evidence=("risk:R1", "handover:H1")),
    ]  # fmt: skip
    by_kind: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        by_kind[entry.kind] = (*by_kind.get(entry.kind, ()), entry)
    mission = Mission(
        code="M",
        title="M",
        acronym="M",
        host=("XKA",),
        host_name="K",
        started=date(2020, 1, 1),
        basis="fictional",
        exit_gates=("G1", "G3"),
    )
    import polars as pl

    def texts(rows: list[dict[str, str]]) -> pl.DataFrame:
        return pl.DataFrame(rows)

    measured = MeasurementTable.parse(
        texts(
            [
                {"indicator": "I1", "date": "2024-05-01", "value": "9", "source": "S2"},
                {"indicator": "I2", "date": "2024-05-01", "value": "9", "source": "S1"},
            ]
        )
    ).table
    counted = AreaMonths.parse(
        texts(
            [
                {
                    "area": a,
                    "month": "2024-01",
                    "type_of_violence": "1",
                    "events": "1",
                    "low": "1",
                    "best": "7",
                    "high": "9",
                    "source": "S1",
                }
                for a in ("A1", "A2")
            ]
        )
    ).table
    return Dossier(mission, by_kind | changes, measured, counted)


def whole_text(shown: Dossier) -> str:
    """Everything a dossier says, as one text."""
    parts = [canonical(body(e)) for e in shown.everything()]
    return "\n".join([*parts, shown.measurements.csv_text(), shown.area_months.csv_text()])


OUTSIDERS: tuple[Role, ...] = tuple(r for r in ROLES if r not in CLASSIFIED["confidential"])


@pytest.mark.parametrize("role", OUTSIDERS)
def test_nothing_confidential_is_left_in_what_an_outsider_gets(role: Role) -> None:
    """Neither the word that only hidden entries carry nor one of their codes survives, in any field or table."""
    shown = release(dossier(), Reader(role)).dossier

    text = whole_text(shown)
    assert SECRET in whole_text(dossier())
    assert SECRET not in text
    assert not {"A2", "S2", "I2", "C2", "R1", "G3", "H2", "P2"} & {e.code for e in shown.everything()}
    for code in ('"A2"', '"S2"', '"I2"', '"C2"', '"R1"', '"G3"', ":R1", ",S2,", "A2,"):
        assert code not in text


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_reference_of_a_released_dossier_leads_nowhere(role: Role) -> None:
    """What is left still fits together."""
    shown = release(dossier(), Reader(role)).dossier

    assert [(e.code, r) for e in shown.everything() for r in references(e) if not shown.knows(r[1], r[2])] == []


def test_what_depends_on_something_hidden_never_looks_complete() -> None:
    """With everything met in truth, gates and benchmarks with a hidden part are unknown and say whom to ask."""
    full = dossier()
    shown = release(full, Reader("partner")).dossier
    truth, told = Facts(full, ON), Facts(shown, ON)

    assert truth.gate(full.find(Gate, "G1")).state == "met"
    for code in ("G1", "G2"):
        verdict = told.gate(shown.find(Gate, code))
        assert (verdict.state, verdict.reason) == ("unknown", "not-shown")
    assert told.benchmark(shown.find(Benchmark, "B1")).state == "unknown"
    waiting = shown.find(Handover, "H1")
    assert len(waiting.gates) == 2
    assert {told.gate(shown.find(Gate, g)).state for g in waiting.gates} == {"unknown"}
    assert all(told.gate(shown.find(Gate, g)).owed_by for g in waiting.gates)


def test_what_is_told_of_a_gate_does_not_depend_on_what_is_hidden() -> None:
    """Met or unmet, the hidden criterion leaves the same verdict, so nothing can be read off it."""
    full = dossier()
    changed = tuple(
        c.model_copy(update={"condition": c.condition.model_copy(update={"min": 99.0})}) if c.code == "C2" else c
        for c in full.of(Criterion)
    )
    other = dossier(criterion=changed)
    assert Facts(other, ON).gate(other.find(Gate, "G1")).state == "unmet"

    told = [release(d, Reader("observer")).dossier for d in (full, other)]

    verdicts = [Facts(d, ON).gate(d.find(Gate, "G1")) for d in told]
    assert verdicts[0] == verdicts[1]


def test_releasing_an_entry_to_a_partner_shows_it_to_that_partner_alone() -> None:
    """The partner named sees it, another partner and the observer do not."""
    area = Area(code="A2", title="East", classification="confidential", released_to=("UK",))

    assert may_see(Reader("partner", "UK"), area)
    assert not may_see(Reader("partner", "FR"), area)
    assert not may_see(Reader("observer"), area)


def test_positions_and_head_counts_are_coarse_without_need_to_know() -> None:
    """An observer learns neither where the post stands nor how many are there."""
    site = release(dossier(), Reader("observer")).dossier.find(Site, "P1")

    assert (site.latitude, site.longitude, site.military) == (7.0, -9.5, 100)
    assert abs(site.latitude - 7.123) <= COARSE_DEGREES / 2


def test_a_plan_tells_no_month_of_a_site_without_need_to_know() -> None:
    """Months of hand-overs stay: they are what a counterpart plans by."""
    from exitplan.usecases.open_mission import open_mission

    whole = open_mission("kasanda")
    told = release(whole, Reader("national_counterpart")).dossier
    steps = [step for plan in told.of(Plan) for step in plan.steps]
    assert any(step.month for plan in whole.of(Plan) for step in plan.steps if step.site)
    assert not [step for step in steps if (step.site or step.unit) and step.month]
    assert [step for step in steps if step.handover and step.month]


def test_somebody_who_may_see_everything_gets_the_dossier_itself() -> None:
    """For owner and approver nothing is copied or changed."""
    full = dossier()

    assert release(full, Reader("owner")).dossier is full


def test_every_role_has_a_row_and_silence_is_a_no() -> None:
    """The table names every role; what it does not name is refused, with a reason."""
    assert set(ALLOWED) == set(ROLES)
    assert all(may(Reader(role), action).granted == (action in ALLOWED[role]) for role in ROLES for action in ACTIONS)
    assert not may(Reader("risk_officer"), "edit", "gate")
    assert may(Reader("risk_officer"), "edit", "gate").reason == "kind"
    assert not may(Reader("observer"), "see_chances")
    assert {role for role in ROLES if may(Reader(role), "decide")} == {"approver"}
    assert set(ROLES) > STAFF


def test_a_breakdown_with_very_few_persons_in_a_group_is_not_released() -> None:
    """All groups of that dimension go, on that day: one alone could be worked out from the total. Shares and the rest stay."""
    from exitplan.domain.release import counts_persons
    from tests.domain.samples import changed, measured, sound, with_measurements

    whole = changed(sound(), "indicators", "I2", unit="persons")
    whole = with_measurements(
        whole,
        measured([3.0, 30.0, 0.0], indicator="I2", group="sex=female"),
        measured([40.0, 40.0, 40.0], indicator="I2", group="sex=male"),
        measured([20.0, 20.0, 20.0], indicator="I2", group="age=adult"),
        measured([43.0, 70.0, 40.0], indicator="I2"),
        measured([2.0, 2.0], indicator="I1", group="sex=female"),
    )
    assert [counts_persons(i) for i in whole.of(Indicator)] == [False, True]

    def shown(role: Role) -> dict[str, list[float]]:
        table = release(whole, Reader(role)).dossier.measurements
        return {g: [r.value for r in table.readings("I2", group=g)] for g in table.frame["group"].unique()}

    told = shown("observer")
    assert told == {
        "sex=female": [30.0, 0.0],
        "sex=male": [40.0, 40.0],
        "age=adult": [20.0] * 3,
        "total": [43.0, 70.0, 40.0],
    }
    assert len(release(whole, Reader("observer")).dossier.measurements.readings("I1", group="sex=female")) == 2
    assert shown("planner")["sex=female"] == [3.0, 30.0, 0.0]


def access_dossier(**changes: Any) -> Dossier:
    """A mission with a secret partner that has a part in a hand-over, a commitment, and signs of access."""
    entries: dict[str, tuple[Entry, ...]] = {
        "area": (Area(code="A1", title="North"),),
        "site": (Site(code="S1", title="Camp", area="A1", latitude=1.234, longitude=2.345),),
        "function": (Function(code="F1", title="Patrols", trade="police"),),
        "partner": (
            Partner(code="PA", title="Host", type="host"),
            Partner(code="PB", title=SECRET, type="state", classification="confidential"),
        ),
        "commitment": (
            Commitment.model_validate(
                {
                    "code": "Q1",
                    "title": SECRET,
                    "partner": "PB",
                    "type": "quick_reaction",
                    "amount": 9,
                    "unit": "persons",
                }
                | {"start": "2024-01-01", "end": "2025-01-01", "classification": "confidential"}
            ),
        ),
        "handover": (
            Handover.model_validate(
                {"code": "H1", "title": "Patrols", "function": "F1", "state": "approved"}
                | {"roles": [{"role": "accountable", "partner": "PB"}, {"role": "responsible", "office": "Police"}]}
            ),
        ),
        "plan": (
            Plan.model_validate(
                {"code": "P1", "title": "Plan", "drive": "calendar", "start": "2024-07"}
                | {
                    "support": [
                        {"strength": 0.2, "start": "2024-08", "end": "2024-12", "commitment": "Q1"},
                        {"strength": 0.1, "start": "2024-08", "end": "2024-12"},
                    ]
                }
            ),
        ),
        "signal": (
            _sign("G1", partner="PB"),
            _sign("G2", site="S1", statement="Forty trucks by the river road.", until="2024-08-15", due="2024-08-01"),
            _sign("G3", type="visa", partner="PA", statement="Nine files wait.", due="2024-05-01"),
        ),
    }
    mission = Mission(
        code="M", title="M", acronym="M", host=("XAA",), host_name="H", started=date(2010, 1, 1), as_of=ON, **changes
    )
    return Dossier(mission=mission, entries=entries)


def _sign(code: str, **fields: Any) -> Entry:
    plain = {"code": code, "title": f"Sign {code}", "type": "movement", "direction": "hinders", "date": "2024-03-01"}
    return Signal.model_validate(plain | fields)


@pytest.mark.parametrize("role", ["planner", "national_counterpart", "observer"])
def test_a_hidden_partner_keeps_its_place_in_a_hand_over_without_its_name(role: Role) -> None:
    """Somebody answers for the hand-over, so it shows no gap; who it is, nobody is told who may not know."""
    shown = release(access_dossier(), Reader(role)).dossier
    handover = shown.find(Handover, "H1")

    assert [(p.role, p.partner, p.office) for p in handover.roles] == [
        ("accountable", None, NOT_SHOWN),
        ("responsible", None, "Police"),
    ]
    assert raci_gaps(handover) == ()
    assert SECRET not in canonical([body(e) for e in shown.everything()])


def test_support_that_rests_on_a_hidden_commitment_is_not_counted() -> None:
    """Without the bounds of the commitment it would promise more than there is."""
    shown = release(access_dossier(), Reader("planner")).dossier

    assert [s.strength for s in shown.find(Plan, "P1").support] == [0.1]


@pytest.mark.parametrize("role", ROLES)
def test_signs_of_access_tell_no_place_route_or_day_to_come_to_readers_without_positions(role: Role) -> None:
    """The area stands for the site, the end of the quarter for the day, and what moves where is left out."""
    reader = Reader(role)
    shown = {s.code: s for s in release(access_dossier(), reader).dossier.of(Signal)}

    assert ("G1" in shown) == (role in CLASSIFIED["confidential"])
    moving, visa = shown["G2"], shown["G3"]
    assert visa.statement == "Nine files wait."
    assert visa.due == date(2024, 5, 1)
    if may(reader, "see_positions"):
        assert (moving.site, moving.until, bool(moving.statement)) == ("S1", date(2024, 8, 15), True)
    else:
        assert (moving.site, moving.area, moving.statement) == (None, "A1", "")
        assert (moving.due, moving.until) == (date(2024, 9, 30), date(2024, 9, 30))
