"""What the trigram model cannot see: a hashed log-linear ranker on top of it.

For every slot the ranker adds to each reading (and to "it was there all
along") a sum of learned weights, one for each feature of the wider context:
words and word classes on both sides, a stale article, what else the document
says; and it weighs how well the reading fits by its vector
(:mod:`despin.vectors`). It is trained on the *residue* of the noisy
channel, so an entry it has never seen keeps the channel's score; and most
weights are a wording's own, whatever it stands for, so they serve new entries.

Weights live in one table by hash (Weinberger et al., 2009), a byte each.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from despin.features import MASK, PAIR_FEATURES
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
        #: Nats per unit of a weight.
        self.step: float = tables.meta["step"]
        self.shift = 64 - (len(self.weights).bit_length() - 1)
        #: For words and phrases: weight of the context's gain, of the channel, of the fit, and a bias.
        self.shapes: list[tuple[float, float, float, float]] = [tuple(row) for row in tables.meta["shapes"]]

    def corrections(self, keys: Sequence[Key], features: Sequence[int]) -> list[float]:
        """Return the summed weights, in nats, of each candidate with the slot's features."""
        weight, shift = self.weights.__getitem__, self.shift
        of_pair, of_wording = features[:PAIR_FEATURES], features[PAIR_FEATURES:]
        sums = []
        for key in keys:
            pair, wording = key.pair * CANDIDATE & MASK, key.wording * CANDIDATE & MASK
            found = [((pair + feature) * FINISH & MASK) >> shift for feature in of_pair]
            found += [((wording + feature) * FINISH & MASK) >> shift for feature in of_wording]
            sums.append(sum(map(weight, found)) * self.step)
        return sums


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
