"""The difference between two plans in words: amounts with their errors, and whether the plans change places."""

from __future__ import annotations

from exitplan.domain.results.explain import DifferenceExplained, Estimate, MeasureName
from exitplan.wording.sentences import Wording


def amount(w: Wording, estimate: Estimate, measure: MeasureName, *, signed: bool = True) -> str:
    """
    An estimate with its Monte Carlo standard error: `+7.4 ± 0.8`, `+2.5 ± 0.2 points`.

    A chance is given in per cent where it is one, and in points of a hundred where it is a difference of two.
    """
    scale = 100.0 if measure == "chance" else 1.0
    digits = 2 if scale * estimate.error < 0.1 else 1
    value, error = w.number(scale * estimate.value, digits), w.number(scale * estimate.error, digits)
    said = f"{'+' if signed and estimate.value > 0 else ''}{value} ± {error}"
    if measure != "chance":
        return said
    return w("{amount} points", amount=said) if signed else w("{amount} per cent", amount=said)


def measured(w: Wording, found: DifferenceExplained) -> str:
    """What the number is."""
    if found.definition is None:
        return w("Deaths within {n} months", n=w.number(found.by_months))
    if found.scope == "country":
        return w(
            "Chance of renewed armed violence (definition {code}) within {n} months",
            code=found.definition,
            n=w.number(found.by_months),
        )
    return w(
        "Chance of renewed armed violence (definition {code}) in {area} within {n} months",
        code=found.definition,
        area=found.scope,
        n=w.number(found.by_months),
    )


def both(w: Wording, found: DifferenceExplained, plan: str, against: str) -> str:
    """The number under both plans, and how far apart they are."""
    return w(
        "Under {plan}: {a}. Under {against}: {b}. Difference: {difference}.",
        plan=plan,
        a=amount(w, found.plan, found.measure, signed=False),
        against=against,
        b=amount(w, found.against, found.measure, signed=False),
        difference=amount(w, found.difference, found.measure),
    )


def by_kappa(w: Wording, found: DifferenceExplained) -> str:
    """The difference at three causal credibilities."""
    said = "; ".join(
        w("{kappa}: {amount}", kappa=w.number(at.kappa, 1), amount=amount(w, at.difference, found.measure))
        for at in found.by_kappa
    )
    return w("Difference where causal credibility is {list}.", list=said)


def ranking(w: Wording, found: DifferenceExplained) -> str:
    """Whether the plans change places as causal credibility goes from 0 to 1."""
    said = w.code("plan_ranking", found.verdict)
    if found.verdict != "flips":
        return said
    at = ", ".join(f"{w.number(f.kappa, 2)} ± {w.number(f.error, 2)}" for f in found.flips)
    return f"{said}{w.colon}{at}."


def value(w: Wording, code: str, number: float) -> str:
    """A value of an assumption, with its unit where it has one."""
    if code == "P50":
        return w("{n} people", n=w.number(number, 0))
    if code == "speed":
        return w("{n} km/h", n=w.number(number, 0))
    return w.number(number, 2)
