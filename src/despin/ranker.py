"""What the trigram model cannot see: a hashed log-linear ranker on top of it.

For every slot the ranker adds to each reading (and to "it was there all
along") a sum of learned weights, one for each feature of the wider context:
words and word classes on both sides, the words around, a stale article, what
else the document says. It is trained on the *residue* of the noisy channel, so
an entry it has never seen simply keeps the channel's score.

Weights live in one table by hash (Weinberger et al., 2009), a byte each.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from despin.document import Document
from despin.match import Slot
from despin.tables import Tables

_MASK = (1 << 64) - 1
_CANDIDATE = 0x9E3779B97F4A7C15
_FIRST = 0xC2B2AE3D27D4EB4F
_SECOND = 0x165667B19E3779F9
_THIRD = 0x27D4EB2F165667C5
_TEMPLATE = 0xD6E8FEB86659FD93
_FINISH = 0xFF51AFD7ED558CCD
#: Word ids up to this are their own class: function words, by and large.
_OWN_CLASS = 160
_ENDINGS = ("ing", "ed", "ly", "ion", "ment", "ness", "ity", "al", "ive", "ous", "er", "s")
_NAME, _NUMBER, _OTHER, _MARK = 1000, 1001, 1002, 1003
#: How far, in words, the bag of words reaches on either side.
_BAG = 8
_BAG_TEMPLATE = 40
_VOWELS = frozenset("aeiou")


class Ranker:
    """Learned corrections to the channel's scores, from ``tools/train_ranker.py``."""

    def __init__(self, path: Path) -> None:
        """Open the weights at ``path``; raises ``TableError`` when they are damaged."""
        tables = Tables(path)
        self.meta = tables.meta
        self._weights = tables["weights"]
        self._step: float = tables.meta["step"]
        self._shift = 64 - (len(self._weights).bit_length() - 1)

    def corrections(self, keys: Sequence[int], features: Sequence[int]) -> list[float]:
        """Return the summed weights, in nats, of each candidate ``key`` with the slot's features."""
        weights, shift = self._weights, self._shift
        sums = []
        for key in keys:
            base = key * _CANDIDATE & _MASK
            total = 0
            for feature in features:
                total += weights[((base + feature) * _FINISH & _MASK) >> shift]
            sums.append(total * self._step)
        return sums


@cache
def candidate_key(form: str, original: str) -> int:
    """Return the number of a candidate: a spun form, and what it is read as ("" for itself)."""
    return zlib.crc32(f"{form}\t{original}".encode())


class Features:
    """The features of one document's slots, as hashed numbers."""

    def __init__(self, document: Document, ids: Sequence[int]) -> None:
        """Take the document and the context model's ids of its words."""
        self._document = document
        self._ids = ids
        self._classes = [
            _word_class(word, ident, reason)
            for word, ident, reason in zip(document.words, ids, document.shielded, strict=True)
        ]
        self._present = set(document.words)

    def of(self, slot: Slot) -> list[int]:
        """Return the features of ``slot``'s surroundings, the same for each of its candidates."""
        word, kind = self._at, self._class_at
        first, last = slot.first, slot.last
        left, left2 = word(first - 1), word(first - 2)
        right, right2 = word(last), word(last + 1)
        cleft, cleft2 = kind(first - 1), kind(first - 2)
        cright, cright2, cright3 = kind(last), kind(last + 1), kind(last + 2)
        rows = (
            (0, 0, 0),
            (left, 0, 0),
            (right, 0, 0),
            (left, left2, 0),
            (right, right2, 0),
            (left, right, 0),
            (cleft, 0, 0),
            (cright, 0, 0),
            (cleft, cleft2, 0),
            (cright, cright2, 0),
            (cleft, cright, 0),
            (cleft, right, 0),
            (left, cright, 0),
            (cright, cright2, cright3),
            (cleft, cleft2, cright),
            (self._article(first), 0, 0),
            (int(self._document.opens[first]), 0, 0),
            (self._witness(slot), 0, 0),
        )
        features = [
            (number * _TEMPLATE + a * _FIRST + b * _SECOND + c * _THIRD) & _MASK
            for number, (a, b, c) in enumerate(rows, start=1)
        ]
        paragraph = self._document.paragraph[first]
        around = [*range(first - _BAG, first - 1), *range(last + 1, last + _BAG)]
        bag = {
            self._ids[at]
            for at in around
            if 0 <= at < len(self._ids)
            and self._document.paragraph[at] == paragraph
            and self._ids[at] > _OWN_CLASS
        }
        base = _BAG_TEMPLATE * _TEMPLATE
        return features + [(base + ident * _FIRST) & _MASK for ident in sorted(bag)]

    def _at(self, at: int) -> int:
        return self._ids[at] if 0 <= at < len(self._ids) else 0

    def _class_at(self, at: int) -> int:
        return self._classes[at] if 0 <= at < len(self._classes) else _MARK

    def _article(self, first: int) -> int:
        """Return whether an indefinite article stands before the slot, and whether it fits."""
        before = self._document.words[first - 1] if first else ""
        if before not in {"a", "an"}:
            return 0
        vowel = self._document.words[first][0] in _VOWELS
        return 1 if vowel == (before == "an") else 2

    def _witness(self, slot: Slot) -> int:
        """Return which readings of the slot stand elsewhere in the document, as a bit set."""
        found = 0
        for number, reading in enumerate(slot.readings[:4]):
            if reading.original in self._present:
                found |= 1 << number
        return found


def _word_class(word: str, ident: int, reason: str) -> int:
    if 0 < ident <= _OWN_CLASS:
        return ident
    if reason == "name":
        return _NAME
    if word[0].isdigit():
        return _NUMBER
    for number, ending in enumerate(_ENDINGS):
        if word.endswith(ending):
            return _MARK + 1 + number
    return _OTHER


@cache
def default_ranker() -> Ranker:
    """Return the ranker shipped with the package, opened once."""
    return Ranker(Path(__file__).parent / "data" / "ranker.bin")
