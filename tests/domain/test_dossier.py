"""The whole: found by code, equal content equal digest, and nothing solved that has faults."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from exitplan.domain.errors import InputFaults, NotFound
from exitplan.domain.kinds import Area, Plan, Scenario
from tests.domain.samples import ON, added, changed, measured, sound, with_measurements


def test_entries_are_found_by_kind_and_code():
    """The same code in two kinds is two entries."""
    dossier = sound()

    assert dossier.find(Area, "A1").code == "A1"
    assert dossier.get(Area, "P1") is None
    assert dossier.get(Area, None) is None


def test_what_is_not_there_is_named_with_what_is():
    """A wrong code is answered with the right ones."""
    with pytest.raises(NotFound, match="A1, A2"):
        sound().find(Area, "A9")


def test_equal_content_has_an_equal_digest():
    """Wherever it was read from, and whatever stood beside it."""
    read = dataclasses.replace(sound(), places={("area", "A1"): "areas.yaml:3"}, boundary_note={"source": "map"})

    assert read.digest == sound().digest


@pytest.mark.parametrize(
    "other",
    [
        lambda d: changed(d, "areas", "A1", population=1),
        lambda d: added(d, "areas", code="A3"),
        lambda d: with_measurements(d, measured([1.0])),
        lambda d: dataclasses.replace(d, boundaries={}),
        lambda d: sound(as_of="2020-06-29"),
    ],
)
def test_other_content_has_another_digest(other):
    """Every part counts."""
    assert other(sound()).digest != sound().digest


def test_a_dossier_with_a_fault_is_not_solved():
    """All its faults are handed over, its doubts are not among them."""
    dossier = changed(sound(), "sites", "S1", area="A9", hub="S9")

    with pytest.raises(InputFaults) as raised:
        dossier.require_sound()
    assert len(raised.value.findings) >= 2
    assert {f.severity for f in raised.value.findings} == {"error"}


def test_a_sound_dossier_is_solved():
    """The sample of these tests has nothing to complain of."""
    assert sound().findings == ()
    sound().require_sound()


def test_the_day_and_the_plan_have_their_defaults():
    """As of the dossier, its default plan, else its first; a scenario in which nothing changes."""
    dossier = added(sound(), "plans", code="P2", drive="conditions", start="2020-07")

    assert dossier.day(None) == ON
    assert dossier.day(date(2019, 1, 1)) == date(2019, 1, 1)
    assert dossier.plan(None).code == "P1"
    assert sound(default_plan="P2").mission.default_plan == "P2"
    assert dossier.plan("P2").code == "P2"
    assert dossier.scenario(None) == Scenario(code="AS-PLANNED", title="As planned", title_fr="Comme prévu")
    with pytest.raises(NotFound):
        dossier.scenario("STORM")


def test_a_mission_without_plans_names_that():
    """No plan is made up."""
    with pytest.raises(NotFound):
        dataclasses.replace(sound(), entries={}).plan(None)


def test_entries_come_in_the_order_of_the_kinds():
    """The mission first; what is written does not depend on how it was put together."""
    dossier = sound()
    shuffled = dataclasses.replace(dossier, entries=dict(reversed(dossier.entries.items())))

    assert shuffled.everything() == dossier.everything()
    assert dossier.everything()[0] is dossier.mission
    assert isinstance(dossier.of(Plan), tuple)
