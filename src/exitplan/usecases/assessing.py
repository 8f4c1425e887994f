"""A hand-over assessed: each party's own view, criterion by criterion, put on record; the board moves on by it.

The counterpart files a self-assessment, the mission its own view, both together the joint one. Nothing is averaged, and a
rating is of conditions on a day. A self-assessment or a joint one takes the hand-over to the state of that name where that
state may follow; a mission's own view moves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from exitplan.domain.errors import InvalidValue, NotAllowed
from exitplan.domain.findings import Wanted
from exitplan.domain.kinds import Assessment, Criterion, Gate, Handover
from exitplan.domain.roles import STAFF, Reader, may
from exitplan.domain.states import HANDOVER_STEPS, HandoverState
from exitplan.usecases.board import View, board, view
from exitplan.usecases.handing import moved
from exitplan.usecases.people import require
from exitplan.usecases.writing import Body, Stale, storable
from exitplan.wording import LANGUAGES, Wording

Party = Literal["self", "mission", "joint"]
Rating = Literal["met", "partly_met", "not_met", "not_rated"]
RATINGS: tuple[str, ...] = get_args(Rating)
CONFIDENCES = ("low", "medium", "high")

LEADS_TO: Mapping[str, HandoverState] = {"self": "self_assessed", "joint": "jointly_assessed"}
"""State to which an assessment takes a hand-over, by the party."""

CLASSES = ("open", "restricted", "confidential")


@dataclass(frozen=True)
class Given:
    """A rating of the hand-over as a whole, or of one criterion, with its reason."""

    rating: str
    rationale: str = ""


@dataclass(frozen=True)
class Filed:
    """Assessments that were put on record, the whole first, and the state of the hand-over afterwards."""

    codes: tuple[str, ...]
    state: HandoverState


def parties(reader: Reader) -> tuple[Party, ...]:
    """Whose view a reader may put on record: the counterpart their own, people of the mission the mission's or the joint one."""
    if not may(reader, "assess"):
        return ()
    return ("joint", "mission") if reader.role in STAFF else ("self",)


def criteria_of(seen: View, handover: Handover) -> tuple[Criterion, ...]:
    """Criteria of the gates of a hand-over, as far as they are shown, each once."""
    dossier = seen.dossier
    gates = [gate for code in handover.gates if (gate := dossier.get(Gate, code)) is not None]
    codes = dict.fromkeys(code for gate in gates for code in gate.named_criteria if seen.knows("criterion", code))
    return tuple(c for code in codes if (c := dossier.get(Criterion, code)) is not None)


def file(
    reader: Reader,
    mission: str,
    code: str,
    *,
    party: str,
    whole: Given,
    criteria: Mapping[str, Given],
    confidence: str,
    version: int,
    office: str,
    on: date,
    at: datetime,
) -> Filed:
    """
    Put an assessment of a hand-over on record: one rating of the whole, and one of each criterion that was rated.

    Parameters
    ----------
    criteria
        Ratings by the code of a criterion; those rated `not_rated` without a word are left out.
    version
        Version of the hand-over that was read.
    office
        Office that answers for the assessment.
    on
        Day of the rating.

    Raises
    ------
    NotAllowed
        When the role does not assess, or not for that party.
    NotFound
        When the hand-over is not shown to the reader.
    InvalidValue
        For a rating, confidence or criterion that is none, and for a rating of the whole without its reason.
    Stale
        When the hand-over has changed since it was read.
    """
    from exitplan.store import entries

    require(reader, "assess")
    if party not in parties(reader):
        raise NotAllowed("assess", "role")
    seen = view(mission, reader)
    handover = seen.dossier.find(Handover, code)
    if version != seen.versions["handover", code]:
        raise Stale("handover", code, theirs=None, theirs_version=seen.versions["handover", code], yours=None)
    rated = {c.code: c for c in criteria_of(seen, handover)}
    _check(whole, criteria, confidence, rated)
    taken = {name for kind, name in board(mission).versions if kind == "assessment"}
    changes = []
    for criterion, given in ((None, whole), *((rated[name], given) for name, given in criteria.items())):
        if criterion is not None and given.rating == "not_rated" and not given.rationale.strip():
            continue
        about = criterion or handover
        body: Body = {
            "code": _fresh(taken, about.code, party, on),
            **_titles(party, about),
            "party": party,
            "handover": handover.code,
            "date": on.isoformat(),
            "rating": given.rating,
            "rationale": given.rationale.strip(),
            "confidence": confidence,
            "owner": office,
            **_audience(reader, [handover, *([criterion] if criterion else [])]),
            **({"basis": "fictional"} if seen.dossier.mission.fictional else {}),
        }
        if criterion is not None:
            body["criterion"] = criterion.code
        Assessment.model_validate(body)
        changes.append(entries.Change("assessment", str(body["code"]), storable(body)))
    state = handover.state
    target = LEADS_TO.get(party)
    codes = tuple(change.code for change in changes)
    if target is not None and target in HANDOVER_STEPS[state]:
        stored, stands = entries.read(mission, "handover", code)
        changes.append(entries.Change("handover", code, moved(stored, target), stands))
        state = target
    entries.save(mission, changes, who=reader.name, why=whole.rationale.strip(), at=at, seen=seen.revision)
    return Filed(codes, state)


def latest(seen: View, handover: str, party: str) -> Mapping[str, Assessment]:
    """A party's last rating of a hand-over as a whole (under an empty name), and of each of its criteria."""
    found: dict[str, Assessment] = {}
    for a in sorted(seen.dossier.of(Assessment), key=lambda a: a.date):
        if a.handover == handover and a.party == party:
            found[a.criterion or ""] = a
    return found


def _check(whole: Given, criteria: Mapping[str, Given], confidence: str, rated: Mapping[str, Criterion]) -> None:
    for given in (whole, *criteria.values()):
        if given.rating not in RATINGS:
            raise InvalidValue("rating", given.rating, Wanted("one of {codes}", codes=", ".join(RATINGS)))
    if not whole.rationale.strip():
        raise InvalidValue("rationale", "", Wanted("the reason of the rating as a whole"))
    if confidence not in CONFIDENCES:
        raise InvalidValue("confidence", confidence, Wanted("one of {codes}", codes=", ".join(CONFIDENCES)))
    for name in criteria:
        if name not in rated:
            raise InvalidValue("criterion", name, Wanted("a criterion of a gate of this hand-over"))


def _titles(party: str, about: Handover | Criterion) -> Body:
    """Titles in both languages, whoever files it."""
    said = {}
    for lang in LANGUAGES:
        w = Wording(lang)
        said[lang] = f"{w.capital(w.code('party', party))}{w.colon}{about.name(lang)}"[:300]
    return {"title": said["en"], "title_fr": said["fr"]}


def _fresh(taken: set[str], about: str, party: str, on: date) -> str:
    """A code that nobody uses yet: `A-H-POL-NAL-S260630`, then `…-2`. It is taken from then on."""
    stem = f"A-{about[:30].rstrip('-._')}-{party[0].upper()}{on:%y%m%d}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name


def _audience(reader: Reader, about: Sequence[Handover | Criterion]) -> Body:
    """An assessment is shown to those who see everything it speaks of, and to whoever filed it."""
    strict = [entry for entry in about if entry.classification != "open"]
    if not strict:
        return {}
    level = max((entry.classification for entry in strict), key=CLASSES.index)
    released = [name for name in strict[0].released_to if all(name in entry.released_to for entry in strict)]
    own = reader.partner or reader.role
    if reader.role not in STAFF and own not in released:
        released.append(own)
    return {"classification": level, "released_to": released}
