"""Frameworks: gaps first, grounds and judgements side by side, due diligence, and nothing told that hangs on what is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]
PAGES = (
    "frameworks/",
    "frameworks/KAS-GUIDE/",
    "frameworks/SRES-2594/",
    "norms/GT-03/",
    "norms/HRDDP-SUSPEND/",
    "due-diligence/",
)


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


@pytest.mark.parametrize("role", ["owner", "planner", "risk_officer", "national_counterpart", "partner", "observer"])
def test_every_page_answers_every_reader(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Norms that come along and the mission's own; what there is not is not found."""
    client = client_of(role)
    for path in PAGES:
        page(client, f"/m/{kasanda_code}/{path}")
    for path in ("frameworks/NONE/", "norms/NONE/"):
        page(client, f"/m/{kasanda_code}/{path}", 404)


def test_gaps_stand_first_and_each_norm_leads_to_its_page(client_of: ClientOf, kasanda_code: str) -> None:
    """Before the counts; the library's norms and the mission's own alike."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/frameworks/")

    assert shown.index("What is not met, or only partly") < shown.index(
        "Frameworks and how many of their norms are met"
    )
    for code in ("HRDDP-SUSPEND", "GT-03", "R2594-EVIDENCE"):
        assert f'href="/m/{kasanda_code}/norms/{code}/"' in shown
    assert f'href="/m/{kasanda_code}/frameworks/SRES-2594/"' in shown


def test_a_judgement_that_is_better_than_the_check_is_told(client_of: ClientOf, kasanda_code: str) -> None:
    """Both stand on the norm's page, with the entries that lack something and the evidence named."""
    shown = page(client_of("planner"), f"/m/{kasanda_code}/norms/GT-03/")

    assert "People judged this norm better than the check finds" in shown
    assert shown.index("B12 Mission closes its sites") < shown.index("FC03 Benchmarks are clear")
    assert "the mission&#x27;s own output" in shown


def test_an_entry_shows_the_norms_it_answers(client_of: ClientOf, kasanda_code: str) -> None:
    """What it fails first, then where it is evidence."""
    client = client_of("planner")
    decision = page(client, f"/m/{kasanda_code}/entries/decision/D-SIV/")

    assert "Norms it answers" in decision
    assert "lacks what it asks" in decision
    assert "named as evidence" in decision
    assert decision.index("lacks what it asks") < decision.index("named as evidence")


def test_support_that_was_suspended_and_runs_is_loud(client_of: ClientOf, kasanda_code: str) -> None:
    """On the page of frameworks and on that of due diligence, for those who may see the case."""
    client = client_of("planner")
    for path in ("frameworks/", "due-diligence/"):
        assert "Support runs although it was suspended or withdrawn: DD-ARMY-DRE" in page(
            client, f"/m/{kasanda_code}/{path}"
        )


@pytest.mark.parametrize("role", ["national_counterpart", "partner", "observer"])
def test_a_restricted_case_leaves_no_trace(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Neither its code nor a verdict that would give it away: a norm that hangs on it is not told."""
    client = client_of(role)
    for path in PAGES:
        shown = page(client, f"/m/{kasanda_code}/{path}")
        assert "DD-ARMY-DRE" not in shown
        assert "Drenshe: mentors" not in shown
    norm = page(client, f"/m/{kasanda_code}/norms/HRDDP-SUSPEND/")
    assert "It rests in part on entries that are not shown to you" in norm


def test_readers_without_export_get_no_document(client_of: ClientOf, kasanda_code: str) -> None:
    """An observer reads, and takes nothing out."""
    shown = page(client_of("observer"), f"/m/{kasanda_code}/frameworks/")

    assert "gap-analysis" not in shown
    page(client_of("observer"), f"/m/{kasanda_code}/gap-analysis/gap-analysis.pdf", 403)


def test_the_document_is_made_from_what_its_reader_sees(client_of: ClientOf, kasanda_code: str) -> None:
    """The planner's names the restricted case, the counterpart's does not; another name is not found."""
    address = f"/m/{kasanda_code}/gap-analysis/gap-analysis.html"

    assert "DD-ARMY-DRE" in page(client_of("planner"), address)
    theirs = page(client_of("national_counterpart"), address)
    assert "DD-ARMY-DRE" not in theirs
    assert "Gap analysis against frameworks" in theirs
    assert client_of("planner").get(f"/m/{kasanda_code}/gap-analysis/gap-analysis.pdf").content[:5] == b"%PDF-"
    page(client_of("planner"), f"/m/{kasanda_code}/gap-analysis/other.pdf", 404)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_advice_stands_on_the_pages_of_benchmarks(client_of: ClientOf, kasanda_code: str, lang: str) -> None:
    """On the list, folded, and on the page of the benchmark it speaks of; a benchmark without any shows none."""
    client = client_of("benchmark_officer", lang=lang)
    words = "the mission&#x27;s own output" if lang == "en" else "produit de la mission elle-même"

    assert words in page(client, f"/m/{kasanda_code}/benchmarks/").lower()
    assert words in page(client, f"/m/{kasanda_code}/benchmarks/B12/").lower()
    assert 'id="table-advice"' not in page(client, f"/m/{kasanda_code}/benchmarks/B1/")


def test_a_check_is_recorded_from_the_norm(client_of: ClientOf, kasanda_code: str) -> None:
    """The form knows the norm already, one that comes along included."""
    form = page(client_of("planner"), f"/m/{kasanda_code}/entries/framework_check/new/?norm_ref=R2594-REPORTS&title=x")

    assert 'value="R2594-REPORTS"' in form


@pytest.mark.parametrize(("role", "loud"), [("planner", True), ("national_counterpart", False)])
def test_the_api_answers_what_the_reader_may_see(client_of: ClientOf, kasanda_code: str, role: str, loud: bool) -> None:
    """The same result as the command's, from the reader's own view."""
    base = f"/api/v1/missions/{kasanda_code}"
    answer = json.loads(page(client_of(role), f"{base}/frameworks?framework=hrddp&gaps=true"))

    assert answer["schema"] == "exitplan/frameworks/1"
    (hrddp,) = answer["result"]["frameworks"]
    assert {n["state"] for n in hrddp["norms"]} <= {"not_met", "partly_met"}
    assert any(c["loud"] for c in answer["result"]["cases"]) == loud
    assert json.loads(page(client_of(role), f"{base}/lint"))["result"]["counts"] == {
        "output-as-outcome": 1,
        "own-output": 1,
    }
    page(client_of(role), f"{base}/frameworks?framework=NONE", 404)
