"""What the sections about partners, consent and access say, in both languages, for a full mission and for a bare one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exitplan.domain.kinds import Handover, Partner
from exitplan.engine.partners.partners import partners, with_a_part
from exitplan.reports.content.access import access_section
from exitplan.reports.content.coverage import coverage_section, handover_section, partner_section
from exitplan.reports.content.material import Given
from exitplan.reports.page import Figure, Paragraph, Table
from exitplan.usecases.open_mission import open_mission
from tests.reports.sample import bare_material


def kasanda(lang="en"):
    """What is written from of the invented mission."""
    dossier = open_mission("kasanda")
    on = dossier.mission.as_of
    plan = dossier.plan("P-SLOWER")
    found = partners(dossier, on, exit_day=dossier.mission.as_of.replace(year=2027), plan=plan)
    bare = bare_material(lang)
    return replace(bare, dossier=dossier, on=on, results=Given(status=bare.status, partners=found))


def bare(lang):
    """The same of a mission of which nothing is known."""
    material = bare_material(lang)
    found = partners(material.dossier, material.on, exit_day=None, plan=None)
    return replace(material, results=Given(status=material.status, partners=found))


def blocks(section, kind):
    """Blocks of one kind."""
    return [b for b in section.blocks if isinstance(b, kind)]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_picture_has_its_table_and_its_words(lang):
    """What the eye sees can be read as rows and as a sentence."""
    figures = [b for make in (coverage_section, access_section) for b in blocks(make(kasanda(lang)), Figure)]

    assert [f.key for f in figures] == ["coverage-matrix", "raci-matrix", "access-timeline", "political-will"]
    assert all(f.table.rows and f.alt and f.alt in f.svg.replace("&amp;", "&") for f in figures)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_bare_mission_gets_sentences_instead_of_empty_tables(lang):
    """No figure, no row, and something said in each place."""
    for make in (coverage_section, access_section):
        section = make(bare(lang))
        assert not blocks(section, Figure)
        assert all(t.rows or t.empty for t in blocks(section, Table))
        assert blocks(section, Paragraph) or [t for t in blocks(section, Table) if t.empty]


def test_gaps_stand_first():
    """In coverage, in parts, in checks and among objectives."""
    section = coverage_section(kasanda())
    tables = {t.caption: t for t in blocks(section, Table)}
    parts = next(f for f in blocks(section, Figure) if f.key == "raci-matrix").table

    assert tables["What partners cover by function and area, worst first"].rows[0][1].text == "nothing firm"
    assert parts.rows[0][2].mark == "unmet"
    assert tables["Working together and command, unmet first"].rows[0][3].mark == "unmet"
    assert tables["Objectives shared with partners"].rows[0][2].text == "no partner shown to you"


def test_overdue_answers_are_named():
    """In a warning of their own, by name."""
    (warning,) = [p for p in blocks(access_section(kasanda()), Paragraph) if p.tone == "warning"]

    assert "Visas of the forensic team" in warning.text
    assert "Clearance of the Sivareth convoy" not in warning.text  # its answer is not due yet


def test_support_that_is_not_counted_says_why():
    """Beside the commitment it rests on."""
    table = next(t for t in blocks(coverage_section(kasanda()), Table) if t.caption.startswith("Support after exit"))

    assert [row[5].text for row in table.rows] == ["no: no consent of the host", "yes", "yes"]


def test_a_hand_over_and_a_partner_show_their_own():
    """The warning of one hand-over, the parts of one partner."""
    material = kasanda()
    gap = handover_section(material, "H-POL-TEL")
    assert blocks(gap, Paragraph)[0].text == "Nobody accountable."
    assert not blocks(handover_section(material, "H-POL-QUE"), Paragraph)
    own, shared = blocks(partner_section(material, "P-BIREYA"), Table)
    named = [h for h in material.dossier.of(Handover) if any(p.partner == "P-BIREYA" for p in h.roles)]
    assert len(own.rows) == len(named)
    assert [row[0].text.split()[0] for row in shared.rows] == ["O-SECURITY"]


@pytest.mark.parametrize(("lang", "said"), [("en", "others are not looked at"), ("fr", "autres ne sont pas examinés")])
def test_whose_silence_is_looked_at_is_said_below_the_table(lang, said):
    """And how many partners are left out, so that nobody takes the table for all of them."""
    dossier, plain = open_mission("sierra-leone-2002"), bare_material(lang)
    on = dossier.mission.as_of
    found = partners(dossier, on, exit_day=on.replace(year=2004), plan=None)
    m = replace(plain, dossier=dossier, on=on, results=Given(status=plain.status, partners=found))
    named = {p.code for p in dossier.of(Partner)} - with_a_part(dossier)
    (table,) = [b for b in blocks(coverage_section(m), Table) if "90" in b.caption]

    assert f"{len(named)} {said}" in table.note
    assert table.rows
    assert not [row for row in table.rows if row[0].text.partition(" ")[0] in named]
