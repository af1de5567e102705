"""Counting and estimating the context model: interpolated Kneser-Ney trigrams, pruned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tools.train.corpus import Corpus, Ints, lexicon_words

from despin.context import COARSE, ID_BITS, STEP

Floats = NDArray[np.float64]
Unsigned = NDArray[np.uint64]
Arrays = dict[str, tuple[str, bytes]]

_DISCOUNT = 0.75
_LOAD = 0.75
#: ln P of a word that is not in the vocabulary.
_UNKNOWN = -16.0
_WORD = (1 << ID_BITS) - 1
_PAIR = (1 << 2 * ID_BITS) - 1


@dataclass
class Grams:
    """Distinct n-grams: sorted keys, how often and in how many articles each stands."""

    keys: Ints
    counts: Ints
    articles: Ints

    @property
    def contexts(self) -> Ints:
        """The keys without their last word."""
        return self.keys >> ID_BITS


@dataclass(frozen=True)
class Pruning:
    """How many articles an n-gram must stand in: with a word of the lexicon, and without."""

    near: int
    far: int

    def keep(self, grams: Grams, order: int, is_near: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which of ``grams`` stay."""
        touches = np.zeros(len(grams.keys), bool)
        for shift in range(order):
            touches |= is_near[(grams.keys >> (shift * ID_BITS)) & _WORD]
        return np.asarray(np.where(touches, grams.articles >= self.near, grams.articles >= self.far))


def train(corpus: Corpus, two: Pruning, three: Pruning) -> tuple[Arrays, dict[str, int]]:
    """Return the model's arrays, and how many n-grams of each order it keeps.

    No n-gram of more than three words is counted, and none seen in fewer than three
    articles is kept, so that no sentence can be rebuilt from the model.
    """
    if min(two.near, two.far, three.near, three.far) < 3:
        raise ValueError("an n-gram seen in fewer than 3 articles may not be shipped: use 3 or more")
    near_words = lexicon_words()
    is_near = np.array([False, *(name in near_words for name in corpus.names)])
    bigrams, trigrams = count(corpus, 2), count(corpus, 3)
    keep_two = two.keep(bigrams, 2, is_near)
    keep_three = three.keep(trigrams, 3, is_near)
    keep_two |= np.isin(bigrams.keys, np.unique(trigrams.contexts[keep_three]))
    arrays = _estimate(bigrams, trigrams, keep_two, keep_three, corpus.size)
    return arrays, {"bigrams": int(keep_two.sum()), "trigrams": int(keep_three.sum())}


def count(corpus: Corpus, order: int) -> Grams:
    """Count the ``order``-grams of ``corpus`` that stay in one article and in the vocabulary."""
    size = len(corpus.ids) - order + 1
    keys = np.zeros(size, np.int64)
    valid = corpus.articles[:size] == corpus.articles[order - 1 :]
    for shift in range(order):
        window = corpus.ids[shift : shift + size]
        valid &= window > 0
        keys = keys << ID_BITS | window
    keys, owners = keys[valid], corpus.articles[:size][valid]
    by_key = np.argsort(keys, kind="stable")
    keys, owners = keys[by_key], owners[by_key]
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    new_article = first.copy()
    new_article[1:] |= owners[1:] != owners[:-1]
    starts = np.flatnonzero(first)
    return Grams(
        keys[starts],
        np.diff(np.append(starts, len(keys))),
        np.add.reduceat(new_article.astype(np.int64), starts),
    )


def _estimate(
    bigrams: Grams, trigrams: Grams, keep_two: NDArray[np.bool_], keep_three: NDArray[np.bool_], size: int
) -> Arrays:
    """Return the arrays of the interpolated Kneser-Ney model (Chen and Goodman, 1999).

    Lower orders use continuation counts taken before pruning; back-off mass is
    computed after it (with stale mass the model loses what it gained).
    """
    ends = bigrams.keys & _WORD
    unigram = (_grouped(ends, np.ones(len(ends)), size) + 0.05) / (len(ends) + 0.05 * size)
    unigram[0] = np.exp(_UNKNOWN)

    inner = trigrams.keys & _PAIR  # (second, third): how many words precede it
    pairs, continuation = np.unique(inner, return_counts=True)
    follows = _grouped(pairs >> ID_BITS, continuation.astype(float), size)
    keys2 = bigrams.keys[keep_two]
    at = np.clip(np.searchsorted(pairs, keys2), 0, len(pairs) - 1)
    seen = np.where(pairs[at] == keys2, continuation[at], 1).astype(float)
    left, right = keys2 >> ID_BITS, keys2 & _WORD
    share = np.maximum(seen - _DISCOUNT, 0.05) / np.maximum(follows[left], seen)
    mass = np.clip(1 - _grouped(left, share, size), 1e-4, 1)
    p2 = share + mass[left] * unigram[right]

    keys3, counts3 = trigrams.keys[keep_three], trigrams.counts[keep_three]
    contexts = keys3 >> ID_BITS
    context_at = np.searchsorted(keys2, contexts)
    context_keys, starts = np.unique(trigrams.contexts, return_index=True)
    totals = np.add.reduceat(trigrams.counts, starts)[np.searchsorted(context_keys, contexts)]
    share3 = (counts3 - _DISCOUNT) / totals
    mass2 = np.clip(1 - _grouped(context_at, share3, len(keys2)), 1e-4, 1)
    tail = keys3 & _PAIR
    tail_at = np.clip(np.searchsorted(keys2, tail), 0, len(keys2) - 1)
    lower = np.where(
        keys2[tail_at] == tail,
        p2[tail_at],
        mass[(tail >> ID_BITS)] * unigram[tail & _WORD],
    )
    p3 = share3 + mass2[context_at] * lower
    arrays: Arrays = {
        "unigram.cost": ("H", _steps(unigram, 1, 65535).astype("<u2").tobytes()),
        "unigram.backoff": ("H", _steps(mass, 1, 65535).astype("<u2").tobytes()),
    }
    hashes = np.random.default_rng(1).integers(0, 1 << 48, size, np.uint64)
    arrays["word.hash"] = ("Q", hashes.tobytes())
    two = {"cost": _steps(p2, COARSE, 255), "backoff": _steps(mass2, 1, 255)}
    arrays |= _table("bigram", 2, keys2, two, hashes)
    arrays |= _table("trigram", 3, keys3, {"cost": _steps(p3, COARSE, 255)}, hashes)
    return arrays


def _grouped(groups: Ints, weights: Floats, size: int) -> Floats:
    """Sum ``weights`` by group number."""
    return np.bincount(groups, weights=weights, minlength=size).astype(np.float64)


def _steps(probabilities: Floats, coarse: int, most: int) -> Ints:
    """Return -ln of ``probabilities`` in whole numbers of ``coarse`` steps, at most ``most``."""
    return np.clip(np.round(-np.log(probabilities) / (STEP * coarse)), 0, most).astype(np.int64)


def _table(name: str, order: int, keys: Ints, values: dict[str, Ints], hashes: Unsigned) -> Arrays:
    """Lay ``keys`` out as a fingerprint table, their ``values`` beside them, a byte each.

    An n-gram's hash is the exclusive or of its words' hashes, each shifted by its place: cheap to
    have in Python, and as good as random. Its low 32 bits say where to look, 16 of the others
    tell n-grams apart.
    """
    size = int(len(keys) / _LOAD) + 1
    hashed = np.zeros(len(keys), np.uint64)
    for place in range(order):
        word = (keys >> ((order - 1 - place) * ID_BITS)) & _WORD
        hashed ^= hashes[word] << np.uint64(place)
    prints = ((hashed >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.uint16)
    prints[prints == 0] = 1
    wanted = (((hashed & np.uint64(0xFFFFFFFF)) * np.uint64(size)) >> np.uint64(32)).astype(np.int64)
    table = np.full(size, -1, np.int64)
    waiting = np.arange(len(keys))
    while len(waiting):
        free = table[wanted[waiting]] < 0
        table[wanted[waiting[free]]] = waiting[free]  # of rivals for one slot the last wins
        waiting = waiting[table[wanted[waiting]] != waiting]
        wanted[waiting] = (wanted[waiting] + 1) % size
    used = table >= 0
    out = np.zeros(size, np.uint16)
    out[used] = prints[table[used]]
    arrays: Arrays = {f"{name}.prints": ("H", out.tobytes())}
    for value_name, value in values.items():
        column = np.zeros(size, np.uint8)
        column[used] = value[table[used]]
        arrays[f"{name}.{value_name}"] = ("B", column.tobytes())
    return arrays
