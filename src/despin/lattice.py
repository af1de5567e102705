"""A lattice: all ways a stretch of text may have read, weighed together by forward-backward.

A state is a place and the two words before it. The costs of all words that may follow are asked for at
once, so that they can be looked up for many lattices together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

#: Paths this much (in nats) behind the best at the same word are dropped.
BEAM = 9.0
#: So few states at a word are not worth pruning.
_FEW = 4
#: Less than any state that is reached.
_UNREACHED = -1e300


class Way(NamedTuple):
    """What may stand at a word: the word itself, or a reading of a slot that begins there."""

    #: How many words of the text it stands for, and what it says.
    width: int
    words: list[int]
    #: What it is worth beside its context (ln).
    worth: float
    #: The slot and its reading; the slot is -1 for the word itself.
    slot: int = -1
    reading: int = 0


class _State:
    """A place and the two words before it: ln of all paths that lead there, and from there on."""

    __slots__ = ("alpha", "beta")

    def __init__(self, alpha: float = -math.inf, beta: float = -math.inf) -> None:
        """Start where no path leads."""
        self.alpha = alpha
        self.beta = beta


class Lattice:
    """The lattice over a stretch of text."""

    def __init__(self, first: int, second: int, ways: Sequence[Sequence[Way]]) -> None:
        """Lay out the ``ways`` at each word, behind the words ``first`` and ``second``."""
        #: Each word that may follow two others, as ids: what costs are asked for, in this order.
        self.asked: list[tuple[int, int, int]] = []
        asked = self.asked
        layers: list[dict[tuple[int, int], _State]] = [{} for _ in range(len(ways) + 1)]
        layers[0][first, second] = _State(alpha=0.0)
        self._layers = layers
        #: From each layer on: its states and the next, how many words lie between, worth, slot and reading.
        self._edges: list[list[tuple[_State, _State, int, float, int, int]]] = []
        for at, open_ in enumerate(ways):
            edges = []
            for (before, previous), source in layers[at].items():
                for width, words, worth, slot, reading in open_:
                    left, right = before, previous
                    for word in words:
                        asked.append((left, right, word))
                        left, right = right, word
                    layer = layers[at + width]
                    target = layer.get((left, right))
                    if target is None:
                        target = layer[left, right] = _State()
                    edges.append((source, target, len(words), worth, slot, reading))
            self._edges.append(edges)

    def posteriors(self, costs: Iterator[int], weight: float) -> dict[tuple[int, int], float]:
        """Return the probability of each reading, by slot and number, that any path goes through.

        ``costs`` has the cost of each word that was ``asked`` for, ``weight`` is ln for one of it.
        """
        paths = self._forward(costs, weight)
        for state in (final := self._layers[-1].values()):
            state.beta = 0.0
        total = log_sum([state.alpha for state in final])
        found: dict[tuple[int, int], float] = {}
        for source, target, value, slot, reading in reversed(paths):
            if target.beta == -math.inf:  # it was dropped
                continue
            through = value + target.beta
            source.beta = _add(source.beta, through)
            if slot >= 0:
                share = math.exp(min(source.alpha + through - total, 0.0))
                found[slot, reading] = found.get((slot, reading), 0.0) + share
        return found

    def _forward(self, costs: Iterator[int], weight: float) -> list[tuple[_State, _State, float, int, int]]:
        """Return the edges that are on a path, and what each is worth with its context."""
        paths = []
        for layer, edges in zip(self._layers, self._edges, strict=False):
            floor = _UNREACHED
            reached = [state.alpha for state in layer.values() if state.alpha > _UNREACHED]
            if len(reached) >= _FEW:
                floor = max(reached) - BEAM
            for source, target, count, worth, slot, reading in edges:
                steps = next(costs) if count == 1 else sum(islice(costs, count))
                if source.alpha >= floor:
                    value = worth - weight * steps
                    target.alpha = _add(target.alpha, source.alpha + value)
                    paths.append((source, target, value, slot, reading))
        return paths


def log_sum(values: Sequence[float]) -> float:
    """Return ln of the sum of what ``values`` are the ln of."""
    total = -math.inf
    for value in values:
        total = _add(total, value)
    return total


def _add(left: float, right: float) -> float:
    """Return ln(e^left + e^right)."""
    if left < right:
        left, right = right, left
    gap = right - left
    return left if gap < -30 else left + math.log1p(math.exp(gap))
