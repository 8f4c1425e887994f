"""Risks, partners, the watch, the calendar and frameworks: whole for those who may, and without a trace of what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ClientOf = Callable[..., Any]
PAGES = (
    "risks/",
    "partners/",
    "access/",
    "watch/",
    "calendar/?days=all",
    "frameworks/",
    "plans/",
    "decisions/",
    "documents/",
)
ROLES = ("owner", "approver", "risk_officer", "national_counterpart", "partner", "observer")


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def hidden_titles(role: str) -> set[str]:
    """Titles that only entries hidden from a role carry."""
    from exitplan.domain.kinds import Partner
    from exitplan.domain.release import release
    from exitplan.domain.roles import Reader, may_see
    from exitplan.usecases.open_mission import open_mission

    whole = open_mission("kasanda")
    reader = Reader(role, whole.of(Partner)[0].code if role == "partner" else None)  # type: ignore[arg-type]
    told = " ".join(str(e) for e in release(whole, reader).dossier.everything())
    return {e.title for e in whole.everything() if not may_see(reader, e) and len(e.title) > 12 and e.title not in told}


@pytest.mark.parametrize("role", ROLES)
def test_no_page_names_what_is_hidden_from_its_reader(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Neither in tables nor in pictures, triggers, counts by name or reminders."""
    client = client_of(role)
    hidden = hidden_titles(role)
    assert hidden or role in ("owner", "approver", "risk_officer")
    for path in PAGES:
        shown = page(client, f"/m/{kasanda_code}/{path}")
        assert not [title for title in hidden if title in shown], path
        assert "style=" not in shown.replace("stylesheet", "")
        assert "<script>" not in shown


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_leaves_as_a_file_for_those_who_may_take_it(
    client_of: ClientOf, kasanda_code: str, form: str
) -> None:
    """A counterpart's file holds what they see; an observer gets none."""
    path = f"/m/{kasanda_code}/risks/?register.export={form}"
    answer = client_of("national_counterpart").get(path)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if form == "csv":
        assert not [title for title in hidden_titles("national_counterpart") if title in answer.content.decode()]
    assert client_of("observer").get(path).status_code == 403


def test_one_lens_is_never_mixed_with_another(client_of: ClientOf, kasanda_code: str) -> None:
    """The register of one lens holds its risks alone; an unknown lens shows all."""
    from exitplan.domain.kinds import Risk
    from exitplan.usecases.open_mission import open_mission

    client = client_of("owner")
    risks = [r for r in open_mission("kasanda").of(Risk) if r.status == "open"]
    shown = page(client, f"/m/{kasanda_code}/risks/?lens=personnel").partition('id="table-register"')[2]
    register = shown.partition("</table>")[0]
    for risk in risks:
        assert (f"/risks/{risk.code}/" in register) == (risk.lens == "personnel"), risk.code
    assert page(client, f"/m/{kasanda_code}/risks/?lens=all").count('class="mark') > 10


def test_a_risk_shows_treatments_controls_and_its_trigger(client_of: ClientOf, kasanda_code: str) -> None:
    """And a contingency with its agreed steps, where there is one."""
    from exitplan.domain.kinds import Contingency, Control, Risk, Treatment
    from exitplan.usecases.open_mission import open_mission

    dossier = open_mission("kasanda")
    plan = next(c for c in dossier.of(Contingency) if c.risk and dossier.find(Risk, c.risk).trigger)
    shown = page(client_of("owner"), f"/m/{kasanda_code}/risks/{plan.risk}/")
    for entry in (*dossier.of(Treatment), *dossier.of(Control)):
        if entry.risk == plan.risk:
            assert entry.code in shown
    assert plan.response[0].partition("'")[0] in shown
    assert "triggered" in shown


@pytest.mark.parametrize("role", ["benchmark_officer", "national_counterpart", "observer"])
def test_a_hidden_risk_or_partner_does_not_exist(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Its address answers as one that never was."""
    from exitplan.domain.kinds import Partner, Risk
    from exitplan.domain.roles import Reader, may_see
    from exitplan.usecases.open_mission import open_mission

    dossier, client = open_mission("kasanda"), client_of(role)
    reader = Reader(role)  # type: ignore[arg-type]
    hidden = [e for e in (*dossier.of(Risk), *dossier.of(Partner)) if not may_see(reader, e)]
    assert hidden
    for entry in hidden:
        page(client, f"/m/{kasanda_code}/{'risks' if entry.kind == 'risk' else 'partners'}/{entry.code}/", 404)
    page(client, f"/m/{kasanda_code}/risks/NONE/", 404)


def test_a_partner_shows_pledges_agreements_and_requests(client_of: ClientOf, kasanda_code: str) -> None:
    """With what was delivered of each pledge, and the day a renewal has to begin."""
    from datetime import timedelta

    from exitplan.domain.kinds import Agreement, Commitment
    from exitplan.usecases.open_mission import open_mission

    dossier = open_mission("kasanda")
    pledge = dossier.of(Commitment)[0]
    shown = page(client_of("owner"), f"/m/{kasanda_code}/partners/{pledge.partner}/")
    assert pledge.code in shown
    agreement = next(a for a in dossier.of(Agreement) if a.expires)
    assert agreement.expires
    begin = agreement.expires - timedelta(days=agreement.renewal_days)
    listed = page(client_of("owner"), f"/m/{kasanda_code}/partners/?agreements.export=csv")
    assert begin.isoformat() in listed


def test_a_watch_says_whether_it_is_triggered_and_on_what_grounds(client_of: ClientOf, kasanda_code: str) -> None:
    """The triggered ones first, by their trigger or by an early warning, then what cannot be judged."""
    from exitplan.usecases.study import study

    watches = study("kasanda", on=None, plan=None, scenario=None).watch.watches
    states = {line.code: line.state for line in watches}
    assert {line.code for line in watches if line.trigger.state == "met"} <= {
        code for code, state in states.items() if state == "triggered"
    }
    shown = page(client_of("owner"), f"/m/{kasanda_code}/watch/")
    order = [states[code] for code in sorted(states, key=lambda code: shown.index(f"/watch/{code}/"))]
    assert order == sorted(order, key=("triggered", "unknown", "quiet").index)
    assert "triggered" in order


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("role", ["owner", "observer"])
def test_every_page_works_in_an_empty_mission(client_of: ClientOf, role: str, lang: str) -> None:
    """And says what to do next."""
    client = client_of(role, empty=True, lang=lang)
    for path in PAGES:
        shown = page(client, f"/m/EMPTY/{path}")
        assert 'class="empty"' in shown, path


def test_the_pages_of_a_full_mission_speak_french(client_of: ClientOf, kasanda_code: str) -> None:
    """Captions and headings, not the mission's own words."""
    client = client_of("owner", lang="fr")
    for path, french, english in (
        ("risks/", "Registre", "What each office carries"),
        ("partners/", "Partenaires", "Commitments: pledged"),
        ("watch/", "Veilles", "Agreed first response"),
        ("calendar/", "Calendrier", "What has to happen"),
        ("frameworks/", "Cadres", "Where the mission stands"),
    ):
        shown = page(client, f"/m/{kasanda_code}/{path}")
        assert french in shown, path
        assert english not in shown, path
