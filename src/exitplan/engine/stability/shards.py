"""
Futures in shards: a job cut into ranges of blocks that can be counted anywhere, in any order, by anyone.

Every block's luck is keyed by its number, and only whole numbers are counted, so the sum of the shards has the bits of one
process. A shard that is counted again after a machine was lost gives the same counts. Method page: docs/methods/futures.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from exitplan.domain.errors import InvalidValue
from exitplan.engine.stability.cover import Presence
from exitplan.engine.stability.fit import Fitted
from exitplan.engine.stability.futures import Draws, draw, draw_blocks, draw_past
from exitplan.engine.stability.panel import Floats, Panel
from exitplan.engine.stability.tally import Tally


@dataclass(frozen=True, kw_only=True)
class Job:
    """
    Futures to be counted: the arguments of `futures.draw`, as one value that can travel.

    Parameters
    ----------
    fitted
        The model; None for draws from what has been.
    past
        The months to draw from without a model, as in `futures.draw_past`.
    panel, presence, draws, kappa
        As in `futures.draw`.
    """

    fitted: Fitted | None
    panel: Panel
    presence: Presence
    draws: Draws
    kappa: float | None = None
    past: Floats | None = None

    def __post_init__(self) -> None:
        if (self.fitted is None) == (self.past is None):
            raise InvalidValue(
                "Job.past", "both" if self.fitted else "neither", "either a model or months that have been"
            )

    def to_send(self) -> Job:
        """The same job without what stays at home: who watches it, and how many threads this machine has."""
        return replace(self, draws=replace(self.draws, progress=None, threads=1))


Count = Callable[[Job], Tally]
"""Whoever counts the futures of a job; the counts do not depend on who."""


def counted_here(job: Job) -> Tally:
    """A whole job, on the threads of this process."""
    if job.fitted is not None:
        return draw(job.fitted, job.panel, job.presence, job.draws, job.kappa)
    assert job.past is not None
    return draw_past(job.panel, job.presence.horizon, job.draws, job.past)


def counted(job: Job, first: int, blocks: int) -> Tally:
    """
    Count a shard: pure, so that it can be done again.

    Parameters
    ----------
    first, blocks
        The shard's first block and its number of blocks.

    Raises
    ------
    InvalidValue
        For blocks that are not all the job's.
    """
    if not (0 <= first < first + blocks <= job.draws.blocks):
        raise InvalidValue("first, blocks", (first, blocks), f"one block or more within range(0, {job.draws.blocks})")
    given = (job.fitted, job.panel, job.presence, job.draws, job.kappa)
    return draw_blocks(*given, first=first, blocks=blocks, past=job.past)


def split(first: int, blocks: int, each: int) -> tuple[tuple[int, int], ...]:
    """
    Cut blocks into shards.

    Parameters
    ----------
    first, blocks
        First block, zero or more, and how many, one or more.
    each
        Blocks in a shard, one or more; the last one may have fewer.

    Returns
    -------
    tuple
        First block and number of blocks of each shard, in order.
    """
    if not (first >= 0 and blocks >= 1 and each >= 1):
        raise InvalidValue("split", (first, blocks, each), "one block or more, and shards of one block or more")
    end = first + blocks
    return tuple((at, min(each, end - at)) for at in range(first, end, each))
