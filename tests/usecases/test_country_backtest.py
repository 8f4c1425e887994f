"""Back-tests of the country forecast on files that lack something: no figure is made up for it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from exitplan.reports.content.country_scores import country_scores_section
from exitplan.reports.page import Paragraph
from exitplan.usecases.country_backtest import views_country
from exitplan.wording import Wording
from tests.importers.test_views import DRAWS, PLAIN


def _only(folder: Path, number: str) -> Path:
    """The small folder of VIEWS' files, with official forecasts of one country."""
    for path, (head, *lines) in PLAIN.items():
        kept = [line for line in lines if path != DRAWS or line.split(",")[2] == number]
        text = "".join(f"{line}\n" for line in (head, *kept))
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(gzip.compress(text.encode()) if path.endswith(".gz") else text.encode())
    return folder


def _said(found, w) -> str:
    return " ".join(b.text for b in country_scores_section(found, w).blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(("number", "cases"), [("1", "african-hosts"), ("2", "other-hosts")])
def test_a_folder_of_one_kind_of_host_is_scored_for_that_kind_alone(tmp_path, number, cases):
    """Hosts that are all African, or none: the other set has no rows and is left out."""
    found, _ = views_country(_only(tmp_path, number), draws=4)
    assert {g.cases for g in found.groups} == {cases}
    assert {g.country_months for g in found.groups} == {12}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_was_not_counted_is_not_said_to_be_none(tmp_path, lang):
    """The windows of VIEWS count no gaps; where one country of one's own file ended early, that is said with its number."""
    w = Wording(lang)
    found, _ = views_country(_only(tmp_path, "1"), draws=4)
    assert (found.filled, found.ended, found.unknown) == (None, None, None)
    plain = _said(found, w)
    told = _said(found.model_copy(update={"filled": 0, "ended": 7, "unknown": 0}), w)
    assert "7" not in plain.replace("2017", "")
    assert "7" in told.replace("2017", "")
