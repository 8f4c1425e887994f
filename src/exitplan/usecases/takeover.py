"""`exitplan takeover`: who takes over; and the receiver's own answer, which nobody else can give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, get_args

from exitplan.domain.errors import InvalidValue, NotAllowed, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Function, Partner
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.domain.roles import Reader, may
from exitplan.usecases.answers import Answered, answered
from exitplan.usecases.board import board, view
from exitplan.usecases.sections import Section, material_of
from exitplan.usecases.study import Study, study
from exitplan.usecases.writing import Body, Stale, as_shown, entry_body
from exitplan.wording import Wording

if TYPE_CHECKING:
    from exitplan.store.signoffs import Signed

Reply = Literal["yes", "no", "with_conditions"]
REPLIES: tuple[Reply, ...] = get_args(Reply)

RECEIPTS: dict[Reply, str] = {"yes": "agreed", "with_conditions": "agreed_with_reservation", "no": "reserved"}
"""How each answer is signed."""


@dataclass(frozen=True)
class Asked(Answered[TakeoverResult]):
    """The result, and the study from which its sections are written."""

    study: Study

    def sections(self, w: Wording) -> tuple[Section, ...]:
        """The same as words, tables and pictures."""
        from exitplan.reports.content.takeover import needs_section, takeover_section, training_section

        m = material_of(self.study, w)
        return tuple(s for s in (takeover_section(m), training_section(m), needs_section(m)) if s is not None)


def takeover(
    mission: str, *, on: date | None = None, scenario: str | None = None, seed: int = 1, horizon: int = 24
) -> Asked:
    """Ledger, funding cliff, institutions, training, needs and surveys, for whoever holds the dossier itself."""
    asked = study(mission, on=on, plan=None, scenario=scenario, seed=seed, horizon=horizon)
    done = answered(
        "takeover",
        asked.dossier,
        asked.takeover,
        on=asked.on,
        seed=seed,
        scenario=asked.scenario.code,
        horizon=horizon,
    )
    return Asked(done.result, done.answer, done.dossier, asked)


def receives(reader: Reader, mission: str, code: str) -> bool:
    """
    Whether a reader speaks for the receiver of a function that is shown to them, and so may answer.

    The partner who is named speaks for itself, also where its own entry is not released to it. The national counterpart speaks for
    national institutions, and for a partner that is the host country. Nobody answers for a function without a receiver.
    """
    if not may(reader, "sign") or not view(mission, reader).knows("function", code):
        return False
    dossier = board(mission).dossier
    function = dossier.get(Function, code)
    if function is None or function.destination in ("undecided", "discontinue"):
        return False
    receiver = dossier.get(Partner, function.receiver_partner)
    if reader.role == "partner":
        return receiver is not None and reader.partner == receiver.code
    if reader.role != "national_counterpart":
        return False
    return function.destination == "national" if receiver is None else receiver.type == "host"


def answer(
    reader: Reader, mission: str, code: str, version: int, *, reply: str, text: str, on: date, at: datetime
) -> Signed:
    """
    Give the receiver's answer to a function: it is signed under the version that was read, and stands in the entry from then on.

    Parameters
    ----------
    reply
        `yes`, `no` or `with_conditions`.
    text
        The conditions, or the reasons for a no, in the receiver's own words.
    on
        Day of the answer.

    Raises
    ------
    NotFound
        When the function is not shown to the reader, or does not pass its schema.
    NotAllowed
        When the reader does not speak for its receiver.
    InvalidValue
        For no such answer, or one that needs words and has none.
    Stale
        When the function has changed since it was read; carries what stands there now as this reader may see it, and what
        this answer would have made of it.
    """
    from exitplan.store import signoffs

    if view(mission, reader).dossier.get(Function, code) is None:
        raise NotFound("function", code)
    if not receives(reader, mission, code):
        raise NotAllowed("sign", "viewing" if reader.viewing else "role")
    chosen = next((r for r in REPLIES if r == reply), None)
    if chosen is None:
        raise InvalidValue("reply", reply, Wanted("one of {codes}", codes=", ".join(REPLIES)))
    said = text.strip()
    if chosen == "with_conditions" and not said:
        raise InvalidValue("text", text, Wanted("the conditions in your own words"))
    if chosen == "no" and not said:
        raise InvalidValue("text", text, Wanted("the reasons in your own words"))

    words = {"conditions": said} if said else {}

    def into(body: Body) -> Body:
        kept = {
            k: v for k, v in body.items() if k not in ("conditions", "answered_by", "answered_on", "answered_terms")
        }
        given = {
            **kept,
            "acceptance": chosen,
            "answered_on": on.isoformat(),
            **words,
            **({"answered_by": body["receiver_partner"]} if body.get("receiver_partner") else {}),
        }
        return {**given, "answered_terms": Function.model_validate(given).terms}

    try:
        return signoffs.sign(
            mission, "function", code, version, reader, receipt=RECEIPTS[chosen], text=said, at=at, into=into
        )
    except Stale as stale:
        yours = {**entry_body(view(mission, reader), "function", code), "acceptance": chosen, **words}
        raise as_shown(reader, mission, stale, yours) from None


@dataclass(frozen=True)
class GivenAnswer:
    """One signature under a function, and whether the function has changed since."""

    signature: Signed
    reply: Reply
    overtaken: bool


def answers(signed: Sequence[Signed], version: int) -> tuple[GivenAnswer, ...]:
    """
    The answers under a function, newest first.

    Parameters
    ----------
    version
        Version of the function now. An answer writes the version after the one it was given under; anything later was not seen
        by whoever answered.
    """
    replies = {receipt: reply for reply, receipt in RECEIPTS.items()}
    return tuple(
        GivenAnswer(s, replies[s.receipt], overtaken=version > s.version + 1) for s in signed if s.receipt in replies
    )
