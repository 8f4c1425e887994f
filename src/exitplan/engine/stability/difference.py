"""
The difference that one plan makes against another, future by future, and where it comes from.

Both plans see the same luck (common random numbers), so that what is left is the plans' own. The arrays that tell who is
there are taken from one plan or the other, one at a time and in every combination; Shapley values share the difference out
among them exactly. Errors are those of blocks of 32 futures, as everywhere. Method page: docs/methods/explain.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from exitplan.domain.errors import InvalidValue
from exitplan.domain.priors import Prior, Priors
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.definitions import Definition, rolling
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import OBSERVED, REGIME_EFFECTS, Draws, deaths_of
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.shapley import shapley
from exitplan.engine.stability.tally import LANES

Deaths = NDArray[np.int64]

CHANNELS = ("mission", "host", "support", "shock", "shift")
"""What may differ between two plans: reach of the mission, host capacity, support, withdrawal shock, the scenario's shift."""
PATHS = ("own-area", "neighbours", "regime")
"""How a difference acts: in the area where presence differs, through the areas around, through the regime of the country."""
KNOWN = 1e-9
"""Width of a prior whose value is taken as known."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """
    What is counted in a future.

    Parameters
    ----------
    definition
        Renewed violence under a definition, as 0 or 1; None for deaths over the whole horizon.
    unit
        Position of the area, for a definition that is read per area.
    by
        Months within which it is met; the whole horizon where left out.
    """

    definition: Definition | None = None
    unit: int = 0
    by: int | None = None

    def of(self, deaths: Deaths, panel: Panel) -> Floats:
        """Mean per block of 32 futures, shape (blocks,), of futures of shape (futures, areas, horizon)."""
        if self.definition is None:
            found = deaths.sum(axis=(1, 2), dtype=np.int64).astype(np.float64)
        else:
            found = self._met(deaths, panel, self.definition).astype(np.float64)
        return np.asarray(found.reshape(-1, LANES).mean(axis=1))

    def _met(self, deaths: Deaths, panel: Panel, definition: Definition) -> NDArray[np.bool_]:
        by = min(self.by or deaths.shape[2], deaths.shape[2])
        past = np.ceil(panel.deaths[:, -OBSERVED:])
        if definition.scope == "country":
            ahead, behind, bar = deaths[:, :, :by].sum(axis=1), past.sum(axis=0), definition.thresholds(panel)[0]
        else:
            ahead, behind = deaths[:, self.unit, :by], past[self.unit]
            bar = definition.thresholds(panel)[self.unit]
        behind = behind[behind.size - (definition.window - 1) :]
        course = np.concatenate([np.broadcast_to(behind, (len(ahead), behind.size)), ahead], axis=1)
        return np.asarray((rolling(course, definition.window) >= bar).any(axis=1))


@dataclass(frozen=True, kw_only=True)
class World:
    """
    The model, the luck and the questions that two plans share.

    Parameters
    ----------
    fitted, panel, draws
        As in `futures.draw`.
    measures
        What is counted; one or more.
    told
        Called after every run of the futures; an exception raised in it cancels.
    """

    fitted: Fitted
    panel: Panel
    draws: Draws
    measures: tuple[Measure, ...]
    told: Callable[[], None] | None = None

    def deaths(self, there: Presence, kappa: float | None = None) -> Deaths:
        """Deaths of every future, shape (futures, areas, horizon)."""
        found = deaths_of(self.fitted, self.panel, there, self.draws, kappa)
        if self.told is not None:
            self.told()
        return found

    def measured(self, deaths: Deaths) -> Floats:
        """Every measure's mean per block, shape (measures, blocks)."""
        return np.stack([m.of(deaths, self.panel) for m in self.measures])

    def run(self, there: Presence, kappa: float | None = None) -> Floats:
        """Every measure's mean per block under a presence, shape (measures, blocks)."""
        return self.measured(self.deaths(there, kappa))

    def with_effects(self, values: Mapping[str, float]) -> World:
        """The same world with some effects of presence known exactly, by symbol."""
        return replace(self, fitted=replace(self.fitted, priors=known(self.fitted.priors, values)))


def known(priors: Priors, values: Mapping[str, float]) -> Priors:
    """The priors with some normal parameters known exactly. Raises NotFound for a symbol there is none of."""
    for symbol in values:
        if priors.of(symbol).distribution != "normal":
            raise InvalidValue("known", symbol, "the symbol of a normal prior")

    def as_known(prior: Prior) -> Prior:
        return prior.model_copy(update={"mean": values[prior.symbol], "sd": KNOWN}) if prior.symbol in values else prior

    return priors.model_copy(update={"priors": tuple(as_known(p) for p in priors.priors)})


def mean_and_error(blocks: Floats) -> tuple[float, float]:
    """Mean over blocks and its Monte Carlo standard error; `blocks` has shape (blocks,), two or more."""
    return float(blocks.mean()), float(blocks.std(ddof=1) / np.sqrt(blocks.size))


@dataclass(frozen=True, kw_only=True)
class _Mixed(Presence):
    """A presence whose withdrawal shock comes from another one's mission."""

    withdrawal: Floats

    @property
    def shock(self) -> Floats:
        return self.withdrawal


def _mixed(a: Presence, b: Presence, from_b: frozenset[str]) -> Presence:
    """Plan A's presence with some channels of plan B's."""
    taken = {f.name: getattr(b if _channel_of(f.name) in from_b else a, f.name) for f in fields(Presence)}
    return _Mixed(**taken, withdrawal=(b if "shock" in from_b else a).shock)


def differing(a: Presence, b: Presence) -> tuple[str, ...]:
    """The channels in which two presences differ."""
    apart = {
        _channel_of(f.name) for f in fields(Presence) if not np.array_equal(getattr(a, f.name), getattr(b, f.name))
    }
    if not np.array_equal(a.shock, b.shock):
        apart.add("shock")
    return tuple(name for name in CHANNELS if name in apart)


def runs_to_share(a: Presence, b: Presence) -> int:
    """Runs of the futures that `by_channel` and `by_path` take together."""
    return (1 << len(differing(a, b))) + 4 + 2 * len(_areas_that_differ(a, b))


def _channel_of(field: str) -> str:
    """The channel that a field of a presence belongs to; what is no channel goes with the scenario's shift."""
    return field if field in CHANNELS else "shift"


def by_channel(world: World, a: Presence, b: Presence, kappa: float | None = None) -> dict[str, Floats]:
    """
    What each channel adds to B's difference against A.

    Parameters
    ----------
    a, b
        Presence under the two plans, of the world's areas and one horizon.

    Returns
    -------
    dict
        By channel, shape (measures, blocks), adding up to the whole difference; all zero for a channel that does not differ.
    """
    shares = shapley(differing(a, b), lambda taken: world.run(_mixed(a, b, taken), kappa))
    nothing = np.zeros((len(world.measures), world.draws.blocks))
    return {name: shares.get(name, nothing) for name in CHANNELS}


def by_path(world: World, a: Presence, b: Presence, kappa: float | None = None) -> dict[str, Floats]:
    """
    How B's difference against A acts.

    `regime` is what goes when neither presence nor what a scenario switches on acts on the country's regime otherwise under B
    than under A. The rest is shared between an area's own
    presence and that of all others: each area is run with only its own presence changed, and with only that of the others.
    These courses of single areas, put together, make a country without spill-over and one with nothing else.

    Returns
    -------
    dict
        By path, shape (measures, blocks), adding up to the whole difference.
    """
    whole = world.run(b, kappa) - world.run(a, kappa)
    world, b = world.with_effects(dict.fromkeys(REGIME_EFFECTS, 0.0)), replace(b, switches=a.switches)
    at_a, at_b = world.deaths(a, kappa), world.deaths(b, kappa)
    own, others = at_a.copy(), at_b.copy()
    for i in _areas_that_differ(a, b):
        own[:, i] = world.deaths(_area_from(a, b, i), kappa)[:, i]
        others[:, i] = world.deaths(_area_from(b, a, i), kappa)[:, i]
    courses = {
        frozenset[str](): at_a,
        frozenset({"own-area"}): own,
        frozenset({"neighbours"}): others,
        frozenset({"own-area", "neighbours"}): at_b,
    }
    shares = shapley(PATHS[:2], lambda through: world.measured(courses[through]))
    return {**shares, "regime": whole - shares["own-area"] - shares["neighbours"]}


def _areas_that_differ(a: Presence, b: Presence) -> list[int]:
    """Positions of the areas whose presence differs in any channel."""
    apart = np.zeros(len(a.mission), dtype=bool)
    for name in CHANNELS:
        apart |= (getattr(a, name) != getattr(b, name)).any(axis=1)
    return np.flatnonzero(apart).tolist()


def _area_from(a: Presence, b: Presence, area: int) -> Presence:
    """Plan A's presence with that of plan B in one area."""
    rows = {}
    for name in ("mission", "host", "support", "shift"):
        rows[name] = np.array(getattr(a, name))
        rows[name][area] = getattr(b, name)[area]
    return replace(a, **rows)
