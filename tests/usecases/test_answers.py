"""What an answer says that it rests on."""

from __future__ import annotations

import shutil

import pytest

from exitplan.usecases import answers
from exitplan.usecases.status import status


@pytest.mark.parametrize("edited", ["priors/stability.yaml", "priors/relapse_own.yaml", "surroundings.csv"])
def test_an_edited_figure_of_the_library_shows_in_the_manifest(tmp_path, monkeypatch, edited):
    """Equal figures have an equal digest, wherever they lie; one more byte has another."""
    before = status("sierra-leone-2002").answer.manifest
    library = tmp_path / "library"
    (library / "priors").mkdir(parents=True)
    for file in (*(answers.LIBRARY / "priors").glob("*.yaml"), answers.LIBRARY / "surroundings.csv"):
        shutil.copy(file, library / file.relative_to(answers.LIBRARY))
    monkeypatch.setattr(answers, "LIBRARY", library)
    assert before.versions["library"] == answers.library_digest()

    with (library / edited).open("a") as file:
        file.write("\n")
    after = status("sierra-leone-2002").answer.manifest
    assert after.versions["library"] != before.versions["library"]
    assert after.model_dump(exclude={"versions"}) == before.model_dump(exclude={"versions"})
