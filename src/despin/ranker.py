"""What the trigram model cannot see: a hashed log-linear ranker on top of it.

For every slot the ranker adds to each reading (and to "it was there all
along") a sum of learned weights, one for each feature of the wider context:
words and word classes on both sides, a stale article, what else the document
says; and it weighs how well the reading fits by its vector
(:mod:`despin.vectors`). It is trained on the *residue* of the noisy
channel, so an entry it has never seen keeps the channel's score; and most
weights are a wording's own, whatever it stands for, so they serve new entries.

Weights live in one table by hash (Weinberger et al., 2009), a byte each. They are learned from text
spun forward; a smaller table beside them, learned from articles spun by hand, says where those differ.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from despin.features import HAND_FEATURES, MASK, PAIR_FEATURES
from despin.tables import Tables
from despin.tokens import words

CANDIDATE = 0x9E3779B97F4A7C15
FINISH = 0xFF51AFD7ED558CCD
#: No reading fits better or worse than this by its vector, in nats.
FIT_CAP = 12.0


class Ranker:
    """Learned corrections to the channel's scores, from ``tools/train``."""

    def __init__(self, path: Path) -> None:
        """Open the weights at ``path``; raises ``TableError`` when they are damaged."""
        tables = Tables(path)
        self.weights = tables["weights"]
        #: What is added to each for a spinner whose table is as broad as that of hands; many share one.
        self.hands = tables["hands"]
        #: Nats per unit of a weight.
        self.step: float = tables.meta["step"]
        self.shift = 64 - (len(self.weights).bit_length() - 1)
        #: Bits to drop from the index of a weight to have that of its hands'.
        self.shared = len(self.weights).bit_length() - len(self.hands).bit_length()
        #: For words and phrases: weight of the context's gain, of the channel, of the fit, and a bias.
        self.shapes: list[tuple[float, float, float, float]] = [tuple(row) for row in tables.meta["shapes"]]

    def corrections(self, keys: Sequence[Key], features: Sequence[int], breadth: float = 0.0) -> list[float]:
        """Return the summed weights, in nats, of each candidate with the slot's features.

        ``breadth`` is how much those of hands count, 0 to 1.
        """
        weight, of_hands, shared = self.weights.__getitem__, self.hands, self.shared
        sums = []
        for found in self.indexes(keys, features):
            total = float(sum(map(weight, found)))
            if breadth:
                total += breadth * sum([of_hands[at >> shared] for at in found[:HAND_FEATURES]])
            sums.append(total * self.step)
        return sums

    def indexes(self, keys: Sequence[Key], features: Sequence[int]) -> Iterator[list[int]]:
        """Yield where the weights of each candidate lie, one for each of the slot's features."""
        shift, of_pair, of_wording = self.shift, features[:PAIR_FEATURES], features[PAIR_FEATURES:]
        for key in keys:
            pair, wording = key.pair * CANDIDATE & MASK, key.wording * CANDIDATE & MASK
            yield [
                *(((pair + feature) * FINISH & MASK) >> shift for feature in of_pair),
                *(((wording + feature) * FINISH & MASK) >> shift for feature in of_wording),
            ]


class Key(NamedTuple):
    """The numbers of a candidate: of the pair, and of the wording that would stand there."""

    pair: int
    wording: int


@cache
def candidate_key(form: str, original: str) -> Key:
    """Return the key of a candidate: a spun form in folded words, and what it is read as ("" for itself)."""
    wording = " ".join(words(original)) or form
    return Key(zlib.crc32(f"{form}\t{original}".encode()), zlib.crc32(f"\t{wording}".encode()))


def shape(spun_words: int, original_words: int) -> int:
    """Return which of the four shapes a reading has: word or phrase, for word or phrase."""
    return 2 * (spun_words > 1) + (original_words > 1)


def clipped(fit: float) -> float:
    """Return a difference of fits, in nats, kept within what the ranker was trained on."""
    return max(-FIT_CAP, min(FIT_CAP, fit))


@cache
def default_ranker() -> Ranker:
    """Return the ranker shipped with the package, opened once."""
    return Ranker(Path(__file__).parent / "data" / "ranker.bin")
