"""Opening a mission and asking about it: what is refused, and what stands in for what is not given."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from exitplan.domain.errors import InputFaults, NotFound, Unreadable
from exitplan.domain.kinds import KINDS, Plan
from exitplan.usecases import open_mission as opening
from exitplan.usecases.brief import brief
from exitplan.usecases.new import begin
from exitplan.usecases.open_mission import day_of, open_draft, open_mission
from exitplan.usecases.schemas import TABLES, schema, schema_names
from exitplan.usecases.status import status
from exitplan.usecases.study import study


@pytest.fixture
def begun(tmp_path):
    """A dossier just begun."""
    begin(tmp_path / "dossier")
    return tmp_path / "dossier"


def test_a_folder_goes_before_a_bundled_name(begun, monkeypatch):
    """Whoever stands beside a folder called kasanda means that one."""
    begun.rename(begun.parent / "kasanda")
    monkeypatch.chdir(begun.parent)

    assert open_mission("kasanda").mission.code != "KASANDA"


def test_an_unknown_mission_names_the_bundled_ones():
    """The reader sees what would have worked."""
    with pytest.raises(NotFound) as caught:
        open_draft("no-such-mission")

    assert "kasanda" in caught.value.known


@pytest.mark.parametrize(("name", "content"), [("a.zip", b"no zip"), ("a.xlsx", b"no workbook"), ("a.txt", b"text")])
def test_a_file_that_is_not_what_its_name_says_is_unreadable(tmp_path, name, content):
    """No trace of some library, but what was wrong."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable):
        open_draft(str(tmp_path / name))


def test_faults_stop_a_question_and_doubts_do_not(begun):
    """Findings block the engine; a warning alone does not."""
    (begun / "stranger.txt").write_text("?", "utf-8")
    assert any(f.severity == "warning" for f in open_draft(str(begun)).everything)
    assert open_mission(str(begun))
    (begun / "gates.yaml").write_text("- code: G\n", "utf-8")
    with pytest.raises(InputFaults):
        status(str(begun))


def test_the_day_is_the_one_asked_for_then_the_dossiers_then_today(begun, monkeypatch):
    """The clock is asked last."""
    monkeypatch.setattr(opening, "today", lambda: date(2031, 1, 2))
    dossier = open_mission(str(begun))
    undated = begun / "mission.yaml"
    undated.write_text(undated.read_text("utf-8").replace("  as_of: 2026-06-30\n", ""), "utf-8")

    assert day_of(dossier, date(2026, 1, 1)) == date(2026, 1, 1)
    assert day_of(dossier, None) == date(2026, 6, 30)
    assert day_of(open_mission(str(begun)), None) == date(2031, 1, 2)


@pytest.mark.slow
def test_a_dossier_without_a_plan_has_a_status_and_a_brief(begun, tmp_path):
    """What is half-known can be looked at: no plan means no sequence and no futures, and is no error."""
    (begun / "plans.yaml").unlink()
    mission = begun / "mission.yaml"
    lines = [line for line in mission.read_text("utf-8").splitlines() if not line.strip().startswith("default_plan")]
    mission.write_text("\n".join(lines) + "\n", "utf-8")
    asked = study(str(begun), on=None, plan=None, scenario=None)
    written = brief(str(begun), tmp_path / "out", futures=32, horizon=6)

    assert asked.plan is None
    assert asked.status().clocks.feasible is None
    assert written.futures is None
    assert all(path.stat().st_size > 1000 for path in written.paths)
    with pytest.raises(NotFound):
        _ = asked.schedule


def test_the_plan_asked_for_is_the_plan_used():
    """An option reaches the study."""
    dossier = open_mission("kasanda")
    other = next(p.code for p in dossier.of(Plan) if p.code != dossier.mission.default_plan)
    asked = study("kasanda", on=None, plan=other, scenario=None)

    assert asked.plan is not None
    assert asked.schedule.plan == asked.plan.code == other


def test_the_manifest_holds_no_place_and_no_time(begun, tmp_path):
    """The same dossier in another folder gives the same answer."""
    copy = tmp_path / "elsewhere"
    begin(copy)

    assert status(str(begun)).answer == status(str(copy)).answer


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for names in schema_names().values() for name in names])
def test_every_schema_is_a_schema(name):
    """All that is listed can be printed and is valid JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_describes_its_fields(kind):
    """Every field carries its meaning."""
    properties = schema(kind)["properties"]

    assert {info.alias or name for name, info in KINDS[kind].model_fields.items()} == set(properties)
    assert all(described.get("description") for described in properties.values())


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_of_a_table_describes_its_rows(name):
    """Rows of the bundled tables validate; a row of the wrong type does not."""
    described = schema(name)
    dossier = open_mission("kasanda")
    table = {"measurements": dossier.measurements, "area_months": dossier.area_months}.get(name)
    rows = [] if table is None else table.frame.head(50).to_dicts()
    texts = [{k: v.isoformat() if isinstance(v, date) else v for k, v in r.items() if v is not None} for r in rows]
    jsonschema.validate(texts, described)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{}], described)


def test_an_unknown_schema_names_the_known_ones():
    """The reader sees what would have worked."""
    with pytest.raises(NotFound) as caught:
        schema("nothing")

    assert {"gate", "status", "measurements", "answer", "brief"} <= set(caught.value.known)
