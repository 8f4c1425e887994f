"""Signatures and reservations under an entry as it stood at one version, and decisions that wait for who confirms them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.findings import Wanted
from exitplan.domain.roles import Reader
from exitplan.store.chain import Act, append
from exitplan.store.entries import Change, apply, writing
from exitplan.store.errors import Stale
from exitplan.store.models import Mission, Revision, SignOff

RECEIPTS = ("noted", "agreed", "agreed_with_reservation", "reserved")
"""How somebody may receive an entry; `reserved` is a reservation without agreement."""


@dataclass(frozen=True)
class Signed:
    """A signature or reservation as people see it."""

    id: int
    kind: str
    code: str
    version: int
    role: str
    partner: str
    who: str
    receipt: str
    text: str
    evidence: str
    at: datetime


@dataclass(frozen=True)
class Prepared:
    """A decision prepared for whoever confirms it: what would stand in the entry, and by whom it was prepared."""

    code: str
    version: int
    body: dict[str, Any]
    who: str
    on_behalf_of: str
    why: str
    at: datetime
    revision: int


def sign(
    mission: str,
    kind: str,
    code: str,
    version: int,
    signer: Reader,
    *,
    receipt: str,
    text: str = "",
    evidence: str = "",
    at: datetime,
    into: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> Signed:
    """
    Put a signature or reservation under an entry as it stands.

    Parameters
    ----------
    version
        Version the signer has read; nobody signs what they have not seen.
    into
        Where the entry itself says how it was received: makes its new body from its body now.

    Raises
    ------
    Stale
        When the entry has changed since.
    InvalidValue
        For no such receipt, or a reservation that says nothing.
    NotFound
        When there is no such entry.
    """
    if receipt not in RECEIPTS:
        raise InvalidValue("receipt", receipt, Wanted("one of {codes}", codes=", ".join(RECEIPTS)))
    if receipt in ("agreed_with_reservation", "reserved") and not text.strip():
        raise InvalidValue("text", text, "the reservation in its own words")
    with writing(mission) as held:
        now, body = _stands(held, kind, code)
        if now != version:
            raise Stale(kind, code, theirs=body, theirs_version=now, yours=None)
        row = SignOff.objects.create(
            mission=held,
            kind=kind,
            code=code,
            version=version,
            role=signer.role,
            partner=signer.partner or "",
            who=signer.name,
            receipt=receipt,
            text=text,
            evidence=evidence,
            at=at,
        )
        after = {"receipt": receipt, "role": signer.role, "partner": signer.partner or "", "evidence": evidence}
        acts = [Act("sign", kind, code, version, after)]
        if into is not None and body is not None:
            acts.append(apply(held, Change(kind, code, into(body), now)))
        append(held, acts, who=signer.name, why=text, at=at)
    return _signed(row)


def _stands(held: Mission, kind: str, code: str) -> tuple[int, dict[str, Any] | None]:
    if kind == "measurement":
        row = held.measurements.filter(pk=int(code) if code.isdigit() else -1).first()
        if row is not None:
            return row.edition, None
    else:
        entry = held.entries.filter(kind=kind, code=code).first()
        if entry is not None:
            return entry.version, entry.body
    raise NotFound(kind, code)


def signed(mission: str, kind: str | None = None, code: str | None = None) -> tuple[Signed, ...]:
    """Signatures and reservations, newest first."""
    rows = SignOff.objects.filter(mission__code=mission)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if code is not None:
        rows = rows.filter(code=code)
    return tuple(_signed(row) for row in rows.order_by("-id"))


def prepare(
    mission: str, code: str, version: int, body: dict[str, Any], *, who: str, on_behalf_of: str, why: str, at: datetime
) -> Prepared:
    """Lay a prepared decision before whoever confirms it; the entry itself stays as it is. Raises Stale, NotFound."""
    with writing(mission) as held:
        now, theirs = _stands(held, "decision", code)
        if now != version:
            raise Stale("decision", code, theirs=theirs, theirs_version=now, yours=body)
        act = Act("prepare", "decision", code, version, body)
        number = append(held, [act], who=who, why=why, at=at, on_behalf_of=on_behalf_of)[0].number
    return Prepared(code, version, body, who, on_behalf_of, why, at, number)


def prepared(mission: str) -> tuple[Prepared, ...]:
    """The last preparation of each decision that has not changed since, newest first."""
    rows = Revision.objects.filter(mission__code=mission, kind="decision", act="prepare", redacted_by=None)
    standing = dict(
        Mission.objects.filter(code=mission, entries__kind="decision").values_list("entries__code", "entries__version")
    )
    last: dict[str, Revision] = {}
    for row in rows.order_by("-number"):
        if row.code not in last and standing.get(row.code) == row.version:
            last[row.code] = row
    return tuple(
        Prepared(r.code, r.version, r.after, r.who, r.on_behalf_of, r.why or "", r.at, r.number) for r in last.values()
    )


def decide(
    mission: str,
    code: str,
    version: int,
    body: dict[str, Any],
    evidence: dict[str, Any],
    *,
    who: str,
    on_behalf_of: str,
    why: str,
    at: datetime,
    seen: int,
) -> int:
    """
    Record a decision with the evidence as it stood, in one transaction.

    Parameters
    ----------
    body
        The decision as taken.
    evidence
        The snapshot whose digest the decision carries.
    seen
        Revision of the mission that the snapshot rests on; Moved is raised when it has changed since.

    Returns
    -------
    int
        The entry's new version. Raises Stale, Moved, NotFound.
    """
    with writing(mission, seen) as held:
        act = apply(held, Change("decision", code, body, version))
        acts = [Act("evidence", "decision", code, version, evidence), act]
        append(held, acts, who=who, why=why, at=at, on_behalf_of=on_behalf_of)
    return act.version


def evidence(mission: str, code: str) -> dict[str, Any] | None:
    """The snapshot that the last taking of a decision rests on; None where there is none."""
    rows = Revision.objects.filter(mission__code=mission, kind="decision", code=code, act="evidence")
    found: dict[str, Any] | None = rows.order_by("-number").values_list("after", flat=True).first()
    return found


def _signed(row: SignOff) -> Signed:
    return Signed(
        id=row.pk,
        kind=row.kind,
        code=row.code,
        version=row.version,
        role=row.role,
        partner=row.partner,
        who=row.who,
        receipt=row.receipt,
        text=row.text,
        evidence=row.evidence,
        at=row.at,
    )
