"""A mission's own definitions of renewed armed violence."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from exitplan.domain.kinds import Mission
from exitplan.wording import Wording
from exitplan.wording.definitions import definition_said

OWN = {
    "code": "D1",
    "title": "Ten deaths in a quarter",
    "title_fr": "Dix morts en un trimestre",
    "threshold": 10,
    "window": 3,
}


def mission(**changes):
    """A mission with one definition of its own."""
    given = {
        "code": "M", "title": "Mission", "acronym": "M", "host": ("XAA",), "host_name": "Host",
        "started": date(2003, 1, 1), "definitions": (OWN,),
    }  # fmt: skip
    return Mission(**given | changes)


def test_an_own_definition_may_be_shown_first_and_speaks_for_itself():
    """In both languages; the named ones keep our words."""
    made = mission(renewed_violence="D1")
    assert made.definition("D1").scope == "country"
    assert made.definition("R25") is None
    assert definition_said(Wording("en"), made, "D1") == "D1: Ten deaths in a quarter"
    assert "trimestre" in definition_said(Wording("fr"), made, "D1")
    assert definition_said(Wording("en"), made, "R25").startswith("R25")


@pytest.mark.parametrize(
    "changes",
    [
        {"definitions": (OWN, OWN)},  # a code twice
        {"definitions": (OWN | {"code": "R25"},)},  # a named one
        {"definitions": (OWN | {"code": "lower"},)},
        {"definitions": (OWN | {"window": 13},)},
        {"definitions": (OWN | {"window": 0},)},
        {"definitions": (OWN | {"threshold": 0},)},
        {"definitions": (OWN | {"types": (4,)},)},
        {"definitions": (OWN | {"scope": "village"},)},
        {"renewed_violence": "D2"},  # none there is
    ],
)
def test_definitions_that_make_no_sense_are_refused(changes):
    """Every row of the table is a way to be wrong."""
    with pytest.raises(ValidationError):
        mission(**changes)
