"""
The compiled heart of the futures: 32 futures at a time, month by month, counted as they happen.

A block's month goes through short loops, each over whole rows of 32 futures so that it runs on vectors: the country's
regime moves, every area-month is drawn violent or not, the violent ones are listed, their deaths drawn, memories fade and
take them in, and the list is booked into the counts. Everything here is plain numbers; meaning and checks live in
`futures`.

Only whole numbers leave a block, so the counts are the same for any number of threads. Float32 carries the memories (its
rounding is far below the doubt about parameters); sums run in a fixed order, and no operation is fused, so that a number's
bits depend neither on its place in a loop nor on the processor.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from exitplan.engine.stability.beliefs import LEVEL_SHARE
from exitplan.engine.stability.counters import state_at, uniform_of
from exitplan.engine.stability.memory import DECAYS
from exitplan.engine.stability.single import exp, expm1, ln, remembered
from exitplan.engine.stability.tally import EDGES, LANES

_D1, _D2, _D3 = (np.float32(d) for d in DECAYS)
_N1, _N2, _N3 = (np.float32(1.0 - d) for d in DECAYS)
_PER_LN2 = np.float32(1.0 / np.log(2.0))
_ONE, _ZERO = np.float32(1.0), np.float32(0.0)
_LEVEL_SHARE = np.float32(LEVEL_SHARE)
_LIMIT = np.float32(15.0)
_FAR = np.float32(80.0)
_MUCH = np.float32(2e9)
_LEAST = np.float32(1e-30)
_LANES = LANES
_SHIFT = np.uint32(LANES.bit_length() - 1)
_MASK = np.uint32(LANES - 1)
_EDGES = EDGES
_TABLE_SIZE = 4096
_TABLE = np.searchsorted(EDGES, np.arange(_TABLE_SIZE), side="right") - 1
_TABLE = _TABLE.astype(np.uint8)
_LOW32 = np.int64(0xFFFFFFFF)
_ROOT = np.int64(3_000_000_000)
NEAR_AT_ONCE = 4
"""Neighbours that one pass adds; their number per area is a multiple of it."""


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
def _begin(
    horizon: Any, start: Any, country_before: Any, area_before: Any, e1: Any, e2: Any, e3: Any, whole: Any, of_block: Any,
    country_inside: Any, country_met: Any, area_inside: Any, area_met: Any,
) -> None:  # fmt: skip
    """Put a block at the origin: memories, what the windows hold already, nothing counted, nothing met."""
    for i in range(e1.shape[0]):
        for lane in range(_LANES):
            e1[i, lane] = start[0, i]
            e2[i, lane] = start[1, i]
            e3[i, lane] = start[2, i]
    for at in range(whole.size):
        whole[at] = 0
    for i in range(of_block.shape[0]):
        for t in range(of_block.shape[1]):
            of_block[i, t] = 0
    for d in range(country_before.size):
        for lane in range(_LANES):
            country_inside[d, lane] = country_before[d]
            country_met[d, lane] = horizon
    for d in range(area_before.shape[0]):
        for at in range(area_inside.shape[1]):
            area_inside[d, at] = area_before[d, at // _LANES]
            area_met[d, at] = horizon


@njit(cache=True, nogil=True, error_model="numpy")
def _start_regime(future: Any, key_start: Any, start_regime: Any, regime: Any) -> None:
    """Draw the regime at the origin of every future of a block."""
    settled, tense = start_regime[0], start_regime[0] + start_regime[1]
    state = state_at(key_start, future, np.uint64(0))
    for lane in range(_LANES):
        u = uniform_of(state, lane)
        regime[lane] = np.int32(u >= settled) + np.int32(u >= tense)


@njit(cache=True, nogil=True, error_model="numpy")
def _move_regime(t: Any, future: Any, key_regime: Any, moves: Any, regime: Any, counts: Any) -> None:
    """Move the country of every future by a month. A high number moves up, a low one down, so worse odds never calm."""
    from_settled, to_settled, to_crisis, from_crisis = moves[t, 0], moves[t, 1], moves[t, 2], moves[t, 3]
    state = state_at(key_regime, future, np.uint64(t))
    tense = crisis = np.int64(0)
    for lane in range(_LANES):
        u = uniform_of(state, lane)
        was = regime[lane]
        up = ((was == 0) & (_ONE - u < from_settled)) | ((was == 1) & (_ONE - u < to_crisis))
        down = ((was == 1) & (u < to_settled)) | ((was == 2) & (u < from_crisis))
        now = was + np.int32(up) - np.int32(down)
        regime[lane] = now
        tense += now == 1
        crisis += now == 2
    counts[t, 0] += _LANES - tense - crisis
    counts[t, 1] += tense
    counts[t, 2] += crisis


@njit(cache=True, nogil=True, error_model="numpy")
def _of_the_country(
    occurrence: Any, severity: Any, lifts: Any, regime: Any, e1: Any, country: Any, common: Any, ln_sigma: Any
) -> None:
    """What all areas of a future share: its part of the odds and of ln sigma."""
    areas = e1.shape[0]
    spare = areas % 4
    for lane in range(_LANES):
        country[lane] = _ZERO
    for i in range(spare):
        for lane in range(_LANES):
            country[lane] += e1[i, lane]
    for i in range(spare, areas, 4):
        for lane in range(_LANES):
            country[lane] += (e1[i, lane] + e1[i + 1, lane]) + (e1[i + 2, lane] + e1[i + 3, lane])
    share, b5, c0, c5, psi = _ONE / np.float32(areas), occurrence[5], severity[0], severity[4], lifts[3]
    for lane in range(_LANES):
        lift = lifts[np.uint32(regime[lane])]
        common[lane] = b5 * (share * country[lane]) + lift
        ln_sigma[lane] = c0 + c5 * (share * country[lane]) + psi * lift


@njit(cache=True, nogil=True, error_model="numpy")
def _of_the_areas(
    t: Any, occurrence: Any, level: Any, pull: Any, change: Any, shock: Any, shift: Any, base: Any, slope: Any, own: Any
) -> None:
    """What all futures of an area share in a month: base of the odds, its slope in A, and its part of ln sigma."""
    b0, on, continued, sv, phi = occurrence[0], pull[0], pull[1], pull[2], pull[3]
    for i in range(level.size):
        base[i] = b0 + level[i] + shift[t, i] + phi * shock[t, i] - on * change[t, i]
        slope[i] = (on - continued) * change[t, i]
        own[i] = _LEVEL_SHARE * level[i] - sv * change[t, i]


@njit(cache=True, nogil=True, error_model="numpy")
def _decide(
    t: Any, horizon: Any, earliest: Any, calm: Any, order: Any, slots: Any, pause: Any, regime: Any, streak: Any, used: Any,
    left: Any,
) -> None:  # fmt: skip
    """Which areas are left this month in which futures, by what was seen before it."""
    never = horizon
    for lane in range(_LANES):
        used[lane] = 0
    for i in order:
        if t >= earliest[i]:
            for lane in range(_LANES):
                at = i * _LANES + lane
                goes = (left[at] == never) & (streak[at] >= calm[i]) & (used[lane] < slots)
                goes &= (regime[lane] != 2) | (not pause)
                left[at] = t if goes else left[at]
                used[lane] += np.int64(goes)


@njit(cache=True, nogil=True, error_model="numpy")
def _move_regime_apart(
    t: Any, future: Any, key_regime: Any, drive: Any, switches: Any, stay: Any, gone: Any, shocks: Any, left: Any,
    change: Any, shock: Any, regime: Any, counts: Any,
) -> None:  # fmt: skip
    """As `_move_regime`, with the country's cover of each future by itself; float64, as the moves of a calendar plan are."""
    l01, l10, l12, l21, on_cover, on_shock = drive[0], drive[1], drive[2], drive[3], drive[4], drive[5]
    for lane in range(_LANES):
        change[lane] = 0.0
        shock[lane] = 0.0
    for i in range(stay.shape[1]):
        for lane in range(_LANES):
            month = left[i * _LANES + lane]
            change[lane] += gone[t, i] if month <= t else stay[t, i]
            shock[lane] += shocks[month, t, i]
    state = state_at(key_regime, future, np.uint64(t))
    for lane in range(_LANES):
        u, was = uniform_of(state, lane), regime[lane]
        up = switches[t] - on_cover * change[lane] + on_shock * shock[lane]
        if was == 0:
            regime[lane] = np.int32(_ONE - u < np.float32(1.0 / (1.0 + math.exp(-(l01 + up)))))
        elif was == 2:
            regime[lane] = np.int32(2) - np.int32(u < np.float32(1.0 / (1.0 + math.exp(-(l21 - up)))))
        else:
            calmer = math.exp(max(-60.0, min(60.0, l10 - up)))
            worse = math.exp(max(-60.0, min(60.0, l12 + up)))
            stays = 1.0 + calmer + worse
            upwards, downwards = _ONE - u < np.float32(worse / stays), u < np.float32(calmer / stays)
            regime[lane] = np.int32(1) + np.int32(upwards) - np.int32(downwards)
        counts[t, regime[lane]] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _of_the_areas_apart(
    t: Any, occurrence: Any, level: Any, pull: Any, stay: Any, gone: Any, shocks: Any, shift: Any, left: Any,
    base: Any, slope: Any, own: Any,
) -> None:  # fmt: skip
    """As `_of_the_areas`, for each future by itself."""
    b0, on, continued, sv, phi = occurrence[0], pull[0], pull[1], pull[2], pull[3]
    for i in range(level.size):
        for at in range(i * _LANES, (i + 1) * _LANES):
            change = gone[t, i] if left[at] <= t else stay[t, i]
            base[at] = b0 + level[i] + shift[t, i] + phi * shocks[left[at], t, i] - on * change
            slope[at] = (on - continued) * change
            own[at] = _LEVEL_SHARE * level[i] - sv * change


@njit(cache=True, nogil=True, error_model="numpy")
def _watch(now: Any, found: Any, place: Any, deaths: Any, bar: Any, streak: Any) -> None:
    """Count calm months in a row, for every area and future."""
    for at in range(streak.size):
        streak[at] += 1
    for h in range(found):
        at = place[now, h]
        if deaths[now, h] > bar[at >> _SHIFT]:
            streak[at] = 0


@njit(cache=True, nogil=True, error_model="numpy")
def _draw_luck(t: Any, future: Any, keys: Any, luck: Any) -> None:
    """One uniform number per area and future."""
    for i in range(keys.size):
        state = state_at(keys[i], future, np.uint64(t))
        for lane in range(_LANES):
            luck[i, lane] = uniform_of(state, lane)


@njit(cache=True, nogil=True, error_model="numpy")
def _strike(
    occurrence: Any, base: Any, slope: Any, common: Any, near_index: Any, near_weight: Any, e1: Any, e2: Any, e3: Any,
    luck: Any, crowd: Any, steep: Any, logits: Any, struck: Any,
) -> None:  # fmt: skip
    """
    Which area-months are violent: struck becomes 0 or 1. Base and slope are those of an area, or of each of its futures.

    Odds first, luck after, in whole numbers as wide as the odds: in one loop, or with narrower ones, it takes twice as long.
    """
    b1, b2, b3, b4 = occurrence[1], occurrence[2], occurrence[3], occurrence[4]
    areas, last = e1.shape[0], near_index.shape[1] - NEAR_AT_ONCE
    for i in range(areas):
        if base.size > areas:
            for lane in range(_LANES):
                crowd[lane] = common[lane] + base[i * _LANES + lane]
                steep[lane] = slope[i * _LANES + lane]
        else:
            for lane in range(_LANES):
                crowd[lane] = common[lane] + base[i]
                steep[lane] = slope[i]
        for k in range(0, last, NEAR_AT_ONCE):
            j0, j1, j2, j3 = near_index[i, k], near_index[i, k + 1], near_index[i, k + 2], near_index[i, k + 3]
            w0, w1, w2, w3 = near_weight[i, k], near_weight[i, k + 1], near_weight[i, k + 2], near_weight[i, k + 3]
            for lane in range(_LANES):
                crowd[lane] += b4 * (w0 * e1[j0, lane] + w1 * e1[j1, lane] + w2 * e1[j2, lane] + w3 * e1[j3, lane])
        j0, j1, j2, j3 = near_index[i, last], near_index[i, last + 1], near_index[i, last + 2], near_index[i, last + 3]
        w0, w1 = b4 * near_weight[i, last], b4 * near_weight[i, last + 1]
        w2, w3 = b4 * near_weight[i, last + 2], b4 * near_weight[i, last + 3]
        for lane in range(_LANES):
            short = e1[i, lane]
            near = w0 * e1[j0, lane] + w1 * e1[j1, lane] + w2 * e1[j2, lane] + w3 * e1[j3, lane]
            logit = b1 * short + b2 * e2[i, lane] + b3 * e3[i, lane] + near + crowd[lane]
            logits[i * _LANES + lane] = logit + steep[lane] * min(_ONE, short * _PER_LN2)
    for at in range(logits.size):
        logit = min(_LIMIT, max(-_LIMIT, logits[at]))
        struck[at] = luck[at] * (_ONE + exp(-logit)) < _ONE


@njit(cache=True, nogil=True, error_model="numpy")
def _list(now: Any, struck: Any, place: Any) -> Any:
    """List the places (area times 32 plus future) that were struck; returns how many. Each is written, the struck are kept."""
    found = np.uint64(0)
    for at in range(struck.size):
        place[now, found] = at
        found += struck[at]
    return np.int64(found)


@njit(cache=True, nogil=True, error_model="numpy")
def _sizes(
    t: Any, future: Any, now: Any, found: Any, place: Any, severity: Any, own: Any, ln_sigma: Any, keys: Any, most: Any,
    e1: Any, e2: Any, e3: Any, scale: Any, luck: Any, deaths: Any,
) -> None:  # fmt: skip
    """Draw the deaths of the listed area-months: 1 + floor(sigma / xi (U^-xi - 1)), at most `most`."""
    c1, c2, c3, xi = severity[1], severity[2], severity[3], severity[5]
    apart = _SHIFT if own.size * _LANES == e1.size else np.uint32(0)
    for h in range(found):
        at = place[now, h]
        scale[h] = own[at >> apart] + ln_sigma[at & _MASK] + c1 * e1[at] + c2 * e2[at] + c3 * e3[at]
    for h in range(found):
        at = place[now, h]
        luck[h] = uniform_of(state_at(keys[at >> _SHIFT], future, np.uint64(t)), at & _MASK)
    per_xi, ceiling = _ONE / xi, np.int32(most)
    for h in range(found):
        size = exp(max(-_FAR, min(_FAR, scale[h]))) * per_xi * expm1(min(_FAR, -xi * ln(luck[h])))
        deaths[now, h] = min(ceiling, np.int32(np.int32(1) + np.int32(min(_MUCH, size))))


@njit(cache=True, nogil=True, error_model="numpy")
def _own_history(t: Any, future: Any, now: Any, past: Any, key_any: Any, place: Any, deaths: Any) -> Any:
    """Draw each area's month from its own recent past, months equally likely and independent; returns how many had deaths."""
    areas, depth = past.shape
    found = 0
    for i in range(areas):
        state = state_at(key_any[i], future, np.uint64(t))
        for lane in range(_LANES):
            drawn = past[i, np.int64(np.float64(uniform_of(state, lane)) * depth)]
            if drawn > 0:
                place[now, found] = i * _LANES + lane
                deaths[now, found] = drawn
                found += 1
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _remember(now: Any, found: Any, place: Any, deaths: Any, e1: Any, e2: Any, e3: Any) -> None:
    """Let the memories fade and take the month in. They end a hair above zero, where float32 is still fast."""
    for at in range(e1.size):
        e1[at] = max(_LEAST, _D1 * e1[at])
    for at in range(e2.size):
        e2[at] = max(_LEAST, _D2 * e2[at])
    for at in range(e3.size):
        e3[at] = max(_LEAST, _D3 * e3[at])
    for h in range(found):
        at, added = place[now, h], remembered(deaths[now, h])
        e1[at] += _N1 * added
        e2[at] += _N2 * added
        e3[at] += _N3 * added


@njit(cache=True, nogil=True, error_model="numpy")
def _book(
    t: Any, now: Any, found: Any, place: Any, deaths: Any, total: Any, whole: Any, of_block: Any, months: Any
) -> None:
    """Book a month's violent area-months: by bin, by block, by future. Bin 0 of an area is filled by difference at the end."""
    areas = of_block.shape[0] - 1
    for lane in range(_LANES):
        total[now, lane] = 0
    for h in range(found):
        at, y = place[now, h], np.int64(deaths[now, h])
        i = at >> _SHIFT
        total[now, at & _MASK] += y
        whole[at] += y
        of_block[i, t] += y
        months[i, t, bin_of(y)] += 1
    for lane in range(_LANES):
        whole[areas * _LANES + lane] += total[now, lane]
        of_block[areas, t] += total[now, lane]
    for lane in range(_LANES):
        months[areas, t, bin_of(total[now, lane])] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _meet_country(
    t: Any, d: Any, never: Any, window: Any, bar: Any, observed: Any, total: Any, inside: Any, met: Any
) -> None:
    """Move a definition's sums over the country by a month, and note the futures that meet it first."""
    ring, left = total.shape[0], t - window[d] + 1
    for lane in range(_LANES):
        inside[d, lane] += total[t % ring, lane]
        met[d, lane] = t if (inside[d, lane] >= bar[d]) & (met[d, lane] == never) else met[d, lane]
    # The month that leaves the window before the next one comes in.
    for lane in range(_LANES):
        inside[d, lane] -= total[left % ring, lane] if left >= 0 else observed[observed.size + left]


@njit(cache=True, nogil=True, error_model="numpy")
def _meet_area(
    t: Any, d: Any, never: Any, window: Any, bar: Any, observed: Any, found: Any, place: Any, deaths: Any, inside: Any,
    met: Any,
) -> None:  # fmt: skip
    """The same for every area, from the lists of violent area-months (a ring of months)."""
    ring, left = place.shape[0], t - window[d] + 1
    now = t % ring
    areas, behind = observed.shape
    # Only a violent month can lift a sum over its bar, except in the first month, when the observed ones may.
    if t == 0:
        for i in range(areas):
            if inside[d, i * _LANES] >= bar[d, i]:
                for at in range(i * _LANES, (i + 1) * _LANES):
                    met[d, at] = 0
    for h in range(found[now]):
        at = place[now, h]
        summed, before = inside[d, at] + deaths[now, h], met[d, at]
        inside[d, at] = summed
        met[d, at] = t if (summed >= bar[d, at >> _SHIFT]) & (before == never) else before
    if left >= 0:
        gone = left % ring
        for h in range(found[gone]):
            inside[d, place[gone, h]] -= deaths[gone, h]
    else:
        for i in range(areas):
            if observed[i, behind + left] != 0:
                for at in range(i * _LANES, (i + 1) * _LANES):
                    inside[d, at] -= observed[i, behind + left]


@njit(cache=True, nogil=True, error_model="numpy")
def _count_met(met: Any, marks: Any, first: Any, spread: Any) -> None:
    """
    Count a block by the months in which its futures met a definition, and by how many had by each mark.

    Of every unit (the country, or each area): `met` holds 32 futures a unit.
    """
    for unit in range(first.shape[0]):
        for at in range(unit * _LANES, (unit + 1) * _LANES):
            first[unit, met[at]] += 1
        for k in range(marks.size):
            by = 0
            for at in range(unit * _LANES, (unit + 1) * _LANES):
                by += met[at] < marks[k]
            spread[unit, k, by] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _close(whole: Any, of_block: Any, totals: Any, deaths: Any, square: Any) -> None:
    """Add a finished block: each future's deaths over the whole horizon, and the block's, with their squares."""
    places, horizon = of_block.shape[0], of_block.shape[1] - 1
    for i in range(places):
        for lane in range(_LANES):
            totals[i, bin_of(whole[i * _LANES + lane])] += 1
        for t in range(horizon):
            of_block[i, horizon] += of_block[i, t]
        # Squares can pass 63 bits when summed: their two halves are summed apart.
        for t in range(horizon + 1):
            deaths[i, t] += of_block[i, t]
            most = min(of_block[i, t], _ROOT)
            square[0, i, t] += (most * most) & _LOW32
            square[1, i, t] += (most * most) >> 32


@njit(cache=True, nogil=True, error_model="numpy")
def run_blocks(
    first_block: Any, blocks: Any, from_past: Any,
    occurrence: Any, severity: Any, level: Any, pull: Any, lifts: Any, moves: Any, drives: Any,
    start_regime: Any, key_start: Any, key_regime: Any, start: Any,
    near_index: Any, near_weight: Any, change: Any, shock: Any, shift: Any, key_any: Any, key_size: Any,
    most: Any, past: Any, observed: Any, observed_country: Any, country_before: Any, area_before: Any,
    gated: Any, earliest: Any, calm: Any, bar: Any, order: Any, slots: Any, pause: Any, first_streak: Any, gone: Any,
    shocks: Any, people_stay: Any, people_gone: Any, people_shocks: Any, switches: Any,
    country_window: Any, country_bar: Any, area_window: Any, area_bar: Any, marks: Any,
    regimes: Any, leaving: Any, months: Any, totals: Any, deaths: Any, square: Any, country_first: Any, country_spread: Any, area_first: Any,
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
    drives
        What the moves are made of, per block: L01, L10, L12, L21 and kappa times (th_rg, phi_r). float64.
    start_regime, key_start, key_regime
        Probabilities of the regimes at the origin, (3,) float32, and the keys of that draw and of the monthly moves.
    start
        Memories at the origin, (3, areas) float32.
    near_index, near_weight
        Neighbours of each area and their weights, (areas, k), k a multiple of `NEAR_AT_ONCE`.
    change, shock, shift
        Change of cover, withdrawal shock and shift of the odds, (horizon, areas) float32.
    key_any, key_size
        Keys of the two random families per area, uint64.
    most
        Cap on the deaths of one area-month, below 2e9.
    past
        Recent months of each area, (areas, depth) int64.
    observed
        The last 11 observed months, (areas, 11) int64.
    observed_country, country_before, area_before
        Their sum over areas, (11,), and what the window of each definition holds before the first month, (definitions,) and
        (definitions, areas); int64.
    gated
        Whether areas are left by a policy. Without one, what follows up to `switches` is not looked at.
    earliest, calm, bar, order, slots, pause
        The policy: months counted from zero, months in a row, deaths, and the areas' positions, (areas,) int64; areas a
        month; whether a crisis holds everybody back.
    first_streak
        Calm months in a row up to the origin, (areas,) int64.
    gone, shocks
        Change of cover once an area was left, (horizon, areas), and the shock by month of leaving, the last being never,
        (horizon + 1, horizon, areas); float32. `change` is then that of an area still held.
    people_stay, people_gone, people_shocks
        The same three times each area's share of the people, float64.
    switches
        Logits of the country's moves, (horizon,) float64.
    country_window, country_bar, area_window, area_bar
        Definitions: months and deaths, the areas' bars (definitions, areas).
    marks
        Months after the origin, growing.
    regimes .. area_spread
        The counts of `tally.Tally`, added to.
    futures
        Deaths of every future, (futures, areas, horizon), or empty when not wanted; filled from the first block given.
    """
    horizon, areas = change.shape
    behind = observed.shape[1]
    ring = behind + 1
    country_defs, area_defs = country_window.size, area_window.size
    room = areas * _LANES

    e1 = np.empty((areas, _LANES), np.float32)
    e2 = np.empty((areas, _LANES), np.float32)
    e3 = np.empty((areas, _LANES), np.float32)
    country = np.empty(_LANES, np.float32)
    ln_sigma = np.empty(_LANES, np.float32)
    common = np.empty(_LANES, np.float32)
    crowd = np.empty(_LANES, np.float32)
    steep = np.empty(_LANES, np.float32)
    apart = room if gated else areas
    base = np.empty(apart, np.float32)
    slope = np.empty(apart, np.float32)
    own = np.empty(apart, np.float32)
    left = np.full(room, horizon, np.int64)
    streak = np.zeros(room, np.int64)
    used = np.empty(_LANES, np.int64)
    country_change = np.empty(_LANES, np.float64)
    country_shock = np.empty(_LANES, np.float64)
    luck = np.empty((areas, _LANES), np.float32)
    regime = np.empty(_LANES, np.int32)
    logits = np.empty(room, np.float32)
    struck = np.empty(room, np.uint32)
    scale = np.empty(room, np.float32)
    found = np.zeros(ring, np.int64)
    place = np.empty((ring, room), np.uint32)
    hit = np.empty((ring, room), np.int32)
    total = np.empty((ring, _LANES), np.int64)
    whole = np.empty(room + _LANES, np.int64)
    of_block = np.empty((areas + 1, horizon + 1), np.int64)
    country_inside = np.empty((country_defs, _LANES), np.int64)
    area_inside = np.empty((area_defs, room), np.int32)
    country_met = np.empty((country_defs, _LANES), np.int16)
    area_met = np.empty((area_defs, room), np.int16)
    flat1, flat2, flat3 = e1.reshape(-1), e2.reshape(-1), e3.reshape(-1)
    flat_luck = luck.reshape(-1)

    for b in range(blocks):
        future = np.uint64((first_block + b) * _LANES)
        _begin(
            horizon, start, country_before, area_before, e1, e2, e3, whole, of_block, country_inside, country_met,
            area_inside, area_met,
        )  # fmt: skip
        if not from_past:
            _start_regime(future, key_start, start_regime, regime)
        if gated:
            for at in range(room):
                left[at] = horizon
                streak[at] = first_streak[at // _LANES]
        occurs, severe, leveled, pulled = occurrence[b], severity[b], level[b], pull[b]
        lifted, moved = lifts[b], moves[b]
        for t in range(horizon):
            now = t % ring
            if from_past:
                found[now] = _own_history(t, future, now, past, key_any, place, hit)
            else:
                if gated:
                    _decide(t, horizon, earliest, calm, order, slots, pause, regime, streak, used, left)
                    _move_regime_apart(
                        t, future, key_regime, drives[b], switches, people_stay, people_gone, people_shocks, left,
                        country_change, country_shock, regime, regimes,
                    )  # fmt: skip
                    _of_the_areas_apart(
                        t, occurs, leveled, pulled, change, gone, shocks, shift, left, base, slope, own
                    )  # fmt: skip
                else:
                    _move_regime(t, future, key_regime, moved, regime, regimes)
                    _of_the_areas(t, occurs, leveled, pulled, change, shock, shift, base, slope, own)
                _of_the_country(occurs, severe, lifted, regime, e1, country, common, ln_sigma)
                _draw_luck(t, future, key_any, luck)
                _strike(
                    occurs, base, slope, common, near_index, near_weight, e1, e2, e3, flat_luck, crowd, steep, logits,
                    struck,
                )  # fmt: skip
                found[now] = _list(now, struck, place)
                _sizes(
                    t, future, now, found[now], place, severe, own, ln_sigma, key_size, most, flat1, flat2, flat3,
                    scale, flat_luck, hit,
                )  # fmt: skip
                _remember(now, found[now], place, hit, flat1, flat2, flat3)
                if gated:
                    _watch(now, found[now], place, hit, bar, streak)
            _book(t, now, found[now], place, hit, total, whole, of_block, months)
            for d in range(country_defs):
                _meet_country(
                    t, d, horizon, country_window, country_bar, observed_country, total, country_inside, country_met
                )
            for d in range(area_defs):
                _meet_area(t, d, horizon, area_window, area_bar, observed, found, place, hit, area_inside, area_met)
            if futures.size > 0:
                for h in range(found[now]):
                    at = place[now, h]
                    futures[b * _LANES + (at & _MASK), at >> _SHIFT, t] = hit[now, h]

        if gated:
            for at in range(room):
                leaving[at // _LANES, left[at]] += 1
        _close(whole, of_block, totals, deaths, square)
        for d in range(country_defs):
            _count_met(country_met[d], marks, country_first[d : d + 1], country_spread[d : d + 1])
        for d in range(area_defs):
            _count_met(area_met[d], marks, area_first[d], area_spread[d])
