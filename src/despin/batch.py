"""The sums of :mod:`despin.scoring` and :mod:`despin.screen` as arrays, of many slots or words at once.

numpy costs more to import than one article costs to repair, so a run sums slot by slot until it has
looked at a few texts; training sums here alone. Costs are whole steps, features and vectors whole numbers,
so both ways give the same result to the last bit; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from despin.context import COARSE, ContextModel
from despin.features import PAIR_FEATURES, Surroundings, hashed
from despin.match import Slot
from despin.ranker import CANDIDATE, FINISH, Ranker, candidate_key
from despin.scoring import NEIGHBOURS, Hopeful, Scorer, Weighed
from despin.screen import Screen
from despin.tables import Tables
from despin.vectors import DIMENSIONS, DOCUMENT, NEAR, REACH, Vectors

Ints = NDArray[np.int64]
Unsigned = NDArray[np.uint64]
T = TypeVar("T")
#: So many slots at once keep the arrays small, however long a text is.
_AT_ONCE = 1000
#: Places of a table that are looked at together: few n-grams are sought further, some a hundred away.
_PROBES = np.arange(16)
#: So many n-grams are sought at once.
_SOUGHT_AT_ONCE = 1 << 16
#: Far neighbours of a place on either side.
_FAR = REACH - NEAR


class BatchScorer(Scorer):
    """A :class:`Scorer` that takes all slots of a document together."""

    @cached_property
    def _costs(self) -> Costs:
        return Costs(self.context)

    @cached_property
    def _fitting(self) -> Fits:
        return Fits(self.context.vectors)

    def _steps(self, around: Surroundings, slots: Sequence[tuple[Slot, Weighed]]) -> list[list[int]]:
        ids = np.array(around.ids, np.int64)
        return [steps for some in _in_runs(slots) for steps in self._some_steps(around, ids, some)]

    def _corrections(
        self, ranker: Ranker, around: Surroundings, hopeful: Sequence[Hopeful]
    ) -> list[list[float]]:
        ids = np.array(around.ids, np.int64)
        endings, marks = np.array(around.endings, np.uint64), np.array(around.marks, np.uint64)
        words = _Words(ids, ids.astype(np.uint64), endings, marks, self._fitting.topic(ids))
        return [
            values
            for some in _in_runs(hopeful)
            for values in self._some_corrections(ranker, around, words, some)
        ]

    def _some_steps(
        self, around: Surroundings, ids: Ints, slots: Sequence[tuple[Slot, Weighed]]
    ) -> list[list[int]]:
        first, last = _spans(around, [slot for slot, _ in slots])
        counts = [len(weighed.numbers) for _, weighed in slots]
        phrases = [phrase for _, weighed in slots for phrase in weighed.phrases]
        owner = np.repeat(np.arange(len(slots)), counts)
        words, lengths = _in_a_row(phrases)
        gains = self._costs.gains(ids, first, last, owner, words, lengths).tolist()
        return _cut(gains, counts)

    def _some_corrections(
        self, ranker: Ranker, around: Surroundings, words: _Words, hopeful: Sequence[Hopeful]
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
        weights = _weights(ranker, np.array(keys, np.uint64), features[owner]).tolist()
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
        of_words, of_pairs = _array(self.tables, "singles"), _array(self.tables, "pairs")
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


class Costs:
    """The context model's costs, looked up for whole arrays."""

    def __init__(self, context: ContextModel) -> None:
        """Take views of the model's tables; nothing is copied."""
        tables = context.tables
        self._hashed = _array(tables, "word.hash")
        self._bigram_prints = _array(tables, "bigram.prints")
        self._trigram_prints = _array(tables, "trigram.prints")
        self._bigram = _array(tables, "bigram.cost")
        self._backoff = _array(tables, "bigram.backoff")
        self._trigram = _array(tables, "trigram.cost")
        self._unigram = _array(tables, "unigram.cost").astype(np.int64)
        self._unigram_backoff = _array(tables, "unigram.backoff").astype(np.int64)

    def of(self, first: Ints, second: Ints, word: Ints) -> Ints:
        """Return what :meth:`ContextModel.cost` returns, for arrays of ids."""
        before, after = np.split(self._pairs(np.append(first, second), np.append(second, word)), 2)
        return self._of(first, second, word, before, after)

    def gains(self, ids: Ints, first: Ints, last: Ints, owner: Ints, words: Ints, lengths: Ints) -> Ints:
        """Return by how many steps each reading is cheaper than what is read.

        ``ids`` are padded; slots stand at ``[first, last)``. Readings are given by their slot
        (``owner``), their words in one row, and how many words each has.
        """
        start = int(first.min()) - NEIGHBOURS
        text = ids[start : int(last.max()) + NEIGHBOURS]
        first, last = first - start, last - start
        pairs = self._pairs(text[:-1], text[1:])
        until = np.zeros(len(text) + 1, np.int64)  # the cost of all words before each
        self._of(text[:-2], text[1:-1], text[2:], pairs[:-1], pairs[1:]).cumsum(out=until[NEIGHBOURS + 1 :])
        kept = until[last + NEIGHBOURS] - until[first]
        return kept[owner] - self._paths(text, pairs, first[owner], last[owner], words, lengths)

    def _paths(self, text: Ints, pairs: Ints, first: Ints, last: Ints, words: Ints, lengths: Ints) -> Ints:
        """Return the cost of each reading and of the two words behind it, given two before.

        ``pairs`` tell where the bigrams of ``text`` lie.
        """
        sizes = lengths + 2 * NEIGHBOURS
        ends = np.cumsum(sizes)
        starts = ends - sizes
        row = np.empty(int(ends[-1]), np.int64)
        row[_within(starts + NEIGHBOURS, lengths)] = words
        for step in range(NEIGHBOURS):
            row[starts + step] = text[first - NEIGHBOURS + step]
            row[ends - NEIGHBOURS + step] = text[last + step]
        # Where the bigram lies that ends at each word: the outermost are those of the text.
        found = np.empty(len(row), np.int64)
        found[starts + 1], found[ends - 1] = pairs[first - NEIGHBOURS], pairs[last]
        at = _within(starts + NEIGHBOURS, lengths + 1)
        found[at] = self._pairs(row[at - 1], row[at])
        at = _within(starts + NEIGHBOURS, lengths + NEIGHBOURS)
        costs = self._of(row[at - 2], row[at - 1], row[at], found[at - 1], found[at])
        return _sums(costs, lengths + NEIGHBOURS)

    def _pairs(self, left: Ints, right: Ints) -> Ints:
        """Return where the bigrams of words lie, or -1."""
        return _places(self._bigram_prints, self._hashed[left] ^ self._hashed[right] << np.uint64(1))

    def _of(self, first: Ints, second: Ints, word: Ints, before: Ints, after: Ints) -> Ints:
        """Return the cost of each ``word``, given where the bigrams ``before`` it and ``after`` lie."""
        cost: Ints = np.where(
            after >= 0,
            COARSE * self._bigram[after].astype(np.int64),
            self._unigram[word] + self._unigram_backoff[second],
        )
        known = np.flatnonzero(before >= 0)  # no trigram is kept without the bigram that it begins with
        one, two, three = (self._hashed[ids[known]] for ids in (first, second, word))
        at = _places(self._trigram_prints, one ^ two << np.uint64(1) ^ three << np.uint64(2))
        backed_off = cost[known] + self._backoff[before[known]]
        cost[known] = np.where(at >= 0, COARSE * self._trigram[at].astype(np.int64), backed_off)
        return cost


class Fits:
    """How well phrases fit places, for whole arrays."""

    def __init__(self, vectors: Vectors) -> None:
        """Take views of the tables; nothing is copied but what is small."""
        tables = vectors.tables
        self._vectors = vectors
        self._near = _array(tables, "vector.near").reshape(-1, DIMENSIONS)
        self._word = _array(tables, "vector.word").reshape(-1, DIMENSIONS)
        self._at = _array(tables, "vector.at")
        self._bias = _array(tables, "vector.bias").astype(np.int64)
        self._telling = _array(tables, "vector.telling").astype(np.int64)
        self._places = _array(tables, "vector.places").reshape(-1, DIMENSIONS).astype(np.int64)

    def of(
        self, ids: Ints, topic: Ints, first: Ints, last: Ints, owner: Ints, words: Ints, lengths: Ints
    ) -> NDArray[np.float64]:
        """Return how well each phrase fits the place of its slot (``owner``), in nats.

        ``topic`` is that of the document; the others are as for :meth:`Costs.gains`.
        """
        places = self._at_slots(ids, topic, first, last)[np.repeat(owner, lengths)]
        at = self._at[words]
        products = np.einsum("ij,ij->i", places, self._word[at].astype(np.int64)) + self._bias[at]
        fits: NDArray[np.float64] = self._vectors.step * (_sums(products, lengths) / lengths)
        return fits

    def _at_slots(self, ids: Ints, topic: Ints, first: Ints, last: Ints) -> Ints:
        """Return the vector of the place of each slot, a row a slot."""
        start = int(first.min()) - REACH
        near = self._neighbours(ids[start : int(last.max()) + REACH])
        # At each word the sum of those from it on, as many as a place has far neighbours on one side.
        far = near[: len(near) - _FAR + 1].copy()
        for step in range(1, _FAR):
            far += near[step : len(far) + step]
        left, right = first - start, last - start
        places: Ints = topic + far[left - REACH] * self._places[NEAR]
        places += far[right + NEAR] * self._places[2 * NEAR + 1]
        for step in range(NEAR):
            places += near[left - 1 - step] * self._places[step]
            places += near[right + step] * self._places[NEAR + 1 + step]
        return places

    def _neighbours(self, ids: Ints) -> NDArray[np.int32]:
        """Return the vectors of words as neighbours; words too rare to have one have zeros."""
        rare = len(self._near)
        vectors: NDArray[np.int32] = self._near[np.minimum(ids, rare - 1)].astype(np.int32)
        vectors[ids >= rare] = 0
        return vectors

    def topic(self, ids: Ints) -> Ints:
        """Return what a document with the word ``ids`` adds to each of its places."""
        known = np.unique(ids)
        known = known[known < len(self._near)]
        sums = self._telling[known] @ self._near[known].astype(np.int64)
        topic: Ints = np.array(self._vectors.of_length(sums.tolist())) * self._places[DOCUMENT]
        return topic


def feature_matrix(
    ids: Unsigned, endings: Unsigned, marks: Unsigned, first: Ints, last: Ints, witness: Unsigned
) -> Unsigned:
    """Return the features of slots at padded places ``[first, last)``, a row a slot."""
    columns = hashed(ids, endings, marks, first, last, witness)
    return np.stack(np.broadcast_arrays(*(np.asarray(column, np.uint64) for column in columns)), axis=1)


def _weights(ranker: Ranker, keys: Unsigned, features: Unsigned) -> NDArray[np.float64]:
    """Return the summed weights of candidates, in nats; a row of ``keys`` and of ``features`` for each.

    The ``features`` are used up.
    """
    keys = keys * np.uint64(CANDIDATE)
    features[:, :PAIR_FEATURES] += keys[:, :1]
    features[:, PAIR_FEATURES:] += keys[:, 1:]
    at = features * np.uint64(FINISH) >> np.uint64(ranker.shift)
    weights = np.frombuffer(ranker.weights, np.int8)[at.astype(np.int64)]
    sums: NDArray[np.float64] = weights.sum(1, dtype=np.int64) * ranker.step
    return sums


def _places(prints: NDArray[np.uint16], hashed: Unsigned) -> Ints:
    """Return where each n-gram's fingerprint lies in an open-addressing table, or -1."""
    want = ((hashed >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.uint16)
    want[want == 0] = 1
    at = (((hashed & np.uint64(0xFFFFFFFF)) * np.uint64(len(prints))) >> np.uint64(32)).astype(np.int64)
    found = np.full(len(at), -1)
    for start in range(0, len(at), _SOUGHT_AT_ONCE):
        run = slice(start, start + _SOUGHT_AT_ONCE)
        _seek(prints, want[run], at[run], found[run])
    return found


def _seek(prints: NDArray[np.uint16], want: NDArray[np.uint16], at: Ints, found: Ints) -> None:
    """Fill in ``found`` where each fingerprint lies from ``at`` on, if it does."""
    open_ = np.arange(len(at))
    while len(open_):
        held = prints.take(at[:, None] + _PROBES, mode="wrap")
        stop = ((held == want[:, None]) | (held == 0)).argmax(1)  # 0 where nothing stops the search
        last = held[np.arange(len(at)), stop]
        is_found = last == want
        found[open_[is_found]] = (at + stop)[is_found] % len(prints)
        missed = ~is_found & (last != 0)
        at, want, open_ = at[missed] + len(_PROBES), want[missed], open_[missed]


def _array(tables: Tables, name: str) -> NDArray[Any]:
    return np.frombuffer(tables[name], tables[name].format)


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


def _within(starts: Ints, lengths: Ints) -> Ints:
    """Return the places of all runs that begin at ``starts``, in one row."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(int(ends[-1])) + np.repeat(starts - ends + lengths, lengths)
    return places


def _sums(values: Ints, lengths: Ints) -> Ints:
    """Return the sums of runs of ``values``; no run may be empty."""
    return np.add.reduceat(values, np.cumsum(lengths) - lengths)
