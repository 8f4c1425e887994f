"""What a definition of renewed armed violence says: the named ones in our words, a mission's own in its own."""

from __future__ import annotations

from exitplan.domain.kinds import Mission
from exitplan.wording import Wording


def definition_said(w: Wording, mission: Mission, code: str) -> str:
    """What a definition says, its code first."""
    own = mission.definition(code)
    return f"{own.code}{w.colon}{own.name(w.lang)}" if own else w.code("definition", code)
