"""The sums of :mod:`despin.context` and :mod:`despin.features`, for many slots at once.

numpy costs more to import than one article costs to repair, so a run sums slot by slot, and training
does it here. Costs are whole steps and features whole numbers, so both ways give the same result to
the last bit; a test holds them to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from despin.context import COARSE, ContextModel
from despin.features import hashed

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
        before = _places(self._bigram_prints, context)
        cost += np.where(before >= 0, self._backoff[before].astype(np.int64), 0)
        at = _places(self._trigram_prints, context ^ three << np.uint64(2))
        # No trigram is kept without the bigram that it begins with.
        at[before < 0] = -1
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


def feature_matrix(
    ids: Unsigned, endings: Unsigned, marks: Unsigned, first: Ints, last: Ints, witness: Unsigned
) -> Unsigned:
    """Return the features of slots at padded places ``[first, last)``, a row a slot."""
    columns = hashed(ids, endings, marks, first, last, witness)
    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.uint64) for column in columns)), axis=1)
