"""The sums of :mod:`despin.context`, :mod:`despin.vectors` and :mod:`despin.ranker`, for many slots at once.

numpy costs more to import than one article costs to repair, so this module is
for long texts and for training. Costs are whole steps and features whole
numbers, so both ways give the same result to the last bit; a test holds them
to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from despin.context import COARSE, ContextModel
from despin.features import PAIR_FEATURES, hashed
from despin.ranker import CANDIDATE, FINISH, Ranker
from despin.vectors import DIMENSIONS, NEAR, REACH, Vectors

Ints = NDArray[np.int64]
Unsigned = NDArray[np.uint64]
_CONTEXT = 2


class Costs:
    """The context model's costs, looked up for whole arrays."""

    def __init__(self, context: ContextModel) -> None:
        """Take views of the model's tables; nothing is copied."""
        tables = context.tables
        self._hashed = np.frombuffer(tables["word.hash"], np.uint64)
        self._bigram_prints = np.frombuffer(tables["bigram.prints"], np.uint16)
        self._trigram_prints = np.frombuffer(tables["trigram.prints"], np.uint16)
        self._bigram = np.frombuffer(tables["bigram.cost"], np.uint8)
        self._backoff = np.frombuffer(tables["bigram.backoff"], np.uint8)
        self._trigram = np.frombuffer(tables["trigram.cost"], np.uint8)
        self._unigram = np.frombuffer(tables["unigram.cost"], np.uint16).astype(np.int64)
        self._unigram_backoff = np.frombuffer(tables["unigram.backoff"], np.uint16).astype(np.int64)

    def of(self, first: Ints, second: Ints, word: Ints) -> Ints:
        """Return what :meth:`ContextModel.cost` returns, for arrays of ids."""
        one, two, three = (self._hashed[ids] for ids in (first, second, word))
        at = _places(self._bigram_prints, two ^ three << np.uint64(1))
        cost = np.where(
            at >= 0,
            COARSE * self._bigram[at].astype(np.int64),
            self._unigram[word] + self._unigram_backoff[second],
        )
        context = one ^ two << np.uint64(1)
        at = _places(self._bigram_prints, context)
        cost += np.where(at >= 0, self._backoff[at].astype(np.int64), 0)
        at = _places(self._trigram_prints, context ^ three << np.uint64(2))
        return np.where(at >= 0, COARSE * self._trigram[at].astype(np.int64), cost)

    def gains(self, ids: Ints, first: Ints, last: Ints, owner: Ints, words: Ints, lengths: Ints) -> Ints:
        """Return by how many steps each reading is cheaper than what is read.

        ``ids`` are padded; slots stand at ``[first, last)``. Readings are given by their slot
        (``owner``), their words in one row, and how many words each has.
        """
        kept = self._paths(ids, first, last, *_own_words(ids, first, last))
        read_as = self._paths(ids, first[owner], last[owner], words, lengths)
        return kept[owner] - read_as

    def _paths(self, ids: Ints, first: Ints, last: Ints, words: Ints, lengths: Ints) -> Ints:
        starts = np.cumsum(lengths) - lengths
        window = [ids[first - 2], ids[first - 1]]
        total = np.zeros(len(first), np.int64)
        for step in range(int(lengths.max(initial=0)) + _CONTEXT):
            word = np.where(
                step < lengths,
                words[np.minimum(starts + step, len(words) - 1)],
                ids[last + np.clip(step - lengths, 0, _CONTEXT - 1)],
            )
            alive = step < lengths + _CONTEXT
            total[alive] += self.of(window[0][alive], window[1][alive], word[alive])
            window = [window[1], word]
        return total


def _own_words(ids: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    lengths = last - first
    starts = np.cumsum(lengths) - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
    return ids[np.repeat(first, lengths) + within], lengths


def _places(prints: NDArray[np.uint16], hashed: Unsigned) -> Ints:
    """Return where each n-gram's fingerprint lies in an open-addressing table, or -1."""
    want = ((hashed >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.uint16)
    want[want == 0] = 1
    at = (((hashed & np.uint64(0xFFFFFFFF)) * np.uint64(len(prints))) >> np.uint64(32)).astype(np.int64)
    held = prints[at]
    open_ = np.flatnonzero((held != want) & (held != 0))
    while len(open_):
        at[open_] = (at[open_] + 1) % len(prints)
        held[open_] = prints[at[open_]]
        open_ = open_[(held[open_] != want[open_]) & (held[open_] != 0)]
    at[held == 0] = -1
    return at


def fits(
    vectors: Vectors,
    ids: Ints,
    first: Ints,
    last: Ints,
    document: Ints,
    owner: Ints,
    words: Ints,
    lengths: Ints,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how well each slot's own words, and each reading's, fit the place, in units of a fit.

    Arguments are those of :meth:`Costs.gains`, and the document's vector.
    """
    tables = vectors.tables
    near = np.frombuffer(tables["vector.near"], np.int8).reshape(-1, DIMENSIONS).astype(np.int64)
    word = np.frombuffer(tables["vector.word"], np.int8).reshape(-1, DIMENSIONS).astype(np.int64)
    bias = np.frombuffer(tables["vector.bias"], np.int32).astype(np.int64)
    weights = np.frombuffer(tables["vector.places"], np.int8).reshape(-1, DIMENSIONS).astype(np.int64)
    rows = near[ids]
    sums = np.concatenate([np.zeros((1, DIMENSIONS), np.int64), np.cumsum(rows, axis=0)])
    around = [
        *(rows[first - step] for step in range(1, NEAR + 1)),
        sums[first - NEAR] - sums[first - REACH],
        *(rows[last + step] for step in range(NEAR)),
        sums[last + REACH] - sums[last + NEAR],
        np.broadcast_to(document, (len(first), DIMENSIONS)),
    ]
    places = sum((row * weight for row, weight in zip(around, weights, strict=True)), np.zeros(1, np.int64))

    def of(place: Ints, own: Ints, counts: Ints) -> NDArray[np.float64]:
        """Return the mean fit of the words of each run of ``own`` to its place."""
        single = (np.repeat(place, counts, axis=0) * word[own]).sum(axis=1) + bias[own]
        ends = np.cumsum(counts)
        running = np.concatenate([[0], np.cumsum(single)])
        return np.asarray((running[ends] - running[ends - counts]) / counts, np.float64)

    return of(places, *_own_words(ids, first, last)), of(places[owner], words, lengths)


def feature_matrix(
    ids: Unsigned, endings: Unsigned, marks: Unsigned, first: Ints, last: Ints, witness: Unsigned
) -> Unsigned:
    """Return the features of slots at padded places ``[first, last)``, a row a slot."""
    columns = hashed(ids, endings, marks, first, last, witness)
    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.uint64) for column in columns)), axis=1)


def corrections(
    ranker: Ranker, pairs: Unsigned, wordings: Unsigned, owner: Ints, features: Unsigned
) -> NDArray[np.float64]:
    """Return what :meth:`Ranker.corrections` returns, for candidates given by the two keys and slot."""
    weights = np.frombuffer(ranker.weights, np.int8)
    total = np.zeros(len(pairs), np.int64)
    for number, column in enumerate(features.T):
        keys = pairs if number < PAIR_FEATURES else wordings
        at = ((keys * np.uint64(CANDIDATE) + column[owner]) * np.uint64(FINISH)) >> np.uint64(ranker.shift)
        total += weights[at.astype(np.int64)]
    return np.asarray(total * ranker.step, np.float64)
