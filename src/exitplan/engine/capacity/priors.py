"""What is believed about the growth of institutions before their own records speak: width, evidence and source of each number."""

from __future__ import annotations

from exitplan.domain.fields import Verification
from exitplan.domain.priors import Prior, Priors

_AFGHAN = (
    "Press reports of statements by NATO Training Mission Afghanistan 2010-2012: attrition of the army 18 % a year (March 2010), "
    "23 % (August 2010), 32 % (February 2011); of the police 12 to 25 %"
)

PRIORS = Priors(
    version="2026-11-23",
    priors=(
        Prior(
            symbol="attrition",
            meaning="Doubt about the attrition stated: shift of its log-odds, so that 15 % a year stands for 7 to 28 %",
            unit="logit",
            mean=0.0,
            sd=0.485,
            mark="found",
            source=_AFGHAN,
        ),
        Prior(
            symbol="unpaid",
            meaning="Attrition added in a month in which nobody is paid",
            unit="share a month",
            mean=0.02,
            sd=0.008,
            mark="assumption",
            source="Direction from reports of wage arrears and desertion; the size is ours",
        ),
        Prior(
            symbol="pass",
            meaning="Doubt about the share of recruits who finish: shift of its log-odds, so that 85 % stands for 71 to 93 %",
            unit="logit",
            mean=0.0,
            sd=0.5,
            mark="assumption",
            source="Range of 75 to 95 % taken as ordinary; 67 % of Afghan police recruits were lost in one report, outside this range",
        ),
        Prior(
            symbol="g0",
            meaning="Growth of quality without mentors, at low quality",
            unit="share a month",
            mean=0.015,
            sd=0.003,
            mark="assumption",
            source="Ours: 0.01 to 0.02",
        ),
        Prior(
            symbol="gM",
            meaning="Growth of quality added by each mentor for 100 people",
            unit="share a month per mentor for 100 people",
            mean=0.02,
            sd=0.012,
            mark="assumption",
            source="Ours: 0 to 0.05",
        ),
        Prior(
            symbol="delta",
            meaning="Loss of quality without effort",
            unit="share a month",
            mean=0.0075,
            sd=0.0015,
            mark="assumption",
            source="Ours: 0.005 to 0.01",
        ),
    ),
)

COUNT_DOUBT: dict[Verification, float] = {
    "independently_verified": 0.05,
    "jointly_assessed": 0.10,
    "self_reported": 0.20,
}
"""Standard deviation of the log of a count of people, by how it was verified: assumptions, wide because payrolls hold ghosts."""

TRADE_WEIGHTS: dict[str, float] = {"police": 0.4, "military": 0.4, "justice": 0.2}
"""Weight of each trade in host capacity; corrections share that of justice. Functions with their own weight go by it."""
