"""The same sums as :mod:`despin.context` and :mod:`despin.ranker`, for many slots at once.

numpy costs more to import than one article costs to repair, so this module is
for long texts and for training. Costs are whole steps and features whole
numbers, so both ways give the same result to the last bit; a test holds them
to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from despin.context import COARSE, ID_BITS, ContextModel
from despin.features import bag_columns, hashed
from despin.ranker import CANDIDATE, FINISH, Ranker

Ints = NDArray[np.int64]
Unsigned = NDArray[np.uint64]
_CONTEXT = 2


class Costs:
    """The context model's costs, looked up for whole arrays."""

    def __init__(self, context: ContextModel) -> None:
        """Take views of the model's tables; nothing is copied."""
        tables = context.tables
        self._bigram_prints = np.frombuffer(tables["bigram.prints"], np.uint16)
        self._trigram_prints = np.frombuffer(tables["trigram.prints"], np.uint16)
        self._bigram = np.frombuffer(tables["bigram.cost"], np.uint8)
        self._backoff = np.frombuffer(tables["bigram.backoff"], np.uint8)
        self._trigram = np.frombuffer(tables["trigram.cost"], np.uint8)
        self._unigram = np.frombuffer(tables["unigram.cost"], np.uint16).astype(np.int64)
        self._unigram_backoff = np.frombuffer(tables["unigram.backoff"], np.uint16).astype(np.int64)

    def of(self, first: Ints, second: Ints, word: Ints) -> Ints:
        """Return what :meth:`ContextModel.cost` returns, for arrays of ids."""
        at = _slots(self._bigram_prints, second << ID_BITS | word)
        cost = np.where(
            at >= 0,
            COARSE * self._bigram[at].astype(np.int64),
            self._unigram[word] + self._unigram_backoff[second],
        )
        at = _slots(self._bigram_prints, first << ID_BITS | second)
        cost += np.where(at >= 0, self._backoff[at].astype(np.int64), 0)
        at = _slots(self._trigram_prints, (first << ID_BITS | second) << ID_BITS | word)
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


def _slots(prints: NDArray[np.uint16], keys: Ints) -> Ints:
    """Return where each key's fingerprint lies in an open-addressing table, or -1."""
    mixed = _mix(keys.astype(np.uint64))
    want = (mixed & np.uint64(0xFFFF)).astype(np.uint16)
    want[want == 0] = 1
    at = (((mixed >> np.uint64(32)) * np.uint64(len(prints))) >> np.uint64(32)).astype(np.int64)
    held = prints[at]
    open_ = np.flatnonzero((held != want) & (held != 0))
    while len(open_):
        at[open_] = (at[open_] + 1) % len(prints)
        held[open_] = prints[at[open_]]
        open_ = open_[(held[open_] != want[open_]) & (held[open_] != 0)]
    at[held == 0] = -1
    return at


def _mix(keys: Unsigned) -> Unsigned:
    """Return :func:`despin.tables.mix` of each key."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def feature_matrix(
    ids: Unsigned,
    endings: Unsigned,
    clusters: Unsigned,
    marks: Unsigned,
    first: Ints,
    last: Ints,
    topic: Unsigned,
    witness: Unsigned,
) -> Unsigned:
    """Return the features of slots at padded places ``[first, last)``, a row a slot; 0 is none."""
    columns = hashed(ids, endings, clusters, marks, first, last, topic, witness) + bag_columns(
        ids, first, last
    )
    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.uint64) for column in columns)), axis=1)


def corrections(ranker: Ranker, keys: Unsigned, owner: Ints, features: Unsigned) -> NDArray[np.float64]:
    """Return what :meth:`Ranker.corrections` returns, for candidates given by key and slot."""
    weights = np.frombuffer(ranker.weights, np.int8)
    total = np.zeros(len(keys), np.int64)
    base = keys * np.uint64(CANDIDATE)
    for column in features.T:
        feature = column[owner]
        at = ((base + feature) * np.uint64(FINISH)) >> np.uint64(ranker.shift)
        total += np.where(feature != 0, weights[at.astype(np.int64)], 0)
    return np.asarray(total * ranker.step, np.float64)
