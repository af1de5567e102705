"""The sums of :mod:`despin.scoring` and :mod:`despin.screen` for many slots or words at once, as arrays.

numpy costs more to import than one article costs to repair, so a run sums slot by slot until it has
looked at a few texts, unless many are expected. Costs are whole steps, features and vectors whole
numbers, so both ways give the same result to the last bit; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple, TypeVar

import numpy as np

from despin.arrays import Costs, Fits, Ints, Text, Unsigned, array_of, feature_matrix, weights_of
from despin.features import Surroundings
from despin.match import Slot
from despin.ranker import Ranker, candidate_key
from despin.scoring import Hopeful, Scorer, Weighed
from despin.screen import Screen

T = TypeVar("T")
#: So many slots at once keep the arrays small, however long a text is.
_AT_ONCE = 1000


class BatchScorer(Scorer):
    """A :class:`Scorer` that takes all slots of a document together."""

    _last: tuple[Surroundings, Text] | None = None

    @cached_property
    def _costs(self) -> Costs:
        return Costs(self.context)

    @cached_property
    def _fitting(self) -> Fits:
        return Fits(self.context.vectors)

    def costs(self, grams: Sequence[tuple[int, int, int]]) -> list[int]:
        """Return the context's cost of the last of each three words, given as ids."""
        found: list[int] = self._costs.of(*np.array(grams, np.int64).reshape(-1, 3).T).tolist()
        return found

    def _steps(self, around: Surroundings, slots: Sequence[tuple[Slot, Weighed]]) -> list[list[int]]:
        text = self._text(around)
        return [steps for some in _in_runs(slots) for steps in self._some_steps(around, text, some)]

    def _text(self, around: Surroundings) -> Text:
        """Return what the context model says of the text, which it was asked for last."""
        if self._last is None or self._last[0] is not around:
            self._last = around, self._costs.text(np.array(around.ids, np.int64))
        return self._last[1]

    def _corrections(
        self, ranker: Ranker, around: Surroundings, hopeful: Sequence[Hopeful], breadth: float
    ) -> list[list[float]]:
        ids = self._text(around).ids
        endings, marks = np.array(around.endings, np.uint64), np.array(around.marks, np.uint64)
        words = _Words(ids, ids.astype(np.uint64), endings, marks, self._fitting.topic(ids))
        return [
            values
            for some in _in_runs(hopeful)
            for values in self._some_corrections(ranker, around, words, some, breadth)
        ]

    def _some_steps(
        self, around: Surroundings, text: Text, slots: Sequence[tuple[Slot, Weighed]]
    ) -> list[list[int]]:
        first, last = _spans(around, [slot for slot, _ in slots])
        counts = [len(weighed.numbers) for _, weighed in slots]
        phrases = [phrase for _, weighed in slots for phrase in weighed.phrases]
        owner = np.repeat(np.arange(len(slots)), counts)
        words, lengths = _in_a_row(phrases)
        gains = self._costs.gains(text, first, last, owner, words, lengths).tolist()
        return _cut(gains, counts)

    def _some_corrections(
        self,
        ranker: Ranker,
        around: Surroundings,
        words: _Words,
        hopeful: Sequence[Hopeful],
        breadth: float,
    ) -> list[list[float]]:
        slots = [item.slot for item, _ in hopeful]
        # What is read comes first, and then the readings of each slot.
        keys, phrases, phrase = [], [], self.context.phrase
        for slot, (item, left) in zip(slots, hopeful, strict=True):
            form = around.document.form(slot.first, slot.last)
            originals = [item.reading(at).original for at in left]
            keys += [candidate_key(form, original) for original in ("", *originals)]
            phrases += [around.ids[around.at[slot.first] : around.at[slot.last - 1] + 1]]
            phrases += map(phrase, originals)
        counts = [len(left) + 1 for _, left in hopeful]
        owner = np.repeat(np.arange(len(slots)), counts)
        first, last = _spans(around, slots)
        witness = np.array([around.witness(slot) for slot in slots], np.uint64)
        features = feature_matrix(words.keys, words.endings, words.marks, first, last, witness)
        weights = weights_of(ranker, np.array(keys, np.uint64), features[owner], breadth).tolist()
        fits = self._fitting.of(words.ids, words.topic, first, last, owner, *_in_a_row(phrases)).tolist()
        return [
            self._sums(ranker, item, left, weight, fit)
            for (item, left), weight, fit in zip(
                hopeful, _cut(weights, counts), _cut(fits, counts), strict=True
            )
        ]


class BatchScreen(Screen):
    """A :class:`Screen` that sums the weights of a text as arrays."""

    def _most(self, singles: list[int], pairs: list[int]) -> int:
        of_words, of_pairs = array_of(self.tables, "singles"), array_of(self.tables, "pairs")
        sums = np.zeros(len(singles) + 1, np.int64)
        sums[1:] = of_words[np.array(singles, np.uint32) & np.uint32(len(of_words) - 1)]
        sums[2:] += of_pairs[np.array(pairs, np.uint32) & np.uint32(len(of_pairs) - 1)]
        sums = sums.cumsum()
        return int((sums - np.minimum.accumulate(sums)).max())


class _Words(NamedTuple):
    """The padded words of a document: their ids, the same as keys, what else is known of each; its topic."""

    ids: Ints
    keys: Unsigned
    endings: Unsigned
    marks: Unsigned
    topic: Ints


def _spans(around: Surroundings, slots: Sequence[Slot]) -> tuple[Ints, Ints]:
    """Return the padded places ``[first, last)`` of ``slots``."""
    at = around.at
    first, last = [at[slot.first] for slot in slots], [at[slot.last - 1] + 1 for slot in slots]
    return np.array(first, np.int64), np.array(last, np.int64)


def _in_a_row(phrases: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return the words of all ``phrases`` in one row, and how many each has."""
    return np.array([*chain.from_iterable(phrases)], np.int64), np.array([*map(len, phrases)], np.int64)


def _in_runs(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield ``items``, so many at once as are scored at once."""
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _cut(values: list[T], counts: Sequence[int]) -> list[list[T]]:
    """Return ``values`` in runs of so many."""
    return [values[end - count : end] for count, end in zip(counts, accumulate(counts), strict=True)]
