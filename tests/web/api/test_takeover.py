"""Who takes over, for programs: the command's result, of what the holder of the key may see."""

from __future__ import annotations

import pytest

from exitplan.domain.roles import ROLES, Reader, may


@pytest.mark.parametrize("role", ROLES)
def test_the_operation_answers_what_the_reader_may_see(program_of, role):
    """Restricted institutions and drawn months are there for those who see them, and for nobody else."""
    answer = program_of(role).get("takeover")
    assert answer.status_code == 200
    told = answer.json()
    assert told["schema"] == "exitplan/takeover/1"
    result = told["result"]
    drawn = bool(may(Reader(role), "see_chances"))
    assert any(f["capacity"] for f in result["functions"]) == drawn
    assert all((i["met"] is not None) == drawn for i in result["institutions"])
    army = [i for i in result["institutions"] if i["code"].startswith("N-ARMY")]
    assert bool(army) == (role not in ("partner", "observer"))


def test_it_is_what_the_command_prints(program_of):
    """For whoever sees everything."""
    from exitplan.usecases.takeover import takeover

    theirs = takeover("kasanda").answer.model_dump(mode="json", by_alias=True)["result"]
    assert program_of("owner").get("takeover").json()["result"] == theirs
