"""Documents that leave: what a role may not see is in none of them, whatever the format."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from exitplan.domain.condition import IndicatorLeaf
from exitplan.domain.dossier import Dossier
from exitplan.domain.errors import InvalidValue
from exitplan.domain.kinds import (
    KINDS,
    Activity,
    Agreement,
    Assessment,
    Benchmark,
    Communication,
    Criterion,
    Decision,
    Function,
    Handover,
    Milestone,
    Objective,
    Partner,
    Risk,
    Score,
    Site,
    Source,
    Watch,
)
from exitplan.domain.release import release
from exitplan.domain.roles import Reader
from exitplan.usecases.board import View
from exitplan.usecases.papers import FORMATS, Template, make, public, whole
from tests.reports.papers import EXTRA
from tests.reports.sample import dossier

MARK = "ZEPHYRINE"
OUTSIDE = ("national_counterpart", "partner", "observer")
PAIRS = [(kind, form) for kind, forms in FORMATS.items() for form in forms]
DAY = date(2026, 9, 9)
BAR = IndicatorLeaf(indicator="I1", min=80)

HIDDEN = (
    Benchmark(code=f"{MARK}-B", title=MARK, statement=MARK, classification="confidential"),
    Criterion(code=f"{MARK}-C", title=MARK, benchmark="B1", condition=BAR, classification="confidential"),
    Handover(code=f"{MARK}-H", title=MARK, function="F1", area="XNW-N", classification="restricted", conditions=MARK),
    Site(code=f"{MARK}-S", title=MARK, area="XNW-N", latitude=0.1, longitude=10.1, classification="restricted"),
    Function(code=f"{MARK}-F", title=MARK, trade="police", gap=MARK, classification="restricted"),
    Objective(code=f"{MARK}-O", title=MARK, dimension="security", end_state=MARK, classification="restricted"),
    Risk(code=f"{MARK}-R", title=MARK, lens="civilians", event=MARK, scores=(Score(on=date(2026, 1, 1), likelihood=4, impact=4),), classification="restricted"),
    Decision(code=f"{MARK}-D", title=MARK, question=MARK, due=DAY, dissent=MARK, classification="confidential"),
    Milestone(code=f"{MARK}-M", title=MARK, due=DAY, classification="restricted"),
    Activity(code=f"{MARK}-A", title=MARK, due=DAY, owner=MARK, classification="restricted"),
    Agreement(code=f"{MARK}-G", title=MARK, parties=("PA",), type=MARK, expires=DAY, classification="restricted"),
    Communication(code=f"{MARK}-K", title=MARK, audience=MARK, message=MARK, date=DAY, classification="restricted"),
    Watch(code=f"{MARK}-W", title=MARK, trigger=BAR, response=MARK, classification="restricted"),
    Assessment(code=f"{MARK}-Z", title=MARK, party="joint", benchmark="B1", date=date(2026, 1, 1), rating="met", reservation=MARK, classification="restricted"),
    Partner(code=f"{MARK}-P", title=MARK, type="other", stance=MARK, classification="restricted"),
    Source(code=f"{MARK}-Q", title=MARK, publisher=MARK, classification="restricted"),
)  # fmt: skip


@cache
def planted() -> Dossier:
    """The sample with a word in entries of many kinds that nobody outside may see."""
    resting = Objective(code="O2", title="Rests on it", dimension="political", end_state="x", sources=(f"{MARK}-Q",))
    return dossier(extra=(*EXTRA, resting, *HIDDEN))


@cache
def seen_by(role: str) -> View:
    """What a role sees of it."""
    reader = Reader(role, "PA" if role == "partner" else None)  # type: ignore[arg-type]
    released = release(planted(), reader).dossier
    return replace(whole(released), reader=reader)


def text_of(content: bytes, form: str, folder: Path) -> str:
    """Every word of a file, whatever it is packed in."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if form == "pdf":
        path = folder / "x.pdf"
        path.write_bytes(content)
        try:
            found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        except FileNotFoundError:
            pytest.skip("pdftotext is not on this machine, and a PDF holds its words packed")
        return found.stdout.decode()
    return content.decode("utf-8").replace("\r\n ", "")


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE)
@pytest.mark.parametrize(("kind", "form"), PAIRS)
def test_nothing_hidden_leaves_in_any_format(role: str, kind: str, form: str, tmp_path: Path) -> None:
    """By a word that stands in hidden entries of many kinds."""
    made = make(seen_by(role), kind, form, lang="en", since=date(2026, 3, 31))
    said = text_of(made.content, form, tmp_path)
    assert MARK not in said
    assert len(said) > 300


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "form"), [p for p in PAIRS if p[0] != "fact-sheet"])
def test_the_same_word_is_there_for_those_who_may_see_it(kind: str, form: str, tmp_path: Path) -> None:
    """Or the test above would hold for empty files."""
    assert MARK in text_of(make(seen_by("owner"), kind, form, lang="en").content, form, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("role", ["owner", "approver", "planner", *OUTSIDE])
@pytest.mark.parametrize("form", FORMATS["fact-sheet"])
def test_the_fact_sheet_is_public_whoever_makes_it(role: str, form: str, tmp_path: Path) -> None:
    """No hidden entry, no head count, no chance, no position; the same words for the planner as for the observer."""
    said = text_of(make(seen_by(role), "fact-sheet", form, lang="en").content, form, tmp_path)
    assert MARK not in said
    assert "Camp One" not in said
    assert "chance" not in said.lower()
    mine = make(seen_by(role), "fact-sheet", "html", lang="en").content
    assert mine == make(seen_by("observer"), "fact-sheet", "html", lang="en").content


def test_what_is_public_never_grows_beyond_the_view_it_is_made_from() -> None:
    """What is released to observers but hidden from whoever asks stays hidden."""
    counterpart = seen_by("national_counterpart")
    left = {(e.kind, e.code) for e in public(counterpart).dossier.everything()}
    assert left <= {(e.kind, e.code) for e in counterpart.dossier.everything()}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "form"), [p for p in PAIRS if p[1] != "pdf"])
@pytest.mark.parametrize("lang", ["fr"])
def test_equal_views_give_equal_bytes(kind: str, form: str, lang: str) -> None:
    """Made twice from two views of the same."""
    again = replace(seen_by("owner"))
    assert make(seen_by("owner"), kind, form, lang=lang).content == make(again, kind, form, lang=lang).content


@pytest.mark.parametrize(
    ("kind", "form", "more", "told"),
    [
        ("poem", "docx", {}, "transition-plan"),
        ("annex", "xlsx", {}, ".docx, .pdf, .html"),
        ("calendar", "", {}, ".ics, .csv"),
        ("risk-register", "docx", {}, ".xlsx"),
        ("annex", "docx", {"since": date(2027, 1, 1)}, "2026-06-30"),
        ("annex", "pdf", {"template": Template("t.docx", b"")}, ".docx"),
        ("calendar", "ics", {"template": Template("t.docx", b"")}, ".docx"),
    ],
)
def test_a_pair_that_there_is_not_is_refused_with_what_is_possible(kind: str, form: str, more: dict, told: str) -> None:  # type: ignore[type-arg]
    """Before anything is worked out."""
    with pytest.raises(InvalidValue) as refused:
        make(seen_by("owner"), kind, form, lang="en", **more)
    assert told in str(refused.value)


def test_closures_to_come_are_in_no_calendar_of_those_who_may_not_see_them() -> None:
    """Kept from them by the view, not by the calendar."""
    site = Site(code="S9", title="Camp Nine", area="XNW-N", latitude=0.1, longitude=10.1, closure={"forecast": DAY})  # type: ignore[arg-type]
    with_site = dossier(extra=(*EXTRA, site))
    assert b"Camp Nine" in make(whole(with_site), "calendar", "ics", lang="en").content
    outside = replace(whole(release(with_site, Reader("observer")).dossier), reader=Reader("observer"))
    assert b"Camp Nine" not in make(outside, "calendar", "ics", lang="en").content


def test_the_sample_plants_a_word_in_every_kind_named() -> None:
    """Each is a kind of entry of ours, and hidden from everybody outside."""
    assert {e.kind for e in HIDDEN} <= set(KINDS)
    for role in OUTSIDE:
        assert not [e for e in seen_by(role).dossier.everything() if MARK in e.model_dump_json()]
