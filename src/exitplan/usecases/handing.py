"""A hand-over taken one step on along its states, with the reason on record; and what should give one pause before that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from exitplan.domain.errors import InvalidValue
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Handover
from exitplan.domain.roles import Reader
from exitplan.domain.states import HANDOVER_DONE, HANDOVER_STEPS, HandoverState
from exitplan.usecases.board import view
from exitplan.usecases.writing import Body, Written, entry_body, save_entry

if TYPE_CHECKING:
    from exitplan.store.signoffs import Signed

DATED: tuple[HandoverState, ...] = (*HANDOVER_DONE, "reversed")
"""States that begin on a day which has to be named."""

AGREED = ("agreed", "agreed_with_reservation")


@dataclass(frozen=True)
class Sides:
    """The last signature of each side under a hand-over as it stands now; None for a side that has not signed it."""

    national: Signed | None
    mission: Signed | None

    @property
    def both(self) -> bool:
        """Whether both sides have signed."""
        return self.national is not None and self.mission is not None


def sides(handover: Handover, version: int, signed: Sequence[Signed]) -> Sides:
    """Who has agreed to a hand-over at a version; `signed` newest first."""
    now = [s for s in signed if s.version == version and s.receipt in AGREED]
    receiver = handover.receiver_partner
    return Sides(
        national=next(
            (s for s in now if s.role == "national_counterpart" or (receiver is not None and s.partner == receiver)),
            None,
        ),
        mission=next((s for s in now if s.role == "approver"), None),
    )


def step(
    reader: Reader,
    mission: str,
    code: str,
    state: str,
    *,
    version: int,
    on: date | None,
    why: str,
    remedial: Sequence[str] = (),
    at: datetime,
) -> Written:
    """
    Take a hand-over to a state that may follow its own.

    Parameters
    ----------
    version
        Version of the hand-over that was read.
    on
        Day on which it happened; needed for a transfer and for taking it back.
    remedial
        What has to be mended, for remedial work. It stands until the hand-over is approved.

    Raises
    ------
    InvalidValue
        For a state that may not follow, or without its reason, its day, or what has to be mended.
    NotAllowed, NotFound, Stale
        As `save_entry` does.
    """
    seen = view(mission, reader)
    handover = seen.dossier.find(Handover, code)
    to = next((s for s in get_args(HandoverState) if s == state and s in HANDOVER_STEPS[handover.state]), None)
    if to is None:
        raise InvalidValue("state", state, Wanted("one of {codes}", codes=", ".join(HANDOVER_STEPS[handover.state])))
    if not why.strip():
        raise InvalidValue("why", "", Wanted("a reason, kept with the change"))
    body = moved(entry_body(seen, "handover", code), to)
    if to in DATED:
        if on is None:
            raise InvalidValue("date", "", Wanted("the day on which it happened"))
        _date(body, to, on, why)
    if to == "remedial":
        items = [item.strip() for item in remedial if item.strip()]
        if not items:
            raise InvalidValue("remedial", "", Wanted("what has to be mended"))
        body["remedial"] = items
    if to == "approved":
        body.pop("remedial", None)
    return save_entry(reader, mission, "handover", body, version=version, why=why, at=at)


def moved(body: Body, to: HandoverState) -> Body:
    """The body in another state. What was taken back gets the day of its next transfer when that comes."""
    then = {**body, "state": to}
    if body.get("state") == "reversed" and isinstance(body.get("transfer"), dict):
        then["transfer"] = {name: day for name, day in body["transfer"].items() if name != "actual"}
    return then


def _date(body: Body, to: HandoverState, on: date, why: str) -> None:
    """A transfer keeps the day on which it happened; each time it is taken back stands in a list of its own."""
    if to == "reversed":
        body["reversals"] = [*(body.get("reversals") or []), {"date": on.isoformat(), "why": why}]
    else:
        body["transfer"] = {"actual": on.isoformat(), **(body.get("transfer") or {})}
