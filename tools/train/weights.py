"""Training the ranker: a softmax over the readings of a slot, by AdaGrad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from tools.train.examples import Examples

from despin.batch import Costs, feature_matrix
from despin.context import STEP, ContextModel
from despin.decode import CONTEXT_WEIGHT
from despin.ranker import CANDIDATE, FINISH

#: Nats per unit of a weight, once it is rounded to a byte.
WEIGHT_STEP = 1 / 32
#: The rate that the examples' scores assume.
_RATE = 0.3
_LEARNING_RATE = 0.05
_SHAPES = 4
_CHUNK = 400_000


@dataclass
class Weights:
    """The hashed weights, those of the four shapes, and AdaGrad's sums of squares."""

    hashed: NDArray[np.float32]
    squares: NDArray[np.float32]
    shapes: NDArray[np.float64]
    shape_squares: NDArray[np.float64]

    @classmethod
    def zero(cls, bits: int) -> Weights:
        """Return weights that change nothing."""
        size = 1 << bits
        return cls(
            np.zeros(size, np.float32),
            np.ones(size, np.float32),
            np.zeros(3 * _SHAPES),
            np.full(3 * _SHAPES, 1e3),
        )

    @property
    def shift(self) -> np.uint64:
        """Bits to drop from a hash to index the table."""
        return np.uint64(64 - (len(self.hashed).bit_length() - 1))

    def rounded(self) -> NDArray[np.int8]:
        """Return the hashed weights in bytes."""
        return np.clip(np.round(self.hashed / WEIGHT_STEP), -127, 127).astype(np.int8)

    def as_shipped(self) -> Weights:
        """Return the weights as they are after rounding."""
        hashed = self.rounded().astype(np.float32) * np.float32(WEIGHT_STEP)
        return Weights(hashed, self.squares, self.shapes, self.shape_squares)


@dataclass
class Prepared:
    """Examples with the scores that need no training."""

    examples: Examples
    starts: NDArray[np.int64]
    base: NDArray[np.float32]
    #: The gain of the context and the channel of each candidate, and its shape.
    gain: NDArray[np.float32]
    shape: NDArray[np.int8]


def prepare(examples: Examples, context: ContextModel) -> Prepared:
    """Score ``examples`` by channel and context; ``context`` must not have seen their articles."""
    counts = examples.candidates.astype(np.int64)
    starts = np.cumsum(counts) - counts
    slots = np.repeat(np.arange(len(counts)), counts)
    kept = np.zeros(len(slots), bool)
    kept[starts] = True
    first, last = examples.first.astype(np.int64), examples.last.astype(np.int64)
    lengths = examples.lengths.astype(np.int64)
    steps = Costs(context).gains(
        examples.ids.astype(np.int64),
        first,
        last,
        slots[~kept],
        examples.words.astype(np.int64),
        lengths[~kept],
    )
    gain = np.zeros(len(slots), np.float32)
    gain[~kept] = steps * STEP
    base = np.where(kept, np.log(1 - _RATE), CONTEXT_WEIGHT * gain + examples.channel + np.log(_RATE))
    shape = np.where(kept, -1, 2 * ((last - first)[slots] > 1) + (lengths > 1)).astype(np.int8)
    return Prepared(examples, starts, base.astype(np.float32), gain, shape)


def epoch(weights: Weights, data: Prepared, rate: float = _LEARNING_RATE) -> float:
    """Go once over ``data`` and learn; return the mean log loss before each step. Rate 0 only measures."""
    total, chance = 0.0, np.random.default_rng(1)
    count = len(data.starts)
    bounds = range(0, count, _CHUNK)
    for start in bounds:
        rows = np.arange(start, min(start + _CHUNK, count))
        features = _features(data.examples, rows)
        order = chance.permutation(len(rows)) if rate else np.arange(len(rows))
        total += _learn(
            weights.hashed, weights.squares, weights.shapes, weights.shape_squares, order, features,
            data.examples.key, data.starts[rows], data.examples.candidates[rows], data.examples.label[rows],
            data.base, data.gain, data.examples.channel, data.shape, weights.shift, rate,
        )  # fmt: skip
    return total / max(count, 1)


def _features(examples: Examples, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    first, last = examples.first[rows].astype(np.int64), examples.last[rows].astype(np.int64)
    low, high = max(int(first.min()) - 64, 0), int(last.max()) + 64
    words = (examples.ids, examples.endings, examples.clusters, examples.marks)
    padded = [column[low:high].astype(np.uint64) for column in words]
    return feature_matrix(
        padded[0], padded[1], padded[2], padded[3],
        first - low, last - low,
        examples.topic[rows].astype(np.uint64), examples.witness[rows].astype(np.uint64),
    )  # fmt: skip


@numba.njit(cache=True)
def _score(weights, shapes, at, key, features, base, gain, channel, kind, shift):  # type: ignore[no-untyped-def] # fmt: skip
    """Return the score of candidate ``at`` with the ``features`` of its slot."""
    total = base[at]
    start = np.uint64(key[at]) * np.uint64(CANDIDATE)
    for feature in features:
        if feature:
            total += weights[((start + feature) * np.uint64(FINISH)) >> shift]
    if kind >= 0:
        total += shapes[3 * kind] * gain[at] + shapes[3 * kind + 1] * channel[at] + shapes[3 * kind + 2]
    return total


@numba.njit(cache=True)
def _step(weights, squares, start, features, gradient, shift, rate):  # type: ignore[no-untyped-def]
    """Move the hashed weights of one candidate against its ``gradient``."""
    for feature in features:
        if feature:
            at = ((start + feature) * np.uint64(FINISH)) >> shift
            squares[at] += gradient * gradient
            weights[at] -= rate * gradient / np.sqrt(squares[at])


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _learn(  # type: ignore[no-untyped-def]
    weights, squares, shapes, shape_squares, order, features, key, starts, candidates, label,
    base, gain, channel, shape, shift, rate,
) -> Any:  # fmt: skip
    """Run AdaGrad over the slots in ``order``; return the summed log loss."""
    loss = 0.0
    scores = np.zeros(256)
    for slot in order:
        begin, count, row = starts[slot], candidates[slot], features[slot]
        for c in range(count):
            at = begin + c
            scores[c] = _score(weights, shapes, at, key, row, base, gain, channel, shape[at], shift)
        scores[:count] = np.exp(scores[:count] - scores[:count].max())
        scores[:count] /= scores[:count].sum()
        loss -= np.log(max(scores[label[slot]], 1e-12))
        if rate == 0.0:
            continue
        for c in range(count):
            gradient = scores[c] - (1.0 if c == label[slot] else 0.0)
            if abs(gradient) < 1e-3:
                continue
            at = begin + c
            if shape[at] >= 0:
                slopes = gradient * np.array([gain[at], channel[at], 1.0])
                own = slice(3 * shape[at], 3 * shape[at] + 3)
                shape_squares[own] += slopes * slopes
                shapes[own] -= rate * slopes / np.sqrt(shape_squares[own])
            _step(weights, squares, np.uint64(key[at]) * np.uint64(CANDIDATE), row, gradient, shift, rate)
    return loss
