"""What every test may use: the shared real data, and hypothesis set to give the same examples each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it, and before numpy is imported

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

SHARED_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages of a whole mission and everything on PostgreSQL take long together, though each test takes little."""
    for item in items:
        if "web" in item.path.parts or "postgresql" in getattr(item, "fixturenames", ()) or "[postgresql" in item.name:
            item.add_marker(pytest.mark.house)


@pytest.fixture
def few_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sobol indices from eight points instead of many, for tests of everything else that explains a difference."""
    from exitplan.engine.stability import explain

    monkeypatch.setitem(explain.explain.__kwdefaults__ or {}, "points", 8)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data (../shared/data) are not on this machine")
    return SHARED_DATA
