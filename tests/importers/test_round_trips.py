"""A dossier written and read again is the same dossier, and written once more the same bytes: folder, bundle, workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exitplan.domain.dossier import Dossier, body
from exitplan.importers.bundle import read_bundle, write_bundle
from exitplan.importers.dossier_folder import read_folder, write_folder
from exitplan.importers.draft import Draft
from exitplan.importers.library import bundled_missions, bundled_path
from exitplan.importers.workbook import read_workbook, write_workbook
from tests.importers.random_dossiers import dossiers

WAYS: dict[str, tuple[Callable[[Dossier, Path], None], Callable[[Path], Draft]]] = {
    "folder": (write_folder, read_folder),
    "bundle": (write_bundle, read_bundle),
    "workbook": (write_workbook, read_workbook),
}
MARKED = [pytest.param(way, marks=pytest.mark.slow if way == "workbook" else ()) for way in WAYS]


def content(path: Path) -> dict[str, bytes]:
    """Every file of a folder, or the one file, by name."""
    return {p.name: p.read_bytes() for p in (path.iterdir() if path.is_dir() else [path])}


def same(one: Dossier, other: Dossier) -> None:
    """Equal in everything a dossier says; entry by entry first, so that a difference shows."""
    assert [(e.kind, body(e)) for e in other.everything()] == [(e.kind, body(e)) for e in one.everything()]
    assert other.measurements == one.measurements
    assert other.area_months == one.area_months
    assert other.boundaries == one.boundaries
    assert other.boundary_note == one.boundary_note
    assert other.digest == one.digest


@pytest.mark.slow
@pytest.mark.parametrize("way", MARKED)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(dossier=dossiers())
def test_any_dossier_comes_back_as_it_was(tmp_path_factory, way, dossier):
    """Whatever texts and numbers it holds: same content, same digest, same bytes."""
    write, read = WAYS[way]
    folder = tmp_path_factory.mktemp(way)
    write(dossier, folder / "first.xlsx")
    draft = read(folder / "first.xlsx")

    assert [f for f in draft.findings if f.code != "unknown-reference"] == []
    same(dossier, draft.dossier)

    (folder / "again").mkdir()
    write(draft.dossier, folder / "again" / "first.xlsx")
    assert content(folder / "again" / "first.xlsx") == content(folder / "first.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("way", MARKED)
@pytest.mark.parametrize("mission", bundled_missions())
def test_the_missions_that_come_along_come_back_as_they_were(tmp_path, way, mission):
    """The same for whole missions of real size."""
    write, read = WAYS[way]
    dossier = read_folder(bundled_path(mission)).dossier
    write(dossier, tmp_path / "first")
    draft = read(tmp_path / "first")

    assert draft.findings == ()
    same(dossier, draft.dossier)

    (tmp_path / "again").mkdir()
    write(draft.dossier, tmp_path / "again" / "first")
    assert content(tmp_path / "again" / "first") == content(tmp_path / "first")
