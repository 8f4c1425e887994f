"""Benchmarks, indicators and gates: unmet first, nothing averaged, what is hidden says whom to ask and gives nothing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]
READERS = ("planner", "benchmark_officer", "national_counterpart", "observer")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


@pytest.mark.parametrize("role", READERS)
def test_criteria_not_met_stand_first_with_value_and_bar(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """The matrix shows benchmark, criterion, state, value, bar, confidence, verification and age."""
    shown = page(client_of(role), f"/m/{kasanda_code}/benchmarks/")
    matrix = shown.partition('id="table-criteria"')[2]
    assert matrix.index("✕" if "✕" in matrix else "mark unmet") < matrix.index("mark met")
    assert "≥" in matrix
    assert "Months since data" in matrix


def test_criteria_can_be_looked_at_by_state(client_of: ClientOf, kasanda_code: str) -> None:
    """Only unknown ones where unknown is asked for; an unknown word asks for all."""
    client = client_of("benchmark_officer")
    matrix = page(client, f"/m/{kasanda_code}/benchmarks/?state=unknown").partition('id="table-criteria"')[2]
    assert "mark unknown" in matrix
    assert "mark met" not in matrix
    assert "mark met" in page(client, f"/m/{kasanda_code}/benchmarks/?state=purple").partition('id="table-criteria"')[2]


def test_every_benchmark_gate_and_indicator_has_its_page(client_of: ClientOf, kasanda_code: str) -> None:
    """Each page of each kind answers, and one there is not is not found."""
    from exitplan.domain.kinds import Benchmark, Gate
    from exitplan.usecases.open_mission import open_mission

    client, dossier = client_of("planner"), open_mission("kasanda")
    for family, model in (("benchmarks", Benchmark), ("gates", Gate)):
        for entry in dossier.of(model)[:12]:
            assert entry.code in page(client, f"/m/{kasanda_code}/{family}/{entry.code}/")
        page(client, f"/m/{kasanda_code}/{family}/NONE/", 404)
    page(client, f"/m/{kasanda_code}/indicators/NONE/", 404)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_indicator_shows_its_history_and_its_redefinition(client_of: ClientOf, kasanda_code: str, lang: str) -> None:
    """A picture without inline style, both definitions, and the readings."""
    shown = page(client_of("planner", lang=lang), f"/m/{kasanda_code}/indicators/I-POL-RESP/")
    assert "<svg" in shown
    assert "style=" not in shown.replace("stylesheet", "")
    assert ("redefined" if lang == "en" else "redéfini") in shown.lower()
    assert 'id="table-readings"' in shown


def test_a_discontinued_indicator_says_that_nothing_is_counted(client_of: ClientOf, kasanda_code: str) -> None:
    """Its past stays; a new value is not asked for."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/indicators/I-CONTROL/")
    assert "no definition in use" in shown
    assert "Enter a value" not in shown


@pytest.mark.parametrize("role", READERS)
def test_gates_of_the_exit_that_are_not_open_stand_first(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Exit gates first, each with the failing criterion; chances only for those who may see them."""
    shown = page(client_of(role), f"/m/{kasanda_code}/gates/")
    assert shown.index("G-EXIT-SECURITY") < shown.index("G-SEC-HAL")
    assert "C-STRENGTH" in shown
    assert ("Even chance from" in shown) == (role in ("planner", "benchmark_officer"))


def test_a_gate_shows_what_it_asks_for_and_who_waits(client_of: ClientOf, kasanda_code: str) -> None:
    """Criteria with grounds, the hand-over that waits, chances as a band."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/gates/G-SEC-VOR/")
    assert f"/m/{kasanda_code}/handovers/H-SEC-VOR/" in shown
    assert 'class="verdict"' in shown
    assert 'id="table-opening"' in shown


def test_a_hidden_criterion_says_whom_to_ask_and_nothing_else(client_of: ClientOf, kasanda_code: str) -> None:
    """An observer meets neither its code nor its name, and the gate never looks complete."""
    from exitplan.domain.kinds import Criterion
    from exitplan.domain.release import release
    from exitplan.domain.roles import Reader
    from exitplan.usecases.open_mission import open_mission

    whole = open_mission("kasanda")
    seen = release(whole, Reader("observer")).dossier
    hidden = [c for c in whole.of(Criterion) if seen.get(Criterion, c.code) is None]
    assert hidden
    client = client_of("observer")
    pages = [page(client, f"/m/{kasanda_code}/{path}") for path in ("gates/", "gates/G-EXIT-SECURITY/", "benchmarks/")]
    assert "One criterion is not shown to you; ask" in pages[1]
    assert "never looks complete" in pages[1]
    for shown in pages:
        assert "NOT-SHOWN" not in shown
        for criterion in hidden:
            assert f"{criterion.code} " not in shown
            assert criterion.title not in shown
    page(client, f"/m/{kasanda_code}/gates/NOT-SHOWN-2/", 404)


def test_a_gate_with_a_hidden_part_looks_the_same_whatever_is_hidden(client_of: ClientOf, kasanda_code: str) -> None:
    """Where all that is shown is met, no state is told: hidden parts met or unmet give one page."""
    from exitplan.domain.facts import Facts
    from exitplan.domain.kinds import Gate
    from exitplan.domain.release import release
    from exitplan.domain.roles import Reader
    from exitplan.usecases.open_mission import open_mission

    seen = release(open_mission("kasanda"), Reader("observer")).dossier
    facts = Facts(seen, seen.day(None))
    partly = [
        g.code for g in seen.of(Gate) if "not_shown" in repr(g.rule) and not g.code.startswith("NOT-SHOWN")
        and facts.gate(g).state == "unknown"
    ]  # fmt: skip
    client = client_of("observer")
    for code in partly:
        head = page(client, f"/m/{kasanda_code}/gates/{code}/").partition('class="head"')[2].partition("</div>")[0]
        assert "not shown whole" in head
        assert "mark met" not in head


@pytest.mark.parametrize("role", ["planner", "observer"])
def test_an_empty_mission_says_what_a_benchmark_and_a_gate_are(client_of: ClientOf, role: str) -> None:
    """No error and no empty table."""
    client = client_of(role, empty=True)
    assert "A benchmark is a state of affairs" in page(client, "/m/EMPTY/benchmarks/")
    assert "A gate names the criteria" in page(client, "/m/EMPTY/gates/")


def test_they_speak_french(client_of: ClientOf, kasanda_code: str) -> None:
    """Words of the page and of states in French."""
    client = client_of("benchmark_officer", lang="fr")
    for path in ("benchmarks/", "benchmarks/B1/", "gates/", "gates/G-EXIT-SECURITY/"):
        assert '<html lang="fr"' in page(client, f"/m/{kasanda_code}/{path}")
