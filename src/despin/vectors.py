"""How well a word fits a place, from word vectors: sense that no n-gram has seen.

A place is described by the sum of its neighbours' vectors, each weighed by where it stands,
and of the document's own; a word fits as far as its vector points the same way. Vectors are
whole numbers, so that one slot and many at once give the same result to the last bit, and so
that a sum of vectors can be one sum of large numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from math import sqrt
from operator import getitem, mul
from struct import Struct

from despin.sums import sumprod
from despin.tables import Tables

#: Numbers in a vector.
DIMENSIONS = 128
#: Neighbours this near have a place of their own, those up to ``REACH`` one on either side.
NEAR = 3
REACH = 12
#: The place of the document; before it come the near and far places of the left, then of the right.
DOCUMENT = 2 * (NEAR + 1)
#: Length that a document's vector is brought to, in units of the neighbours' vectors.
DOCUMENT_LENGTH = 3.0


#: Vectors kept at hand for each place; more would only fill the memory on a long run.
_MOST_KEPT = 10_000
#: Bytes of a number in lanes, and the number with the top bit of each lane set.
_LANE = 4
_TOPS = int.from_bytes((b"\0" * (_LANE - 1) + b"\x80") * DIMENSIONS, "little")
_lanes = Struct(f"<{DIMENSIONS}i")
_pack, _unpack = _lanes.pack, _lanes.unpack


def to_lanes(vector: Iterable[int]) -> int:
    """Return ``vector`` as one number, a lane of 32 bits a dimension.

    Sums of such numbers are sums of the vectors, all dimensions at a stroke.
    """
    return (int.from_bytes(_pack(*vector), "little") ^ _TOPS) - _TOPS


def from_lanes(lanes: int) -> tuple[int, ...]:
    """Return the vector that :func:`to_lanes` made one number of."""
    return _unpack(((lanes + _TOPS) ^ _TOPS).to_bytes(_LANE * DIMENSIONS, "little"))


class _Rows(dict[int, int]):
    """The vectors of words as neighbours in one place, weighed, in lanes, as they are asked for."""

    def __init__(self, weighed: Callable[[int], Iterable[int]], known: int) -> None:
        """Take what gives a word's vector, and from which word on they are too rare to have one."""
        self._weighed = weighed
        self._known = known

    def __missing__(self, ident: int) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[ident] = to_lanes(self._weighed(ident)) if ident < self._known else 0
        return found


class _Kept(dict[int, list[int]]):
    """The vectors of words as what stands in a place, as they are asked for."""

    def __init__(self, table: memoryview) -> None:
        """Take the vectors in one row."""
        self._table = table

    def __missing__(self, at: int) -> list[int]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[at] = self._table[at * DIMENSIONS : (at + 1) * DIMENSIONS].tolist()
        return found


class Vectors:
    """Word vectors from the tables of a model file made by ``tools/train``."""

    def __init__(self, tables: Tables) -> None:
        """Take the arrays of ``tables``."""
        self.tables = tables
        self._near = tables["vector.near"]
        #: Where the vector of each word as what stands in a place lies: only the lexicon's have one.
        self._at = tables["vector.at"]
        self._of_words = _Kept(tables["vector.word"])
        self._bias = tables["vector.bias"]
        self._telling = tables["vector.telling"]
        #: Units per unit of a neighbour's vector, and nats per unit of a fit.
        self.near_scale: float = tables.meta["near scale"]
        self.step: float = tables.meta["fit step"]
        known = len(self._near) // DIMENSIONS
        self._topic = _Rows(lambda ident: map(mul, self._row(ident), repeat(self._telling[ident])), known)
        rows = [_Rows(partial(self._weighed, self._weights(place)), known) for place in range(DOCUMENT)]
        side = [*range(NEAR), *repeat(NEAR, REACH - NEAR)]
        #: The neighbours of a place, from the nearest outwards, first on the left.
        self._neighbours = [*map(rows.__getitem__, side), *(rows[NEAR + 1 + place] for place in side)]

    def _row(self, ident: int) -> Sequence[int]:
        """Return the vector of word ``ident`` as a neighbour."""
        return self._near[ident * DIMENSIONS : (ident + 1) * DIMENSIONS]

    def _weights(self, place: int) -> list[int]:
        return self.tables["vector.places"][place * DIMENSIONS : (place + 1) * DIMENSIONS].tolist()

    def _weighed(self, weights: Sequence[int], ident: int) -> Iterable[int]:
        return map(mul, self._row(ident), weights)

    def document(self, ids: Sequence[int]) -> list[int]:
        """Return the vector of a document with the word ``ids``, brought to a fixed length."""
        return self.of_length(from_lanes(sum(map(self._topic.__getitem__, set(ids)))))

    def of_length(self, sums: Sequence[int]) -> list[int]:
        """Return a document's vector brought to its length, given the sum of its words' vectors."""
        length = sqrt(sum(value * value for value in sums))
        scale = DOCUMENT_LENGTH * self.near_scale / length if length else 0.0
        return [round(value * scale) for value in sums]

    def place(self, document: int, around: Sequence[int]) -> tuple[int, ...]:
        """Return the vector of a place, given its :meth:`topic` and its neighbours from the nearest outwards.

        Those on the left come first; there are ``REACH`` on either side.
        """
        return from_lanes(sum(map(getitem, self._neighbours, around), document))

    def topic(self, ids: Sequence[int]) -> int:
        """Return what a document with the word ``ids`` adds to each of its places, in lanes."""
        return to_lanes(map(mul, self.document(ids), self._weights(DOCUMENT)))

    def fit(self, place: Sequence[int], words: Sequence[int]) -> float:
        """Return how well ``words`` fit a ``place``, a mean over the words, in units of ``step``."""
        total = 0
        for at in map(self._at.__getitem__, words):
            total += int(sumprod(place, self._of_words[at])) + self._bias[at]
        return total / len(words)


class Places:
    """The places of one document."""

    def __init__(self, vectors: Vectors, ids: Sequence[int]) -> None:
        """Take the document's word ``ids``, padded by ``REACH`` of no vector between paragraphs."""
        self._vectors = vectors
        self._ids = ids
        self._topic = vectors.topic(ids)

    def at(self, first: int, last: int) -> tuple[int, ...]:
        """Return the vector of the place that words ``[first, last)`` fill."""
        left, right = self._ids[first - REACH : first], self._ids[last : last + REACH]
        return self._vectors.place(self._topic, [*reversed(left), *right])
