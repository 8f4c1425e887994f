"""Who asks, in which missions they have a part, and what they may do there."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse

from exitplan.domain.kinds import KINDS
from exitplan.domain.roles import ACTIONS
from exitplan.usecases import people
from exitplan.web.access import Asked
from exitplan.web.api.answers import said
from exitplan.web.api.shapes import Me, MissionLine, Missions, MissionShown


def me(asked: Asked) -> HttpResponse:
    """Whose key or session this is."""
    account = asked.account
    assert account is not None
    return said(
        Me(
            username=account.username,
            display_name=account.display_name,
            office=account.office,
            language=account.language,
            missions=_lines(asked),
        )
    )


def missions(asked: Asked) -> HttpResponse:
    """Missions that one has a part in; there may be others, of which nothing is told."""
    return said(Missions(items=_lines(asked)))


def mission(asked: Asked) -> HttpResponse:
    """One mission: who you are in it, what you may do, and how many entries of each kind you see."""
    seen, reader = asked.view, asked.view.reader
    own = seen.dossier.mission
    counts = Counter(kind for kind, _ in seen.versions)
    return said(
        MissionShown(
            code=seen.mission,
            title=own.title,
            title_fr=own.title_fr,
            revision=seen.revision,
            as_of=own.as_of,
            role=reader.role,
            partner=reader.partner,
            may=tuple(action for action in ACTIONS if asked.may(action)),
            edits=tuple(kind for kind in KINDS if asked.may("edit", kind)),
            entries={kind: counts[kind] for kind in KINDS if counts[kind]},
            measurements=len(seen.dossier.measurements),
        )
    )


def _lines(asked: Asked) -> tuple[MissionLine, ...]:
    opened = asked.path.get("key_mission")
    assert asked.account is not None
    return tuple(
        MissionLine(code=code, title=title, role=role)
        for code, title, role in people.missions_of(asked.account)  # type: ignore[arg-type]
        if opened in ("", code)
    )
