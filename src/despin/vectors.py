"""How well a word fits a place, from word vectors: sense that no n-gram has seen.

A place is described by the sum of its neighbours' vectors, each weighed by where it stands,
and of the document's own; a word fits as far as its vector points the same way. Vectors are
whole numbers, so that one slot and many at once give the same result to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import sqrt
from operator import mul

from despin.tables import Tables

#: Numbers in a vector.
DIMENSIONS = 64
#: Neighbours this near have a place of their own, those up to ``REACH`` one on either side.
NEAR = 3
REACH = 12
#: The place of the document; before it come the near and far places of the left, then of the right.
DOCUMENT = 2 * (NEAR + 1)
PLACES = DOCUMENT + 1
#: Length that a document's vector is brought to, in units of the neighbours' vectors.
DOCUMENT_LENGTH = 3.0


class Vectors:
    """Word vectors from the tables of a model file made by ``tools/train``."""

    def __init__(self, tables: Tables) -> None:
        """Take the arrays of ``tables``."""
        self.tables = tables
        self._near = tables["vector.near"]
        self._word = tables["vector.word"]
        self._bias = tables["vector.bias"]
        self._telling = tables["vector.telling"]
        #: Units per unit of a neighbour's vector, and nats per unit of a fit.
        self.near_scale: float = tables.meta["near scale"]
        self.step: float = tables.meta["fit step"]
        #: The weights of the dimensions, a row a place.
        places = tables["vector.places"]
        self.places = [tuple(places[at : at + DIMENSIONS]) for at in range(0, len(places), DIMENSIONS)]

    def near(self, ident: int) -> Sequence[int]:
        """Return the vector of word ``ident`` as a neighbour."""
        return self._near[ident * DIMENSIONS : (ident + 1) * DIMENSIONS]

    def document(self, ids: Sequence[int]) -> list[int]:
        """Return the vector of a document with the word ``ids``, brought to a fixed length."""
        known = sorted(set(ids))
        weights = [self._telling[ident] for ident in known]
        sums = [sum(map(mul, column, weights)) for column in zip(*map(self.near, known), strict=True)]
        length = sqrt(sum(value * value for value in sums))
        scale = DOCUMENT_LENGTH * self.near_scale / length if length else 0.0
        return [round(value * scale) for value in sums]

    def fit(self, place: Sequence[int], words: Sequence[int]) -> float:
        """Return how well ``words`` fit a ``place``, a mean over the words, in units of ``step``."""
        total = 0
        for ident in words:
            row = self._word[ident * DIMENSIONS : (ident + 1) * DIMENSIONS]
            total += sum(map(mul, place, row)) + self._bias[ident]
        return total / len(words)


class Places:
    """The places of one document."""

    def __init__(self, vectors: Vectors, ids: Sequence[int]) -> None:
        """Take the document's word ``ids``, padded by ``REACH`` of no vector between paragraphs."""
        self._vectors = vectors
        self._rows = rows = [vectors.near(ident) for ident in ids]
        self._document = vectors.document(ids)
        #: Sums of all rows before each word, a row a dimension: far neighbours are a difference of two.
        self._sums = [list(accumulate(column, initial=0)) for column in zip(*rows, strict=True)]

    def at(self, first: int, last: int) -> list[int]:
        """Return the vector of the place that words ``[first, last)`` fill."""
        rows, sums = self._rows, self._sums
        around = [
            *reversed(rows[first - NEAR : first]),
            [column[first - NEAR] - column[first - REACH] for column in sums],
            *rows[last : last + NEAR],
            [column[last + REACH] - column[last + NEAR] for column in sums],
            self._document,
        ]
        weighed = [map(mul, row, weights) for row, weights in zip(around, self._vectors.places, strict=True)]
        return list(map(sum, zip(*weighed, strict=True)))
