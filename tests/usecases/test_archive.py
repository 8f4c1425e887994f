"""An archive holds what its list says, opens as a dossier, repeats byte for byte, and shows a reader no more than they may see."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from exitplan.domain.errors import NotAllowed, Unreadable
from exitplan.domain.roles import Reader
from exitplan.store import missions
from exitplan.usecases.archive import BUNDLE, LETTER, SUMS, archive, archive_for, holds
from exitplan.usecases.open_mission import open_mission

AT = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.slow
def test_an_archive_is_whole_and_repeats(tmp_path: Path) -> None:
    """Every file has its checksum; the bundle inside opens to the same dossier; a changed file is named."""
    first, again = (archive("liberia-2015", tmp_path / name) for name in ("a.zip", "b.zip"))
    assert first.content == again.content
    assert holds(tmp_path / "a.zip") == ()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        (tmp_path / BUNDLE).write_bytes(packed.read(BUNDLE))
        letter = packed.read(LETTER).decode()
        assert set(packed.namelist()) == {*first.files, "CONTENTS.csv", SUMS}
        assert json.loads(packed.read("results/watch.json"))["schema"] == "exitplan/watch/1"
    assert open_mission(str(tmp_path / BUNDLE)).digest == open_mission("liberia-2015").digest
    assert "W-BORDER" in letter
    assert "30 September 2016" in letter
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as changed, zipfile.ZipFile(tmp_path / "a.zip") as packed:
        for name in packed.namelist():
            if name != "brief/brief.pdf":
                changed.writestr(name, b"other" if name == LETTER else packed.read(name))
    assert set(holds(tmp_path / "c.zip")) == {LETTER, "brief/brief.pdf"}


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    """A file of another kind."""
    (tmp_path / "x.zip").write_text("no", "utf-8")
    with pytest.raises(Unreadable):
        holds(tmp_path / "x.zip")


@pytest.mark.slow
def test_a_reader_packs_what_they_may_see_on_record(home: Path) -> None:
    """The counterpart's archive names no confidential entry; who may not take anything out packs nothing."""
    missions.create(open_mission("kasanda"), who="setup", why="test", at=AT)
    before = missions.head_of("KASANDA")
    packed = archive_for(Reader("national_counterpart", name="chantal"), "KASANDA", lang="fr", at=AT)
    hidden = [e.code for e in open_mission("kasanda").everything() if e.classification == "confidential"]
    with zipfile.ZipFile(BytesIO(packed.content)) as whole:
        text = "".join(
            whole.read(name).decode("utf-8", "replace")
            for name in whole.namelist()
            if not name.endswith((".zip", ".pdf"))
        )
    assert hidden
    assert not [code for code in hidden if f'"{code}"' in text or f" {code} " in text]
    assert "archive pour le successeur" in text
    assert missions.head_of("KASANDA") != before, "taken out on record"
    with pytest.raises(NotAllowed):
        archive_for(Reader("observer", name="o"), "KASANDA", lang="en", at=AT)
