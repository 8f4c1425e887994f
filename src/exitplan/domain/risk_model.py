"""Fitted chances that ship with the program: settings, coefficients with their widths, and where they come from."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.fields import Line, Month, Part, Share, Text, about


class FittedOutcome(Part):
    """The coefficients of one outcome, in logits, the intercept first."""

    outcome: Line = about("Code of what may happen, such as `event-50km-24m`.")
    rows: int = about("Rows it was fitted on.", ge=1)
    mean: tuple[float, ...] = about("Coefficients: intercept, then one for each variable.", unit="logit per unit")
    sd: tuple[float, ...] = about("Their standard errors.", unit="logit per unit")
    correlation: tuple[tuple[float, ...], ...] = about("Lower triangle of their correlations, without the diagonal.")

    @model_validator(mode="after")
    def _shapes_agree(self) -> FittedOutcome:
        n = len(self.mean)
        if len(self.sd) != n or min(self.sd) < 0:
            raise InvalidValue(f"sd of {self.outcome}", len(self.sd), f"{n} numbers, none below 0")
        if [len(row) for row in self.correlation] != list(range(n)):
            raise InvalidValue(
                f"correlation of {self.outcome}", len(self.correlation), f"{n} rows of 0 to {n - 1} numbers"
            )
        if any(abs(value) > 1 for row in self.correlation for value in row):
            raise InvalidValue(f"correlation of {self.outcome}", "a value", "numbers from -1 to 1")
        return self


class RiskModel(Part):
    """A dated set of settings and of the coefficients that came of them."""

    version: Line = about("Day on which settings were frozen; shown with results.")
    mark: Literal["measured", "found", "assumption"] = about("Kind of evidence.")
    source: Text = about("Data the coefficients come from, with citation.")
    chosen: Text = about("How the settings were chosen, on what, and among how many.")
    learned_from: Month = about("First month of the data they were fitted on.")
    learned_to: Month = about("Last month of these data.")
    variables: tuple[Line, ...] = about("Variables, in the order of the coefficients.", min_length=1)
    ridge: float = about("Ridge on coefficients per standard deviation.", unit="rows", ge=0)
    balance: Share = about("0: every row counts alike; 1: every country.")
    outcomes: tuple[FittedOutcome, ...] = about("What may happen.", min_length=1)

    @model_validator(mode="after")
    def _each_variable_has_a_coefficient(self) -> RiskModel:
        wanted = 1 + len(self.variables)
        wrong = [fitted.outcome for fitted in self.outcomes if len(fitted.mean) != wanted]
        if wrong:
            raise InvalidValue("mean", ", ".join(wrong), f"{wanted} coefficients each")
        return self

    def saw_beyond(self, month: str) -> bool:
        """Whether it was fitted on months after this one (YYYY-MM): looking back from it, the chances know what came next."""
        return month < self.learned_to

    def of(self, outcome: str) -> FittedOutcome:
        """
        The coefficients of one outcome.

        Raises
        ------
        NotFound
            When there are none.
        """
        for fitted in self.outcomes:
            if fitted.outcome == outcome:
                return fitted
        raise NotFound("outcome", outcome, tuple(fitted.outcome for fitted in self.outcomes))
