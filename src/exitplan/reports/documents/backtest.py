"""How good forecasts were, as a document of its own: what `exitplan backtest … --report` writes."""

from __future__ import annotations

from exitplan.domain.results.base import Manifest
from exitplan.reports.content import labels
from exitplan.reports.page import Document, Items, Section
from exitplan.wording import Wording


def backtest_document(section: Section, manifest: Manifest, w: Wording) -> Document:
    """One back-test's section, and the data, seed and settings that it rests on."""
    rests_on = (
        w("Data and settings, SHA-256: {digest}", digest=manifest.inputs),
        w("Seed: {seed}", seed=str(manifest.seed)),
        *(f"{name}{w.colon}{value}" for name, value in sorted(manifest.options.items())),
        *(f"{name} {version}" for name, version in sorted(manifest.versions.items())),
    )
    return Document(
        lang=w.lang,
        title=section.title,
        mission="",
        acronym="",
        day="",
        classification="",
        foot=w("Scores of past forecasts. They say how far to trust a forecast; they do not recommend leaving."),
        sections=(
            section,
            Section(key="rests-on", title=w("What this rests on"), blocks=(Items(items=rests_on),)),
        ),
        labels=labels(w),
    )
