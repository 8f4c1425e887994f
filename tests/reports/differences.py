"""A difference between two plans, made by hand."""

from __future__ import annotations

from exitplan.domain.results.explain import (
    AssumptionSwing,
    AtKappa,
    ChannelShare,
    DifferenceExplained,
    Estimate,
    ExplainResult,
    MeasureName,
    PathShare,
)


def found(measure: MeasureName = "deaths") -> DifferenceExplained:
    """Ten deaths, or ten points: twelve by reach, two less by support, the rest does not differ."""
    scale = 0.01 if measure == "chance" else 1.0

    def about(value: float, error: float) -> Estimate:
        return Estimate(value=scale * value, error=scale * error)

    shares = {"mission": (12.0, 0.6), "support": (-2.0, 0.3)}
    paths = {"own-area": (9.0, 0.5), "neighbours": (1.0, 0.2), "regime": (0.0, 0.0)}
    return DifferenceExplained(
        measure=measure,
        definition="R25" if measure == "chance" else None,
        scope="country",
        by_months=24,
        plan=about(20, 1),
        against=about(10, 1),
        difference=about(10, 0.5),
        shown=about(5, 0.25),
        channels=tuple(
            ChannelShare(channel=name, differs=name in shares, added=about(*shares.get(name, (0.0, 0.0))))
            for name in ("mission", "host", "support", "shock", "shift")
        ),
        paths=tuple(PathShare(path=name, added=about(*paths[name])) for name in ("own-area", "neighbours", "regime")),
        by_kappa=tuple(AtKappa(kappa=k, difference=about(20 * k, k)) for k in (0.0, 0.5, 1.0)),
        flips=(),
        verdict="no-flip",
        swings=tuple(
            AssumptionSwing(
                code=code,
                low=low,
                high=high,
                at_low=about(5 - swing, 0.2),
                at_high=about(5 + swing, 0.2),
                first=Estimate(value=0.4, error=0.1),
                total=Estimate(value=0.5, error=0.1),
            )
            for code, low, high, swing in (("kappa", 0.25, 0.75, 3.0), ("P50", 144, 435, -2.0))
        ),
    )


def explained() -> ExplainResult:
    """Deaths and a chance under two plans."""
    return ExplainResult(
        plan="P-1",
        against="P-2",
        scenario="SC",
        futures=5024,
        horizon=24,
        origin="2026-06",
        explained=(found(), found("chance")),
        assumptions=("explain-same-luck",),
    )
