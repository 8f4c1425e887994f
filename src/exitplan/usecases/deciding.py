"""Decisions prepared by one person and taken by another, and what both sides sign. Reservations are put on record, always."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from exitplan.domain.dossier import canonical
from exitplan.domain.errors import ExitplanError, InvalidValue, NotAllowed, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Decision
from exitplan.domain.roles import Reader, may
from exitplan.store.errors import Moved, Stale
from exitplan.usecases.board import View, names, view
from exitplan.usecases.looking import look
from exitplan.usecases.people import require
from exitplan.usecases.writing import Body, entry_body, storable

if TYPE_CHECKING:
    from exitplan.store.signoffs import Prepared, Signed

OVERTAKEN: tuple[type[ExitplanError], ...] = (Stale, Moved)
"""What is raised where somebody else was faster; a door shows what is new and keeps what was typed."""


@dataclass(frozen=True)
class Answer:
    """What is decided: the option, the reasons, and who dissents in their own words."""

    chosen: str
    why: str
    dissent: str = ""
    dissent_by: str = ""


@dataclass(frozen=True)
class Taken:
    """A decision that was taken, and the digest of the evidence it rests on."""

    code: str
    version: int
    evidence: str


def prepare(
    reader: Reader, mission: str, code: str, version: int, answer: Answer, *, on: date, at: datetime
) -> Prepared:
    """
    Prepare a decision for an approver, on behalf of the office that delegated it, where one did.

    Nothing is decided by this. Raises NotAllowed, NotFound, InvalidValue, Stale.
    """
    from exitplan.store import accounts, signoffs

    require(reader, "prepare_decision")
    seen = view(mission, reader)
    body = _answered(seen, code, answer, on, "")
    behalf = accounts.prepares_for(reader.name, mission)
    return signoffs.prepare(mission, code, version, body, who=reader.name, on_behalf_of=behalf, why=answer.why, at=at)


def prepared(reader: Reader, mission: str) -> tuple[Prepared, ...]:
    """Decisions that wait for an approver, for those who prepare or take them; of entries shown to the reader."""
    from exitplan.store import signoffs

    if not (may(reader, "prepare_decision") or may(reader, "decide")):
        raise NotAllowed("prepare_decision", "viewing" if reader.viewing else "role")
    seen = view(mission, reader)
    return tuple(p for p in signoffs.prepared(mission) if seen.knows("decision", p.code))


def decide(reader: Reader, mission: str, code: str, version: int, answer: Answer, *, on: date, at: datetime) -> Taken:
    """
    Take a decision, or confirm one that was prepared, with a snapshot of the evidence as it stands.

    Who prepared it stays on record. What cannot be shown as sound cannot be decided on.

    Parameters
    ----------
    version
        Version of the decision that the approver has read.
    on
        Day of the decision.

    Raises
    ------
    NotAllowed, NotFound
        When the role takes no decisions, or this one is not shown to the reader.
    InvalidValue
        For an option there is none of, no reasons, or a decision that was taken already.
    Stale, Moved
        When the decision, or the evidence, has changed since.
    """
    from exitplan.store import signoffs

    require(reader, "decide")
    seen = view(mission, reader)
    snapshot = evidence_now(seen, on)
    digest = hashlib.sha256(canonical(snapshot).encode()).hexdigest()
    body = _answered(seen, code, answer, on, digest)
    waiting = next((p for p in signoffs.prepared(mission) if p.code == code), None)
    behalf = f"prepared by {waiting.who}" if waiting is not None and waiting.who != reader.name else ""
    now = signoffs.decide(
        mission,
        code,
        version,
        body,
        snapshot,
        who=reader.name,
        on_behalf_of=behalf,
        why=answer.why,
        at=at,
        seen=seen.revision,
    )
    return Taken(code, now, digest)


def evidence_now(seen: View, on: date) -> Body:
    """
    What is known on a day, without anybody's words: the digest of everything, and the state of each gate and benchmark.

    Equal knowledge gives equal snapshots; what is shown here can be found again in the history at that revision.
    """
    status = look(seen, on=on).status
    snapshot: Body = {
        "on": on.isoformat(),
        "revision": seen.revision,
        "dossier": seen.dossier.digest,
        "gates": {gate.code: gate.verdict.state for gate in status.gates},
        "benchmarks": {benchmark.code: benchmark.verdict.state for benchmark in status.benchmarks},
    }
    return snapshot


def evidence(reader: Reader, mission: str, code: str) -> tuple[Body, str] | None:
    """
    The snapshot a decision rests on and its digest, to be compared with the one the decision carries.

    None where there is none, or where it speaks of what is not shown to the reader. Raises NotFound.
    """
    from exitplan.store import signoffs
    from exitplan.usecases.board import board

    seen = view(mission, reader)
    if not seen.knows("decision", code):
        raise NotFound("decision", code)
    found = signoffs.evidence(mission, code)
    hidden = frozenset(c for k, c in board(mission).versions if not seen.knows(k, c))
    if found is None or names([*found["gates"], *found["benchmarks"]], hidden):
        return None
    return found, hashlib.sha256(canonical(found).encode()).hexdigest()


def receive(
    reader: Reader, mission: str, kind: str, code: str, version: int, *, receipt: str, text: str = "", at: datetime
) -> Signed:
    """
    Sign an entry as it stands, or enter a reservation on it, in the name of one's role or partner.

    Parameters
    ----------
    receipt
        `noted`, `agreed`, `agreed_with_reservation`, or `reserved`: on record without agreeing.

    Raises
    ------
    NotAllowed
        When the role does not sign, or does not enter reservations.
    NotFound
        When the entry is not shown to the reader.
    Stale, InvalidValue
        When it has changed since it was read, or the reservation says nothing.
    """
    from exitplan.store import signoffs

    if not may(reader, "sign") and (receipt.startswith("agreed") or not may(reader, "reserve")):
        raise NotAllowed("sign", "viewing" if reader.viewing else "role")
    seen = view(mission, reader)
    if not seen.knows(kind, code) or (kind, code) in seen.unsound:
        raise NotFound(kind, code)
    into = None
    if kind == "assessment" and reader.role == "national_counterpart":
        into = _received(receipt, text)
    return signoffs.sign(mission, kind, code, version, reader, receipt=receipt, text=text, at=at, into=into)


def signed(reader: Reader, mission: str, kind: str | None = None, code: str | None = None) -> tuple[Signed, ...]:
    """Signatures and reservations under entries that are shown to the reader, newest first; of partners who are shown as well."""
    from exitplan.store import signoffs

    seen = view(mission, reader)

    def told(partner: str) -> bool:
        return not partner or partner == reader.partner or seen.knows("partner", partner)

    return tuple(s for s in signoffs.signed(mission, kind, code) if seen.knows(s.kind, s.code) and told(s.partner))


def _received(receipt: str, text: str) -> Any:
    """The assessment says itself how the other side received it, so that the board and the reports show it."""
    said = "noted" if receipt == "reserved" else receipt

    def into(body: Body) -> Body:
        rest = {k: v for k, v in body.items() if k not in ("receipt", "reservation")}
        return {**rest, "receipt": said, **({"reservation": text} if text else {})}

    return into


def _answered(seen: View, code: str, answer: Answer, on: date, evidence: str) -> Body:
    """The body of a decision with its answer in it."""
    decision = seen.dossier.get(Decision, code)
    if decision is None:
        raise NotFound("decision", code)
    if decision.status != "wanted":
        raise InvalidValue("status", decision.status, "a decision that is still wanted")
    if answer.chosen not in {option.code for option in decision.options}:
        raise InvalidValue(
            "chosen", answer.chosen, Wanted("one of {codes}", codes=", ".join(o.code for o in decision.options))
        )
    if not answer.why.strip():
        raise InvalidValue("why", answer.why, "the reasons for it")
    before = entry_body(seen, "decision", code)
    if answer.dissent.strip() != decision.dissent.strip():  # the French puts other words than these
        before = {name: value for name, value in before.items() if name != "dissent_fr"}
    body = {
        **before,
        "status": "taken",
        "date": on.isoformat(),
        "chosen": answer.chosen,
        "why": answer.why,
        "dissent": answer.dissent,
        "dissent_by": answer.dissent_by,
        "evidence": evidence,
    }
    Decision.model_validate(body)
    return storable(body)
