"""The first look: both clocks at once, exit gates that lead to their pages, first steps, the portfolio, the menu in groups."""

from __future__ import annotations

import re

import pytest

from exitplan.wording import Wording

MISSION = "KASANDA"


def test_the_headline_carries_the_standing_and_exit_gates_lead_on(client_of):
    """A head of mission sees the colour and the sentence first, and opens a gate from there."""
    text = client_of("approver").get(f"/m/{MISSION}/").content.decode()

    assert re.search(r'class="lead standing calendar_first">[^<]*10 months after the date', text)
    assert re.search(r'<a href="/m/KASANDA/gates/G-EXIT-SECURITY/">G-EXIT-SECURITY ', text)
    assert re.search(r'href="/m/KASANDA/entries/criterion/C-STRENGTH/">C-STRENGTH ', text)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_mission_that_has_just_begun_says_what_to_do_first(client_of, lang):
    """Steps that lead to the kinds to put in, in place of clocks that cannot tell anything yet."""
    text = client_of("planner", empty=True, lang=lang).get("/m/EMPTY/").content.decode()

    assert Wording(lang)("Say where the mission is:") in text
    for kind in ("area", "site", "function", "handover", "indicator", "benchmark", "criterion", "gate", "mandate"):
        assert f'href="/m/EMPTY/entries/{kind}/"' in text
    assert "<svg" not in text


def test_the_portfolio_tells_gates_and_calendar_without_a_look_ahead(client_of, monkeypatch):
    """Signing in must not wait for simulated courses of every mission; the sentence is the overview's own."""
    from exitplan.usecases import looking

    monkeypatch.setattr(looking, "look", None)
    text = client_of("approver").get("/").content.decode()

    assert 'class="standing unknown">4 of 4 exit gates are not open.' in text
    assert "30 June 2027" in text
    assert "12 months left" in text


def test_the_portfolio_of_a_mission_without_gates_says_so(client_of):
    """In the reader's language."""
    text = client_of("planner", empty=True, lang="fr").get("/").content.decode()

    assert Wording("fr")("no date set") in text


def test_the_menu_is_grouped_and_an_empty_group_has_no_heading(client_of):
    """Every heading stands above at least one page."""
    text = client_of("observer").get(f"/m/{MISSION}/").content.decode()
    menu = text[text.index('id="menu"') : text.index("</details>")]

    assert menu.count('<p class="group"') == 5
    assert not re.search(r"</p>\s*<p class=\"group\"", menu)
    assert "History" not in menu
