"""What may go wrong, what holds it back, and what is ready if it happens."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from exitplan.domain.condition import Condition
from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    ActivityRef,
    AreaRef,
    FunctionRef,
    GateRef,
    HandoverRef,
    Line,
    Part,
    RiskRef,
    Scale5,
    ScenarioRef,
    SiteRef,
    Text,
    about,
)
from exitplan.domain.findings import Wanted

Lens = Literal["civilians", "personnel", "objective"]


class Score(Part):
    """A score given on a day, with the version of the scales it was given on."""

    on: date = about("Day of the score.")
    likelihood: Scale5 = about("Likelihood, 1 to 5.")
    impact: Scale5 = about("Impact, 1 to 5: the worst of its dimensions.")
    scale: Line = about("Version of the scales.", "5x5-1")
    why: Text = about("Why.", "")


class Risk(Entry):
    """Something that may happen, written as cause, event and impact."""

    kind: ClassVar[str] = "risk"
    plural: ClassVar[str] = "risks"

    lens: Lens = about("Whose risk: civilians, the mission's own personnel, or the transition objective. Never mixed.")
    cause: Text = about("Because of …", "")
    event: Text = about("… this may happen …", "")
    impact: Text = about("… and lead to this.", "")
    scores: tuple[Score, ...] = about(
        "Scores before controls, in order of time; the last one counts.", min_length=1, max_length=1000
    )
    status: Literal["open", "closed"] = about("Whether it is still looked after.", "open")
    review_due: date | None = about("Day by which it is to be looked at again.", None)
    area: AreaRef | None = about("Area concerned.", None)
    site: SiteRef | None = about("Site concerned.", None)
    gate: GateRef | None = about("Gate concerned.", None)
    handover: HandoverRef | None = about("Hand-over concerned.", None)
    function: FunctionRef | None = about("Function concerned.", None)
    violence: Annotated[float, Field(ge=-5, le=5)] = about(
        "Shift of the country's monthly odds of turning tense or into a crisis, while a scenario switches it on.",
        0.0,
        unit="logits",
    )
    trigger: Condition | None = about("What would show that it is happening.", None)

    @model_validator(mode="after")
    def _in_order(self) -> Risk:
        days = [score.on for score in self.scores]
        if days != sorted(days):
            raise ValueError(Wanted("scores in order of time"))
        return self

    def score_on(self, day: date) -> Score | None:
        """The last score given on or before a day; None before the first."""
        return next((score for score in reversed(self.scores) if score.on <= day), None)


class Control(Entry):
    """Something in place that makes a risk less likely."""

    kind: ClassVar[str] = "control"
    plural: ClassVar[str] = "controls"

    risk: RiskRef = about("Risk it holds back.")
    effectiveness: Scale5 = about(
        "1 effective, 2 limited improvement needed, 3 significant improvement needed, 4 ineffective, 5 highly ineffective."
    )
    tested: date | None = about("Day it was last tested.", None)


class Treatment(Entry):
    """Work that will change a risk."""

    kind: ClassVar[str] = "treatment"
    plural: ClassVar[str] = "treatments"

    risk: RiskRef = about("Risk treated.")
    response: Literal["accept", "mitigate", "transfer", "avoid", "exploit"] = about("Kind of response.", "mitigate")
    activity: ActivityRef | None = about("Activity of the plan that does it.", None)
    due: date | None = about("Day by which it is due.", None)
    done: date | None = about("Day on which it was finished.", None)
    likelihood_after: Scale5 | None = about("Likelihood expected once done.", None)
    impact_after: Scale5 | None = about("Impact expected once done.", None)


class Contingency(Entry):
    """What will be done if a risk or a scenario comes true."""

    kind: ClassVar[str] = "contingency"
    plural: ClassVar[str] = "contingencies"

    risk: RiskRef | None = about("Risk it answers.", None)
    scenario: ScenarioRef | None = about("Scenario it answers.", None)
    trigger: Condition = about("What convenes the people who decide; it never decides itself.")
    response: tuple[Line, ...] = about("Agreed steps in order.", min_length=1, max_length=100)
    within_days: int = about("Days within which the first step must begin.", 7, unit="days", ge=0, le=3650)
    rehearsed: date | None = about("Day it was last rehearsed.", None)
