"""What is believed about a parameter before the data speak: its mean and width, and who says so."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from exitplan.domain.errors import InvalidValue, NotFound
from exitplan.domain.fields import Line, Part, Text, about


class Prior(Part):
    """One parameter's prior."""

    symbol: Line = about("Name of the parameter in the method pages.")
    meaning: Text = about("What it stands for.")
    unit: Line = about("Unit of its value.")
    distribution: Literal["normal", "beta"] = about("Shape; a beta lies between 0 and 1.", "normal")
    mean: float = about("Mean.")
    sd: float = about("Standard deviation.", gt=0)
    mark: Literal["measured", "found", "assumption"] = about(
        "Kind of evidence: measured by us, found published, or assumed."
    )
    source: Text = about("Where the values come from.")

    @model_validator(mode="after")
    def _beta_fits(self) -> Prior:
        if self.distribution == "beta" and not (0 < self.mean < 1 and self.sd**2 < self.mean * (1 - self.mean)):
            raise InvalidValue(
                f"prior {self.symbol}", (self.mean, self.sd), "a mean in (0, 1) and a width that a beta can have"
            )
        return self


class Priors(Part):
    """A dated set of priors, each symbol once."""

    version: Line = about("Date or name of this set; enters the run manifest.")
    priors: tuple[Prior, ...] = about("The priors.", min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Priors:
        symbols = [p.symbol for p in self.priors]
        doubled = sorted({s for s in symbols if symbols.count(s) > 1})
        if doubled:
            raise InvalidValue("priors", ", ".join(doubled), "each symbol once")
        return self

    def of(self, symbol: str) -> Prior:
        """
        The prior of one parameter.

        Raises
        ------
        NotFound
            When the set has no such symbol.
        """
        for prior in self.priors:
            if prior.symbol == symbol:
                return prior
        raise NotFound("prior", symbol, tuple(p.symbol for p in self.priors))
