"""What stands around a slot, as numbers: the features that the ranker weighs.

Words and their classes are read from padded lists, so a feature is a plain
index and no bound is ever checked. The same function serves one slot
(integers) and all slots of many texts at once (numpy arrays).
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from despin.context import NAME, ContextModel
from despin.document import Document
from despin.match import Slot
from despin.vectors import REACH, Places

MASK = (1 << 64) - 1
_TEMPLATE = 0xD6E8FEB86659FD93
_FIRST = 0xC2B2AE3D27D4EB4F
_SECOND = 0x165667B19E3779F9
_THIRD = 0x27D4EB2F165667C5
_VOWELS = frozenset("aeiou")
#: The first features are weighed for each pair apart: whether it is spun at all, and where. The others
#: tell which words fit the place, whatever they may stand for.
PAIR_FEATURES = 3
#: How many of them, from the first, have a weight of hands: of a pair, and of the wording between two words.
HAND_FEATURES = 5
#: Readings that the witness feature tells apart.
_WITNESSES = 4


class Surroundings:
    """The words of one document and what is known of each, padded between paragraphs.

    The lists are parallel; ``at[token]`` is a token's place in them.
    """

    def __init__(self, document: Document, context: ContextModel) -> None:
        """Number the words of ``document`` by the vocabulary of ``context``."""
        padding = [context.start] * REACH
        ids, known = list(padding), context.ids(document.words)
        at: list[int] = []
        for first, last in document.spans():
            ids += padding
            at += range(len(ids), len(ids) + last - first)
            ids += known[first:last]
        self.ids: list[int] = ids + padding
        self.at: list[int] = at
        self.document = document
        self._context = context

    @cached_property
    def endings(self) -> list[int]:
        """Each word's class by its ending; names are a class of their own."""
        classes = list(map(self._context.ending.__getitem__, self.ids))
        for place in [
            place for place, why in zip(self.at, self.document.shielded, strict=True) if why == "name"
        ]:
            classes[place] = NAME
        return classes

    @cached_property
    def marks(self) -> list[int]:
        """Each word's place: opening a sentence (4), behind an article that fits (2) or is stale (1)."""
        marks = [0] * len(self.ids)
        before = ""
        for place, word, opens in zip(self.at, self.document.words, self.document.opens, strict=True):
            if before in {"a", "an"}:
                marks[place] = 2 if (word[0] in _VOWELS) == (before == "an") else 1
            if opens:
                marks[place] |= 4
            before = word
        return marks

    @cached_property
    def places(self) -> Places:
        """The places of the document's words, for word vectors."""
        return Places(self._context.vectors, self.ids)

    @cached_property
    def _present(self) -> set[str]:
        return set(self.document.words)

    def witness(self, slot: Slot) -> int:
        """Return which readings of ``slot`` stand elsewhere in the document, as a bit set."""
        found = 0
        for number, reading in enumerate(slot.readings[:_WITNESSES]):
            if reading.original in self._present:
                found |= 1 << number
        return found

    def of(self, slot: Slot) -> list[int]:
        """Return the features of ``slot``'s surroundings, the same for each of its readings."""
        first, last = self.at[slot.first], self.at[slot.last - 1] + 1
        return [
            feature & MASK
            for feature in hashed(self.ids, self.endings, self.marks, first, last, self.witness(slot))
        ]


def hashed(word: Any, ending: Any, marks: Any, first: Any, last: Any, witness: Any) -> list[Any]:
    """Return the features of a slot at padded places ``[first, last)``.

    The first ``PAIR_FEATURES`` are of a pair, the others of the words around. Integers need ``& MASK``;
    of unsigned 64-bit arrays each feature is an array.
    """
    l1, l2, r1, r2 = word[first - 1], word[first - 2], word[last], word[last + 1]
    cl1, cr1 = ending[first - 1], ending[last]
    rows: tuple[tuple[Any, Any, Any], ...] = (
        (0, 0, 0),
        (marks[first], 0, 0),
        (witness, 0, 0),
        (l1, 0, 0),
        (r1, 0, 0),
        (l1, l2, 0),
        (r1, r2, 0),
        (l1, r1, 0),
        (cl1, 0, 0),
        (cr1, 0, 0),
        (cl1, cr1, 0),
    )
    return [
        (number * _TEMPLATE & MASK) + a * _FIRST + b * _SECOND + c * _THIRD
        for number, (a, b, c) in enumerate(rows, start=1)
    ]
