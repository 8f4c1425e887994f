"""`exitplan explain` as it is typed: text, JSON, a page; and futures on a cluster that is not there."""

from __future__ import annotations

import json
import socket

import jsonschema
import pytest

from exitplan.usecases import cluster
from exitplan.usecases.schemas import schema

PLANS = ("--plan", "P-CALENDAR", "--against", "P-SLOWER")
FEW = ("--futures", 64, "--horizon", 6, "--by", 6)


@pytest.mark.slow
@pytest.mark.usefixtures("few_points")
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_two_plans_are_explained_on_the_screen_and_as_a_page(run, tmp_path, lang):
    """At most 80 columns; the page opens without a network."""
    page = tmp_path / "why.html"
    done = run("explain", "kasanda", *PLANS, *FEW, "-o", page, "--lang", lang)

    assert done.exit_code == 0, done.stderr
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 80
    assert done.stdout.count("±") > 30
    text = page.read_text("utf-8")
    assert text.count("<svg") == 4
    assert "http://" not in text.replace("http://www.w3.org", "")


@pytest.mark.slow
@pytest.mark.usefixtures("few_points")
def test_json_is_what_the_schema_says(run):
    """Every number beside its error."""
    answer = json.loads(run("explain", "kasanda", *PLANS, *FEW, "--json").stdout)
    jsonschema.validate(answer, schema("answer"))
    jsonschema.validate(answer["result"], schema("explain"))

    assert answer["manifest"]["options"]["against"] == "P-SLOWER"
    assert [e["measure"] for e in answer["result"]["explained"]] == ["deaths", "chance"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("--against", "P-NOWHERE"), 2, "P-NOWHERE"),
        (("--against", "P-SLOWER", "--definition", "R26"), 2, "R26"),
        (("--against", "P-SLOWER", "--definition", "A25"), 2, "an area"),
        (("--against", "P-SLOWER", "--by", 30), 2, "1 to 24 months"),
        (("--against", "P-SLOWER", "-o", "why.docx"), 2, ".html"),
        (("--against", "P-SLOWER", "-o", "{file}/why.html"), 2, "nothing can be written"),
        ((), 2, "--against"),
    ],
)
def test_what_cannot_be_explained_is_bad_use(run, tmp_path, typed, code, said):
    """With what was wanted instead."""
    file = tmp_path / "file"
    file.touch()
    done = run("explain", "kasanda", *(str(word).format(file=file) for word in typed))

    assert done.exit_code == code
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_one_clear_line(run, begun, monkeypatch):
    """Exit code 1 and nothing of Dask's own words."""
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.socket() as free:
        free.bind((cluster.LOOPBACK, 0))
        address = f"tcp://{cluster.LOOPBACK}:{free.getsockname()[1]}"
    done = run("futures", begun, "--futures", 64, "--cluster", address)

    assert done.exit_code == 1
    assert done.stdout == ""
    _, told = done.stderr.replace("\n", " ").split("…")
    assert told.strip() == f"no scheduler answers at {address}; nothing was written."


@pytest.mark.slow
def test_worker_processes_change_no_byte(run, begun):
    """The manifest holds no number of workers."""
    asked = ("futures", begun, "--futures", 3200, "--horizon", 6, "--json")

    assert run(*asked, "--workers", 2).stdout == run(*asked).stdout
