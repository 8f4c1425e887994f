"""How a risk stands: score before controls, effect of controls, residual level. One rule for registers, gates and triggers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exitplan.domain.dossier import Dossier
from exitplan.domain.kinds import Control, Risk
from exitplan.domain.states import RISK_LEVELS, RiskLevel


@dataclass(frozen=True)
class RiskStanding:
    """The scores and levels of one risk on a day."""

    likelihood: int
    impact: int
    inherent: RiskLevel
    control: int | None
    residual_likelihood: int
    residual: RiskLevel
    scored_on: date
    scale: str

    @property
    def rank(self) -> int:
        """0 for low to 3 for very high, of the residual level."""
        return RISK_LEVELS.index(self.residual)


def standing(dossier: Dossier, risk: Risk, on: date) -> RiskStanding | None:
    """
    The residual level of a risk on a day; None before its first score.

    The best control counts: it takes the matrix's `control_steps` off the likelihood, never below 1. Controls do not add up,
    because two weak controls are not a strong one.
    """
    score = risk.score_on(on)
    if score is None:
        return None
    matrix = dossier.mission.risk_matrix
    effectiveness = min((c.effectiveness for c in dossier.of(Control) if c.risk == risk.code), default=None)
    off = 0 if effectiveness is None else matrix.control_steps[effectiveness - 1]
    residual_likelihood = max(1, score.likelihood - off)
    return RiskStanding(
        likelihood=score.likelihood,
        impact=score.impact,
        inherent=matrix.level(score.likelihood, score.impact),
        control=effectiveness,
        residual_likelihood=residual_likelihood,
        residual=matrix.level(residual_likelihood, score.impact),
        scored_on=score.on,
        scale=score.scale,
    )
