"""The guide to the API is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "api.md"


def test_every_example_of_the_guide_answers_as_it_says(program_of):
    """One after the other, each with the status that stands under it."""
    planner = program_of("planner")
    examples = re.findall(r"```http\n(.*?)\n\n(\d{3})\n```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(examples) == GUIDE.read_text("utf-8").count("```http")

    tag = ""
    for example, status in examples:
        head, _, body = example.partition("\n\n")
        (method, path), *lines = (line.split(" ", 1) for line in head.splitlines())
        headers = {name.rstrip(":").replace("-", "_"): value.replace("ETAG", tag) for name, value in lines}
        assert headers.pop("Authorization") == "Bearer KEY"
        media = headers.pop("Content_Type", "application/json")
        answer = planner.send(method, path, body.encode(), media, **headers)
        assert answer.status_code == int(status), (example, answer.content)
        tag = answer.headers.get("ETag", tag)
