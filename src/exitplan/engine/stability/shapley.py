"""
Shares of a total among players who only act together: the Shapley value.

    phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! [v(S + i) - v(S)]

The mean of what a player adds over all orders in which the players may come. The shares add up to v(all) - v(none); a player
who never adds anything gets nothing; two who always add alike get alike.

References
----------
.. [1] Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial

from exitplan.engine.stability.panel import Floats

Worth = Callable[[frozenset[str]], Floats]


def shapley(players: Sequence[str], worth: Worth) -> dict[str, Floats]:
    """
    The share of each player.

    Parameters
    ----------
    players
        Names, each once.
    worth
        What a coalition brings, as an array of any one shape (a future's luck at each place, say); asked once for every
        coalition, so 2^n times for n players.

    Returns
    -------
    dict
        By player, in their order, arrays of that shape.
    """
    n = len(players)
    found = {frozenset(s): worth(frozenset(s)) for size in range(n + 1) for s in combinations(players, size)}
    shares: dict[str, Floats] = {}
    for player in players:
        others = [p for p in players if p != player]
        parts = [
            factorial(size)
            * factorial(n - size - 1)
            / factorial(n)
            * (found[frozenset({*s, player})] - found[frozenset(s)])
            for size in range(n)
            for s in combinations(others, size)
        ]
        shares[player] = sum(parts[1:], parts[0])
    return shares
