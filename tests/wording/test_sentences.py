"""Sentences in both languages: everything said is translated, and values keep their meaning."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import exitplan.domain
from exitplan.domain.condition import Verdict
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.kinds import KINDS
from exitplan.domain.kinds.planning import Blackout
from exitplan.domain.results.schedule import Binding
from exitplan.wording import LANGUAGES, Wording
from exitplan.wording.codes import CODES
from exitplan.wording.figures import chances_text, number_text
from scripts.messages import collected, page_sentences, sentences, template_sentences

ROOT = Path(__file__).resolve().parents[2]
EN, FR = Wording("en"), Wording("fr")

NOT_SHOWN = (
    {"normal", "beta"},
    {"I", "II", "III", "IV", "V"},
    {"entry", "kind", "function", "trade", "area", "tag"},  # why a lesson is offered: told as a sentence
)
"""Choices that no reader meets as words of their own."""


def _choices() -> set[tuple[str, ...]]:
    """Every closed choice of codes that a field of the table offers."""
    found: set[tuple[str, ...]] = set()

    def look(annotation: Any) -> None:
        if get_origin(annotation) is Literal:
            found.add(tuple(str(choice) for choice in get_args(annotation)))
        else:
            for inner in get_args(annotation):
                look(inner)

    for module in pkgutil.walk_packages(exitplan.domain.__path__, "exitplan.domain."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, BaseModel):
                for info in thing.model_fields.values():
                    look(info.annotation)
    return found


@pytest.mark.parametrize("choice", sorted(_choices()), ids="/".join)
def test_every_choice_of_the_table_has_words(choice):
    """A code added to the table cannot reach a screen without words."""
    if set(choice) in NOT_SHOWN or len(choice) == 1:
        return
    assert any(set(choice) <= set(family) for family in CODES.values()), choice


def test_every_kind_of_entry_has_words():
    """Findings name kinds, and a page says that there is no such thing in the reader's language."""
    sources = (path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    missed = {kind for source in sources for kind in re.findall(r'NotFound\(\s*"(\w+)"', source)}
    assert missed
    assert missed | set(KINDS) <= set(CODES["kind"])


def test_every_code_of_a_finding_has_words():
    """Whatever the checks and importers find can be named."""
    pattern = re.compile(
        r'(?:Finding\(\s*code=|fault\(\s*dossier,\s*[\w.]+,\s*|_about\(\s*[\w\[\]-]+,\s*|SchemaFault\()"([a-z0-9-]+)"'
    )
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "exitplan").rglob("*.py"))
    used = set(pattern.findall(text))

    assert len(used) > 30
    assert used <= set(CODES["finding"]), used - set(CODES["finding"])


@pytest.mark.slow
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_catalogue_holds_exactly_what_is_said(language):
    """Nothing said is missing, nothing forgotten is left, all of it is translated: run `make messages` otherwise."""
    po = ROOT / "src" / "exitplan" / "locale" / language / "LC_MESSAGES" / "exitplan.po"
    with po.open("rb") as file:
        catalogue = [message for message in read_po(file, locale=language) if message.id]
    held = {(m.context, m.id if isinstance(m.id, str) else tuple(m.id)) for m in catalogue}
    untranslated = [m.id for m in catalogue if not all([m.string] if isinstance(m.string, str) else m.string)]

    assert held == set(collected())
    assert untranslated == []


def test_sentences_are_found_where_they_are_said():
    """The collector sees calls of every form, plurals and templates, and leaves other texts alone."""
    source = 'w("a {n}", n=1); self.w("b"); Wanted("c"); w.count("one", "{n} many", 3); other("d"); w(text)'

    assert set(sentences(source)) == {"a {n}", "b", "c", ("one", "{n} many")}
    assert set(template_sentences('{{ w("a") }} {{ w.count("one", "many", n) }} {{ other("b") }}')) == {
        "a",
        ("one", "many"),
    }
    assert set(page_sentences('{% say "a {n}" n=1 %}{% other "b" %}')) == {"a {n}"}


def test_one_english_word_may_need_several_french_ones():
    """An open gate, an open site and an open document are not the same thing."""
    words = {FR.code(family, code) for family, code in (("gate_state", "met"), ("site_state", "open"))}
    words |= {FR.code("classification", "open")}

    assert words == {"ouvert", "public"}


def test_an_unknown_code_stays_readable():
    """A newer engine never breaks an older door."""
    assert FR.code("reason", "something-new_here") == "something new here"


def test_an_unknown_language_is_refused():
    """Named with those there are."""
    with pytest.raises(ValueError, match="en, fr"):
        Wording("de")


def test_what_was_wanted_is_said_in_the_readers_language():
    """The text in the result stays English; the sentence is the reader's."""
    finding = Finding(
        code="unknown-reference",
        kind="site",
        entry="S1",
        field="area",
        value="X",
        wanted=Wanted("the code of a {kind}, such as {near}", kind="area", near="NORTH"),
        where="sites.yaml:3",
    )

    assert finding.model_dump()["wanted"] == "the code of a area, such as NORTH"
    said = FR.finding(finding)
    assert said.startswith("Référence inconnue – site S1, area")
    assert "par exemple NORTH" in said
    assert "sites.yaml:3" in said
    assert "wanted" not in said


def test_what_a_schema_wanted_survives_pydantic():
    """A rule between two fields raises words that can still be translated."""
    body = {"code": "B", "title": "B", "start": "2026-05", "end": "2026-04"}
    with pytest.raises(ValidationError) as caught:
        Blackout.model_validate(body)
    error = caught.value.errors()[0]["ctx"]["error"]

    assert isinstance(error.args[0], Wanted)
    assert FR.wanted(error.args[0]) == "une fin égale ou postérieure au début 2026-05"


def test_a_plain_text_is_wanted_too():
    """Not everything that was wanted has a template."""
    assert FR.wanted("something nobody translated") == "something nobody translated"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (4886, "4,886", "4\u00a0886"),
        (4886.5, "4,886.5", "4\u00a0886,5"),
        (0.126, "0.13", "0,13"),
        (-0.001, "0", "0"),
        (-1234.5, "-1,234.5", "-1\u00a0234,5"),
        (100, "100", "100"),
        (None, "–", "–"),
    ],
)
def test_numbers_bear_the_marks_of_the_language(value, english, french):
    """Thousands and decimals as readers expect them; no minus before nothing."""
    assert (EN.number(value), FR.number(value)) == (english, french)


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2015-09-30", "30 September 2015", "30 septembre 2015"),
        (date(2016, 8, 1), "1 August 2016", "1er août 2016"),
        (None, "–", "–"),
    ],
)
def test_days_are_written_out(day, english, french):
    """Nobody has to guess which number is the month."""
    assert (EN.date(day), FR.date(day)) == (english, french)


def test_months_are_written_out():
    """Short forms for tables, long ones for sentences."""
    assert (EN.month("2016-03"), FR.month("2016-03"), FR.month("2016-02", short=True)) == (
        "March 2016",
        "mars 2016",
        "févr. 2016",
    )


@pytest.mark.parametrize(
    ("chance", "english"),
    [(0.0, "under 1%"), (0.004, "under 1%"), (0.5, "50%"), (0.996, "over 99%"), (1.0, "over 99%")],
)
def test_a_chance_is_never_certain(chance, english):
    """A simulation cannot say never or always."""
    assert EN.chance(chance) == english


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_band_of_chances_never_looks_narrower_than_it_is(one, other):
    """Both ends are rounded outwards."""
    low, high = sorted((one, other))
    ends = [float(n) / 100 for n in re.findall(r"\d+", chances_text(low, high, "en"))]

    assert ends[0] <= low + 0.0101
    assert ends[-1] >= high - 0.0101
    if len(ends) == 2:
        assert ends[0] <= low + 1e-9
        assert ends[1] >= high - 1e-9


@given(st.floats(-1e9, 1e9))
def test_a_number_can_be_read_back(value):
    """What is shown is the value to two digits, in both languages."""
    english = float(number_text(value, "en").replace(",", ""))
    french = float(number_text(value, "fr").replace("\u00a0", "").replace(",", "."))

    assert english == french
    assert abs(english - value) <= 0.00501 + abs(value) * 1e-12


def test_the_grounds_of_a_verdict_name_value_bar_day_and_office():
    """Unknown says since when and owed by whom; unmet says by how much."""
    unmet = Verdict(
        state="unmet",
        about="indicator:I",
        reason="below-bar",
        values={"min": 8000.0, "max": None, "value": 4886.0, "unit": "persons", "date": "2015-08-01"},
    )
    stale = Verdict(
        state="unknown", about="indicator:I", reason="stale", since=date(2015, 3, 1), owed_by="Statistics office"
    )

    assert EN.grounds(unmet) == "4,886 persons on 1 August 2015, at least 8,000 wanted"
    assert EN.grounds(stale) == "data out of date; since 1 March 2015; owed by Statistics office"
    assert "données périmées" in FR.grounds(stale)


@pytest.mark.parametrize(
    ("values", "about", "said"),
    [
        (
            {"counted": "deaths", "max": 5.0, "min": None, "value": 7.0, "from": "2015-01", "to": "2015-06"},
            "events:NORTH",
            "7 deaths recorded from Jan 2015 to Jun 2015, at most 5 wanted",
        ),
        ({"on_or_after": "2016-01-01", "on_or_before": None}, "date", "too early (1 January 2016)"),
        ({"level": "high", "at_most": "low", "at_least": None}, "risk:R", "risk rated high, at most low wanted"),
        (
            {"state": "open", "wanted": "handed_over, checked"},
            "site:S",
            "open; wanted: handed over, handed over, use checked",
        ),
        ({"state": "trial", "wanted": "confirmed"}, "handover:H", "on trial; wanted: confirmed"),
    ],
)
def test_every_sort_of_leaf_has_its_grounds(values, about, said):
    """Violence, dates, risks, sites and hand-overs."""
    reason = "too-early" if about == "date" else "above-bar"

    assert EN.grounds(Verdict(state="unmet", about=about, reason=reason, values=values)) == said


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        (
            "ceiling-exceeded:C1:2016-03:1200:4",
            "Ceiling C1 is exceeded in 4 months, first in March 2016 by 1,200 people.",
        ),
        ("ceiling-exceeded:C1:2016-03:12:1", "Ceiling C1 is exceeded in March 2016 by 12 people."),
        ("budget-exceeded:B:2016-07:3396000", "Budget B, from July 2016, is overspent by 3,396,000."),
        ("plan-paused:P", "Plan P is paused now: its pause condition is met."),
        ("deadline-missed:2016-06:3:0", "Steps after the deadline, June 2016: 3; steps without a feasible month: 0."),
        ("something-new:1", "something-new:1"),
    ],
)
def test_a_breach_is_a_sentence(breach, said):
    """Codes with values, in words."""
    assert EN.breach(breach) == said


def test_a_binding_names_what_binds_and_when():
    """The code of the other step without its kind; none for the step's own work."""
    assert EN.binding(Binding(kind="after", code="handover:H1", month="2026-12")) == "waits for hand-over H1 (Dec 2026)"
    assert EN.binding(Binding(kind="duration", code="H1")) == "length of its own work"
    assert FR.binding(Binding(kind="gate", code="G1")) == "point de passage G1"


def test_notes_of_imports_have_words():
    """With their value, where they have one."""
    assert EN.note("bom") == "byte-order mark left out"
    assert EN.note("encoding:cp1252") == "text in another encoding (cp1252)"
    assert EN.note("dates:day_first") == "days written day first"


@pytest.mark.parametrize(
    ("group", "english", "french"),
    [
        ("sex=female", "women", "femmes"),
        ("sex=male", "men", "hommes"),
        ("age=15-24", "age: 15-24", "âge\u00a0: 15-24"),
        ("displaced", "displaced", "displaced"),
    ],
)
def test_a_group_is_said_in_words(group, english, french):
    """Known values in the reader's language, others with their dimension, anything else as it stands."""
    assert (EN.group(group), FR.group(group)) == (english, french)


def test_a_missions_own_scale_stays_as_it_is_and_the_one_that_comes_along_is_translated():
    """A name is no code: hyphens and all."""
    assert (EN.scale_name("likelihood", "highly likely"), FR.scale_name("likelihood", "highly likely")) == (
        "highly likely",
        "très probable",
    )
    assert FR.scale_name("impact", "sans-effet 0") == "sans-effet 0"


def test_every_step_of_the_scales_that_come_along_has_its_words():
    """In both languages."""
    from exitplan.domain.kinds.mission import RiskMatrix

    for scale in ("likelihood", "impact"):
        assert tuple(CODES[f"{scale}_name"]) == getattr(RiskMatrix(), scale)
