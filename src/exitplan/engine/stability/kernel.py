"""
The compiled heart of the futures: 32 futures at a time, month by month, counted as they happen.

`_advance` moves one block by a month and lists the violent area-months; `_own_history` does the same by drawing from the
area's own past; `run_blocks` moves the country's regime first and books each month into the counts. Everything here is plain
numbers; meaning and checks live in `futures`.

Only whole numbers leave a block, so the counts are the same for any number of threads. Float32 carries the memories
(its rounding is far below the doubt about parameters); sums over areas run in a fixed order.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from exitplan.engine.stability.counters import uniform_at
from exitplan.engine.stability.memory import BOUND, DECAYS
from exitplan.engine.stability.tally import EDGES, LANES

_D1, _D2, _D3 = (np.float32(d) for d in DECAYS)
_BOUND = np.float32(BOUND)
_PER_LN2 = np.float32(1.0 / math.log(2.0))
_ONE, _ZERO = np.float32(1.0), np.float32(0.0)
_LIMIT = np.float32(15.0)
_SHRINK = np.float32(1.0 / 64.0)
_F2, _F3, _F4, _F5 = (np.float32(1.0 / math.factorial(k)) for k in (2, 3, 4, 5))
_LANES = LANES
_EDGES = EDGES
_TABLE_SIZE = 4096
_TABLE = np.searchsorted(EDGES, np.arange(_TABLE_SIZE), side="right") - 1
_TABLE = _TABLE.astype(np.int32)
_LOW32 = np.int64(0xFFFFFFFF)
_ROOT = np.int64(3_000_000_000)


@njit(inline="always", cache=True)
def _exp(v: Any) -> Any:
    """e^v for |v| <= 15 in float32 without branches or tables: a short series for v / 64, squared six times."""
    w = v * _SHRINK
    p = _ONE + w * (_ONE + w * (_F2 + w * (_F3 + w * (_F4 + w * _F5))))
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    return p * p


@njit(inline="always", cache=True)
def bin_of(deaths: Any) -> Any:
    """The bin of a number of deaths."""
    if deaths < _TABLE_SIZE:
        return np.int64(_TABLE[deaths])
    low, high = np.int64(_TABLE[_TABLE_SIZE - 1]), np.int64(_EDGES.size)
    while high - low > 1:
        middle = (low + high) // 2
        if _EDGES[middle] <= deaths:
            low = middle
        else:
            high = middle
    return low


@njit(cache=True, nogil=True, error_model="numpy")
def _start_regime(first_future: Any, key_start: Any, start_regime: Any, regime: Any) -> None:
    """Draw the regime at the origin of every future of a block."""
    settled, tense = start_regime[0], start_regime[0] + start_regime[1]
    for lane in range(_LANES):
        u = uniform_at(key_start, (first_future + np.uint64(lane)) << np.uint64(12))
        regime[lane] = np.int64(u >= settled) + np.int64(u >= tense)


@njit(cache=True, nogil=True, error_model="numpy")
def _move_regime(t: Any, first_future: Any, key_regime: Any, moves: Any, regime: Any) -> None:
    """Move the country of every future by a month. A high number moves up, a low one down, so worse odds never calm."""
    from_settled, to_settled, to_crisis, from_crisis = moves[0], moves[1], moves[2], moves[3]
    for lane in range(_LANES):
        u = uniform_at(key_regime, ((first_future + np.uint64(lane)) << np.uint64(12)) | np.uint64(t))
        was = regime[lane]
        up = (was == 0 and _ONE - u < from_settled) or (was == 1 and _ONE - u < to_crisis)
        down = (was == 1 and u < to_settled) or (was == 2 and u < from_crisis)
        regime[lane] = was + np.int64(up) - np.int64(down)


@njit(cache=True, nogil=True, fastmath={"contract", "nsz", "arcp"}, error_model="numpy")
def _advance(
    t: Any, first_future: Any, lift: Any, weight_lift: Any, occurrence: Any, severity: Any, level: Any, pull: Any, near_index: Any, near_weight: Any,
    change: Any, shock: Any, shift: Any, key_any: Any, key_size: Any, most: Any, e1: Any, e2: Any, e3: Any,
    country: Any, near: Any, struck: Any, hit_place: Any, hit_lane: Any, hit_deaths: Any,
) -> Any:  # fmt: skip
    """Move one block by a month. Returns how many violent area-months were listed."""
    areas = e1.shape[0]
    b1, b2, b3, b4, b5 = occurrence[1], occurrence[2], occurrence[3], occurrence[4], occurrence[5]
    xi = np.float64(severity[5])
    on, continued, sv, phi = pull[0], pull[1], pull[2], pull[3]
    share = _ONE / np.float32(areas)
    for lane in range(_LANES):
        country[lane] = _ZERO
    for i in range(areas):
        for lane in range(_LANES):
            country[lane] += e1[i, lane]
    for lane in range(_LANES):
        country[lane] *= share

    hits = 0
    for i in range(areas):
        for lane in range(_LANES):
            near[lane] = _ZERO
        for k in range(near_index.shape[1]):
            j, weight = near_index[i, k], near_weight[i, k]
            for lane in range(_LANES):
                near[lane] += weight * e1[j, lane]
        base = occurrence[0] + level[i] + shift[i, t] + phi * shock[i, t] - on * change[i, t]
        slope = (on - continued) * change[i, t]
        family = key_any[i]
        for lane in range(_LANES):
            short = e1[i, lane]
            logit = (
                base + b1 * short + b2 * e2[i, lane] + b3 * e3[i, lane] + b4 * near[lane] + b5 * country[lane]
                + slope * min(_ONE, short * _PER_LN2) + lift[lane]
            )  # fmt: skip
            logit = min(_LIMIT, max(-_LIMIT, logit))
            at = ((first_future + np.uint64(lane)) << np.uint64(12)) | np.uint64(t)
            struck[lane] = uniform_at(family, at) * (_ONE + _exp(-logit)) < _ONE
        for lane in range(_LANES):
            if struck[lane]:
                ln_sigma = (
                    severity[0] + np.float32(0.3) * level[i] + severity[1] * e1[i, lane] + severity[2] * e2[i, lane]
                    + severity[3] * e3[i, lane] + severity[4] * country[lane] - sv * change[i, t] + weight_lift * lift[lane]
                )  # fmt: skip
                at = ((first_future + np.uint64(lane)) << np.uint64(12)) | np.uint64(t)
                ln_u = math.log(np.float64(uniform_at(key_size[i], at)))
                size = math.exp(np.float64(ln_sigma)) / xi * math.expm1(-xi * ln_u)
                hit_place[hits] = i
                hit_lane[hits] = lane
                hit_deaths[hits] = most if size >= most else 1 + np.int64(size)
                hits += 1
        for lane in range(_LANES):
            e2[i, lane] *= _D2
            e3[i, lane] *= _D3
    for i in range(areas):
        for lane in range(_LANES):
            e1[i, lane] *= _D1
    for h in range(hits):
        i, lane = hit_place[h], hit_lane[h]
        added = min(_BOUND, np.float32(math.log1p(np.float64(hit_deaths[h]))))
        e1[i, lane] += (_ONE - _D1) * added
        e2[i, lane] += (_ONE - _D2) * added
        e3[i, lane] += (_ONE - _D3) * added
    return hits


@njit(cache=True, nogil=True, error_model="numpy")
def _own_history(
    t: Any, first_future: Any, past: Any, key_any: Any, hit_place: Any, hit_lane: Any, hit_deaths: Any
) -> Any:
    """Draw each area's month from its own recent past, months equally likely and independent."""
    areas, depth = past.shape
    hits = 0
    for i in range(areas):
        for lane in range(_LANES):
            at = ((first_future + np.uint64(lane)) << np.uint64(12)) | np.uint64(t)
            deaths = past[i, np.int64(np.float64(uniform_at(key_any[i], at)) * depth)]
            if deaths > 0:
                hit_place[hits] = i
                hit_lane[hits] = lane
                hit_deaths[hits] = deaths
                hits += 1
    return hits


@njit(cache=True, nogil=True, error_model="numpy")
def run_blocks(
    first_block: Any, blocks: Any, from_past: Any,
    occurrence: Any, severity: Any, level: Any, pull: Any, lifts: Any, moves: Any,
    start_regime: Any, key_start: Any, key_regime: Any, start: Any,
    near_index: Any, near_weight: Any, change: Any, shock: Any, shift: Any, key_any: Any, key_size: Any,
    most: Any, past: Any, observed: Any, country_window: Any, country_bar: Any, area_window: Any, area_bar: Any, marks: Any,
    regimes: Any, months: Any, totals: Any, deaths: Any, square: Any, country_first: Any, country_spread: Any, area_first: Any,
    area_spread: Any, futures: Any,
) -> None:  # fmt: skip
    """
    Simulate a run of blocks and add them to the counts.

    Parameters
    ----------
    first_block, blocks
        Which blocks; they decide the random numbers.
    from_past
        Draw from the area's own past instead of the model.
    occurrence, severity, level, pull
        Parameters per block: b0..b5; c0..c5 and xi; alpha; kappa times (th_on, th_co, th_sv, phi). float32.
    lifts, moves
        The country's regime per block: a_0, a_1, a_2 and psi; and per month the chances of 0 to 1, 1 to 0, 1 to 2, 2 to 1,
        shape (blocks, horizon, 4). float32.
    start_regime, key_start, key_regime
        Probabilities of the regimes at the origin, (3,) float32, and the keys of that draw and of the monthly moves.
    start
        Memories at the origin, (3, areas) float32.
    near_index, near_weight
        Neighbours of each area and their weights, (areas, k).
    change, shock, shift
        Change of cover, withdrawal shock and shift of the odds, (areas, horizon) float32.
    key_any, key_size
        Keys of the two random families per area, uint64.
    most
        Cap on the deaths of one area-month.
    past
        Recent months of each area, (areas, depth) int64.
    observed
        The last 11 observed months, (areas, 11) int64.
    country_window, country_bar, area_window, area_bar
        Definitions: months and deaths, the areas' bars (definitions, areas).
    marks
        Months after the origin, growing.
    regimes .. area_spread
        The counts of `tally.Tally`, added to.
    futures
        Deaths of every future, (futures, areas, horizon), or empty when not wanted; filled from the first block given.
    """
    areas, horizon = change.shape
    behind = observed.shape[1]
    ring = behind + 1
    country_defs, area_defs = country_window.size, area_window.size
    room = areas * _LANES

    e1 = np.empty((areas, _LANES), np.float32)
    e2 = np.empty((areas, _LANES), np.float32)
    e3 = np.empty((areas, _LANES), np.float32)
    country = np.empty(_LANES, np.float32)
    near = np.empty(_LANES, np.float32)
    struck = np.empty(_LANES, np.bool_)
    regime = np.empty(_LANES, np.int64)
    lift = np.empty(_LANES, np.float32)
    hits = np.zeros(ring, np.int64)
    hit_place = np.empty((ring, room), np.int64)
    hit_lane = np.empty((ring, room), np.int64)
    hit_deaths = np.empty((ring, room), np.int64)
    total = np.empty((ring, _LANES), np.int64)
    whole = np.empty((areas + 1, _LANES), np.int64)
    of_block = np.empty((areas + 1, horizon + 1), np.int64)
    country_sum = np.empty((country_defs, _LANES), np.int64)
    area_sum = np.empty((area_defs, areas, _LANES), np.int64)
    country_met = np.empty((country_defs, _LANES), np.int64)
    area_met = np.empty((area_defs, areas, _LANES), np.int64)

    for b in range(blocks):
        first_future = np.uint64((first_block + b) * _LANES)
        for i in range(areas):
            e1[i, :] = start[0, i]
            e2[i, :] = start[1, i]
            e3[i, :] = start[2, i]
        if not from_past:
            _start_regime(first_future, key_start, start_regime, regime)
        whole[:] = 0
        of_block[:] = 0
        country_met[:] = horizon
        area_met[:] = horizon
        for d in range(country_defs):
            country_sum[d, :] = observed[:, behind - country_window[d] + 1 :].sum()
        for d in range(area_defs):
            for i in range(areas):
                area_sum[d, i, :] = observed[i, behind - area_window[d] + 1 :].sum()

        for t in range(horizon):
            now = t % ring
            if from_past:
                found = _own_history(t, first_future, past, key_any, hit_place[now], hit_lane[now], hit_deaths[now])
            else:
                _move_regime(t, first_future, key_regime, moves[b, t], regime)
                for lane in range(_LANES):
                    lift[lane] = lifts[b, regime[lane]]
                    regimes[t, regime[lane]] += 1
                found = _advance(
                    t, first_future, lift, lifts[b, 3], occurrence[b], severity[b], level[b], pull[b], near_index, near_weight,
                    change, shock, shift, key_any, key_size, most, e1, e2, e3, country, near, struck,
                    hit_place[now], hit_lane[now], hit_deaths[now],
                )  # fmt: skip
            hits[now] = found

            total[now, :] = 0
            for h in range(found):
                i, lane, y = hit_place[now, h], hit_lane[now, h], hit_deaths[now, h]
                total[now, lane] += y
                whole[i, lane] += y
                of_block[i, t] += y
                months[i, t, bin_of(y)] += 1
                for d in range(area_defs):
                    area_sum[d, i, lane] += y
                if futures.size > 0:
                    futures[b * _LANES + lane, i, t] = y
            for lane in range(_LANES):
                y = total[now, lane]
                whole[areas, lane] += y
                of_block[areas, t] += y
                months[areas, t, bin_of(y)] += 1

            for d in range(country_defs):
                for lane in range(_LANES):
                    country_sum[d, lane] += total[now, lane]
                    if country_sum[d, lane] >= country_bar[d] and country_met[d, lane] == horizon:
                        country_met[d, lane] = t
            # Only a violent month can lift a sum over its bar, except in the first month, when the observed ones may.
            for d in range(area_defs):
                if t == 0:
                    for i in range(areas):
                        for lane in range(_LANES):
                            if area_sum[d, i, lane] >= area_bar[d, i]:
                                area_met[d, i, lane] = 0
                for h in range(found):
                    i, lane = hit_place[now, h], hit_lane[now, h]
                    if area_sum[d, i, lane] >= area_bar[d, i] and area_met[d, i, lane] == horizon:
                        area_met[d, i, lane] = t

            # The month that leaves each window before the next one comes in.
            for d in range(country_defs):
                left = t - country_window[d] + 1
                if left >= 0:
                    for lane in range(_LANES):
                        country_sum[d, lane] -= total[left % ring, lane]
                else:
                    country_sum[d, :] -= observed[:, behind + left].sum()
            for d in range(area_defs):
                left = t - area_window[d] + 1
                if left >= 0:
                    for h in range(hits[left % ring]):
                        gone = left % ring
                        area_sum[d, hit_place[gone, h], hit_lane[gone, h]] -= hit_deaths[gone, h]
                else:
                    for i in range(areas):
                        area_sum[d, i, :] -= observed[i, behind + left]

        for i in range(areas + 1):
            for lane in range(_LANES):
                totals[i, bin_of(whole[i, lane])] += 1
            for t in range(horizon):
                of_block[i, horizon] += of_block[i, t]
            # Squares can pass 63 bits when summed: their two halves are summed apart.
            for t in range(horizon + 1):
                deaths[i, t] += of_block[i, t]
                squared = min(of_block[i, t], _ROOT) ** 2
                square[0, i, t] += squared & _LOW32
                square[1, i, t] += squared >> 32
        for d in range(country_defs):
            for lane in range(_LANES):
                country_first[d, country_met[d, lane]] += 1
            for k in range(marks.size):
                met = 0
                for lane in range(_LANES):
                    met += country_met[d, lane] < marks[k]
                country_spread[d, k, met] += 1
        for d in range(area_defs):
            for i in range(areas):
                for lane in range(_LANES):
                    area_first[d, i, area_met[d, i, lane]] += 1
                for k in range(marks.size):
                    met = 0
                    for lane in range(_LANES):
                        met += area_met[d, i, lane] < marks[k]
                    area_spread[d, i, k, met] += 1
