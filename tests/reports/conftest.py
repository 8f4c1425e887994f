"""The sample as a brief, written once for all tests of a language."""

from __future__ import annotations

import pytest

from exitplan.reports import Brief, build_brief, render_html
from tests.reports.sample import material


@pytest.fixture(scope="session")
def brief() -> Brief:
    """The sample's brief in English."""
    return build_brief(material())


@pytest.fixture(scope="session")
def brief_fr() -> Brief:
    """The sample's brief in French."""
    return build_brief(material("fr"))


@pytest.fixture(scope="session")
def page(brief: Brief) -> str:
    """The English brief as HTML."""
    return render_html(brief)
