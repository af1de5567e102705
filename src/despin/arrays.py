"""What the models say of whole arrays of words: costs, fits, features and weights, many at once.

Look-ups go into the tables as they lie in the file. All results are those of the context model, the
word vectors and the ranker for one word at a time, to the last bit.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from despin.context import COARSE, ContextModel
from despin.features import HAND_FEATURES, PAIR_FEATURES, hashed
from despin.ranker import CANDIDATE, FINISH, Ranker
from despin.scoring import NEIGHBOURS
from despin.tables import Tables
from despin.vectors import DIMENSIONS, DOCUMENT, NEAR, REACH, Vectors

Ints = NDArray[np.int64]
Unsigned = NDArray[np.uint64]
#: Places of a table that are looked at together: few n-grams are sought further, some a hundred away.
_PROBES = np.arange(16)
#: So many n-grams are sought at once.
_SOUGHT_AT_ONCE = 1 << 16
#: Far neighbours of a place on either side.
_FAR = REACH - NEAR


class Text(NamedTuple):
    """The padded words of a text, where the bigram from each on lies, and the cost of all before it."""

    ids: Ints
    pairs: Ints
    until: Ints


class Costs:
    """The context model's costs, looked up for whole arrays."""

    def __init__(self, context: ContextModel) -> None:
        """Take views of the model's tables; nothing is copied."""
        tables = context.tables
        self._hashed = array_of(tables, "word.hash")
        self._bigram_prints = array_of(tables, "bigram.prints")
        self._trigram_prints = array_of(tables, "trigram.prints")
        self._bigram = array_of(tables, "bigram.cost")
        self._backoff = array_of(tables, "bigram.backoff")
        self._trigram = array_of(tables, "trigram.cost")
        self._unigram = array_of(tables, "unigram.cost").astype(np.int64)
        self._unigram_backoff = array_of(tables, "unigram.backoff").astype(np.int64)

    def of(self, first: Ints, second: Ints, word: Ints) -> Ints:
        """Return what :meth:`ContextModel.cost` returns, for arrays of ids."""
        before, after = np.split(self._pairs(np.append(first, second), np.append(second, word)), 2)
        return self._of(first, second, word, before, after)

    def text(self, ids: Ints) -> Text:
        """Return what the model says of a text as it reads; its ``ids`` are padded."""
        pairs = self._pairs(ids[:-1], ids[1:])
        costs = self._of(ids[:-2], ids[1:-1], ids[2:], pairs[:-1], pairs[1:])
        return Text(ids, pairs, np.concatenate([np.zeros(NEIGHBOURS + 1, np.int64), np.cumsum(costs)]))

    def gains(self, text: Text, first: Ints, last: Ints, owner: Ints, words: Ints, lengths: Ints) -> Ints:
        """Return by how many steps each reading is cheaper than what is read.

        Slots stand at ``[first, last)`` of ``text``. Readings are given by their slot
        (``owner``), their words in one row, and how many words each has.
        """
        kept = text.until[last + NEIGHBOURS] - text.until[first]
        return kept[owner] - self._paths(text, first[owner], last[owner], words, lengths)

    def _paths(self, text: Text, first: Ints, last: Ints, words: Ints, lengths: Ints) -> Ints:
        """Return the cost of each reading and of the two words behind it, given two before."""
        sizes = lengths + 2 * NEIGHBOURS
        ends = np.cumsum(sizes)
        starts = ends - sizes
        row = np.empty(int(ends[-1]), np.int64)
        row[_within(starts + NEIGHBOURS, lengths)] = words
        for step in range(NEIGHBOURS):
            row[starts + step] = text.ids[first - NEIGHBOURS + step]
            row[ends - NEIGHBOURS + step] = text.ids[last + step]
        # Where the bigram lies that ends at each word: the outermost are those of the text.
        found = np.empty(len(row), np.int64)
        found[starts + 1], found[ends - 1] = text.pairs[first - NEIGHBOURS], text.pairs[last]
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
        self._near = array_of(tables, "vector.near").reshape(-1, DIMENSIONS)
        self._word = array_of(tables, "vector.word").reshape(-1, DIMENSIONS)
        self._at = array_of(tables, "vector.at")
        self._bias = array_of(tables, "vector.bias").astype(np.int64)
        self._telling = array_of(tables, "vector.telling").astype(np.int64)
        self._places = array_of(tables, "vector.places").reshape(-1, DIMENSIONS).astype(np.int64)

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


def weights_of(
    ranker: Ranker, keys: Unsigned, features: Unsigned, breadth: float = 0.0
) -> NDArray[np.float64]:
    """Return the summed weights of candidates, in nats; a row of ``keys`` and of ``features`` for each.

    The ``features`` are used up; ``breadth`` is how much the weights of hands count.
    """
    keys = keys * np.uint64(CANDIDATE)
    features[:, :PAIR_FEATURES] += keys[:, :1]
    features[:, PAIR_FEATURES:] += keys[:, 1:]
    at = (features * np.uint64(FINISH) >> np.uint64(ranker.shift)).astype(np.int64)
    sums = _added(ranker.weights, at)
    if breadth:
        sums += breadth * _added(ranker.hands, at[:, :HAND_FEATURES] >> ranker.shared)
    return sums * ranker.step


def _added(weights: memoryview, at: Ints) -> NDArray[np.float64]:
    """Return the sum of the ``weights`` at each row of places."""
    sums: NDArray[np.float64] = np.frombuffer(weights, np.int8)[at].sum(1, dtype=np.int64).astype(np.float64)
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


def array_of(tables: Tables, name: str) -> NDArray[Any]:
    """Return the array ``name`` of a file, as it lies there."""
    return np.frombuffer(tables[name], tables[name].format)


def _within(starts: Ints, lengths: Ints) -> Ints:
    """Return the places of all runs that begin at ``starts``, in one row."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(int(ends[-1])) + np.repeat(starts - ends + lengths, lengths)
    return places


def _sums(values: Ints, lengths: Ints) -> Ints:
    """Return the sums of runs of ``values``; no run may be empty."""
    return np.add.reduceat(values, np.cumsum(lengths) - lengths)
