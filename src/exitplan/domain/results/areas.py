"""Result of the back-test of area-months over many missions."""

from __future__ import annotations

from pydantic import Field

from exitplan.domain.results.backtests import ReliabilityBin
from exitplan.domain.results.base import Band, ResultPart


class AreaScores(ResultPart):
    """Mean scores of one forecaster on one mission; smaller is better."""

    forecaster: str = Field(description="Code of the forecaster; `pooled` is the product's.")
    crps: float = Field(description="In deaths.")
    log_crps: float = Field(description="CRPS of ln(1 + deaths).")
    ignorance: float = Field(description="In bits, over the bins of VIEWS.")
    brier_any: float = Field(description="Brier score of any death in an area-month.")
    brier_large: float = Field(description="Brier score of 25 deaths or more in an area within the horizon.")
    log_loss_large: float
    interval_score: float = Field(description="Of the central 90 % interval, in deaths.")
    covered_80: float = Field(description="Share of the probability integral transform inside the central 80 %.")
    covered_90: float


class AreaMission(ResultPart):
    """One mission."""

    mission: str = Field(description="Country code.")
    headline: bool = Field(description="Whether it is one of those named for the headline.")
    areas: int
    cases: int = Field(description="Area-months scored.")
    violent: int = Field(description="Of them with a death or more.")
    scores: tuple[AreaScores, ...]


class AreaSkill(ResultPart):
    """How much smaller the pool's score is than another forecaster's, over the headline's missions."""

    against: str
    score: str
    skill: Band | None = Field(
        description="1 minus the geometric mean of the ratio of scores; bootstrap over missions. None without any ratio."
    )
    won: int = Field(description="Missions in which the pool's score is smaller.")
    missions: int = Field(description="Missions with a ratio.")
    skipped: int = Field(description="Missions in which a score is 0, which have none.")


class HorizonCover(ResultPart):
    """Share of area-months inside the central intervals, by months ahead."""

    months: str = Field(description="Months ahead, from and to.")
    covered_80: float
    covered_90: float


class PoolShare(ResultPart):
    """Weight of one part of the pool."""

    part: str
    weight: float


class AreaFailure(ResultPart):
    """A mission in which a benchmark had the smaller score."""

    mission: str
    score: str
    benchmark: str
    ours: float
    theirs: float


class AreasBacktest(ResultPart):
    """Forecasts of area-months with priors and weights learned from other missions, and how good they were."""

    frozen: str = Field(description="Day on which the settings were frozen.")
    origins: tuple[str, ...] = Field(description="Months after which forecasts start.")
    horizon: int
    draws: int
    missions: tuple[AreaMission, ...]
    best: dict[str, str] = Field(
        description="By score, the one benchmark that is best over the headline's missions, chosen once for all."
    )
    skills: tuple[AreaSkill, ...]
    covered_80: float = Field(description="Mean over the headline's missions.")
    covered_90: float
    horizons: tuple[HorizonCover, ...]
    pit: tuple[float, ...] = Field(description="Share of cases in each tenth of the probability integral transform.")
    any_death: tuple[ReliabilityBin, ...] = Field(
        description="Reliability of the chance of any death in an area-month."
    )
    large: tuple[ReliabilityBin, ...] = Field(
        description="Reliability of the chance of 25 deaths in an area within the horizon."
    )
    pool: tuple[PoolShare, ...] = Field(description="Weights that served all missions best over all origins.")
    served: tuple[tuple[PoolShare, ...], ...] = Field(description="Weights that each group was last served with.")
    failures: tuple[AreaFailure, ...]
    left_out_rows: int = Field(0, description="Rows of events in no area of the table of areas, which are left out.")
    left_out_deaths: int = Field(0, description="Deaths in these rows.")
    note: str = Field(description="What was chosen on which missions before the settings were frozen.")
