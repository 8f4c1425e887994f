"""What is believed about parameters before the data speak: means, widths, what goes together, and who says so."""

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


class Correlation(Part):
    """How far two parameters are believed to go together."""

    first: Line = about("Name of one parameter.")
    second: Line = about("Name of the other.")
    value: float = about("Correlation, above -1 and below 1.", gt=-1, lt=1)


class Pooling(Part):
    """Weights of a pool of forecasts: of the model, and of months drawn from what has been."""

    model: float = about("Weight of the model.", ge=0, le=1)
    own_36: float = about("Weight of the area's own last 36 months.", ge=0, le=1)
    own_12: float = about("Weight of the area's own last 12 months.", ge=0, le=1)
    all_areas_12: float = about("Weight of the last 12 months of all areas together.", ge=0, le=1)
    mark: Literal["measured", "assumption"] = about("Kind of evidence: measured by us, or assumed.")
    source: Text = about("Where the weights come from.")

    @model_validator(mode="after")
    def _all_of_it(self) -> Pooling:
        if abs(sum(self.weights) - 1.0) > 1e-6:
            raise InvalidValue("pool", sum(self.weights), "weights that sum to 1")
        return self

    @property
    def weights(self) -> tuple[float, float, float, float]:
        """Weights of the model, the own last 36 and 12 months, and all areas' last 12 months."""
        return self.model, self.own_36, self.own_12, self.all_areas_12


EVEN = Pooling(
    model=0.5,
    own_36=0.5,
    own_12=0.0,
    all_areas_12=0.0,
    mark="assumption",
    source="Even shares, where none were learned",
)


class Priors(Part):
    """A dated set of priors, each symbol once; parameters whose correlation is not given are believed independent."""

    version: Line = about("Date or name of this set; enters the manifest of back-tests.")
    priors: tuple[Prior, ...] = about("The priors.", min_length=1)
    correlations: tuple[Correlation, ...] = about("Correlations between parameters, each pair once.", ())
    pool: Pooling = about("Weights of the pool with what has been.", EVEN)

    @model_validator(mode="after")
    def _each_once(self) -> Priors:
        symbols = [p.symbol for p in self.priors]
        doubled = sorted({s for s in symbols if symbols.count(s) > 1})
        if doubled:
            raise InvalidValue("priors", ", ".join(doubled), "each symbol once")
        return self

    @model_validator(mode="after")
    def _correlations_fit(self) -> Priors:
        known = {p.symbol for p in self.priors if p.distribution == "normal"}
        pairs = [tuple(sorted((c.first, c.second))) for c in self.correlations]
        unknown = sorted({s for pair in pairs for s in pair} - known)
        doubled = sorted({" and ".join(p) for p in pairs if pairs.count(p) > 1 or p[0] == p[1]})
        if unknown:
            raise InvalidValue("correlations", ", ".join(unknown), "symbols of normal priors of this set")
        if doubled:
            raise InvalidValue("correlations", ", ".join(doubled), "each pair of two parameters once")
        if not _positive({frozenset((c.first, c.second)): c.value for c in self.correlations}):
            raise InvalidValue("correlations", f"{len(pairs)} pairs", "correlations that can hold at once")
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


def _positive(pairs: dict[frozenset[str], float]) -> bool:
    """Whether correlations make a positive definite matrix, by Cholesky's steps."""
    names = sorted({name for pair in pairs for name in pair})
    root: list[list[float]] = []
    for i, name in enumerate(names):
        row: list[float] = []
        for j in range(i):
            together = pairs.get(frozenset((name, names[j])), 0.0)
            row.append((together - sum(row[k] * root[j][k] for k in range(j))) / root[j][j])
        left = 1.0 - sum(value * value for value in row)
        if left <= 1e-9:
            return False
        root.append([*row, left**0.5])
    return True
