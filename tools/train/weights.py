"""Training the ranker, and going on with the word vectors: a softmax over the readings of a slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from tools.train.examples import Examples
from tools.train.vectors import Vectors, document_vectors, neighbours

from despin.arrays import Costs, feature_matrix
from despin.context import STEP, ContextModel
from despin.features import PAIR_FEATURES
from despin.ranker import CANDIDATE, FINISH, FIT_CAP
from despin.scoring import CONTEXT_WEIGHT
from despin.vectors import DOCUMENT, REACH

#: Nats per unit of a weight, once it is rounded to a byte.
WEIGHT_STEP = 1 / 32
_LEARNING_RATE = 0.05
_VECTOR_RATE = 0.07
_SHAPES = 4
#: What is learned of each shape: weights of the context's gain, of the channel, of the fit, and a bias.
_OF_SHAPE = 4
_FIRST_FIT = 0.4
_CHUNK = 400_000
#: Gradients smaller than this are not followed.
_NOTHING = 1e-3


@dataclass
class Weights:
    """The hashed weights and those of the four shapes, each with AdaGrad's sums of squares."""

    hashed: NDArray[np.float32]
    squares: NDArray[np.float32]
    shapes: NDArray[np.float64]
    shape_squares: NDArray[np.float64]

    @classmethod
    def zero(cls, bits: int) -> Weights:
        """Return weights that change nothing, but for the fit's."""
        size = 1 << bits
        shapes = np.tile([0.0, 0.0, _FIRST_FIT, 0.0], (_SHAPES, 1))
        return cls(
            np.zeros(size, np.float32), np.ones(size, np.float32), shapes, np.full((_SHAPES, _OF_SHAPE), 1e3)
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
class VectorSquares:
    """AdaGrad's sums of squares for the vectors, one a word."""

    near: NDArray[np.float32]
    word: NDArray[np.float32]

    @classmethod
    def start(cls, size: int) -> VectorSquares:
        """Return the sums to begin with."""
        return cls(np.full(size, 0.01, np.float32), np.full(size, 0.01, np.float32))


class Mean:
    """The mean of what is learned, over many steps: it is less of an accident than the last of them.

    Polyak and Juditsky, 1992.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self._sums: list[NDArray[np.float64]] = []
        self._count = 0

    def add(self, weights: Weights, vectors: Vectors) -> None:
        """Take in what is known now."""
        arrays = _learned(weights, vectors)
        sums = self._sums or [np.zeros(array.shape) for array in arrays]
        self._sums = [total + array for total, array in zip(sums, arrays, strict=True)]
        self._count += 1

    def set(self, weights: Weights, vectors: Vectors) -> None:
        """Set ``weights`` and ``vectors`` to their mean."""
        for total, array in zip(self._sums, _learned(weights, vectors), strict=True):
            array[:] = total / self._count


def _learned(weights: Weights, vectors: Vectors) -> list[NDArray[Any]]:
    return [weights.hashed, weights.shapes, vectors.near, vectors.word, vectors.bias, vectors.places]


@dataclass
class Prepared:
    """Examples with the scores that need no training."""

    examples: Examples
    #: Where each slot's candidates begin, and each candidate's words.
    starts: NDArray[np.int64]
    word_starts: NDArray[np.int64]
    base: NDArray[np.float32]
    #: The gain of the context of each candidate, and its shape.
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
    costs = Costs(context)
    steps = costs.gains(
        costs.text(examples.ids.astype(np.int64)),
        first,
        last,
        slots[~kept],
        examples.words.astype(np.int64),
        lengths[~kept],
    )
    gain = np.zeros(len(slots), np.float32)
    gain[~kept] = steps * STEP
    base = np.where(kept, 0.0, CONTEXT_WEIGHT * gain) + examples.rated
    shape = np.where(kept, -1, 2 * ((last - first)[slots] > 1) + (lengths > 1)).astype(np.int8)
    return Prepared(examples, starts, np.cumsum(lengths) - lengths, base.astype(np.float32), gain, shape)


def epoch(
    weights: Weights,
    vectors: Vectors,
    squares: VectorSquares,
    data: Prepared,
    gap: int,
    mean: Mean | None = None,
    *,
    learn: bool,
) -> float:
    """Go once over ``data``, and learn if asked; return the mean log loss before each step.

    ``gap`` is the id that stands between paragraphs; ``mean`` takes in what is known now and then.
    """
    total, chance, found = 0.0, np.random.default_rng(1), data.examples
    count = len(data.starts)
    document = np.searchsorted(found.documents, found.first, side="right") - 1
    rate, vector_rate = (_LEARNING_RATE, _VECTOR_RATE) if learn else (0.0, 0.0)
    for start in range(0, count, _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, count))
        features = _features(found, rows)
        order = chance.permutation(len(rows)) if learn else np.arange(len(rows))
        documents = document_vectors(found.ids, found.documents, vectors.near, vectors.telling)
        total += _learn(
            weights.hashed, weights.squares, weights.shapes, weights.shape_squares,
            vectors.near, vectors.word, vectors.bias, vectors.places, squares.near, squares.word,
            order, features, found.pair, found.wording,
            data.starts[rows], found.candidates[rows], found.label[rows],
            data.base, data.gain, found.channel, data.shape,
            found.ids, found.first[rows], found.last[rows], documents, document[rows],
            found.words, data.word_starts, found.lengths,
            gap, weights.shift, rate, vector_rate,
        )  # fmt: skip
        if mean:
            mean.add(weights, vectors)
    return total / max(count, 1)


def _features(examples: Examples, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    first, last = examples.first[rows].astype(np.int64), examples.last[rows].astype(np.int64)
    low, high = max(int(first.min()) - 64, 0), int(last.max()) + 64
    ids, endings, marks = (
        column[low:high].astype(np.uint64) for column in (examples.ids, examples.endings, examples.marks)
    )
    witness = examples.witness[rows].astype(np.uint64)
    return feature_matrix(ids, endings, marks, first - low, last - low, witness)


@numba.njit(cache=True, fastmath=True)
def _fit(vector, own, word, bias):  # type: ignore[no-untyped-def]
    """Return how well the words ``own`` fit the place ``vector``, a mean over them."""
    total = np.float32(0)
    for ident in own:
        total += np.dot(vector, word[ident]) + bias[ident]
    return total / len(own)


@numba.njit(cache=True)
def _index(pair, wording, features, number, shift):  # type: ignore[no-untyped-def]
    """Return where the weight of a candidate with one of the ``features`` of its slot lies."""
    key = pair if number < PAIR_FEATURES else wording
    return ((np.uint64(key) * np.uint64(CANDIDATE) + features[number]) * np.uint64(FINISH)) >> shift


@numba.njit(cache=True, fastmath=True)
def _score(weights, pair, wording, features, shift):  # type: ignore[no-untyped-def]
    """Return the summed hashed weights of a candidate with the ``features`` of its slot."""
    total = np.float32(0)
    for number in range(len(features)):
        total += weights[_index(pair, wording, features, number, shift)]
    return total


@numba.njit(cache=True, fastmath=True)
def _step(weights, squares, pair, wording, features, gradient, shift, rate):  # type: ignore[no-untyped-def]
    """Move the hashed weights of one candidate against its ``gradient``."""
    for number in range(len(features)):
        at = _index(pair, wording, features, number, shift)
        squares[at] += gradient * gradient
        weights[at] -= rate * gradient / np.sqrt(squares[at])


@numba.njit(cache=True, fastmath=True)
def _step_words(own, slope, vector, back, word, bias, squares, rate):  # type: ignore[no-untyped-def]
    """Move the vectors of the words ``own``; add to ``back`` how the place's vector should move."""
    share = np.float32(slope / len(own))
    energy = share * share * np.dot(vector, vector) / len(vector)
    for ident in own:
        squares[ident] += energy
        move = np.float32(rate / np.sqrt(squares[ident])) * share
        for d in range(len(vector)):
            back[d] += share * word[ident, d]
            word[ident, d] -= move * vector[d]
        bias[ident] -= move


@numba.njit(cache=True, fastmath=True)
def _describe(vector, document, number, around, where, near, places):  # type: ignore[no-untyped-def]
    """Set ``vector`` to that of a place: of its document and of ``number`` neighbours."""
    for d in range(len(vector)):
        vector[d] = document[d] * places[DOCUMENT, d]
    for n in range(number):
        one, here = around[n], where[n]
        for d in range(len(vector)):
            vector[d] += near[one, d] * places[here, d]


@numba.njit(cache=True, fastmath=True)
def _step_around(back, document, number, around, where, near, places, squares, rate):  # type: ignore[no-untyped-def] # fmt: skip
    """Move what a place was described by against the slope ``back``."""
    for n in range(number):
        one, here = around[n], where[n]
        energy = np.float32(0)
        for d in range(len(back)):
            energy += (back[d] * places[here, d]) ** 2
        squares[one] += energy / len(back)
        move = np.float32(rate / np.sqrt(squares[one]))
        for d in range(len(back)):
            near[one, d] -= move * back[d] * places[here, d]
    for d in range(len(back)):
        places[DOCUMENT, d] -= np.float32(0.01 * rate) * back[d] * document[d]


@numba.njit(cache=True, fastmath=True)
def _step_shape(of, squares, gradient, gain, channel, over, rate):  # type: ignore[no-untyped-def]
    """Move the weights of a shape against ``gradient``."""
    slopes = gradient * np.array([gain, channel, over, 1.0])
    squares += slopes * slopes
    of -= rate * slopes / np.sqrt(squares)


@numba.njit(cache=True, fastmath=True)
def _over(fit, kept):  # type: ignore[no-untyped-def]
    """Return how much better a reading fits than what is read, within bounds."""
    return min(max(fit - kept, -FIT_CAP), FIT_CAP)


@numba.njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _learn(  # type: ignore[no-untyped-def]
    weights, squares, shapes, shape_squares,
    near, word, bias, places, near_squares, word_squares,
    order, features, pair, wording, starts, candidates, label,
    base, gain, channel, shape,
    ids, first, last, documents, document,
    words, word_starts, lengths,
    gap, shift, rate, vector_rate,
) -> Any:  # fmt: skip
    """Run AdaGrad over the slots in ``order``; return the summed log loss."""
    loss = 0.0
    scores, fit = np.zeros(256), np.zeros(256)
    vector, back = np.zeros(near.shape[1], np.float32), np.zeros(near.shape[1], np.float32)
    around, where = np.zeros(2 * REACH, np.int32), np.zeros(2 * REACH, np.int32)
    for slot in order:
        begin, count, row, text = starts[slot], candidates[slot], features[slot], documents[document[slot]]
        number = neighbours(ids, first[slot], last[slot], gap, around, where)
        _describe(vector, text, number, around, where, near, places)
        read = ids[first[slot] : last[slot]]
        fit[0] = _fit(vector, read, word, bias)
        scores[0] = base[begin] + _score(weights, pair[begin], wording[begin], row, shift)
        for c in range(1, count):
            at = begin + c
            own = words[word_starts[at] : word_starts[at] + lengths[at]]
            fit[c] = _fit(vector, own, word, bias)
            of = shapes[shape[at]]
            scores[c] = base[at] + _score(weights, pair[at], wording[at], row, shift)
            scores[c] += of[0] * gain[at] + of[1] * channel[at] + of[2] * _over(fit[c], fit[0]) + of[3]
        scores[:count] = np.exp(scores[:count] - scores[:count].max())
        scores[:count] /= scores[:count].sum()
        loss -= np.log(max(scores[label[slot]], 1e-12))
        if rate == 0.0:
            continue
        back[:] = 0
        scores[label[slot]] -= 1.0  # from here on the gradients
        kept = 0.0
        _step(weights, squares, pair[begin], wording[begin], row, scores[0], shift, rate)
        for c in range(1, count):
            at = begin + c
            if abs(scores[c]) < _NOTHING:
                continue
            _step(weights, squares, pair[at], wording[at], row, scores[c], shift, rate)
            if abs(fit[c] - fit[0]) < FIT_CAP:
                slope = scores[c] * shapes[shape[at], 2]
                kept -= slope
                own = words[word_starts[at] : word_starts[at] + lengths[at]]
                _step_words(own, slope, vector, back, word, bias, word_squares, vector_rate)
            _step_shape(
                shapes[shape[at]], shape_squares[shape[at]],
                scores[c], gain[at], channel[at], _over(fit[c], fit[0]), rate,
            )  # fmt: skip
        if abs(kept) >= _NOTHING:
            _step_words(read, kept, vector, back, word, bias, word_squares, vector_rate)
            _step_around(back, text, number, around, where, near, places, near_squares, vector_rate)
    return loss
