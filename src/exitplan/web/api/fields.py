"""Parts of addresses and queries, described once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from ninja import Path, Query

from exitplan.domain.kinds import KINDS

MOST = 2**53
"""Largest number that every reader of JSON keeps whole."""

Mission = Annotated[str, Path(..., description="Code of a mission.", example="KASANDA", max_length=48)]
if TYPE_CHECKING:
    Kind = str
else:
    Kind = Annotated[Literal[tuple(KINDS)], Path(..., description="Kind of entry.", example="source")]
Code = Annotated[str, Path(..., description="Code of an entry, unique in its kind.", example="SRC-API", max_length=60)]
LibraryCode = Annotated[
    str, Path(..., description="Code of a lesson of a past exit.", example="UNMIT-FOUR-CRITERIA", max_length=60)
]
CaseCode = Annotated[str, Path(..., description="Code of a past exit.", example="UNAMSIL", max_length=48)]
Number = Annotated[int, Path(..., description="Its number.", example=1, ge=1, le=MOST)]
SchemaName = Annotated[str, Path(..., description="Name of a schema.", example="source", max_length=60)]
Why = Annotated[str, Query(..., description="The reason, for the record.", min_length=1, max_length=2000)]
