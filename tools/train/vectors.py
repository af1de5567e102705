"""Word vectors: a continuous bag of words in which each place has weights of its own.

The vector of a place is the sum of its neighbours' vectors, each weighed by where it
stands; a word fits the place as far as its own vector points the same way (Mikolov et al.,
2013, with the position weights of Mnih and Kavukcuoglu, 2013). What is learned here from
clean text is only the start: :mod:`tools.train.weights` goes on with the slots themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray
from tools.train.corpus import Corpus, Ints
from tools.train.trigrams import Arrays

from despin.vectors import DIMENSIONS, DOCUMENT_LENGTH, NEAR, REACH

Floats = NDArray[np.float32]

_EPOCHS = 8
_NEGATIVES = 6
_LEARNING_RATE = 0.05
#: Words rarer than these have no vector as a neighbour: one token in a hundred.
_NEIGHBOURS = 28_000
#: How much slower the weights of places learn than those of words.
_PLACE_RATE = 0.02
#: Words commoner than this are left out now and then.
_COMMON = 1e-4
_DRAWS = 10_000_000
#: The weight of the document's vector to begin with.
_DOCUMENT_WEIGHT = 0.8


@dataclass
class Vectors:
    """The vector of each word as a neighbour and as what stands there, a bias, and place weights."""

    near: Floats
    word: Floats
    bias: Floats
    places: Floats
    #: How much a word counts in the vector of its document.
    telling: Floats


def train(corpus: Corpus, gap: int, epochs: int = _EPOCHS) -> Vectors:
    """Return vectors learned from ``corpus``; ``gap`` is the id that stands between paragraphs."""
    chance = np.random.default_rng(1)
    frequency = np.bincount(corpus.ids, minlength=corpus.size).astype(np.float64)
    share = np.maximum(frequency / frequency.sum(), 1e-12)
    drawn = np.where(np.arange(corpus.size) == 0, 0, frequency**0.75)
    draws = np.searchsorted(np.cumsum(drawn / drawn.sum()), (np.arange(_DRAWS) + 0.5) / _DRAWS)
    near = ((chance.random((corpus.size, DIMENSIONS)) - 0.5) * 4 / DIMENSIONS).astype(np.float32)
    kept, telling = np.minimum(1, np.sqrt(_COMMON / share)), np.minimum(1, _COMMON / share)
    for column in (near, kept, telling):
        column[[0, gap]] = 0
    for column in (near, telling):
        column[_NEIGHBOURS:] = 0
    steps = [1 / (step + 1) for step in range(NEAR)] + [1 / (2 * NEAR)]
    places = np.array([*steps, *steps, _DOCUMENT_WEIGHT], np.float32)
    found = Vectors(
        near,
        np.zeros_like(near),
        np.zeros(corpus.size, np.float32),
        np.repeat(places[:, None], DIMENSIONS, axis=1),
        telling.astype(np.float32),
    )
    for epoch in range(epochs):
        start, stop = (_LEARNING_RATE * (1 - at / epochs) for at in (epoch, epoch + 0.98))
        _epoch(
            corpus.ids.astype(np.int32), gap, found.near, found.places, found.word, found.bias,
            draws.astype(np.int32), kept.astype(np.float32), start, stop, epoch,
        )  # fmt: skip
    return found


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def place(step: int, right: bool) -> int:
    """Return the place ``step`` words (from 1) to the left or right: near ones each, far ones together."""
    return min(step - 1, NEAR) + (NEAR + 1 if right else 0)


@numba.njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def _epoch(  # type: ignore[no-untyped-def]
    ids, gap, near, places, word, bias, draws, kept, start, stop, seed,
) -> None:  # fmt: skip
    """Go once over the text: continuous bag of words with negative sampling."""
    np.random.seed(seed)
    size = near.shape[1]
    vector, slope = np.zeros(size, np.float32), np.zeros(size, np.float32)
    around, where = np.zeros(2 * REACH, np.int32), np.zeros(2 * REACH, np.int32)
    for at in range(len(ids)):
        target = ids[at]
        if np.random.random() >= kept[target]:
            continue
        rate = np.float32(start + (stop - start) * at / len(ids))
        count = neighbours(ids, at, at + 1, gap, around, where)
        vector[:] = 0
        slope[:] = 0
        for n in range(count):
            one, here = around[n], where[n]
            for d in range(size):
                vector[d] += near[one, d] * places[here, d]
        for draw in range(_NEGATIVES + 1):
            other = target if draw == 0 else draws[np.random.randint(0, _DRAWS)]
            if draw and other == target:
                continue
            fit = 1 / (1 + np.exp(-(np.dot(vector, word[other]) + bias[other])))
            step = rate * np.float32((1.0 if draw == 0 else 0.0) - fit)
            for d in range(size):
                slope[d] += step * word[other, d]
                word[other, d] += step * vector[d]
            bias[other] += step
        for n in range(count):
            one, here = around[n], where[n]
            for d in range(size):
                old = near[one, d]
                near[one, d] += slope[d] * places[here, d]
                places[here, d] += np.float32(_PLACE_RATE) * slope[d] * old


@numba.njit(cache=True)
def neighbours(ids, first, last, gap, around, where):  # type: ignore[no-untyped-def]
    """Fill in the words around ``[first, last)`` in their paragraph, and their places; return how many."""
    count = 0
    for right in (False, True):
        for step in range(1, REACH + 1):
            at = last + step - 1 if right else first - step
            if at < 0 or at >= len(ids) or ids[at] == gap:
                break
            if 0 < ids[at] < _NEIGHBOURS:
                around[count], where[count] = ids[at], place(step, right)
                count += 1
    return count


@numba.njit(cache=True)
def document_vectors(ids, starts, near, telling):  # type: ignore[no-untyped-def]
    """Return the vector of each document of ``ids``: its telling words together, at a fixed length."""
    found = np.zeros((len(starts), near.shape[1]), np.float32)
    seen = np.full(len(near), -1, np.int64)
    for number in range(len(starts)):
        stop = starts[number + 1] if number + 1 < len(starts) else len(ids)
        for at in range(starts[number], stop):
            if seen[ids[at]] != number:
                seen[ids[at]] = number
                found[number] += telling[ids[at]] * near[ids[at]]
        length = np.sqrt(np.sum(found[number] ** 2))
        if length > 0:
            found[number] *= np.float32(DOCUMENT_LENGTH) / length
    return found


def tables(vectors: Vectors, in_slots: Ints) -> tuple[Arrays, dict[str, float]]:
    """Return the vectors in whole numbers, a byte each, and what their units are worth.

    Of words as what stands in a place, the vectors of those ``in_slots`` alone.
    """
    near, near_scale = _bytes(vectors.near[:_NEIGHBOURS])
    word, word_scale = _bytes(vectors.word[in_slots])
    at = np.zeros(len(vectors.word), np.uint16)
    at[in_slots] = np.arange(len(in_slots))
    places, place_scale = _bytes(vectors.places)
    fit = near_scale * place_scale * word_scale
    arrays: Arrays = {
        "vector.near": ("b", near.tobytes()),
        "vector.at": ("H", at.tobytes()),
        "vector.word": ("b", word.tobytes()),
        "vector.places": ("b", places.tobytes()),
        "vector.bias": ("i", np.round(vectors.bias[in_slots] * fit).astype("<i4").tobytes()),
        "vector.telling": ("B", np.round(vectors.telling * 255).astype(np.uint8).tobytes()),
    }
    return arrays, {"near scale": near_scale, "fit step": 1 / fit}


def _bytes(values: Floats) -> tuple[NDArray[np.int8], float]:
    """Return ``values`` in bytes, and how many units make 1; the few largest are cut."""
    scale = float(127 / np.quantile(np.abs(values), 0.9999))
    return np.clip(np.round(values * scale), -127, 127).astype(np.int8), scale
