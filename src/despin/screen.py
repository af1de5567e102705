"""Is any part of this text worth a look? A glance at telling words, before anything else is done.

Most texts that anyone has are clean, and finding slots to see it takes the most time. Here every
word, and every two words side by side, has a learned weight: ln of how much likelier they are in a
spun paragraph than in a clean one. If no stretch of the text adds up to the threshold, it is clean;
since a stretch may begin and end anywhere, one spun paragraph in a clean page is still seen.

Weights live in two tables by hash, a byte each; every step is a C function mapped over all words.
See docs/decisions/0009-screen.md for how the threshold was chosen.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, repeat
from operator import add, and_, sub
from pathlib import Path
from zlib import crc32

from despin.tables import Tables

#: A stretch whose weights add up to this (ln) is worth a look.
THRESHOLD = 5.0
#: Shorter texts, in letters and spaces, are always worth a look: they say too little here, and cost little.
SHORT = 1500
#: UTF-8 to lower-case ASCII letters and spaces.
_LETTERS = bytes(byte | 32 if chr(byte).isalpha() and byte < 128 else 32 for byte in range(256))


def hashes(text: str) -> tuple[list[int], list[int]]:
    """Return the hash of every word of ``text``, and of every two words side by side.

    Words are runs of ASCII letters, in any case.
    """
    words = text.encode("utf-8", "replace").translate(_LETTERS).split()
    singles = list(map(crc32, words))
    return singles, list(map(crc32, words[1:], singles))


class Screen:
    """The weights of words, from a file made by ``tools/train/screen.py``."""

    def __init__(self, tables: Tables) -> None:
        """Take the weights of ``tables``."""
        self.tables = tables
        #: Nats per unit of a weight.
        self._step: float = tables.meta["step"]

    def excursion(self, text: str) -> float | None:
        """Return the most that the weights of any stretch of ``text`` add up to, in nats.

        At least 0; None for a text too short to tell.
        """
        return None if len(text) < SHORT else self._most(*hashes(text)) * self._step

    def _most(self, singles: list[int], pairs: list[int]) -> int:
        """Return the most that any stretch adds up to, given the hashes of its words and pairs of words."""
        of_words, of_pairs = self.tables["singles"], self.tables["pairs"]
        single = map(of_words.__getitem__, map(and_, singles, repeat(len(of_words) - 1)))
        pair = map(of_pairs.__getitem__, map(and_, pairs, repeat(len(of_pairs) - 1)))
        sums = list(accumulate(map(add, single, [0, *pair]), initial=0))
        most: int = max(map(sub, sums, accumulate(sums, min)))
        return most


@cache
def default_screen() -> Screen:
    """Return the screen shipped with the package, opened once; raises ``TableError`` when it is damaged."""
    return Screen(Tables(Path(__file__).parent / "data" / "screen.bin"))
